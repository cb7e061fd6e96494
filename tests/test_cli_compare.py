"""``kg compare``: what two documents share, in the terminal and as a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Run = Callable[..., CompletedProcess[str]]
SAID = "要坚持统筹上游下游和城市农村，把节水摆在更加突出的位置，推动用水方式由粗放向集约转变。"


def test_compare(kg_run: Run, tmp_path: Path) -> None:
    for name, text in (
        ("old/a.txt", "会议指出，" + SAID + "各县要抓好落实。\n"),
        ("new/a.txt", "我们深入学习。" + SAID.replace("更加突出", "优先") + "成效明显。\n"),
    ):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, "utf-8")
    found = kg_run("compare", "old/a.txt", "new/a.txt")
    assert found.returncode == 0, found.stderr
    assert "{-更加突出-}" in found.stdout or "{+优先+}" in found.stdout
    page = kg_run("compare", "old/a.txt", "new/a.txt", "--html", "both.html")
    assert page.returncode == 0 and "统筹上游下游" in (tmp_path / "both.html").read_text("utf-8")
    wrong = kg_run("compare", "old", "new/a.txt")
    assert wrong.returncode == 2 and "kg: old" in wrong.stderr

"""``kg text``: the repaired text of one file, its passages, and what was repaired."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
AGAIN = "各县要把节水工作摆在更加突出的位置，确保群众用水安全。"
RAW = (
    "关于治水的报告\r\n\r\n要治水，\r\n也要兴水。\r\n"
    f"{AGAIN}\r\n水利 \u3000，是命脉。\r\n{AGAIN}\r\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_bytes(RAW.encode("utf-8"))
    return path


def test_text_and_nothing_else(kg_run: Run, file: Path) -> None:
    result = kg_run("text", file)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "关于治水的报告",
        "要治水，也要兴水。",
        AGAIN,
        "水利，是命脉。",
    ]


def test_passages_have_kinds_and_raw_offsets(kg_run: Run, file: Path) -> None:
    rows = [line.split("\t") for line in kg_run("text", file, "--passages").stdout.splitlines()]
    assert [kind for kind, _, _ in rows] == ["title", *["paragraph"] * 3, "=paragraph"]
    for _, places, text in rows:
        pieces = (map(int, place.split("-")) for place in places.split(";"))
        raw = "".join(RAW[begin:end] for begin, end in pieces)
        assert "".join(raw.split()) == text


def test_diff_tells_offset_kind_words_and_reason(kg_run: Run, file: Path) -> None:
    rows = [line.split("\t") for line in kg_run("text", file, "--diff").stdout.splitlines()]
    assert all(len(row) == 4 and " → " in row[2] for row in rows[:-1])
    wrap = next(row for row in rows if row[1] == "wrap")
    assert wrap[0] == str(RAW.index("，\r\n") + 1)
    assert "要治水，␍⏎也要兴水。" in wrap[2]
    assert any(row[1] == "space" and "水利␠□，是命脉。" in row[2] for row in rows)
    assert any(row[1] == "repeat" for row in rows)


@pytest.mark.parametrize(
    ("name", "data", "status", "part"),
    [
        ("missing.txt", None, 2, "missing.txt"),
        ("empty.txt", b"", 1, "empty"),
        ("picture.png", b"\x89PNG", 2, "a picture: have its text"),
    ],
)
def test_errors_in_one_line(
    name: str, data: bytes | None, status: int, part: str, kg_run: Run, tmp_path: Path
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    result = kg_run("text", tmp_path / name)
    assert (result.returncode, result.stdout) == (status, "")
    assert result.stderr.startswith("kg: ") and part in result.stderr
    assert "Traceback" not in result.stderr and len(result.stderr.splitlines()) == 1


def test_wrong_use(kg_run: Run, file: Path) -> None:
    assert kg_run("text", file.parent).returncode == 2
    assert kg_run("text", file, "--diff", "--passages").returncode == 2


def test_html_goes_the_same_way(kg_run: Run, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(f"<html><body><h1>关于治水的报告</h1><p>{AGAIN}</p></body></html>", "utf-8")
    assert AGAIN in kg_run("text", page).stdout.splitlines()

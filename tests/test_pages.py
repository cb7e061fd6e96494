"""The pages docs/sparql.md and docs/notebook.md: their code runs and prints what they show."""

from __future__ import annotations

from pathlib import Path

import pages
import pytest
from samples import ROOT

SPARQL = list(pages.blocks("sparql.md"))
NOTEBOOK = list(pages.blocks("notebook.md"))


def test_the_pages_are_whole() -> None:
    for name, found, least in (("sparql.md", SPARQL, 10), ("notebook.md", NOTEBOOK, 8)):
        text = (pages.DOCS / name).read_text("utf-8")
        assert len(found) == text.count("```sparql") + text.count("```python") >= least
        assert all(shown.strip() for _, _, shown in found)
        assert any("\u4e00" <= c <= "\u9fff" for c in text)
        headings = [line for line in text.splitlines() if line.startswith("## ")]
        asked = [line for line in headings if line[3].isdigit()]
        assert len(asked) == 10 and all("?" in line and "？" in line for line in asked)


@pytest.mark.parametrize(("language", "code", "shown"), SPARQL, ids=range(1, len(SPARQL) + 1))
def test_answers(language: str, code: str, shown: str, seeds_output: Path) -> None:
    printed = pages.sparql(seeds_output)(code)
    assert language == "sparql"
    assert pages.fits(shown, printed), f"python tests/pages.py FOLDER writes it anew:\n{printed}"


@pytest.mark.xdist_group("notebook")
def test_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    run = pages.python()
    for _, code, shown in NOTEBOOK:
        printed = run(code)
        assert pages.fits(shown, printed), f"{code}\npython tests/pages.py FOLDER:\n{printed}"


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a  b\n", "a b\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n…\n", "x\na\nb\n", True),
        ("b\na\n…\n", "a\nb\n", False),
        ("n  x\n─  ─\n1  y\n", "n    x\n──  ──\n1    y\n", True),
        ("(no rows)\n", "(no rows)\n", True),
    ],
)
def test_fits(shown: str, printed: str, same: bool) -> None:
    assert pages.fits(shown, printed) is same

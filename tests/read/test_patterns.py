"""Patterns: a part of a folder, with the folder's own manifest and paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import read
from kg.errors import UsageError


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for name in ("2020/a.txt", "2021/b.txt", "2021/c.md", "2021/.hidden.txt"):
        path = tmp_path / "archive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("水利工作。", "utf-8")
    (tmp_path / "archive" / "manifest.toml").write_text(
        '[[document]]\npath = "2020/a.txt"\nissued = "2020"\n', "utf-8"
    )
    return tmp_path / "archive"


@pytest.mark.parametrize(
    ("pattern", "paths"),
    [
        ("*/*.txt", ["2020/a.txt", "2021/b.txt"]),
        ("**/*.md", ["2021/c.md"]),
        ("202[0]/*", ["2020/a.txt"]),
    ],
)
def test_patterns(pattern: str, paths: list[str], archive: Path) -> None:
    found, skipped = read.sources(archive / pattern)
    assert [source.path for source in found] == paths and skipped == ()
    assert read.base(archive / pattern) == archive
    dated = [s.meta.issued.value for s in found if s.meta.issued]
    assert dated == (["2020"] if "2020/a.txt" in paths else [])


def test_patterns_that_match_nothing(archive: Path) -> None:
    with pytest.raises(UsageError, match="holds no document"):
        read.sources(archive / "*.pdf")
    with pytest.raises(UsageError, match="no such folder"):
        read.sources(archive / "gone")
    with pytest.raises(UsageError, match="no such folder"):
        read.sources(archive / "gone" / "*.txt")

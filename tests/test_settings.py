"""Settings: the file, the overrides, the faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError, UsageError
from kg.settings import Settings, load, recorded


def test_order_of_precedence(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings()
    (tmp_path / "kg.toml").write_text("concepts = 7\nknowledge = false\n", "utf-8")
    assert load(tmp_path) == Settings(concepts=7, knowledge=False)
    assert load(tmp_path, concepts=3, knowledge=None).concepts == 3
    (tmp_path / "other.toml").write_text("concepts = 9\n", "utf-8")
    assert load(tmp_path, tmp_path / "other.toml").concepts == 9


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("colour = 1", "colour"),
        ('names = "both"', "one of neural, lexicon"),
        ("concepts = true", "a whole number, not True"),
        ("concepts = [", "TOML"),
    ],
)
def test_faults(text: str, part: str, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(text, "utf-8")
    with pytest.raises(DataError, match=part):
        load(tmp_path)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_bytes('lexicon = "词表"'.encode("gb18030"))
    with pytest.raises(DataError, match="not UTF-8 at byte 11"):
        load(tmp_path)


def test_choices_and_folders(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('names = "lexicon"\nlexicon = "own"\n', "utf-8")
    settings = load(tmp_path)
    assert (settings.names, settings.lexicon) == ("lexicon", str(tmp_path / "own"))
    assert "lexicon" not in recorded(settings)
    with pytest.raises(UsageError, match="known: neural, lexicon"):
        load(tmp_path, names="both")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such"):
        load(tmp_path, tmp_path / "gone.toml")

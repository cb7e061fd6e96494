"""Script: traditional texts are matched, and quoted as they stand."""

from __future__ import annotations

from pathlib import Path

import kg
from kg.model import CleanText, Document, Meta, Passage, Span
from kg.recognize.script import simplified

TEXT = "會議強調，各縣要堅持“三個貫通”：貫通江河、貫通湖海、貫通城鄉，全面推進水利現代化。"


def test_offsets_are_kept() -> None:
    passage = Passage(Span(0, len(TEXT)), TEXT)
    document = Document("d/x", TEXT, CleanText(TEXT, ((0, 0),)), (passage,), Meta("x.txt"))
    seen = simplified(document)
    assert seen.passages[0].text == seen.clean.text
    assert seen.clean.text.startswith("会议强调，各县要坚持“三个贯通”")
    assert len(seen.clean.text) == len(TEXT) and seen.raw == TEXT
    plain = simplified(seen)
    assert plain is seen


def test_formulas_of_a_traditional_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    found = kg.build(tmp_path).find("三个贯通")
    assert found is not None
    assert [member.name for member in found.members] == ["贯通江河", "贯通湖海", "贯通城乡"]
    assert found.members[2].quotes[0].quote == "貫通城鄉"

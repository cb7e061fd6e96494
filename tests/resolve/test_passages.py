"""Passages: the string from which the page rebuilds the repaired text of a document."""

from __future__ import annotations

import json

from kg.model import CleanText, Document, Meta, Passage, Span
from kg.raw import RawText
from kg.repair import repair
from kg.resolve import documents, passages
from kg.settings import Settings


def rebuilt(raw: str, pieces: list[int]) -> str:
    return "".join(raw[a:b] for a, b in zip(pieces[::2], pieces[1::2], strict=True))


def test_pieces_lead_back_to_the_raw_text() -> None:
    raw = "全市水利工作会\n议在临江市召开，会上研究了节水灌溉和秋\n粮收购工作，部署了任务。\n"
    document = repair(RawText(raw * 3, Meta("a.txt")))
    rows = json.loads(passages.encoded(document))
    assert len(rows) == len(document.passages)
    for (kind, pieces, _, language), passage in zip(rows, document.passages, strict=True):
        assert (kind, language) == (passage.kind, passage.language)
        assert rebuilt(document.raw, pieces).split() == passage.text.split()


def test_adjacent_pieces_are_one_and_repeats_are_told() -> None:
    # 甲乙丙|甲乙丙, where the runs of the first passage follow each other without a gap
    clean = CleanText("甲乙丙甲乙丙", ((0, 0), (1, 1), (2, 3), (3, 5)))
    first = Passage(Span(0, 3), "甲乙丙", "title")
    again = Passage(Span(3, 6), "甲乙丙", repeats=Span(0, 3), language="en")
    document = Document("d/1", "甲乙\n丙\n甲乙丙", clean, (first, again), Meta("a.txt"))
    assert json.loads(passages.encoded(document)) == [
        ["title", [0, 2, 3, 4], -1, "zh"],
        ["paragraph", [5, 8], 0, "en"],
    ]


def test_documents_hold_them_with_their_text_or_not_at_all() -> None:
    document = repair(RawText("各县要节水。", Meta("a.txt")))
    assert {"text", "passages"} <= set(documents.entity(document, Settings()).attributes)
    without = documents.entity(document, Settings(texts=False)).attributes
    assert not {"text", "passages"} & set(without)

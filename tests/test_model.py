"""Model: offsets of clean text, evidence, ids."""

from __future__ import annotations

import pytest

from kg.model import CleanText, Document, Evidence, Meta, Passage, Span, document_id, entity_id


def document(raw: str, clean: str, *runs: tuple[int, int]) -> Document:
    passage = Passage(Span(0, len(clean)), clean)
    return Document("d/x", raw, CleanText(clean, runs), (passage,), Meta("x.txt"))


def test_pieces_follow_the_runs() -> None:
    clean = CleanText("两个维护好", ((0, 3), (2, 7)))
    assert [clean.origin(i) for i in range(5)] == [3, 4, 7, 8, 9]
    assert list(clean.pieces(Span(1, 4))) == [Span(4, 5), Span(7, 9)]
    assert list(clean.pieces(Span(2, 2))) == []


@pytest.mark.parametrize(
    ("raw", "quote", "text"),
    [
        ("在两个\n\n统筹中", "两个\n\n统筹", "两个统筹"),
        ("在两个 \u200b统筹中", "两个 \u200b统筹", "两个统筹"),
    ],
)
def test_white_space_inside_is_one_piece(raw: str, quote: str, text: str) -> None:
    second = raw.index("统筹")
    found = document(raw, "在两个统筹中", (0, 0), (3, second)).evidence(Span(1, 5))
    assert found == (Evidence("d/x", 1, second + 2, quote, text),)
    assert raw[found[0].begin : found[0].end] == found[0].quote


@pytest.mark.parametrize("between", ["\x00", "页眉", "\n12\n"])
def test_what_repair_took_out_parts_the_evidence(between: str) -> None:
    raw = f"在两个{between}统筹中"
    second = raw.index("统筹")
    found = document(raw, "在两个统筹中", (0, 0), (3, second)).evidence(Span(1, 5))
    assert [e.quote for e in found] == ["两个", "统筹"]
    assert all(raw[e.begin : e.end] == e.quote for e in found)


def test_a_jump_backwards_parts_the_evidence() -> None:
    found = document("统筹。要做到两个", "要做到两个统筹", (0, 3), (5, 0)).evidence(Span(3, 7))
    assert [(e.begin, e.end, e.quote) for e in found] == [(6, 8, "两个"), (0, 2, "统筹")]


def test_mentions_count_in_the_document() -> None:
    passage = Passage(Span(10, 16), "做到两个统筹")
    mention = passage.mention(2, 6, "Formula", rule="test")
    assert (mention.span, mention.name, mention.label) == (Span(12, 16), "两个统筹", "两个统筹")
    assert passage.within(mention.span) == "两个统筹"


def test_ids_are_the_same_for_the_same_words() -> None:
    assert document_id("a\\é.txt") == document_id("a/e\u0301.txt")
    assert entity_id("person", "周某") != entity_id("person", "周某", "临江市")
    assert entity_id("work", "x").startswith("e/work-") and len(entity_id("work", "x")) == 23

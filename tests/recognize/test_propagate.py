"""Propagate: a name found once is found again, and nothing is found twice."""

from __future__ import annotations

from kg.model import CleanText, Document, Meta, Passage, Span
from kg.recognize.propagate import propagate

TEXT = "临江水利学院院长周文海\n周文海说，临江水利学院（以下简称临水院）要改革。临水院很好。"


def test_names_are_found_again() -> None:
    cut = TEXT.index("\n")
    first, second = (
        Passage(Span(0, cut), TEXT[:cut]),
        Passage(Span(cut + 1, len(TEXT)), TEXT[cut + 1 :]),
    )
    document = Document("d/x", TEXT, CleanText(TEXT, ((0, 0),)), (first, second), Meta("x.txt"))
    body = first.mention(0, 6, "Organization", rule="suffix")
    person = first.mention(8, 11, "Person", rule="title-name")
    found = list(propagate(document, [body, person], {"临水院": "临江水利学院"}))
    assert [(m.kind, m.name) for m in found] == [
        ("Person", "周文海"),
        ("Organization", "临江水利学院"),
        ("Organization", "临水院"),
        ("Organization", "临水院"),
    ]
    assert {m.rule for m in found} == {"propagation"}
    assert all(document.clean.text[m.span.start : m.span.end] == m.name for m in found)

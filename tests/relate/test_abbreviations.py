"""Abbreviations: short names that a text introduces, in so many words or in brackets."""

from __future__ import annotations

import pytest

from kg.model import CleanText, Document, Mention, Meta, Passage, Span
from kg.recognize import PRIORITY, overlap
from kg.recognize.organizations import Organizations
from kg.relate import abbreviations

TEXTS = {
    "黄河水利委员会（以下简称黄委）负责调度，黄委发布预警。": {"黄委": "黄河水利委员会"},
    "青海湖景区保护利用管理局（以下简称“青管局”）。": {"青管局": "青海湖景区保护利用管理局"},
    "中华全国总工会（全总）印发通知。": {"全总": "中华全国总工会"},
    "财政部（国务院）会商。": {},
    "国家气候中心，简称气候中心，发布公报。": {},
    "水利部（以下简称见附件）": {},
    "水利部会同财政部。": {},
}


def read(text: str) -> tuple[Document, tuple[Mention, ...]]:
    passage = Passage(Span(0, len(text)), text)
    document = Document("d/0", text, CleanText(text, ((0, 0),)), (passage,), Meta("a.txt"))
    return document, overlap.settle(Organizations().find(passage), PRIORITY)


@pytest.mark.parametrize("text", TEXTS)
def test_introduced(text: str) -> None:
    got = dict(abbreviations.introduced(*read(text)))
    assert got == TEXTS[text]


def test_the_claim_reaches_from_the_full_to_the_short_name() -> None:
    text = "黄河水利委员会（以下简称黄委）负责调度。"
    (claim,) = abbreviations.find(*read(text))
    assert claim.predicate == "alias" and claim.subject and claim.object
    assert (claim.subject.name, claim.object.name) == ("黄河水利委员会", "黄委")
    assert text[claim.span.start : claim.span.end] == "黄河水利委员会（以下简称黄委"


def test_other_kinds_have_short_names_too() -> None:
    text = "《防汛抗旱工作条例》（以下简称《条例》）施行。"
    passage = Passage(Span(0, len(text)), text)
    document = Document("d/0", text, CleanText(text, ((0, 0),)), (passage,), Meta("a.txt"))
    full = passage.mention(1, 9, "Law", rule="quoted")
    short = passage.mention(text.index("条例》）"), text.index("》）"), "Law", rule="quoted")
    assert full.name == "防汛抗旱工作条例"
    assert [c.predicate for c in abbreviations.find(document, (full, short))] == []
    whole = passage.mention(0, 10, "Law", rule="quoted", name="防汛抗旱工作条例")
    assert [c.predicate for c in abbreviations.find(document, (whole, short))] == ["alias"]

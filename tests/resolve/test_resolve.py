"""Resolve: mentions of several documents become entities with names, aliases and dates."""

from __future__ import annotations

from kg.model import Amount, Claim, CleanText, Document, Extraction, Mention, Meta, Passage, Span
from kg.model import TimeValue as Time
from kg.resolve import resolve
from kg.settings import Settings

PLAIN = Settings(concepts=0)


def document(path: str, text: str) -> tuple[Document, Passage]:
    passage = Passage(Span(0, len(text)), text)
    clean = CleanText(text, ((0, 0),))
    return Document(f"d/{path}", text, clean, (passage,), Meta(path)), passage


def find(passage: Passage, word: str, kind: str, **more: object) -> Mention:
    at = passage.text.index(word)
    return passage.mention(at, at + len(word), kind, rule="test", **more)  # type: ignore[arg-type]


def test_short_names_that_a_text_introduces() -> None:
    doc, passage = document("a", "临江水利学院（以下简称临水院）成立。")
    full, short = (
        find(passage, "临江水利学院", "Organization"),
        find(passage, "临水院", "Organization"),
    )
    claim = Claim("alias", full, short, Span(0, 14), "abbreviation")
    found = resolve([Extraction(doc, (full, short), (), (claim,))], PLAIN)
    body = next(e for e in found.entities if e.kind == "Organization")
    assert (body.name, [a.name for a in body.aliases]) == ("临江水利学院", ["临水院"])
    assert not body.aliases[0].inferred and body.naming is None


def test_names_that_knowledge_gives_are_marked() -> None:
    doc, passage = document("a", "水利部门落实。")
    known = find(
        passage, "水利部门", "Organization", known_as="中华人民共和国水利部", known_by="lexicon:x"
    )
    body = next(
        e for e in resolve([Extraction(doc, (known,))], PLAIN).entities if e.kind != "Document"
    )
    assert body.name == "中华人民共和国水利部"
    assert body.naming is not None and body.naming.inferred and body.naming.rule == "lexicon:x"
    other, again = document("b", "中华人民共和国水利部印发。")
    plain = find(again, "中华人民共和国水利部", "Organization")
    both = resolve([Extraction(doc, (known,)), Extraction(other, (plain,))], PLAIN)
    body = next(e for e in both.entities if e.kind == "Organization")
    assert body.naming is None and body.aliases[0].inferred


def test_one_statement_said_twice_is_one_node() -> None:
    extractions = []
    for path in ("a", "b"):
        doc, passage = document(path, "新建水库12座。")
        figure = find(
            passage, "水库12座", "Statistic", detail=Amount(value=12, number=12, text="12")
        )
        indicator = find(passage, "水库", "Indicator")
        claim = Claim("measuredProperty", figure, indicator, figure.span, "quantity")
        extractions.append(Extraction(doc, (figure,), (), (claim,)))
    figures = [e for e in resolve(extractions, PLAIN).entities if e.kind == "Statistic"]
    assert len(figures) == 1 and len(figures[0].mentions) == 2
    assert figures[0].attributes["baseValue"] == 12


def test_events_take_the_date_that_is_stated() -> None:
    doc, passage = document("a", "临江论坛2021年3月5日举行。")
    event = find(passage, "临江论坛", "Event")
    day = find(
        passage, "2021年3月5日", "Time", detail=Time("2021-03-05", "", "2021-03-05", "2021-03-05")
    )
    claim = Claim("heldOn", event, day, Span(0, len(passage.text)), "meeting")
    found = resolve([Extraction(doc, (event, day), (), (claim,))], PLAIN).entities
    forum = next(e for e in found if e.kind == "Event")
    assert forum.attributes == {"edtf": "2021-03-05", "from": "2021-03-05", "until": "2021-03-05"}
    assert next(e for e in found if e.kind == "Time").name == "2021年3月5日"

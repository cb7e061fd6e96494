"""First person: each speech of a document has a speaker of its own."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from relate_marks import facts, marked

from kg.model import Document, Mention, Part, Span
from kg.relate import awards, messages, statements

TABLE = Path(__file__).parents[1] / "cases" / "first_person.toml"
CASES = tomllib.loads(TABLE.read_text("utf-8"))["case"]


def printed(speeches: Sequence[Sequence[str]]) -> tuple[Document, tuple[Mention, ...]]:
    """A document of speeches, each a byline and its paragraphs."""
    document, mentions = marked(*(text for speech in speeches for text in speech))
    left = list(document.passages)
    parts, passages = [], []
    for number, speech in enumerate(speeches, 1):
        own, left = left[: len(speech)], left[len(speech) :]
        byline = own[0].span
        authors = [m.name for m in mentions if m.kind == "Person" and byline.contains(m.span)]
        span = Span(byline.start, own[-1].span.end)
        parts.append(Part(span, authors=tuple(authors), byline=byline))
        passages.append(replace(own[0], part=number, kind="byline"))
        passages += [replace(passage, part=number) for passage in own[1:]]
    return replace(document, passages=tuple(passages), parts=tuple(parts)), mentions


@pytest.mark.parametrize("row", CASES, ids=[row["why"] for row in CASES])
def test_cases(row: dict[str, list[list[str]]]) -> None:
    document, mentions = printed(row["speeches"])
    finders = (awards.find, messages.find, statements.find)
    found = [claim for find in finders for claim in find(document, mentions)]
    assert facts(found) == sorted(map(tuple, row["expect"])), row["why"]


def test_what_only_the_byline_tells_is_inferred() -> None:
    speech = ["[Person|秦某某] 某厂焊工", "我认为，焊缝一定要细。我荣获[Honour|全国技术能手]称号。"]
    document, mentions = printed([speech, speech])
    text = document.clean.text
    claims = list(statements.find(document, mentions))
    assert [text[c.span.start : c.span.end] for c in claims] == ["我认为，焊缝一定要细"] * 2
    assert all(claim.inferred for claim in claims)
    persons = [claim.object.span.start for claim in claims if claim.object]
    assert persons == [part.span.start for part in document.parts]
    near = list(awards.find(document, mentions))
    assert [text[c.span.start :][:3] for c in near] == ["秦某某"] * 2
    assert not any(claim.inferred for claim in near)  # the evidence holds the byline
    far = list(awards.find(*printed([[speech[0], "天晴。" * 60, speech[1]], speech])))
    assert [claim.inferred for claim in far] == [True, False]


def test_without_parts_nobody_says_i() -> None:
    document, mentions = marked("[Person|秦某某] 某厂焊工", "我认为，焊缝要细。")
    assert list(statements.find(document, mentions)) == []

"""Persons: a bare title means the one person to whom the document gives it."""

from __future__ import annotations

from kg.model import CleanText, Document, Extraction, Meta, Passage, Span
from kg.recognize import PRIORITY, overlap
from kg.recognize.organizations import Organizations
from kg.recognize.persons import Persons
from kg.recognize.roles import Roles
from kg.relate import posts
from kg.resolve.persons import corefer


def read(text: str) -> dict[str, str]:
    """Wording and place of each bare title -> the person it means."""
    passage = Passage(Span(0, len(text)), text)
    document = Document("d/0", text, CleanText(text, ((0, 0),)), (passage,), Meta("a.txt"))
    recognizers = (Organizations(), Persons(), Roles())
    mentions = overlap.settle([m for r in recognizers for m in r.find(passage)], PRIORITY)
    claims = tuple(posts.find(document, mentions))
    got = corefer(Extraction(document, mentions, (), claims))
    return {f"{m.name}@{m.span.start}": name for m, name in got.items()}


def test_a_bare_unique_title_is_the_holder() -> None:
    assert read("林致远总书记来到村里。总书记同乡亲们交谈。") == {"总书记@11": "林致远"}


def test_of_two_holders_none_is_meant() -> None:
    assert read("林致远总书记会见何川总书记。总书记强调友谊。") == {}


def test_without_a_holder_nobody_is_meant() -> None:
    assert read("总书记十分关心。") == {}


def test_other_titles_mean_nobody() -> None:
    assert read("财政部部长林致远到会。部长讲话。") == {}

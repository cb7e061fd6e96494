"""Hierarchy: bodies that are part of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kg.model import Claim, Document, Mention, Span
from kg.relate.base import by_passage
from kg.tables import rows, words

KIND = "Organization"
LONGEST = 80  # longest name that is looked into, in characters
RULE = "parent-body"
TABLE = "lexicon:organizations"
_AND = re.compile(r"[ \u3000]*(?:、|和|及|以及|与)[ \u3000]*")


def find(document: Document, mentions: Sequence[Mention]) -> Iterator[Claim]:
    """Claims ``unitOf`` and ``subOrganizationOf`` between bodies that the document names.

    The name itself says it (某总工会党组 and 某总工会), the text does (甲下设乙), or, marked
    as inferred, the table of known bodies.
    """
    bodies = [mention for mention in mentions if mention.kind == KIND]
    named: dict[str, Mention] = {}
    for body in bodies:
        named.setdefault(body.name, body)
    labels: dict[str, Mention] = {}
    for body in bodies:
        labels.setdefault(body.label, body)
    seen: set[str] = set()
    for body in bodies:
        if body.label not in seen:
            seen.add(body.label)
            yield from _by_name(body, named)
            yield from _by_label(body, labels)
            yield from _by_table(body, labels)
    yield from _by_text(document, mentions)


def _by_name(body: Mention, named: Mapping[str, Mention]) -> Iterator[Claim]:
    """The longest other body of the document that the name begins with."""
    for size in range(min(len(body.name), LONGEST) - 1, 2, -1):
        parent = named.get(body.name[:size])
        if parent is not None and parent.label != body.label:
            yield Claim(_predicate(body.name[size:]), body, parent, body.span, RULE)
            return


def _by_label(body: Mention, labels: Mapping[str, Mention]) -> Iterator[Claim]:
    """The body that the document is about, of whose inner unit it leaves it out: 教务处."""
    if body.rule == "inner-unit" and body.known_as.endswith(body.name):
        parent = labels.get(body.known_as[: -len(body.name)])
        if parent is not None:
            yield Claim("unitOf", body, parent, body.span, RULE, inferred=True)


def _by_table(body: Mention, labels: Mapping[str, Mention]) -> Iterator[Claim]:
    row = _parents().get(body.label)
    parent = labels.get(row[0]) if row else None
    if row and parent is not None and parent.label != body.label:
        predicate = "unitOf" if row[1] else "subOrganizationOf"
        yield Claim(predicate, body, parent, body.span, TABLE, inferred=True)


@cache
def _parents() -> dict[str, tuple[str, bool]]:
    """Body -> its parent, and whether it is an inner unit of it."""
    return {
        row["name"]: (row["parent"], row["kind"].endswith("-unit"))
        for row in rows("lexicons/organizations")
        if row["parent"]
    }


@cache
def _units() -> tuple[str, ...]:
    return tuple(words("lexicons/organization_units", "ending"))


def _predicate(rest: str) -> str:
    inner = rest.endswith((*_units(), "”"))
    return "unitOf" if inner else "subOrganizationOf"


@cache
def _links() -> tuple[dict[str, str], re.Pattern[str]]:
    table = {row["word"]: row["order"] for row in rows("lexicons/organization_links")}
    listed = sorted(table, key=lambda w: (-len(w), w))
    return table, re.compile("|".join(map(re.escape, listed)))


def _by_text(document: Document, mentions: Sequence[Mention]) -> Iterator[Claim]:
    table, pattern = _links()
    for passage, inside in by_passage(document, mentions, KIND):
        at = 0
        while at + 1 < len(inside):
            left, right = inside[at], inside[at + 1]
            match = pattern.fullmatch(passage.within(Span(left.span.end, right.span.start)))
            at += 1
            if match is None or right.label == left.label:
                continue
            if table[match.group()] == "up":
                yield _claim(left, right)
                continue
            yield _claim(right, left)
            while at + 1 < len(inside):
                gap = passage.within(Span(inside[at].span.end, inside[at + 1].span.start))
                if not _AND.fullmatch(gap):
                    break
                at += 1
                yield _claim(inside[at], left)


def _claim(unit: Mention, parent: Mention) -> Claim:
    span = Span(min(unit.span.start, parent.span.start), max(unit.span.end, parent.span.end))
    return Claim(_predicate(unit.name), unit, parent, span, RULE)

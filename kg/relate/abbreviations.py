"""Abbreviations: short names that a text introduces (以下简称, "hereinafter")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.model import Claim, Document, Mention, Span
from kg.relate.base import Told, passages

RULE = "abbreviation"
_OPENING = re.compile(
    r"[ \u3000]*[（(，,][ \u3000]*(?:以下)?(?:统称|简称|下称|又称)(?:为)?[:：]?[ \u3000]*[“\"‘《]*"
)
_BRACKET = re.compile(r"[ \u3000]*[（(][“\"‘《]*")
_NEEDED = tuple("（(称")  # one of them stands where one of these two does
_LEADS = frozenset(" \u3000（(，,")  # with which both begin
_CLOSING = re.compile(r"[”\"’》]*[）)，,。；;]")


def find(
    document: Document, mentions: Sequence[Mention], told: Sequence[Told] = ()
) -> Iterator[Claim]:
    """Claims ``alias`` (full name, short name) where the text introduces the short one.

    Either in so many words (以下简称某某) or in brackets, where the short name consists of
    characters of the full one in their order: 中华全国总工会（全总）.
    """
    for each in told or passages(document, mentions):
        text, base, inside = each.passage.text, each.passage.span.start, each.mentions
        if not any(sign in text for sign in _NEEDED):
            continue
        introducing = [
            m for m in inside if text[m.span.end - base : m.span.end - base + 1] in _LEADS
        ]
        starts = {m.span.start: m for m in reversed(inside)} if introducing else {}
        for full in introducing:
            for pattern in (_OPENING, _BRACKET):
                match = pattern.match(text, full.span.end - base)
                short = starts.get(base + match.end()) if match else None
                if short is None or short.kind != full.kind or short.name == full.name:
                    continue
                if not _CLOSING.match(text, short.span.end - base):
                    continue
                shared = sum(character in full.name for character in short.name)
                said = pattern is _OPENING and 2 * shared >= len(short.name)
                if said or _abbreviates(short.name, full.name):
                    span = Span(full.span.start, short.span.end)
                    yield Claim("alias", full, short, span, RULE)
                    break


def _abbreviates(short: str, full: str) -> bool:
    rest = iter(full)
    return len(short) < len(full) and all(character in rest for character in short)


def introduced(document: Document, mentions: Sequence[Mention]) -> Mapping[str, str]:
    """Short name -> full name of every abbreviation the document introduces, the first wins.

    Recognizers see one passage at a time: where a short name stands in another passage
    than the one that introduces it, the caller finds it by this table.
    """
    found: dict[str, str] = {}
    for claim in find(document, mentions):
        if claim.subject is not None and claim.object is not None:
            found.setdefault(claim.object.name, claim.subject.label)
    return found

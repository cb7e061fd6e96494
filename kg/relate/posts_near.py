"""Near: bodies of posts that words before them tell, and posts that somebody lays down."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kg.model import Mention, Passage, Span
from kg.tables import patterns

Marks = Sequence[Mention | None]
SENTENCE = "。！？；\n"
_DEPUTY = "副"


def chief(passage: Passage, marks: Marks, low: int) -> Mention | None:
    """The body whose head the sentence named before, where a deputy's title opens a clause.

    In 某某会主任甲主持会议，副主任乙、丙参加 the deputies are of the same body.
    """
    deputy = next((m for m in marks[low:] if m is not None), None)
    if deputy is None or deputy.kind != "Role" or not deputy.name.startswith(_DEPUTY):
        return None
    before = passage.text[: deputy.span.start - passage.span.start]
    if before[-1:] != "，":
        return None
    start = passage.span.start + max(before.rfind(mark) for mark in SENTENCE) + 1
    title = deputy.name.removeprefix(_DEPUTY)
    at = low - 1
    while at > 0:
        mark = marks[at]
        if mark is not None and mark.span.start < start:
            return None
        if mark is not None and mark.kind == "Role" and mark.name == title:
            body = marks[at - 1]
            return body if body is not None and body.kind == "Organization" else None
        at -= 1
    return None


@cache
def _of_court() -> tuple[str, ...]:
    """Titles that are of a court, and not of its divisions: 审判委员会委员."""
    return tuple(patterns("names")["of_court"])


def court(title: str, body: Mention) -> Mention:
    """The court whose division ``body`` is, for a title that only a court has; else ``body``."""
    if not title.startswith(_of_court()) or len(body.span) != len(body.name):
        return body
    for ending in patterns("names")["courts"]:
        end = body.name.find(ending) + len(ending)
        if len(ending) <= end < len(body.name):
            rest = body.name[end:]
            full = body.known_as.removesuffix(rest) if body.known_as.endswith(rest) else ""
            span = Span(body.span.start, body.span.start + end)
            by = body.known_by if full else ""
            return Mention(span, body.kind, body.name[:end], body.rule, None, full, by)
    return body


def leaves(passage: Passage, marks: Marks, low: int) -> bool:
    """Whether a person lays down, in the same clause, the post whose title comes next."""
    person = marks[low]
    first = next((m for m in marks[low + 1 :] if m is not None), None)
    if person is None or first is None:
        return False
    between = passage.within(Span(person.span.end, first.span.start))
    return between.endswith(_leaving()) and not any(mark in between for mark in "，" + SENTENCE)


@cache
def _leaving() -> tuple[str, ...]:
    return tuple(patterns("names")["leaving"])

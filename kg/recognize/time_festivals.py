"""Festivals and memorial days -> points of time."""

from __future__ import annotations

from kg.recognize import time_lexicon as lexicon
from kg.recognize import time_values as values
from kg.recognize.time_context import ANCHOR, NARRATIVE, Context, Point, Step
from kg.recognize.time_lexer import Lexeme
from kg.recognize.time_lexicon import Entry

_SOON = 31  # days within which a festival without a year is the coming one


def festival(ctx: Context, index: int, left: Point | None) -> Step:
    """A festival without a year: the coming one when it is near, else the last one."""
    lexeme = ctx.lexemes[index]
    entry = lexeme.entry or Entry("")
    year, sources = _festival_year(ctx, lexeme, entry)
    point = festival_in(lexeme, entry, year, sources)
    return point, index + 1


def _festival_year(
    ctx: Context, lexeme: Lexeme, entry: Entry
) -> tuple[int | None, tuple[str, ...]]:
    if lexeme.start == ctx.recurs_to:
        return None, ()
    if ctx.told(lexeme.start):
        return ctx.story.year, (NARRATIVE,)
    if ctx.frame is None:
        return None, ()
    frame = ctx.frame.later(_SOON)
    if "-" in entry.value:
        year = frame.year_of(int(entry.value[:2]), int(entry.value[3:]))
        return year, ((ANCHOR,) if year is not None else ())
    if frame.year is None:
        return None, ()
    if not ctx.frame.exact:
        return ctx.frame.year, (ANCHOR,)
    days = lexicon.festival_days()
    this = days.get((entry.value, frame.year), ("9", ""))
    year = frame.year if this[0] <= frame.last.isoformat() else frame.year - 1
    return year, (ANCHOR,)


def festival_in(
    lexeme: Lexeme, entry: Entry, year: int | None, sources: tuple[str, ...]
) -> Point | None:
    """A festival in a year; a movable one needs the year to be known."""
    month = day = None
    if "-" in entry.value:
        month, day = int(entry.value[:2]), int(entry.value[3:])
        value = values.day(year, month, day)
    else:
        first, last = lexicon.festival_days().get((entry.value, year or 0), ("", ""))
        value = first if first == last else f"{first}/{last}"
    if not value:
        return None
    return Point(
        lexeme.start, lexeme.end, value, "time-festival", year, month, day,
        sources=("calendar:festivals", *sources),
        bare=entry.use != "alone", quoted=entry.quoted,
    )  # fmt: skip

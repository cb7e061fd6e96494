"""Festivals and memorial days -> points of time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg import tables
from kg.recognize import time_lexicon as lexicon
from kg.recognize.time_context import ANCHOR, NARRATIVE, Context, Point, Step
from kg.recognize.time_lexer import Lexeme
from kg.recognize.time_lexicon import Entry
from kg.recognize.time_lunar import solar
from kg.recognize.time_values import day as day_of

_SOON = 31  # days within which a festival without a year is the coming one
_LUNAR = "lunar "
_NEVER = "9"  # later than any date


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
    if lexeme.start == ctx.recurs_to or lexicon.head(ctx.text, lexeme.start, "some-year")[1]:
        return None, ()
    if ctx.told(lexeme.start):
        return ctx.story.year, (NARRATIVE,)
    frame = ctx.frame
    if frame is None:
        return None, ()
    if entry.value[:2].isdigit():
        year = frame.later(_SOON).year_of(int(entry.value[:2]), int(entry.value[3:]))
        return year, ((ANCHOR,) if year is not None else ())
    if frame.own is not None:
        first = days(entry.value, frame.own)[0]
        return frame.own_year(int(first[5:7] or "1")), (ANCHOR,)
    if not frame.exact:
        return frame.year, ((ANCHOR,) if frame.year is not None else ())
    later = frame.later(_SOON)
    if later.year is None:
        return None, ()
    this = days(entry.value, later.year)[0] or _NEVER
    year = later.year if this <= later.last.isoformat() else later.year - 1
    return year, (ANCHOR,)


def festival_in(
    lexeme: Lexeme, entry: Entry, year: int | None, sources: tuple[str, ...]
) -> Point | None:
    """A festival in a year; a movable one needs the year to be known."""
    month = day = None
    if entry.value[:2].isdigit():
        month, day = int(entry.value[:2]), int(entry.value[3:])
        value = day_of(year, month, day)
    else:
        first, last = days(entry.value, year or 0)
        value = first if first == last else f"{first}/{last}"
        if value and first == last:
            month, day = int(first[5:7]), int(first[8:])
    if not value:
        return None
    return Point(
        lexeme.start, lexeme.end, value, "time-festival", year, month, day,
        sources=("calendar:festivals", *sources),
        bare=entry.use != "alone", quoted=entry.quoted,
    )  # fmt: skip


def days(festival: str, year: int) -> tuple[str, str]:
    """First and last ISO day of a movable festival in a year, ``""`` where they are not known.

    ``festival`` is its name in ``festival_days.tsv``, or ``lunar`` with a month and a day.
    """
    if festival.startswith(_LUNAR):
        month, _, of_month = festival.removeprefix(_LUNAR).partition("-")
        found = solar(year, int(month), int(of_month))
        return found, found
    return _table().get((festival, year), ("", ""))


@cache
def _table() -> Mapping[tuple[str, int], tuple[str, str]]:
    return {
        (row["name"], int(row["date"][:4])): (row["date"], row["end"])
        for row in tables.rows("calendar/festival_days")
    }

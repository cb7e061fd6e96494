"""Lunar: dates of the Chinese calendar (正月十五, 腊月廿三) -> points of solar time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from kg import tables
from kg.recognize import time_values as values
from kg.recognize.numerals import number
from kg.recognize.time_context import ANCHOR, NARRATIVE, Context, Point, Step
from kg.recognize.time_frame import Frame
from kg.recognize.time_lexer import Lexeme

TABLE = "calendar:lunar_years"
_DIGITS = "一二三四五六七八九"
# 三月三, 九月九 …: folk days whose month and day are one; 三月三日 is a day of the sun.
_TWIN = "|".join(f"(?<={mark}月){mark}" for mark in "二三五六七九")
_TWIN = f"(?:{_TWIN})(?=[，。、；：”》）]|节|歌|庙|集|前|期|当天|至|到|和|与|及|起|$)"
_DAY = f"(?:初[{_DIGITS}十]|二?十[{_DIGITS}]|二十|三十|廿[{_DIGITS}]?|卅|{_TWIN})"
_NAMED = {"正": 1, "冬": 11, "腊": 12}  # months that have a name of their own
_DATE = re.compile(
    rf"(?P<calendar>(?:农|阴|夏|旧)历的?)?(?P<leap>闰)?(?P<month>[正冬腊]|十?[{_DIGITS}]|十)月"
    rf"(?P<first>{_DAY})?(?P<to>[至到—–~-](?:(?P<until>[正冬腊]|十?[{_DIGITS}]|十)月)?(?P<last>{_DAY}))?"
)
_LUNAR_DAY = re.compile(f"初[{_DIGITS}十]|廿|卅|{_TWIN}")
_SOON = 60  # days within which a lunar date is rather the coming one
_FAR = 9999


@cache
def _years() -> Mapping[int, tuple[date, int, str]]:
    """Lunar year -> its first day, its leap month, the lengths of its months."""
    return {
        int(row["year"]): (date.fromisoformat(row["begins"]), int(row["leap"]), row["months"])
        for row in tables.rows("calendar/lunar_years")
    }


def solar(year: int, month: int, day: int, *, leap: bool = False) -> str:
    """ISO day of a lunar date, ``""`` when the table or the month does not have it.

    Day 0 of month 1 is the eve of the year.

    >>> solar(2022, 1, 15), solar(2020, 4, 1, leap=True), solar(2022, 1, 0), solar(2022, 1, 31)
    ('2022-02-15', '2020-05-23', '2022-01-31', '')
    """
    begins, leaps, lengths = _years().get(year, (date.min, 0, ""))
    if not lengths or (leap and month != leaps):
        return ""
    index = month - 1 + (leap or 0 < leaps < month)
    if day > _length(lengths, index):
        return ""
    passed = sum(_length(lengths, at) for at in range(index))
    return (begins + timedelta(days=passed + day - 1)).isoformat()


def _length(lengths: str, index: int) -> int:
    return 29 + int(lengths[index])


def is_lunar(text: str, month: Lexeme) -> bool:
    """Whether a lunar day (初三, 廿五) follows a month in Chinese numerals."""
    return not month.text[:1].isascii() and _LUNAR_DAY.match(text, month.end) is not None


def lunar(ctx: Context, index: int, left: Point | None) -> Step:
    """农历正月十五, 腊月廿三, 三月初三, 正月初一至初七, 腊月."""
    start = ctx.lexemes[index].start
    match = _DATE.match(ctx.text, start)
    if match is None or not (match["calendar"] or match["month"] in _NAMED or match["first"]):
        return None, index + 1
    year = left.year if left else None
    sources: tuple[str, ...] = left.sources if left else ()
    if year is None:
        year, source = _year(ctx, match)
        sources = (source,) if source else ()
    value = _value(match, year) if year is not None else ""
    if not value:
        return None, index + 1
    while index < len(ctx.lexemes) and ctx.lexemes[index].start < match.end():
        index += 1
    first = values.bounds(value)[0]
    parts = (int(first[:4]), int(first[5:7]), int(first[8:]) if match["first"] else None)
    found = Point(
        start, match.end(), value, "time-lunar", *parts, left is not None, (TABLE, *sources)
    )
    return found, index


def _value(match: re.Match[str], year: int) -> str:
    """EDTF of a lunar date in a lunar year: a day, a range of days, or the whole month."""
    leap, month = bool(match["leap"]), _month(match["month"])
    if not match["first"]:
        begin = solar(year, month, 1, leap=leap)
        end = solar(year, month, 30, leap=leap) or solar(year, month, 29, leap=leap)
        return values.between(begin, end)
    begin = solar(year, month, _day(match["first"]), leap=leap)
    if not match["last"]:
        return begin
    until = _month(match["until"]) if match["until"] else month
    later = year + (until < month)
    end = solar(later, until, _day(match["last"]), leap=leap and until == month)
    return values.between(begin, end)


def _month(text: str) -> int:
    return _NAMED.get(text) or int(number(text) or 0)


def _day(text: str) -> int:
    return int(number(text.removeprefix("初")) or 0)


def _year(ctx: Context, match: re.Match[str]) -> tuple[int | None, str]:
    """The lunar year of a date without one: that of the story, else the nearest to the frame."""
    if match.start() == ctx.recurs_to:
        return None, ""
    if ctx.told(match.start()) and ctx.story.year is not None:
        return ctx.story.year, NARRATIVE
    year = nearest(ctx.frame, _month(match["month"]), _day(match["first"] or "初一"))
    return year, ANCHOR if year is not None else ""


def nearest(frame: Frame | None, month: int, day: int) -> int | None:
    """The lunar year whose such day is the last before the frame or the coming one.

    In a document that looks over one solar year it is the nearest day of that year.
    """
    if frame is None or frame.told is None or not (frame.exact or frame.own):
        return None if frame is None else frame.year
    best: tuple[int, int] = (_FAR, 0)
    for year in range(frame.told - 1, frame.told + 2):
        iso = solar(year, month, day)
        if not iso:
            continue
        away = (date.fromisoformat(iso) - frame.last).days
        if frame.own is not None:
            fits = int(iso[:4]) == frame.own_year(int(iso[5:7]))
        else:
            fits = away <= _SOON
        if fits:
            best = min(best, (abs(away), year))
    return best[1] if best[0] < _FAR else None

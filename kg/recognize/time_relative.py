"""Relative: words counted from the frame or from the story -> points of time."""

from __future__ import annotations

from kg.recognize import time_dates as dates
from kg.recognize import time_values as values
from kg.recognize.time_context import ANCHOR, NARRATIVE, Context, Point, Step
from kg.recognize.time_frame import moved
from kg.recognize.time_lexer import Lexeme


def this_year(ctx: Context, index: int, left: Point | None) -> Step:
    """今年 (this year), 去年, 同年 … with the month, festival or part that follows."""
    lexeme, offset, sources = _offset(ctx, index)
    base = ctx.frame.year if ctx.frame else None
    if lexeme.kind == "story-year":
        base = left.year if left else ctx.story.year
    elif lexeme.kind == "told-year":  # 当年 is often a vague "in those days"
        base = ctx.story.year if ctx.told(lexeme.start) else None
    year = None if base is None else base + offset
    value = values.day(year) if year is not None else ""
    point = Point(lexeme.start, lexeme.end, value, "time-relative", year)
    point = point._replace(sources=sources if year is not None else ())
    return dates.within_year(ctx, index + 1, point)


def this_month(ctx: Context, index: int, left: Point | None) -> Step:
    """本月 (this month), 上月, 当月 … with the day or part that follows."""
    lexeme, offset, sources = _offset(ctx, index)
    base = ctx.frame.known[:7] if ctx.frame else ""
    if lexeme.kind == "story-month":
        base = values.day(ctx.story.year, ctx.story.month) if ctx.story.month else ""
    value = moved(base, offset, "M") if len(base) == 7 and base[0] != "X" else ""
    if not value:
        return None, index + 1
    year, month = int(value[:4]), int(value[5:])
    point = Point(
        lexeme.start, lexeme.end, value, "time-relative", year, month, None, False, sources
    )
    day = ctx.follows(index + 1, lexeme.end, "day")
    if day:
        value = values.day(year, month, int(day.number))
        return point._replace(end=day.end, value=value, day=int(day.number)), index + 2
    return dates.with_part(ctx, point), index + 1


def this_week(ctx: Context, index: int, left: Point | None) -> Step:
    """本周 (this week), 上周 …"""
    lexeme, offset, sources = _offset(ctx, index)
    value = ctx.frame.week(offset) if ctx.frame else ""
    point = Point(lexeme.start, lexeme.end, value, "time-relative", sources=sources)
    return (point if value else None), index + 1


def this_day(ctx: Context, index: int, left: Point | None) -> Step:
    """今天 (today), 昨天 …"""
    return _day_from(ctx, index, ctx.frame.known if ctx.frame else "")


def story_day(ctx: Context, index: int, left: Point | None) -> Step:
    """当日 (that day), 次日 …"""
    story = ctx.story
    return _day_from(ctx, index, values.day(story.year, story.month, story.day))


def _day_from(ctx: Context, index: int, base: str) -> Step:
    lexeme, offset, sources = _offset(ctx, index)
    value = moved(base, offset, "D") if len(base) == 10 and base[0] != "X" else ""
    if not value:
        return None, index + 1
    parts = (int(value[:4]), int(value[5:7]), int(value[8:]))
    return (
        Point(lexeme.start, lexeme.end, value, "time-relative", *parts, False, sources),
        index + 1,
    )


def _offset(ctx: Context, index: int) -> tuple[Lexeme, int, tuple[str, ...]]:
    lexeme = ctx.lexemes[index]
    offset = int(lexeme.entry.value) if lexeme.entry else 0
    return lexeme, offset, (NARRATIVE if not lexeme.kind.startswith("this") else ANCHOR,)


def part(ctx: Context, index: int, left: Point | None) -> Step:
    """上半年 (first half), 三季度, 年底 … of the year told or of the frame."""
    lexeme = ctx.lexemes[index]
    name = lexeme.entry.value if lexeme.entry else ""
    year: int | None = None
    sources: tuple[str, ...] = (NARRATIVE,)
    if left is not None or ctx.told(lexeme.start):
        year = left.year if left else ctx.story.year
    elif ctx.frame is not None and ctx.frame.year is not None:
        year, sources = ctx.frame.year, (ANCHOR,)
        begin = values.bounds(values.part(values.day(year), name))[0]
        if begin > ctx.frame.last.isoformat() and ctx.frame.last.month <= 2:
            year = None  # early in a year the fourth quarter may be the last one or the next
    if year is None:
        return None, index + 1
    value = values.part(values.day(year), name)
    point = Point(lexeme.start, lexeme.end, value, "time-relative", year, sources=sources)
    return point, index + 1


def lately(ctx: Context, index: int, left: Point | None) -> Step:
    """近年来 (in recent years): up to the frame, from no stated date."""
    lexeme = ctx.lexemes[index]
    year = ctx.frame.year if ctx.frame else None
    if year is None:
        return None, index + 1
    value = values.until(values.day(year))
    point = Point(lexeme.start, lexeme.end, value, "time-relative", sources=(ANCHOR,))
    return point, index + 1


def as_it_is(ctx: Context, index: int, left: Point | None) -> Step:
    """A word whose value is in the lexicon, such as 新世纪以来."""
    lexeme = ctx.lexemes[index]
    value = lexeme.entry.value if lexeme.entry else ""
    point = Point(lexeme.start, lexeme.end, value, "time-era", sources=("calendar:eras",))
    return point, index + 1

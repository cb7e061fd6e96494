"""Relative: words counted from the frame or from the story -> points of time."""

from __future__ import annotations

from kg.recognize import time_dates as dates
from kg.recognize import time_lexicon as lexicon
from kg.recognize import time_values as values
from kg.recognize.time_context import ANCHOR, NARRATIVE, Context, Point, Step
from kg.recognize.time_frame import moved
from kg.recognize.time_lexer import Lexeme

_WINTER = 2  # until this month it is the winter of the year before
_THIS_WINTER = "0 winter"
_SCHOOL = 8  # in this month and later the school year is the one that begins


def this_year(ctx: Context, index: int, left: Point | None) -> Step:
    """今年 (this year), 去年, 同年 … with the month, festival or part that follows."""
    lexeme, offset, sources = _offset(ctx, index)
    base = ctx.frame.year if ctx.frame else None
    told = ctx.told(lexeme.start)
    if lexeme.kind == "story-year":
        base = left.year if left else ctx.story.year
    elif lexeme.kind == "told-year":  # 当年 is often a vague "in those days"
        told = told or ctx.follows(index + 1, lexeme.end, "month") is not None
        base = ctx.story.year if told else None
    elif lexeme.kind == "year-before":  # 上年: the year before the one that is told of
        told = told or _told_of(ctx)
        base = ctx.story.year if told else ctx.frame.told if ctx.frame else None
        sources = (NARRATIVE if told else ANCHOR,)
    if not lexeme.kind.startswith("this") and ctx.recurs(lexeme.start):
        base = None  # every year, of the year before: no year is meant
    year = None if base is None else base + offset
    value = values.day(year) if year is not None else ""
    point = Point(lexeme.start, lexeme.end, value, "time-relative", year, stated=True)
    point = point._replace(sources=sources if year is not None else ())
    end, same = lexicon.tail(ctx.text, lexeme.end, lexicon.SAME_PERIOD)
    if same:
        return _same_period(ctx, point._replace(end=end)), index + 1
    return dates.within_year(ctx, index + 1, point)


def _told_of(ctx: Context) -> bool:
    """Whether the passage tells of the frame's year or of the one before it."""
    story, frame = ctx.story.year, ctx.frame
    return story is not None and frame is not None and story in (frame.year, frame.last.year - 1)


def _same_period(ctx: Context, point: Point) -> Point:
    """去年同期: the period told last in the sentence, in that year; else the whole year."""
    period = ctx.story.value if ctx.told(point.start) else ""
    if period and point.year and ctx.story.year:
        by = point.year - ctx.story.year
        ends = [end if end == ".." else values.shifted(end, by) for end in period.split("/")]
        value = "/".join(ends) if all(ends) else ""
        return point._replace(value=values.checked(value) or point.value)
    return point


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
        lexeme.start, lexeme.end, value, "time-relative", year, month, None, True, sources
    )
    day = ctx.follows(index + 1, lexeme.end, "day")
    if day and day.low is None:
        value = values.day(year, month, int(day.number))
        return point._replace(end=day.end, value=value, day=int(day.number)), index + 2
    return dates.with_part(ctx, point), index + 1


def this_week(ctx: Context, index: int, left: Point | None) -> Step:
    """本周 (this week), 上周 …"""
    lexeme, offset, sources = _offset(ctx, index)
    value = ctx.frame.week(offset) if ctx.frame else ""
    point = Point(lexeme.start, lexeme.end, value, "time-relative", sources=sources)
    end, day = lexicon.tail(ctx.text, lexeme.end, lexicon.WEEKDAYS)
    if value and day:
        return _weekday(point._replace(end=end), day), index + 1
    return (point if value else None), index + 1


def _weekday(week: Point, role: str) -> Point:
    """本周五 (this Friday), 上周末 (last weekend)."""
    monday = week.value.partition("/")[0]
    if role == "weekend":
        return week._replace(value=values.between(values.step(monday, 5), values.step(monday, 6)))
    value = values.step(monday, int(role[-1]) - 1)
    return week._replace(
        value=value, year=int(value[:4]), month=int(value[5:7]), day=int(value[8:])
    )


def this_quarter(ctx: Context, index: int, left: Point | None) -> Step:
    """本季度 (this quarter), 上季度 …"""
    lexeme, offset, sources = _offset(ctx, index)
    known = ctx.frame.known[:7] if ctx.frame else ""
    if len(known) != 7:
        return None, index + 1
    quarter = (int(known[5:]) - 1) // 3 + offset
    year = int(known[:4]) + quarter // 4
    value = values.part(values.day(year), f"Q{quarter % 4 + 1}")
    point = Point(lexeme.start, lexeme.end, value, "time-relative", year, sources=sources)
    return point, index + 1


def this_season(ctx: Context, index: int, left: Point | None) -> Step:
    """今春 (this spring), 去冬 (last winter), 今冬明春: the value is ``offset season``, or two."""
    lexeme = ctx.lexemes[index]
    frame = ctx.frame
    if frame is None or frame.year is None or lexeme.entry is None:
        return None, index + 1
    found = []
    now = frame.year
    if lexeme.entry.value.startswith(_THIS_WINTER) and frame.exact:
        now -= frame.last.month <= _WINTER  # in January this winter began last year
    for part in lexeme.entry.value.split("/"):
        offset, _, season = part.partition(" ")
        found.append(values.part(values.day(now + int(offset)), season))
    value = values.between(found[0], found[-1]) if len(found) > 1 else found[0]
    point = Point(lexeme.start, lexeme.end, value, "time-relative", frame.year, sources=(ANCHOR,))
    return (point if value else None), index + 1


def this_years(ctx: Context, index: int, left: Point | None) -> Step:
    """今明两年 (this year and the next): the value is the offsets of the first and the last."""
    lexeme = ctx.lexemes[index]
    now = ctx.frame.year if ctx.frame else None
    if now is None or lexeme.entry is None:
        return None, index + 1
    first, _, last = lexeme.entry.value.partition("/")
    value = values.between(values.day(now + int(first)), values.day(now + int(last)))
    return Point(lexeme.start, lexeme.end, value, "time-relative", sources=(ANCHOR,)), index + 1


def school_year(ctx: Context, index: int, left: Point | None) -> Step:
    """本学年 (this school year), 上学年: from autumn to summer."""
    lexeme, offset, _ = _offset(ctx, index)
    known = ctx.frame.known if ctx.frame else ""
    if len(known) < len("2018-10"):
        return None, index + 1
    year = int(known[:4]) - (int(known[5:7]) < _SCHOOL) + offset
    value = values.between(values.day(year), values.day(year + 1))
    return Point(lexeme.start, lexeme.end, value, "time-relative", sources=(ANCHOR,)), index + 1


def month_part(ctx: Context, index: int, left: Point | None) -> Step:
    """月底 (the end of the month): of the month told last, or of the frame's."""
    lexeme = ctx.lexemes[index]
    story = ctx.story
    year, month, source = story.year, story.month, NARRATIVE
    known = ctx.frame.known if ctx.frame else ""
    if month is None and len(known) >= len("2018-10"):
        year, month, source = int(known[:4]), int(known[5:7]), ANCHOR
    if month is None or lexeme.entry is None:
        return None, index + 1
    value = values.part(values.day(year, month), lexeme.entry.value)
    point = Point(lexeme.start, lexeme.end, value, "time-relative", year, month, sources=(source,))
    return point, index + 1


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
    elif ctx.frame is not None and ctx.frame.told is not None:
        year, sources = ctx.frame.told, (ANCHOR,)
        begin = values.bounds(values.part(values.day(year), name))[0]
        if begin > ctx.frame.last.isoformat() and ctx.frame.last.month <= 2:
            year = None  # early in a year the fourth quarter may be the last one or the next
        if name == "told-whole" and ctx.frame.own is None:
            year = None  # 全年 (the whole year): of which, nothing tells
    if year is None:
        return None, index + 1
    value = values.part(values.day(year), name)
    point = Point(lexeme.start, lexeme.end, value, "time-relative", year, sources=sources)
    return dates.with_part(ctx, point), index + 1


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

"""Dates: years, months, days, decades and centuries in numbers -> points of time."""

from __future__ import annotations

from kg.recognize import time_clock as clock
from kg.recognize import time_festivals as festivals
from kg.recognize import time_lexicon as lexicon
from kg.recognize import time_lunar as lunar
from kg.recognize import time_values as values
from kg.recognize.time_context import ANCHOR, NARRATIVE, Context, Point, Step
from kg.recognize.time_lexer import Lexeme
from kg.recognize.time_lexicon import CHANGES, PARTS

# What may follow or go before a lone day (22日) that is a date and no number of days.
_DAY_FOLLOWS, _DAY_LEADS = "上下中凌早晚傍夜，,电讯在从召闭开发", "，,。；;：:（(、"
_RANGES = "至到-~—"
_FIRST_OF = "前"  # 2023年前11个月: its first eleven months
_FIRST = "头前"  # 本世纪头二十年: the first twenty years of the century
_TWO_CENTURIES = 50  # years into a century in which a decade's name may mean either


def full(ctx: Context, index: int, left: Point | None) -> Step:
    """2024-07-18, 2024.7.18, 2024/07/18."""
    lexeme = ctx.lexemes[index]
    mark = lexeme.text[4]
    year, month, day = (int(part) for part in lexeme.text.split(mark))
    value = values.day(year, month, day)
    if not value:
        return None, index + 1
    point = Point(lexeme.start, lexeme.end, value, "time-absolute", year, month, day, True)
    return point, index + 1


def stamp(ctx: Context, index: int, left: Point | None) -> Step:
    """2024.07 and its like."""
    lexeme = ctx.lexemes[index]
    year, month = int(lexeme.text[:4]), int(lexeme.text[5:])
    value = values.day(year, month)
    return Point(lexeme.start, lexeme.end, value, year=year, month=month, stated=True), index + 1


def span(ctx: Context, index: int, left: Point | None) -> Step:
    """2016—2020 in brackets."""
    lexeme = ctx.lexemes[index]
    first, last = lexeme.text[:4], lexeme.text[-4:]
    value = values.between(first, last)
    point = Point(lexeme.start, lexeme.end, value, "time-range", int(last), stated=True)
    return (point if value else None), index + 1


def name(ctx: Context, index: int, left: Point | None) -> Step:
    """A bare year at the end of a name in quotes or title marks."""
    lexeme = ctx.lexemes[index]
    return Point(lexeme.start, lexeme.end, lexeme.text, "time-name"), index + 1


def year(ctx: Context, index: int, left: Point | None) -> Step:
    """A year, or a range of years, and what follows it."""
    lexeme = ctx.lexemes[index]
    year = int(lexeme.number)
    if lexeme.low is not None:
        value = values.between(values.day(int(lexeme.low)), values.day(year))
        point = Point(lexeme.start, lexeme.end, value, "time-range", year, stated=True)
        return point, index + 1
    start = Point(lexeme.start, lexeme.end, values.day(year), year=year, stated=True)
    return within_year(ctx, index + 1, start)


def within_year(ctx: Context, index: int, point: Point) -> Step:
    """What follows a year: a month, a festival, a part of the year."""
    lexeme = ctx.next(index, point.end)
    kind = lexeme.kind if lexeme else ""
    if lexeme and kind in ("month", "lunar"):
        if kind == "lunar" or lunar.is_lunar(ctx.text, lexeme):
            found, after = lunar.lunar(ctx, index, point)
            return (found and found._replace(start=point.start)), after
        return month_of(ctx, index, point)
    if lexeme and lexeme.entry and kind == "festival":
        found = festivals.festival_in(lexeme, lexeme.entry, point.year, point.sources)
        if found:
            return found._replace(start=point.start, bare=False), index + 1
    if lexeme and lexeme.entry and kind == "part" and point.year is not None:
        value = values.part(values.day(point.year), lexeme.entry.value)
        return with_part(ctx, point.reaching(lexeme.end, value, None, None)), index + 1
    if ctx.text[point.end : point.end + 1] == _FIRST_OF and point.year:
        months = ctx.follows(index, point.end + 1, "length")
        if months and months.unit == "M":
            last = values.day(point.year, int(months.number))
            value = values.between(values.day(point.year, 1), last)
            if value:
                return point.reaching(months.end, value, None, None), index + 1
    return with_part(ctx, point), index


def with_part(ctx: Context, point: Point) -> Point:
    """The point with 底 (end), 初 (beginning), 上旬 (first ten days) and their like."""
    end, role = lexicon.tail(ctx.text, point.end, PARTS)
    value = values.part(point.value, role) if role and point.value else ""
    return point._replace(end=end, value=value) if value else point


def month(ctx: Context, index: int, left: Point | None) -> Step:
    """A month without a year, with its day or part."""
    lexeme = ctx.lexemes[index]
    if lunar.is_lunar(ctx.text, lexeme):
        return lunar.lunar(ctx, index, left)
    here = Point(lexeme.start, lexeme.start)
    if left is not None:
        here = here._replace(year=left.year, sources=left.sources, stated=left.stated)
        found, after = month_of(ctx, index, here)
        if found and (found.month or 0, found.day or 0) < (left.month or 0, left.day or 0):
            if left.year is not None:
                here = here._replace(year=left.year + 1)
            return month_of(ctx, index, here)
        return found, after
    probe, after = month_of(ctx, index, here)
    if probe is None or (lexeme.weak and probe.end == lexeme.end):
        return None, index + 1
    year, sources = _year_for(ctx, probe, int(lexeme.low or lexeme.number))
    # The year that the story states holds for what follows, too.
    stated = sources == (NARRATIVE,)
    return month_of(ctx, index, here._replace(year=year, sources=sources, stated=stated))


def month_of(ctx: Context, index: int, point: Point) -> Step:
    """The month at ``index`` in the year of ``point``, with its day or part."""
    lexeme = ctx.lexemes[index]
    month, year = int(lexeme.number), point.year
    value = values.day(year, month)
    if lexeme.low is not None:
        value = values.between(values.day(year, int(lexeme.low)), value)
    day = ctx.follows(index + 1, lexeme.end, "day")
    if day is None or lexeme.low is not None:
        found = point.reaching(lexeme.end, value, month, None)
        return (with_part(ctx, found) if lexeme.low is None else found), index + 1
    value = values.day(year, month, int(day.number))
    if day.low is not None:
        value = values.between(values.day(year, month, int(day.low)), value)
    if not value:
        return None, index + 2
    return point.reaching(day.end, value, month, int(day.number)), index + 2


def _year_for(ctx: Context, probe: Point, month: int) -> tuple[int | None, tuple[str, ...]]:
    """Year of a date without one: the story's in this sentence, else the frame's."""
    if probe.start == ctx.recurs_to or lexicon.head(ctx.text, probe.start, "some-year")[1]:
        return None, ()
    story = ctx.story
    ahead = bool(lexicon.head(ctx.text, probe.start, "ahead")[1])
    ahead = ahead or lexicon.tail(ctx.text, probe.end, CHANGES)[1] == "before"
    ahead = ahead or _going_on(ctx, probe.start, month)
    if ctx.told(probe.start) and story.stated and not (ahead and _past(ctx)):
        return story.year, (NARRATIVE,)
    if ctx.frame is None:
        return (story.year, (NARRATIVE,)) if story.month else (None, ())
    if not ahead and ctx.frame.soon(month, probe.day):
        ahead = ctx.frame.at_hand(month, probe.day) or ctx.foretold(probe.start, probe.end)
    year = ctx.frame.year_of(month, probe.day, ahead=ahead)
    if year is None or (story.month and story.stated and story.year != year):
        return None, ()  # told dates of another year: this one may belong to either
    return year, (ANCHOR,)


def _going_on(ctx: Context, at: int, month: int) -> bool:
    """Whether the sentence has told a month still to come, and this one is behind it."""
    last, frame = ctx.latest, ctx.frame
    if frame is None or not frame.exact or last is None or not last.year or not last.month:
        return False
    ahead = (last.year, last.month) > (frame.last.year, frame.last.month)
    return ahead and month >= last.month and "。" not in ctx.text[last.end : at]


def _past(ctx: Context) -> bool:
    """Whether the story tells of a whole year before the frame's: no deadline lies in it."""
    story, frame = ctx.story, ctx.frame
    if story.month is not None or story.year is None or frame is None:
        return False
    return frame.year is not None and story.year < frame.year


def day(ctx: Context, index: int, left: Point | None) -> Step:
    """A day without a month (22日), where it is no number of days."""
    lexeme = ctx.lexemes[index]
    day, after = int(lexeme.number), index + 1
    if left is not None and left.day is not None:
        base = left
        value = values.day(left.year, left.month, day)
        point = base._replace(start=lexeme.start, end=lexeme.end, value=value, day=day)
        return (point if value else None), after
    role = lexicon.tail(ctx.text, lexeme.end, CHANGES)[1]
    counted = role == "inside" or lexicon.head(ctx.text, lexeme.start, "length")[1]
    if counted and left is None and lexeme.low is None:
        count = values.duration(day, "D")  # 十五日内: within fifteen days
        return Point(lexeme.start, lexeme.end, rule="time-duration", duration=count), after
    if lexeme.weak or left is not None or role == "before":
        return None, after
    if role != "around" and not _is_date(ctx, lexeme):
        return None, after
    story = ctx.story
    sources: tuple[str, ...] = (NARRATIVE,)
    year, month = story.year, story.month
    if not month:
        ahead = ctx.frame is not None and ctx.foretold(lexeme.start, lexeme.end)
        found = ctx.frame.month_of(day, ahead=ahead) if ctx.frame else None
        year, month = found or (None, None)
        sources = (ANCHOR,) if found else ()
    value = values.day(year, month, day)
    if lexeme.low is not None:
        value = values.between(values.day(year, month, int(lexeme.low)), value)
    point = Point(
        lexeme.start, lexeme.end, value, "time-relative", year, month, day, False, sources
    )
    return (point if value else None), after


def _is_date(ctx: Context, lexeme: Lexeme) -> bool:
    if lexicon.head(ctx.text, lexeme.start, "length", "past", "future", "each")[1]:
        return False
    if ctx.days_to == lexeme.start:
        return True  # 3日和4日
    follows = ctx.text[lexeme.end : lexeme.end + 1]
    leads = ctx.text[lexeme.start - 1 : lexeme.start] if lexeme.start else "。"
    if follows and follows in _DAY_FOLLOWS + _RANGES:
        return True
    return leads in _DAY_LEADS or clock.follows(ctx.text, lexeme.end)


def decade(ctx: Context, index: int, left: Point | None) -> Step:
    """90年代 (the nineties), of the frame's century where none is stated."""
    lexeme = ctx.lexemes[index]
    number = int(lexeme.number)
    sources: tuple[str, ...] = ()
    if number < 100:
        year = left.year if left else (ctx.frame.year if ctx.frame else None)
        if year is None:
            return None, index + 1
        past = not left and number > year % 100
        if not left and not past and year % 100 < _TWO_CENTURIES:
            return None, index + 1  # in 2022 the twenties may be of this century or of the last
        number += year // 100 * 100 - (100 if past else 0)
        sources = () if left else (ANCHOR,)
    value = _decades(number // 10, lexeme)
    point = Point(lexeme.start, lexeme.end, value, year=number, sources=sources)
    return with_part(ctx, point), index + 1


def _decades(decade: int, lexeme: Lexeme) -> str:
    """EDTF of a decade, or of the two of 八九十年代."""
    value = f"{decade:03}X"
    return values.between(f"{decade - 1:03}X", value) if lexeme.low is not None else value


def century(ctx: Context, index: int, left: Point | None) -> Step:
    """20世纪, 本世纪, with the decade or stage that follows."""
    lexeme = ctx.lexemes[index]
    sources: tuple[str, ...] = ()
    century = int(lexeme.number) - 1
    if lexeme.entry:
        if ctx.frame is None or ctx.frame.year is None:
            return None, index + 1
        century = ctx.frame.year // 100 + int(lexeme.entry.value)
        sources = (ANCHOR,)
    point = Point(lexeme.start, lexeme.end, f"{century:02}XX", sources=sources)
    first = ctx.follows(index + 1, lexeme.end + 1, "length")
    if first and first.unit == "Y" and ctx.text[lexeme.end] in _FIRST and not first.number % 10:
        last = century * 100 + int(first.number)
        value = values.between(values.day(century * 100 + 1), values.day(last))
        return point._replace(end=first.end, value=value), index + 2
    decade = ctx.follows(index + 1, lexeme.end, "decade")
    if decade and decade.number < 100:
        year = century * 100 + int(decade.number)
        point = point._replace(end=decade.end, value=_decades(year // 10, decade), year=year)
        return with_part(ctx, point), index + 2
    return with_part(ctx, point), index + 1

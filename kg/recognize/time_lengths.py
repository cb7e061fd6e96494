"""Lengths: durations, recurrences, ages, and numbers of years counted from the frame."""

from __future__ import annotations

import re

from kg.recognize import time_dates as dates
from kg.recognize import time_lexicon as lexicon
from kg.recognize import time_values as values
from kg.recognize.numerals import number
from kg.recognize.time_context import ANCHOR, NARRATIVE, Context, Point, Step
from kg.recognize.time_frame import moved
from kg.recognize.time_lexer import HAN_NUMERALS, Lexeme

_VAGUE_FROM = 1000  # 五千年 (five thousand years) and more, written in words, is a figure of speech
_ROUND = "百千"  # 百年 (a hundred years) without a number before it, too
_LEADS = re.compile("(?<![提以之往目此空])[前头]$")  # 前两个月: the first two months
_ONCE = "一"
_NIGHT = "昼夜"  # 一昼夜: a day and a night
_AND = "零"
_TWO_DIGITS = re.compile("[0-9]{2}年")
_SMALLER = {"Y": ("M", "D"), "M": ("D",), "W": ("D",), "D": ("H",), "H": ("MIN",), "MIN": ("S",)}
_MINUTES = re.compile(f"([0-9]{{1,2}}|[{HAN_NUMERALS}]{{1,3}})分(?![之钟])")
_OPENS = "。\n"  # 1983年建成。两年后…: the year told last
_TIMES = "次届度评选轮换"  # 五年一次 (once in five years), 五年一届, 一年一评 …


def length(ctx: Context, index: int) -> Step:
    """What a number with a unit of time means where it stands."""
    lexeme = ctx.lexemes[index]
    joined = _short_year(ctx, index) or _joined(ctx, index)
    if joined:
        return joined
    return _single(ctx, lexeme), index + 1


def _short_year(ctx: Context, index: int) -> Step | None:
    """98年8月: a year of two digits, of the frame's century or of the one before."""
    lexeme = ctx.lexemes[index]
    short = lexeme.unit == "Y" and lexeme.low is None and _TWO_DIGITS.fullmatch(lexeme.text)
    if not short or ctx.frame is None or not ctx.follows(index + 1, lexeme.end, "month"):
        return None
    if ctx.lexemes[index + 1].start != lexeme.end:
        return None
    last = ctx.frame.last.year + 1
    year = last - (last - int(lexeme.number)) % 100
    start = Point(lexeme.start, lexeme.end, values.day(year), year=year, sources=(ANCHOR,))
    return dates.within_year(ctx, index + 1, start)


def _joined(ctx: Context, index: int) -> Step | None:
    """三年六个月, 1小时30分: units from the greatest to the smallest, one behind the other."""
    first = ctx.lexemes[index]
    if first.low is not None or first.more or first.unit not in _SMALLER:
        return None
    value, end, unit = values.duration(first.number, first.unit), first.end, first.unit
    after = index + 1
    while unit in _SMALLER:
        gap = end + ctx.text.startswith(_AND, end)
        lexeme = ctx.follows(after, end, "length") or ctx.follows(after, gap, "length")
        adjacent = lexeme and lexeme.start <= gap and lexeme.low is None
        if lexeme and adjacent and lexeme.unit in _SMALLER[unit]:
            end, unit, after = lexeme.end, lexeme.unit, after + 1
            value = values.together(value, values.duration(lexeme.number, unit))
            continue
        minutes = _MINUTES.match(ctx.text, gap) if unit == "H" else None
        count = number(minutes[1]) if minutes else None
        if minutes and count:
            end, unit = minutes.end(), "MIN"
            value = values.together(value, values.duration(count, unit))
            continue
        break
    if end == first.end or not value:
        return None
    return Point(first.start, end, rule="time-duration", duration=value), after


def _single(ctx: Context, lexeme: Lexeme) -> Point | None:
    start, role = lexicon.head(ctx.text, lexeme.start, "past", "future", "each", "length", "kind")
    if lexeme.low is not None:
        return _lately(ctx, lexeme, start) if role == "past" else None  # no single value
    if role == "past" and lexicon.head(ctx.text, start, "length")[1]:
        role = "length"  # 提前近两个月 (nearly two months earlier): no date
    change_end, change = lexicon.tail(ctx.text, lexeme.end, lexicon.CHANGES)
    plain = values.duration(lexeme.number, lexeme.unit)
    if not plain or _is_idiom(lexeme, role):
        return None
    if lexeme.unit == "M" and _LEADS.search(ctx.text, max(0, lexeme.start - 2), lexeme.start):
        return _first_months(ctx, lexeme)
    if role == "each" or ctx.text[lexeme.end : lexeme.end + 1] == _ONCE:
        recurring = _recurring(ctx, lexeme, start, role, plain)
        if recurring:
            return recurring
    if role in ("past", "future") or change == "since":
        end = change_end if change in ("since", "inside") else lexeme.end
        value = _reach(ctx, lexeme, ahead=role == "future")
        if value:
            start = start if role in ("past", "future") else lexeme.start
            return Point(start, end, value, "time-relative", sources=(ANCHOR,))
    if change in ("before", "after") and not lexeme.text.endswith("日"):
        value, source = _apart(ctx, lexeme, change)
        if value:
            return Point(lexeme.start, change_end, value, "time-relative", sources=(source,))
    return Point(lexeme.start, lexeme.end, rule="time-duration", duration=plain)


def _lately(ctx: Context, lexeme: Lexeme, start: int) -> Point | None:
    """近两三年来 (in the last two or three years): up to the frame, from no stated date."""
    year = ctx.frame.year if ctx.frame else None
    if year is None or lexeme.unit != "Y":
        return None
    end, change = lexicon.tail(ctx.text, lexeme.end, lexicon.CHANGES)
    value = values.until(values.day(year))
    end = end if change == "since" else lexeme.end
    return Point(start, end, value, "time-relative", sources=(ANCHOR,))


def _first_months(ctx: Context, lexeme: Lexeme) -> Point | None:
    """前两个月: the first two months of the year told, or of the frame's."""
    told = ctx.told(lexeme.start)
    year = ctx.story.year if told else ctx.frame.year if ctx.frame else None
    count, _ = _whole(lexeme)
    value = values.between(values.day(year, 1), values.day(year, count)) if year else ""
    if not value or lexeme.more:
        return None
    source = NARRATIVE if told else ANCHOR
    return Point(lexeme.start - 1, lexeme.end, value, "time-relative", sources=(source,))


def _is_idiom(lexeme: Lexeme, role: str) -> bool:
    spelled = lexeme.text[0] in HAN_NUMERALS
    if spelled and (lexeme.number >= _VAGUE_FROM or (lexeme.text[0] in _ROUND and not role)):
        return True
    if lexeme.unit == "Y" and lexeme.number == 1 and role == "kind":
        return True  # 关键的一年 (a crucial year): no length
    # 一天 (a day, one day) is rarely a length unless something says so.
    day = lexeme.unit == "D" and not lexeme.text.endswith(_NIGHT)
    return spelled and day and lexeme.number == 1 and role != "length"


def _recurring(ctx: Context, lexeme: Lexeme, start: int, role: str, plain: str) -> Point | None:
    if role == "each":
        return Point(start, lexeme.end, rule="time-recurrence", duration=f"R/{plain}")
    times = ctx.text[lexeme.end + 1 : lexeme.end + 2]
    if times and times in _TIMES:
        return Point(lexeme.start, lexeme.end + 2, rule="time-recurrence", duration=f"R/{plain}")
    return None


def _reach(ctx: Context, lexeme: Lexeme, *, ahead: bool) -> str:
    """The interval that a number of units before or after the frame makes."""
    count, unit = _whole(lexeme)
    if ctx.frame is None or not count:
        return ""
    if lexeme.more:
        return ""  # more than so many: its beginning is not stated
    return ctx.frame.ahead(count, unit) if ahead else ctx.frame.back(count, unit)


def _apart(ctx: Context, lexeme: Lexeme, change: str) -> tuple[str, str]:
    """Ten years ago, from the frame; ten years later, from the date told in the sentence."""
    count, unit = _whole(lexeme)
    if not count or lexeme.more:
        return "", ""
    if change == "before":
        return (ctx.frame.ago(count, unit) if ctx.frame else ""), ANCHOR
    story = ctx.story
    keep = {"Y": 1, "M": 2, "W": 3, "D": 3}.get(unit, 0)
    parts = (story.year, story.month, story.day)[:keep]
    opens = lexeme.start == 0 or ctx.text[lexeme.start - 1] in _OPENS
    told = ctx.told(lexeme.start) or (opens and story.stated)
    if not told or not keep or None in parts:
        return "", ""
    return moved(values.day(*parts), count, unit), NARRATIVE


def _whole(lexeme: Lexeme) -> tuple[int, str]:
    """A count of years, months, weeks or days; 0 when there is none."""
    factor, unit = {"Q": (3, "M"), "C": (100, "Y")}.get(lexeme.unit, (1, lexeme.unit))
    count = lexeme.number * factor
    if unit == "Y" and count != int(count):
        count, unit = count * 12, "M"  # 近半年: the last six months
    return (int(count), unit) if count == int(count) else (0, unit)

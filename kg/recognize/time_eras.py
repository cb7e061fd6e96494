"""Events, eras, plans and reigns as anchors: 党的十八大以来, 改革开放40年, “十三五”时期."""

from __future__ import annotations

import re

from kg.recognize import time_lexicon as lexicon
from kg.recognize import time_values as values
from kg.recognize.time_context import Context, Point, Step
from kg.recognize.time_lexer import SEPARATOR, Lexeme
from kg.recognize.time_lexicon import CHANGES, LINKS, PARTS, REIGN, STAGES, Entry

_TABLES = {"event": "calendar:events", "era": "calendar:eras", "plan": "calendar:plans"}
_ANNIVERSARY = "周年"
_CENTENARY = 100
_MAX_LINKS = 4
_TO = re.compile(SEPARATOR)
_OF_PLANS = ("mid", "middle", "first-half", "second-half")


def era(ctx: Context, index: int, left: Point | None) -> Step:
    """An event, era or plan with the tail, anniversary or number of years that dates it."""
    lexeme = ctx.lexemes[index]
    entry = lexeme.entry or Entry("")
    point = Point(
        lexeme.start,
        lexeme.end,
        _value(entry),
        f"time-{lexeme.kind}",
        sources=(_TABLES[lexeme.kind],),
        bare=entry.use not in ("alone",),
        quoted=entry.quoted,
    )
    if not point.value or _in_future(ctx, entry):
        return None, index + 1
    counted = _counted(ctx, index, entry, point)
    if counted:
        return counted
    return _with_tail(ctx, entry, point), index + 1


def reign(ctx: Context, index: int, left: Point | None) -> Step:
    """Years counted from the beginning of a reign: 光绪二十四年, 民国十八年至二十三年."""
    lexeme = ctx.lexemes[index]
    first, last = lexicon.reigns().get(lexeme.text, (0, 0))
    whole = _reign_part(ctx, lexeme, first, last)
    if whole:
        return whole, index + 1
    years = ctx.follows(index + 1, lexeme.end, "length")
    if not first or years is None or years.unit != "Y" or years.more:
        return None, index + 1
    year = first + int(years.number) - 1
    end, role = lexicon.tail(ctx.text, years.end, PARTS)
    value = values.part(values.day(year), role) if role else ""
    end, value = (end, value) if value else (years.end, values.day(year))
    low = first + int(years.low) - 1 if years.low is not None else None
    second = None if role or low is not None else _to_year(ctx, index + 2, years.end)
    if second is not None:
        low, year, end = year, first + int(second.number) - 1, second.end
    if low is not None:
        value = values.between(values.day(low), values.day(year))
    point = Point(lexeme.start, end, value, "time-era", year, sources=("calendar:reigns",))
    return (point if value and year <= last else None), index + 2 + (second is not None)


def _to_year(ctx: Context, index: int, end: int) -> Lexeme | None:
    """The second year of 民国十八年至二十三年, counted from the same beginning."""
    mark = _TO.match(ctx.text, end)
    other = ctx.lexemes[index] if mark and index < len(ctx.lexemes) else None
    if other is None or mark is None or other.start != mark.end() or other.kind != "length":
        return None
    return other if other.unit == "Y" and other.low is None and not other.more else None


def _reign_part(ctx: Context, lexeme: Lexeme, first: int, last: int) -> Point | None:
    """民国元年 (its first year), 乾隆年间 (its years), 光绪末年 (its last years)."""
    end, role = lexicon.tail(ctx.text, lexeme.end, REIGN)
    if not first or not role or (role == "during" and lexeme.kind == "era"):
        return None
    value = {
        "first-year": values.day(first),
        "during": values.between(values.day(first), values.day(last)),
        "early": values.about(values.day(first)),
        "late": values.about(values.day(last)),
    }[role]
    year = first if role == "first-year" else None
    return Point(lexeme.start, end, value, "time-era", year, sources=("calendar:reigns",))


def _value(entry: Entry) -> str:
    if entry.until in ("", entry.value):
        return entry.value
    return values.checked(f"{entry.value}/{entry.until}")


def _in_future(ctx: Context, entry: Entry) -> bool:
    """An era that still runs cannot begin after the document's date: it is another one."""
    begin = values.bounds(entry.value)[0]
    frame = ctx.frame
    return entry.until == ".." and frame is not None and begin > frame.last.isoformat()


def _counted(ctx: Context, index: int, entry: Entry, point: Point) -> Step | None:
    """成立70周年 (a day), 改革开放40年来 or 十八大以来的五年 (an interval), 民国38年 (a year)."""
    if ctx.lexemes[index].text in lexicon.reigns():
        found = reign(ctx, index, None)
        if found[0]:
            return found
    end, _ = _linked(ctx, point.end)
    since, role = lexicon.tail(ctx.text, end, CHANGES)
    if role == "since":
        end = since
    length = ctx.follows(index + 1, end, "length")
    if length is None or length.unit != "Y" or length.low is not None:
        return None
    if not isinstance(length.number, int) or (entry.kind == "plan"):
        return None
    if length.more:  # 改革开放40多年来: since then
        stop, role = lexicon.tail(ctx.text, length.end, CHANGES)
        value = values.since(entry.value) if role == "since" else ""
        return (point._replace(value=value, end=stop, bare=False), index + 2) if value else None
    then = values.shifted(entry.value, length.number)
    if not then:
        return None
    if _is_anniversary(ctx, length):
        done = point._replace(value=then, rule="time-anniversary")
    else:
        done = point._replace(value=values.between(entry.value, then))
    # 来 (these years) after the number of years belongs to it.
    stop, role = lexicon.tail(ctx.text, length.end, CHANGES)
    stop = stop if role == "since" and done.rule != "time-anniversary" else length.end
    return done._replace(end=stop, bare=False), index + 2


def _is_anniversary(ctx: Context, length: Lexeme) -> bool:
    """成立70周年, 成立一百年时, 建党百年: the day, not the years up to it."""
    if length.text.endswith(_ANNIVERSARY):
        return True
    role = lexicon.tail(ctx.text, length.end, CHANGES)[1]
    return role == "during" or (length.number % _CENTENARY == 0 and role != "since")


def _linked(ctx: Context, end: int) -> tuple[int, str]:
    """End of the words between an event and its tail, and whether they tell of its begin or end."""
    state = ""
    for _ in range(_MAX_LINKS):
        end, role = lexicon.tail(ctx.text, end, LINKS)
        if not role:
            break
        state = role if role != "link" else state
    return end, state


def _with_tail(ctx: Context, entry: Entry, point: Point) -> Point:
    stage, role = lexicon.tail(ctx.text, point.end, PARTS)
    period, during = lexicon.tail(ctx.text, point.end, CHANGES)
    if not role and during == "during":
        stage, role = lexicon.tail(ctx.text, period, PARTS)  # “十三五”时期末
    edge = {"early": entry.value, "begin": entry.value, "late": entry.until, "end": entry.until}
    if role in edge and edge[role][:4].isdigit():
        return point._replace(end=stage, value=f"{edge[role][:4]}~", bare=False)
    if entry.kind == "plan" and role in _OF_PLANS:
        first, last = int(entry.value), int(entry.until)
        mid = (first + last) // 2
        value = {"mid": f"{mid}~", "middle": f"{mid}~", "first-half": f"{first}/{mid}"}.get(role)
        return point._replace(end=stage, value=value or f"{mid}/{last}", bare=False)
    stage, role = lexicon.tail(ctx.text, point.end, STAGES)
    if role and entry.kind == "plan":
        year = entry.value if role == "first-stage" else entry.until
        return point._replace(end=stage, value=year, year=int(year), bare=False)
    end, state = _linked(ctx, point.end)
    over = state == "link-end"
    end, role = lexicon.tail(ctx.text, end, CHANGES)
    if not role or role in ("hour", "inside"):
        return point
    base = entry.until if over and entry.until not in ("", "..") else point.value
    began = entry.use in ("never", "since") or state == "link-begin"
    if role == "after" and began and not over:
        base = entry.value  # after the opening of a congress, after the turning point
    value = changed(role, base)
    return point._replace(end=end, value=value, bare=False) if value else point


def changed(role: str, value: str) -> str:
    """``value`` as a tail of that role changes it; ``""`` when it cannot."""
    change = {
        "since": values.since,
        "after": values.after,
        "before": values.before,
        "eve": values.eve,
        "around": values.about,
    }.get(role)
    return change(value) if change else value

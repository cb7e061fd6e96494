"""Parser of times: the lexemes of a passage -> time expressions with their values."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from kg.recognize import time_clock as clock
from kg.recognize import time_dates as dates
from kg.recognize import time_eras as eras
from kg.recognize import time_festivals as festivals
from kg.recognize import time_lexicon as lexicon
from kg.recognize import time_lunar as lunar
from kg.recognize import time_relative as relative
from kg.recognize import time_values as values
from kg.recognize.time_context import ANCHOR, Context, Point, Step, Story
from kg.recognize.time_frame import Frame
from kg.recognize.time_lengths import length
from kg.recognize.time_lexer import SEPARATOR, lexemes

Reader = Callable[[Context, int, Point | None], Step]

_READERS: dict[str, Reader] = {
    "full": dates.full,
    "stamp": dates.stamp,
    "span": dates.span,
    "name": dates.name,
    "year": dates.year,
    "month": dates.month,
    "day": dates.day,
    "decade": dates.decade,
    "century-number": dates.century,
    "century": dates.century,
    "this-year": relative.this_year,
    "this-years": relative.this_years,
    "this-month": relative.this_month,
    "this-week": relative.this_week,
    "this-day": relative.this_day,
    "story-year": relative.this_year,
    "told-year": relative.this_year,
    "year-before": relative.this_year,
    "this-quarter": relative.this_quarter,
    "this-season": relative.this_season,
    "school-year": relative.school_year,
    "month-part": relative.month_part,
    "story-month": relative.this_month,
    "story-day": relative.story_day,
    "part": relative.part,
    "lately": relative.lately,
    "open": relative.as_it_is,
    "festival": festivals.festival,
    "event": eras.era,
    "era": eras.era,
    "plan": eras.era,
    "reign": eras.reign,
    "lunar": lunar.lunar,
}
_SEPARATOR = re.compile(rf" ?起?{SEPARATOR} ?")
_JOINING = frozenset(" 起-~—–至到")  # what the separator of a range may begin with
_YEARLY = "R/P1Y"
_MAX_TAILS = 3
_YEAR = 4  # length of a year: longer values are periods of it
_ASIDE = "比较（("  # 比2019年 (than in 2019), （2019年…）: no date of the story
_JOINTS = ("、", "和")
_JOINT = frozenset("、和及与")
_ANY_YEAR = "XXXX"
_LAST = "止"  # 自8月1日起至8月31日止


def expressions(
    text: str, frame: Frame | None, titles: Sequence[tuple[int, int]] = ()
) -> Iterator[Point]:
    """Time expressions of narrowed ``text``, by place.

    ``titles`` are the stretches inside title marks: the dates in them are no story.
    """
    found = lexemes(text)
    if not found:
        return
    ctx = Context(text, found, frame)
    starts = [start for start, _ in titles]
    index, count = 0, len(found)
    while index < count:
        point, after = _expression(ctx, index)
        index = after if after > index else index + 1
        if point is None:
            continue
        end = point.end
        while index < count and found[index].start < end:
            index += 1
        _expect(ctx, point)
        ctx.latest = point if point.month else ctx.latest
        if point.year is not None and not (point.start and text[point.start - 1] in _ASIDE):
            at = bisect_right(starts, point.start) - 1
            if at < 0 or point.end > titles[at][1]:
                ctx.story = _told(ctx.story, point)
        yield point


def _expect(ctx: Context, point: Point) -> None:
    """Notes where the date behind 每年 (every year), or a further one, would stand."""
    joint = ctx.text[point.end : point.end + 1] in _JOINT
    ctx.days_to = point.end + 1 if joint and point.day is not None else -1
    if point.duration == _YEARLY:
        ctx.recurs_to = point.end
    elif joint and point.start == ctx.recurs_to and point.value.startswith(_ANY_YEAR):
        ctx.recurs_to = point.end + 1


def _told(story: Story, point: Point) -> Story:
    """The story after ``point``: 同年 (the same year) does not blur the day told before it."""
    period = point.value if len(point.value) > _YEAR and not point.value.endswith("..") else ""
    if point.year == story.year and point.month is None:
        stated = story.stated or point.stated
        return story._replace(at=point.start, value=period or story.value, stated=stated)
    return Story(point.start, point.year, point.month, point.day, period, point.stated)


def _expression(ctx: Context, index: int) -> Step:
    lexeme = ctx.lexemes[index]
    if lexeme.kind == "length":
        return length(ctx, index)
    if lexeme.kind == "every":
        value = lexeme.entry.value if lexeme.entry else ""
        point = Point(lexeme.start, lexeme.end, rule="time-recurrence", duration=value)
        return point, index + 1
    if lexeme.kind == "now":
        return _up_to_now(ctx, index), index + 1
    found, after = _point(ctx, index, None)
    if found is None or found.duration:
        return found, after
    found, after = _clocked(ctx, found, after)
    ranged, after = _ranged(ctx, found, after)
    found = _headed(ctx, _tailed(ctx, ranged))
    if (found.bare and not _among_festivals(ctx, index, after)) or not values.checked(found.value):
        return None, after
    if found.quoted and ctx.text[found.end - 1] in '”’」"':
        found = found._replace(start=found.start + 1, end=found.end - 1)
    return found, after


def _among_festivals(ctx: Context, index: int, after: int) -> bool:
    """Whether a festival that is not sure (清明) stands in a row of festivals."""
    here = ctx.lexemes[index]
    if here.kind != "festival":
        return False
    for other in (index - 1, after):
        if 0 <= other < len(ctx.lexemes) and ctx.lexemes[other].kind == "festival":
            ends = sorted((here, ctx.lexemes[other]))
            if ctx.text[ends[0].end : ends[1].start] in _JOINTS:
                return True
    return False


def _clocked(ctx: Context, point: Point, index: int) -> tuple[Point, int]:
    """A day with the weekday and hour behind it."""
    end = clock.after_day(ctx.text, point.end) if point.day is not None else point.end
    if end == point.end and point.day is not None:
        hour, role = lexicon.tail(ctx.text, end, lexicon.CHANGES)
        end = hour if role == "hour" else end
    if end == point.end:
        return point, index
    while index < len(ctx.lexemes) and ctx.lexemes[index].start < end:
        index += 1
    return point._replace(end=end), index


def _point(ctx: Context, index: int, left: Point | None) -> Step:
    reader = _READERS.get(ctx.lexemes[index].kind)
    return reader(ctx, index, left) if reader else (None, index + 1)


def _up_to_now(ctx: Context, index: int) -> Point | None:
    """截至目前 (up to now): up to what is known of the document's date."""
    lexeme = ctx.lexemes[index]
    start, role = lexicon.head(ctx.text, lexeme.start, "until")
    known = ctx.frame.known if ctx.frame else ""
    if not role or not known:
        return None
    value = values.until(known)
    return Point(start, lexeme.end, value, "time-relative", sources=(ANCHOR,))


def _ranged(ctx: Context, left: Point, index: int) -> tuple[Point, int]:
    """``left`` with the right side of its range, if there is one."""
    if ctx.text[left.end : left.end + 1] not in _JOINING:
        return left, index
    mark = _SEPARATOR.match(ctx.text, left.end)
    if mark is None or index >= len(ctx.lexemes) or ctx.lexemes[index].start != mark.end():
        return left, index
    if ctx.lexemes[index].kind == "now":
        value = values.since(left.value)
        done = left._replace(end=ctx.lexemes[index].end, value=value, rule="time-range")
        return (done, index + 1) if value else (left, index)
    right, after = _point(ctx, index, left)
    if right is None or not right.value:
        return left, index
    right, after = _clocked(ctx, right, after)
    right = right._replace(end=right.end + ctx.text.startswith(_LAST, right.end))
    if right.stated and not left.stated and left.month and right.year:
        left = _in_year_of(left, right)
    value = values.between(left.value, right.value)
    if not value:
        return left, index
    sources = tuple(dict.fromkeys((*left.sources, *right.sources)))
    done = right._replace(
        start=left.start, value=value, rule="time-range", sources=sources, bare=False
    )
    return done, after


def _in_year_of(left: Point, right: Point) -> Point:
    """12月28日 in 12月28日至2019年1月5日: the year is that of the right side, or the one before."""
    year = right.year or 0
    if (left.month or 0, left.day or 0) > (right.month or 12, right.day or 31):
        year -= 1
    value = values.day(year, left.month, left.day)
    return left._replace(value=value, year=year, sources=(), stated=True)


def _tailed(ctx: Context, point: Point) -> Point:
    """The point as the tails behind it (以来, 前夕, 期间 …) change it."""
    for _ in range(_MAX_TAILS):
        at = point.end
        if point.rule == "time-festival":
            at = lexicon.tail(ctx.text, at, lexicon.LINKS)[0]  # 教师节到来之际
        end, role = lexicon.tail(ctx.text, at, lexicon.CHANGES)
        if not role or (role == "hour" and point.day is None):
            break
        value = eras.changed(role, point.value)
        if not value:
            break
        point = point._replace(end=end, value=value, bare=False)
    return point


def _headed(ctx: Context, point: Point) -> Point:
    """The point as a head before it (截至, up to) changes it."""
    start, role = lexicon.head(ctx.text, point.start, "until")
    value = values.until(point.value) if role else ""
    return point._replace(start=start, value=value, bare=False) if value else point

"""Quantities: counted and measured quantities with bounds, units and scales.

A number counts when a unit of ``quantity_units.tsv`` follows it (or a scale such as 万 and a
noun). Names of formulas (三个贯通), ordinals, idioms and times are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kg import tables
from kg.model import Amount, Mention, Passage
from kg.recognize import quantity_changes as changes
from kg.recognize import quantity_grammar as grammar
from kg.recognize import quantity_lexicon as lexicon
from kg.recognize import quantity_parts as parts
from kg.recognize import quantity_things as things
from kg.recognize import times
from kg.recognize.numerals import narrow
from kg.recognize.quantity_grammar import NUMBER, Figure
from kg.recognize.quantity_lexicon import MEASURE, Modifier, Unit

_CLOSES = "，。；：、！？）)」』”,;:"
_LOOSE = re.compile("(至少|最少|最多|至多)([^，。；：、0-9]{1,4})$")  # 至少举行一次 (at least once)
_LOOSE_MARKS = "少多"
_LOOSE_REACH = 8
_SCALE = re.compile("[万亿]")
_OVER = re.compile("[多余](?![少样种边方数功次元个年家万])")
_SHARES = ("%", "‰", "成")
_NO_UNIT = Unit("", MEASURE, "", "")
_PART = "分之"  # 万分之五 (five in ten thousand), though 万分 is "very"
_PIECE = "个"
_MINUTE, _HOURS = "分", ("时", "点")  # 9时30分: an hour
_SESSION = re.compile(f"[大会委协][{grammar.HAN}]+次会议")  # 人大四次会议: a session
_BRACKET = re.compile("[（(][^（）()]{1,12}[）)]")


class Quantity(NamedTuple):
    """A quantity in the passage: its figure, its unit, and its wording up to the unit."""

    figure: Figure
    unit: Unit
    start: int  # of the modifier or the number
    end: int  # of the unit or the modifier behind it
    wording: str  # the number with its modifiers
    loose: bool = False  # a verb stands between the modifier and the number


class Quantities:
    """Finds counted and measured quantities (kind Statistic)."""

    name = "quantities"

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Mentions in ``passage``, whose detail is an Amount."""
        text = narrow(passage.text)
        if _runs().search(text) is None:
            return
        taken = _taken(passage, text)
        starts = [start for start, _ in taken]
        floor = done = 0
        for run in _runs().finditer(text):
            start = run.start()
            at = bisect_right(starts, start) - 1
            if at >= 0 and taken[at][1] > floor:
                floor = taken[at][1]
            if start < done or start < floor:
                continue
            match = NUMBER.match(text, start)
            found = _quantity(text, match) if match else None
            if found is None or found.start < floor or _meets(taken, starts, found):
                continue
            start = _start(text, found, floor)
            done = floor = found.end
            yield passage.mention(
                start, found.end, "Statistic", rule="quantity", detail=_amount(text, found)
            )


@cache
def _lengths() -> re.Pattern[str]:
    """Units of time that stand behind 个."""
    rows = tables.rows("lexicons/time_units")
    units = [row["unit"] for row in rows if row["kind"] in ("length", "both") and row["iso"]]
    long = [unit for unit in units if len(unit) > 1] + [u for u in units if u == "月"]
    return re.compile("[多半]?(?:" + "|".join(long) + ")")


@cache
def _runs() -> re.Pattern[str]:
    """A run of numerals before a character with which a quantity may go on."""
    modifiers = [*lexicon.modifiers("after"), *lexicon.modifiers("between")]
    firsts = {word[0] for word in (*lexicon.units(), *modifiers)}
    return re.compile(grammar.run("".join(sorted(firsts))))


def _taken(passage: Passage, text: str) -> list[tuple[int, int]]:
    """Stretches that are times or idioms, by place; where they overlap, joined."""
    base = passage.span.start
    spans = [(m.span.start - base, m.span.end - base) for m in times.mentions(passage)]
    vetoes = lexicon.vetoes().find(text)
    spans += [(start, end) for start, end, _ in vetoes if not text.startswith(_PART, end - 1)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _meets(taken: Sequence[tuple[int, int]], starts: Sequence[int], found: Quantity) -> bool:
    after = bisect_right(starts, found.start)
    return after < len(taken) and taken[after][0] < found.end


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    figure = grammar.figure(text, match)
    if figure is None:
        return None
    part = parts.fraction(text, figure)
    if part is not None:
        return _modified(text, *part)
    both = grammar.ranged(text, figure)
    part = parts.fraction(text, both) if both else None
    if part is not None:
        return _modified(text, *part)
    figure = both or grammar.signed(text, figure)
    gap = text[figure.end : figure.end + 1] == " "
    unit = lexicon.unit(text, figure.end + gap)
    if unit is None:
        return _unitless(text, figure)
    if unit.name == _PIECE and _lengths().match(text, figure.end + gap + 1):
        return None  # 3至9个月: a length of time
    if unit.name == _MINUTE and text[figure.start - 1 : figure.start] in _HOURS:
        return None
    if figure.spelled and _SESSION.match(text, max(0, figure.start - 1)):
        return None
    if not gap:
        figure = grammar.spanned(text, figure, unit) or figure
    return _modified(text, figure, unit, gap)


def _unitless(text: str, figure: Figure) -> Quantity | None:
    """9748万农村人口, 上亿: a scale takes the place of a unit."""
    if not _SCALE.search(text, figure.start, figure.end):
        return None
    found = _modified(text, figure, _NO_UNIT)
    noun = things.follows(text, figure.end)
    if found is None or figure.bare:
        return found
    return found if noun or found.start < figure.start or not figure.spelled else None


def _modified(text: str, figure: Figure, unit: Unit, gap: bool = False) -> Quantity | None:
    start, before = _before(text, figure)
    end = figure.end
    if not (unit.name == "%" and "分之" in text[figure.start : end]):
        end += len(unit.name) + gap
    end, after = lexicon.modifier_after(text, end)
    if after is None and unit.kind == MEASURE and figure.value is not None and unit.name:
        over = _OVER.match(text, end)
        if over:  # 3倍多: more than three times
            end, figure = over.end(), grammar.more(figure)
    closes = end == len(text) or text[end] in _CLOSES
    modified = before is not None or after is not None or figure.low is not None
    if not grammar.counts(figure, unit, modified=modified, closes=closes):
        return None
    wording = text[start : figure.end]
    if figure.scale and wording.endswith(figure.scale):
        wording = wording[: -len(figure.scale)]
    elif figure.scale:
        figure = figure._replace(scale="")  # 2.7万余人: it stands inside the number
    number = figure.start
    figure = grammar.bounded(grammar.bounded(figure, before), after)
    loose = _LOOSE.match(text, start, number) if before else None
    verb = loose is not None and loose[2] not in lexicon.words("change")
    return Quantity(figure, unit, start, end, wording, verb)


def _before(text: str, figure: Figure) -> tuple[int, Modifier | None]:
    """Start and effect of the modifier before a number: 超过, 近, 上 (上亿), 至少 …"""
    if figure.bare:
        start, found = lexicon.modifier_before(text, figure.start, "round")
        if found:
            return start, found
    start, found = lexicon.modifier_before(text, figure.start, "before")
    if found:
        return start, found
    window = max(0, figure.start - _LOOSE_REACH)
    near = text[window : figure.start]
    if _LOOSE_MARKS[0] in near or _LOOSE_MARKS[1] in near:
        loose = _LOOSE.search(text, window, figure.start)
        if loose:
            return loose.start(), lexicon.modifiers("before").get(loose[1])
    return figure.start, None


def _start(text: str, found: Quantity, floor: int) -> int:
    """Where the thing counted begins, when it stands before the number and not behind it."""
    behind = found.end
    bracket = _BRACKET.match(text, behind)
    if bracket:
        behind = bracket.end()
    measured = found.unit.kind == MEASURE and found.unit.name
    described = text.startswith("的", behind)  # 海拔4900米的高地, but 8个月的工期
    if found.loose or (described and (not measured or found.unit.name in _SHARES)):
        return found.start
    alone = described or found.unit.name in lexicon.words("self")
    if not alone and things.follows(text, behind):
        linked = measured and things.linked(text, found.start, floor)
        if not linked:
            return found.start
    start = things.begins(text, found.start, floor)
    return found.start if start is None else start


def _amount(text: str, found: Quantity) -> Amount:
    figure, unit = found.figure, found.unit
    direction, against = changes.change(text, found.start)
    return Amount(
        figure.value, figure.low, figure.high, figure.written,
        found.wording, figure.scale + unit.name, unit.code, figure.approximate, direction, against,
    )  # fmt: skip

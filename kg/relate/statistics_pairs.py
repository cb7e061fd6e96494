"""Pairs: things and figures that 分别 (respectively) sets side by side, in one order.

小麦、玉米产量分别为A和B: A is of 小麦产量, B of 玉米产量. Where as many names as figures cannot be
told, none of the figures has a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg import tables
from kg.model import Mention
from kg.relate import statistics_things as things
from kg.relate.statistics_scene import CLAUSE, SENTENCE, Figure, Scene, opens

WORD = "分别"
_NEAR = 12  # characters between the word and the first number
_JOINTS = ("、", "和", "与", "及", "以及", "，和", "、和")
_HAN = re.compile("[\u4e00-\u9fffA-Za-z0-9]+")
_LEAST = 2  # characters of a name


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand between the names and the word; what ends the name of a whole thing."""
    data = tables.patterns("quantities")["pairs"]
    return re.compile(f"(?:{data['between']})+$"), re.compile(f"(?:{data['measures']})$")


@cache
def _split() -> re.Pattern[str]:
    """What parts the names."""
    return re.compile(tables.patterns("quantities")["pairs"]["split"])


class Pairs:
    """The figures of a passage, each with the thing that the word gives it."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._told = WORD in scene.text
        self._figures: list[Figure] = []
        self._names: dict[Mention, Mention | None] = {}
        self._firsts: dict[Mention, Figure] = {}

    def named(self, figure: Figure) -> Figure:
        """The figure, the next one of the passage, with its indicator."""
        if not self._told:
            return figure
        if figure.mention not in self._names:
            found = group(self._scene, figure, self._figures)
            self._names |= found
            self._firsts |= dict.fromkeys(found, figure)
        if figure.mention in self._names:
            figure = replace(figure, indicator=self._names[figure.mention])
        self._figures.append(figure)
        return figure

    def first(self, figure: Figure) -> Figure:
        """The figure that stands behind the word: its time and base are those of its group."""
        return self._firsts.get(figure.mention, figure)


def group(scene: Scene, first: Figure, earlier: Sequence[Figure]) -> dict[Mention, Mention | None]:
    """The indicators of the figures that the word before ``first`` joins to things in one order.

    ``earlier`` are the figures before it. Empty where the word does not stand there, or joins
    one figure only.
    """
    clause = scene.begin(first.number, CLAUSE)
    at = scene.text.rfind(WORD, max(clause, first.number - _NEAR - len(WORD)), first.number)
    if at < 0 or "、" in scene.text[at : first.number]:
        return {}
    figures = _joined(scene, first)
    if len(figures) < 2:
        return {}
    between = _patterns()[0].search(scene.text, clause, at)
    end = between.start() if between else at
    names = _before(scene, first, earlier, len(figures)) if end <= clause else None
    if names is None:
        names = _told(scene, clause, end, len(figures))
    return dict(zip(figures, names or [None] * len(figures), strict=True))


def _joined(scene: Scene, first: Figure) -> list[Mention]:
    """The figures that 、 and 和 join to the first one, in its clause."""
    stop = CLAUSE.search(scene.text, first.end)
    end = stop.start() if stop else len(scene.text)
    found = [first.mention]
    for other in scene.between(first.end, end, "Statistic"):
        gap = scene.text[scene.place(found[-1]).end : scene.place(other).start]
        if gap not in _JOINTS:
            break
        found.append(other)
    return found


def _before(
    scene: Scene, first: Figure, earlier: Sequence[Figure], number: int
) -> list[Mention | None] | None:
    """The things of the last figures of the sentence: 出口A，进口B，分别增长C和D."""
    sentence = scene.begin(first.number, SENTENCE)
    last = [figure for figure in earlier if figure.number >= sentence][-number:]
    names = [figure.indicator for figure in last]
    return names if len(names) == number and None not in names else None


def _told(scene: Scene, start: int, end: int, number: int) -> list[Mention | None] | None:
    """The names between two offsets, cut at 、 and 和; a tail that stands once is of all."""
    for time in scene.between(start, end, "Time"):
        start = max(start, scene.place(time).end)
    while size := opens(scene.text, start, "scope"):
        start += size
    pieces, at = [], start
    for joint in _split().finditer(scene.text, start, end):
        pieces.append((at, joint.start()))
        at = joint.end()
    pieces.append((at, end))
    if len(pieces) != number or any(not _HAN.fullmatch(scene.text, *piece) for piece in pieces):
        return None
    tail = _tail(scene, pieces)
    if tail is None:
        return None
    if not tail:
        return [things.indicator(scene, *piece) for piece in pieces]
    found: list[Mention | None] = []
    for begin, stop in pieces:
        name = scene.text[begin:stop] + ("" if stop == end else tail)
        place = begin if stop == end else start
        found.append(scene.passage.mention(place, end, "Indicator", rule="indicator", name=name))
    return found


def _tail(scene: Scene, pieces: Sequence[tuple[int, int]]) -> str | None:
    """What the last name has behind one word, as the others are: 产量 of 小麦、玉米产量.

    Empty where the names are whole, None where it cannot be told.
    """
    names = [scene.text[begin:end] for begin, end in pieces]
    whole = _patterns()[1]
    if not whole.search(names[-1]) or any(whole.search(name) for name in names[:-1]):
        return ""
    if scene.words is None or any(len(scene.words(name)) > 1 for name in names[:-1]):
        return None
    last = scene.words(names[-1])
    if len(last) < 2:
        return None
    sizes = {len(name) for name in names[:-1]}
    cut = len(last[0][0])
    if len(sizes) == 1 and cut >= min(sizes) + _LEAST:
        cut = min(sizes)  # 城镇、农村居民收入: the dictionary has 农村居民 as one word
    return names[-1][cut:]

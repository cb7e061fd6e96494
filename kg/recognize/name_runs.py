"""Runs: what stands before the last word of a body's name, and where words part it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from kg.recognize.base import Matcher
from kg.recognize.name_lexicon import CJK, LEVELS, PARTY, bodies, borders, heads, places
from kg.tables import words

REACH = 30  # longest stretch before the ending that is searched, in characters

# A run of name characters to the left, read backwards: letters, or a bracket or quotation.
_RUN = re.compile(rf"(?:[{CJK}A-Za-z0-9·]|）[{CJK}A-Za-z]{{1,8}}（|”[^“”，。；！？\s]{{1,12}}“)*")
_COUNTY = re.compile(rf"[{CJK}]{{2,5}}[省市县区州盟旗镇乡村]")
_QUOTED = re.compile(r"“[^“”，。；\s]{1,12}”")
UNITS = LEVELS + "镇乡村"
_TOWNS = tuple("市县区州镇乡")
_IN_NAMES = tuple("原和同来有")  # words of one character that also end names of cities
_NEVER_LAST = frozenset("为由任于将被把给")  # before a level: 领誓人|为|县审计局局长
Anchor = tuple[int, int, str]  # a place or national word: start, end, kind


@dataclass(frozen=True, slots=True)
class Run:
    """What stands before an ending, ``low`` its first character: where words part it."""

    low: int
    stop: int  # after the last word that ends any name
    verb: int  # after the last verb: a topic may begin with one, other names may not
    anchors: tuple[Anchor, ...]

    def only(self, fits: Callable[[Anchor], bool]) -> Run:
        """The run with those of its anchors that fit."""
        if all(map(fits, self.anchors)):
            return self
        return replace(self, anchors=tuple(filter(fits, self.anchors)))


@cache
def _part_matcher() -> Matcher:
    """Words that part a run: borders, places, known bodies and national words."""
    return Matcher([*borders(), *places(), *bodies(), *heads(), PARTY])


@cache
def generic() -> re.Pattern[str]:
    """Matches what is nothing but words that name no body."""
    listed = sorted(words("lexicons/organization_generic", "word"), key=lambda w: (-len(w), w))
    return re.compile("(?:" + "|".join(map(re.escape, listed)) + ")*")


def run_before(text: str, index: int) -> Run:
    """The run of name characters that ends at ``index``."""
    size = _RUN.match(text[max(0, index - REACH) : index][::-1])
    low = index - (size.end() if size else 0)
    stop = verb = past = low  # past: the end of the last border or known body
    anchors: list[Anchor] = []
    effects, known = borders(), bodies()
    quoted = _QUOTED.search(text, low, index)
    for left, right, word in _part_matcher().find(text[low : index + 4]):
        right += low
        if right > index:
            break
        if quoted and quoted.start() < low + left and right < quoted.end():
            continue  # of a name within the name: 某省“某某同心”行动领导小组
        effect = "stop" if word == PARTY else effects.get(word, "")
        if effect == "stop" and word in _IN_NAMES and text[right : right + 1] in _TOWNS:
            effect = "keep" if 0 < low + left - past < 3 else effect  # 江|原|市 (a city)
        past = right if effect in ("stop", "verb") or word in known else past
        if effect == "stop":
            stop = verb = right
            anchors.clear()
        elif effect == "verb":
            verb = right
            anchors.clear()
        elif (not effect and word not in known) or word in heads() or word in places():
            anchors.append((low + left, right, "national" if word in heads() else "place"))
    return Run(low, stop, verb, tuple(anchors))


def is_county(name: str) -> bool:
    """Whether ``name`` is a local unit that no table lists: 某某县 (county of that name)."""
    if not _COUNTY.fullmatch(name) or generic().match(name).end():  # type: ignore[union-attr]
        return False
    if name[-2] in _NEVER_LAST:
        return False
    found = _part_matcher().find(name)
    parts = [word for left, _, word in found if not left or word not in _IN_NAMES]
    return not any(borders().get(word) in ("stop", "verb") or word in bodies() for word in parts)

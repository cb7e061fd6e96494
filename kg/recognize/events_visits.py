"""Visits: inspection tours and talks of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Mention, Passage
from kg.recognize.base import Matcher, shared
from kg.recognize.events_phrases import clause_start, last_border
from kg.tables import patterns, rows

LONGEST = 40

_DATE = re.compile(r"[0-9]{1,4} ?[年月日]|[一二三四五六七八九十]月|近日|日前")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,14}?(?:省|市|县|区|州|盟|旗|镇|乡|村)$")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_STOP = re.compile("[。！？；\n]")


@shared
def _acts() -> Matcher:
    words = patterns("events")
    return Matcher([*words["visits"], *words["talks"]])


@cache
def _places() -> tuple[str, ...]:
    return tuple(r["word"] for r in rows("lexicons/events_heads") if r["type"] == "place")


def find(passage: Passage) -> Iterator[Mention]:
    """PERSON 在 PLACE 考察 (inspects), 同 GROUP 集体谈话 (talks with); with a date or a place."""
    text, words = passage.text, patterns("events")
    for start, end, act in _acts().find(text):
        low = clause_start(text, start, LONGEST)
        begin = _visit(text, low, start) if act in words["visits"] else _talk(text, low, start)
        if begin is None or (act in words["talks"] and not _dated(text, start)):
            continue
        yield passage.mention(begin, end, "Event", rule="visit")


def _visit(text: str, low: int, start: int) -> int | None:
    at = text.rfind("在", low, start)
    place = text[at + 1 : start]
    known = place.startswith(_places()) or _PLACE.match(place)
    if at < 0 or not 2 <= len(place) <= 14 or not known or not _HAN.fullmatch(place):
        return None
    return _person(text, low, at)


def _person(text: str, low: int, high: int) -> int | None:
    """Start of the person whose name, with or without a title, ends at ``high``."""
    titles = tuple(patterns("events")["honorifics"])
    before = text[low:high]
    title = max((t for t in titles if before.endswith(t)), key=len, default="")
    if title:
        name = before[: -len(title)]
        begin = last_border(text, low, low + len(name))
        size = low + len(name) - begin
        return begin if 2 <= size <= 4 else None
    for size in (2, 3):
        if text[low : high - size].endswith(titles) and high - size > low:
            return high - size
    return None


def _talk(text: str, low: int, start: int) -> int | None:
    at = text.rfind("同", low, start)
    group = text[at + 1 : start]
    return at if at >= 0 and 3 <= len(group) <= 30 else None


def _dated(text: str, at: int) -> bool:
    """Whether the sentence around ``at`` states a date."""
    stops = [m.end() for m in _STOP.finditer(text, max(0, at - 120), at)]
    after = _STOP.search(text, at, at + 120)
    end = after.start() if after else min(len(text), at + 120)
    return bool(_DATE.search(text, stops[-1] if stops else max(0, at - 120), end))

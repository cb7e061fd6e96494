"""Sessions: numbered meetings of a standing body: X领导小组第N次会议, 县政府召开第N次常务会议."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Mention, Passage
from kg.recognize.events_phrases import FIRM, HARD, clause_start, last_border
from kg.tables import patterns

LONGEST = 32  # characters of the body's name

_HAN = re.compile("[\u4e00-\u9fff“”、]+")
_QUOTES = {ord(mark): None for mark in "“”"}


@cache
def _set(name: str) -> tuple[str, ...]:
    words = patterns("events")[name]
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


@cache
def _session() -> re.Pattern[str]:
    kinds, held = "|".join(_set("session_kinds")), "|".join(_set("session_held"))
    number = r"第(?:[一二三四五六七八九十百]{1,4}|[0-9]{1,3})次"
    year = r"(?:20|19)[0-9]{2}年(?:度)?"
    return re.compile(rf"(?P<held>{held})?(?P<number>(?:{year})?{number}(?:{kinds})?会议)")


def find(passage: Passage) -> Iterator[Mention]:
    """Numbered meetings with the body whose meetings are counted.

    Where a verb of holding stands between (BODY 召开第N次会议), the name leaves it out.
    """
    text = passage.text
    if "次" not in text or "会议" not in text:
        return
    for match in _session().finditer(text):
        begin = _body(text, match.start())
        if begin is not None:
            name = (text[begin : match.start()] + match["number"]).translate(_QUOTES)
            yield passage.mention(begin, match.end(), "Event", rule="session", name=name)


def _body(text: str, end: int) -> int | None:
    """Where the body whose name ends at ``end`` begins; None when it has no topic."""
    if not text[max(0, end - 10) : end].endswith(_set("session_bodies")):
        return None
    low = clause_start(text, end, LONGEST)
    ending = next((e for e in _set("session_bodies") if text.endswith(e, low, end)), "")
    if not ending or end - low >= LONGEST:
        return None
    begin = last_border(text, low, end - len(ending), HARD)
    begin = max(begin, last_border(text, begin, min(begin + 4, end - len(ending)), FIRM))
    topic = text[begin : end - len(ending)]
    if len(topic) < _least(ending) or not _HAN.fullmatch(topic):
        return None
    if topic.startswith(_set("session_not")) or topic in _set("session_not"):
        return None
    return begin


def _least(ending: str) -> int:
    """Characters that must stand before an ending: 省|政府 (one), 某某|领导小组 (two)."""
    return 1 if ending in _set("session_short") else 2

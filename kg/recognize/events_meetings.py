"""Meetings: conferences, forums and other gatherings that carry a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Mention, Passage
from kg.recognize.base import Matcher, shared
from kg.recognize.events_phrases import FIRM, HARD, clause_start, last_border
from kg.tables import patterns, rows

LONGEST = 36  # characters of a meeting's name, quotations included

_ORDINAL = re.compile(
    r"第(?:[一二三四五六七八九十百]{1,4}|[0-9]{1,3})[届次](?!会议|全体会议)"
    r"|[一二三四五六七八九十]{1,3}届|(?:19|20)[0-9]{2}(?:年度?|[—－-]20[0-9]{2})?|“"
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_GATHERING = frozenset("会议式礼节赛展坛班动")  # last characters of gatherings
_CONTEST = "赛"
_FIRST = "首届"
_BEFORE = re.compile("(?:全会|》)[和与及、]")
_AFTER_MEETING = frozenset("员长场费计籍徽章见谈师标客话商旗址刊")


@cache
def _endings() -> dict[str, bool]:
    return {row["word"]: row["frame"] == "yes" for row in rows("lexicons/events_suffixes")}


@shared
def _matcher() -> Matcher:
    return Matcher(_endings())


@cache
def _heads() -> Matcher:
    return Matcher(row["word"] for row in rows("lexicons/events_heads"))


@cache
def _set(name: str) -> tuple[str, ...]:
    return tuple(patterns("events")[name])


def find(passage: Passage) -> Iterator[Mention]:
    """Gatherings with a name: 全国…工作会议, 首届…论坛, “…”座谈会, 召开…研讨会."""
    text = passage.text
    for start, end, ending in _matcher().find(text):
        if text[end : end + 1] == "议" and ending.endswith("会"):
            end += 1
        if _goes_on(text, end):
            continue
        begin = _begin(text, start, ending)
        if begin is not None and ending in _set("numbered_endings"):
            begin = begin if _numbered(text[begin:start]) else None
        if begin is not None and text[begin] == "“" and ending.endswith(_CONTEST):
            continue  # a quoted name of a contest is a campaign, unless it is numbered
        if begin is not None and _is_name(text, begin, start, end, ending):
            yield passage.mention(begin, end, "Event", rule="meeting")


def _behind(text: str, begin: int, start: int) -> int:
    """``begin``, or past another meeting or a title: 甲全会和|乙全会, 《…》和|乙会议."""
    last = begin
    for match in _BEFORE.finditer(text, begin, start):
        last = match.end()
    return last


def _numbered(name: str) -> bool:
    match = _ORDINAL.search(name)
    return name.startswith(_FIRST) or (match is not None and match.group().endswith("届"))


def _goes_on(text: str, end: int) -> bool:
    """Whether the word goes on: 会|员 (member), 大会|堂 (hall)."""
    if text.startswith(_set("longer"), end):
        return True
    return text[end - 1] == "会" and text[end : end + 1] in _AFTER_MEETING and end < len(text)


def _begin(text: str, start: int, ending: str) -> int | None:
    """Where the name whose ending begins at ``start`` begins; None when it has no border."""
    low = _behind(text, clause_start(text, start, LONGEST), start)
    end = start + len(ending)
    hard = _parted(text, low, start, HARD)
    firm = _parted(text, hard, start, FIRM)
    head = _head(text, hard, end)
    if head is None or (firm > head and not _held(text, head)):
        hard, head = firm, _head(text, firm, end)
    if head is not None and head < start:
        return _with_body(text, hard, head)
    soft = last_border(text, hard, start)
    upon = text[max(0, soft - 1) : soft] == "在" and text[end : end + 1] == "上"
    if (_held(text, soft) or upon) and _endings()[ending] and start - soft >= (3 if upon else 4):
        return None if text[soft:end].endswith(_set("routine")) else soft
    return None


def _parted(text: str, low: int, high: int, strengths: tuple[str, ...]) -> int:
    """The last border; 暨 (as well as) parts gatherings (A大会暨B会议), not topics (A暨B会议)."""
    end = last_border(text, low, high, strengths)
    while text[end - 1 : end] == "暨" and low < end and text[end - 2 : end - 1] not in _GATHERING:
        end = last_border(text, low, end - 1, strengths)
    return end


def _held(text: str, at: int) -> bool:
    """Whether a verb of holding stands right before ``at``."""
    return text[max(0, at - 6) : at].endswith(_set("hold"))


def _with_body(text: str, low: int, head: int) -> int:
    """Start of the body that stands before a number: 省|十三届…会议, 亚信|第五次峰会."""
    match = _ORDINAL.match(text, head)
    if match and match.group()[-1:] in ("届", "次") and match.group() != "第一次":
        body = text[low:head]
        plain = len(body) <= 12 and _HAN.fullmatch(body) and body.endswith(_set("body_ends"))
        if plain and last_border(text, low, head) == low:
            return low
    return head


def _head(text: str, low: int, high: int) -> int | None:
    """Place of the first word with which full names of events begin."""
    window = text[low:high]
    places = [begin for begin, _, _ in _heads().find(window)]
    match = _ORDINAL.search(window)
    # 第一次 (the first) and a year with 年 only count the meeting when it has another head.
    if match and not (places and min(places) > match.start() and _counts(window, match)):
        places.append(match.start())
    return low + min(places) if places else None


def _counts(window: str, match: re.Match[str]) -> bool:
    return match.group() == "第一次" or match.group().endswith("年")


def _is_name(text: str, begin: int, start: int, end: int, ending: str) -> bool:
    name, topic = text[begin:end], text[begin:start]
    if len(name) > LONGEST or any(word in name for word in _set("not_in_name")):
        return False
    for head, stop, _ in _heads().find(topic):
        if head == 0:
            topic = topic[stop:]
        break
    else:
        match = _ORDINAL.match(topic)
        topic = topic[match.end() :] if match and match.group() != "“" else topic
    if ending in _set("weak_endings"):
        numbered = any(m.group()[-1:] in ("届", "次") for m in _ORDINAL.finditer(name))
        return len(topic) >= 2 and (numbered or not topic.endswith(_set("weak_before")))
    alone = ending in _set("alone")
    return len(topic) >= 2 or (alone and begin < start)

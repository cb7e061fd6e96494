"""Quoted names: campaigns whose name stands in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Mention, Passage
from kg.recognize.base import Matcher
from kg.tables import patterns, rows, words

REACH = 24  # characters between a quotation and the ending that makes it a campaign
SHORT = 3  # a core of so many characters needs its ending to be told from a plain word

_QUOTE = re.compile(r"“([^“”\n]{1,40})”")
_HAN = re.compile(r"[\u4e00-\u9fff]*")
_LISTED = re.compile(r"[\u4e00-\u9fff、]*")  # 等|甲、乙活动
_PLAN = re.compile(r"[一二三四五六七八九十]{1,3}五$")
_SENTENCE = re.compile(r"[。；：！？?!]")


@cache
def _endings() -> dict[str, tuple[bool, str]]:
    table = rows("lexicons/campaigns_suffixes")
    return {row["word"]: (row["part"] == "yes", row["plain"]) for row in table}


@cache
def _matcher() -> Matcher:
    return Matcher(_endings())


@cache
def _set(name: str) -> tuple[str, ...]:
    return tuple(patterns("campaigns")[name])


@cache
def _policies() -> frozenset[str]:
    """Names that are policies whatever follows them: “一带一路”行动计划."""
    return words("lexicons/policies_national")


def find(passage: Passage) -> Iterator[Mention]:
    """“X”活动, “X”“Y”等系列活动, “X行动”, 以“X”为主题 …竞赛."""
    text = passage.text
    quotes = list(_QUOTE.finditer(text))
    follower: re.Match[str] | None = None  # the next quotation, when it is a campaign
    found: list[Mention] = []
    for quote in reversed(quotes):
        core = quote[1].strip()
        end, ending = _tail(text, quote.end())
        joined = follower is not None and text[quote.end() : follower.start()] in _set("joints")
        named = bool(ending) or joined or _inside(core) or _theme(text, quote)
        listed = _is_list(core.split("、")) and text.startswith("等", quote.end())
        if not named or listed or not _is_core(core):
            follower = None
            continue
        follower = quote
        name = core
        if ending and len(core) <= SHORT and _endings()[ending][0]:
            at_once = text[quote.end() : end].startswith(ending)
            name = core + ending if at_once else core
        found.append(passage.mention(quote.start(), end, "Campaign", rule="quoted", name=name))
    yield from reversed(found)


def _tail(text: str, at: int) -> tuple[int, str]:
    """End and wording of the ending that makes the quotation before ``at`` a campaign."""
    run = (_LISTED if text.startswith("等", at) else _HAN).match(text, at, at + REACH)
    window = run.group() if run else ""
    if window.startswith(_set("not_after")):
        return at, ""
    end, last = 0, ""
    for start, stop, word in _matcher().find(window):
        between = window[:start]
        if last and start != end:
            break
        if not last and any(bad in between for bad in _set("not_between")):
            return at, ""
        end, last = stop, word
    if not last or window[end : end + 1] == "师":
        return at, ""
    return at + end, last


@cache
def _every_ending() -> tuple[str, ...]:
    return tuple(_endings())


def _inside(core: str) -> bool:
    """Whether a quoted text ends like a campaign's name: “蓝盾护航行动”."""
    if not core.endswith(_every_ending()):
        return False
    for ending, (part, plain) in _endings().items():
        if core.endswith(ending) and (part or plain in ("verb", "free")):
            topic = core[: -len(ending)]
            if len(topic) >= 2 and not topic.endswith(_set("not_last")):
                return not topic.startswith(_set("not_first"))
    return False


def _theme(text: str, quote: re.Match[str]) -> bool:
    """Whether the quotation is the theme of a campaign: 以“X”为主题，开展…竞赛."""
    if text[quote.start() - 1 : quote.start()] != "以" or not text.startswith(
        "为主题", quote.end()
    ):
        return False
    window = text[quote.end() + 3 : quote.end() + 43]
    stop = _SENTENCE.search(window)
    window = window[: stop.start()] if stop else window
    places = [window.find(word) for word in _set("theme_endings") if word in window]
    others = [window.find(word) for word in _set("theme_meetings") if word in window]
    return bool(places) and min(places) < min(others, default=len(window))


def _is_core(core: str) -> bool:
    if not core or _SENTENCE.search(core) or _PLAN.search(core) or core.isdigit():
        return False
    return not core.startswith(_set("not_core")) and core not in _policies()


def _is_list(items: list[str]) -> bool:
    """Whether a quoted text lists small things of one kind (小…、小…、小…), as a formula does."""
    alike = len({item[:1] for item in items}) == 1 and len({len(item) for item in items}) == 1
    return len(items) > 2 and alike

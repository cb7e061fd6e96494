"""Honours: titles, medals and awards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Mention, Passage
from kg.recognize import honours_received
from kg.recognize.base import Matcher, shared
from kg.recognize.events_phrases import clause_start, last_border
from kg.tables import patterns, rows

LONGEST = 24  # characters of a name without quotation marks

_QUOTES = {ord(mark): None for mark in "“”"}
_QUOTE = re.compile(r"“([^“”，。；！？\n]{2,30})”")
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·“”]+$")
_CLASS = re.compile("[特一二三]等")  # 特等 (special class): its 等 is no "and the like"
_YEAR = re.compile(r"^(?:19|20)[0-9]{2}年度?")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,8}?[省市县区州盟旗](?![\u4e00-\u9fff]?级)")


class Honours:
    """Finds titles, medals and awards (kind Honour)."""

    name = "honours"

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Mentions in ``passage``."""
        listed = list(_listed(passage))
        yield from listed
        places = {mention.span for mention in listed}
        for mention in (*_plain(passage), *_quoted(passage), *honours_received.find(passage)):
            if mention.span not in places:
                places.add(mention.span)
                yield mention


@cache
def _set(name: str) -> tuple[str, ...]:
    return tuple(patterns("honours")[name])


@cache
def _names() -> dict[str, str]:
    return {row["name"]: row["full"] for row in rows("lexicons/honours")}


@shared
def _matcher() -> Matcher:
    return Matcher(_names())


def _listed(passage: Passage) -> Iterator[Mention]:
    """Honours of the lexicon."""
    text = passage.text
    for start, end, found in _matcher().find(text):
        if text.startswith(_set("longer"), end) and not text.startswith("的", end):
            continue
        name = found.translate(_QUOTES)
        full = _names()[found]
        known = full if full != name else ""
        yield passage.mention(
            start,
            end,
            "Honour",
            rule="known-honour",
            name=name,
            known_as=known,
            known_by="honours" if known else "",
        )


@cache
def _endings() -> dict[str, bool]:
    return {row["word"]: row["head"] == "yes" for row in rows("lexicons/honour_suffixes")}


@shared
def _ends() -> Matcher:
    return Matcher(_endings())


def _plain(passage: Passage) -> Iterator[Mention]:
    """Names without quotation marks: 全省劳动模范, 某某科学技术奖一等奖."""
    text = passage.text
    done = 0
    for start, end, ending in _ends().find(text):
        if text.startswith(_set("longer"), end):
            continue
        if ending.endswith("称号") and text[start - 1 : start] == "”":
            continue  # the title stands in the quotation marks
        low = max(done, clause_start(text, start, LONGEST))
        begin = last_border(text, low, start)
        begin = max(begin, _after_receiving(text, begin, start))
        end = _rank(text, end)
        given = text.endswith(_set("receive"), low, begin)  # 被评为|某地好人
        if _is_name(text[begin:end], text[begin:start], ending, given):
            name = text[begin:end].translate(_QUOTES)
            yield passage.mention(begin, end, "Honour", rule="honour-ending", name=name)
            done = end


def _rank(text: str, end: int) -> int:
    """End of the class of a prize that goes on its name: …奖|二等奖 (second class)."""
    rank = next((r for r in _set("ranks") if text.startswith(r, end)), "")
    return end + len(rank)


def _after_receiving(text: str, low: int, high: int) -> int:
    """End of the last verb of receiving in ``text[low:high]``."""
    ends = [
        text.rfind(verb, low, high) + len(verb)
        for verb in _set("receive")
        if text.rfind(verb, low, high) >= 0
    ]
    return max(ends, default=low)


def _is_name(name: str, topic: str, ending: str, given: bool) -> bool:
    plain = _CLASS.sub("", topic)
    if not _NAME.match(name) or any(word in plain for word in _set("not_name")):
        return False
    headed = topic.startswith(_set("heads")) or _YEAR.match(topic) or _PLACE.match(topic)
    if _endings()[ending] and not given:
        return bool(headed)
    bare = topic.translate(_QUOTES)
    return len(bare) >= 2 and bare not in _set("generic")


def _quoted(passage: Passage) -> Iterator[Mention]:
    """Quoted names: 获得“X”“Y”等荣誉, “X”称号, “X年度人物”."""
    text = passage.text
    quotes = list(_QUOTE.finditer(text))
    follower: re.Match[str] | None = None
    found: list[Mention] = []
    for quote in reversed(quotes):
        end = _noun(text, quote.end())
        joined = follower is not None and text[quote.end() : follower.start()] in _set("joints")
        own = quote[1].endswith(_set("quoted_endings"))
        if not (end or joined or own):
            follower = None
            continue
        follower = quote
        begin = quote.start()
        head = next((h for h in _set("heads") if text.startswith(h, begin - len(h))), "")
        if len(head) > 1:
            begin -= len(head)
        stop = (
            end
            if end and text[end - 1] in "章状奖" and text[quote.end()] not in "等的"
            else quote.end()
        )
        name = text[begin:stop].translate(_QUOTES)
        found.append(passage.mention(begin, stop, "Honour", rule="quoted-honour", name=name))
    yield from reversed(found)


@cache
def _between() -> tuple[str, ...]:
    return tuple(sorted(_set("between"), key=len, reverse=True))


def _noun(text: str, at: int) -> int:
    """End of the noun that makes the quotation before ``at`` an honour; 0 when there is none."""
    for between in _between():
        place = at + len(between)
        if not text.startswith(between, at) or not text.startswith(_set("nouns"), place):
            continue
        for noun in _set("nouns"):
            if text.startswith(noun, place) and not text.startswith(
                ("励", "惩", "项目"), place + len(noun)
            ):
                return place + len(noun)
    return 0

"""Honours received: names that stand right behind a verb of receiving, and merits of soldiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Mention, Passage
from kg.recognize.events_phrases import HARD, border_spans
from kg.tables import patterns

_QUOTES = {ord(mark): None for mark in "“”"}
_SENTENCE = re.compile("[，。；：！？]")
_CORE = "[\u4e00-\u9fffA-Za-z0-9·]"


@cache
def _set(name: str) -> tuple[str, ...]:
    return tuple(sorted(patterns("honours")[name], key=lambda w: (-len(w), w)))


def find(passage: Passage) -> Iterator[Mention]:
    """获评“X”, 被评为全国优秀X, 被授予X称号, 荣立二等功."""
    bestowed = any(verb in passage.text for verb in _set("bestow"))
    if bestowed:
        yield from _quoted(passage)
    yield from _named(passage)
    yield from _merits(passage)
    if bestowed:
        yield from _titled(passage)
        yield from _worthy(passage)
    yield from _praised(passage)


@cache
def _bestowed() -> re.Pattern[str]:
    verbs = "|".join(_set("bestow"))
    heads = "|".join(_set("heads"))
    return re.compile(rf"(?:{verbs})了?(?:[0-9]{{4}}年度?)?((?:{heads})?“[^“”\n]{{2,24}}”)")


_NEXT = re.compile("[、和及与]?(“[^“”\n]{2,24}”)")


def _quoted(passage: Passage) -> Iterator[Mention]:
    """获评“X”“Y”, 当选全国“X”: the verb alone makes the quotation an honour."""
    text = passage.text
    for match in _bestowed().finditer(text):
        item: re.Match[str] | None = match
        while item and _is_honour(item[1]) and not text.startswith(_set("not_after"), item.end()):
            name = item[1].translate(_QUOTES)
            begin, end = item.span(1)
            yield passage.mention(begin, end, "Honour", rule="bestowed", name=name)
            item = _NEXT.match(text, end)


_AS = re.compile("为(“[^“”\n]{2,24}”)")


def _named(passage: Passage) -> Iterator[Mention]:
    """命名某市、某县为“X”: the verb stands before who is named."""
    text = passage.text
    for match in _AS.finditer(text) if "为“" in text else ():
        quoted, end = match[1], match.end()
        low = max(text.rfind(mark, 0, match.start()) for mark in "，。；：！？\n") + 1
        named = any(text.rfind(verb, low, match.start()) >= 0 for verb in _set("named_as"))
        praised = text.startswith(_set("title_nouns"), end) or any(
            word in quoted for word in _set("worth")
        )
        if named and praised and not text.startswith(_set("not_after"), end):
            name = quoted.translate(_QUOTES)
            yield passage.mention(*match.span(1), "Honour", rule="bestowed", name=name)


def _is_honour(quoted: str) -> bool:
    return not _SENTENCE.search(quoted) and not quoted.translate(_QUOTES).isdigit()


def _merits(passage: Passage) -> Iterator[Mention]:
    """荣立二等功, 记集体一等功: only behind a verb, or as the title of a hero."""
    text = passage.text
    for match in _merit().finditer(text) if _holds(text, "merits") else ():
        before = text[max(0, match.start() - 8) : match.start()].rstrip("“")
        verb = before.endswith(_set("merit_verbs")) or _in_list(before)
        if verb or match.group().endswith(("臣", "模范")):
            yield passage.mention(*match.span(), "Honour", rule="merit")
    for match in _martyr().finditer(text) if "烈士" in text else ():
        yield passage.mention(*match.span(1), "Honour", rule="merit")


def _holds(text: str, name: str) -> bool:
    return any(word in text for word in _set(name))


@cache
def _merit() -> re.Pattern[str]:
    """A class of merit, and who bears it: 个人二等功, 一等功臣."""
    of, merits, heroes = ("|".join(_set(name)) for name in ("merit_of", "merits", "merit_heroes"))
    return re.compile(f"(?:{of})?[一二三特](?:{merits})(?:{heroes})?")


@cache
def _martyr() -> re.Pattern[str]:
    """被追认为烈士 (was recognized as a martyr)."""
    verbs = "|".join(_set("martyr_verbs"))
    return re.compile(rf"(?:{verbs})“?((?:革命)?烈士)(?!陵|墓|家属|遗|纪念|子女)")


def _in_list(before: str) -> bool:
    """Whether another merit stands right before: 荣立二等功1次、|三等功2次."""
    return bool(re.search(r"等功(?:[0-9一二两三四五六七八九十]{1,2}次)?[、和]$", before))


@cache
def _title() -> re.Pattern[str]:
    verbs = "|".join(_set("bestow"))
    nouns = "|".join(_set("title_nouns"))
    return re.compile(rf"(?:{verbs})了?({_CORE}{{3,20}}?)(?:{nouns})")


def _titled(passage: Passage) -> Iterator[Mention]:
    """被授予X称号 (was given the title X), without quotation marks."""
    text = passage.text
    for match in _title().finditer(text):
        name = match[1]
        if name in _set("generic") or any(word in name for word in _set("not_name")):
            continue
        if not border_spans(text, *match.span(1), HARD):
            yield passage.mention(*match.span(1), "Honour", rule="bestowed")


@cache
def _worth() -> re.Pattern[str]:
    verbs, heads = "|".join(_set("bestow")), "|".join(h for h in _set("heads") if len(h) > 1)
    worth = "|".join(_set("worth"))
    core = rf"(?:{heads}){_CORE}{{0,8}}?(?:{worth}){_CORE}{{2,10}}"
    return re.compile(rf"(?:{verbs})了?({core}?)(?=[，。；！、]|称号|荣誉|等|和|并|$)")


def _worthy(passage: Passage) -> Iterator[Mention]:
    """获评全国优秀X, 当选全省十佳X: a level and a word of praise make the name."""
    for match in _worth().finditer(passage.text):
        if not any(word in match[1] for word in _set("not_name")):
            yield passage.mention(*match.span(1), "Honour", rule="bestowed")


@cache
def _apposed() -> re.Pattern[str]:
    heads = "|".join(h for h in _set("heads") if len(h) > 1)
    worth, people = "|".join(_set("praise")), "|".join(_set("praised"))
    stop = "[，。；：！？、\n“”（）]"
    return re.compile(
        rf"(?:^|(?<={stop}))((?:{heads})(?:{worth})[\u4e00-\u9fff]{{0,6}}?(?:{people}))"
    )


def _praised(passage: Passage) -> Iterator[Mention]:
    """全国优秀X NAME: a level, a word of praise and an occupation that open a clause."""
    text = passage.text
    if not any(word in text for word in _set("praise")):
        return
    for match in _apposed().finditer(text):
        if not text.startswith(_set("longer"), match.end()) and text[match.end() :][:1] != "和":
            yield passage.mention(*match.span(1), "Honour", rule="praised")

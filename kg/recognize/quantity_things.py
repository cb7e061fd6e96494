"""Things counted: where the noun before a number begins, and whether one follows its unit."""

from __future__ import annotations

import re
from functools import cache

from kg import tables
from kg.recognize import quantity_lexicon as lexicon

_REACH = 30  # characters before a number in which its noun is looked for
_LONG = 16  # a longer noun phrase keeps only what follows its last 的 (of)
_BREAK = re.compile(r"[^\u4e00-\u9fff、]")
_MARKS = "、了"
_PARTS = re.compile("[、了二两三四五六七八九十百千万亿]")
_NOMINAL = "业额量率费者员度面性力金款品"  # 服务 (to serve) before one of them is part of a noun
_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[0-9.]{0,4}[A-Za-z][A-Za-z0-9.+-]{0,12}$")  # 5A级景区, GDP增速
_OF = "的"
_ASIDE = re.compile("[（(][^（()）0-9]{1,12}[)）]$")
_SECTOR = re.compile("第[二三]产业")


def begins(text: str, number: int, floor: int) -> int | None:
    """Start of the noun phrase that the number at ``number`` counts, None without one.

    It lies between ``floor`` (the end of the time or quantity before it) and the number, in
    the same clause, and has no numeral in it.
    """
    aside = _ASIDE.search(text, max(floor, number - _REACH), number)
    number = aside.start() if aside else number  # 投资（不含农户）512亿元
    start = least = max(floor, number - _REACH)
    cut_short = start > floor
    for stop in _BREAK.finditer(text, start, number):
        start, cut_short = stop.end(), False
    end = unlinked(text, number, start)
    if text.endswith(_OF, start, end):
        return None
    noun_end = lexicon.cut_end(text, start, end, "change")
    found = _inner_start(text, start, noun_end)
    if found is None:
        return None
    if found == start and cut_short and text.find(_OF, start, noun_end) < 0:
        return None  # the clause begins farther back: its noun cannot be told from its verb
    if noun_end - found > _LONG:
        found = text.rfind(_OF, found, noun_end) + 1 or noun_end
    mark = noun_pattern("strip").match(text, found, noun_end)
    found = mark.end() if mark else found
    if noun_pattern("refuse").match(text, found, noun_end):
        return None
    if text[found - 1 : found].isascii():
        latin = _LATIN.search(text, least, found)
        found = latin.start() if latin else found
    noun = text[found:noun_end]
    return found if len(noun) >= 2 and noun not in lexicon.words("whole") else None


@cache
def noun_pattern(role: str) -> re.Pattern[str]:
    """The patterns of ``data/patterns/quantities.toml`` with a role, as one."""
    rows = tables.patterns("quantities")["noun"]
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows if row["role"] == role))


def unlinked(text: str, number: int, floor: int) -> int:
    """Where the words between a noun and its number (达到, 增至 …) begin."""
    while (shorter := lexicon.cut_end(text, floor, number, "link")) != number:
        number = shorter
    return number


def linked(text: str, number: int, floor: int) -> bool:
    """Whether the words right before the number say that a noun before them has it."""
    end = unlinked(text, number, floor)
    return end != number or lexicon.cut_end(text, floor, end, "change") != end


def _inner_start(text: str, start: int, end: int) -> int | None:
    """Where the noun begins between ``start`` and ``end``: behind numerals, verbs and commas."""
    numeral = False
    for mark in _PARTS.finditer(text, start, end):
        if _SECTOR.match(text, mark.start() - 1):
            continue  # 第二产业增加值
        start, numeral = mark.end(), mark[0] not in _MARKS
    if numeral:
        return None  # 二等奖, 每千人口: the numeral is part of the noun
    verb, nouns = start, lexicon.words("noun")
    for _, stop, word in lexicon.verbs().find(text[start:end]):
        noun = word in nouns or (start + stop < end and text[start + stop] in _NOMINAL)
        if not noun:
            verb = start + stop
    for cut in noun_pattern("cut").finditer(text, start, end):
        verb = max(verb, cut.end())
    if verb == end and verb > start:
        return None  # the verb stands right before the number: its noun is left out
    start = verb
    while (later := lexicon.cut_start(text, start, end, "lead")) != start:
        if lexicon.cut_start(text, start, end, "noun") > later:
            break  # 建成区 is a noun, 建成 (to build) a verb
        if text[later : later + 1] in _NOMINAL and later < end:
            break
        start = later
    return start


def follows(text: str, at: int) -> bool:
    """Whether a noun that the number counts begins at ``at``, right behind its unit."""
    if not _HAN.match(text, at):
        return False
    if lexicon.cut_start(text, at, len(text), "noun") != at:
        return True
    return lexicon.cut_start(text, at, len(text), "stop") == at

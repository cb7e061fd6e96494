"""Formula cues: what beside a number shows that it announces a list, or that it cannot."""

from __future__ import annotations

import re
from functools import cache

from kg import tables
from kg.recognize.formula_numbers import NUMERAL
from kg.recognize.list_trim import lexicon

REACH = 90  # characters before a name in which its list may begin
_ORDINAL = re.compile(rf"第(?:[{NUMERAL}百0-9]{{1,3}}[、至到和或－-]第?)*$")
_IN_NUMBER = re.compile(
    rf"(?:[0-9零〇○百千万亿几数多余第初周{NUMERAL}.．％%]|分之|星期|礼拜|[0-9]年|一[又比年天次])$"
)
_BOUNDARY = re.compile(r"[，。；：！？…\n（(]")
_TWINS = re.compile(r"(?:(\w)\w\1\w|\w(\w)\w\2)$")  # two words that share a letter: 线上线下
_LINK = re.compile("以及|[和与及暨]")
_ADJOINING = re.compile("(?<=[”》])(?=[“《])")
_TRAILING_BRACKETS = re.compile(r"(?:\s*[（(][^（()）]{0,20}[）)])*[\s：:]*$")


@cache
def _marker() -> re.Pattern[str]:
    """The first mark of a list, a few letters behind a name."""
    words = "|".join(tables.patterns("formulas")["mark"]["first"])
    return re.compile(
        rf"[^。；！？\n]{{0,12}}[。：:，；]?\s*(?:{words}|[（(][一1][）)]|1[.、．】）)]|①|——)"
    )


@cache
def _cue() -> dict[str, tuple[str, ...]]:
    return {key: tuple(words) for key, words in tables.patterns("formulas")["cue"].items()}


def ordinal(text: str, start: int) -> bool:
    """Whether the numeral at ``start`` is an ordinal or part of one: 第三个, 第二、三批."""
    return _ORDINAL.search(text, max(start - 12, 0), start) is not None


def in_number(text: str, start: int) -> bool:
    """Whether the numeral at ``start`` only ends a longer number, date or rate."""
    return _IN_NUMBER.search(text, max(start - 3, 0), start) is not None


def governed(text: str, start: int) -> bool:
    """Whether a verb that takes an object stands right before ``start``."""
    uses = lexicon().uses
    words = (text[max(start - size, 0) : start] for size in (2, 3, 4))
    return any(uses.get(word) in ("govern", "frame") for word in words)


def above(text: str, start: int) -> bool:
    """Whether 以上 (the above) or 这 (these) stands right before ``start``."""
    return text[max(start - 4, 0) : start].endswith(_cue()["above"])


def beside(text: str, start: int, end: int, number: int) -> bool:
    """Whether a definition, a list of ``number`` items or a pointer stands beside the name."""
    before = text[max(start - REACH, 0) : start]
    return (
        before.endswith(_cue()["before"])
        or _list_before(before, number)
        or _defined(text, end, number)
        or _heads_a_list(text, start, end)
        or _closes(text, start, end)
        or told_behind(text, start, end, number)
    )


def told_behind(text: str, start: int, end: int, number: int) -> bool:
    """Whether the sentence of the name announces things and the next one tells ``number`` of
    them: 暴露出四个问题。A，…；B，…；C，…；D，…."""
    if number < 3 or text[end : end + 1] != "。":
        return False
    announcing = _announcing()[0].search(text, max(start - 6, 0), start)
    sentence = re.split("[。！？：\n]", text[end + 1 : end + 4 * REACH], maxsplit=1)[0]
    return announcing is not None and sentence.count("；") == number - 1


def tells(text: str, end: int) -> bool:
    """Whether words behind a name tell what it is: 是, 即, 包括, a colon or a dash."""
    lead = text[end : end + 8].lstrip("，, ")
    return lead.startswith((*_cue()["after"], "：", ":", "——"))


def _list_before(before: str, number: int) -> bool:
    """Whether the clause before the name holds ``number`` items that reach up to it."""
    plain = re.sub("[“”‘’「」『』]", "", _ADJOINING.sub("、", _without_brackets(before)))
    clause = _BOUNDARY.split(plain)[-1].removesuffix("的")
    if not clause or clause[-1] in "、和与及等-—－":
        return False
    if number == 2 and _TWINS.search(clause):
        return True
    commas = clause.count("、")
    links = len(_LINK.findall(clause.rsplit("、", 1)[-1]))
    dashes = len(re.findall(r"[-—－→/]+", clause))
    return number - 1 in (commas, dashes) or (commas == number - 2 and links > 0)


def _without_brackets(text: str) -> str:
    return re.sub(r"[（(][^（()）]{0,12}[）)]", "", text)


def _defined(text: str, end: int, number: int) -> bool:
    after = text[end : end + 4 * REACH]
    lead = after.lstrip("，, \u3000")
    if after[:1] in "：:" or lead.startswith("——") or _marker().match(after):
        return True
    if after[:1] in "（(":
        inner = re.split("[）)]", after[1:], maxsplit=1)[0]
        return inner.count("、") + len(_LINK.findall(inner.rsplit("、", 1)[-1])) >= number - 1 > 0
    if after[:1] in "，,":
        clause = re.split("[，。；！？：\n]", after[1:], maxsplit=1)[0]
        if clause.count("、") == number - 1 > 1:
            return True
    word = next((w for w in _cue()["after"] if lead.startswith(w)), "")
    if not word:
        return False
    sentence = re.split("[。！？\n]", lead[len(word) :], maxsplit=1)[0]
    counts = [sentence.count(mark) for mark in "、，；"]
    pair = number == 2 and len(_LINK.findall(sentence)) == 1
    first = sentence.partition("；")[0].count("、")
    return number - 1 in (*counts, first) or number - 2 == counts[0] or pair


def _closes(text: str, start: int, end: int) -> bool:
    """Whether the passage ends with the name and announces the list in the next one."""
    announcing, closing = _announcing()
    match = closing.fullmatch(text, end)
    if match is None:
        return False
    return bool(match["colon"]) or announcing.search(text, max(start - 6, 0), start) is not None


@cache
def _announcing() -> tuple[re.Pattern[str], re.Pattern[str]]:
    cue = tables.patterns("formulas")["cue"]
    return re.compile(f"(?:{cue['announcing']})$"), re.compile(cue["closing"])


def _heads_a_list(text: str, start: int, end: int) -> bool:
    """Whether the name closes a heading, so that its list may follow in the next passage."""
    closes = _TRAILING_BRACKETS.fullmatch(text, end) is not None
    return closes and start > 0 and len(text) <= 80 and not re.search("[。，；]", text)

"""People: where a person's name begins and ends.

A Chinese name is a surname of one or two characters and one or two more; a foreign name
or one of a minority is a run of characters that write sounds, its parts joined by ·.
Neither is taken for a name by its looks: ``name_persons`` says where to look.
"""

from __future__ import annotations

import re
from functools import cache

from kg.recognize.name_lexicon import CJK, HAN, borders, closing, followers, opens, title_starts
from kg.tables import rows, words

PARTS = 6  # most parts of a foreign name
LONGEST = 24  # most characters of one
DOTS = "·•・‧∙"  # each is in use between the parts of a name
SURE = 9  # how surely a name ends before a mark or the end of the text
MASK = "某"  # stands for a character that a text keeps back
_NEVER = frozenset("的了是在也都将不我你她他这那各们说等及与")  # in no given name
_JOINS = tuple("和同对向")
_COPULAS = tuple("为任是兼系当")
_PART = re.compile(rf"[{CJK}]{{1,9}}")


@cache
def _surnames(*ranks: str) -> frozenset[str]:
    return frozenset(row["surname"] for row in rows("lexicons/surnames") if row["rank"] in ranks)


@cache
def _everyday() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in rows("lexicons/person_words")}


@cache
def _given() -> frozenset[str]:
    return words("lexicons/person_given", "character")


@cache
def sounds() -> frozenset[str]:
    """Characters that write foreign names by their sound."""
    return words("lexicons/person_characters", "character")


def surname(text: str, index: int, *, sure: bool = False) -> int:
    """Length of the surname at ``index``, 0 for none; rare ones count only when ``sure``."""
    if text[index : index + 2] in _surnames("compound"):
        return 2
    ranks = ("common", "rare") if sure else ("common",)
    return int(text[index : index + 1] in _surnames(*ranks))


def is_name(text: str, start: int, end: int, *, sure: bool = False, must: bool = False) -> bool:
    """Whether ``text[start:end]`` looks like a Chinese name and is no everyday word.

    ``sure`` when what stands around it leaves no doubt of a name: rare surnames and the
    names that are also words then count; ``must`` when a name has to begin here.
    """
    first = surname(text, start, sure=sure)
    given = text[start + first : end]
    if not first or not 1 <= len(given) <= 2 or not all(map(HAN.match, given)):
        return False
    if MASK in given:
        return given.endswith(MASK)
    if _NEVER.intersection(given):
        return False
    name = text[start:end]
    worst = _everyday().get(name)
    if worst == "hard" or (worst == "soft" and not sure):
        return False
    likely = given[-1] in _given()
    if first == 1 and len(name) == 3 and (begun := _everyday().get(name[:2])):
        return (sure or must) and (likely or begun == "soft")
    return sure or must or likely or len(given) == 1


def end_of_name(
    text: str, start: int, *, sure: bool = False, must: bool = False, near: bool = False
) -> int:
    """Where the name ends that begins at ``start``, -1 when none does.

    ``sure`` when what comes before can be followed by nothing but a name (责任编辑：);
    ``must`` when a name stands there even if no border shows where it ends; ``near`` when
    one is likely there, as after a title.
    """
    dotted = _dotted_end(text, start)
    if dotted > 0:
        return dotted
    first = surname(text, start, sure=sure or must)
    if not first:
        return sound_run(text, start) if must else -1
    best, best_end = 0, -1
    for end in (start + first + 2, start + first + 1):
        if end > len(text):
            continue
        surely = _closing(text, end)
        clear = surely == SURE and (sure or must)
        fits = surely and is_name(text, start, end, sure=clear, must=must or near)
        if fits and _better(text, end, surely, best):
            best, best_end = surely, end
    if best_end < 0 and (sure or must or near):
        best_end = _guess(text, start, first)
    return best_end


def _better(text: str, end: int, surely: int, best: int) -> bool:
    """Whether a name that ends at ``end`` is likelier than one of a character more.

    The character more may be a function word: 林某|和省长 (and the governor).
    """
    joined = text[end : end + 1] in _JOINS and title_starts(text, end + 1)
    return surely > best or (joined and best < SURE)


def _closing(text: str, end: int) -> int:
    return max(closing(text, end), 2 if title_starts(text, end) else 0)


def _guess(text: str, start: int, first: int) -> int:
    """The likelier end of a name that must stand at ``start`` though no border shows it.

    A name does not end inside a word: 陈某|深入 (go deep into), not 陈某深|入.
    """
    for end in (start + first + 2, start + first + 1):
        inside = text[end - 1 : end + 1]
        if inside in followers() or inside in _everyday():
            continue
        if end <= len(text) and is_name(text, start, end) and text[end - 1] in _given():
            return end
    return -1


def start_of_name(text: str, end: int, *, sure: bool = False) -> int:
    """Where the name begins that ends at ``end``, -1 when none does.

    Only a name that begins at a border counts, but when ``sure``, where one of three
    characters needs none (深入学习某某某总书记 …).
    """
    dotted = _dotted_start(text, end)
    if dotted >= 0:
        return dotted
    if text[end - 1 : end] in _COPULAS:
        return -1  # 某某|任局长 (to be director)
    for size in (3, 2, 4):
        start = end - size
        clear = sure or start <= 0 or not HAN.match(text[start - 1])
        if start < 0 or not is_name(text, start, end, must=clear):
            continue
        if opens(text, start):
            return start
        given = text[end - 2 : end]
        inside = size == 3 and given not in followers() and given not in borders()
        if sure and inside and is_name(text, start, end) and not _begins_later(text, start, end):
            return start
    return -1


def _begins_later(text: str, start: int, end: int) -> bool:
    return opens(text, start + 1) and is_name(text, start + 1, end)


def _dotted_end(text: str, start: int) -> int:
    """End of a name whose parts are joined by dots and that begins at ``start``, or -1."""
    at, dots = start, 0
    while dots < PARTS and (match := _PART.match(text, at)):
        stop = _sound_end(text, at, match.end())
        if stop == match.end() and stop < len(text) and text[stop] in DOTS:
            at, dots = stop + 1, dots + 1
            continue
        return stop if dots and stop > at else -1
    return -1


def _sound_end(text: str, start: int, end: int) -> int:
    """End of the run of sounds at ``start``; a verb that follows names ends it too."""
    listed, after = sounds(), followers()
    at = start
    while (
        at < end
        and text[at] in listed
        and not (at > start and (text[at : at + 2] in after or text[at : at + 3] in after))
    ):
        at += 1
    return at


def _dotted_start(text: str, end: int) -> int:
    """Start of a name whose parts are joined by dots and that ends at ``end``, or -1."""
    at = end
    listed = sounds()
    low = max(0, end - LONGEST)
    while at > low and (text[at - 1] in listed or text[at - 1] in DOTS):
        at -= 1
    if not any(mark in DOTS for mark in text[at:end]) or text[at] in DOTS:
        return -1
    while at < end and not opens(text, at):
        at += 1
    return at if any(mark in DOTS for mark in text[at:end]) and text[at] not in DOTS else -1


def sound_run(text: str, start: int) -> int:
    """End of a foreign name without dots at ``start``, of two characters at least, or -1."""
    match = _PART.match(text, start)
    stop = _sound_end(text, start, match.end()) if match else start
    if stop - start < 2 or text[start : start + 2] in followers():
        return -1
    return stop if _closing(text, stop) else -1


def sound_start(text: str, end: int) -> int:
    """Start of a foreign name without dots that ends at ``end`` and begins at a border, or -1."""
    listed = sounds()
    at = end
    while at > max(0, end - 8) and text[at - 1] in listed:
        at -= 1
    while end - at >= 2 and not opens(text, at):
        at += 1
    word = text[at : at + 2]
    return at if end - at >= 2 and word not in followers() and word not in _everyday() else -1


def japanese_end(text: str, start: int) -> int:
    """End of a Japanese name (surname of two characters and one or two more), or -1."""
    if text[start : start + 2] not in _surnames("ja"):
        return -1
    for end in (start + 4, start + 3, start + 2):
        if end <= len(text) and _closing(text, end):
            return end
    return -1

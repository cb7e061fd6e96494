"""Spaces: inner spaces that a layout put there, out; those that part two things, kept as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from kg.model import CleanText
from kg.repair.offsets import Edit, edited

_GAP = re.compile(" +")
_HALVES = re.compile(r" *([^ ，。；：！？]{5,40})( +)([^ ，。；：！？]{5,40}) *")
_FUNCTION = frozenset("的了和与在是及为对把被将并等")  # no space stands beside such a word


def tidy(text: CleanText) -> CleanText:
    """``text`` without the spaces of letter-spaced words; indents and ends of lines stay.

    >>> from kg.repair.offsets import whole
    >>> tidy(whole("最 伟 大 的 11月 12日 书记 李 华\\nopen air")).text
    '最伟大的11月12日 书记 李华\\nopen air'
    """
    return edited(text, _edits(text.text))


def _edits(text: str) -> Iterator[Edit]:
    size = len(text)
    stop = middle = -1  # of the line in hand: its end, and where its two halves meet
    for match in _GAP.finditer(text):
        start, end = match.span()
        if not start or end == size or text[start - 1] == "\n" or text[end] == "\n":
            continue
        if start >= stop:
            begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
            stop = size if stop < 0 else stop
            middle = _middle(text, begin, stop)
        if start != middle and _is_layout(text, start, end):
            yield Edit(start, end)
        elif end - start > 1:
            yield Edit(start, end, " ")


def _middle(text: str, start: int, end: int) -> int:
    """Where the gap stands in a line of two parallel halves, as headlines have it; else -1."""
    halves = _HALVES.fullmatch(text, start, end)
    if halves and abs(len(halves[1]) - len(halves[3])) <= 2:
        return halves.start(2)
    return -1


def _is_layout(text: str, start: int, end: int) -> bool:
    """Whether the gap ``start:end`` parts nothing."""
    left, right = text[start - 1], text[end]
    if _is_mark(left) or _is_mark(right):
        return True
    if not (_is_han(left) and _is_han(right)):
        is_clock = text[start - 3 : start - 2] in (":", "：")
        return end - start == 1 and not is_clock and (_is_han(left) or _is_han(right))
    alone = _alone(text, start - 1, -1), _alone(text, end, 1)
    if right == "摄" and alone[1]:  # "photographed by": a word of its own after a name
        return False
    if alone[0] and text[start - 2 : start - 1] in ("：", ":"):  # a name of two characters
        return True
    return all(alone) or (alone[0] and left in _FUNCTION) or (alone[1] and right in _FUNCTION)


def _alone(text: str, at: int, step: int) -> bool:
    """Whether a space, a mark or the end of the line follows the character at ``at``."""
    at += step
    return not 0 <= at < len(text) or text[at] in " \n" or _is_mark(text[at])


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000" or char in "〇々"


def _is_mark(char: str) -> bool:
    """Full-width punctuation, which brings its own blank; a dash or a dot may part two things."""
    return ord(char) > 0x2000 and category(char)[0] == "P"

"""Characters: what no reader sees or should see, out; every blank a plain space or a line feed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from kg.model import CleanText
from kg.repair.offsets import Edit, edited

_BREAKS = frozenset("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_BLANKS = r"\t\r\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_BLANK = re.compile(f"[{_BLANKS}]")  # all white space but the space and the line feed
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # without width of their own


def plain(text: CleanText) -> CleanText:
    """``text`` whose only white space is the space and the line feed, without control and
    zero-width characters.

    >>> from kg.repair.offsets import whole
    >>> plain(whole("\\ufeff甲\\u3000\\x00乙\\r\\n")).text
    '甲 乙\\n'
    """
    ink = "".join(text.text.split())
    seen = ink.isprintable() and not _SELECTOR.search(ink)
    strange = _BLANK if seen else _class(set(ink))
    return edited(text, _edits(text.text, strange))


def _edits(text: str, strange: re.Pattern[str]) -> Iterator[Edit]:
    for match in strange.finditer(text):
        start, end = match.span()
        char = text[start]
        if char == "\r" and text[end : end + 1] == "\n":
            end += 1
        yield Edit(start, end, "\n" if char in _BREAKS else " " if _is_blank(char) else "")


def _class(chars: Collection[str]) -> re.Pattern[str]:
    """A pattern of every blank but the plain ones, and of what no reader sees among ``chars``."""
    unseen = sorted(char for char in chars if _is_unseen(char))
    return re.compile(f"[{_BLANKS}{''.join(map(re.escape, unseen))}]")


def _is_blank(char: str) -> bool:
    return char == "\t" or unicodedata.category(char) == "Zs"


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") or bool(_SELECTOR.match(char))

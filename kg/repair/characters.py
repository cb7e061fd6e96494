"""Characters: what no reader sees or should see, out; every blank a plain space or a line feed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kg.model import CleanText
from kg.repair.offsets import Edit, edited

_BREAKS = frozenset("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


def plain(text: CleanText) -> CleanText:
    """``text`` whose only white space is the space and the line feed, without control and
    zero-width characters.

    >>> from kg.repair.offsets import whole
    >>> plain(whole("\\ufeff甲\\u3000\\x00乙\\r\\n")).text
    '甲 乙\\n'
    """
    kinds = {char: _kind(char) for char in set(text.text)}
    strange = sorted(char for char, kind in kinds.items() if kind)
    return edited(text, _edits(text.text, strange, kinds)) if strange else text


def _edits(text: str, strange: list[str], kinds: dict[str, str]) -> Iterator[Edit]:
    one = "[" + "".join(map(re.escape, strange)) + "]"
    for match in re.finditer(f"\r\n|{one}", text):
        kept = {"break": "\n", "blank": " ", "unseen": ""}[kinds[match.group()[0]]]
        yield Edit(match.start(), match.end(), kept)


def _kind(char: str) -> str:
    """What is strange about a character; empty when nothing is."""
    if char in " \n":
        return ""
    if char in _BREAKS:
        return "break"
    category = unicodedata.category(char)
    if category == "Zs" or char == "\t":
        return "blank"
    if category in ("Cc", "Cf", "Cs") or _is_selector(ord(char)):
        return "unseen"
    return ""


def _is_selector(code: int) -> bool:
    """Variation selectors have no width of their own."""
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF

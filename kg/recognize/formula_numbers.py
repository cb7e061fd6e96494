"""Formula numbers: the small Chinese numerals that announce how many members a list has."""

from __future__ import annotations

import re

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "双": 2}
NUMERAL = "一二三四五六七八九十两双"
_SHAPE = re.compile(
    r"(?:(?P<tens>[二三四五六七八九]?)十(?P<ones>[一二三四五六七八九]?)|(?P<one>.))"
)


def value(numeral: str) -> int:
    """Value of a numeral from 1 to 99; 0 when it is none (三四 is "three or four").

    >>> value("十四"), value("两"), value("三四"), value("12")
    (14, 2, 0, 12)
    """
    if numeral.isascii():
        return int(numeral) if numeral.isdigit() and len(numeral) <= 2 else 0
    shape = _SHAPE.fullmatch(numeral)
    if shape is None:
        return 0
    if shape["one"]:
        return 10 if numeral == "十" else DIGITS.get(numeral, 0)
    return 10 * DIGITS.get(shape["tens"], 1) + DIGITS.get(shape["ones"], 0)

"""Numerals: numbers in every spelling that Chinese texts use -> values.

Arabic and full-width digits, Chinese numerals with place values (三百五十万), digit by digit
(二〇二四), decimals (一点二), with 廿 (20), 卅 (30), 两 (two), and mixtures (8.2万, 1亿3000万).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

# The 〇 of 二〇二四 is typed as several look-alikes; each is one character, so offsets hold.
_WIDE = str.maketrans("０１２３４５６７８９．／－～％○", "0123456789./-~%〇")
_NEEDS_NARROWING = re.compile("[０-９．／－～％○]")
_TOKEN = re.compile(
    r"([0-9]+(?:\.[0-9]+)?)|([〇零一二两三四五六七八九])|([十百千])|([万亿])|([廿卅])"
)
_POINT = "点"
_DECIMAL = re.compile("[〇零一二两三四五六七八九十百]+点[〇零一二三四五六七八九]{1,8}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_PLACE = {"十": 10, "百": 100, "千": 1000, "廿": 20, "卅": 30}
_WAN, _YI = 10**4, 10**8  # 万 (ten thousand), 亿 (hundred million)


def narrow(text: str) -> str:
    """``text`` with full-width digits and marks as ASCII; the length stays the same.

    >>> narrow("２０２４．０７")
    '2024.07'
    """
    return text.translate(_WIDE) if _NEEDS_NARROWING.search(text) else text


@lru_cache(maxsize=4096)
def number(text: str) -> int | float | None:
    """Value of a numeral, None when it is none (几, 数 and their like have no value).

    >>> number("8.2万"), number("二〇二四"), number("一百零五"), number("十点五"), number("几十")
    (82000, 2024, 105, 10.5, None)
    """
    text = narrow(text)
    if _GROUPED.match(text):
        text = text.replace(",", "")
    total, section, current = Decimal(0), Decimal(0), None
    at = 0
    decimal = _DECIMAL.match(text)
    if decimal:
        current, at = _decimal(decimal[0]), decimal.end()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return None
        arabic, digit, place, scale, tens = token.groups()
        if arabic:
            current = Decimal(arabic)
        elif digit:
            current = (current or Decimal(0)) * 10 + _DIGIT[digit]
        elif tens:
            section, current = section + _PLACE[tens], None
        elif place:
            section, current = section + (1 if current is None else current) * _PLACE[place], None
        else:
            total, section, current = _scaled(total, section, current, scale), Decimal(0), None
        at = token.end()
    return _plain(total + section + (current or 0)) if text else None


def _decimal(text: str) -> Decimal:
    """一点二 (1.2): the digits behind the point stand one by one."""
    whole, _, rest = text.partition(_POINT)
    digits = "".join(str(_DIGIT[c]) for c in rest)
    return Decimal(f"{number(whole) or 0}.{digits}")


def _scaled(total: Decimal, section: Decimal, current: Decimal | None, scale: str) -> Decimal:
    part = section + (current or 0)
    if not total and not part and current is None:
        part = Decimal(1)  # 亿 alone, as in 上亿 (a hundred million and more)
    if scale == "万":
        return total + part * _WAN
    return total + part * _YI if total >= _YI else (total + part) * _YI


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)

"""Dates: full dates and ranges of days as mastheads, notes and captions write them, as EDTF."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.edtf import valid

_NUMERALS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
}
_FULL = re.compile(
    r"(?P<year>[12][0-9]{3}|[一二][一二三四五六七八九〇○零]{3})[年\-./]"
    r"(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})[月\-./]"
    r"(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:日|(?![0-9]))"
    r"(?:(?:至|到|—|－|-|～)(?:(?P<to_month>[0-9]{1,2})月)?(?P<to_day>[0-9]{1,2})日)?"
)


def first_date(text: str) -> str:
    """The first full date or range of days in a text as EDTF, empty when there is none.

    >>> first_date("2019年4月8日至10日，会议举行"), first_date("二〇一九年十二月二十一日")
    ('2019-04-08/2019-04-10', '2019-12-21')
    """
    return next(_dates(text), "")


def last_date(text: str) -> str:
    """The last full date or range of days in a text as EDTF, empty when there is none."""
    return ("", *_dates(text))[-1]


def _dates(text: str) -> Iterator[str]:
    for match in _FULL.finditer(text):
        year = "".join(_NUMERALS.get(char, char) for char in match["year"])
        month, day = _number(match["month"]), _number(match["day"])
        found = begin = f"{year}-{month:02}-{day:02}"
        if match["to_day"]:
            to_month = int(match["to_month"] or month)
            found = f"{begin}/{year}-{to_month:02}-{int(match['to_day']):02}"
        if valid(found):
            yield found


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(_NUMERALS.get(text, "0") if len(text) == 1 else "0")
    return int(_NUMERALS.get(tens, "1")) * 10 + int(_NUMERALS.get(ones, "0"))

"""EDTF: the closed subset of ISO 8601-2 date strings that the graph uses, and its day bounds.

A date is ``2018``, ``2018-10`` or ``2018-10-22``, each with an optional ``~`` (about) or ``?``
(uncertain); a decade ``202X`` or a century ``20XX``; or a date whose year is not known:
``XXXX-10``, ``XXXX-10-23``, ``XXXX-XX-23``. An interval is two dates parted by ``/``; one of
them may be ``..`` (open) when the other has no ``X``.
"""

from __future__ import annotations

import re
from calendar import monthrange

_DATE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?[~?]?"
    r"|(?P<span>[0-9]{3}X|[0-9]{2}XX)"
    r"|XXXX-(?P<any_month>[0-9]{2})(?:-(?P<any_day>[0-9]{2}))?"
    r"|XXXX-XX-(?P<lone_day>[0-9]{2})",
    re.ASCII,
)
_LEAP = 2000  # stands in for an unknown year: February may have 29 days


def valid(text: str) -> bool:
    """Whether ``text`` is of the subset and each date in it is in the calendar.

    >>> valid("2012-11-08/.."), valid("XXXX-02-29"), valid("2018-02-29")
    (True, True, False)
    """
    if "/" not in text:
        return _bounds(text) is not None
    left, _, right = text.partition("/")
    ends = [("", "") if side == ".." else _bounds(side) for side in (left, right)]
    if ends[0] is None or ends[1] is None:
        return False
    if ".." in (left, right):
        return left != right and "X" not in text
    begin, end = ends[0][0], ends[1][1]
    return not (begin and end) or begin <= end


def bounds(text: str) -> tuple[str, str]:
    """First and last ISO day of a date or interval, ``""`` where open or not known.

    An approximate date has the bounds of the date it is written as. A text that is not
    valid has no bounds.

    >>> bounds("2020/2022-02"), bounds("../2020-12-31"), bounds("199X")
    (('2020-01-01', '2022-02-28'), ('', '2020-12-31'), ('1990-01-01', '1999-12-31'))
    """
    if not valid(text):
        return "", ""
    left, _, right = text.partition("/")
    begin = _bounds(left) or ("", "")
    end = _bounds(right or left) or ("", "")
    return begin[0], end[1]


def _bounds(text: str) -> tuple[str, str] | None:
    """Day bounds of one date, ``("", "")`` when its year is not known, None when not valid."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    part = match.groupdict()
    if part["span"]:
        first, last = part["span"].replace("X", "0"), part["span"].replace("X", "9")
        return None if first == "0000" else (f"{first}-01-01", f"{last}-12-31")
    if not part["year"]:
        month, day = int(part["any_month"] or 1), int(part["any_day"] or part["lone_day"] or 1)
        return ("", "") if _in_calendar(_LEAP, month, day) else None
    year, month, day = int(part["year"]), int(part["month"] or 1), int(part["day"] or 1)
    if not _in_calendar(year, month, day):
        return None
    last_month = month if part["month"] else 12
    last_day = day if part["day"] else monthrange(year, last_month)[1]
    return f"{year:04}-{month:02}-{day:02}", f"{year:04}-{last_month:02}-{last_day:02}"


def _in_calendar(year: int, month: int, day: int) -> bool:
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]

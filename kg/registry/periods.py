"""Periods: years, quarters and months, and which of them a document may be of."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass

from kg import edtf
from kg.errors import UsageError
from kg.registry.timeline import Dated

MONTHS = {"year": 12, "quarter": 3, "month": 1}  # in one period


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, ISO and inclusive, and how many documents are of it.

    ``documents`` lie in it whole; of ``perhaps`` the date is a window that reaches beyond it.
    """

    name: str  # 2018, 2018-Q4, 2018-10
    begin: str
    end: str
    documents: int = 0
    perhaps: int = 0


@dataclass(frozen=True, slots=True)
class Stay:
    """The periods that a document may be of, first and last; it is ``sure`` of no more than one."""

    low: int
    high: int
    sure: bool


@dataclass(frozen=True)
class Range:
    """The days that are asked for, ISO and inclusive; empty for no bound."""

    since: str = ""
    until: str = ""

    def holds(self, document: Dated) -> bool:
        """Whether all days that a document may be of lie inside."""
        return bool(
            (not self.since or (document.begin and document.begin >= self.since))
            and (not self.until or (document.end and document.end <= self.until))
        )

    def touches(self, document: Dated) -> bool:
        """Whether a document that has some date may be of a day inside."""
        return bool(
            document.dated
            and not (self.since and document.end and document.end < self.since)
            and not (self.until and document.begin and document.begin > self.until)
        )


def asked(since: str = "", until: str = "") -> Range:
    """The range from the first day of one date to the last day of another, both EDTF.

    Raises UsageError where one is no date, or the first comes after the second.
    """
    begin = days(since, "since")[0] if since else ""
    end = days(until, "until")[1] if until else ""
    if begin and end and begin > end:
        raise UsageError(f"{since} is later than {until}", "since, until", "give the earlier first")
    return Range(begin, end)


def days(date: str, where: str) -> tuple[str, str]:
    """First and last day of a year, month or day; raises UsageError for anything else."""
    begin, end = edtf.bounds(date)
    if not (begin and end) or "/" in date or "X" in date:
        raise UsageError(f"not a date: {date!r}", where, "give 2018, 2018-10 or 2018-10-22")
    return begin, end


def unit(by: str) -> int:
    """Months of a period called ``by``; raises UsageError for an unknown one."""
    if by not in MONTHS:
        raise UsageError(f"not a period: {by!r}", "by", f"give {', '.join(MONTHS)}")
    return MONTHS[by]


def numbered(day: str, by: str) -> int:
    """The number of the period that a day lies in, counted from year 0.

    >>> numbered("2018-10-22", "year"), numbered("2018-10-22", "month") % 12
    (2018, 9)
    """
    return (int(day[:4]) * 12 + int(day[5:7]) - 1) // unit(by)


def made(number: int, by: str, within: Range) -> Period:
    """The period of a number, cut to a range.

    >>> made(numbered("2018-10-22", "quarter"), "quarter", Range(until="2018-11-30"))
    Period(name='2018-Q4', begin='2018-10-01', end='2018-11-30', documents=0, perhaps=0)
    """
    size = unit(by)
    year, month = divmod(number * size, 12)
    name = f"{year:04}"
    if by == "quarter":
        name += f"-Q{month // 3 + 1}"
    elif by == "month":
        name += f"-{month + 1:02}"
    last = month + size
    begin = f"{year:04}-{month + 1:02}-01"
    end = f"{year:04}-{last:02}-{monthrange(year, last)[1]}"
    return Period(name, max(begin, within.since), min(end, within.until or end))


def stretch(documents: Iterable[Dated], by: str, within: Range) -> tuple[int, int]:
    """First and last period of the documents that may lie in a range; (0, -1) for none."""
    unit(by)
    found = [
        min(max(day, within.since), within.until or day)
        for document in documents
        if within.touches(document)
        for day in (document.begin, document.end)
        if day
    ]
    if not found:
        return 0, -1
    return numbered(min(found), by), numbered(max(found), by)


def stay(document: Dated, by: str, within: Range, ends: tuple[int, int]) -> Stay | None:
    """The periods between ``ends`` that a document may be of; None for none, or for no date."""
    if not within.touches(document):
        return None
    low = max(numbered(document.begin, by), ends[0]) if document.begin else ends[0]
    high = min(numbered(document.end, by), ends[1]) if document.end else ends[1]
    whole = bool(document.begin and document.end) and within.holds(document)
    return Stay(low, high, whole and low == high)

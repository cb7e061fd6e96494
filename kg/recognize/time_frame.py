"""Frame: the date from which 今年 (this year) and dates without a year are counted.

A document's date may be a day, a month, a year or a window of days; only what is certain for
the whole window is derived from it.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from kg import edtf
from kg.model import Anchor
from kg.recognize import time_values as values

# Dates between which a document may be written; beyond them the calendar would run out.
_EARLIEST, _LATEST = "1000-01-01", "2999-12-31"
_LATE, _EARLY = 9, 3  # a notice of October and later names January to March of the next year
_HALF_YEAR = 6  # months
_AT_HAND = 60  # days


@dataclass(frozen=True, slots=True)
class Frame:
    """The first and the last day on which the words may have been said or printed."""

    first: date
    last: date
    window: bool  # two bounds, not one date of less than day precision
    own: int | None = None  # the year in which months lie that are named without one

    @property
    def year(self) -> int | None:
        """The year, None when the window holds more than one."""
        return self.first.year if self.first.year == self.last.year else None

    @property
    def exact(self) -> bool:
        """Whether a day is known, or a window or month that is as good as one."""
        return self.window or (self.last - self.first).days <= 31

    def later(self, days: int) -> Frame:
        """The frame moved by ``days``; one of which only the year is known stays."""
        if not self.exact:
            return self
        step = timedelta(days=days)
        return Frame(self.first + step, self.last + step, self.window, self.own)

    @property
    def told(self) -> int | None:
        """The year that the document tells of."""
        return self.year if self.own is None else self.own

    def own_year(self, month: int) -> int | None:
        """The year of a month in a document that looks over one; early months may be the next's."""
        if self.own is None:
            return None
        late = self.own == self.last.year and self.exact and self.last.month > _LATE
        return self.own + (late and month <= _EARLY)

    @property
    def known(self) -> str:
        """EDTF of what is certain: a day, a month, a year, or nothing."""
        if self.first == self.last:
            return self.first.isoformat()
        if self.year is None:
            return ""
        return self.first.isoformat()[: 7 if self.first.month == self.last.month else 4]

    def year_of(self, month: int, day: int | None = None, *, ahead: bool = False) -> int | None:
        """Year of a date without one: the nearest not after the frame (``ahead``: not before)."""
        if self.own is not None:
            return self.own_year(month)
        if not self.exact:
            return self.year  # only the year is known: the date is in it
        ends = (self.first, self.last) if self.window else (self.first if ahead else self.last,)
        years = {_nearest(month, day, end, ahead) for end in ends}
        return years.pop() if len(years) == 1 else None

    def month_of(self, day: int, *, ahead: bool = False) -> tuple[int, int] | None:
        """Year and month of a lone day (22日): the nearest not after the frame, or not before."""
        if not self.window and self.first != self.last:
            return None
        found = {_nearest_month(day, end, ahead) for end in (self.first, self.last)}
        return found.pop() if len(found) == 1 else None

    def soon(self, month: int, day: int | None) -> bool:
        """Whether the next such date lies within half a year of the frame."""
        if not self.exact:
            return False
        year = _nearest(month, day, self.last, True)
        return 12 * (year - self.last.year) + month - self.last.month <= _HALF_YEAR

    def at_hand(self, month: int, day: int | None) -> bool:
        """Whether the day of the frame is known and such a date comes within two months: the
        one before it lies so far back that a writer would name its year."""
        if self.first != self.last:
            return False
        year = _nearest(month, day, self.last, True)
        coming = date(year, month, min(day or 1, monthrange(year, month)[1]))
        return 0 < (coming - self.last).days <= _AT_HAND

    def back(self, count: int, unit: str) -> str:
        """The interval of ``count`` units (Y, M, W, D) that ends with the frame."""
        return self._reach(-count, unit)

    def ahead(self, count: int, unit: str) -> str:
        """The interval of ``count`` units (Y, M, W, D) that begins with the frame."""
        return self._reach(count, unit)

    def _reach(self, count: int, unit: str) -> str:
        here = self.known
        if unit == "Y":
            here = here[:7]
        elif unit == "M":
            here = here[:7] if len(here) >= 7 else ""
        elif len(here) != 10:
            here = ""
        there = moved(here, count, unit)
        if not there:
            return ""
        return values.between(there, here) if count < 0 else values.between(here, there)

    def ago(self, count: int, unit: str) -> str:
        """The date ``count`` units before the frame, as precise as the unit."""
        keep = {"Y": 4, "M": 7, "W": 10, "D": 10}.get(unit, 0)
        here = self.known
        return moved(here[:keep], -count, unit) if keep and len(here) >= keep else ""

    def week(self, offset: int) -> str:
        """The week ``offset`` weeks from the frame's, Monday to Sunday."""
        if self.first != self.last:
            return ""
        monday = self.first + timedelta(days=7 * offset - self.first.weekday())
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def moved(value: str, count: int, unit: str) -> str:
    """A date of any precision, ``count`` units (Y, M, W, D) later; ``""`` when it cannot be."""
    if len(value) not in (4, 7, 10) or abs(count) > 9999:
        return ""
    if unit == "Y":
        year = int(value[:4]) + count
        if value[5:] == "02-29":
            value = value[:7]
        return values.checked(f"{year:04}{value[4:]}") if 0 < year <= 9999 else ""
    if unit == "M" and len(value) == 7:
        months = int(value[:4]) * 12 + int(value[5:7]) - 1 + count
        return values.day(months // 12, months % 12 + 1)
    if unit in ("W", "D") and len(value) == 10:
        return values.step(value, count * (7 if unit == "W" else 1))
    return ""


@lru_cache(maxsize=1024)
def frame(anchor: Anchor | None) -> Frame | None:
    """The frame of an anchor, None when there is none or it is open."""
    if anchor is None:
        return None
    first, last = edtf.bounds(anchor.edtf)
    if not first or not last or not _EARLIEST <= first <= last <= _LATEST:
        return None
    own = int(anchor.year) if anchor.year.isdigit() else None
    return Frame(date.fromisoformat(first), date.fromisoformat(last), "/" in anchor.edtf, own)


def _nearest(month: int, day: int | None, end: date, ahead: bool) -> int:
    here = (end.month, end.day if day else 0)
    there = (month, day or 0)
    if ahead:
        return end.year if there >= here else end.year + 1
    return end.year if there <= here else end.year - 1


def _nearest_month(day: int, end: date, ahead: bool) -> tuple[int, int]:
    year, month = end.year, end.month
    if ahead:
        while day > monthrange(year, month)[1] or (year, month, day) < (
            end.year,
            end.month,
            end.day,
        ):
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        return year, month
    while day > monthrange(year, month)[1] or (year, month, day) > (end.year, end.month, end.day):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        if (end.year - year) * 12 > 24:
            break
    return year, month

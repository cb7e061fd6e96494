"""Values: EDTF strings and ISO 8601 durations, built from parts and changed by tails.

Every function takes and gives EDTF of the subset of ``kg.edtf``; ``""`` means that the text
does not say enough for a value.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from kg import edtf

_QUARTERS = {
    "Q1": (1, 3),
    "Q2": (4, 6),
    "Q3": (7, 9),
    "Q4": (10, 12),
    "H1": (1, 6),
    "H2": (7, 12),
    "Q12": (1, 6),
    "Q13": (1, 9),
}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}
_TENS = {
    "first-ten": (1, 10),
    "mid-month": (11, 20),
    "last-ten": (21, 31),
    "first-twenty": (1, 20),
    "last-twenty": (11, 31),
}
# Where in a decade or century a word such as 初 (beginning) or 中叶 (middle) points.
_STAGES = {"begin": 0.0, "early": 0.0, "mid": 0.5, "middle": 0.5, "late": 1.0, "end": 1.0}


@lru_cache(maxsize=8192)
def day(year: int | None, month: int | None = None, of_month: int | None = None) -> str:
    """A date of any precision, ``""`` when it is not in the calendar.

    >>> day(2018, 10, 22), day(None, 10, 22), day(2018), day(2018, 2, 29)
    ('2018-10-22', 'XXXX-10-22', '2018', '')
    """
    text = f"{year:04}" if year is not None else "XXXX"
    if month is not None:
        text += f"-{month:02}"
    elif of_month is not None:
        text += "-XX"
    if of_month is not None:
        text += f"-{of_month:02}"
    return checked(text)


@lru_cache(maxsize=8192)
def checked(text: str) -> str:
    """``text`` when it is valid, else ``""``."""
    return text if text and edtf.valid(text) else ""


@lru_cache(maxsize=8192)
def bounds(text: str) -> tuple[str, str]:
    """Day bounds of a value, as ``kg.edtf.bounds``."""
    return edtf.bounds(text)


def between(left: str, right: str) -> str:
    """The interval from ``left`` to ``right``, ``""`` when it would run backwards."""
    begin, end = left.partition("/")[0], right.rpartition("/")[2]
    return checked(f"{begin}/{end}") if begin and end else ""


def since(value: str) -> str:
    """From the first day of ``value`` on: ``2018/..``; a decade or century gives its first year."""
    begin = value.partition("/")[0].rstrip("~?")
    if begin.endswith("X"):
        begin = bounds(begin)[0][:4]
    return checked(f"{begin}/..") if begin != ".." else ""


def after(value: str) -> str:
    """From the last date of ``value`` on."""
    end = value.rpartition("/")[2]
    if end.endswith("X"):
        end = bounds(end)[1][:4]
    return checked(f"{end}/..") if end != ".." else ""


def until(value: str) -> str:
    """Up to and with ``value``: an approximate one (the end of June) runs to its last day."""
    end = value.rpartition("/")[2]
    if end.endswith(("~", "X")):
        end = bounds(end)[1]
    return checked(f"../{end}") if end and end != ".." else ""


def before(value: str) -> str:
    """Before ``value``: a day or an end of a month counts itself, as deadlines do."""
    if "/" not in value and (value.endswith("~") or len(value) == 10):
        return until(value)
    first = bounds(value)[0]
    return checked(f"../{step(first, -1)}") if first else ""


def eve(value: str) -> str:
    """Shortly before the first day of ``value``: the day before it, about."""
    if value.startswith("XXXX-"):
        parts = value[5:10].split("-")
        ahead = date(2000, int(parts[0]), int(parts[1])) if len(parts) == 2 else None
        return f"XXXX-{ahead - timedelta(days=1):%m-%d}" if ahead else ""
    first = bounds(value)[0]
    return checked(f"{step(first, -1)}~") if first else ""


def about(value: str) -> str:
    """``value`` as an approximate date; a mask or an interval stays as it is."""
    return value if "/" in value or value[-1:] in ("X", "~") or "XXXX" in value else f"{value}~"


def step(iso: str, days: int) -> str:
    """The ISO day ``days`` after ``iso``."""
    try:
        return (date.fromisoformat(iso) + timedelta(days=days)).isoformat()
    except OverflowError:
        return ""


def part(value: str, name: str) -> str:
    """A part of a year, month, decade or century by the role of its tail.

    >>> part("2018", "H1"), part("2018", "end"), part("2018-06", "end"), part("199X", "begin")
    ('2018-01/2018-06', '2018-12~', '2018-06-30~', '1990~')
    """
    if value.endswith("X"):
        return _stage(value, name)
    if len(value) == 4:
        return _of_year(int(value), name)
    if len(value) == 7:
        return _of_month(value, name)
    begin, mark, end = value.partition("/")
    if mark and name in ("begin", "end"):  # 三季度末: the end of its last month
        return part(begin if name == "begin" else end, name)
    return ""


def _of_year(year: int, name: str) -> str:
    if name in _QUARTERS:
        first, last = _QUARTERS[name]
        return f"{day(year, first)}/{day(year, last)}"
    if name in _SEASONS:
        first, last = _SEASONS[name]
        return f"{day(year, first)}~/{day(year, last)}~"
    if name == "winter":
        return f"{day(year, 12)}~/{day(year + 1, 2)}~"
    if name in ("whole", "told-whole"):
        return day(year)
    months = {"begin": 1, "mid": 6, "end": 12}
    return f"{day(year, months[name])}~" if name in months else ""


def _of_month(value: str, name: str) -> str:
    unknown = value.startswith("XXXX")
    last = bounds(value.replace("XXXX", "2001"))[1][8:]
    if name in _TENS:
        low, high = _TENS[name]
        return checked(f"{value}-{low:02}/{value}-{min(high, int(last)):02}")
    if name in ("begin", "end"):
        edge = "01" if name == "begin" else last
        return checked(f"{value}-{edge}" + ("" if unknown else "~"))
    return ""


def _stage(value: str, name: str) -> str:
    low, high = (bound[:4] for bound in bounds(value))
    if not low:
        return ""
    half = (int(high) - int(low) + 1) // 2
    if name == "first-half":
        return f"{low}/{int(low) + half - 1:04}"
    if name == "second-half":
        return f"{int(low) + half:04}/{high}"
    if name not in _STAGES:
        return ""
    years = round((int(high) - int(low)) * _STAGES[name])
    if _STAGES[name] == 0.5:
        years = half
    return f"{int(low) + years:04}~"


def shifted(value: str, years: int) -> str:
    """A date of any precision, ``years`` later."""
    digits = value[:4]
    return checked(f"{int(digits) + years:04}{value[4:]}") if digits.isdigit() else ""


def together(*parts: str) -> str:
    """Durations from the greatest unit to the smallest, as one.

    >>> together("P3Y", "P6M"), together("P2D", "PT3H"), together("PT1H", "PT30M")
    ('P3Y6M', 'P2DT3H', 'PT1H30M')
    """
    days = "".join(part[1:] for part in parts if not part.startswith("PT"))
    hours = "".join(part[2:] for part in parts if part.startswith("PT"))
    return "P" + days + (f"T{hours}" if hours else "")


@lru_cache(maxsize=1024)
def duration(number: int | float, unit: str) -> str:
    """ISO 8601 duration of ``number`` units: Y, Q (quarter), M, W, D, H, MIN, S, C (century).

    >>> duration(3, "Y"), duration(1.5, "Y"), duration(0.5, "H"), duration(2, "Q")
    ('P3Y', 'P1Y6M', 'PT30M', 'P6M')
    """
    whole, rest = int(number), number - int(number)
    if unit == "C":
        return f"P{round(number * 100)}Y"
    if unit == "Q":
        return f"P{round(number * 3)}M"
    big, small, size = {
        "Y": ("P{}Y", "{}M", 12),
        "M": ("P{}M", "{}D", 30),
        "W": ("P{}W", "", 0),
        "D": ("P{}D", "T{}H", 24),
        "H": ("PT{}H", "{}M", 60),
        "MIN": ("PT{}M", "{}S", 60),
        "S": ("PT{}S", "", 0),
    }[unit]
    if rest and not size:
        return ""
    head = big.format(whole) if whole else big[: big.index("{")]
    if not rest:
        return head if whole else ""
    if not whole and head == "PT":
        small = small.removeprefix("T")
    return head + small.format(round(rest * size))

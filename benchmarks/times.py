"""Times and quantities beside JioNLP: right, wrong and missed on the case rows, and speed.

JioNLP is no dependency of this package; where it cannot be imported, its rows are left out. To
have them::

    python3 -m venv build/jionlp
    build/jionlp/bin/pip install --editable . jionlp
    build/jionlp/bin/python benchmarks/times.py

Part of ``make bench``. An expected expression is *right* when a reading that overlaps it has its
days (or its length, or its amount), *wrong* when all have others, *missed* when nothing overlaps
it; a *false hit* overlaps nothing that is expected. JioNLP is judged leniently: hours are ignored;
it has no open and no approximate values, so that of an open one only the end that is stated counts,
and of an approximate one (``2018-12~``) it is enough that the days meet; rows without an anchor
are read with one, and month and day alone must agree. Of quantities it reads amounts of money
only, and is asked for these alone.
"""

from __future__ import annotations

import logging
import re
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg import edtf
from kg.model import Amount, Anchor, Passage, Span, TimeValue
from kg.recognize.quantities import Quantities
from kg.recognize.times import Times

TESTS = Path(__file__).resolve().parent.parent / "tests"
TEXTS = (
    "dated",
    "dated_second",
    "dated_third",
    "held",
)  # documents of tests/quality dense with dates
BASE = "2020-06-15"  # for rows without an anchor: JioNLP needs one
MONEY = "元"
RUNS = 100
OPEN = "open"
ISO = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?"
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")

Row = dict[str, Any]
Bounds = tuple[float | None, float | None]


class Reading(NamedTuple):
    """A stretch of text as a system reads it: days, a length, or a number."""

    start: int
    end: int
    days: tuple[str, str] = ("", "")
    length: tuple[float, float] | None = None  # months, minutes
    bounds: Bounds = (None, None)


Read = Callable[[Row], Sequence[Reading]]
Agree = Callable[[Row, Any, Reading], bool]


def rows(name: str) -> list[Row]:
    """The case rows of ``times`` or ``quantities``."""
    found: list[Row] = tomllib.loads((TESTS / "cases" / f"{name}.toml").read_text("utf-8"))["case"]
    return found


def score(cases: Sequence[Row], read: Read, agree: Agree) -> Counter[str]:
    """Right, wrong, missed and false hits over all rows."""
    counts: Counter[str] = Counter()
    for row in cases:
        found, at, wanted = read(row), 0, []
        for item in row["expect"]:
            start = row["text"].index(item[0], at)
            at = start + len(item[0])
            wanted.append((start, at))
            over = [reading for reading in found if reading.start < at and start < reading.end]
            right = any(agree(row, item, reading) for reading in over)
            counts["right" if right else "wrong" if over else "missed"] += 1
        for reading in found:
            met = any(reading.start < end and start < reading.end for start, end in wanted)
            counts["false hits"] += not met
    return counts


def passage(row: Row) -> Passage:
    """A row's text as a passage of a document with its date."""
    given = row.get("anchor", "")
    anchor = Anchor(given, "manifest", row.get("year", "")) if given else None
    return Passage(Span(0, len(row["text"])), row["text"], anchor=anchor)


def our_times(row: Row) -> list[Reading]:
    """Times as kg reads them."""
    found = []
    for mention in Times().find(passage(row)):
        value = mention.detail
        assert isinstance(value, TimeValue)
        days, length = (value.begin, value.end), iso_length(value.duration)
        found.append(Reading(mention.span.start, mention.span.end, days, length))
    return found


def our_quantities(row: Row) -> list[Reading]:
    """Quantities as kg reads them."""
    found = []
    for mention in Quantities().find(passage(row)):
        amount = mention.detail
        assert isinstance(amount, Amount)
        exact = amount.value is not None
        bounds = (amount.value, amount.value) if exact else (amount.low, amount.high)
        found.append(Reading(mention.span.start, mention.span.end, bounds=bounds))
    return found


def their_times(package: Any, row: Row) -> list[Reading]:
    """Times as JioNLP reads them."""
    year, month, day = (edtf.bounds(row.get("anchor", ""))[1] or BASE).split("-")
    base = {"year": int(year), "month": int(month), "day": int(day)}
    found = []
    for hit in package.ner.extract_time(row["text"], time_base=base, with_parsing=True) or ():
        start, end = hit["offset"]
        moment = hit["detail"]["time"]
        if isinstance(moment, dict):
            found.append(Reading(start, end, length=delta(moment.get("delta", moment))))
        else:
            first, last = (str(side)[:10] for side in moment)
            found.append(Reading(start, end, (first, last)))
    return found


def their_money(package: Any, row: Row) -> list[Reading]:
    """Amounts of money as JioNLP reads them."""
    found = []
    for hit in package.ner.extract_money(row["text"], with_parsing=True) or ():
        number = hit["detail"]["num"]
        low, high = number if isinstance(number, list) else (number, number)
        bounds = (float(low) if low else None, float(high) if high else None)
        found.append(Reading(*hit["offset"], bounds=bounds))
    return found


def iso_length(text: str) -> tuple[float, float] | None:
    """Months and minutes of an ISO 8601 duration or recurrence."""
    match = ISO.fullmatch(text.removeprefix("R/")) if text else None
    if match is None:
        return None
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
    return years * 12 + months, ((weeks * 7 + days) * 24 + hours) * 60 + minutes


def delta(parts: Any) -> tuple[float, float] | None:
    """Months and minutes of a length that JioNLP gives."""
    if not isinstance(parts, dict):
        return None
    one = {key: value[0] if isinstance(value, list) else value for key, value in parts.items()}
    months = one.get("year", 0) * 12 + one.get("month", 0)
    days = one.get("day", 0) + one.get("workday", 0) + one.get("week", 0) * 7
    return months, (days * 24 + one.get("hour", 0)) * 60 + one.get("minute", 0)


def same_time(row: Row, item: Any, reading: Reading) -> bool:
    """Whether a reading has the days, or the length, that a row expects."""
    length = iso_length(item[1])
    if length is not None:
        return reading.length == length
    return reading.length is None and reading.days == edtf.bounds(item[1])


def near_time(row: Row, item: Any, reading: Reading) -> bool:
    """The lenient judgment; see the head of this file."""
    value, (first, last) = item[1], reading.days
    if same_time(row, item, reading):
        return True
    begin, end = edtf.bounds(value)
    if not first or iso_length(value) is not None:
        return False
    if value.startswith("XXXX"):
        parts = zip(value[5:].split("-"), first[5:].split("-"), strict=False)
        return all(part in ("XX", got) for part, got in parts)
    if value.endswith(".."):
        return first == begin
    if value.startswith(".."):
        return last == end
    return "~" in value and first <= end and begin <= last


def same_amount(row: Row, item: Any, reading: Reading) -> bool:
    """Whether a reading has the number, or the bounds, that a row expects."""
    wanted = item[1] if isinstance(item[1], list) else [item[1]] * 2
    return all(
        (want is None or want == OPEN) == (got is None)
        and (got is None or abs(got - want) <= 1e-6 * abs(want))
        for want, got in zip(wanted, reading.bounds, strict=True)
    )


def near_amount(row: Row, item: Any, reading: Reading) -> bool:
    """As ``same_amount``; of an open or approximate number, the number that is written counts."""
    if same_amount(row, item, reading):
        return True
    wanted = item[1] if isinstance(item[1], list) else [item[1]]
    stated = next(want for want in wanted if want != OPEN)
    return len(wanted) > 1 and stated in reading.bounds


def of_money(cases: Sequence[Row]) -> list[Row]:
    """The rows that speak of money, with these amounts alone."""
    some = [
        {**row, "expect": [item for item in row["expect"] if item[2].endswith(MONEY)]}
        for row in cases
    ]
    return [row for row in some if row["expect"]]


def lines(folder: str) -> list[Row]:
    """The lines of a folder of tests/quality, as rows."""
    files = sorted((TESTS / "quality" / folder).glob("*.txt"))
    texts = [line for path in files for line in path.read_text("utf-8").splitlines() if line]
    return [{"text": text, "anchor": BASE} for text in texts]


def joined(cases: Sequence[Row]) -> list[Row]:
    """Rows joined to paragraphs of 200 characters and more, each with the first of their dates."""
    found: list[Row] = []
    for row in cases:
        if not found or len(found[-1]["text"]) >= 200:
            found.append({"text": "", "anchor": ""})
        found[-1]["text"] += row["text"]
        found[-1]["anchor"] = found[-1]["anchor"] or row.get("anchor", "")
    return found


def rates(given: Sequence[Row]) -> tuple[float, float]:
    """Characters per second of times, and of quantities where the times are known: best runs.

    Quantities do not read what is a time, so the recognizer of quantities asks for the times of
    its passage; in a build they have just been read.
    """
    passages = [passage(row) for row in given]
    times, quantities = Times(), Quantities()
    alone = fastest(lambda: [list(times.find(one)) for one in passages])
    both = fastest(lambda: [[*times.find(one), *quantities.find(one)] for one in passages])
    size = sum(len(row["text"]) for row in given)
    return size / alone, size / max(both - alone, 1e-9)


def fastest(work: Callable[[], object], runs: int = RUNS) -> float:
    """Seconds of one core, the least of some runs: other work on the machine only adds."""
    spent = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return min(spent)


def jionlp() -> Any:
    """JioNLP, None where it is not installed."""
    try:
        import jionlp as package
    except ImportError:
        return None
    logging.disable(logging.CRITICAL)
    return package


def tables(package: Any) -> Iterator[tuple[str, str, Counter[str]]]:
    """What is compared, the system, its counts."""
    times, quantities = rows("times"), rows("quantities")
    money = of_money(quantities)
    yield "times", "kg", score(times, our_times, same_time)
    if package is not None:
        yield "times", "JioNLP", score(times, lambda r: their_times(package, r), near_time)
    yield "quantities", "kg", score(quantities, our_quantities, same_amount)
    yield "of these, money", "kg", score(money, our_quantities, same_amount)
    if package is not None:
        found = score(money, lambda r: their_money(package, r), near_amount)
        yield "of these, money", "JioNLP", found


def main() -> None:
    """Print both tables."""
    package = jionlp()
    kinds = ("right", "wrong", "missed", "false hits")
    show("case rows", "", *kinds)
    for what, system, counts in tables(package):
        false = "-" if "money" in what else str(counts["false hits"])
        show(what, system, *(str(counts[kind]) for kind in kinds[:3]), false)
    print()
    show("characters/s", "", "times", "quantities", "JioNLP times", "in 1,000")
    texts = [(f"rows of {name}", joined(rows(name))) for name in ("times", "quantities")]
    texts += [(folder, lines(folder)) for folder in TEXTS]
    for name, given in texts:
        ours = [f"{one:,.0f}" for one in rates(given)]
        size = sum(len(row["text"]) for row in given)
        theirs = "-"
        if package is not None:
            theirs = (
                f"{size / fastest(lambda g=given: [their_times(package, r) for r in g], 3):,.0f}"
            )
        count = sum(len(our_times(row)) + len(our_quantities(row)) for row in given)
        show(name, "", *ours, theirs, f"{1000 * count / size:.0f}")
    if package is None:
        print("JioNLP is not installed; how to have its rows: the head of benchmarks/times.py")


def show(what: str, system: str, *cells: str) -> None:
    print(f"{what:<20}{system:<8}" + "".join(f"{cell:>14}" for cell in cells))


if __name__ == "__main__":
    main()

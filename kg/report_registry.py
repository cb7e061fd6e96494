"""Report of the registry: formulas, spirits and their life in time, as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from unicodedata import combining, east_asian_width

import networkx as nx

from kg import report
from kg.registry.changes import Change, Changes
from kg.registry.entries import STATUSES, Entry, Listing, difference, entries, period, summary, why
from kg.registry.timeline import Appearance
from kg.registry.trends import Trend, Trends, appearance_data

SHOWN = 40  # formulas that the summary of a build tells one by one
PLACES = 20  # documents that an entry names before the rest is counted
BARS = " ▁▂▃▄▅▆▇█"
HEAD = ("name", "announced", "found", "status", "documents", "first seen", "last seen")


def build_summary(built: nx.MultiDiGraph) -> Iterator[str]:
    """The section of a build: counts by status, each formula with a list, the others by name."""
    found = entries(built)
    if not found:
        return
    counts = Counter(entry.status for entry in found)
    said = ", ".join(f"{counts[status]} {status}" for status in STATUSES if counts[status])
    yield f"Formulas 提法: {said}"
    listed = [entry for entry in found if entry.status != "unlisted"]
    for entry in listed[:SHOWN]:
        yield f"  {summary(entry)}{' [inferred]' if entry.listing.inferred else ''}"
        if reason := why(entry):
            yield f"      {reason}"
    if len(listed) > SHOWN:
        yield f"  … and {len(listed) - SHOWN} more with a list"
    bare = [f"{entry.name} {entry.number or '?'}" for entry in found if entry.status == "unlisted"]
    if bare:
        more = f" … and {len(bare) - SHOWN} more" if len(bare) > SHOWN else ""
        yield f"  named without a list 未列举: {', '.join(bare[:SHOWN])}{more}"
    if more_than := max(len(listed), len(bare)) > SHOWN and "kg formulas lists them all":
        yield f"  {more_than}"


def table(found: Sequence[Entry]) -> Iterator[str]:
    """One line a formula or spirit: what ``HEAD`` names, in columns."""
    rows = [HEAD, *map(_row, found)]
    sizes = [max(width(row[at]) for row in rows) for at in range(len(HEAD))]
    for row in rows:
        cells = (cell + " " * (size - width(cell)) for cell, size in zip(row, sizes, strict=True))
        yield "  ".join(cells).rstrip()


def entry_lines(built: nx.MultiDiGraph, entry: Entry) -> Iterator[str]:
    """All of one formula or spirit: members with quotes, versions by date, where it is named."""
    yield summary(entry)
    if reason := why(entry):
        yield f"  {reason}"
    life = entry.life
    yield f"  first seen {appeared(life.first)}; last seen {appeared(life.last)}"
    undated = f", {life.undated} of them undated" if life.undated else ""
    where = _counted(len(life.documents), "document")
    yield f"  named {_counted(life.mentions, 'time')} in {where}{undated}"
    if entry.found:
        when = period(entry.listing)
        yield f"Members 成员 ({when}, by {', '.join(entry.listing.rules)}):"
        for member in entry.listing.members:
            mark = f" [inferred: {member.rule}]" if member.inferred else ""
            yield f"  {member.position or '·'}. {member.name}{mark}"
            yield from (f"       {report.quote(built, e)}" for e in member.evidence[: report.SHOWN])
            if len(member.evidence) > report.SHOWN:
                yield f"       … and {len(member.evidence) - report.SHOWN} more"
    if entry.versions:
        yield "Versions 版本:"
        yield from _versions(entry)
    yield "Named in 提及:"
    for document in life.documents[:PLACES]:
        times = _counted(life.counts[document.id], "time")
        yield f"  {document.when}  {document.path}  {times}"
    if len(life.documents) > PLACES:
        yield f"  … and {len(life.documents) - PLACES} more"


def entry_data(built: nx.MultiDiGraph, entry: Entry) -> Mapping[str, Any]:
    """What ``entry_lines`` says, for programs."""
    return {
        "id": entry.entity.id,
        "name": entry.name,
        "kind": entry.entity.kind,
        "announced": entry.number,
        "found": entry.found,
        "status": entry.status,
        "why": why(entry),
        "first": appearance_data(entry.life.first),
        "last": appearance_data(entry.life.last),
        "mentions": entry.life.mentions,
        "documents": [
            {"document": d.path, "date": d.date, "mentions": entry.life.counts[d.id]}
            for d in entry.life.documents
        ],
        "list": _listing_data(built, entry.listing),
        "versions": [_listing_data(built, version) for version in entry.versions],
    }


def trend_lines(found: Trends, *, each: bool = False) -> Iterator[str]:
    """Trends: one line a thing with a bar a period, or with ``each`` a line a period."""
    dated = sum(period.documents for period in found.periods)
    if not found.periods:
        yield f"no document of this time is dated, {found.undated} have no date"
        yield 'dates may stand in manifest.toml beside the documents: issued = "2018-10-22"'
        return
    yield (
        f"{found.periods[0].name} to {found.periods[-1].name}: "
        f"{_counted(dated, 'document')} dated within one {found.by}, {found.undated} undated"
    )
    if any(period.perhaps for period in found.periods):
        yield f"? stands for documents whose date is a window over more than one {found.by}"
    if each:
        for row in found.rows:
            yield from _trend(found, row)
        return
    size = max((width(row.name) for row in found.rows), default=0)
    for row in found.rows:
        bars = "".join(_bar(found, row, at) for at in range(len(found.periods)))
        pad = " " * (size - width(row.name))
        yield f"{row.name}{pad}  {bars}  {_total(row)}  {_ends(row)}"


def change_lines(found: Changes) -> Iterator[str]:
    """Newcomers and drop-outs."""
    earlier = _counted(found.earlier, "document")
    yield f"{earlier} up to {found.start}, {found.later} from {found.end} on"
    parts = (
        ("Newcomers 新增", found.newcomers, found.earlier, f"no document up to {found.start}"),
        ("Drop-outs 消失", found.dropouts, found.later, f"no document from {found.end} on"),
    )
    for title, listed, known, lack in parts:
        yield f"{title} ({len(listed)}):" if known else f"{title}: {lack}, so nothing can be told"
        yield from map(_change, listed)


def appeared(appearance: Appearance | None) -> str:
    """A first or last appearance: date, document, and a sign where another may go before it."""
    if appearance is None:
        return "in no dated document"
    doubt = "" if appearance.sure else " (?)"
    return f"{appearance.document.when}{doubt} in {appearance.document.path}"


def width(text: str) -> int:
    """Columns that a text fills in a terminal.

    >>> width("三个贯通 4")
    10
    """
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _row(entry: Entry) -> tuple[str, ...]:
    first, last = (
        found.document.date + ("" if found.sure else "?") if found else "undated"
        for found in (entry.life.first, entry.life.last)
    )
    number = "" if not entry.status else "?" if entry.number is None else str(entry.number)
    inferred = "*" if entry.listing.inferred else ""
    return (
        entry.name, number, f"{entry.found}{inferred}", entry.status or "spirit",
        str(len(entry.life.documents)), first, last,
    )  # fmt: skip


def _versions(entry: Entry) -> Iterator[str]:
    before: Listing | None = None
    for version in entry.versions:
        force = " (in force)" if version.id == entry.listing.id else ""
        change = f"  {difference(before.names, version.names)}" if before else ""
        yield f"  {period(version)}{force}: {'、'.join(version.names)}{change}"
        for document in version.documents[:PLACES]:
            yield f"       {document.when}  {document.path}"
        if len(version.documents) > PLACES:
            yield f"       … and {len(version.documents) - PLACES} more"
        before = version


def _listing_data(built: nx.MultiDiGraph, listing: Listing) -> Mapping[str, Any]:
    return {
        "from": listing.begin,
        "until": listing.end,
        "documents": [document.path for document in listing.documents],
        "inferred": listing.inferred,
        "members": [
            {
                "position": member.position, "id": member.id, "name": member.name,
                "rule": member.rule, "inferred": member.inferred,
                "evidence": [report.evidence_data(built, e) for e in member.evidence],
            }
            for member in listing.members
        ],
    }  # fmt: skip


def _trend(found: Trends, row: Trend) -> Iterator[str]:
    first, last = appeared(row.life.first), appeared(row.life.last)
    yield f"{row.name}: {_total(row)}; first {first}, last {last}"
    for at, period_ in enumerate(found.periods):
        whole, perhaps = row.counts.get(at, (0, 0))
        share = found.share(row, at)
        said = "    –" if share is None else f"{share:>5.0%}"
        bar = "█" * round(20 * (share or 0))
        counts = f"{_more(whole, perhaps)} of {_more(period_.documents, period_.perhaps)}"
        yield f"  {period_.name}  {said}  {counts}  {bar}".rstrip()


def _bar(found: Trends, row: Trend, at: int) -> str:
    """One sign for the share of a period: a dot where no document is of it."""
    share = found.share(row, at)
    if share is None:
        return "?" if at in row.counts else "·"
    return BARS[0 if share == 0 else max(1, round(share * (len(BARS) - 1)))]


def _total(row: Trend) -> str:
    undated = f", {row.undated} undated" if row.undated else ""
    documents = "document" if (row.documents, row.perhaps) == (1, 0) else "documents"
    return f"{_more(row.documents, row.perhaps)} {documents}{undated}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _more(whole: int, perhaps: int) -> str:
    return f"{whole} +{perhaps}?" if perhaps else str(whole)


def _ends(row: Trend) -> str:
    first, last = row.life.first, row.life.last
    if first is None or last is None:
        return appeared(first or last)
    dates = [found.document.date + ("" if found.sure else "?") for found in (first, last)]
    return " to ".join(dict.fromkeys(dates))


def _change(change: Change) -> str:
    doubt = "" if change.sure else "  perhaps: a window or an undated document may say else"
    first, last = change.life.first, change.life.last
    dates = [found.document.date for found in (first, last) if found]
    return f"  {change.name}  {' to '.join(dict.fromkeys(dates))}{doubt}"

"""Trends: the life of formulations over dated documents, period by period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg import graph as graphs
from kg.model import Entity
from kg.registry import periods
from kg.registry.frames import frame
from kg.registry.periods import Period, Range, Stay
from kg.registry.timeline import Appearance, Dated, Life, documents, life

if TYPE_CHECKING:
    import pandas

KINDS = ("Formula", "Spirit")
FORMAT = 1


@dataclass(frozen=True)
class Trend:
    """How many documents name a thing, in all and in each period.

    ``documents`` lie in the range that is asked for, of ``perhaps`` the date is a window that
    reaches beyond it, ``undated`` have no date. ``counts`` maps the place of a period to
    (documents, perhaps) where one of them is not 0. ``life`` is that of the whole corpus.
    """

    name: str
    id: str
    kind: str
    life: Life
    documents: int
    perhaps: int
    undated: int
    counts: Mapping[int, tuple[int, int]]


@dataclass(frozen=True)
class Trends:
    """Trends of several things over the same periods, without gaps.

    ``undated`` counts the documents that no period can hold. Rows are in order of first
    appearance, those without one last, then of name.
    """

    by: str
    since: str
    until: str
    periods: tuple[Period, ...]
    undated: int
    rows: tuple[Trend, ...]

    def share(self, row: Trend, place: int) -> float | None:
        """Share of the documents of a period that name a thing, in [0, 1].

        Only documents that lie in the period whole count; None where there is none.
        """
        whole = self.periods[place].documents
        return row.counts.get(place, (0, 0))[0] / whole if whole else None

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame of one row a thing and period: documents, perhaps, of, share.

        ``of`` is the number of documents of the period. Raises UsageError without pandas.
        """
        table = [
            (row.name, row.id, row.kind, period.name, *row.counts.get(place, (0, 0)),
             period.documents, self.share(row, place))
            for row in self.rows
            for place, period in enumerate(self.periods)
        ]  # fmt: skip
        columns = ["name", "id", "kind", "period", "documents", "perhaps", "of", "share"]
        return frame(table, columns)


def trends(
    graph: nx.MultiDiGraph,
    by: str = "year",
    since: str = "",
    until: str = "",
    *,
    ids: Iterable[str] | None = None,
    kinds: Sequence[str] = KINDS,
) -> Trends:
    """The life of every formula and spirit, or of the things of ``ids`` or of other ``kinds``.

    ``by`` is year, quarter or month; ``since`` and ``until`` are EDTF dates, inclusive. A
    document counts in a period when all days that it may be of lie in it; one whose date is a
    window over several periods, or over the end of the range, counts as ``perhaps`` in each;
    one without a date is counted apart. Raises UsageError for a bad period or date.
    """
    within = periods.asked(since, until)
    timeline = documents(graph)
    ends = periods.stretch(timeline, by, within)
    stays = {d.id: periods.stay(d, by, within, ends) for d in timeline}
    lived = lives(graph, {d.id: d for d in timeline}, ids, kinds)
    rows = [_trend(entity, lived, stays, within, ends[0]) for entity, lived in lived]
    if ids is None:
        rows = [row for row in rows if row.documents or row.perhaps or not (since or until)]
    undated = sum(not document.dated for document in timeline)
    return Trends(by, since, until, _filled(stays, by, within, ends), undated, tuple(rows))


def as_data(found: Trends) -> dict[str, Any]:
    """Trends for programs; what the file ``trends.json`` holds.

    ``periods`` is a list of {name, begin, end, documents, perhaps}: documents that lie in the
    period whole, and documents whose date is a window that reaches beyond it. ``undated`` counts
    those without a date. ``formulations`` is a list of {id, name, kind, first, last, documents,
    perhaps, undated, counts}: ``first`` and ``last`` are {date, document, sure} or null;
    ``counts`` is a list of [place of the period from 0, documents, perhaps] of the periods that
    have any. The share of a period is counts' documents by the period's documents.
    """
    return {
        "format": FORMAT,
        "by": found.by,
        "since": found.since,
        "until": found.until,
        "periods": [
            {"name": p.name, "begin": p.begin, "end": p.end, "documents": p.documents,
             "perhaps": p.perhaps}
            for p in found.periods
        ],
        "undated": found.undated,
        "formulations": [
            {
                "id": row.id, "name": row.name, "kind": row.kind,
                "first": appearance_data(row.life.first), "last": appearance_data(row.life.last),
                "documents": row.documents, "perhaps": row.perhaps, "undated": row.undated,
                "counts": [[place, *count] for place, count in sorted(row.counts.items())],
            }
            for row in found.rows
        ],
    }  # fmt: skip


def appearance_data(appearance: Appearance | None) -> dict[str, Any] | None:
    """An appearance for programs: date (EDTF), document (path), whether it is sure."""
    if appearance is None:
        return None
    document = appearance.document
    return {"date": document.date, "document": document.path, "sure": appearance.sure}


def lives(
    graph: nx.MultiDiGraph,
    timeline: Mapping[str, Dated],
    ids: Iterable[str] | None,
    kinds: Sequence[str],
) -> list[tuple[Entity, Life]]:
    """Things and their lives, by first appearance, then name."""
    if ids is None:
        found = list(graphs.entities(graph, *kinds))
    else:
        found = [graphs.entity(graph, ident) for ident in ids]
    lived = [(entity, life(entity, timeline)) for entity in found]
    return sorted(lived, key=lambda pair: (_since(pair[1]), pair[0].name, pair[0].id))


def _since(lived: Life) -> str:
    return lived.first.document.begin if lived.first else "~"


def _trend(
    entity: Entity, lived: Life, stays: Mapping[str, Stay | None], within: Range, low: int
) -> Trend:
    counts: dict[int, tuple[int, int]] = {}
    inside = touching = 0
    for document in lived.documents:
        place = stays[document.id]
        if place is None:
            continue
        inside, touching = inside + within.holds(document), touching + 1
        for number in range(place.low, place.high + 1):
            whole, perhaps = counts.get(number - low, (0, 0))
            counts[number - low] = (whole + place.sure, perhaps + (not place.sure))
    return Trend(
        entity.name, entity.id, entity.kind, lived, inside, touching - inside, lived.undated, counts
    )


def _filled(
    stays: Mapping[str, Stay | None], by: str, within: Range, ends: tuple[int, int]
) -> tuple[Period, ...]:
    """The periods between the ends, with their documents counted."""
    size = ends[1] - ends[0] + 1
    whole, perhaps = [0] * size, [0] * size
    for place in filter(None, stays.values()):
        for number in range(place.low, place.high + 1):
            (whole if place.sure else perhaps)[number - ends[0]] += 1
    return tuple(
        replace(periods.made(ends[0] + at, by, within), documents=whole[at], perhaps=perhaps[at])
        for at in range(size)
    )

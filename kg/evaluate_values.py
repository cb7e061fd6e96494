"""Values: scores of dates and of figures, place by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg import graph as graphs
from kg.evaluate_compare import Score, Section, close, share
from kg.evaluate_entities import paths
from kg.model import Evidence, Scalar

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dated:
    """A place in a text that stands for a date; ``value`` is None when it has several."""

    begin: int
    end: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A place in a text that states a figure: its number, or its bounds."""

    begin: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    unit: str


def times(graph: nx.MultiDiGraph, gold: Sequence[Row]) -> Section:
    """Dates found and valued right, with and without eras; dates where the key has none."""
    found = _dated(graph)
    documents = {row["doc"] for row in gold}
    scores: dict[str, Score] = {}
    differences: list[str] = []
    choices: dict[str, Callable[[Row], bool]] = {
        "all": lambda row: True,
        "without eras": lambda row: bool(row["kind"] != "era"),
    }
    strange = [
        place
        for document in sorted(documents)
        for place in found[document]
        if not any(row["doc"] == document and _over(row, place) for row in gold)
    ]
    for label, wanted in choices.items():
        need = [row for row in gold if wanted(row) and not row.get("optional")]
        hit = right = 0
        for row in need:
            over = [place for place in found[row["doc"]] if _over(row, place)]
            good = any(place.value in (row["edtf"], *row.get("alt", ())) for place in over)
            hit += bool(over)
            right += good
            if not good and label == "all":
                has = [place.value for place in over]
                differences.append(f"{_name(row)} wants {row['edtf']} has {has}")
        scores[label] = {
            "required": len(need), "found": hit, "value right": right, "spurious": len(strange),
            "recall": share(hit, len(need)), "right": share(right, len(need)),
        }  # fmt: skip
    differences += [f"spurious {place}" for place in strange]
    return Section(scores, differences)


def quantities(graph: nx.MultiDiGraph, gold: Sequence[Row]) -> Section:
    """Figures found and valued right; figures where the key has none or another value."""
    found = _figures(graph)
    need = [row for row in gold if not row.get("optional") and not row.get("ordinal")]
    hit = right = spurious = wrong = 0
    differences = []
    for row in need:
        over = [figure for figure in found[row["doc"]] if _over(row, figure)]
        good = any(_agrees(row, figure) for figure in over)
        hit += bool(over)
        right += good
        if not good:
            differences.append(f"{_name(row)} wants {row['value']} {row['unit']} has {over}")
    for document in sorted({row["doc"] for row in gold}):
        for figure in found[document]:
            rows = [row for row in gold if row["doc"] == document and _over(row, figure)]
            spurious += not rows
            wrong += bool(rows) and not any(_agrees(row, figure) for row in rows)
    scores: dict[str, Score] = {
        "required": len(need), "found": hit, "value right": right, "spurious": spurious,
        "valued wrong": wrong, "recall": share(hit, len(need)), "right": share(right, len(need)),
    }  # fmt: skip
    return Section(scores, differences)


def _over(row: Row, place: Dated | Figure) -> bool:
    return bool(place.begin < row["end"] and row["start"] < place.end)


def _name(row: Row) -> str:
    return f"{row['doc'][:3]} {row['start']} {row['text']!r}"


def _agrees(row: Row, figure: Figure) -> bool:
    """A number wants that number (or both bounds equal to it), a pair wants these bounds."""

    def fits(want: Any) -> bool:
        if isinstance(want, list):
            return close(figure.low, want[0]) and close(figure.high, want[1])
        if close(figure.value, want):
            return True
        return figure.value is None and close(figure.low, want) and close(figure.high, want)

    return any(fits(want) for want in (row["value"], *row.get("alt", ())))


def _dated(graph: nx.MultiDiGraph) -> Mapping[str, list[Dated]]:
    path = paths(graph)
    values: dict[tuple[str, int, int, str], set[str]] = defaultdict(set)
    for time in graphs.entities(graph, "Time"):
        for field in ("edtf", "isoDuration"):
            value = str(time.attributes.get(field, ""))
            if value:
                for place in time.mentions:
                    values[_key(place, path, field)].add(value)
    found: dict[str, list[Dated]] = defaultdict(list)
    for (document, begin, end, _), given in sorted(values.items()):
        found[document].append(Dated(begin, end, min(given) if len(given) == 1 else None))
    return found


def _key(place: Evidence, path: Mapping[str, str], field: str) -> tuple[str, int, int, str]:
    return path.get(place.document_id, place.document_id), place.begin, place.end, field


def _figures(graph: nx.MultiDiGraph) -> Mapping[str, list[Figure]]:
    path = paths(graph)
    found: dict[str, list[Figure]] = defaultdict(list)
    for statistic in graphs.entities(graph, "Statistic"):
        given = statistic.attributes
        value, low, high = (_number(given.get(k)) for k in ("baseValue", "minValue", "maxValue"))
        unit = str(given.get("unitText", ""))
        places: Iterable[Evidence] = statistic.mentions or [
            place
            for part in graphs.outgoing(graph, statistic.id)
            if not part.inferred
            for place in part.evidence
        ]
        for place in dict.fromkeys(places):
            document = path.get(place.document_id, place.document_id)
            found[document].append(Figure(place.begin, place.end, value, low, high, unit))
    return found


def _number(value: Scalar | None) -> float | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        return float(value)
    except ValueError:
        return None

"""Statistics: every figure of the corpus as a row: how much of what, whose, when, against what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import numeric

import networkx as nx

from kg import graph as graphs
from kg.export.tables_csv import table
from kg.model import Entity, Relation, Scalar
from kg.settings import Settings

COLUMNS = (
    "id", "number", "unit", "value", "min", "max", "approximate", "what", "who", "when", "place",
    "change", "against", "base", "inferred", "document", "quote", "begin", "end",
)  # fmt: skip

_PERCENT = "百分之"  # its unit is %


@dataclass(frozen=True, slots=True)
class Figure:
    """One place of a text that states a figure.

    ``number`` and ``unit`` are as written (超过1.4, 亿人次), ``value``, ``low`` and ``high`` in
    base units. ``change`` is up or down where the number is the amount of a change, ``against``
    with what it is compared, as written, ``base`` the time of that. ``when`` and ``base`` are
    EDTF; ``inferred``: ``when`` stands in a sentence before. ``begin`` and ``end`` count code
    points of the raw text. ``about`` are the ids of all nodes that the figure is linked to.
    """

    id: str
    number: str
    unit: str
    value: Scalar
    low: Scalar
    high: Scalar
    approximate: bool
    what: str
    who: tuple[str, ...]
    when: str
    place: str
    change: str
    against: str
    base: str
    inferred: bool
    document: str
    quote: str
    begin: int
    end: int
    about: frozenset[str]

    def cells(self) -> tuple[Scalar, ...]:
        """The row of the table."""
        return (
            self.id, self.number, self.unit, self.value, self.low, self.high,
            "true" if self.approximate else "", self.what, "; ".join(self.who), self.when,
            self.place, self.change, self.against, self.base, "true" if self.inferred else "",
            self.document, self.quote, self.begin, self.end,
        )  # fmt: skip

    @property
    def wording(self) -> str:
        """The figure for a reader: ≥5.5%, 超过1.4亿人次, 8.1% [up 比2012年]."""
        unit = "" if self.number.startswith(_PERCENT) else self.unit
        moved = " ".join(part for part in (self.change, self.against) if part)
        return f"{self._sign}{self.number}{unit}" + (f" [{moved}]" if moved else "")

    @property
    def _sign(self) -> str:
        """Whether the number is a bound or not exact; 超过1.4 (more than 1.4) says so itself."""
        if not self.number or numeric(self.number[0], None) is None:
            return ""
        if self.value != "":
            return "≈" if self.approximate else ""
        if self.low != "" and self.high != "":
            return ""
        return "≥" if self.low != "" else "≤" if self.high != "" else ""


def figures(graph: nx.MultiDiGraph) -> Iterator[Figure]:
    """Every place that states a figure, by path and offset."""
    paths = {
        e.id: str(e.attributes.get("path", e.name)) for e in graphs.entities(graph, "Document")
    }
    found = (row for e in graphs.entities(graph, "Statistic") for row in _rows(graph, e, paths))
    yield from sorted(found, key=lambda row: (row.document, row.begin, row.end, row.id))


def lines(graph: nx.MultiDiGraph, settings: Settings) -> Iterator[str]:
    """The table of all figures, line by line."""
    yield table([COLUMNS])
    for figure in figures(graph):
        yield table([figure.cells()])


def of(found: Iterable[Figure], things: frozenset[str]) -> Iterator[Figure]:
    """The figures that are linked to any of these nodes."""
    return (figure for figure in found if figure.about & things)


def as_data(figure: Figure) -> dict[str, Scalar | Sequence[str]]:
    """A figure for programs: the columns of the table, ``who`` as a list."""
    row: dict[str, Scalar | Sequence[str]] = dict(zip(COLUMNS, figure.cells(), strict=True))
    flags = {"approximate": figure.approximate, "inferred": figure.inferred}
    return {**row, **flags, "who": list(figure.who)}


def _rows(graph: nx.MultiDiGraph, entity: Entity, paths: dict[str, str]) -> Iterator[Figure]:
    linked = graphs.outgoing(graph, entity.id)
    given = entity.attributes
    for place in entity.mentions:
        yield Figure(
            id=entity.id,
            number=str(given.get("valueText", "")),
            unit=str(given.get("unitText", "")),
            value=given.get("baseValue", ""),
            low=given.get("minValue", ""),
            high=given.get("maxValue", ""),
            approximate=bool(given.get("approximate", False)),
            what=_first(_names(graph, linked, "measuredProperty")),
            who=_names(graph, linked, "observationAbout"),
            when=_first(_dates(graph, linked, "observedOn")),
            place=_first(_names(graph, linked, "observedIn")),
            change=str(given.get("change", "")),
            against=str(given.get("against", "")),
            base=_first(_dates(graph, linked, "comparedWith")),
            inferred=_is_inferred(linked),
            document=paths.get(place.document_id, place.document_id),
            quote=place.quote,
            begin=place.begin,
            end=place.end,
            about=frozenset(relation.object for relation in linked),
        )


def _names(graph: nx.MultiDiGraph, linked: Sequence[Relation], predicate: str) -> tuple[str, ...]:
    return tuple(graph.nodes[r.object]["name"] for r in linked if r.predicate == predicate)


def _dates(graph: nx.MultiDiGraph, linked: Sequence[Relation], predicate: str) -> tuple[str, ...]:
    times = (graph.nodes[r.object]["attributes"] for r in linked if r.predicate == predicate)
    return tuple(str(time.get("edtf", "")) for time in times)


def _is_inferred(linked: Sequence[Relation]) -> bool:
    dated = [relation for relation in linked if relation.predicate == "observedOn"]
    return bool(dated) and dated[0].inferred


def _first(found: Sequence[str]) -> str:
    return found[0] if found else ""

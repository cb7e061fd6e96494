"""Quotations: all that a text says somebody said, as a row: who, what, where, when, on what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import networkx as nx

from kg import graph as graphs
from kg.export.tables_csv import table
from kg.model import Entity, Scalar
from kg.settings import Settings

COLUMNS = (
    "id", "speaker", "verb", "text", "occasion", "event", "date", "about", "inferred", "document",
    "quote", "begin", "end",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quotation:
    """One place of a text that reports what somebody said.

    ``occasion`` is as written (在海边考察时), ``event`` the names of the events it was said at,
    ``date`` is EDTF: the one that the sentence tells, else that of the event. ``about`` are the
    names of formulas, spirits, concepts, policies and campaigns in the words. ``inferred``:
    the sentence goes on a speech and does not name its speaker itself. ``text`` is repaired,
    ``quote`` as it stands in the raw text, of whose code points ``begin`` and ``end``
    count. ``speakers`` and ``topics`` are ids of nodes.
    """

    id: str
    speaker: tuple[str, ...]
    verb: str
    text: str
    occasion: str
    event: tuple[str, ...]
    date: str
    about: tuple[str, ...]
    inferred: bool
    document: str
    quote: str
    begin: int
    end: int
    speakers: frozenset[str]
    topics: frozenset[str]

    def cells(self) -> tuple[Scalar, ...]:
        """The row of the table."""
        return (
            self.id, "; ".join(self.speaker), self.verb, self.text, self.occasion,
            "; ".join(self.event), self.date, "; ".join(self.about),
            "true" if self.inferred else "", self.document, self.quote, self.begin, self.end,
        )  # fmt: skip


def quotations(graph: nx.MultiDiGraph) -> Iterator[Quotation]:
    """Every place that reports what somebody said, by path and offset."""
    paths = {
        e.id: str(e.attributes.get("path", e.name)) for e in graphs.entities(graph, "Document")
    }
    found = (row for e in graphs.entities(graph, "Quotation") for row in _rows(graph, e, paths))
    yield from sorted(found, key=lambda row: (row.document, row.begin, row.end, row.id))


def lines(graph: nx.MultiDiGraph, settings: Settings) -> Iterator[str]:
    """The table of all quotations, line by line."""
    yield table([COLUMNS])
    for quotation in quotations(graph):
        yield table([quotation.cells()])


def of(
    found: Iterable[Quotation], speakers: frozenset[str] | None, topics: frozenset[str] | None
) -> Iterator[Quotation]:
    """The quotations by any of these speakers, about any of these things; None asks for all."""
    for quotation in found:
        said = speakers is None or quotation.speakers & speakers
        if said and (topics is None or quotation.topics & topics):
            yield quotation


def holders(graph: nx.MultiDiGraph, named: frozenset[str]) -> frozenset[str]:
    """Some nodes, and the persons who hold one of them as a post."""
    posts = [post for node in sorted(named) for post in graphs.incoming(graph, node, "holdsPost")]
    return named | {post.subject for post in posts}


def as_data(quotation: Quotation) -> dict[str, Scalar | Sequence[str]]:
    """A quotation for programs: the columns of the table, what may be several as lists."""
    row: dict[str, Scalar | Sequence[str]] = dict(zip(COLUMNS, quotation.cells(), strict=True))
    several = {"speaker": quotation.speaker, "event": quotation.event, "about": quotation.about}
    lists = {key: list(value) for key, value in several.items()}
    return {**row, **lists, "inferred": quotation.inferred}


def _rows(graph: nx.MultiDiGraph, entity: Entity, paths: dict[str, str]) -> Iterator[Quotation]:
    linked = graphs.outgoing(graph, entity.id)
    ends = {
        predicate: [relation.object for relation in linked if relation.predicate == predicate]
        for predicate in ("spokenBy", "saidAt", "saidOn", "about")
    }
    events = [*ends["saidAt"], *(s for s in ends["spokenBy"] if _kind(graph, s) == "Event")]
    dates = [str(graph.nodes[node]["attributes"].get("edtf", "")) for node in ends["saidOn"]]
    dates += [str(graph.nodes[node]["attributes"].get("edtf", "")) for node in events]
    given = entity.attributes
    for place in entity.mentions:
        yield Quotation(
            id=entity.id,
            speaker=_names(graph, ends["spokenBy"]),
            verb=str(given.get("verb", "")),
            text=str(given.get("text", "")),
            occasion=str(given.get("occasion", "")),
            event=_names(graph, events),
            date=next((date for date in dates if date), ""),
            about=_names(graph, ends["about"]),
            inferred=any(r.inferred for r in linked if r.predicate == "spokenBy"),
            document=paths.get(place.document_id, place.document_id),
            quote=place.quote,
            begin=place.begin,
            end=place.end,
            speakers=frozenset(ends["spokenBy"]),
            topics=frozenset(ends["about"]),
        )


def _kind(graph: nx.MultiDiGraph, node: str) -> str:
    return str(graph.nodes[node]["kind"])


def _names(graph: nx.MultiDiGraph, nodes: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(graph.nodes[node]["name"]) for node in nodes)

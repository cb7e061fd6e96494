"""Timeline: the documents of a graph by their dates, and where a thing first and last appears."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg import edtf
from kg import graph as graphs
from kg.model import Entity


@dataclass(frozen=True, slots=True)
class Dated:
    """A document and when it is of: when it was spoken, else issued.

    ``date`` is EDTF, empty where unknown; ``begin`` and ``end`` are its first and last ISO day,
    empty where open or unknown. A date known as a window has all days of the window.
    """

    id: str
    path: str
    title: str
    date: str = ""
    begin: str = ""
    end: str = ""

    @property
    def when(self) -> str:
        """Its date for a reader."""
        return self.date or "undated"

    @property
    def dated(self) -> bool:
        """Whether at least one bound is known."""
        return bool(self.begin or self.end)


@dataclass(frozen=True, slots=True)
class Appearance:
    """A first or last appearance. It is ``sure`` when no other date may be before, or after, it."""

    document: Dated
    sure: bool


@dataclass(frozen=True)
class Life:
    """Where a thing is named: places in each document, first and last appearance.

    ``counts`` maps the id of a document to the number of places, in the order of the timeline.
    First and last are None where no document that names it has the bound they go by.
    """

    counts: Mapping[str, int]
    documents: tuple[Dated, ...]
    first: Appearance | None
    last: Appearance | None

    @property
    def mentions(self) -> int:
        return sum(self.counts.values())

    @property
    def undated(self) -> int:
        """How many of its documents have no date."""
        return sum(not document.dated for document in self.documents)


def documents(graph: nx.MultiDiGraph) -> tuple[Dated, ...]:
    """The documents by first day, then path; those whose first day is not known come last.

    This is the order by which a graph says which document introduces a thing.
    """
    return tuple(sorted(map(_dated, graphs.entities(graph, "Document")), key=order))


def life(entity: Entity, timeline: Mapping[str, Dated]) -> Life:
    """Where the texts name ``entity``. ``timeline`` maps ids to documents, in their order."""
    places: dict[str, int] = {}
    for evidence in entity.mentions:
        places[evidence.document_id] = places.get(evidence.document_id, 0) + 1
    found = sorted((timeline[ident] for ident in places if ident in timeline), key=order)
    return Life({d.id: places[d.id] for d in found}, tuple(found), first(found), last(found))


def first(found: Sequence[Dated]) -> Appearance | None:
    """The earliest of some documents, in their order; None when no first day is known."""
    if not found or not found[0].begin:
        return None
    chosen, others = found[0], found[1:]
    return Appearance(chosen, all(d.begin and d.begin >= (chosen.end or "~") for d in others))


def last(found: Sequence[Dated]) -> Appearance | None:
    """The latest of some documents, by last day; None when no last day is known."""
    known = [document for document in found if document.end]
    if not known:
        return None
    chosen = max(known, key=lambda d: (d.end, d.begin))
    others = [document for document in found if document is not chosen]
    return Appearance(chosen, all(d.end and d.end <= chosen.begin for d in others))


def span(found: Iterable[Dated]) -> tuple[str, str]:
    """First and last ISO day that some documents may be of, empty where none is known."""
    held = tuple(found)
    begins = [document.begin for document in held if document.begin]
    ends = [document.end for document in held if document.end]
    return min(begins, default=""), max(ends, default="")


def _dated(document: Entity) -> Dated:
    given = document.attributes
    date = str(given.get("spoken") or given.get("issued") or "")
    begin, end = edtf.bounds(date)
    path = str(given.get("path", document.name))
    return Dated(document.id, path, document.name, date, begin, end)


def order(document: Dated) -> tuple[str, str]:
    """Sort key of documents: first day, then path."""
    return document.begin or "~", document.path

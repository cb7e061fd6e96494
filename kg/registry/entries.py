"""Entries: every formula with its list, the versions of it by date, and where it is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg import graph as graphs
from kg.model import Entity, Evidence, Relation
from kg.registry.timeline import Dated, Life, documents, life, order, span

STATUSES = ("complete", "conflicting", "partial", "unlisted")
LISTING = ("hasMember", "hasContent", "hasPart")
SHOWN = 5  # documents that one line names before the rest is counted


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a list. ``position`` counts from 1; 0 where the texts name it alone."""

    position: int
    id: str
    name: str
    rule: str
    inferred: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Listing:
    """A list of members, and the documents that give it, in the order of their dates.

    ``begin`` and ``end`` are the first and last ISO day that these may be of.
    """

    id: str
    members: tuple[Member, ...]
    documents: tuple[Dated, ...]
    begin: str
    end: str

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(member.name for member in self.members)

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(sorted({member.rule for member in self.members}))

    @property
    def inferred(self) -> bool:
        """Whether it stands elsewhere than beside the name."""
        return any(member.inferred for member in self.members)


@dataclass(frozen=True)
class Entry:
    """A formula or a spirit as the texts give it.

    ``listing`` is the list in force: of several the newest by date. ``versions`` are all of
    them by date, when there is more than one. ``status`` is empty for a spirit.
    """

    entity: Entity
    status: str
    listing: Listing
    versions: tuple[Listing, ...]
    life: Life

    @property
    def name(self) -> str:
        return self.entity.name

    @property
    def number(self) -> int | None:
        """How many members the name announces."""
        given = self.entity.attributes.get("number")
        return given if isinstance(given, int) else None

    @property
    def found(self) -> int:
        return len(self.listing.members)

    @property
    def changed(self) -> bool:
        """Whether its versions follow one another in time, none beside another."""
        pairs = zip(self.versions, self.versions[1:], strict=False)
        return len(self.versions) > 1 and all(
            old.end and new.begin and old.end < new.begin for old, new in pairs
        )


def entries(graph: nx.MultiDiGraph, *statuses: str) -> tuple[Entry, ...]:
    """The formulas by status (complete, conflicting, partial, unlisted), then name.

    ``statuses`` leaves the others out.
    """
    timeline = {document.id: document for document in documents(graph)}
    found = [entry(graph, e, timeline) for e in graphs.entities(graph, "Formula")]
    kept = [one for one in found if not statuses or one.status in statuses]
    order = {status: at for at, status in enumerate(STATUSES)}
    return tuple(sorted(kept, key=lambda e: (order.get(e.status, len(order)), e.name, e.entity.id)))


def spirits(graph: nx.MultiDiGraph) -> tuple[Entry, ...]:
    """The spirits, those whose content a text gives first, by name."""
    timeline = {document.id: document for document in documents(graph)}
    found = [entry(graph, e, timeline) for e in graphs.entities(graph, "Spirit")]
    return tuple(sorted(found, key=lambda e: (not e.found, e.name, e.entity.id)))


def entry(graph: nx.MultiDiGraph, entity: Entity, timeline: Mapping[str, Dated]) -> Entry:
    """What the graph knows of one formula or spirit."""
    listing = _listing(graph, entity.id, timeline)
    others = graphs.incoming(graph, entity.id, "variantOf")
    versions = [listing, *(_listing(graph, v.subject, timeline) for v in others)]
    versions.sort(key=lambda v: (v.begin or "~", v.end or "~", v.names))
    status = str(entity.attributes.get("status", "unlisted")) if entity.kind == "Formula" else ""
    kept = tuple(versions) if len(versions) > 1 else ()
    return Entry(entity, status, listing, kept, life(entity, timeline))


def summary(entry: Entry, listed: Listing | None = None) -> str:
    """One line: announced and found number, members, documents, status.

    Of ``listed`` where it is one of several versions, else of the list in force. What a status
    other than complete comes from is told by ``why``.
    """
    listed = listed or entry.listing
    number = "?" if entry.number is None else entry.number
    said = f"announced {number}, " if entry.status else ""
    line = f"{entry.name}: {said}found {len(listed.members)}"
    if listed.members:
        line += f" ({'、'.join(listed.names)}) in {places(listed.documents)}"
    if listed is not entry.listing:
        return f"{line}: another version"
    return line + (f": {entry.status}" if entry.status else "")


def why(entry: Entry) -> str:
    """In one line why a formula is partial or conflicting; empty for the others."""
    if entry.status == "partial":
        where = places(entry.listing.documents)
        return f"no text lists all {entry.number}; {entry.found} named in {where}"
    if len(entry.versions) < 2:
        return ""
    if not all(version.begin for version in entry.versions):
        said = "lists differ, and not all are dated"
    elif entry.changed:
        said = "the list changed"
    else:
        said = "lists of one time differ"
    steps = [_dated(version) for version in entry.versions]
    pairs = zip(entry.versions, entry.versions[1:], strict=False)
    changes = [difference(old.names, new.names) for old, new in pairs]
    told = "; then ".join(
        step if at == 0 else f"{step} {changes[at - 1]}" for at, step in enumerate(steps)
    )
    return f"{said}: {told}"


def difference(old: Sequence[str], new: Sequence[str]) -> str:
    """What a later list has more and less than an earlier one.

    >>> difference(["修渠", "补坝"], ["补坝", "护岸"])
    '+护岸 −修渠'
    """
    more = [f"+{name}" for name in new if name not in old]
    less = [f"−{name}" for name in old if name not in new]
    return " ".join((*more, *less)) or "in another order"


def period(listing: Listing) -> str:
    """The days from the first document that gives a list to the last, for a reader."""
    if not (listing.begin or listing.end):
        return "undated"
    if len(listing.documents) == 1:
        return listing.documents[0].when
    return f"{listing.begin or '…'} to {listing.end or '…'}"


def places(documents: Sequence[Dated]) -> str:
    """Paths of documents, the first few of many."""
    shown = ", ".join(document.path for document in documents[:SHOWN])
    more = len(documents) - SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _dated(version: Listing) -> str:
    return f"{period(version)} in {places(version.documents)}"


def _listing(graph: nx.MultiDiGraph, ident: str, timeline: Mapping[str, Dated]) -> Listing:
    members = [_member(graph, r) for r in graphs.outgoing(graph, ident, *LISTING)]
    members.sort(key=lambda m: (m.position, *(() if m.position else _place(m, timeline))))
    where = {e.document_id for member in members for e in member.evidence}
    found = tuple(sorted((timeline[ident] for ident in where if ident in timeline), key=order))
    return Listing(ident, tuple(members), found, *span(found))


def _place(member: Member, timeline: Mapping[str, Dated]) -> tuple[str, str, int]:
    """Where the texts first name a member that has no position."""
    return min((*order(timeline[e.document_id]), e.begin) for e in member.evidence)


def _member(graph: nx.MultiDiGraph, said: Relation) -> Member:
    return Member(
        int(said.qualifiers.get("position", 0)),
        said.object,
        str(graph.nodes[said.object]["name"]),
        said.rule,
        said.inferred,
        said.evidence,
    )

"""Diff: what changed from one graph to another: documents, things, facts, members of formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import networkx as nx

from kg import graph
from kg.model import Entity, Relation

#: Relations that follow from the texts' being there; they are counted, not listed.
COUNTED = frozenset({"mentions", "introduces", "related", "earlier", "later"})
LISTED = ("hasMember", "hasContent", "hasPart")
TEXTS = frozenset({"text", "passages"})  # long attributes: that they differ is all that is told
SHOWN = 20  # rows of one kind in ``lines``


@dataclass(frozen=True)
class Fact:
    """A relation with the names of its ends and the first quote that states it."""

    subject: str
    predicate: str
    object: str
    quote: str


@dataclass(frozen=True)
class Change:
    """One value of a thing that is not what it was; empty where there was or is none."""

    kind: str
    name: str
    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Diff:
    """Everything that differs, each part in order of kind and name.

    ``things`` and ``gone`` are ``(kind, name)``; ``counted`` tells for predicates that are not
    listed how many relations there were and are.
    """

    documents: tuple[Change, ...]
    formulas: tuple[Change, ...]
    changed: tuple[Change, ...]
    things: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    lost: tuple[Fact, ...]
    counted: Mapping[str, tuple[int, int]]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return any(asdict(self).values())

    def as_data(self) -> dict[str, Any]:
        """For programs: what ``json.dumps`` takes."""
        return asdict(self)

    def lines(self, most: int = SHOWN) -> Iterator[str]:
        """For people: ``+`` is new, ``-`` is gone, ``~`` has changed; at most ``most`` a part."""
        if not self:
            yield "nothing differs"
            return
        yield from _part("Documents 文献", map(_changed, self.documents), most)
        yield from _part("Formulas 提法", map(_changed, self.formulas), most)
        named = [*(f"+ {k}: {n}" for k, n in self.things), *(f"- {k}: {n}" for k, n in self.gone)]
        yield from _part("Things 事物", named, most)
        yield from _part("Values 属性", map(_changed, self.changed), most)
        told = [*(f"+ {_said(f)}" for f in self.facts), *(f"- {_said(f)}" for f in self.lost)]
        yield from _part("Facts 事实", told, most)
        counts = [f"~ {name}: {old} → {new}" for name, (old, new) in self.counted.items()]
        yield from _part("Counts 计数", counts, most)


def diff(old: nx.MultiDiGraph, new: nx.MultiDiGraph) -> Diff:
    """What changed from one graph to the other; neither is changed.

    Things are the same when their ids are, facts when they say the same of the same things;
    more or less evidence for a fact is no difference.
    """
    before = {entity.id: entity for entity in graph.entities(old)}
    after = {entity.id: entity for entity in graph.entities(new)}
    both = [ident for ident in sorted(before) if ident in after]
    values = [c for ident in both for c in _values(before[ident], after[ident])]
    said, says = _relations(old), _relations(new)
    return Diff(
        documents=tuple(_documents(before, after)),
        formulas=tuple(_formulas(old, new, before, after)),
        changed=tuple(c for c in values if c.kind not in ("Document", "Formula")),
        things=_things(after, before),
        gone=_things(before, after),
        facts=_facts(new, says, said),
        lost=_facts(old, said, says),
        counted=_counts(old, new),
    )


def _documents(before: Mapping[str, Entity], after: Mapping[str, Entity]) -> Iterator[Change]:
    idents = {i for some in (before, after) for i, e in some.items() if e.kind == "Document"}
    rows = []
    for ident in idents:
        old, new = before.get(ident), after.get(ident)
        hashes = [str(e.attributes.get("sha256", "")) if e else "" for e in (old, new)]
        if hashes[0] != hashes[1]:
            path = str((new or old or after[ident]).attributes.get("path", ident))
            rows.append(Change("Document", path, "text", hashes[0][:12], hashes[1][:12]))
    return iter(sorted(rows, key=lambda change: change.name))


def _formulas(
    old: nx.MultiDiGraph,
    new: nx.MultiDiGraph,
    before: Mapping[str, Entity],
    after: Mapping[str, Entity],
) -> Iterator[Change]:
    """Formulas and spirits whose members or status are not what they were."""
    kinds = ("Formula", "Spirit")
    idents = {i: e for some in (before, after) for i, e in some.items() if e.kind in kinds}
    for ident in sorted(idents, key=lambda i: (idents[i].kind, idents[i].name, i)):
        entity = idents[ident]
        members = [_members(g, ident) if ident in some else "" for g, some in
                   ((old, before), (new, after))]  # fmt: skip
        if members[0] != members[1]:
            yield Change(entity.kind, entity.name, "members", members[0], members[1])
        if ident in before and ident in after:
            yield from (
                change
                for change in _values(before[ident], after[ident])
                if change.what in ("status", "number")
            )


def _members(built: nx.MultiDiGraph, ident: str) -> str:
    return "、".join(built.nodes[r.object]["name"] for r in graph.outgoing(built, ident, *LISTED))


def _values(old: Entity, new: Entity) -> Iterator[Change]:
    if old.name != new.name:
        yield Change(new.kind, new.name, "name", old.name, new.name)
    for key in sorted({*old.attributes, *new.attributes} - TEXTS):
        was, is_now = (str(e.attributes.get(key, "")) for e in (old, new))
        if was != is_now:
            yield Change(new.kind, new.name, key, was, is_now)


def _things(some: Mapping[str, Entity], other: Mapping[str, Entity]) -> tuple[tuple[str, str], ...]:
    """What is in ``some`` and not in ``other``; documents have a part of their own."""
    rows = [(e.kind, e.name) for i, e in some.items() if i not in other and e.kind != "Document"]
    return tuple(sorted(rows))


def _relations(built: nx.MultiDiGraph) -> dict[tuple[str, str], Relation]:
    return {(r.subject, r.id): r for r in graph.relations(built) if r.predicate not in COUNTED}


def _facts(
    built: nx.MultiDiGraph,
    some: Mapping[tuple[str, str], Relation],
    other: Mapping[tuple[str, str], Relation],
) -> tuple[Fact, ...]:
    rows = [
        Fact(
            built.nodes[relation.subject]["name"],
            relation.predicate,
            built.nodes[relation.object]["name"],
            relation.evidence[0].wording,
        )
        for key, relation in some.items()
        if key not in other
    ]
    return tuple(sorted(rows, key=lambda f: (f.predicate, f.subject, f.object, f.quote)))


def _counts(old: nx.MultiDiGraph, new: nx.MultiDiGraph) -> dict[str, tuple[int, int]]:
    counts = [Counter(p for *_, p in built.edges(data="predicate")) for built in (old, new)]
    pairs = {name: (counts[0][name], counts[1][name]) for name in sorted(COUNTED)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _part(title: str, rows: Iterator[str] | list[str], most: int) -> Iterator[str]:
    found = list(rows)
    if found:
        yield f"{title}: {len(found)}"
        yield from (f"  {row}" for row in found[:most])
        if len(found) > most:
            yield f"  … {len(found) - most} more (--all shows them)"


def _changed(change: Change) -> str:
    mark = "+" if not change.old else "-" if not change.new else "~"
    return f"{mark} {change.name}: {change.what} {change.old or '∅'} → {change.new or '∅'}"


def _said(fact: Fact) -> str:
    return f"{fact.subject} {fact.predicate} {fact.object}: {fact.quote[:60]}"

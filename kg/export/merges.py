"""Merges: what a build joined, what it may join, and what a person decided, as a TSV table.

A copy of it in the source folder, ``kg.merges.tsv``, with a decision in place of the question
marks, steers the next build; see docs/merges.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import networkx as nx

from kg import graph as graphs
from kg.decisions import APART, COLUMNS, MADE, OPEN, PARTED, decided
from kg.export.merge_pairs import pairs
from kg.export.survey import paths
from kg.export.tables_csv import harmless
from kg.model import Entity, Evidence
from kg.settings import Settings

_BREAKS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]+")

Line = tuple[str, ...]


def render(graph: nx.MultiDiGraph, settings: Settings) -> str:
    """Decisions first, then proposals, the likeliest first, then what the build joined itself.

    Evidence is ``path:begin-end``, code points of the raw text, with the words that stand there.
    """
    places = _Places(graph)
    rows: list[Line] = [COLUMNS]
    done = sorted((*_joined(graph, places), *_apart(graph, places)))
    rows += [row for row in done if row[0] != MADE]
    rows += _proposed(graph, places)
    rows += [row for row in done if row[0] == MADE]
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows)


class _Places:
    """Evidence as text."""

    def __init__(self, graph: nx.MultiDiGraph) -> None:
        self._paths = paths(graph)

    def path(self, document: str) -> str:
        return self._paths.get(document, document)

    def __call__(self, *evidence: Evidence) -> str:
        return " | ".join(
            f"{self.path(e.document_id)}:{e.begin}-{e.end} {e.wording}" for e in evidence
        )


def _joined(graph: nx.MultiDiGraph, places: _Places) -> Iterator[Line]:
    """A row for each other name of a node, and for what came into it from another kind."""
    for entity in graphs.entities(graph):
        found = {a.name: (a.rule, a.evidence[0]) for a in entity.aliases if a.evidence}
        for evidence in entity.mentions:
            if decided(evidence.inferred)[1]:  # the same name, so that no alias tells
                found.setdefault(entity.name, (evidence.inferred, evidence))
        for name, (rule, first) in found.items():
            verb, kind = decided(rule)
            if name != entity.name or kind:
                name = f"{kind}:{name}" if kind else name
                yield verb or MADE, entity.kind, entity.name, name, rule, "", places(first)


def _apart(graph: nx.MultiDiGraph, places: _Places) -> Iterator[Line]:
    """A row for each two nodes that a person, or the build, keeps apart."""
    for relation in graphs.relations(graph, "differentFrom"):
        keep, merge = (graphs.entity(graph, end) for end in (relation.subject, relation.object))
        name = _named(keep, merge)
        if keep.name == merge.name and keep.kind == merge.kind:  # a namesake: by its documents
            documents = dict.fromkeys(place.document_id for place in merge.mentions)
            name = f"{name} @ {'; '.join(sorted(map(places.path, documents)))}"
        said = places(keep.mentions[0], merge.mentions[0])
        verb = APART if relation.rule == PARTED else MADE
        yield verb, keep.kind, keep.name, name, relation.rule, "", said


def _proposed(graph: nx.MultiDiGraph, places: _Places) -> list[Line]:
    return [
        (
            OPEN, pair.keep.kind, pair.keep.name, _named(pair.keep, pair.merge), pair.reason,
            f"{pair.score:.2f}", places(pair.keep.mentions[0], pair.merge.mentions[0]),
        )
        for pair in pairs(graph)
    ]  # fmt: skip


def _named(keep: Entity, merge: Entity) -> str:
    """The name of the node to merge, with its kind where that is another."""
    return merge.name if merge.kind == keep.kind else f"{merge.kind}:{merge.name}"


def _cell(text: str) -> str:
    return str(harmless(_BREAKS.sub(" ", text).strip()))

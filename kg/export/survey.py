"""Survey: what tables say of a node beside its own fields: documents, dates, degree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from kg import edtf
from kg import graph as graphs
from kg.model import Alias, Entity, Evidence


@dataclass(frozen=True, slots=True)
class Facts:
    """What a table says of a node. Dates are ISO days, empty when no document is dated."""

    documents: tuple[str, ...]  # paths
    degree: int
    first_date: str
    last_date: str


@dataclass(frozen=True)
class Survey:
    """Facts of every node, and the paths of the documents."""

    facts: Mapping[str, Facts]
    paths: Mapping[str, str]  # document id -> path

    def documents(self, evidence: Iterable[Evidence]) -> tuple[str, ...]:
        """Paths of the documents that the evidence stands in."""
        return tuple(sorted({self.paths.get(e.document_id, e.document_id) for e in evidence}))


def survey(graph: nx.MultiDiGraph) -> Survey:
    """Documents that name a node (else that state its relations), their dates, its degree."""
    where = paths(graph)
    days = {d.id: edtf.bounds(date(d)) for d in graphs.entities(graph, "Document")}
    named: dict[str, set[str]] = defaultdict(set)
    related: dict[str, set[str]] = defaultdict(set)
    for entity in graphs.entities(graph):
        named[entity.id].update(e.document_id for e in entity.mentions)
        if entity.kind == "Document":
            named[entity.id].add(entity.id)
    for subject, target, data in graph.edges(data=True):
        found = {e.document_id for e in data["evidence"]}
        related[subject] |= found
        related[target] |= found
    facts = {}
    for node in sorted(graph):
        documents = sorted(named[node] or related[node])
        begins = [days[d][0] for d in documents if d in days and days[d][0]]
        ends = [days[d][1] for d in documents if d in days and days[d][1]]
        files = tuple(sorted(where.get(d, d) for d in documents))
        facts[node] = Facts(
            files, graph.degree(node), min(begins, default=""), max(ends, default="")
        )
    return Survey(facts, where)


def paths(graph: nx.MultiDiGraph) -> Mapping[str, str]:
    """Path of each document, by its id."""
    return {
        document.id: str(document.attributes.get("path", document.name))
        for document in graphs.entities(graph, "Document")
    }


def date(document: Entity) -> str:
    """EDTF of when a document was spoken, else issued; empty when neither is known."""
    return str(document.attributes.get("spoken") or document.attributes.get("issued") or "")


def names(aliases: Iterable[Alias]) -> str:
    """Names of aliases in one cell."""
    return "; ".join(alias.name for alias in aliases)


def wordings(evidence: Iterable[Evidence]) -> str:
    """Quotes of evidence in one cell, each wording once, in order."""
    return "; ".join(dict.fromkeys(e.wording for e in evidence))

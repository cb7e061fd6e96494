"""Parquet: tables in the schema that Microsoft's GraphRAG writes, for the tools that read it.

Columns as in GraphRAG 2: entities, relationships, communities, text_units, documents. A text unit
is a passage; there are no embeddings and no generated reports.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import networkx as nx

from kg import graph as graphs
from kg.errors import UsageError, extra
from kg.export import flat
from kg.export.layout import layout
from kg.export.survey import date
from kg.model import Entity, Evidence, fingerprint
from kg.settings import Settings

Columns = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class _Unit:
    """A passage of a document: its id, where it stands in the raw text, and its text."""

    id: str
    document: str
    begin: int
    end: int
    text: str


def make(graph: nx.MultiDiGraph, settings: Settings) -> Mapping[str, bytes]:
    """``parquet/*.parquet``; raises UsageError when pyarrow is not installed."""
    units = _Units(graph)
    entities = _entities(graph, units)
    relationships = _relationships(graph, units)
    tables: dict[str, Columns] = {
        "entities": entities,
        "relationships": relationships,
        "communities": _communities(graph),
        "text_units": units.table(entities, relationships),
        "documents": _documents(graph, units),
    }
    return {f"parquet/{name}.parquet": _written(table) for name, table in tables.items()}


class _Units:
    """The passages of all documents, and which of them a piece of evidence stands in."""

    def __init__(self, graph: nx.MultiDiGraph) -> None:
        self.of: dict[str, list[_Unit]] = {}
        for document in graphs.entities(graph, "Document"):
            self.of[document.id] = sorted(_passages(document), key=lambda u: (u.begin, u.end))

    def holding(self, evidence: Iterable[Evidence]) -> list[str]:
        found: dict[str, None] = {}
        for place in evidence:
            units = self.of.get(place.document_id, [])
            at = bisect_right(units, place.begin, key=lambda unit: unit.begin) - 1
            if at >= 0 and units[at].end > place.begin:
                found[units[at].id] = None
        return sorted(found)

    def table(self, entities: Columns, relationships: Columns) -> Columns:
        units = [unit for ident in sorted(self.of) for unit in self.of[ident]]
        things, facts = _inverted(entities), _inverted(relationships)
        return {
            "id": [unit.id for unit in units],
            "human_readable_id": list(range(len(units))),
            "text": [unit.text for unit in units],
            "n_tokens": [len(unit.text) for unit in units],
            "document_ids": [[unit.document] for unit in units],
            "entity_ids": [things.get(unit.id, []) for unit in units],
            "relationship_ids": [facts.get(unit.id, []) for unit in units],
            "covariate_ids": [[] for _ in units],
        }


def _passages(document: Entity) -> Iterable[_Unit]:
    text = str(document.attributes.get("text", ""))
    for row in json.loads(str(document.attributes.get("passages", "[]"))):
        pieces = row[1]
        if text and pieces:
            pairs = list(zip(pieces[::2], pieces[1::2], strict=True))
            said = "".join(text[begin:end] for begin, end in pairs)
            begin, end = min(b for b, _ in pairs), max(e for _, e in pairs)
            ident = "p/" + fingerprint(document.id, str(begin), str(end))
            yield _Unit(ident, document.id, begin, end, said)


def _inverted(table: Columns) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for ident, units in zip(table["id"], table["text_unit_ids"], strict=True):
        for unit in units:
            found[unit].append(ident)
    return found


def _entities(graph: nx.MultiDiGraph, units: _Units) -> Columns:
    places = layout(graph)
    rows = [(e, row) for e, row in flat.nodes(graph) if e.kind != "Document"]
    return {
        "id": [entity.id for entity, _ in rows],
        "human_readable_id": list(range(len(rows))),
        "title": [entity.name for entity, _ in rows],
        "type": [entity.kind for entity, _ in rows],
        "description": [str(row["aliases"]) for _, row in rows],
        "text_unit_ids": [units.holding(entity.mentions) for entity, _ in rows],
        "frequency": [len(entity.mentions) for entity, _ in rows],
        "degree": [row["degree"] for _, row in rows],
        "x": [float(places[entity.id][0]) for entity, _ in rows],
        "y": [float(places[entity.id][1]) for entity, _ in rows],
    }


def _relationships(graph: nx.MultiDiGraph, units: _Units) -> Columns:
    documents = {e.id for e in graphs.entities(graph, "Document")}
    found = [
        (relation, row)
        for relation, row in flat.edges(graph)
        if not documents & {relation.subject, relation.object}
    ]
    degree = dict(graph.degree())
    return {
        "id": [relation.id for relation, _ in found],
        "human_readable_id": list(range(len(found))),
        "source": [str(row["source_label"]) for _, row in found],
        "target": [str(row["target_label"]) for _, row in found],
        "description": [f"{row['relation']}: {row['evidence']}" for _, row in found],
        "weight": [float(len(relation.evidence)) for relation, _ in found],
        "combined_degree": [degree[r.subject] + degree[r.object] for r, _ in found],
        "text_unit_ids": [units.holding(relation.evidence) for relation, _ in found],
    }


def _communities(graph: nx.MultiDiGraph) -> Columns:
    members: dict[int, list[str]] = defaultdict(list)
    for node, place in layout(graph).items():
        if graph.nodes[node]["kind"] != "Document":
            members[place[2]].append(node)
    degree = dict(graph.degree())
    numbers = sorted(members)
    chief = [min(members[n], key=lambda node: (-degree[node], node)) for n in numbers]
    return {
        "id": [f"c/{number}" for number in numbers],
        "human_readable_id": numbers,
        "community": numbers,
        "level": [0 for _ in numbers],
        "parent": [-1 for _ in numbers],
        "children": [[] for _ in numbers],
        "title": [graph.nodes[node]["name"] for node in chief],
        "entity_ids": [sorted(members[number]) for number in numbers],
        "size": [len(members[number]) for number in numbers],
    }


def _documents(graph: nx.MultiDiGraph, units: _Units) -> Columns:
    found = list(graphs.entities(graph, "Document"))
    return {
        "id": [document.id for document in found],
        "human_readable_id": list(range(len(found))),
        "title": [document.name for document in found],
        "text": [str(document.attributes.get("text", "")) for document in found],
        "text_unit_ids": [[unit.id for unit in units.of[document.id]] for document in found],
        "creation_date": [date(document) for document in found],
    }


def _written(columns: Columns) -> bytes:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        advice = extra("parquet")
        raise UsageError("the package pyarrow is not installed", "parquet", advice) from None
    lists, table = pyarrow.list_(pyarrow.string()), {}
    for name, values in columns.items():
        is_list = name.endswith("_ids") or name == "children"
        table[name] = pyarrow.array(values, lists) if is_list else pyarrow.array(values)
    out = BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(table), out, compression="zstd")
    return out.getvalue()

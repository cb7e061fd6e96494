"""Graphology: the JSON that graphology's ``Graph.from`` reads, with the positions of the layout."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import networkx as nx

from kg.export import flat
from kg.export.layout import layout
from kg.ontology import ontology
from kg.settings import Settings

_ENDS = frozenset({"id", "source", "target", "type"})


def make(graph: nx.MultiDiGraph, settings: Settings) -> Mapping[str, bytes]:
    """``graph.graphology.json``: nodes with x, y, size and color, which Sigma draws as they are."""
    places = layout(graph)
    nodes: list[dict[str, Any]] = []
    for entity, row in flat.nodes(graph):
        x, y, community = places[entity.id][:3]
        look = {
            "x": x, "y": y, "community": community, "size": 1 + int(row["degree"]) ** 0.5,
            "color": ontology().kind(entity.kind).colour,
        }  # fmt: skip
        said = {key: value for key, value in row.items() if key != "id" and value != ""}
        nodes.append({"key": entity.id, "attributes": said | look})
    edges = [
        {
            "key": relation.id,
            "source": relation.subject,
            "target": relation.object,
            "attributes": {k: v for k, v in row.items() if k not in _ENDS and v != ""},
        }
        for relation, row in flat.edges(graph)
    ]
    options = {"type": "directed", "multi": True, "allowSelfLoops": True}
    document = {"attributes": {}, "options": options, "nodes": nodes, "edges": edges}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return {"graph.graphology.json": text.encode("utf-8", "replace") + b"\n"}

"""GraphML: the graph with plain attributes, as NetworkX writes it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import networkx as nx

from kg.export import flat
from kg.export.gexf import clean
from kg.model import Scalar
from kg.settings import Settings


def make(graph: nx.MultiDiGraph, settings: Settings) -> Mapping[str, bytes]:
    """``graph.graphml``: attributes as in ``nodes.csv`` and ``edges.csv``."""
    plain = flat.networkx_graph(graph)
    for _, data in plain.nodes(data=True):
        _cleaned(data)
    for *_, data in plain.edges(data=True):
        _cleaned(data)
    out = BytesIO()
    nx.write_graphml(plain, out, encoding="utf-8")
    return {"graph.graphml": out.getvalue()}


def _cleaned(data: dict[str, Scalar]) -> None:
    """Without the characters that XML cannot hold."""
    for key, value in data.items():
        if isinstance(value, str):
            data[key] = clean(value)

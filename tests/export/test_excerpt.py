"""Excerpt: of a graph too large for a page the most important part, and the count of the rest."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import networkx as nx
import pytest
from sample_graph import sample

from kg import export, graph
from kg.export.excerpt import WHOLE, excerpt
from kg.model import Entity, Evidence, Relation
from kg.settings import Settings


def large(documents: int = 60, things: int = 400) -> nx.MultiDiGraph:
    """Documents that name things: the first things often, the last once."""
    nodes: list[Entity] = []
    links: list[Relation] = []
    named: dict[str, list[Evidence]] = {}
    for number in range(documents):
        ident = f"d/{number:04}"
        nodes.append(Entity(ident, "Document", f"第{number}期", attributes={"text": "甲" * 1000}))
        for thing in range(0, things, number + 1):
            place = Evidence(ident, thing, thing + 1, "甲")
            named.setdefault(f"e/concept-{thing:04}", []).append(place)
            links.append(Relation(ident, "mentions", f"e/concept-{thing:04}", (place,), "mention"))
    for ident, places in named.items():
        nodes.append(Entity(ident, "Concept", f"词{ident[-4:]}", mentions=tuple(places)))
    return graph.assemble(nodes, links)


def test_a_small_graph_is_its_own_excerpt() -> None:
    built = sample()
    assert excerpt(built, len(built)) is built


def test_the_most_important_nodes_are_kept() -> None:
    built = large()
    before = built.copy()
    part = excerpt(built, 90)
    assert len(part) == 90 and part.graph[WHOLE] == (60, len(built), built.number_of_edges())
    kinds = nx.get_node_attributes(part, "kind")
    assert sum(kind == "Document" for kind in kinds.values()) == 30
    assert "e/concept-0000" in part and "d/0000" in part and "d/0059" not in part
    assert nx.utils.graphs_equal(before, built), "the graph is not changed"
    known = set(part)
    for _, data in part.nodes(data=True):
        assert all(place.document_id in known for place in data["mentions"])
    for *_, data in part.edges(data=True):
        assert data["evidence"] and all(p.document_id in known for p in data["evidence"])


def test_of_those_that_name_a_thing_the_most_important_documents_are_kept() -> None:
    built, room = large(), 90 * 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("kg.export.excerpt"), "EDGES", 2)
        part = excerpt(built, 90)
    full = excerpt(built, 90)
    assert room - 60 < part.number_of_edges() <= room < full.number_of_edges()
    for thing in (node for node in full if node.startswith("e/")):
        wanted = sorted(full.predecessors(thing))  # here the first documents name most
        found = sorted(part.predecessors(thing))
        assert found and found == wanted[: len(found)]


def test_all_of_it_stays_in_rdf_and_jsonl(tmp_path: Path) -> None:
    built = large()
    export.write(built, tmp_path, replace(Settings(), view=90))
    assert (tmp_path / "nodes.csv").read_bytes().count(b"\r\n") == 91
    for name in ("graph.gexf", "graph.dynamic.gexf"):
        text = (tmp_path / name).read_text("utf-8")
        assert f"<description>The 90 most important of {len(built)} nodes" in text
    assert (tmp_path / "graph.gexf").read_text("utf-8").count("<node ") == 90
    rows = (tmp_path / "graph.jsonl").read_text("utf-8").splitlines()
    assert sum("node" in json.loads(row) for row in rows[1:]) == len(built)


def test_long_texts_give_way() -> None:
    built = large(documents=3, things=30)
    for number in range(3):
        built.nodes[f"d/{number:04}"]["attributes"]["text"] = "甲" * 9_000_000
    part = excerpt(built, 10)
    texts = [data["attributes"].get("text") for _, data in part.nodes(data=True)]
    assert sum(text is not None for text in texts) == 2

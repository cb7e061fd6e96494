"""Attributes: a packed dictionary says what a plain one says, and takes less memory."""

from __future__ import annotations

import json
import pickle
import sys
from copy import deepcopy

import networkx as nx
import pytest
from sample_graph import sample

from kg import graph as graphs
from kg.attributes import Edge, Node
from kg.model import Alias, Evidence

SHORT = Evidence("d/1", 3, 5, "水务")
LONG = Evidence("d/1", 300, 305, "水 务局", "水务局", 2, "calendar:eras", True)
NODE = {
    "kind": "Organization",
    "name": "水务局",
    "attributes": {"level": 3, "share": 0.5, "old": True, "note": "\ud800"},
    "aliases": (Alias("水局", (SHORT, LONG), "abbreviation", True),),
    "mentions": (SHORT, LONG, SHORT),
    "naming": Alias("水务局", (LONG,), "lexicon"),
}
EDGE = {
    "predicate": "holdsPost",
    "evidence": (LONG,),
    "rule": "post",
    "qualifiers": {"organization": "e/organization-1", "position": 2},
    "inferred": True,
}


def node() -> Node:
    found = Node()
    found.restore(Node.packed(NODE))
    return found


def test_what_is_packed_comes_back() -> None:
    bare = {**NODE, "attributes": {}, "aliases": (), "mentions": (), "naming": None}
    for kind, values in (
        (Node, NODE),
        (Node, bare),
        (Edge, EDGE),
        (Edge, EDGE | {"qualifiers": {}}),
    ):
        found = kind()
        found.restore(kind.packed(values))
        assert found == values and dict(found) == values and found.unpacked() == values
        assert list(found) == [*kind.OPEN, *kind.REST] and len(found) == len(values)
        assert all(name in found and found[name] == values[name] for name in values)
        assert "community" not in found and found.get("community", 7) == 7
        with pytest.raises(KeyError):
            found["community"]


def test_one_that_is_written_into_is_a_plain_dictionary() -> None:
    found = node()
    found["community"] = 3
    found["name"] = "水利局"
    del found["naming"]
    assert found == {k: v for k, v in NODE.items() if k != "naming"} | {
        "community": 3, "name": "水利局",
    }  # fmt: skip
    assert found["mentions"] == NODE["mentions"] and found.setdefault("community", 4) == 3


def test_copies_and_pickles_hold_the_same() -> None:
    found = node()
    for copy in (found.copy(), pickle.loads(pickle.dumps(found)), deepcopy(found)):
        assert type(copy) is dict and copy == NODE
    assert repr(found) == repr(found.copy())


def test_a_packed_edge_is_a_third_of_a_dictionary() -> None:
    state = Edge.packed(EDGE | {"evidence": (SHORT,)})
    plain = sys.getsizeof(dict(EDGE)) + sys.getsizeof(EDGE["qualifiers"]) + sys.getsizeof((SHORT,))
    plain += sys.getsizeof(SHORT) + 2 * sys.getsizeof(1000)
    assert sys.getsizeof(Edge()) + sys.getsizeof(state[-1]) < plain / 2


def test_networkx_reads_writes_and_copies_such_a_graph() -> None:
    built = sample()
    communities = {name: at for at, name in enumerate(built)}
    copy = built.copy()
    nx.set_node_attributes(copy, communities, "community")
    nx.set_edge_attributes(copy, 1.0, "weight")
    assert dict(copy.nodes(data="community")) == communities
    assert "community" not in next(iter(built.nodes.values()))
    assert nx.core_number(nx.Graph(built)) == nx.core_number(nx.Graph(copy))
    assert nx.utils.graphs_equal(pickle.loads(pickle.dumps(built)), built)
    part = built.subgraph(list(built)[:3]).copy()
    assert all(built.nodes[name] == part.nodes[name] for name in part)
    plain = nx.MultiDiGraph(built)
    assert list(graphs.entities(plain)) == list(graphs.entities(built))
    assert list(graphs.relations(plain)) == list(graphs.relations(built))
    assert json.dumps(dict(built.nodes(data="kind")))

"""JSONL: nothing is lost on the way out and back; what is damaged is named."""

from __future__ import annotations

import json
from io import BytesIO

import networkx as nx
import pytest
from sample_graph import sample

from kg.errors import OutputError
from kg.export import jsonl
from kg.graph import assemble
from kg.model import Entity
from kg.settings import Settings

SETTINGS = Settings(base_iri="https://data.example.net/", concepts=3)


def test_round_trip() -> None:
    text = jsonl.render(sample(), SETTINGS)
    loaded = jsonl.parse(BytesIO(text.encode()), "graph.jsonl")
    assert nx.utils.graphs_equal(loaded.graph, sample())
    assert loaded.settings == SETTINGS
    assert jsonl.render(loaded.graph, loaded.settings) == text


def test_a_line_is_a_node_or_an_edge() -> None:
    rows = [json.loads(line) for line in jsonl.render(sample(), SETTINGS).splitlines()]
    assert rows[0]["format"] == "kg-graph" and rows[0]["version"] == jsonl.VERSION
    assert sum("node" in row for row in rows) == sample().number_of_nodes()
    assert sum("edge" in row for row in rows) == sample().number_of_edges()


def test_kinds_of_values_are_kept() -> None:
    values = {"a": 1, "b": 1.0, "c": True, "d": "1", "e": 2**70, "f": -0.5, "g": "\ud800\u2028\x85"}
    graph = assemble([Entity("e/concept-1", "Concept", "甲", attributes=values)], [])
    back = jsonl.parse(BytesIO(jsonl.render(graph, SETTINGS).encode()), "x").graph
    found = back.nodes["e/concept-1"]["attributes"]
    assert found == values
    assert {k: type(v) for k, v in found.items()} == {k: type(v) for k, v in values.items()}


GOOD = jsonl.render(sample(), SETTINGS).encode()
LINES = GOOD.split(b"\n")


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "x:1: this is no graph"),
        (b"\n", "x:1: this is no graph"),
        (b"\xff\xfe\n", "x:1: this is no graph"),
        (b'{"nodes": []}\n', "x:1: this is no graph"),
        (b'{"format": "kg-graph", "version": 99, "settings": {}}\n', "version 99"),
        (GOOD[:-5], "cut off"),
        (b"\n".join([*LINES[:-2], b""]), "41 relations, not 47 and 42"),
        (b"\n".join([*LINES[:30], b""]), "nodes and 0 relations, not"),
        (GOOD.replace(b'"kind":"Person"', b'"kin":"Person"', 1), "damaged line"),
        (GOOD.replace(b'"predicate":"honour"', b'"predicate":"related"', 1), "damaged line"),
        (b"\n".join([LINES[0], LINES[2], LINES[1], b""]), "x:3: a damaged line (out of order)"),
        (b"\n".join([LINES[0], b"[]", b""]), "x:2: a damaged line"),
        (b"\n".join([LINES[0], b"{}", b""]), "x:2: a damaged line"),
        (b"\n".join([LINES[0], b'{"node":"a","kind":"Concept","name":"b",'
                     b'"attributes":{"c":[1]}}', b""]), "x:2: a damaged line"),
    ],
)  # fmt: skip
def test_damage_is_named(data: bytes, part: str) -> None:
    with pytest.raises(OutputError) as error:
        jsonl.parse(BytesIO(data), "x")
    assert part in str(error.value)

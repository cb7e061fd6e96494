"""GEXF: what Gephi and Gephi Lite refuse, drop or misread must not stand in the file."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from sample_graph import sample

from kg.export import gexf
from kg.graph import assemble
from kg.model import Entity, Evidence, Relation
from kg.settings import Settings

NS = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}
TYPES = {"string", "integer", "double", "boolean"}
CASTS = {"string": str, "integer": int, "double": float, "boolean": {"true": 1, "false": 0}.get}
HOSTILE = "甲\x00\x1b[31m<b>&amp;\"'\ufffe\ud800\n]]>乙"


def read(graph: nx.MultiDiGraph) -> ET.Element:
    text = gexf.render(graph, Settings())
    return ET.fromstring(text.encode())


@pytest.fixture(scope="module")
def root() -> ET.Element:
    return read(sample())


def columns(root: ET.Element, side: str) -> dict[str, tuple[str, str]]:
    """Column id -> (title, type); each side is declared once."""
    blocks = root.findall(f".//g:attributes[@class='{side}']", NS)
    assert len(blocks) == 1
    return {a.attrib["id"]: (a.attrib["title"], a.attrib["type"]) for a in blocks[0]}


def values(element: ET.Element, known: dict[str, tuple[str, str]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for value in element.iterfind("g:attvalues/g:attvalue", NS):
        title, form = known[value.attrib["for"]]
        assert title not in found
        cast = CASTS[form](value.attrib["value"])
        assert cast is not None
        found[title] = cast
    return found


def test_head(root: ET.Element) -> None:
    assert root.tag == "{http://gexf.net/1.3}gexf" and root.get("version") == "1.3"
    graph = root.find("g:graph", NS)
    assert graph is not None
    assert graph.attrib == {"defaultedgetype": "directed", "mode": "static", "idtype": "string"}
    assert "lastmodifieddate" not in gexf.render(sample(), Settings())


def test_columns_are_what_both_readers_know(root: ET.Element) -> None:
    reserved = {"id", "label", "start", "end", "type", "kind", "pid", "parents", "viz", "weight"}
    for side in ("node", "edge"):
        known = columns(root, side)
        assert {form for _, form in known.values()} <= TYPES
        assert not {title for title, _ in known.values()} & reserved
        titles = [title for title, _ in known.values()]
        assert len(titles) == len(set(titles))


def test_every_node_is_there_with_its_look(root: ET.Element) -> None:
    graph, known = sample(), columns(root, "node")
    nodes = root.findall(".//g:node", NS)
    assert [n.attrib["id"] for n in nodes] == sorted(graph)
    for node in nodes:
        assert set(node.attrib) == {"id", "label"}
        data = graph.nodes[node.attrib["id"]]
        assert node.attrib["label"] == data["name"]
        found = values(node, known)
        assert found["entity_type"] == data["kind"]
        assert found["degree"] == graph.degree(node.attrib["id"])
        assert isinstance(found["community"], int)
        assert ("community_name" in found) == (found["community"] >= 0)
        colour, place, size = (node.find(f"viz:{x}", NS) for x in ("color", "position", "size"))
        assert colour is not None and place is not None and size is not None
        assert all(re.fullmatch(r"\d{1,3}", colour.attrib[c]) for c in "rgb")
        assert all(abs(float(place.attrib[c])) < 1e6 for c in "xyz")
        assert 4 <= float(size.attrib["value"]) <= 40


def test_every_edge_is_there_and_none_is_parallel(root: ET.Element) -> None:
    graph, known = sample(), columns(root, "edge")
    edges = root.findall(".//g:edge", NS)
    assert len(edges) == graph.number_of_edges()
    assert len({e.attrib["id"] for e in edges}) == len(edges)
    ends = Counter((e.get("source"), e.get("target"), e.get("kind")) for e in edges)
    assert max(ends.values()) == 1
    for edge in edges:
        data = graph.edges[edge.attrib["source"], edge.attrib["target"], edge.attrib["id"]]
        assert edge.attrib["label"] == data["predicate"]
        assert edge.attrib["kind"].split(" ")[0] == data["predicate"]
        assert float(edge.attrib["weight"]) == len(data["evidence"])
        found = values(edge, known)
        assert found["relation"] == data["predicate"] and found["rule"] == data["rule"]
        assert bool(found["inferred"]) is data["inferred"]
        assert data["evidence"][0].wording in str(found["evidence"])
        assert ".txt" in str(found["documents"])
    second = [e.attrib for e in edges if " " in e.attrib["kind"]]
    assert [(e["kind"], e["label"]) for e in second] == [("holdsPost 2", "holdsPost")]


def test_dates_are_iso_days(root: ET.Element) -> None:
    known = columns(root, "node")
    for node in root.iterfind(".//g:node", NS):
        found = values(node, known)
        for key in ("first_date", "last_date"):
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(found[key]))
        assert str(found["first_date"]) <= str(found["last_date"])


def test_hostile_names_are_text() -> None:
    place = Evidence("d/1", 0, 1, HOSTILE)
    left = Entity("d/1", "Document", HOSTILE, attributes={"path": HOSTILE, "issued": "坏"})
    right = Entity("e/concept-1", "Concept", "\x00", mentions=(place,))
    relation = Relation("d/1", "mentions", "e/concept-1", (place,), "mention")
    root = read(assemble([left, right], [relation]))
    labels = [n.attrib["label"] for n in root.iterfind(".//g:node", NS)]
    assert labels == ["甲[31m<b>&amp;\"'\n]]>乙", "e/concept-1"]
    edge = root.find(".//g:edge", NS)
    assert edge is not None
    assert values(edge, columns(root, "edge"))["evidence"] == labels[0]


def test_empty_graph() -> None:
    root = read(assemble([], []))
    assert not root.findall(".//g:node", NS) and not root.findall(".//g:edge", NS)


def test_networkx_reads_it(tmp_path: object) -> None:
    from io import BytesIO

    text = gexf.render(sample(), Settings())
    # networkx knows the namespaces of older versions only
    older = text.replace("http://gexf.net/1.3/viz", "http://www.gexf.net/1.2draft/viz")
    older = older.replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
    older = older.replace('version="1.3"', 'version="1.2"')
    read = nx.read_gexf(BytesIO(older.encode()))
    assert set(read) == set(sample()) and read.number_of_edges() == sample().number_of_edges()

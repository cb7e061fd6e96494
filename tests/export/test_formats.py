"""Formats of ``kg export``: read back by the libraries their users have, with nothing lost."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from sample_graph import sample

from kg import api, edtf
from kg.errors import UsageError
from kg.export import flat, gexf, gexf_dynamic, rdf
from kg.export.formats import FORMATS, make
from kg.settings import Settings

pyoxigraph = pytest.importorskip("pyoxigraph")
SETTINGS = Settings()
GEXF = "{http://gexf.net/1.3}"


@pytest.fixture(scope="module")
def built(seeds_output: Path) -> nx.MultiDiGraph:
    return api.load(seeds_output).networkx


def triples(data: bytes, form: object) -> set[str]:
    found = pyoxigraph.parse(data, form, lenient=True)
    return {str(quad.triple) for quad in found}


def plain(graph: nx.MultiDiGraph) -> set[str]:
    return triples(rdf.render_nt(graph, SETTINGS).encode(), pyoxigraph.RdfFormat.N_TRIPLES)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_graph_gives_the_same_bytes(name: str) -> None:
    assert make(name, sample(), SETTINGS) == make(name, sample(), SETTINGS)
    assert make(name, nx.MultiDiGraph(), SETTINGS).keys()


def test_json_ld_says_the_same(built: nx.MultiDiGraph) -> None:
    (data,) = make("jsonld", built, SETTINGS).values()
    assert triples(data, pyoxigraph.RdfFormat.JSON_LD) == plain(built)
    assert json.loads(data)["@context"]["skos"] == "http://www.w3.org/2004/02/skos/core#"


def test_trig_says_the_same_in_a_graph_a_document(built: nx.MultiDiGraph) -> None:
    (data,) = make("trig", built, SETTINGS).values()
    quads = list(pyoxigraph.parse(data, pyoxigraph.RdfFormat.TRIG, lenient=True))
    assert {str(quad.triple) for quad in quads} == plain(built)
    named = {quad.graph_name.value for quad in quads if quad.graph_name.__class__ is not
             pyoxigraph.DefaultGraph}  # fmt: skip
    documents = [n for n, kind in built.nodes(data="kind") if kind == "Document"]
    assert named == {SETTINGS.base_iri + ident for ident in documents}
    for quad in quads:  # a passage stands in the graph of its document
        if quad.predicate.value.endswith("referenceContext"):
            assert quad.graph_name == quad.object


def test_rdf12_reifies_every_statement(built: nx.MultiDiGraph) -> None:
    (data,) = make("rdf12", built, SETTINGS).values()
    found = list(pyoxigraph.parse(data, pyoxigraph.RdfFormat.N_TRIPLES, lenient=True))
    terms = [q.object for q in found if isinstance(q.object, pyoxigraph.Triple)]
    said = plain(built)
    assert len(terms) == sum("#Statement>" in line and "#type>" in line for line in said)
    assert terms and {str(term) for term in terms} <= said
    assert not any(q.predicate.value.endswith("-ns#subject") for q in found)


def test_shards_hold_every_triple_once(built: nx.MultiDiGraph, monkeypatch: pytest.MonkeyPatch
                                       ) -> None:  # fmt: skip
    monkeypatch.setattr("kg.export.formats.rdf_family.SHARD", 5000)
    files = make("shards", built, SETTINGS)
    assert len(files) > 2 and list(files) == sorted(files)
    joined = b"".join(gzip.decompress(data) for data in files.values())
    assert joined == rdf.render_nt(built, SETTINGS).encode()


def test_graphml_is_read_by_networkx(built: nx.MultiDiGraph) -> None:
    (data,) = make("graphml", built, SETTINGS).values()
    read = nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    assert set(read) == set(built) and read.number_of_edges() == built.number_of_edges()
    assert {d["label"] for _, d in read.nodes(data=True)} >= {"中华全国总工会"}


def test_graphology_has_places_and_keys(built: nx.MultiDiGraph) -> None:
    (data,) = make("graphology", built, SETTINGS).values()
    document = json.loads(data)
    keys = {node["key"] for node in document["nodes"]}
    assert keys == set(built) and document["options"]["multi"] is True
    assert all({"x", "y", "size", "color"} <= node["attributes"].keys()
               for node in document["nodes"])  # fmt: skip
    assert all({e["source"], e["target"]} <= keys for e in document["edges"])
    assert len({e["key"] for e in document["edges"]}) == built.number_of_edges()


def test_neo4j_files_name_every_end(built: nx.MultiDiGraph) -> None:
    files = make("neo4j", built, SETTINGS)
    nodes, edges = (
        list(csv.DictReader(io.StringIO(data.decode(), newline=""))) for data in files.values()
    )
    known = {row["id:ID"] for row in nodes}
    assert known == set(built) and len(edges) == built.number_of_edges()
    assert all({row[":START_ID"], row[":END_ID"]} <= known for row in edges)
    assert {"HAS_MEMBER", "HOLDS_POST"} <= {row[":TYPE"] for row in edges}


def test_parquet_tables_refer_to_each_other(built: nx.MultiDiGraph) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    tables = {
        name.removeprefix("parquet/").removesuffix(".parquet"): parquet.read_table(io.BytesIO(data))
        for name, data in make("parquet", built, SETTINGS).items()
    }
    assert set(tables) == {
        "entities", "relationships", "communities", "text_units", "documents",
    }  # fmt: skip
    units = set(tables["text_units"]["id"].to_pylist())
    things = set(tables["entities"]["id"].to_pylist())
    used = [unit for row in tables["entities"]["text_unit_ids"].to_pylist() for unit in row]
    assert used and set(used) <= units
    assert all(set(row) <= things for row in tables["text_units"]["entity_ids"].to_pylist())
    titles = set(tables["entities"]["title"].to_pylist())
    assert set(tables["relationships"]["source"].to_pylist()) <= titles
    assert tables["documents"].num_rows == 5


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'tifa-kg\[parquet\]'"):
        make("parquet", sample(), SETTINGS)
    with pytest.raises(UsageError, match=r"known: jsonld, trig"):
        make("docx", sample(), SETTINGS)


def test_dynamic_gexf_shows_what_is_dated_while_it_is(built: nx.MultiDiGraph) -> None:
    root = ElementTree.fromstring(gexf_dynamic.render(built, SETTINGS))
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    nodes = {node.get("id"): node for node in root.iter(f"{GEXF}node")}
    edges = list(root.iter(f"{GEXF}edge"))
    assert len(nodes) > 100 and len(edges) > 100
    for item in (*nodes.values(), *edges):
        days = item.get("start", ""), item.get("end", "")
        assert days[0] <= days[1] and all(len(d) == 10 and edtf.valid(d) for d in days)
    for edge in edges:
        for end in (nodes[edge.get("source")], nodes[edge.get("target")]):
            assert end.get("start", "") <= edge.get("start", "")
            assert edge.get("end", "") <= end.get("end", "")
    assert gexf_dynamic.render(nx.MultiDiGraph(), SETTINGS).count("<node ") == 0


def test_dynamic_gexf_looks_as_the_static_one(built: nx.MultiDiGraph) -> None:
    """Colours, places, sizes, and the kinds that keep apart two edges between the same nodes."""
    texts = (gexf.render(built, SETTINGS), gexf_dynamic.render(built, SETTINGS))
    still, moving = (
        {node.get("id"): [dict(one.attrib) for one in node if "viz" in one.tag]
         for node in ElementTree.fromstring(text).iter() if node.tag.endswith("}node")}
        for text in texts
    )  # fmt: skip
    assert moving and all(len(look) == 3 and still[node] == look for node, look in moving.items())
    edges = [one for one in ElementTree.fromstring(texts[1]).iter() if one.tag.endswith("}edge")]
    ends = [(one.get("source"), one.get("target"), one.get("kind")) for one in edges]
    assert len(set(ends)) == len(ends)


def test_plain_graph_and_tables_hold_every_node_and_edge(seeds_output: Path) -> None:
    graph = api.load(seeds_output)
    copy = graph.to_networkx()
    assert copy.number_of_edges() == graph.networkx.number_of_edges()
    values = [v for _, data in copy.nodes(data=True) for v in data.values()]
    assert all(isinstance(value, str | int | float | bool) for value in values)
    pytest.importorskip("pandas")
    nodes, edges = graph.to_pandas()
    assert list(nodes.columns) == list(flat.NODES[1:]) and len(nodes) == len(copy)
    assert set(edges["source"]) <= set(nodes.index)
    assert nodes.loc[nodes["label"] == "八个坚持", "kind"].tolist() == ["Formula"]


def test_export_writes_into_any_folder(seeds_output: Path, tmp_path: Path) -> None:
    files = api.load(seeds_output).export("neo4j", tmp_path / "new" / "place")
    assert [file.name for file in files] == ["nodes.csv", "relationships.csv"]
    assert all(file.read_bytes().startswith(b"id:ID") or file.name != "nodes.csv" for file in files)

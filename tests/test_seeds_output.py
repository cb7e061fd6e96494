"""The export of the five documents: readers agree, counts agree, questions have answers."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Callable
from csv import DictReader
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, Store, parse

import kg
from kg import graph as graphs
from kg import query

PREFIXES = """
PREFIX kg: <https://example.org/kg/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX schema: <https://schema.org/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX time: <http://www.w3.org/2006/time#>
"""
QUESTIONS = {
    "members in order, with quotes": """SELECT ?n ?member ?doc ?begin ?quote WHERE {
      ?f a kg:Formula ; skos:prefLabel "八个坚持"@zh ; schema:itemListElement ?li .
      ?li schema:position ?n ; schema:item/skos:prefLabel ?member ; prov:wasDerivedFrom ?p .
      ?p nif:referenceContext/dct:title ?doc ; nif:beginIndex ?begin ; nif:anchorOf ?quote .
    } ORDER BY ?n ?doc ?begin""",
    "who holds which post": """SELECT ?person ?role ?body ?quote WHERE {
      ?m a org:Membership ; org:member/skos:prefLabel ?person ; org:role/skos:prefLabel ?role ;
         prov:wasDerivedFrom/nif:anchorOf ?quote .
      OPTIONAL { ?m org:organization/skos:prefLabel ?body } }
      ORDER BY ?person ?role ?body ?quote""",
    "bodies with aliases": """SELECT ?name ?alias WHERE {
      ?o a org:FormalOrganization ; skos:prefLabel ?name ; skos:altLabel ?alias }
      ORDER BY ?name ?alias""",
    "events by date": """SELECT ?from ?event WHERE {
      ?e a schema:Event ; skos:prefLabel ?event ; schema:startDate ?from } ORDER BY ?from ?event""",
    "times by date": """SELECT ?from ?edtf WHERE {
      ?t a time:TemporalEntity ; kg:edtf ?edtf ; kg:from ?from } ORDER BY ?from ?edtf""",
}
INTEGRITY = """SELECT ?p WHERE {
  ?p nif:referenceContext/nif:isString ?t ; nif:beginIndex ?b ; nif:endIndex ?e ;
    nif:anchorOf ?quote .
  FILTER(SUBSTR(?t, ?b + 1, ?e - ?b) != ?quote) }"""


def triples(path: Path, form: RdfFormat = RdfFormat.TURTLE) -> set[str]:
    return {str(q.triple) for q in parse(path=str(path), format=form)}


@pytest.fixture(scope="module")
def ours(seeds_output: Path) -> set[str]:
    return triples(seeds_output / "graph.ttl")


def test_turtle_and_n_triples_say_the_same(ours: set[str], seeds_output: Path) -> None:
    assert ours == triples(seeds_output / "graph.nt", RdfFormat.N_TRIPLES)
    assert len(ours) > 20_000 and not any("_:" in t.split('"')[0] for t in ours)


@pytest.mark.parametrize("program", ["rapper", "serdi"])
def test_other_readers_agree(
    program: str, ours: set[str], seeds_output: Path, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    turtle = seeds_output / "graph.ttl"
    flags = {
        "rapper": ["-q", "-i", "turtle", "-o", "ntriples"],
        "serdi": ["-i", "turtle", "-o", "ntriples"],
    }
    done = subprocess.run([tool(program), *flags[program], turtle], capture_output=True, check=True)
    (tmp_path / "read.nt").write_bytes(done.stdout)
    assert triples(tmp_path / "read.nt", RdfFormat.N_TRIPLES) == ours


def test_rdflib_and_oxigraph_give_the_same_rows(ours: set[str], seeds_output: Path) -> None:
    slow = query.to_rdflib(seeds_output)
    assert len(slow) == len(ours)
    store = Store()
    store.bulk_load(path=str(seeds_output / "graph.ttl"), format=RdfFormat.TURTLE)
    for question, text in QUESTIONS.items():
        rows = [
            tuple(str(v) if v is not None else None for v in row)
            for row in slow.query(PREFIXES + text)
        ]
        found = store.query(PREFIXES + text)
        fast = [tuple(s[v].value if s[v] else None for v in found.variables) for s in found]
        assert rows and rows == fast, question
    assert len(rows) > 10
    assert list(store.query(PREFIXES + INTEGRITY)) == []
    texts = list(store.query(PREFIXES + "SELECT ?t WHERE { ?d nif:isString ?t }"))
    assert len(texts) == 5, "the integrity question has something to look at"


def test_formats_agree_in_number_and_kind(seeds_output: Path) -> None:
    graph = kg.load(seeds_output).networkx
    kinds = Counter(d["kind"] for _, d in graph.nodes(data=True))
    predicates = Counter(d["predicate"] for *_, d in graph.edges(data=True))
    rows = [json.loads(x) for x in (seeds_output / "graph.jsonl").read_text("utf-8").splitlines()][
        1:
    ]
    assert Counter(r["kind"] for r in rows if "kind" in r and "predicate" not in r) == kinds
    assert Counter(r["predicate"] for r in rows if "predicate" in r) == predicates
    with (seeds_output / "nodes.csv").open(encoding="utf-8", newline="") as file:
        assert Counter(row["kind"] for row in DictReader(file)) == kinds
    with (seeds_output / "edges.csv").open(encoding="utf-8", newline="") as file:
        assert Counter(row["relation"] for row in DictReader(file)) == predicates
    tree = ElementTree.parse(seeds_output / "graph.gexf")
    space = {"g": "http://gexf.net/1.3"}
    assert len(tree.findall(".//g:node", space)) == graph.number_of_nodes()
    assert len(tree.findall(".//g:edge", space)) == graph.number_of_edges()


def test_what_was_written_loads_as_it_was(seeds: Path, seeds_output: Path) -> None:
    built, loaded = kg.build(seeds).networkx, kg.load(seeds_output).networkx
    assert list(graphs.entities(loaded)) == list(graphs.entities(built))
    assert list(graphs.relations(loaded)) == list(graphs.relations(built))


def test_every_relation_has_evidence_that_is_true(seeds_output: Path) -> None:
    graph = kg.load(seeds_output).networkx
    texts = {e.id: str(e.attributes["text"]) for e in graphs.entities(graph, "Document")}
    for relation in graphs.relations(graph):
        assert relation.evidence
        for e in relation.evidence:
            assert texts[e.document_id][e.begin : e.end] == e.quote != ""


def test_summary_has_the_hash_of_every_file(seeds_output: Path) -> None:
    summary = json.loads((seeds_output / "summary.json").read_text("utf-8"))
    files = {
        p.relative_to(seeds_output).as_posix(): sha256(p.read_bytes()).hexdigest()
        for p in seeds_output.rglob("*") if p.is_file() and p.name != "summary.json"
    }  # fmt: skip
    assert {name: row["sha256"] for name, row in summary["files"].items()} == files

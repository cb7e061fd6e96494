"""SPARQL: what is answered and how faults are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_graph import sample

from kg.errors import OutputError, UsageError
from kg.export import rdf
from kg.query import prefixes, sparql, to_rdflib
from kg.settings import Settings


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("export")
    (folder / "graph.ttl").write_bytes(rdf.render_ttl(sample(), Settings()))
    yield folder


def test_select(output: Path) -> None:
    result = sparql(
        output,
        "SELECT ?n ?m ?none { ?f skos:prefLabel '三个统筹'@zh ; a kg:Formula ; "
        "schema:itemListElement ?i . ?i schema:position ?n ; schema:item/skos:prefLabel ?m } "
        "ORDER BY ?n",
    )
    assert result.columns == ("n", "m", "none") and result.form == "select"
    assert result.rows == (
        (1, "统筹上游下游", None), (2, "统筹城市农村", None), (3, "统筹建设管护", None),
    )  # fmt: skip


def test_values_are_of_their_kind(output: Path) -> None:
    rows = sparql(
        output,
        "SELECT ?v ?b ?a ?f ?o { ?o schema:value ?v ; kg:baseValue ?b ; kg:from ?f . "
        "BIND(true AS ?a) }",
    ).rows
    assert rows[0][:4] == (8.2, 82000, True, "2020-01-01")
    assert str(rows[0][4]).startswith("https://example.org/kg/s/")


def test_ask_and_construct(output: Path) -> None:
    assert sparql(output, "ASK { ?x a kg:Formula }").rows == ((True,),)
    assert sparql(output, "ASK { ?x a kg:Nothing }").rows == ((False,),)
    found = sparql(output, "CONSTRUCT { ?x a kg:Thing } WHERE { ?x a kg:Formula }")
    assert found.form == "construct" and found.columns == ("subject", "predicate", "object")
    assert len(found.rows) == 2 and found.rows[0][2] == "https://example.org/kg/ns#Thing"
    assert sparql(output, "DESCRIBE ?x WHERE { ?x a kg:Spirit }").rows


@pytest.mark.parametrize(
    ("query", "where", "part"),
    [
        ("", "query:1:1", "SPARQL"),
        ("SELECT WHERE {", "query:1:", "SPARQL"),
        (
            "SELECT * WHERE {\n ?x ?y ?z .\n FILTER(BOUND(?x) }",
            "query:3:19",
            "'}' comes where '(' is open",
        ),
        ("SELECT ?x { ?x a foo:Bar }", "query:1:18", "unknown prefix"),
        ("SELECT (COUNT(?x) AS ?x ?y) {}", "query:1:", "SPARQL"),
        ("SELECT * { ?s ?p 'open }", "query:1:", "SPARQL"),
        ("四个统筹", "query:1:", "SPARQL"),
    ],
)
def test_faults_have_a_place(query: str, where: str, part: str, output: Path) -> None:
    with pytest.raises(UsageError) as error:
        sparql(output, query)
    assert str(error.value).startswith(where) and part in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_or_damaged_export(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="kg build"):
        sparql(tmp_path, "ASK {}")
    with pytest.raises(OutputError, match="kg build"):
        to_rdflib(tmp_path)
    (tmp_path / "graph.ttl").write_text("<a> <b> .", "utf-8")
    with pytest.raises(OutputError, match="damaged"):
        sparql(tmp_path, "ASK {}")


def test_a_new_export_is_seen(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("<a:b> <a:c> 1 .\n", "utf-8")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert sparql(tmp_path, count).rows == ((1,),)
    (tmp_path / "graph.ttl").write_text("<a:b> <a:c> 1 , 2 , 3 .\n", "utf-8")
    assert sparql(tmp_path, count).rows == ((3,),)


def test_prefixes_are_those_of_the_export(tmp_path: Path) -> None:
    settings = Settings(base_iri="https://data.example.net/")
    (tmp_path / "graph.ttl").write_bytes(rdf.render_ttl(sample(), settings))
    assert prefixes(tmp_path)["e"] == "https://data.example.net/e/"
    assert sparql(tmp_path, "ASK { ?x a kg:Formula FILTER(STRSTARTS(STR(?x), STR(e:))) }").rows

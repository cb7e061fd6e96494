"""SPARQL: what is answered, what is refused and how faults are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from sample_graph import sample

import kg.query
from kg.errors import OutputError, UsageError
from kg.export import rdf
from kg.query import Result, prefixes, sparql, to_rdflib
from kg.settings import Settings

QUERIES = sorted((Path(kg.query.__file__).parent / "queries").glob("*.rq"))


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("export")
    (folder / "graph.ttl").write_bytes(rdf.render_ttl(sample(), Settings()))
    yield folder


@pytest.fixture(scope="module")
def graph(output: Path) -> rdflib.Graph:
    return to_rdflib(output)


def text_of(file: Path, output: Path) -> str:
    head = "".join(f"PREFIX {k}: <{iri}>\n" for k, iri in prefixes(output).items())
    return head + file.read_text("utf-8")


@pytest.mark.parametrize("file", QUERIES, ids=lambda f: f.stem)
def test_ready_queries_give_the_same_in_both_engines(
    file: Path, output: Path, graph: rdflib.Graph
) -> None:
    first = file.read_text("utf-8").split("\n")[0]
    assert first.startswith("# ") and len(first) > 20, "a title"
    found = sparql(output, file.read_text("utf-8"))
    other = graph.query(text_of(file, output))
    assert [str(v) for v in other.vars or ()] == list(found.columns)
    wanted = [
        tuple(None if term is None else str(term) for term in row)  # type: ignore[union-attr]
        for row in other
    ]
    mine = [tuple(None if t is None else t.value for t in row) for row in found.terms]
    assert sorted(mine, key=str) == sorted(wanted, key=str)
    assert len(mine) == 0 if file.stem == "integrity" else len(mine) > 0


def test_there_are_ready_queries() -> None:
    assert len(QUERIES) >= 12


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
        ("SELECT * WHERE {\n ?x ?y ?z .\n FILTER(BOUND(?x) }", "query:3:20", "expected"),
        ("SELECT ?x { ?x a foo:Bar }", "query:1:", "unknown prefix"),
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


REFUSED = {
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { service silent <http://127.0.0.1/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { \\U00000053ERVICE ?x { ?s ?p ?o } }": "SERVICE",
    "SELECT * { FILTER(1<2)SERVICE<http://127.0.0.1/>{ ?s ?p ?o } FILTER(3>2) }": "SERVICE",
    "SELECT * { ?s kg:a\\#b ?o . SERVICE <http://127.0.0.1/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { ?s ?p \"\"\"a\"\"\" SERVICE <http://127.0.0.1/> { ?s ?p '''b''' } }": "SERVICE",
    'SELECT * { ?s ?p "a\\u0022 SERVICE <http://127.0.0.1/> { ?s ?p ?o } #" }': "SERVICE",
    "PREFIX x: <http://127.0.0.1/> SELECT * { { SERVICE x:y { ?s ?p ?o } } }": "SERVICE",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }": "FROM",
    "SELECT * from named <http://127.0.0.1/> { ?s ?p ?o }": "FROM",
    "INSERT DATA { <a:b> <a:c> <a:d> }": "updates",
    "PREFIX x: <http://a/> DELETE WHERE { ?s ?p ?o }": "updates",
    "# harmless\nLOAD <http://127.0.0.1/>": "updates",
    "CLEAR ALL": "updates",
}


@pytest.mark.parametrize("query", REFUSED)
def test_nothing_else_is_read_or_written(query: str, output: Path) -> None:
    before = (output / "graph.ttl").read_bytes()
    with pytest.raises(UsageError, match=REFUSED[query]):
        sparql(output, query)
    assert (output / "graph.ttl").read_bytes() == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service kg:from ?from }",
        "SELECT * { ?x ?y ?z } # SERVICE FROM LOAD",
        "SELECT * { ?x ?y 'SERVICE <http://127.0.0.1/> FROM INSERT' }",
        'SELECT * { ?x ?y """it "is" a SERVICE""" }',
        "SELECT * { ?x <http://127.0.0.1/SERVICE#FROM> ?z }",
        "SELECT * { ?x kg:service ?z ; kg:FROM ?y }",
        "SELECT $from { ?x kg:from $from FILTER(?x < ?from) }",
    ],
)
def test_names_and_comments_may_look_like_keywords(query: str, output: Path) -> None:
    assert isinstance(sparql(output, query), Result)


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

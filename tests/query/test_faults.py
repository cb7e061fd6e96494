"""Faults: the place where a query goes wrong, and what to do about it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.query.faults import fault

PREFIXES = {"kg": "https://example.org/kg/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#"}


def told(query: str) -> str:
    """What a person is told about a query; empty for a good one."""
    try:
        Store().query(query, prefixes=PREFIXES)
    except SyntaxError as error:
        return str(fault(query, str(error), PREFIXES))
    return ""


@pytest.mark.parametrize(
    ("query", "place", "said"),
    [
        ("", "1:1", "it is empty (begin with SELECT, ASK"),
        ("  # nothing\n", "2:1", "it is empty"),
        ("SELEC * {}", "1:1", "no query begins with 'SELEC' (is SELECT meant?)"),
        ("{ ?s ?p ?o }", "1:1", "no query begins with '{' (begin with SELECT"),
        ("四个统筹", "1:1", "no query begins with '四个统筹'"),
        ("SELECT * {\n FILTRE(?x > 1) }", "2:2", "unknown word 'FILTRE' (is FILTER meant?)"),
        ("SELECT * { ?s ?p ?o } LIMT 3", "1:23", "unknown word 'LIMT' (is LIMIT meant?)"),
        ("SELECT * { ?s ?p 四个统筹 }", "1:18", "'四个统筹' is no term (write a name as"),
        ("SELECT * { ？s ?p ?o }", "1:12", "unknown sign '？' (write ?)"),
        ("SELECT * {\r\n ?s ?p ?o ；\r\n}", "2:11", "unknown sign '；' (write ;)"),
        ("SELECT * { ?s ?p ?o 。}", "1:21", "unknown sign '。' (write .)"),
        ("SELECT * { ?s a “x” }", "1:17", "'“' is no quotation mark"),
        ("SELECT * { ?s ?p 'open }", "1:18", "a text without its closing"),
        ('SELECT * { ?s ?p "a\nb" }', "1:18", "a text without its closing"),
        ("SELECT * { ?s ?p '''a' }", "1:18", "a text without its closing"),
        ("SELECT * { ?s ?p ?o", "1:10", "'{' is not closed"),
        ("SELECT * { ?s ?p ?o }}", "1:22", "'}' closes what is not open"),
        ("SELECT * { FILTER(?x ] }", "1:22", "']' comes where '(' is open"),
        ("SELECT * { ?s a KG:Bar }", "1:17", "unknown prefix 'KG' (is kg: meant? declare it"),
        ("SELECT * { ?s wiki:text ?o }", "1:15", "unknown prefix 'wiki' (declare it with PREFIX"),
        ("SELECT * { ?s xds:integer ?o }", "1:15", "unknown prefix 'xds' (is xsd: meant?"),
        ("SELECT * { ?s a foo:Bar }", "1:17", "unknown prefix 'foo' (declare it with PREFIX"),
        ("SELECT ?x (1 AS ?y) (2 AS ?y) {}", "1:33", "Duplicated variable name in SELECT"),
    ],
)
def test_the_place_is_where_it_begins(query: str, place: str, said: str) -> None:
    assert told(query).startswith(f"query:{place}: no valid SPARQL: {said}")


def test_without_a_word_to_blame_the_engine_tells_the_place() -> None:
    said = told("SELECT * {\n ?s ?p\n}")
    assert said == "query:3:2: no valid SPARQL (at or before the end of: })"


@pytest.mark.parametrize(
    "query",
    [
        "prefix a: <urn:a> SELECT ?x { ?x a kg:Formula ; a:b 'x'@zh-Hans, \"y\"^^xsd:date }",
        "BASE <http://a/> ASK { ?s <b> '''a 'b' \"c\" d''' . FILTER(?s IN (1, 2.5e3, true)) }",
        "DESCRIBE ?x { ?x ?p _:b1 . BIND(IF(!BOUND(?x), sha256('a'), UCASE(\"？“四\")) AS ?四) }",
        "SELECT (GROUP_CONCAT(?o; separator='、') AS ?a) { ?s ?p ?o } GROUP BY ?s",
    ],
)
def test_good_queries_hold_nothing_to_blame(query: str) -> None:
    """Whatever the engine may not like, no word of these is what is wrong."""
    assert told(query) == ""
    assert "the end of" in str(fault(query, "error at 1:9: expected CONSTRUCT", PREFIXES))


def test_other_names_of_a_prefix() -> None:
    known = {"dct": "http://purl.org/dc/terms/", "schema": "https://schema.org/"}
    for wrong, meant in (("dcterms", "dct"), ("dc", "dct"), ("sdo", "schema")):
        said = str(fault(f"ASK {{ ?s {wrong}:x ?o }}", "error at 1:1: Prefix not found", known))
        assert f"query:1:10: no valid SPARQL: unknown prefix '{wrong}' (is {meant}: meant?" in said


@given(st.text("SELECT*{}()[]?s 'x\"四？“\\\n#@:<>.;^&é\u2028", max_size=60))
def test_any_text_has_a_fault_on_one_line(text: str) -> None:
    said = str(fault(text, "error at 1:1: expected CONSTRUCT", PREFIXES))
    assert said.startswith("query:") and "\n" not in said

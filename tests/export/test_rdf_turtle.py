"""Turtle: the same triples as the N-Triples, read by two parsers, whatever the literals hold."""

from __future__ import annotations

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from sample_graph import sample

from kg.export import rdf, rdf_terms, rdf_turtle
from kg.namespaces import KG, RDF, SCHEMA, XSD
from kg.settings import Settings

BASE = Settings().base_iri
PREFIXES = rdf_terms.prefixes(BASE)


def turtle(*triples: str) -> str:
    """The Turtle of lines of N-Triples, without its prefixes."""
    text = "".join(rdf_turtle.lines(sorted(f"{line} .\n" for line in triples), PREFIXES))
    return text.partition("\n\n")[2]


def test_each_subject_and_predicate_is_said_once() -> None:
    thing, other = f"<{BASE}e/person-1>", f"<{BASE}e/person-2>"
    assert turtle(
        f"{thing} <{RDF}type> <{KG}Spirit>",
        f"{thing} <{RDF}type> <{SCHEMA}ItemList>",
        f'{thing} <{SCHEMA}value> "12"^^<{XSD}integer>',
        f'{other} <{SCHEMA}name> "a"@zh',
    ) == (
        "e:person-1 a kg:Spirit , schema:ItemList ;\n\tschema:value 12 .\n"
        'e:person-2 schema:name "a"@zh .\n'
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (f'"true"^^<{XSD}boolean>', "true"),
        (f'"1"^^<{XSD}boolean>', '"1"^^xsd:boolean'),
        (f'"-8.20"^^<{XSD}decimal>', "-8.20"),
        (f'"8."^^<{XSD}decimal>', '"8."^^xsd:decimal'),
        (f'"٣"^^<{XSD}integer>', '"٣"^^xsd:integer'),
        (f'"2020-01-02"^^<{XSD}date>', '"2020-01-02"^^xsd:date'),
        (r'"a \"b\"^^<c> \n\u2028"', r'"a \"b\"^^<c> \n\u2028"'),
        ('"<https://schema.org/x>"', '"<https://schema.org/x>"'),
        ("<https://schema.org/a/b>", "<https://schema.org/a/b>"),
        ("<https://schema.org/a.b>", "<https://schema.org/a.b>"),
        ("<https://schema.org/>", "<https://schema.org/>"),
        ("<urn:x>", "<urn:x>"),
        (f"<{RDF}type>", "rdf:type"),
    ],
)
def test_what_is_short_and_what_is_not(value: str, shown: str) -> None:
    assert turtle(f"<urn:a> <urn:b> {value}") == f"<urn:a> <urn:b> {shown} .\n"


@given(st.lists(st.text(), min_size=1, max_size=5), st.sampled_from(["", "zh"]))
def test_literals_are_read_as_they_were_written(texts: list[str], language: str) -> None:
    nt = sorted({f"<urn:a> <{KG}rule> {rdf_terms.text(text, language)} .\n" for text in texts})
    data = "".join(rdf_turtle.lines(nt, PREFIXES)).encode()
    expected = {quad.triple for quad in parse("".join(nt), RdfFormat.N_TRIPLES)}
    assert {quad.triple for quad in parse(data, RdfFormat.TURTLE)} == expected
    assert len(rdflib.Graph().parse(data=data, format="turtle")) == len(nt)


@pytest.mark.parametrize(
    "base", [BASE, "http://a.example/ns#", "urn:kg:", "https://schema.org/", "http://a.b/c-d_e/~/"]
)
def test_a_graph_under_any_base(base: str) -> None:
    settings = Settings(base_iri=base)
    nt = rdf.render_nt(sample(), settings).encode()
    ttl = rdf.render_ttl(sample(), settings)
    assert set(parse(ttl, RdfFormat.TURTLE)) == set(parse(nt, RdfFormat.N_TRIPLES))
    whole = rdflib.Graph().parse(data=ttl, format="turtle")
    assert set(whole) == set(rdflib.Graph().parse(data=nt, format="nt"))


def test_no_triples() -> None:
    assert turtle() == ""

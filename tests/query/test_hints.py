"""Hints: what a query asks for and no graph has; and what is not taken for that."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from sample_graph import sample

from kg.export import rdf
from kg.namespaces import KG, RDF, SCHEMA
from kg.ontology import ontology
from kg.query import hints, ready, titles
from kg.query.hints import MOST, ORG, RDFS, SKOS, vocabulary
from kg.settings import Settings

PREFIXES = {"kg": KG, "schema": SCHEMA, "skos": SKOS, "org": ORG, "rdf": RDF, "rdfs": RDFS,
            "foaf": "http://xmlns.com/foaf/0.1/", "dct": "http://purl.org/dc/terms/",
            "e": "https://example.org/kg/e/", "time": "http://www.w3.org/2006/time#"}  # fmt: skip


@pytest.mark.parametrize(
    ("query", "place", "said"),
    [
        ("ASK { ?f kg:hasMembers ?m }", "1:10", "kg:hasMembers (is dct:hasPart or org:member"),
        ("ASK {\n  ?x a kg:Formul }", "2:8", "kg:Formul (is kg:Formula meant?)"),
        ("ASK { ?x a kg:formula }", "1:12", "kg:formula (is kg:Formula meant?)"),
        ("ASK { ?x a kg:Person }", "1:12", "kg:Person (is foaf:Person meant?)"),
        ("ASK { ?x a kg:Law }", "1:12", "kg:Law (is schema:Legislation meant?)"),
        ("ASK { ?x a kg:Formul. }", "1:12", "kg:Formul (is kg:Formula meant?)"),
        ("ASK { ?x kg:holdsPost ?y }", "1:10", "kg:holdsPost (is org:member meant?)"),
        ("ASK { ?x org:hasMembership ?y }", "1:10", "(is org:member meant?)"),
        ("ASK { ?x rdfs:label ?y }", "1:10", "rdfs:label (is skos:prefLabel meant?)"),
        ("ASK { ?x kg:prefLabel ?y }", "1:10", "kg:prefLabel (is skos:prefLabel meant?)"),
        ("ASK { ?x kg:成员 ?y }", "1:10", "kg:成员 (ontology.ttl beside the graph"),
        ("ASK { ?x kg:order ?y }", "1:10", "kg:order ("),
        ("ASK { ?x schema:item/kg:statuss ?y }", "1:22", "(is kg:status meant?)"),
        (f"ASK {{ ?x <{KG}statuss> ?y }}", "1:10", "(is kg:status meant?)"),
        (f"PREFIX k: <{KG}> ASK {{ ?x k:statuss ?y }}", "1:49", "k:statuss (is k:status meant?)"),
        ("PREFIX schema: <http://schema.org/> ASK {}", "1:16", f"is <{SCHEMA}> meant?"),
        ("PREFIX s: <https://schema.org> ASK {}", "1:11", f"is <{SCHEMA}> meant?"),
        (f"prefix kg: <{KG[:-1]}> ASK {{}}", "1:12", f"is <{KG}> meant?"),
        ("CONSTRUCT WHERE { ?x kg:statuss ?y }", "1:22", "(is kg:status meant?)"),
        ("CONSTRUCT { ?x a kg:My } WHERE { ?x kg:statuss ?y }", "1:37", "(is kg:status meant?)"),
        ("ASK { ?x skos:prefLabel '三个统筹' }", "1:25", "(write '三个统筹'@zh)"),
        ("ASK { ?x skos:prefLabel|skos:altLabel '三个统筹' }", "1:39", "'@zh)"),
    ],
)
def test_what_no_graph_has(query: str, place: str, said: str) -> None:
    (hint,) = hints(query, PREFIXES)
    assert hint.startswith(f"query:{place}: ") and said in hint


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("", "nothing is asked"),
        ("ASK { ?f a kg:Formula ; skos:prefLabel '三个统筹'@zh }", "all of it is written"),
        (f"ASK {{ ?f a kg:Formula ; skos:prefLabel '三'^^<{RDF}langString> }}", "it has a type"),
        ("CONSTRUCT { ?x a kg:Mine ; rdfs:label ?y } WHERE { ?x skos:prefLabel ?y }", "their own"),
        ("ASK { ?x kg:status 'kg:statuss' } # kg:statuss", "a text and a comment are no names"),
        ("ASK { ?x kg:status ?kg , $b ; kg:rule _:statuss }", "variables and blank nodes"),
        ("ASK { e:formula-0123456789abcdef ?p ?o }", "a thing, not a property"),
        ("PREFIX wdt: <http://www.wikidata.org/prop/direct/> ASK { ?x wdt:P31 ?y }", "elsewhere"),
        (f"PREFIX kg: <{KG}> PREFIX x: <{SCHEMA}> ASK {{ ?x x:item ?y }}", "rightly declared"),
        ("ASK { ?x dct:title ?t FILTER(STR(?t) = '三个统筹') }", "compared as it should be"),
        ("ASK { ?x kg:valueText '三' }", "this has no language"),
    ],
)
def test_what_is_as_it_should_be(query: str, why: str) -> None:
    assert hints(query, PREFIXES) == (), why


def test_a_name_is_told_once_and_not_too_many() -> None:
    assert len(hints("ASK { ?x kg:statuss ?y . ?z kg:statuss ?y }", PREFIXES)) == 1
    many = " . ".join(f"?x kg:wrong{n} ?y" for n in range(9))
    assert len(hints(f"ASK {{ {many} }}", PREFIXES)) == MOST


def test_the_vocabulary_holds_what_an_export_writes() -> None:
    """Else a good query would be told that it asks for nothing."""
    words = vocabulary()
    for quad in parse(rdf.render_ttl(sample(), Settings()), format=RdfFormat.TURTLE):
        asked = [quad.predicate]
        asked += [quad.object] if quad.predicate.value == f"{RDF}type" else []
        asked += [NamedNode(quad.object.datatype.value)] if isinstance(quad.object, Literal) else []
        for iri in (term.value for term in asked):
            assert not hints(f"ASK {{ ?s <{iri}> ?o }}", {}), iri
    assert set(words.written) | words.names > {KG + kind for kind in ontology().kinds}


@pytest.mark.parametrize("name", titles())
def test_ready_queries_ask_for_what_there_is(name: str) -> None:
    assert not hints(ready(name).text, {**PREFIXES, "nif": "x", "prov": "y", "itsrdf": "z"})


def test_the_pages_queries_ask_for_what_there_is() -> None:
    docs = Path(__file__).parents[2] / "docs"
    for block in (docs / "sparql.md").read_text("utf-8").split("```sparql\n")[1:]:
        assert not hints(block.split("```")[0], PREFIXES)


@given(st.text(alphabet="PREFIX{}kg:<>'\"\\ ;,|()\n@#?a成", max_size=60))
def test_any_text_is_read_to_its_end(text: str) -> None:
    assert all("\n" not in hint for hint in hints(text, PREFIXES))

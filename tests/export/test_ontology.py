"""Ontology: it declares, in two languages, every term that an export writes, and no dead one."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from sample_graph import sample

from kg import graph as graphs
from kg import shapes
from kg.export import rdf
from kg.graph import assemble
from kg.namespaces import KG, RDF, RDFS, XSD
from kg.ontology import ontology, source
from kg.settings import Settings

OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
SCOPES = (
    RDFS + "domain", RDFS + "range", SCHEMA + "domainIncludes", SCHEMA + "rangeIncludes",
)  # fmt: skip
MAPPINGS = (
    OWL + "equivalentClass", OWL + "equivalentProperty", RDFS + "subClassOf",
    RDFS + "subPropertyOf", SKOS + "closeMatch",
)  # fmt: skip
# Of this vocabulary alone: no public term is near enough.
OWN = {
    "TextReuse", "earlier", "later", "status", "rule", "inferred", "inName", "encoding",
    "extractedText", "valueText", "approximate", "verb", "score", "weight", "tenure",
    "comparedWith", "saidAt", "occasion", "change", "against",
}  # fmt: skip
# Where anything may stand.
ANYWHERE = {"related", "broader", "differentFrom"}

Terms = dict[str, dict[str, list[NamedNode | Literal]]]


@pytest.fixture(scope="module")
def declared() -> Terms:
    found: Terms = defaultdict(lambda: defaultdict(list))
    for quad in parse(source().encode(), RdfFormat.TURTLE):
        assert isinstance(quad.subject, NamedNode), "no blank node"
        assert isinstance(quad.object, NamedNode | Literal)
        found[quad.subject.value][quad.predicate.value].append(quad.object)
    return found


def rich() -> Iterable[Triple]:
    """The sample, which has every kind and predicate, and what only some sources give."""
    graph = sample()
    entities = [
        replace(
            e,
            attributes={
                **e.attributes,
                "extractedText": "text/a.txt",
                "unitCode": "CNY",
                "listedFrom": "2021-01-02",
                "listedUntil": "2021-01-02",
            }
            | ({"maxValue": 9} if e.kind == "Statistic" else {}),
            mentions=tuple(replace(m, page=2, in_name=e.kind == "Time") for m in e.mentions),
        )
        for e in graphs.entities(graph)
    ]
    relations = [
        replace(r, qualifiers={**r.qualifiers, "tenure": "former"})
        if r.predicate == "holdsPost" else r
        for r in graphs.relations(graph)
    ]  # fmt: skip
    first, second, *_ = (e.id for e in entities if e.kind == "Person")
    relations.append(replace(relations[0], subject=first, object=second,
                             predicate="differentFrom", qualifiers={}))  # fmt: skip
    lines = rdf.triples(assemble(entities, relations), Settings())
    return (quad.triple for quad in parse("".join(lines).encode(), RdfFormat.N_TRIPLES))


def terms(triples: Iterable[Triple]) -> set[str]:
    """Properties, classes, datatypes and properties that are spoken of."""
    found = set()
    for triple in triples:
        assert isinstance(triple.predicate, NamedNode)
        found.add(triple.predicate.value)
        if triple.predicate.value in (RDF + "type", RDF + "predicate"):
            assert isinstance(triple.object, NamedNode)
            found.add(triple.object.value)
        if isinstance(triple.object, Literal):
            found.add(triple.object.datatype.value)
    builtin = (XSD, RDF + "langString")
    return {term for term in found if not term.startswith(builtin)}


def undeclared(used: set[str], declared: Terms) -> set[str]:
    return {term for term in used if RDF + "type" not in declared.get(term, {})}


def test_every_term_of_a_rich_graph_is_declared(declared: Terms) -> None:
    used = terms(rich())
    assert not undeclared(used, declared)
    assert undeclared({KG + "nothing"}, declared), "the check can fail"
    public = {
        term for term, said in declared.items()
        if RDFS + "isDefinedBy" in said and not term.endswith(("hasMembership", "#broader"))
    }  # fmt: skip
    assert public <= used, "no term is declared that nothing writes"


def test_every_term_of_a_build_is_declared(declared: Terms, seeds_output: Path) -> None:
    written = parse(path=str(seeds_output / "graph.ttl"), format=RdfFormat.TURTLE)
    assert not undeclared(terms(quad.triple for quad in written), declared)
    assert (seeds_output / "ontology.ttl").read_text("utf-8") == source()


def test_every_term_has_names_and_comments_in_two_languages(declared: Terms) -> None:
    for term, said in declared.items():
        for about in ("label", "comment"):
            found = [v for v in said[RDFS + about] if isinstance(v, Literal)]
            assert sorted(v.language or "" for v in found) == ["en", "zh"], (term, about)
            for value in found:
                han = sum("\u4e00" <= c <= "\u9fff" for c in value.value)
                mostly = han * 2 > len(value.value) or (value.language == "zh" and han)
                assert value.value.strip() and bool(mostly) == (value.language == "zh"), value


@pytest.mark.parametrize("program", ["rapper", "serdi"])
@pytest.mark.parametrize("text", [source(), shapes.source()], ids=["ontology", "shapes"])
def test_other_readers_read_it(
    program: str, text: str, tool: Callable[[str], str], tmp_path: Path
) -> None:
    (tmp_path / "read.ttl").write_text(text, "utf-8")
    flags = {"rapper": ["-q", "-i", "turtle", "-o", "ntriples"], "serdi": ["-i", "turtle"]}
    done = subprocess.run(
        [tool(program), *flags[program], tmp_path / "read.ttl"], capture_output=True, check=True
    )
    assert not done.stderr
    mine = list(parse(text.encode(), RdfFormat.TURTLE))
    assert done.stdout.count(b" .\n") == len({str(quad) for quad in mine})
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(mine)


def test_our_properties_have_domain_or_range_and_a_place_among_the_public_ones(
    declared: Terms,
) -> None:
    for term, said in declared.items():
        name = term.removeprefix(KG)
        kinds = {v.value for v in said[RDF + "type"]}
        if not term.startswith(KG) or OWL + "AnnotationProperty" in kinds:
            continue
        property_ = bool(kinds & {OWL + "ObjectProperty", OWL + "DatatypeProperty"})
        if property_ and name not in ANYWHERE:
            assert any(said[scope] for scope in SCOPES), term
        mapped = any(said[mapping] for mapping in MAPPINGS)
        assert mapped != (name in OWN), term
        for scope in SCOPES:
            for value in said[scope]:
                known = value.value in declared or value.value.startswith(XSD)
                assert known, (term, value)


def test_kinds_and_predicates_are_written_in_declared_terms(declared: Terms) -> None:
    for kind in ontology().kinds.values():
        assert not undeclared(set(kind.types), declared)
    for predicate in ontology().predicates.values():
        assert not undeclared({predicate.iri}, declared)

"""Validate: what kg writes fits its shapes, and a graph that was changed is told so, where, why."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, serialize
from sample_graph import sample

from kg import edtf, ontology, shapes
from kg.errors import OutputError, UsageError
from kg.export import rdf, rdf_terms
from kg.query import ready
from kg.settings import Settings
from kg.validate import SH, SHAPES, validate

SETTINGS = Settings()
PREFIXES = rdf_terms.prefixes(SETTINGS.base_iri)


def write(folder: Path, change: str = "", settings: Settings = SETTINGS) -> Path:
    """The sample as an export, changed by a SPARQL update."""
    store = Store()
    lines = rdf.triples(sample(), settings)
    store.bulk_load("".join(lines).encode(), RdfFormat.N_TRIPLES)
    if change:
        store.update(change, prefixes=rdf_terms.prefixes(settings.base_iri))
    data = serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES) or b""
    ordered = sorted(data.decode().splitlines(keepends=True))
    assert not change or ordered != lines, "the change changes something"
    (folder / "graph.ttl").write_text("".join(rdf.turtle(ordered, settings)), "utf-8", newline="")
    return folder


def test_what_is_written_conforms(tmp_path: Path) -> None:
    report = validate(write(tmp_path))
    assert report.faults == () and report.triples > 800


def test_it_conforms_whatever_the_base(tmp_path: Path) -> None:
    settings = Settings(base_iri="https://data.example.net/x#")
    assert validate(write(tmp_path, settings=settings)).faults == ()


@pytest.mark.xdist_group("readme")
def test_the_five_documents_conform(seeds_output: Path) -> None:
    report = validate(seeds_output)
    assert report.faults == () and report.triples > 20_000
    assert (seeds_output / "shapes.ttl").read_text("utf-8") == shapes.source()


# What is done to the graph -> the shapes that are broken, and parts of what is said.
CHANGES: dict[str, tuple[str, set[str], str]] = {
    "a quote is altered": (
        "DELETE { ?p nif:anchorOf '望山县' } INSERT { ?p nif:anchorOf '望水县' } "
        "WHERE { ?p nif:anchorOf '望山县' }",
        {"quote-text"}, "plan.txt:20-23: the document does not say that from 20 to 23",
    ),
    "a quote is longer than its place": (
        "DELETE { ?p nif:anchorOf '望山县' } INSERT { ?p nif:anchorOf '望山县召' } "
        "WHERE { ?p nif:anchorOf '望山县' }",
        {"quote-length", "quote-text"}, "not as long as the passage from 20 to 23",
    ),
    "a passage ends before it begins": (
        "DELETE { ?p nif:endIndex 23 } INSERT { ?p nif:endIndex 3 } "
        "WHERE { ?p nif:anchorOf '望山县' ; nif:endIndex 23 }",
        {"passage-order", "quote-length", "quote-text"}, "begins before it ends",
    ),
    "a passage has no document": (
        "DELETE { ?p nif:referenceContext ?d } "
        "WHERE { ?p nif:anchorOf '望山县' ; nif:referenceContext ?d }",
        {"passage-document"}, "in one document",
    ),
    "a passage bears out nothing": (
        "DELETE { ?p itsrdf:taIdentRef ?x } "
        "WHERE { ?p nif:anchorOf '望山县' ; itsrdf:taIdentRef ?x }",
        {"no-stray-passage"}, "plan.txt:20-23: a passage neither names",
    ),
    "a post loses its evidence": (
        "DELETE { ?m prov:wasDerivedFrom ?p } WHERE { ?m a org:Membership ; kg:inferred true ; "
        "prov:wasDerivedFrom ?p }",
        {"evidence-passage"}, "org:Membership s:",
    ),
    "a figure is derived from a document, not a passage": (
        "DELETE { ?s prov:wasDerivedFrom ?p } INSERT { ?s prov:wasDerivedFrom ?d } "
        "WHERE { ?s kg:valueText '8.2' ; prov:wasDerivedFrom ?p . ?p nif:referenceContext ?d }",
        {"evidence-passage", "no-stray-passage"}, "leads to the passages",
    ),
    "a letter does not name its rule": (
        "DELETE { ?m kg:rule ?r } WHERE { ?m a schema:Message ; kg:rule ?r }",
        {"evidence-rule"}, "letter.txt:0-18: a statement names the rule",
    ),
    "a statement is about a fact that is gone": (
        "DELETE WHERE { ?p kg:honour ?h }",
        {"statement-fact"}, "letter.txt",
    ),
    "a fact has no statement": (
        "INSERT { ?p skos:altLabel '老周'@zh } WHERE { ?p skos:prefLabel '周文海'@zh }",
        {"fact-statement"}, "foaf:Person 周文海",
    ),
    "a statement is about a property that no fact has": (
        "DELETE { ?s rdf:predicate ?p } INSERT { ?s rdf:predicate skos:note } "
        "WHERE { ?s rdf:predicate kg:honour ; rdf:predicate ?p }",
        {"statement-predicate", "statement-fact", "fact-statement"}, "skos:note",
    ),
    "a member stands in no list": (
        "INSERT { ?f dct:hasPart ?m } WHERE { ?f skos:prefLabel '三条底线'@zh . "
        "?m skos:prefLabel '公开'@zh }",
        {"part-evidence"}, "kg:Formula 三条底线",
    ),
    "a place is left out": (
        "DELETE { ?i schema:position 3 } INSERT { ?i schema:position 4 } "
        "WHERE { ?l a kg:Enumeration ; schema:itemListElement ?i . ?i schema:position 3 }",
        {"list-places"}, "3 items from 1 to 4",
    ),
    "a place is taken twice": (
        "DELETE { ?i schema:position 3 } INSERT { ?i schema:position 2 } "
        "WHERE { ?l a kg:Enumeration ; schema:itemListElement ?i . ?i schema:position 3 }",
        {"list-places"}, "kg:Enumeration 公开、公平、公正",
    ),
    "places begin at 0": (
        "DELETE { ?i schema:position ?n } INSERT { ?i schema:position ?m } "
        "WHERE { ?l a kg:Enumeration ; schema:itemListElement ?i . ?i schema:position ?n "
        "BIND(?n - 1 AS ?m) }",
        {"list-places", "list-item-position"}, "counted from 1: 0",
    ),
    "a complete formula lacks a member": (
        "DELETE { ?f kg:status ?s ; schema:numberOfItems 3 } "
        "INSERT { ?f kg:status 'complete' ; schema:numberOfItems 4 } "
        "WHERE { ?f a kg:Formula ; kg:status ?s ; schema:itemListElement ?i }",
        {"list-complete"}, "has 3 members, not the 4",
    ),
    "a status of its own making": (
        "DELETE { ?f kg:status 'partial' } INSERT { ?f kg:status 'half' } "
        "WHERE { ?f kg:status 'partial' }",
        {"formula-status"}, "complete, partial, conflicting or unlisted: half",
    ),
    "a name is taken away": (
        "DELETE { ?p skos:prefLabel '周文海'@zh } WHERE { ?p skos:prefLabel '周文海'@zh }",
        {"name"}, "foaf:Person e:person-",
    ),
    "a thing has two names": (
        "INSERT { ?p skos:prefLabel '周海'@zh } WHERE { ?p skos:prefLabel '周文海'@zh }",
        {"name"}, "one name in a language",
    ),
    "another name is the name": (
        "INSERT { ?o skos:prefLabel '市水务局'@en ; skos:hiddenLabel '临江市水务局'@zh } "
        "WHERE { ?o skos:prefLabel '临江市水务局'@zh }",
        {"name-search"}, "临江市水务局",
    ),
    "a date that no calendar has": (
        "DELETE { ?e kg:edtf ?d } INSERT { ?e kg:edtf '2021-02-30'^^edtf:EDTF } "
        "WHERE { ?e a schema:Event ; skos:prefLabel '临江市水利工作会议'@zh ; kg:edtf ?d }",
        {"date"}, "EDTF date of the calendar: 2021-02-30",
    ),
    "two dates": (
        "INSERT { ?e kg:edtf '2021-02'^^edtf:EDTF } "
        "WHERE { ?e skos:prefLabel '临江市水利工作会议'@zh }",
        {"date"}, "one EDTF date",
    ),
    "a period ends before it begins": (
        "DELETE { ?t kg:until ?u } INSERT { ?t kg:until '2019-12-31'^^xsd:date } "
        "WHERE { ?t a time:TemporalEntity ; skos:prefLabel '2020年'@zh ; kg:until ?u }",
        {"bounds-from"}, "not after its end",
    ),
    "a day that no calendar has": (
        "DELETE { ?d dct:issued ?i } INSERT { ?d dct:issued '2021-02-30'^^xsd:date } "
        "WHERE { ?d dct:identifier 'plan.txt' ; dct:issued ?i }",
        {"document-issued"}, "document plan.txt",
    ),
    "a duration that is none": (
        "DELETE { ?t kg:isoDuration ?d } INSERT { ?t kg:isoDuration '3 years' } "
        "WHERE { ?t kg:isoDuration ?d }",
        {"duration-value"}, "3 years",
    ),
    "a figure has value and bound": (
        "INSERT { ?s kg:baseValue 140000001 } WHERE { ?s schema:minValue 140000000 }",
        {"figure-bounds"}, "no value of its own",
    ),
    "bounds are crossed": (
        "INSERT { ?s schema:maxValue 9 } WHERE { ?s schema:minValue 140000000 }",
        {"figure-least"}, "not above the upper",
    ),
    "a number is a text": (
        "DELETE { ?s kg:baseValue 82000 } INSERT { ?s kg:baseValue '82000' } "
        "WHERE { ?s kg:baseValue 82000 }",
        {"figure-base"}, "speech.txt",
    ),
    "a likeness above 1": (
        "DELETE { ?r kg:score ?s } INSERT { ?r kg:score 1.5 } WHERE { ?r kg:score ?s }",
        {"reuse-score"}, "at most 1: 1.5",
    ),
    "a body is held on a person": (
        "INSERT { ?e schema:location ?p } WHERE { ?e skos:prefLabel '临江市水利工作会议'@zh . "
        "?p skos:prefLabel '周文海'@zh }",
        {"to-location"}, "leads to: place: e:person-",
    ),
    "a place gives a talk": (
        "INSERT { ?p schema:spokenByCharacter ?p } WHERE { ?p skos:prefLabel '望山县'@zh }",
        {"of-spokenByCharacter", "to-spokenByCharacter"}, "is said of: quotation",
    ),
    "a post is held by two": (
        "INSERT { ?m org:member ?x } WHERE { ?m a org:Membership ; kg:inferred true . "
        "?x skos:prefLabel '李小荷'@zh }",
        {"post-person"}, "held by one person",
    ),
    "a node is spoken of but not there": (
        "DELETE { ?w ?p ?o } WHERE { ?w skos:prefLabel '河湖手册'@zh ; ?p ?o }",
        {"known-kind", "to-references"}, "that the graph does not hold",
    ),
    "a thing that nothing speaks of": (
        "INSERT DATA { e:place-0000000000000000 a schema:Place ; skos:prefLabel '无处'@zh }",
        {"no-stray"}, "schema:Place 无处",
    ),
    "a blank node": (
        "INSERT { ?d schema:mentions [ a schema:Place ; skos:prefLabel '无名'@zh ] } "
        "WHERE { ?d dct:identifier 'plan.txt' }",
        {"named", "known"}, "has an IRI",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told(name: str, tmp_path: Path) -> None:
    change, broken, part = CHANGES[name]
    faults = validate(write(tmp_path, change)).faults
    assert {fault.shape for fault in faults} == broken
    assert any(part in str(fault) for fault in faults), [str(fault) for fault in faults]
    for fault in faults:
        assert fault.do and fault.what and max(fault.what_zh) > "\u4e00", fault
        assert "\n" not in str(fault)


def test_every_shape_tells_what_is_wrong_and_what_to_do() -> None:
    graph = rdflib.Graph().parse(data=shapes.source(), format="turtle")
    sh = rdflib.Namespace(SH)
    checks = set(graph.subjects(rdflib.RDF.type, sh.PropertyShape))
    checks |= set(graph.subjects(rdflib.RDF.type, sh.SPARQLConstraint))
    checks |= {
        s for s in graph.subjects(rdflib.RDF.type, sh.NodeShape) if (s, sh.message, None) in graph
    }
    assert len(checks) > 80
    for check in checks:
        assert str(check).startswith(SHAPES)
        languages = {getattr(m, "language", "") for m in graph.objects(check, sh.message)}
        assert languages == {"en", "zh"}, check
        assert graph.value(check, rdflib.RDFS.comment), check


def test_the_ends_of_predicates_are_demanded_as_the_ontology_tells_them() -> None:
    graph = rdflib.Graph().parse(data=shapes.source(), format="turtle")
    sh = rdflib.Namespace(SH)
    kinds = ontology.ontology().kinds
    told = 0
    for predicate in ontology.ontology().predicates.values():
        if predicate.shape == "membership" or not predicate.subjects & kinds.keys():
            continue
        name = re.split("[/#]", predicate.iri)[-1]
        for shape, ends in (("of-", predicate.subjects), ("to-", predicate.objects)):
            demanded = {
                str(graph.value(one, sh["class"]))
                for choice in graph.objects(rdflib.URIRef(SHAPES + shape + name), sh["or"])
                for one in graph.items(choice)
            }
            for kind in ends & kinds.keys():
                told += 1
                assert kinds[kind].types[0] in demanded, (predicate.name, kind)
    assert told > 60


def test_the_ready_check_of_names_knows_every_predicate() -> None:
    """queries/check-names.rq lists what leads to a thing; a new predicate belongs there too."""
    text = ready("check-names").text
    for predicate in ontology.ontology().predicates.values():
        short = next(
            f"{name}:{predicate.iri.removeprefix(iri)}"
            for name, iri in PREFIXES.items() if predicate.iri.startswith(iri)
        )  # fmt: skip
        if predicate.shape != "membership" and predicate.name not in ("earlier", "later"):
            assert f" {short} " in text.replace("\n", " "), short


@pytest.mark.parametrize(
    "date",
    [
        "2018", "2018-10", "2018-10-22", "2018-02-29", "2020-02-29", "2018-13", "2018-00", "2018-1",
        "2018-10-32", "2018-04-31", "202X", "20XX", "2XXX", "XXXX-10", "XXXX-02-29", "XXXX-02-30",
        "XXXX-XX-31", "XXXX-XX-32", "2018~", "2018-10?", "2018/2020", "2018/..", "../2018", "../..",
        "2018/", "/2018", "..", "2018-10-22/2018-10-30", "2018年", "", "2018 ", "now",
    ],
)  # fmt: skip
def test_the_pattern_of_dates_is_that_of_the_code(date: str, tmp_path: Path) -> None:
    """But for leap years, and intervals with X or turned round, which no pattern tells."""
    graph = rdflib.Graph().parse(data=shapes.source(), format="turtle")
    pattern = str(graph.value(rdflib.URIRef(SHAPES + "date"), rdflib.URIRef(SH + "pattern")))
    assert bool(re.search(pattern, date)) == (edtf.valid(date) or date == "2018-02-29")


def test_missing_or_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OutputError, match="kg build"):
        validate(tmp_path)
    (tmp_path / "graph.ttl").write_text("<a:b> <a:c> .", "ascii")
    with pytest.raises(OutputError, match="damaged"):
        validate(tmp_path)
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(UsageError, match=r"pip install 'tifa-kg\[validate\]'"):
        validate(tmp_path)


def test_command(kg_run: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    (tmp_path / "good").mkdir()
    write(tmp_path / "good")
    good = kg_run("validate", "-o", "good")
    assert good.returncode == 0 and good.stdout.endswith("triples checked, 0 faults\n")
    (tmp_path / "bad").mkdir()
    write(tmp_path / "bad", "DELETE WHERE { ?s kg:rule ?r }")
    bad = kg_run("validate", "-o", "bad")
    assert bad.returncode == 1 and "more of [evidence-rule] (--json prints all)" in bad.stdout
    told = json.loads(kg_run("validate", "-o", "bad", "--json").stdout)
    assert told["conforms"] is False and len(told["faults"]) > 10
    assert set(told["faults"][0]) >= {"what", "what_zh", "where", "do", "node", "shape"}
    missing = kg_run("validate", "-o", "nowhere")
    assert missing.returncode == 2 and "kg build" in missing.stderr

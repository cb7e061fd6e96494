"""RDF: the shape of every kind and predicate, and that independent readers agree on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, RdfFormat, Store, parse
from sample_graph import sample

from kg.errors import UsageError
from kg.export import rdf, rdf_terms
from kg.graph import assemble
from kg.model import Alias, Entity, Evidence
from kg.namespaces import KG, XSD
from kg.settings import Settings

SETTINGS = Settings()
PREFIXES = rdf_terms.prefixes(SETTINGS.base_iri)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return rdf.triples(sample(), SETTINGS)


@pytest.fixture(scope="module")
def store(lines: list[str]) -> Store:
    made = Store()
    made.bulk_load("".join(lines).encode(), RdfFormat.N_TRIPLES)
    return made


def holds(store: Store, pattern: str) -> bool:
    answer = store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES)
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


def rows(store: Store, query: str) -> list[tuple[str | None, ...]]:
    answer = store.query(query, prefixes=PREFIXES)
    assert isinstance(answer, QuerySolutions)
    names = [v.value for v in answer.variables]
    found = []
    for row in answer:
        values = [row[name] for name in names]
        assert all(v is None or isinstance(v, Literal | NamedNode) for v in values)
        found.append(tuple(None if v is None else v.value for v in values))  # type: ignore[union-attr]
    return found


def test_lines_are_sorted_unique_and_without_blank_nodes(lines: list[str]) -> None:
    assert lines == sorted(set(lines))
    assert not any(line.startswith("_:") or " _:" in line.split('"')[0] for line in lines)
    assert all(line.endswith(" .\n") and line.count("\n") == 1 for line in lines)


def test_turtle_says_the_same(lines: list[str]) -> None:
    data = rdf.render_ttl(sample(), SETTINGS)
    turtle = {str(quad.triple) for quad in parse(data, RdfFormat.TURTLE)}
    plain = {str(quad.triple) for quad in parse("".join(lines), RdfFormat.N_TRIPLES)}
    assert turtle == plain and len(plain) == len(lines)
    head = data.split(b"\n\n")[0].split(b"\n")
    assert head == sorted(head) and len(head) == len(PREFIXES)
    subjects = [line.split()[0] for line in data.split(b"\n") if line and line[:1] not in b"\t@"]
    assert len(subjects) == len(set(subjects)), "each subject stands once"


def test_turtle_is_stable_whatever_the_hash_seed() -> None:
    code = (
        "import hashlib; from sample_graph import sample; from kg.export import rdf; "
        "from kg.settings import Settings; "
        "print(hashlib.sha256(rdf.render_ttl(sample(), Settings())).hexdigest())"
    )
    here = str(Path(__file__).parent.parent)
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": here},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }  # fmt: skip
    assert len(found) == 1


SHAPES = {
    "document": "?d a kg:Document, nif:Context ; dct:identifier 'plan.txt' ; "
    "dct:title '临江市水利工作会议通稿'@zh ; dct:creator '周文海'@zh, '李小荷'@zh ; "
    "dct:publisher '临江日报'@zh ; dct:issued '2021-03-06'^^xsd:date ; kg:encoding 'utf-8' ; "
    "nif:isString ?text ; schema:mentions ?f ; kg:introduces ?f . ?f skos:prefLabel '三个统筹'@zh",
    "document without a day": "?d dct:identifier 'speech.txt' ; dct:title 'speech'@zh ; "
    "kg:edtf '2021-03'^^edtf:EDTF ; kg:from '2021-03-01'^^xsd:date ; "
    "kg:until '2021-03-31'^^xsd:date . FILTER NOT EXISTS { ?d dct:issued ?i }",
    "passage": "?p a nif:OffsetBasedString ; nif:referenceContext/dct:identifier 'speech.txt' ; "
    "nif:beginIndex 26 ; nif:endIndex 34 ; nif:anchorOf '节水是\\n长远之计' ; "
    "kg:quote '节水是长远之计'",
    "mention": "?p nif:anchorOf '望山县' ; itsrdf:taIdentRef ?e . ?e a schema:Place . "
    "?p nif:referenceContext ?d . ?d schema:mentions ?e",
    "formula": "?f a kg:Formula, skos:Concept, schema:ItemList ; schema:numberOfItems 3 ; "
    "kg:status 'conflicting' ; dct:hasPart ?m ; schema:itemListElement ?li . "
    "?li a schema:ListItem ; schema:position 2 ; schema:item ?m ; kg:rule 'list-after-name' ; "
    "prov:wasDerivedFrom ?p, ?q . ?m skos:prefLabel '统筹城市农村'@zh . FILTER(?p != ?q)",
    "partial formula": "?f kg:status 'partial' ; dct:hasPart ?m . ?s a rdf:Statement ; "
    "rdf:subject ?f ; rdf:predicate dct:hasPart ; rdf:object ?m ; prov:wasDerivedFrom ?p . "
    "FILTER NOT EXISTS { ?f schema:itemListElement ?li }",
    "version": "?v a schema:ItemList ; kg:variantOf ?f ; dct:issued '2021-05-02'^^xsd:date ; "
    "prov:wasDerivedFrom ?p ; kg:rule 'versions' ; schema:itemListElement/schema:position 3",
    "unnamed list": "?l a kg:Enumeration, schema:ItemList ; skos:prefLabel '公开、公平、公正'@zh ; "
    "schema:numberOfItems 3 ; schema:itemListElement/schema:item/skos:prefLabel '公平'@zh",
    "spirit": "?s a kg:Spirit, schema:ItemList ; kg:content ?c ; schema:itemListElement ?li . "
    "?li schema:item ?c ; schema:position 2 ; kg:inferred true . ?c skos:prefLabel '担当'@zh",
    "unit": "?u a org:OrganizationalUnit, org:FormalOrganization ; org:unitOf ?o . "
    "?s rdf:subject ?u ; rdf:predicate org:unitOf ; rdf:object ?o ; "
    "prov:wasDerivedFrom/nif:anchorOf '市水务局下设规划科' . "
    "FILTER NOT EXISTS { ?s kg:inferred true }",
    "inferred parent": "?s rdf:predicate org:subOrganizationOf ; kg:inferred true ; "
    "kg:rule 'lexicons/organizations' ; prov:wasDerivedFrom ?p",
    "alias": "?o skos:altLabel '市水务局'@zh . ?s a rdf:Statement ; rdf:subject ?o ; "
    "rdf:predicate skos:altLabel ; rdf:object '市水务局'@zh ; kg:rule 'abbreviation' ; "
    "prov:wasDerivedFrom ?p",
    "search form": "?o skos:hiddenLabel '临江水务'@zh "
    "FILTER NOT EXISTS { ?s rdf:object '临江水务'@zh }",
    "known name": "?s rdf:predicate skos:prefLabel ; rdf:object '临江市人民政府'@zh ; "
    "kg:inferred true ; kg:rule 'lexicons/bodies' ; prov:wasDerivedFrom ?p",
    "post": "?m a org:Membership ; org:member/skos:prefLabel '周文海'@zh ; "
    "org:role/skos:prefLabel '局长'@zh ; org:organization/skos:prefLabel '临江市水务局'@zh ; "
    "kg:asOf '2021-03'^^edtf:EDTF ; kg:from '2021-03-01'^^xsd:date ; kg:rule 'post' ; "
    "prov:wasDerivedFrom ?p",
    "post on a day": "?m a org:Membership ; kg:asOf '2021-03-06'^^xsd:date ; kg:inferred true",
    "honour": "?p kg:honour ?h . ?s rdf:subject ?p ; rdf:predicate kg:honour ; rdf:object ?h",
    "citation": "?d a kg:Document ; dct:references ?w . ?w a schema:Legislation . "
    "?s rdf:subject ?d ; rdf:predicate dct:references ; rdf:object ?w ; kg:rule 'citation'",
    "co-occurrence": "?a skos:related ?b . ?s rdf:subject ?a ; rdf:object ?b ; kg:weight 2",
    "event": "?e a schema:Event ; schema:startDate '2021-03-05'^^xsd:date ; "
    "schema:endDate '2021-03-05'^^xsd:date ; kg:edtf '2021-03-05'^^edtf:EDTF ; "
    "schema:location ?l ; schema:organizer ?o ; schema:superEvent ?x ; kg:heldOn ?t ; "
    "kg:rule 'meeting' ; prov:wasDerivedFrom ?p . FILTER NOT EXISTS { ?e kg:inferred true }",
    "event dated by a table": "?e skos:prefLabel '水利大会'@zh ; kg:inferred true ; "
    "kg:rule 'calendar:events' ; schema:endDate '2020-01-09'^^xsd:date . "
    "?s rdf:subject ?e ; rdf:predicate schema:startDate ; rdf:object '2020-01-07'^^xsd:date ; "
    "kg:inferred true ; kg:rule 'calendar:events' ; prov:wasDerivedFrom ?p . "
    "?e prov:wasDerivedFrom ?p, ?q . ?q nif:referenceContext/dct:identifier 'letter.txt'",
    "event without parts": "?e skos:prefLabel '无日期座谈会'@zh ; prov:wasDerivedFrom ?p ; "
    "kg:rule 'mention'",
    "time": "?t a time:TemporalEntity ; skos:prefLabel '2020年'@zh ; kg:edtf '2020'^^edtf:EDTF ; "
    "kg:from '2020-01-01'^^xsd:date ; kg:until '2020-12-31'^^xsd:date",
    "duration": "?t a time:TemporalEntity ; kg:isoDuration 'P3Y' "
    "FILTER NOT EXISTS { ?t kg:from ?f }",
    "figure": "?o a schema:Observation ; schema:observationAbout ?b ; schema:value 8.2 ; "
    "schema:measuredProperty/skos:prefLabel '新建水库'@zh ; kg:valueText '8.2' ; "
    "schema:unitText '万座' ; kg:baseValue 82000 ; kg:edtf '2020'^^edtf:EDTF ; "
    "kg:rule 'quantity' ; prov:wasDerivedFrom/nif:anchorOf '新建水库8.2万座'",
    "figure's wider passages": "?o a schema:Observation . ?s rdf:subject ?o ; "
    "rdf:predicate schema:observationAbout ; prov:wasDerivedFrom ?p . "
    "FILTER NOT EXISTS { ?o prov:wasDerivedFrom ?p }",
    "bound": "?o schema:minValue 140000000 ; kg:approximate true ; kg:valueText '超过1.4' "
    "FILTER NOT EXISTS { ?o schema:maxValue ?x } FILTER NOT EXISTS { ?o kg:baseValue ?y }",
    "quotation": "?q a schema:Quotation ; schema:spokenByCharacter ?p ; schema:about ?c ; "
    "schema:text '节水是长远之计'@zh ; kg:verb '指出' ; prov:wasDerivedFrom ?x",
    "letter": "?m a schema:Message ; schema:sender ?p ; kg:edtf '2021-04'^^edtf:EDTF ; "
    "schema:recipient/a foaf:Group ; kg:sentOn ?t ; prov:wasDerivedFrom ?x",
    "reuse": "?r a kg:TextReuse ; kg:score 1.0 ; prov:wasDerivedFrom ?a, ?b ; "
    "kg:earlier ?a ; kg:later ?b . ?a nif:referenceContext/dct:identifier 'plan.txt' . "
    "?b nif:referenceContext/dct:identifier 'letter.txt'",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shape(shape: str, store: Store) -> None:
    pattern = SHAPES[shape].replace("/a foaf:Group", "/rdf:type foaf:Group")
    assert holds(store, pattern)


def test_every_node_has_the_classes_of_its_kind(store: Store) -> None:
    from kg.ontology import ontology

    graph = sample()
    for node, kind in graph.nodes(data="kind"):
        for name in ontology().kind(kind).types:
            assert holds(store, f"<{SETTINGS.base_iri}{node}> a <{name}>"), (node, kind)


def test_every_statement_has_evidence_and_a_rule(store: Store) -> None:
    classes = (
        "rdf:Statement org:Membership schema:Observation schema:Quotation schema:ListItem "
        "schema:Message schema:Event kg:TextReuse"
    )
    for lack in ("prov:wasDerivedFrom/nif:anchorOf ?x", "kg:rule ?x"):
        query = f"SELECT ?s {{ VALUES ?k {{ {classes} }} ?s a ?k MINUS {{ ?s {lack} }} }}"
        assert not rows(store, query)
    facts = "skos:altLabel org:unitOf org:subOrganizationOf kg:honour dct:references"
    query = (
        f"SELECT * {{ VALUES ?p {{ {facts} }} ?x ?p ?y "
        "MINUS { ?s rdf:subject ?x ; rdf:predicate ?p ; rdf:object ?y } }"
    )
    assert not rows(store, query)


def test_quotes_are_the_text_at_their_offsets(store: Store) -> None:
    query = (
        "SELECT ?quote { ?p nif:referenceContext/nif:isString ?t ; nif:beginIndex ?b ; "
        "nif:endIndex ?e ; nif:anchorOf ?quote . "
        "FILTER(SUBSTR(?t, ?b + 1, ?e - ?b) != ?quote) }"
    )
    assert not rows(store, query)


def test_labels_are_never_both_preferred_and_other() -> None:
    place = Evidence("d/1", 0, 1, "甲")
    same = Entity("e/person-1", "Person", "甲", (Alias("甲", (place,), "wording"),))
    found = "".join(rdf.triples(assemble([same], []), SETTINGS))
    assert "prefLabel" in found and "altLabel" not in found


def test_rdflib_reads_the_same(lines: list[str]) -> None:
    for data, form in ((b"".join(line.encode() for line in lines), "nt"),
                       (rdf.render_ttl(sample(), SETTINGS), "turtle")):  # fmt: skip
        graph = rdflib.Graph().parse(data=data, format=form)
        assert len(graph) == len(lines)
        again = graph.serialize(format="nt", encoding="utf-8")
        assert {str(q.triple) for q in parse(again, RdfFormat.N_TRIPLES)} == {
            str(q.triple) for q in parse("".join(lines), RdfFormat.N_TRIPLES)
        }
    made = rdf.to_rdflib(sample(), SETTINGS)
    assert len(made) == len(lines)
    assert dict(made.namespaces())["kg"] == rdflib.URIRef(KG)


@pytest.mark.parametrize(
    ("program", "options"),
    [
        ("rapper", ("-q", "-i", "ntriples", "-o", "ntriples", "graph.nt")),
        ("rapper", ("-q", "-i", "turtle", "-o", "ntriples", "graph.ttl")),
        ("serdi", ("-i", "ntriples", "-o", "ntriples", "graph.nt")),
        ("serdi", ("-i", "turtle", "-o", "ntriples", "graph.ttl")),
    ],
)  # fmt: skip
def test_other_readers_agree(
    program: str, options: tuple[str, ...], lines: list[str], tmp_path: Path,
    tool: Callable[[str], str],
) -> None:  # fmt: skip
    (tmp_path / "graph.nt").write_bytes("".join(lines).encode())
    (tmp_path / "graph.ttl").write_bytes(rdf.render_ttl(sample(), SETTINGS))
    done = subprocess.run([tool(program), *options], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    read = {str(quad.triple) for quad in parse(done.stdout, RdfFormat.N_TRIPLES)}
    assert read == {str(quad.triple) for quad in parse("".join(lines), RdfFormat.N_TRIPLES)}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (8, '"8"^^<{x}integer>'),
        (8.0, '"8"^^<{x}integer>'),
        (22.7, '"22.7"^^<{x}decimal>'),
        (2.27e13, '"22700000000000"^^<{x}integer>'),
        (1e-7, '"0.0000001"^^<{x}decimal>'),
        (0.1 + 0.2, '"0.30000000000000004"^^<{x}decimal>'),
        ("22.70", '"22.7"^^<{x}decimal>'),
        (-3, '"-3"^^<{x}integer>'),
        (10**30, '"1000000000000000000000000000000"^^<{x}integer>'),
        (float("inf"), ""),
        (float("nan"), ""),
        ("1e5", ""),
        ("许多", ""),
        (True, ""),
    ],
)
def test_numbers_have_no_exponent(value: float | str, written: str) -> None:
    assert rdf_terms.number(value) == written.format(x=XSD)


def test_a_whole_score_stays_decimal() -> None:
    assert rdf_terms.number(1, whole=False) == f'"1.0"^^<{XSD}decimal>'


@pytest.mark.parametrize("value", ["2021-02-30", "2021-03", "2021-3-5", "", "2021-03-05T00:00"])
def test_what_is_no_day_is_no_date(value: str) -> None:
    assert rdf_terms.day(value) == ""


@pytest.mark.parametrize(
    "base",
    [
        "", "kg/", "https://example.org/kg", "https://例.org/", "https://a b/", "https://a>/",
        "https://a\n/", "https://a\\/", 'https://a"/',
    ],
)  # fmt: skip
def test_a_base_that_is_no_iri_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="base_iri"):
        rdf.triples(sample(), Settings(base_iri=base))


@pytest.mark.parametrize("base", ["https://data.example.net/x#", "urn:kg:", "https://schema.org/"])
def test_another_base_moves_instances_only(base: str) -> None:
    settings = Settings(base_iri=base)
    data = rdf.render_ttl(sample(), settings)
    assert data == rdf.render_ttl(sample(), settings)
    subjects = {quad.subject.value for quad in parse(data, RdfFormat.TURTLE)}
    assert all(subject.startswith(base) for subject in subjects)
    assert b"https://example.org/kg/ns#" in data and b"https://example.org/kg/e/" not in data

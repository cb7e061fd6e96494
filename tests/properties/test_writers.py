"""Writers: whatever a text holds comes back from every format, and breaks none."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, RdfFormat, parse

from kg.export import formulas, gexf, jsonl, rdf, rdf_terms, tables_csv
from kg.graph import assemble
from kg.model import Alias, Entity, Evidence, Relation, Scalar
from kg.query.formats import csv as query_csv
from kg.query.formats import json as query_json
from kg.query.formats import table
from kg.query.sparql import Result, Term
from kg.settings import Settings

SETTINGS = Settings()
NASTY = (
    "\x00", "\x07", "\x0b", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\u202e",
    "\u3000", "\ud800", "\udfff", "\ufffe", "\uffff", "\U0001f600", "\U00020bb7", "é", "e\u0301",
    '"', "'", "\\", "\\u0041", "\\", "\n", "\r", "\r\n", "\t", "<", ">", "&", "]]>", "</script>",
    "<!--", "{{7*7}}", "=1+1", "@x", "+1", "-1", ";", ",", "<a:b> .", "}", "#", "^^", "@zh", "_:b",
    "四个统筹", "“”", "__proto__", "%s", "\\N", "null",
)  # fmt: skip
# A high surrogate before a low one is another character to every reader of JSON.
PAIR = re.compile("[\ud800-\udbff](?=[\udc00-\udfff])")
strings = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=4)), max_size=6).map(
    lambda parts: PAIR.sub("", "".join(parts))
)
scalars: st.SearchStrategy[Scalar] = st.one_of(
    strings, st.integers(), st.booleans(), st.floats(allow_nan=False)
)
values = st.dictionaries(strings, scalars, max_size=3)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    quote = draw(strings.filter(bool))
    begin = draw(st.integers(0, 10**6))
    return Evidence("d/0", begin, begin + len(quote), quote, draw(strings))


@st.composite
def graphs(draw: st.DrawFn) -> nx.MultiDiGraph:
    """A document, a formula, a spirit, an event, a figure and a quotation with hostile words."""
    places = draw(st.lists(evidence(), min_size=1, max_size=3))
    name, other = draw(strings), draw(strings)
    words = {"path": draw(strings), "creator": draw(strings), "text": draw(strings)}
    dates = {key: draw(strings) for key in ("edtf", "from", "until", "startDate")}
    alias = Alias(other, tuple(places[:1]), draw(strings), draw(st.booleans()))
    nodes = [
        Entity("d/0", "Document", name, attributes={**words, "issued": draw(strings)}),
        Entity("e/formula-0", "Formula", name, (alias,),
               {**draw(values), "number": draw(scalars), "status": draw(strings)}, tuple(places)),
        Entity("e/spirit-0", "Spirit", other, (), draw(values), tuple(places), alias),
        Entity("e/event-0", "Event", name, (alias,), {**dates}),
        Entity("s/figure", "Statistic", name, (), {
            "value": draw(scalars), "baseValue": draw(scalars), "unitText": draw(strings),
            "approximate": draw(scalars), "rule": draw(strings)}, tuple(places)),
        Entity("s/saying", "Quotation", name, (), {"text": draw(strings), "verb": other}),
    ]  # fmt: skip
    found = tuple(places)
    rule = draw(strings)
    edges = [
        Relation("e/formula-0", "hasMember", "e/spirit-0", found, rule, {"position": 1}),
        Relation("d/0", "mentions", "e/formula-0", found, rule, draw(values)),
        Relation("e/spirit-0", "related", "e/formula-0", found, rule, {"weight": draw(scalars)}),
        Relation("e/event-0", "superEvent", "e/event-0", found, rule, {}, True),
        Relation("s/saying", "about", "e/spirit-0", found, rule, {"asOf": draw(strings)}),
        Relation("s/figure", "about", "e/spirit-0", found[:1], rule),
    ]
    return assemble(nodes, edges)


def readable(text: str) -> str:
    """A text as RDF can hold it."""
    return re.sub("[\x00\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


@quick
@given(graphs(), st.builds(Settings, concepts=st.integers(0, 99)))
def test_jsonl_loses_nothing(graph: nx.MultiDiGraph, chosen: Settings) -> None:
    text = jsonl.render(graph, chosen)
    loaded = jsonl.parse(io.BytesIO(text.encode()), "x")
    assert nx.utils.graphs_equal(loaded.graph, graph) and loaded.settings == chosen
    assert jsonl.render(loaded.graph, chosen) == text
    assert text.count("\n") == 1 + graph.number_of_nodes() + graph.number_of_edges()


@quick
@given(graphs())
def test_rdf_is_read_alike_by_all(graph: nx.MultiDiGraph) -> None:
    lines = rdf.triples(graph, SETTINGS)
    plain = {str(quad.triple) for quad in parse("".join(lines).encode(), RdfFormat.N_TRIPLES)}
    assert len(plain) == len(lines)
    turtle = rdf.render_ttl(graph, SETTINGS)
    assert {str(quad.triple) for quad in parse(turtle, RdfFormat.TURTLE)} == plain
    again = rdflib.Graph().parse(data="".join(lines), format="nt")
    assert len(again) == len(lines)


@quick
@given(strings, st.sampled_from(["", "zh"]))
def test_literals_come_back(text: str, language: str) -> None:
    line = f"<a:s> <a:p> {rdf_terms.text(text, language)} .\n"
    assert line.count("\n") == 1
    (quad,) = parse(line.encode(), RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, Literal)
    assert quad.object.value == readable(text)
    ((_, _, value),) = rdflib.Graph().parse(data=line, format="nt")
    assert str(value) == readable(text)


def test_other_readers_take_hostile_literals(tool: Callable[[str], str], tmp_path: Path) -> None:
    text = "".join(f"<a:s> <a:p{n}> {rdf_terms.text(w)} .\n" for n, w in enumerate(NASTY))
    (tmp_path / "x.nt").write_bytes(text.encode())
    wanted = {str(quad.triple) for quad in parse(text.encode(), RdfFormat.N_TRIPLES)}
    for command in (
        [tool("rapper"), "-q", "-i", "ntriples", "-o", "ntriples", "x.nt"],
        [tool("serdi"), "-i", "ntriples", "-o", "ntriples", "x.nt"],
    ):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        found = {str(quad.triple) for quad in parse(done.stdout, RdfFormat.N_TRIPLES)}
        assert found == wanted


@quick
@given(graphs())
def test_gexf_is_xml_with_every_node_and_edge(graph: nx.MultiDiGraph) -> None:
    root = ET.fromstring(gexf.render(graph, SETTINGS).encode())
    nodes = root.findall(".//{*}node")
    assert {n.attrib["id"]: n.attrib["label"] for n in nodes} == {
        node: gexf.clean(name) if gexf.clean(name).strip() else node
        for node, name in graph.nodes(data="name")
    }
    assert len(root.findall(".//{*}edge")) == graph.number_of_edges()


@quick
@given(graphs())
def test_csv_has_a_row_for_each_and_no_formula(graph: nx.MultiDiGraph) -> None:
    for lines, count in (
        (tables_csv.node_lines, graph.number_of_nodes()),
        (tables_csv.edge_lines, graph.number_of_edges()),
    ):
        text = "".join(lines(graph, SETTINGS))
        text.encode()
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len(rows) == count + 1 and len({len(row) for row in rows}) == 1
        assert not any(cell.startswith(tables_csv._FORMULA) for row in rows for cell in row)


@quick
@given(graphs())
def test_the_table_of_formulas_keeps_its_columns(graph: nx.MultiDiGraph) -> None:
    text = formulas.render(graph, SETTINGS)
    assert len(text.splitlines()) == text.count("\n") == 2
    assert {line.count("\t") for line in text.splitlines()} == {len(formulas.COLUMNS) - 1}


@quick
@given(st.lists(st.lists(strings, min_size=2, max_size=2), max_size=4))
def test_query_results_can_be_printed(rows: list[list[str]]) -> None:
    result = Result(("a", "b"), tuple(tuple(Term(cell) for cell in row) for row in rows))
    lines = table(result).splitlines()
    assert len(lines) == 2 + max(1, len(rows))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", "".join(lines))
    assert len(list(csv.reader(io.StringIO(query_csv(result), newline="")))) == len(rows) + 1
    query_json(result)

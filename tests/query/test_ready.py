"""Ready queries: their files, their parameters, and the same rows from two engines."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, serialize
from sample_graph import TEXTS, sample

from kg.errors import DataError, UsageError
from kg.export import rdf, rdf_terms
from kg.query import Ready, arguments, prefixes, ready, sparql, titles, to_rdflib
from kg.query.arguments import TYPES, term
from kg.query.ready import parse
from kg.settings import Settings

EMPTY = {
    "check-quotes",
    "check-evidence",
    "check-names",
    "check-lists",
    "shared-members",
}
# What is asked of the sample: the first is what must be given at least.
ASKED: dict[str, list[dict[str, str]]] = {
    "about": [{"name": "周文海"}, {"name": "市水务局"}, {"name": "三个统筹"}],
    "bodies": [{}, {"name": "市水务局"}, {"name": "临江水务"}],
    "careers": [{}, {"person": "周文海"}],
    "citations": [{}, {"work": "河湖手册"}],
    "concordance": [{"name": "三个统筹"}],
    "events": [{}, {"since": "2021"}, {"until": "2020-12"}],
    "figures": [{}, {"indicator": "新建水库"}, {"unit": "亿人次"}],
    "find": [{}, {"part": "统筹"}, {"kind": "Person"}],
    "formula-uses": [{}, {"name": "三个统筹"}],
    "formulas": [{}, {"status": "partial"}],
    "members": [{}, {"name": "三个统筹"}],
    "newcomers": [{}, {"kind": "Formula", "since": "2021", "until": "2021-03-06"}],
    "posts": [{}, {"body": "市水务局"}, {"role": "局长"}],
    "repeats": [{}, {"document": "letter.txt"}],
    "sayings": [{}, {"topic": "新建水库"}, {"speaker": "周文海"}],
    "shared-things": [{"first": "plan.txt", "second": "letter.txt"}],
    "spirits": [{}, {"name": "治水精神"}],
    "timeline": [{}, {"since": "2021"}, {"until": "2020"}],
    "together": [{}, {"name": "清流战略"}, {"least": "2"}],
    "units": [{}, {"name": "临江市人民政府"}],
    "versions": [{}, {"name": "三个统筹"}],
}  # fmt: skip
# Parameters that no row of the sample answers to.
NONE = {
    "members": {"name": "四个统筹"},
    "posts": {"body": "水文站"},
    "sayings": {"speaker": "李小荷"},
    "figures": {"unit": "万"},
    "events": {"since": "2031"},
    "together": {"least": "3"},
    "find": {"part": "统筹", "kind": "人物"},
    "repeats": {"document": "speech.txt"},
}
CASES = [(name, given) for name in titles() for given in ASKED.get(name, [{}])]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    (folder / "graph.ttl").write_bytes(rdf.render_ttl(sample(), Settings()))
    return folder


@pytest.fixture(scope="module")
def graph(output: Path) -> rdflib.Graph:
    return to_rdflib(output)


def test_there_are_many() -> None:
    assert len(titles()) >= 30
    assert all(len(title) > 20 for title in titles().values())
    assert len(set(titles().values())) == len(titles())
    parameters = [p for name in titles() for p in ready(name).parameters]
    assert {p.type for p in parameters} == set(TYPES), "every type is used"
    for name in titles():
        question = ready(name)
        assert any("\u4e00" <= c <= "\u9fff" for c in question.title_zh), name
        for parameter in question.parameters:
            term(parameter.name, parameter.type, parameter.example)


@pytest.mark.parametrize(("name", "given"), CASES, ids=str)
def test_two_engines_give_the_same_rows(
    name: str, given: dict[str, str], output: Path, graph: rdflib.Graph
) -> None:
    text = ready(name).filled(given)
    found = sparql(output, text)
    other = graph.query(text, initNs=prefixes(output))
    assert [str(v) for v in other.vars or ()] == list(found.columns)
    assert sorted(map(plain, other), key=str) == sorted(
        [tuple(None if t is None else number(t.value, t.datatype) for t in row)
         for row in found.terms], key=str,
    )  # fmt: skip
    assert len(found.rows) == 0 if name in EMPTY else len(found.rows) > 0


@pytest.mark.parametrize("name", NONE)
def test_what_is_not_there_gives_no_row(name: str, output: Path) -> None:
    assert sparql(output, ready(name).filled(NONE[name])).rows == ()


def test_what_has_no_body_or_topic_is_of_none(tmp_path: Path) -> None:
    """A post without a body is not in every body, nor a saying without a topic on every topic."""
    store = Store()
    store.bulk_load("".join(rdf.triples(sample(), Settings())).encode(), RdfFormat.N_TRIPLES)
    known = rdf_terms.prefixes(Settings().base_iri)
    store.update("DELETE WHERE { ?m org:organization ?o }", prefixes=known)
    store.update("DELETE WHERE { ?q schema:about ?x }", prefixes=known)
    head = "".join(f"@prefix {short}: <{iri}> .\n" for short, iri in sorted(known.items()))
    data = serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES)
    (tmp_path / "graph.ttl").write_bytes(head.encode() + (data or b""))
    for name, parameter, value in (
        ("posts", "body", "市水务局"), ("sayings", "topic", "新建水库"),
    ):  # fmt: skip
        assert sparql(tmp_path, ready(name).text).rows
        assert sparql(tmp_path, ready(name).filled({parameter: value})).rows == ()


def plain(row: object) -> tuple[object, ...]:
    return tuple(
        None if term is None else number(str(term), str(getattr(term, "datatype", "") or ""))
        for term in row  # type: ignore[attr-defined]
    )


def number(value: str, datatype: str) -> object:
    """Engines write one number in several ways."""
    return float(value) if datatype.endswith(("decimal", "integer", "double")) else value


def test_rows_of_the_sample(output: Path) -> None:
    def rows(name: str, /, **given: str) -> list[tuple[object, ...]]:
        return list(sparql(output, ready(name).filled(given)).rows)

    assert [row[1:3] for row in rows("members", name="三个统筹")] == [
        (1, "统筹上游下游"), (2, "统筹城市农村"), (2, "统筹城市农村"),
        (3, "统筹建设管护"), (3, "统筹建设管护"),
    ]  # fmt: skip
    assert rows("bodies", name="市水务局") == [("临江市水务局", "市水务局", "临江市人民政府")]
    assert rows("units", name="临江市人民政府") == [
        ("临江市人民政府", "临江市水务局"), ("临江市人民政府", "规划科"),
    ]  # fmt: skip
    assert [row[:4] for row in rows("versions")] == [
        ("三个统筹", None, 2, "统筹城市农村"), ("三个统筹", None, 3, "统筹建设管护"),
        ("三个统筹", None, 1, "统筹上游下游"), ("三个统筹", None, 2, "统筹城市农村"),
        ("三个统筹", None, 3, "统筹建设管护"), ("三个统筹", "2021-05-02", 1, "统筹点线面"),
        ("三个统筹", "2021-05-02", 2, "统筹城市农村"),
        ("三个统筹", "2021-05-02", 3, "统筹建设管护"),
    ]  # fmt: skip
    assert rows("newcomers", until="2021-04") == [("2021-03-06", "plan.txt", "三个统筹")]
    text = TEXTS["speech.txt"]
    place = text.index("三个统筹")
    assert ("speech.txt", place, text[place - 20 : place], "三个统筹", text[place + 4 :][:20]) in (
        rows("concordance", name="三个统筹")
    )
    assert [row[1] for row in rows("posts", role="局长", body="临江市人民政府")] == ["局长"]
    assert rows("letters")[0][:3] == ("周文海", "水文班组", "2021-04")


HOSTILE = [
    '" } SERVICE <http://127.0.0.1/> { ?s ?p ?o } #',
    "三个统筹\" } UNION { ?s ?p ?o } #",
    "\\", "\\\" }", "\\u0022 } #", "a\nb", "a\tb\x00c\x1b", "{ } VALUES ?least { 1 }",
    "$&\\1\\g<0>",
    "'''", '"""', "?name", "<urn:x>", "a\u2028b", "a\udcff", "🀄" * 400,
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_value_stays_a_value(value: str, output: Path) -> None:
    """Whatever it holds, it is one term, and the query around it is what it was."""
    sent = value.encode("utf-8", "replace").decode()
    question = parse("x.rq", "# T\n# 题\n# @a text x y\n# @b text x y\n"
                     "SELECT * { VALUES ?a { UNDEF } VALUES ?b { } }")  # fmt: skip
    assert sparql(output, question.filled({"a": value, "b": value})).rows == ((sent, sent),)
    for name, parameter in (("members", "name"), ("together", "name"), ("repeats", "document")):
        assert sparql(output, ready(name).filled({parameter: value})).rows == ()


@pytest.mark.parametrize(
    ("type_", "value", "written"),
    [
        ("label", " 三个统筹 ", '"三个统筹"@zh'),
        ("label", "e\u0301", '"é"@zh'),
        ("text", "万座", '"万座"'),
        ("since", "2021", '"2021-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("until", "2020-02", '"2020-02-29"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("number", "-8.50", "-8.50"),
        ("kind", "Formula", "<https://example.org/kg/ns#Formula>"),
        ("kind", "人物", "<http://xmlns.com/foaf/0.1/Person>"),
    ],
)
def test_types(type_: str, value: str, written: str) -> None:
    assert term("x", type_, value) == written


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("label", ""), ("label", " \n"), ("text", ""), ("since", "2021-13"), ("since", "21"),
        ("since", "2021-02-29"), ("until", "2021/.."), ("until", "now"), ("number", "1e5"),
        ("number", "1 } #"), ("number", "１"), ("kind", "Thing"),
        ("kind", "kg:Formula"),
    ],
)  # fmt: skip
def test_what_is_of_another_type_is_refused(type_: str, value: str) -> None:
    with pytest.raises(UsageError, match="--arg x: no") as error:
        term("x", type_, value)
    assert "give " in str(error.value)


@pytest.mark.parametrize(
    ("name", "given", "parts"),
    [
        ("members", {"nome": "x"}, ("nome", "known: name (label)")),
        ("kinds", {"name": "x"}, ("name", "known: none")),
        ("about", {}, ("wanted for name", "name (label, required)")),
        ("shared-things", {"first": "a"}, ("wanted for second",)),
    ],
)
def test_wrong_parameters_list_the_right_ones(
    name: str, given: dict[str, str], parts: tuple[str, ...]
) -> None:
    with pytest.raises(UsageError) as error:
        ready(name).filled(given)
    assert all(part in str(error.value) for part in (name, *parts))


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("nothing", "(kg query --list names them all)"),
        ("", "(kg query --list names them all)"),
        ("member", "(is members or shared-members meant?"),
        ("Formula", "(is formula-uses or formulas meant?"),
        ("psots", "(is posts meant?"),
    ],
)
def test_unknown_query_suggests_those_that_are_meant(name: str, advice: str) -> None:
    with pytest.raises(UsageError) as error:
        ready(name)
    assert f"no ready query {name!r} {advice}" in str(error.value)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("SELECT * {}", "title"),
        ("# T\nSELECT * {}", "Chinese"),
        ("# T\n# 题\n# @a text\nSELECT * { VALUES ?a { } }", "no parameter"),
        ("# T\n# 题\n# @a word x y\nSELECT * { VALUES ?a { } }", "unknown type 'word'"),
        ("# T\n# 题\n# @a text x y\nSELECT * {}", "0 places"),
        ("# T\n# 题\n# @a text x y\nSELECT * { VALUES ?a { } VALUES ?a { 1 } }", "2 places"),
    ],
)
def test_faults_of_a_file(text: str, part: str) -> None:
    with pytest.raises(DataError, match=part):
        parse("x.rq", text)


def test_parts_of_a_file() -> None:
    question = parse(
        "x.rq", "# T\n# 题\n# More\n# and more.\n# @a text x y z\nSELECT * { VALUES ?a { 1 } }"
    )
    assert isinstance(question, Ready)
    assert (question.title, question.title_zh, question.about) == ("T", "题", "More and more.")
    (only,) = question.parameters
    assert (only.name, only.type, only.example, only.about) == ("a", "text", "x", "y z")
    assert (only.default, only.required) == ("1", False)
    assert question.filled({}) == question.text


@pytest.mark.parametrize("pair", ["name", "=x", ""])
def test_pairs_are_of_one_form(pair: str) -> None:
    with pytest.raises(UsageError, match="KEY=VALUE"):
        arguments([pair])
    with pytest.raises(UsageError, match="twice"):
        arguments(["a=1", "a=2"])

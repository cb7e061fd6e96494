"""Refusals: updates, SERVICE and FROM in any spelling; nothing else is read, nothing written."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store
from sample_graph import sample

from kg.errors import LimitError, UsageError
from kg.export import rdf
from kg.query import Result, sparql
from kg.query.engine import answer
from kg.query.refusals import LONGEST, refuse
from kg.settings import Settings


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    (folder / "graph.ttl").write_bytes(rdf.render_ttl(sample(), Settings()))
    return folder


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server on loopback that nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def called(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


# HOST is put in for 127.0.0.1 and the port of the listener.
REFUSED = {
    "SELECT * { SERVICE <http://HOST/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { service silent <http://HOST/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { SeRvIcE <http://HOST/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { SERVICE#\n<http://HOST/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { # SERVICE\nSERVICE # <\n<http://HOST/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { \\u0053ERVICE <http://HOST/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { SERV\\u0049CE <http://HOST/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { \\U00000053ERVICE ?x { ?s ?p ?o } }": "SERVICE",
    "SELECT * { FILTER(1<2)SERVICE<http://HOST/>{ ?s ?p ?o } FILTER(3>2) }": "SERVICE",
    "SELECT * { VALUES (?x ?y) {(1 2)} FILTER(?x<?y)SERVICE#>\n<http://HOST/>{ ?s ?p ?o } }":
        "SERVICE",
    "ASK { VALUES (?x ?y) {(1 2)} FILTER(?x<?y)SERVICE SILENT#>\n<http://HOST/>{ ?s ?p ?o } }":
        "SERVICE",
    "PREFIX : <http://HOST/> SELECT * { SERVICE:x{ ?s ?p ?o } }": "SERVICE",
    "PREFIX : <http://HOST/> PREFIX service: <urn:x> SELECT * { SERVICE :x{ ?s ?p ?o } }":
        "SERVICE",
    "SELECT * { ?s kg:a\\#b ?o . SERVICE <http://HOST/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { ?s ?p 1.SERVICE <http://HOST/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { ?s ?p \"\"\"a\"\"\" SERVICE <http://HOST/> { ?s ?p '''b''' } }": "SERVICE",
    'SELECT * { ?s ?p "a\\u0022 SERVICE <http://HOST/> { ?s ?p ?o } #" }': "SERVICE",
    "PREFIX x: <http://HOST/> SELECT * { { SERVICE x:y { ?s ?p ?o } } }": "SERVICE",
    "SELECT * { { SELECT * { OPTIONAL { SERVICE ?x { ?s ?p ?o } } } } }": "SERVICE",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://HOST/> { ?s ?p ?o } }": "SERVICE",
    "DESCRIBE ?s WHERE { SERVICE <http://HOST/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }": "FROM",
    "SELECT * from named <http://HOST/> { ?s ?p ?o }": "FROM",
    "SELECT * FR\\u004fM <http://HOST/> { ?s ?p ?o }": "FROM",
    "SELECT (1<2 AS ?x)FROM<http://HOST/>{ }": "FROM",
    "DESCRIBE <urn:x> FROM <http://HOST/>": "FROM",
    "PREFIX : <http://HOST/> ASK FROM:x{ ?s ?p ?o }": "FROM",
    "INSERT DATA { <a:b> <a:c> <a:d> }": "updates",
    "PREFIX x: <http://a/> DELETE WHERE { ?s ?p ?o }": "updates",
    "BASE <http://a/> # SELECT\nINSERT { ?s ?p 1 } WHERE { ?s ?p ?o }": "updates",
    "# harmless\nLOAD <http://HOST/>": "updates",
    "lOaD <file:///etc/passwd> INTO GRAPH <urn:x>": "updates",
    "\\u004cOAD <http://HOST/>": "updates",
    "CLEAR ALL": "updates",
    "DROP DEFAULT": "updates",
    "MOVE DEFAULT TO <urn:x>": "updates",
    "WITH <urn:x> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }": "SPARQL",
    "SELECT * { ?s ?p ?o } ; LOAD <http://HOST/>": "SPARQL",
    "ASK {} INSERT DATA { <a:b> <a:c> 1 }": "SPARQL",
}  # fmt: skip


@pytest.mark.parametrize("query", REFUSED)
def test_nothing_else_is_read_or_written(query: str, output: Path, listener: socket.socket) -> None:
    before = (output / "graph.ttl").read_bytes()
    host = f"127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(UsageError, match=REFUSED[query]) as error:
        sparql(output, query.replace("HOST", host))
    assert "\n" not in str(error.value)
    assert not called(listener)
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
        "PREFIX from: <urn:from:> PREFIX SERVICE: <urn:s:> SELECT * { ?x from:a SERVICE:b }",
        "SELECT (1 AS ?load) { ?insert ?delete 'FROM' }",
    ],
)
def test_names_and_comments_may_look_like_keywords(query: str, output: Path) -> None:
    assert isinstance(sparql(output, query), Result)


def test_a_query_has_a_size(output: Path) -> None:
    room = LONGEST - len(b"ASK {} #")
    assert sparql(output, "ASK {} #" + "x" * room).rows == ((True,),)
    for filling in ("x" * (room + 1), "统" * (room // 3 + 1)):
        with pytest.raises(UsageError, match="65,536"):
            sparql(output, "ASK {} #" + filling)


def test_a_query_is_text(output: Path) -> None:
    with pytest.raises(UsageError, match="UTF-8"):
        sparql(output, "ASK { ?s ?p '\udcff' }")


@pytest.mark.parametrize(
    "query",
    [
        '"""' + '\\"""' * 16_000, "'''" + "\\'" * 32_000, '"' + '\\"' * 32_000, "1" * 65_000,
        "<a" * 32_000, "\\" * 65_000, '"""a' * 16_000, "-:" * 32_000,
    ],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_reading_the_words_is_linear(query: str) -> None:
    """Each of these took minutes when a string without an end was looked for again and again."""
    refuse(query)


def test_the_engine_sees_what_the_words_hide() -> None:
    """The second look, with the parser of the engine, does not depend on the first."""
    store = Store()
    for query, refused in (
        ("SELECT * { VALUES (?x ?y) {(1 2)} FILTER(?x<?y)SERVICE#>\n<urn:x>{} }", "SERVICE"),
        ("ASK FROM <urn:x> {}", "FROM"),
        ("SELECT * { ?x <urn:SERVICE> 'SERVICE' } # SERVICE", ""),
    ):
        found = answer(store, query, {}, 10)
        assert (found.get("error"), found.get("message", "")) == (
            ("refused", refused) if refused else (None, "")
        )
    broken = answer(store, "SELECT * { ?x ?y 'SERVICE' ", {}, 10)
    assert broken["error"] == "syntax"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_the_engine_can_reach_nothing(listener: socket.socket, tmp_path: Path) -> None:
    """Whatever a query is, its process can open neither a file nor a connection."""
    (tmp_path / "secret").write_text("secret", "utf-8")
    host = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    code = f"""
import socket
from pyoxigraph import Store
from kg.query import engine
store = Store()
list(store.query("SELECT * {{}}"))
engine._close_doors()
for reach in (
    lambda: open({str(tmp_path / "secret")!r}),
    lambda: socket.socket(),
    lambda: list(store.query("SELECT * {{ SERVICE <{host}> {{ ?s ?p ?o }} }}")),
):
    try:
        reach()
    except OSError as error:
        print("closed")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["closed"] * 3
    assert not called(listener)


def test_the_store_is_another_process(output: Path) -> None:
    """What breaks the engine costs one answer only."""
    deep = "SELECT * { " + "{ " * 15_000 + "} " * 15_000 + "}"
    with pytest.raises(LimitError, match="nested too deeply"):
        sparql(output, deep)
    assert sparql(output, "ASK { ?x a kg:Formula }").rows == ((True,),)


def test_a_store_reads_what_the_engine_reads(output: Path) -> None:
    store = Store()
    store.bulk_load(path=str(output / "graph.ttl"), format=RdfFormat.TURTLE)
    assert sparql(output, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows == ((len(store),),)

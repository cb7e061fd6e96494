"""Limits: of time, memory and rows; a query that goes too far is stopped and others go on."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import LimitError, OutputError
from kg.query import Limits, sparql
from kg.query.worker import Worker

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = {
    "a product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a product of constants": "ASK { "
    + " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(99)))} }}" for n in range(9))
    + " FILTER(?v0 + ?v1 + ?v2 + ?v3 + ?v4 + ?v5 + ?v6 + ?v7 + ?v8 < 0) }",
    "a path": "SELECT (COUNT(*) AS ?n) { ?a (!<a:x>|^!<a:x>)+ ?b . ?b (!<a:x>|^!<a:x>)+ ?c . "
    "?c (!<a:x>|^!<a:x>)+ ?d }",
    "an order": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i LIMIT 1",
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A net of 400 nodes, each joined with its neighbours."""
    folder = tmp_path_factory.mktemp("net")
    lines = [
        f"<urn:n:{n}> <urn:p:{n % 7}> <urn:n:{(n * step + 1) % 400}> .\n"
        for n in range(400)
        for step in (1, 3, 7, 11)
    ]
    (folder / "graph.ttl").write_text("".join(lines), "ascii")
    return folder


@pytest.mark.parametrize("name", ENDLESS)
def test_an_endless_query_is_stopped(name: str, output: Path) -> None:
    with pytest.raises(LimitError, match=r"0\.5 seconds|of memory"):
        sparql(output, ENDLESS[name], Limits(seconds=0.5))
    assert sparql(output, COUNT).rows[0] > (1000,)  # type: ignore[operator]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told by Linux only")
def test_a_query_that_wants_all_memory_is_stopped(output: Path) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
    with pytest.raises(LimitError, match="64 MB"):
        sparql(output, query, Limits(seconds=300, megabytes=64))
    assert sparql(output, "ASK {}").rows == ((True,),)


def test_rows_beyond_the_limit_are_cut(output: Path) -> None:
    every = "SELECT * { ?s ?p ?o }"
    whole = sparql(output, every)
    assert not whole.cut
    assert sparql(output, every, Limits(rows=len(whole.rows))).cut is False
    short = sparql(output, every, Limits(rows=3))
    assert short.cut and short.rows == whole.rows[:3]
    made = sparql(output, "CONSTRUCT WHERE { ?s ?p ?o }", Limits(rows=5))
    assert made.cut and len(made.rows) == 5


def test_a_worker_serves_many_and_is_replaced_when_it_ends(output: Path) -> None:
    worker = Worker(output / "graph.ttl")
    found: list[object] = []

    def ask(query: str) -> None:
        try:
            found.append(worker.ask(query, {}, Limits(seconds=1))["rows"])
        except LimitError as error:
            found.append(error)

    queries = [COUNT, ENDLESS["a product"], COUNT, COUNT]
    threads = [threading.Thread(target=ask, args=(query,)) for query in queries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(answer, LimitError) for answer in found) == 1
    assert len([answer for answer in found if isinstance(answer, list)]) == 3
    worker.close()
    assert worker.ask(COUNT, {}, Limits())["rows"]
    worker.close()


def test_a_worker_says_that_its_graph_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("<a:b> <a:c> .", "ascii")
    with pytest.raises(OutputError, match="damaged"):
        Worker(tmp_path / "graph.ttl").start()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are watched in /proc")
def test_a_query_ends_when_nobody_waits_for_it_any_more(output: Path) -> None:
    """The process ends itself soon after the limit, even if the one that asked was killed."""
    code = (
        "import sys; from pathlib import Path; from kg.query import worker; "
        "made = worker.Worker(Path(sys.argv[1])); made.start(); "
        "print(made._process.pid, flush=True); "
        "made.ask(sys.argv[2], {}, worker.Limits(seconds=2))"
    )
    command = [sys.executable, "-c", code, str(output / "graph.ttl"), ENDLESS["a product"]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asker:
        assert asker.stdout is not None
        child = Path("/proc") / asker.stdout.readline().strip() / "stat"
        begun = busy(child)
        wait(lambda: busy(child) == -1 or busy(child) > begun + 20)
        asker.send_signal(signal.SIGKILL)
    wait(lambda: busy(child) == -1)


def busy(stat: Path) -> int:
    """Processor time of a process in ticks; -1 when it has ended."""
    try:
        fields = stat.read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return -1
    return -1 if fields[0] in "ZX" else int(fields[11])


def wait(until: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(2400):
        if until():
            return
        pause.wait(0.05)
    pytest.fail("waited in vain")

"""Latency of ``kg serve`` under load: wrk asks one-hop queries while endless ones come in.

``python benchmarks/load.py`` takes two minutes: 60 seconds on the graph of the seeds, then 60 on a
synthetic graph of 1,000,000 triples (that of ``queries.py``). Eight connections ask, one request
after the other, for everything that is said of one thing, a thousand things in turn. At a steady
rate a query arrives beside them that never ends, and must be stopped at the limit. Client and
server share the machine. It needs wrk (``apt install wrk``).
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from pyoxigraph import RdfFormat, Store
from queries import KNOWN, SEEDS, TRIPLES, synthetic

import kg
from kg.export import rdf
from kg.settings import Settings

CONNECTIONS = 8
SECONDS, LIMIT, EVERY = 60, 5.0, 5.0  # of load; that a query may take; between two slow ones
THINGS = 1_000  # that are asked about in turn
ONE_HOP = "SELECT ?property ?value ?name {{ {} ?property ?value OPTIONAL {{ ?value skos:prefLabel ?name }} }}"  # noqa: E501
ENDLESS = (  # each in another way; what is left of them is memory on the larger graph
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?i) }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<a:x>|^!<a:x>)+ ?b . ?b (!<a:x>|^!<a:x>)+ ?c }",
    "ASK { "
    + "".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(99)))} }} " for n in range(9))
    + f"FILTER({' + '.join(f'?v{n}' for n in range(9))} < 0) }}",
)
# Microseconds in wrk; each of its threads starts elsewhere in the list.
SCRIPT = """
local paths, threads = {}, 0
for path in io.lines(%s) do paths[#paths + 1] = path end
function setup(thread) thread:set("at", threads * 491); threads = threads + 1 end
function request() at = at + 1; return wrk.format("GET", paths[at %% #paths + 1]) end
function done(summary, latency, requests)
  local e = summary.errors
  io.stderr:write(string.format(
    '{"requests":%%d,"duration":%%d,"median":%%f,"p99":%%f,"worst":%%f,"sockets":%%d,"status":%%d}',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    latency.max, e.connect + e.read + e.write + e.timeout, e.status))
end
"""


@dataclass
class Slow:
    """Queries that never end, sent one every so many seconds, and what came of them."""

    port: int
    limit: float
    every: float
    stopped: list[float] = field(default_factory=list)  # after so many seconds
    full: list[float] = field(default_factory=list)  # for want of memory, after so many seconds
    other: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _asking: list[threading.Thread] = field(default_factory=list)

    def send(self) -> None:
        """Send them until told to end."""
        while not self._over.is_set():
            query = ENDLESS[len(self._asking) % len(ENDLESS)]
            self._asking.append(threading.Thread(target=self._ask, args=(query,)))
            self._asking[-1].start()
            self._over.wait(self.every)

    def end(self) -> None:
        """Send no more and wait for those under way."""
        self._over.set()
        for thread in self._asking:
            thread.join()

    def _ask(self, query: str) -> None:
        started = time.monotonic()
        status, said = ask(self.port, path(query), self.limit + 60)
        spent = time.monotonic() - started
        if status == 503 and "stopped after" in said:
            self.stopped.append(spent)
        elif status == 503 and "of memory" in said:
            self.full.append(spent)
        else:
            self.other.append(f"{status} {said[:80]}")


def path(query: str) -> str:
    """The address of a query on the endpoint."""
    return "/sparql?" + urlencode({"query": query})


def ask(port: int, target: str, patience: float = 60) -> tuple[int, str]:
    """Status and body of one request; status 0 when there is no answer."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        link.request("GET", target)
        found = link.getresponse()
        return found.status, found.read().decode()
    except OSError as error:
        return 0, str(error)
    finally:
        link.close()


def exports(folder: Path, triples: int) -> Iterator[tuple[str, Path, list[str]]]:
    """Title and folder of each graph, and the things to ask about."""
    for name, make in (
        ("seeds", lambda: kg.build(SEEDS).networkx),
        ("synthetic", lambda: synthetic(triples)),
    ):
        target = folder / name
        target.mkdir()
        lines = rdf.triples(make(), Settings())
        with (target / "graph.ttl").open("w", encoding="utf-8", newline="") as out:
            out.writelines(rdf.turtle(lines, Settings()))
        yield f"{name}, {len(lines):,} triples", target, things(lines)


def things(lines: list[str]) -> list[str]:
    """IRIs of entities, evenly from all there are, in an order that has nothing to do with ids."""
    store = Store()
    store.bulk_load("".join(lines).encode(), RdfFormat.N_TRIPLES)
    text = "SELECT DISTINCT ?x { ?x skos:prefLabel ?name } ORDER BY SHA256(STR(?x))"
    return [str(row["x"]) for row in store.query(text, prefixes=KNOWN)][:THINGS]


@contextmanager
def served(folder: Path, limit: float) -> Iterator[int]:
    """``kg serve`` on a free port of loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kg", "serve", str(folder), "--port", str(port),
               "--seconds", str(limit)]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            while ask(port, path("ASK {}"))[0] != 200:
                if process.poll() is not None:
                    sys.exit("kg serve did not start")
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()


def table(
    seconds: int = SECONDS, triples: int = TRIPLES, limit: float = LIMIT, every: float = EVERY
) -> Iterator[str]:
    """A line for each graph; one that says so when wrk is not installed."""
    if shutil.which("wrk") is None:
        yield "the load test of kg serve is left out: it needs wrk (apt install wrk)"
        return
    yield (
        f"{CONNECTIONS} connections, {seconds} s, {os.cpu_count()} cores; a query without end "
        f"every {every:g} s, limit {limit:g} s"
    )
    yield (
        f"{'graph':<31}{'p50 ms':>8}{'p99 ms':>8}{'worst':>8}{'requests/s':>12}"
        f"{'requests':>10}{'lost':>6}{'slow: sent':>12}"
        f"{'by time':>9}{'by memory':>11}{'latest s':>10}"
    )
    with tempfile.TemporaryDirectory(prefix="kg-load-") as name:
        for title, folder, found in exports(Path(name), triples):
            paths = [path(ONE_HOP.format(thing)) for thing in found]
            (folder / "paths").write_text("".join(f"{one}\n" for one in paths), "ascii")
            (folder / "wrk.lua").write_text(SCRIPT % json.dumps(str(folder / "paths")), "utf-8")
            with served(folder, limit) as port:
                yield f"{title:<31}" + load(folder, port, seconds, Slow(port, limit, every))


def load(folder: Path, port: int, seconds: int, slow: Slow) -> str:
    """The figures of one run of wrk, as columns."""
    status, said = ask(port, (folder / "paths").read_text("ascii").splitlines()[0])
    if status != 200 or not json.loads(said)["results"]["bindings"]:
        sys.exit(f"the query has no answer: {status} {said}")
    sender = threading.Thread(target=slow.send)
    sender.start()
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s",
               "-s", str(folder / "wrk.lua"), f"http://127.0.0.1:{port}"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    slow.end()
    sender.join()
    if done.returncode or not done.stderr.startswith("{"):
        sys.exit(f"wrk failed ({done.returncode}): {done.stderr}{done.stdout}")
    got = json.loads(done.stderr)
    for unlike in slow.other:
        print(f"a slow query got another answer: {unlike}", file=sys.stderr)
    lost = int(got["sockets"] + got["status"])
    sent = len(slow.stopped) + len(slow.full) + len(slow.other)
    late = max(slow.stopped + slow.full, default=0.0)
    return (
        f"{got['median'] / 1000:>8.1f}{got['p99'] / 1000:>8.1f}{got['worst'] / 1000:>8.1f}"
        f"{got['requests'] / got['duration'] * 1e6:>12.0f}{got['requests']:>10,}{lost:>6}"
        f"{sent:>12}{len(slow.stopped):>9}{len(slow.full):>11}{late:>10.2f}"
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--seconds", type=int, default=SECONDS, help="of load on each graph")
    asked.add_argument("--triples", type=int, default=TRIPLES, help="of the synthetic graph")
    asked.add_argument("--limit", type=float, default=LIMIT, help="seconds that a query may take")
    asked.add_argument("--every", type=float, default=EVERY, help="seconds from one to the next")
    given = asked.parse_args()
    for line in table(given.seconds, given.triples, given.limit, given.every):
        print(line, flush=True)


if __name__ == "__main__":
    main()

"""Seconds to write a graph of many triples: our writers, oxigraph's and rdflib's, in one run.

``python benchmarks/writers.py [TRIPLES]`` runs this table alone; the default is 1,000,000. Every
writer puts the same triples into a file. Ours are measured from the graph, where making the
triples counts, and from the triples; oxigraph's writer gets them as its own objects, rdflib's as
a graph it has loaded. rdflib's Turtle is timed on a tenth and taken ten times, which flatters it:
it grows faster than that. Seconds are of processor time, median of three.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import rdflib
from pyoxigraph import RdfFormat, Store, parse, serialize
from queries import TRIPLES, synthetic

from kg.export import rdf
from kg.settings import Settings

SETTINGS = Settings()
RUNS = 3


def seconds(work: Callable[[], object]) -> float:
    """Median of three runs, after one that warms up."""
    spent = []
    for _ in range(RUNS + 1):
        gc.collect()
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return statistics.median(spent[1:])


def rows(triples: int = TRIPLES) -> Iterator[tuple[str, float]]:
    """What was written, by whom, and how long it took."""
    graph = synthetic(triples)
    lines = rdf.triples(graph, SETTINGS)
    data = "".join(lines).encode()
    yield f"{len(lines):,} triples", 0.0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "out")

        def put(pieces: Iterator[str]) -> None:
            with file.open("w", encoding="utf-8", newline="") as out:
                out.writelines(pieces)

        def from_graph() -> None:
            with rdf.spooled(graph, SETTINGS) as spool:
                put(iter(spool))

        yield "N-Triples, kg, from the graph", seconds(from_graph)
        yield "N-Triples, kg, from sorted triples", seconds(lambda: put(iter(lines)))
        quads = [quad.triple for quad in parse(data, RdfFormat.N_TRIPLES)]
        yield (
            "N-Triples, oxigraph, from its own triples",
            seconds(lambda: serialize(quads, str(file), RdfFormat.N_TRIPLES)),
        )
        store = Store()
        store.bulk_load(data, RdfFormat.N_TRIPLES)
        yield (
            "N-Triples, oxigraph, from its store",
            seconds(lambda: store.dump(str(file), RdfFormat.N_TRIPLES, from_graph=_default())),
        )
        yield "Turtle, kg, from sorted triples", seconds(lambda: put(rdf.turtle(lines, SETTINGS)))
        yield (
            "Turtle, oxigraph, from its own triples",
            seconds(lambda: serialize(quads, str(file), RdfFormat.TURTLE)),
        )
        tenth = "".join(lines[: len(lines) // 10])
        loaded = rdflib.Graph().parse(data=tenth, format="nt")
        yield (
            "Turtle, rdflib (ten times a tenth)",
            10 * seconds(lambda: loaded.serialize(str(file), format="turtle", encoding="utf-8")),
        )


def _default() -> object:
    from pyoxigraph import DefaultGraph

    return DefaultGraph()


def table(triples: int) -> Iterator[str]:
    """A line for each writer."""
    for name, spent in rows(triples):
        yield f"{name:<44}{spent:>9.2f} s" if spent else name


if __name__ == "__main__":
    for line in table(int(sys.argv[1]) if len(sys.argv) > 1 else TRIPLES):
        print(line, flush=True)

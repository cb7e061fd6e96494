"""Growth of a whole build from ten to 20,000 documents: rates, seconds, peak memory, two processes.

``python benchmarks/scale.py [DOCUMENTS ...]`` builds collections of the synthetic archive of
``corpus.py``, each in a process of its own and without kept extractions. Rates are characters
for a second of one core; memory is the most that the process that builds holds, and the most
that a process holds that reads or joins for it. ``--twice DOCUMENTS`` compares one process with
two, three times each in turn. Called by ``make bench`` with small sizes: 20,000 documents take
half an hour.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import corpus

from kg import decisions, export, lexicons, read
from kg.extract import Crew, extract_all, uncollected
from kg.join import join
from kg.settings import Settings
from kg.workers import Workers

SIZES = (10, 200, 2_000)
PAIRED = 500  # documents with which one process is compared with two
LENGTH = 2_000  # characters of a document
TURNS = 3
_UNIT = 1 << 20 if sys.platform == "darwin" else 1 << 10  # of ru_maxrss, to megabytes


@dataclass(frozen=True)
class Run:
    """One build. Seconds are by the clock but for ``work``, those of the reading processes'
    and this one's cores until the last document is read; memory is in MB."""

    characters: int
    nodes: int
    relations: int
    reading: float
    work: float
    joining: float
    writing: float
    peak: float
    helper: float


def build(folder: Path, output: Path, jobs: int) -> Run:
    """Build a collection and measure it; to be called once in a process."""
    settings = Settings()
    started = time.perf_counter()
    crew = Crew(Workers(jobs, settings.seconds, settings.megabytes))
    shelf = extract_all(read.sources(folder)[0], settings, crew)
    been_read = time.perf_counter()
    work = _cores(resource.RUSAGE_SELF) + _cores(resource.RUSAGE_CHILDREN)
    with uncollected():
        graph = join(shelf, settings, lexicons.EMPTY, decisions.NONE, jobs)
    joined = time.perf_counter()
    export.write(graph, output, settings, jobs=jobs)
    ended = time.perf_counter()
    return Run(
        characters=sum(len(file.read_text("utf-8")) for file in folder.rglob("*.txt")),
        nodes=graph.number_of_nodes(),
        relations=graph.number_of_edges(),
        reading=been_read - started,
        work=work,
        joining=joined - been_read,
        writing=ended - joined,
        peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _UNIT,
        helper=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / _UNIT,
    )


def _cores(who: int) -> float:
    """Seconds of cores that this process, or those it has ended, have taken."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def apart(folder: Path, jobs: int = 1) -> Run:
    """The same in a process of its own."""
    with tempfile.TemporaryDirectory() as output:
        command = [sys.executable, __file__, "--build", str(folder), output, str(jobs)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Run(**json.loads(said))


def growth(sizes: tuple[int, ...]) -> None:
    """Print a row for each size."""
    heads = ("documents", "characters", "nodes", "relations", "read", "read/s", "join", "write")
    print("".join(f"{head:>12}" for head in (*heads, "peak MB", "helper MB")))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            corpus.write(Path(folder), size, LENGTH)
            run = apart(Path(folder))
        rate = run.characters / run.work
        print(
            f"{size:>12,}{run.characters:>12,}{run.nodes:>12,}{run.relations:>12,}"
            f"{run.reading:>10.1f} s{rate:>12,.0f}{run.joining:>10.1f} s{run.writing:>10.1f} s"
            f"{run.peak:>12,.0f}{run.helper:>12,.0f}",
            flush=True,
        )


def paired(size: int) -> None:
    """Print how much quicker two processes are than one: medians of three runs each."""
    with tempfile.TemporaryDirectory() as folder:
        corpus.write(Path(folder), size, LENGTH)
        runs = [(apart(Path(folder), 1), apart(Path(folder), 2)) for _ in range(TURNS)]
    for name in ("reading", "whole build"):
        one, two = (
            statistics.median(
                run[at].reading + (run[at].joining + run[at].writing) * (name != "reading")
                for run in runs
            )
            for at in (0, 1)
        )
        print(f"{name:<14} one process {one:7.1f} s   two {two:7.1f} s   {one / two:5.2f} x")


def main(sizes: tuple[int, ...] = SIZES, pair: int = PAIRED) -> None:
    """Print growth over ``sizes``, then one process beside two over ``pair`` documents."""
    if sizes:
        growth(sizes)
    if pair:
        paired(pair)


if __name__ == "__main__":
    given = sys.argv[1:]
    if given[:1] == ["--build"]:
        print(json.dumps(asdict(build(Path(given[1]), Path(given[2]), int(given[3])))))
    elif given[:1] == ["--twice"]:
        main((), int(given[1]) if given[1:] else PAIRED)
    elif given:
        main(tuple(int(word) for word in given), 0)
    else:
        main()

"""Build: the command that reads documents and writes the graph."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.base import FAILED, GOOD, JSON, OUTPUT, SOURCES, counted, guarded, show, show_json
from kg.errors import KgError, UsageError, extra
from kg.settings import CHOICES

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from kg.store import Store


@click.command(short_help="Read documents and write their graph.")
@SOURCES
@OUTPUT
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@click.option("--config", type=click.Path(path_type=Path), help="Settings file for kg.toml.")
@click.option("--concepts", type=click.IntRange(0), help="How many concepts to keep; 0 for none.")
@click.option(
    "--knowledge/--no-knowledge", default=None,
    help="Complete names and dates from the lexicons, marked as inferred.",
)  # fmt: skip
@click.option(
    "--names", type=click.Choice(CHOICES["names"]),
    help="Whether the neural tagger adds names that it is sure of.",
)  # fmt: skip
@click.option("--lexicon", help="Folder of tables of names that you add (docs/lexicons.md).")
@click.option("--base-iri", help="Where the IRIs of the RDF begin.")
@click.option("--view", type=click.IntRange(100), help="Nodes of the page, GEXF and CSV at most.")
@click.option("--seconds", type=click.IntRange(1), help="Longest time for one document.")
@click.option("--megabytes", type=click.IntRange(256), help="Most memory for one document.")
@click.option(
    "--cache/--no-cache", default=True, show_default=True,
    help="Keep what each document gave, and use what is kept.",
)  # fmt: skip
@click.option(
    "--cache-dir", type=click.Path(path_type=Path), envvar="KG_CACHE",
    help="Where that is kept, instead of the user's folder for caches.",
)  # fmt: skip
@click.option("--cluster", metavar="ADDRESS", help="Dask scheduler whose workers do the reading.")
@JSON
@guarded
def build(
    sources: Path,
    output: Path,
    jobs: int,
    config: Path | None,
    cache: bool,
    cache_dir: Path | None,
    cluster: str | None,
    as_json: bool,
    **overrides: Any,
) -> int:
    """Read the documents in SOURCES and write the graph into the output folder.

    SOURCES is a folder, one file, or a pattern in quotes such as 'papers/**/*.html'.
    """
    from kg import export, pipeline
    from kg.extract import Crew
    from kg.read import base
    from kg.read.kinds import advice
    from kg.settings import load
    from kg.workers import Workers

    started = time.perf_counter()
    export.check_folder(output)
    settings = load(base(sources), config, **overrides)
    store = _store(cache_dir) if cache else None
    with Progress() as progress, _cluster(cluster) as executor:
        hands = executor or Workers(jobs, settings.seconds, settings.megabytes)
        crew = Crew(hands, store)
        built = pipeline.build(sources, settings, crew=crew, progress=progress.show)
        progress.say("writing")
        for failure in built.failures:
            click.echo(f"kg: failed: {failure.reason}", err=True)
        if not any(kind == "Document" for _, kind in built.graph.nodes(data="kind")):
            raise KgError("no document could be read", str(sources), "see the reasons above")
        export.write(
            built.graph, output, settings,
            failures=built.failures, skipped=built.skipped, jobs=crew.jobs,
        )  # fmt: skip
    for path in built.skipped:
        do = f" ({advice(path)})" if advice(path) else ""
        click.echo(f"kg: skipped: {path}: not a kind of file that kg reads{do}", err=True)
    _summary(built, output, time.perf_counter() - started, as_json)
    return FAILED if built.failures else GOOD


def _store(chosen: Path | None) -> Store | None:
    """The store of extractions; none, with a word, where none can be made."""
    from platformdirs import user_cache_path

    from kg.store import Store

    folder = chosen or user_cache_path("kg", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if chosen:
            said = f"the cache cannot be written: {error.strerror}"
            raise UsageError(said, str(folder), "name another with --cache-dir") from None
        return None
    return Store(folder)


@contextmanager
def _cluster(address: str | None) -> Iterator[Executor | None]:
    """An executor on the workers of a Dask scheduler; none without an address."""
    if address is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError:
        advice = extra("cluster")
        raise UsageError("the Dask library is not installed", "--cluster", advice) from None
    try:
        client = Client(address, timeout=20)
    except (OSError, ValueError) as error:
        advice = "start dask scheduler, or mend the address"
        raise UsageError(f"no scheduler answers: {error}", address, advice) from None
    with client:
        yield client.get_executor()


def _summary(built: Any, output: Path, seconds: float, as_json: bool) -> None:
    from kg import report, report_registry

    counts = report.stats(built.graph)
    if as_json:
        failed = [{"path": f.path, "reason": f.reason} for f in built.failures]
        show_json({**counts, "failures": failed, "skipped": list(built.skipped)})
        return
    click.echo(
        ", ".join(counted(counts[f"{noun}s"], noun) for noun in ("document", "node", "relation"))
        + f" in {seconds:.1f} s"
    )
    show(report_registry.build_summary(built.graph))
    if counts["nodes"] > built.settings.view:
        most = f"{built.settings.view:,} most important of {counts['nodes']:,} nodes"
        click.echo(f"The page, GEXF and CSV hold the {most} (--view); the other files hold all.")
    click.echo(f"Wrote {output}: graph.html (open it), graph.ttl, graph.gexf and more")


class Progress:
    """A bar on standard error while a terminal looks on; silence otherwise."""

    def __enter__(self) -> Progress:
        self._shown = sys.stderr.isatty()
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)

    def show(self, done: int, total: int, path: str) -> None:
        width = 24
        bar = "█" * (width * done // total)
        self.say(f"{bar:<{width}} {done}/{total} {path[-40:]}" if done < total else "joining")

    def say(self, text: str) -> None:
        if self._shown:
            click.echo(f"\r\x1b[K{text}", err=True, nl=False)

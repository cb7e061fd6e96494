"""Build: the command that reads documents and writes the graph."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from kg.cli.base import FAILED, GOOD, JSON, OUTPUT, SOURCES, guarded, show, show_json
from kg.errors import KgError


@click.command()
@SOURCES
@OUTPUT
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@click.option("--config", type=click.Path(path_type=Path), help="Settings file for kg.toml.")
@click.option("--concepts", type=click.IntRange(0), help="How many concepts to keep; 0 for none.")
@click.option(
    "--knowledge/--no-knowledge", default=None,
    help="Complete names and dates from the lexicons, marked as inferred.",
)  # fmt: skip
@click.option("--base-iri", help="Where the IRIs of the RDF begin.")
@JSON
@guarded
def build(
    sources: Path, output: Path, jobs: int, config: Path | None, as_json: bool, **overrides: Any
) -> int:
    """Read the documents in SOURCES and write the graph into the output folder.

    SOURCES is a folder, one file, or a pattern in quotes such as 'papers/**/*.html'.
    """
    from kg import export, pipeline
    from kg.read import base
    from kg.settings import load

    started = time.perf_counter()
    export.check_folder(output)
    settings = load(base(sources), config, **overrides)
    with Progress() as progress:
        built = pipeline.build(sources, settings, jobs=jobs, progress=progress.show)
        progress.say("writing")
        for failure in built.failures:
            click.echo(f"kg: failed: {failure.reason}", err=True)
        if not any(kind == "Document" for _, kind in built.graph.nodes(data="kind")):
            raise KgError("no document could be read", str(sources), "see the reasons above")
        export.write(built.graph, output, settings, failures=built.failures, skipped=built.skipped)
    for path in built.skipped:
        click.echo(f"kg: skipped: {path}: not a kind of file that kg reads", err=True)
    _summary(built, output, time.perf_counter() - started, as_json)
    return FAILED if built.failures else GOOD


def _summary(built: Any, output: Path, seconds: float, as_json: bool) -> None:
    from kg import report

    counts = report.stats(built.graph)
    if as_json:
        failed = [{"path": f.path, "reason": f.reason} for f in built.failures]
        show_json({**counts, "failures": failed, "skipped": list(built.skipped)})
        return
    click.echo(
        f"{counts['documents']} documents, {counts['nodes']} nodes, "
        f"{counts['relations']} relations in {seconds:.1f} s"
    )
    lines = list(report.formulas(built.graph))
    if lines:
        click.echo("Formulas 提法:")
        show(f"  {line}" for line in lines)
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
        self.say(f"{bar:<{width}} {done}/{total} {path[-40:]}")

    def say(self, text: str) -> None:
        if self._shown:
            click.echo(f"\r\x1b[K{text}", err=True, nl=False)

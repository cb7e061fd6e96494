"""Query: the command that asks SPARQL."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.base import GOOD, OUTPUT, guarded, show
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.query import Ready


@click.command(short_help="Ask the graph a ready question, or SPARQL of your own.")
@click.argument("name", required=False)
@click.option(
    "--arg", "pairs", multiple=True, metavar="KEY=VALUE",
    help="A parameter of the ready query NAME; may be repeated.",
)  # fmt: skip
@click.option("--sparql", "file", help="File with a SPARQL query, or - for standard input.")
@click.option("--list", "listing", is_flag=True, help="Print the ready queries: name, tab, title.")
@click.option(
    "--describe", is_flag=True, help="Print what NAME asks, its parameters and its SPARQL."
)
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table",
    show_default=True, help="How to print the rows.",
)  # fmt: skip
@click.option(
    "--seconds", type=click.FloatRange(0, min_open=True), default=30, show_default=True,
    help="Stop a query that takes longer.",
)  # fmt: skip
@click.option(
    "--rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows to print."
)
@OUTPUT
@guarded
def query(
    name: str | None, pairs: tuple[str, ...], file: str | None, listing: bool, describe: bool,
    form: str, seconds: float, rows: int, output: Path,
) -> int:  # fmt: skip
    """Ask the graph a ready query by its NAME, or one of your own; common prefixes are known."""
    from kg import query as queries

    if listing:
        show(f"{ready}\t{title}" for ready, title in queries.titles().items())
        return GOOD
    if (name is None) == (file is None):
        raise UsageError("one query is wanted", "kg query", "give NAME, or --sparql FILE")
    if name is None and (pairs or describe):
        raise UsageError("--arg and --describe are for ready queries", "kg query", "give NAME")
    given = queries.arguments(pairs)
    if describe:
        show(_described(queries.ready(str(name)), given))
        return GOOD
    asked = queries.ready(name).filled(given) if name is not None else _read_query(str(file))
    result = queries.sparql(output, asked, queries.Limits(seconds=seconds, rows=rows))
    click.echo(queries.FORMATS[form](result), nl=False)
    if result.cut:
        click.echo(f"kg: there are more than {rows:,} rows (ask for more with --rows)", err=True)
    for hint in () if file is None else queries.hints(asked, result.prefixes or {}):
        click.echo(f"kg: {hint}", err=True)
    return GOOD


def _described(ready: Ready, given: dict[str, str]) -> Iterator[str]:
    yield from (line for line in (ready.title, ready.title_zh, ready.about) if line)
    yield ""
    for parameter in ready.parameters:
        default = "required" if parameter.required else f"default {parameter.default}"
        shown = "" if parameter.default == "UNDEF" else f", {default}"
        example = f"--arg {parameter.name}={parameter.example}"
        yield f"  {example}  ({parameter.type}{shown}) {parameter.about}"
    text = ready.filled(given) if given else ready.text
    lines = text.splitlines()
    yield from ["", *(line for line in lines if not line.startswith("#"))]


def _read_query(file: str) -> str:
    try:
        if file == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise UsageError(f"cannot read the query: {reason}", file, "give a file or -") from None

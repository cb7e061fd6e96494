"""Query: the command that asks SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.base import GOOD, OUTPUT, guarded, show
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.query import Result


@click.command()
@click.argument("name", required=False)
@click.option("--sparql", "file", help="File with a SPARQL query, or - for standard input.")
@click.option("--list", "listing", is_flag=True, help="Print the ready queries: name, tab, title.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table",
    show_default=True, help="How to print the rows.",
)  # fmt: skip
@OUTPUT
@guarded
def query(name: str | None, file: str | None, listing: bool, form: str, output: Path) -> int:
    """Ask the graph a ready query by its NAME, or one of your own; common prefixes are known."""
    from kg import query as queries

    if listing:
        show(f"{ready}\t{title}" for ready, title in queries.titles().items())
        return GOOD
    if (name is None) == (file is None):
        raise UsageError("one query is wanted", "kg query", "give NAME, or --sparql FILE")
    asked = queries.ready(name) if name is not None else _read_query(str(file))
    result: Result = queries.sparql(output, asked)
    click.echo(queries.FORMATS[form](result), nl=False)
    return GOOD


def _read_query(file: str) -> str:
    try:
        if file == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise UsageError(f"cannot read the query: {reason}", file, "give a file or -") from None

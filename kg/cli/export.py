"""Export: the command that writes a graph in a further format."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.base import GOOD, OUTPUT, guarded, load, show
from kg.errors import UsageError


@click.command(short_help="Write the graph in further formats (JSON-LD, Neo4j …).")
@click.option("--format", "form", metavar="NAME", help="What to write; --list names the formats.")
@click.option("--list", "listing", is_flag=True, help="Print the formats: name, tab, title.")
@click.option(
    "--to", type=click.Path(path_type=Path),
    help="Folder to write into; the folder of the results if not given.",
)  # fmt: skip
@OUTPUT
@guarded
def export(form: str | None, listing: bool, to: Path | None, output: Path) -> int:
    """Write the graph in a format that kg build does not write: JSON-LD, GraphML, Parquet …"""
    from kg.export.formats import FORMATS

    if listing:
        show(f"{name}\t{known.title}" for name, known in FORMATS.items())
        return GOOD
    if form is None:
        raise UsageError("no format is named", "kg export", "give --format NAME; --list names them")
    for file in load(output).export(form, to or output):
        click.echo(f"Wrote {file}")
    return GOOD

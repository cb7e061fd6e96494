"""Compare: the command that shows what two documents share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from kg.cli.base import GOOD, document, guarded, show
from kg.errors import OutputError


@click.command(short_help="Show the passages that two documents share.")
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@click.option("--html", type=click.Path(path_type=Path), help="Write them side by side to a page.")
@guarded
def compare(first: Path, second: Path, html: Path | None) -> int:
    """Show the passages that two documents share, with the changed words marked."""
    from kg import export, relate, resolve
    from kg.settings import Settings

    documents = [document(path) for path in (first, second)]
    if documents[0].id == documents[1].id:  # of one name, in two folders
        documents[1] = replace(documents[1], id=f"{documents[1].id}-2")
    entities = [resolve.documents.entity(one, Settings()) for one in documents]
    shared = relate.reuse.compare(*documents)
    rows = export.reuse.rows([*entities, *shared.entities], shared.relations)
    if html is None:
        show(export.reuse.text(rows))
        return GOOD
    try:
        html.write_text(export.reuse.html(rows), "utf-8")
    except OSError as error:
        raise OutputError(
            f"cannot be written: {error.strerror}", str(html), "name another file with --html"
        ) from None
    click.echo(f"{len(rows)} shared passages in {html}")
    return GOOD

"""Timeline: the command that lists what the texts date, by date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.base import GOOD, JSON, OUTPUT, counted, guarded, load, show, show_json

if TYPE_CHECKING:
    from kg.export.timeline import Item

KINDS = click.Choice(["document", "event", "letter", "post", "statistic", "quotation"])


@click.command(short_help="List what the texts date, by date.")
@click.option("--since", default="", metavar="DATE", help="From the first day of this date on.")
@click.option("--until", default="", metavar="DATE", help="Up to the last day of this date.")
@click.option("--kind", "kinds", type=KINDS, multiple=True, help="Only items of this kind.")
@OUTPUT
@JSON
@guarded
def timeline(since: str, until: str, kinds: tuple[str, ...], output: Path, as_json: bool) -> int:
    """List what the texts date, by date: documents, events, letters, posts, figures, quotations.

    * marks a date that a table or rule gives and no text states. All of it is timeline.json in
    the output folder.
    """
    from kg.export import timeline as items
    from kg.registry import periods

    asked = periods.asked(since, until)
    found = list(items.within(items.items(load(output).networkx), asked.since, asked.until, kinds))
    if as_json:
        show_json([items.as_data(item) for item in found])
    else:
        show(_line(item) for item in found)
        click.echo(counted(len(found), "item"))
    return GOOD


def _line(item: Item) -> str:
    label = " ".join(item.label.split())
    places = "; ".join(f"{path}:{begin}-{end}" for path, begin, end, _ in item.evidence[:1])
    where = f"  {places}" if places else ""
    return f"{item.date}{'*' if item.inferred else ''}\t{item.kind} {item.what}\t{label}{where}"

"""Statistics: the command that lists the figures of the texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.base import GOOD, JSON, OUTPUT, counted, guarded, load, named, show, show_json

if TYPE_CHECKING:
    from kg.export.statistics import Figure


@click.command(short_help="List the figures of the texts.")
@click.option("--about", default="", metavar="NAME", help="Only of this body, place, indicator …")
@OUTPUT
@JSON
@guarded
def statistics(about: str, output: Path, as_json: bool) -> int:
    """List the figures of the texts: what, how much, of whom, when, against what.

    * marks a date that stands in a sentence before. The table of all of them is statistics.csv in
    the output folder.
    """
    from kg.export import statistics as figures

    graph = load(output)
    found = list(figures.figures(graph.networkx))
    if about:
        found = list(figures.of(found, named(graph, about, output)))
    if as_json:
        show_json([figures.as_data(figure) for figure in found])
    else:
        show(_line(figure) for figure in found)
        click.echo(counted(len(found), "figure"))
    return GOOD


def _line(figure: Figure) -> str:
    facts = ["、".join(figure.who), figure.when + "*" * figure.inferred]
    facts.append(f"in {figure.place}" if figure.place else "")
    aside = ", ".join(fact for fact in facts if fact)
    quote = " ".join(figure.quote.split())
    said = (f"{figure.what}: " if figure.what else "") + figure.wording
    place = f"{figure.document}:{figure.begin}-{figure.end}"
    return said + (f" ({aside})" if aside else "") + f"  “{quote}” {place}"

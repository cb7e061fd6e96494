"""Statistics: the command that lists the figures of the texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.base import GOOD, JSON, OUTPUT, guarded, load, named, show, show_json

if TYPE_CHECKING:
    from kg.export.statistics import Figure


@click.command()
@click.option("--about", default="", metavar="NAME", help="Only of this body, place, indicator …")
@OUTPUT
@JSON
@guarded
def statistics(about: str, output: Path, as_json: bool) -> int:
    """List the figures of the texts: what, how much, of whom, when, against what.

    The table of all of them is statistics.csv in the output folder.
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
        click.echo(f"{len(found)} figures")
    return GOOD


def _line(figure: Figure) -> str:
    bound = "≥" if figure.high == "" and figure.low != "" else ""
    bound = "≤" if figure.low == "" and figure.high != "" else bound
    bound = bound if figure.number[:1].isdigit() else ""  # 超过1.4 says so itself
    said = [f"{figure.what}: " if figure.what else "", bound, figure.number, figure.unit]
    if figure.change:
        said.append(f" [{figure.change}{' ' + figure.against if figure.against else ''}]")
    facts = ["、".join(figure.who), figure.when, figure.place and f"in {figure.place}"]
    aside = ", ".join(fact for fact in facts if fact)
    quote = " ".join(figure.quote.split())
    place = f"{figure.document}:{figure.begin}-{figure.end}"
    return "".join(said) + (f" ({aside})" if aside else "") + f"  “{quote}” {place}"

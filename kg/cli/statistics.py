"""Statistics: the command that lists the figures of the texts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.base import GOOD, JSON, OUTPUT, guarded, load, named, show, show_json

if TYPE_CHECKING:
    from kg.export.statistics import Figure


NUMERAL = re.compile("[-0-9.,〇零一二两三四五六七八九十百千万亿点分之半至到—–~-]+")
PERCENT = "百分之"  # its unit is %


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


def _sign(figure: Figure) -> str:
    """Whether the number is a bound or not exact; 超过1.4 (more than 1.4) says so itself."""
    if not NUMERAL.fullmatch(figure.number):
        return ""
    if figure.value != "":
        return "≈" if figure.approximate else ""
    if figure.low != "" and figure.high != "":
        return ""
    return "≥" if figure.low != "" else "≤"


def _line(figure: Figure) -> str:
    said = [f"{figure.what}: " if figure.what else "", _sign(figure), figure.number]
    said.append("" if figure.number.startswith(PERCENT) else figure.unit)
    if figure.change:
        said.append(f" [{figure.change}{' ' + figure.against if figure.against else ''}]")
    facts = ["、".join(figure.who), figure.when, figure.place and f"in {figure.place}"]
    aside = ", ".join(fact for fact in facts if fact)
    quote = " ".join(figure.quote.split())
    place = f"{figure.document}:{figure.begin}-{figure.end}"
    return "".join(said) + (f" ({aside})" if aside else "") + f"  “{quote}” {place}"

"""Formulas: the command that asks the registry of formulas and spirits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.base import GOOD, JSON, OUTPUT, guarded, load, show, show_json, unknown
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.registry.entries import Entry

STATUS = click.Choice(["complete", "conflicting", "partial", "unlisted"])


@click.command(short_help="List formulas and spirits; tell members and versions of one.")
@click.argument("name", required=False)
@click.option("--status", type=STATUS, multiple=True, help="Only formulas of this status.")
@OUTPUT
@JSON
@guarded
def formulas(name: str | None, status: tuple[str, ...], output: Path, as_json: bool) -> int:
    """List the formulas and spirits, or tell all of NAME: members, versions, where it is named.

    In the list * marks members found elsewhere than beside the name, and ? a date that another
    document, undated or dated by a window, may go before or after.
    """
    from kg import report_registry

    if name is not None and status:
        raise UsageError("--status is for the list", "kg formulas", "leave out NAME or --status")
    graph = load(output)
    found = _listed(graph, status) if name is None else _named(graph, name, output)
    if as_json:
        show_json([report_registry.entry_data(graph.networkx, entry) for entry in found])
    elif name is None:
        show(report_registry.table(found) if found else ["no formulas"])
    else:
        for number, entry in enumerate(found):
            if number:
                click.echo()
            show(report_registry.entry_lines(graph.networkx, entry))
    return GOOD


def _listed(graph: Graph, status: tuple[str, ...]) -> tuple[Entry, ...]:
    """Formulas of a status; all formulas and spirits when none is asked for."""
    return graph.formulas(*status) if status else (*graph.formulas(), *graph.spirits())


def _named(graph: Graph, name: str, output: Path) -> tuple[Entry, ...]:
    things = graph.search(name)
    ids = {thing.entity.id for thing in things}
    found = (*graph.formulas(), *graph.spirits())
    chosen = tuple(entry for entry in found if entry.entity.id in ids)
    if chosen:
        return chosen
    if things:
        what = f"{name!r} is a {things[0].kind}, neither formula nor spirit"
        raise KgError(what, str(output), f"try kg explain {name}")
    raise unknown(graph, name, output)

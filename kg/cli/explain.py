"""Explain: the command that tells all of one name."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.base import GOOD, JSON, OUTPUT, guarded, load, show, show_json
from kg.errors import KgError


@click.command()
@click.argument("name")
@OUTPUT
@JSON
@guarded
def explain(name: str, output: Path, as_json: bool) -> int:
    """Tell what the graph knows of NAME: definition, members, relations, quotes."""
    from kg import report

    graph = load(output)
    found = graph.search(name)
    if not found:
        raise KgError(f"nothing is called {name!r}", str(output), "try kg stats, or another form")
    if as_json:
        show_json([report.as_data(graph.networkx, thing.entity) for thing in found])
        return GOOD
    for number, thing in enumerate(found):
        if number:
            click.echo()
        show(report.explain(graph.networkx, thing.entity))
    return GOOD

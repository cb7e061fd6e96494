"""Explain: the command that tells all of one name."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.base import GOOD, JSON, OUTPUT, guarded, load, show, show_json, unknown


@click.command(short_help="Tell what the graph knows of a name, with quotes.")
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
        raise unknown(graph, name, output)
    if as_json:
        show_json([report.as_data(graph.networkx, thing.entity) for thing in found])
        return GOOD
    for number, thing in enumerate(found):
        if number:
            click.echo()
        show(report.explain(graph.networkx, thing.entity))
    return GOOD

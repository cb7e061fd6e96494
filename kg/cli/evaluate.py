"""Evaluate: the command that scores a graph against answer keys."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.base import GOOD, JSON, OUTPUT, guarded, load, show, show_json


@click.command(short_help="Score the graph against answer keys.")
@click.argument("gold", type=click.Path(path_type=Path))
@OUTPUT
@JSON
@guarded
def evaluate(gold: Path, output: Path, as_json: bool) -> int:
    """Score the graph against answer keys in the folder GOLD."""
    from kg import evaluate as scores

    result = scores.evaluate(load(output).networkx, gold)
    if as_json:
        show_json(result.as_data())
    else:
        show(result.lines())
    return GOOD

"""Diff: the command that tells what changed from one output folder to another."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.base import GOOD, JSON, guarded, load, show, show_json


@click.command(short_help="Tell what changed between two output folders.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Show every row, however many there are.")
@JSON
@guarded
def diff(old: Path, new: Path, everything: bool, as_json: bool) -> int:
    """Tell what changed from the graph in the folder OLD to the graph in NEW."""
    from kg import diff as changes

    found = changes.diff(load(old).networkx, load(new).networkx)
    if as_json:
        show_json(found.as_data())
    else:
        show(found.lines(1 << 60) if everything else found.lines())
    return GOOD

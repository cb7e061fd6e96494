"""Stats: the command that counts."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.base import GOOD, JSON, OUTPUT, guarded, load, show, show_json


@click.command(short_help="Count nodes, relations, and formulas by status.")
@OUTPUT
@JSON
@guarded
def stats(output: Path, as_json: bool) -> int:
    """Count nodes by kind, relations by predicate, formulas by status."""
    from kg import report

    counts = report.stats(load(output).networkx)
    if as_json:
        show_json(counts)
    else:
        show(report.stats_lines(counts))
    return GOOD

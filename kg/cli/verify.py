"""Verify: the command that checks every quote."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.base import FAILED, GOOD, JSON, OUTPUT, SOURCES, guarded, load, show, show_json


@click.command(short_help="Read the documents again and check every quote.")
@SOURCES
@OUTPUT
@JSON
@guarded
def verify(sources: Path, output: Path, as_json: bool) -> int:
    """Read SOURCES again and check every quote of the graph against them."""
    from kg import verify as checks

    report = checks.verify(load(output).networkx, sources)
    if as_json:
        show_json({"quotes": report.quotes, "faults": [str(f) for f in report.faults]})
    else:
        show(str(fault) for fault in report.faults)
        click.echo(f"{report.quotes} quotes checked, {len(report.faults)} wrong")
    return FAILED if report.faults else GOOD

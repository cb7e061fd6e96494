"""Validate: the command that holds an export against the shapes of its vocabulary."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.base import FAILED, GOOD, JSON, OUTPUT, guarded, show_json

SHOWN = 10  # faults of one kind that are printed


@click.command(short_help="Check the RDF against its shapes (SHACL).")
@OUTPUT
@JSON
@guarded
def validate(output: Path, as_json: bool) -> int:
    """Check graph.ttl against shapes.ttl (SHACL): evidence, places, names, dates, kinds."""
    from kg import validate as shapes

    report = shapes.validate(output)
    if as_json:
        faults = [asdict(fault) for fault in report.faults]
        show_json({"conforms": not faults, "triples": report.triples, "faults": faults})
        return FAILED if faults else GOOD
    counts = Counter(fault.shape for fault in report.faults)
    shown: Counter[str] = Counter()
    for fault in report.faults:
        shown[fault.shape] += 1
        if shown[fault.shape] <= SHOWN:
            click.echo(str(fault))
        elif shown[fault.shape] == counts[fault.shape]:
            rest = counts[fault.shape] - SHOWN
            click.echo(f"… and {rest} more of [{fault.shape}] (--json prints all)")
    click.echo(f"{report.triples} triples checked, {len(report.faults)} faults")
    return FAILED if report.faults else GOOD

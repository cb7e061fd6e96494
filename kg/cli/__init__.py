"""Command line: the only place that prints, exits or reads the environment."""

from __future__ import annotations

import sys

import click

from kg.cli.build import build
from kg.cli.compare import compare
from kg.cli.diff import diff
from kg.cli.evaluate import evaluate
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.formulas import formulas
from kg.cli.query import query
from kg.cli.quotes import quotes
from kg.cli.serve import serve
from kg.cli.statistics import statistics
from kg.cli.stats import stats
from kg.cli.text import text
from kg.cli.timeline import timeline
from kg.cli.trends import trends
from kg.cli.validate import validate
from kg.cli.verify import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tifa-kg", prog_name="kg")
def cli() -> None:
    """Build a knowledge graph from Chinese official documents, and ask it.

    Every fact leads back to the exact characters that say it. Works offline; the same input
    gives the same bytes.
    """


# One module a command; a new one is a module and a line here.
for command in (
    build,
    explain,
    formulas,
    trends,
    query,
    serve,
    stats,
    statistics,
    quotes,
    timeline,
    text,
    compare,
    diff,
    verify,
    validate,
    evaluate,
    export,
):
    cli.add_command(command)


def main() -> None:
    """The command ``kg``. Output is UTF-8 whatever the locale; nothing Chinese is lost."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    cli()

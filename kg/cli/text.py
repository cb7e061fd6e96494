"""Text: the command that prints a document as it is read."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.base import GOOD, document, guarded, show
from kg.errors import UsageError


@click.command(short_help="Print the repaired text of a document.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--passages", is_flag=True, help="Add the kind and the raw offsets of each passage.")
@click.option("--diff", is_flag=True, help="Show instead what was repaired, and why.")
@guarded
def text(file: Path, passages: bool, diff: bool) -> int:
    """Print the repaired text of FILE, one passage a line; what it says twice is said once."""
    from kg.repair import explain as repairs

    if passages and diff:
        raise UsageError("two ways to print at once", "--passages --diff", "give one of them")
    read = document(file)
    if diff:
        show("\t".join(change.columns) for change in repairs.explain(read))
    elif passages:
        show("\t".join(row) for row in repairs.table(read))
    else:
        show(passage.text for passage in read.passages if passage.repeats is None)
    return GOOD

"""Trends: the command that tells the life of formulations over dated documents."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.base import GOOD, JSON, OUTPUT, guarded, load, named, show, show_json
from kg.errors import UsageError


@click.command(short_help="Tell in how many documents of each year a name appears.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--by", type=click.Choice(["year", "quarter", "month"]), default="year", show_default=True,
    help="Length of a period.",
)  # fmt: skip
@click.option("--since", default="", metavar="DATE", help="From the first day of this date on.")
@click.option("--until", default="", metavar="DATE", help="Up to the last day of this date.")
@click.option("--between", nargs=2, metavar="A B", help="What came and went between two dates.")
@click.option("--kind", "kinds", multiple=True, help="Kinds instead of Formula and Spirit.")
@OUTPUT
@JSON
@guarded
def trends(
    names: tuple[str, ...],
    by: str,
    since: str,
    until: str,
    between: tuple[str, str] | None,
    kinds: tuple[str, ...],
    output: Path,
    as_json: bool,
) -> int:
    """Tell when formulations appear, in what share of the documents, and when they are gone.

    NAME may be any thing of the graph. A document counts in a period when its whole date lies in
    it; one dated by a window over several periods is shown apart as "+1?", and an undated one is
    only counted. The share is of the documents of the period.
    """
    from kg import report_registry
    from kg.registry import changes as changes_
    from kg.registry import periods
    from kg.registry import trends as trends_

    if between and (since or until):
        raise UsageError("--between takes no --since or --until", "kg trends", "leave them out")
    for date in between or ():
        periods.days(date, "--between")
    graph = load(output)
    for name in names:
        named(graph, name, output)
    if between:
        changed = graph.changes(*between, names=names, kinds=kinds)
        if as_json:
            show_json(changes_.as_data(changed))
        else:
            show(report_registry.change_lines(changed))
        return GOOD
    found = graph.trends(by, since, until, names=names, kinds=kinds)
    if as_json:
        show_json(trends_.as_data(found))
    else:
        show(report_registry.trend_lines(found, each=bool(names)))
    return GOOD

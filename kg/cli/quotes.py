"""Quotes: the command that lists who said what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.base import GOOD, JSON, NEAR, OUTPUT, counted, guarded, load, named, show, show_json

if TYPE_CHECKING:
    from kg.export.quotations import Quotation


@click.command(short_help="List who said what, when, on what occasion.")
@click.option(
    "--speaker",
    default="",
    metavar="NAME",
    help="Only what this one, or who holds this post, said.",
)
@click.option("--about", default="", metavar="NAME", help="Only what names this thing.")
@OUTPUT
@JSON
@guarded
def quotes(speaker: str, about: str, output: Path, as_json: bool) -> int:
    """List what the texts say somebody said: speaker, verb, words, occasion, date, topics.

    The table of all of it is quotations.csv in the output folder.
    """
    from kg.export import quotations

    graph = load(output)
    speakers = named(graph, speaker, output) if speaker else None
    speakers = speakers and quotations.holders(graph.networkx, speakers)
    topics = named(graph, about, output) if about else None
    said = list(quotations.quotations(graph.networkx))
    found = list(quotations.of(said, speakers, topics))
    if as_json:
        show_json([quotations.as_data(one) for one in found])
    else:
        show(line for one in found for line in _lines(one))
        elsewhere = _others(said) if speaker and not found else ""
        click.echo(counted(len(found), "quotation") + elsewhere)
    return GOOD


def _others(said: list[Quotation]) -> str:
    """Whom the texts quote, the most quoted first."""
    times = Counter(name for one in said for name in one.speaker)
    most = sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))[:NEAR]
    return f"; quoted are {'、'.join(f'{name} ({count})' for name, count in most)}" if most else ""


def _lines(one: Quotation) -> Iterator[str]:
    facts = [one.date, one.occasion or "、".join(one.event), "goes on" if one.inferred else ""]
    aside = ", ".join(fact for fact in facts if fact)
    yield f"{'、'.join(one.speaker) or '?'} {one.verb}{f' ({aside})' if aside else ''}: {one.text}"
    about = f"about {'、'.join(one.about)}; " if one.about else ""
    yield f"    {about}{one.document}:{one.begin}-{one.end}"

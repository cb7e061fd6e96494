"""Serve: the command that shows an export in the browser and answers SPARQL over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.base import GOOD, guarded


@click.command(short_help="Open the results in a browser, with a SPARQL endpoint.")
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--seconds", type=click.FloatRange(0.1), default=30.0, show_default=True,
              help="Longest time for one query.")  # fmt: skip
@click.option("--processes", type=click.IntRange(0), default=0,
              help="Short queries at once, and as many long ones; 0: two a core.")  # fmt: skip
@guarded
def serve(output: Path, host: str, port: int, seconds: float, processes: int) -> int:
    """Serve the results in OUTPUT: the explorer, a page for queries, a SPARQL endpoint.

    Only this machine can reach it, unless --host says otherwise. Nothing can be changed.
    """
    from kg import serve as web
    from kg.query import Limits

    if not web.is_loopback(host):
        click.echo(f"kg: anyone who can reach {host} can read {output} and ask queries", err=True)
    shown = f"[{host}]" if ":" in host else host

    def ready(at: int) -> None:
        click.echo(f"Explorer http://{shown}:{at}/  queries http://{shown}:{at}/sparql  (Ctrl-C)")

    limits = Limits(seconds=seconds)
    web.run(output, host=host, port=port, limits=limits, processes=processes, ready=ready)
    return GOOD

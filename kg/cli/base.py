"""Base: what the commands share: arguments, exit status, printing, loading."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec

import click

from kg.errors import DataError, KgError, OutputError, UsageError

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.model import Document

P = ParamSpec("P")
NEAR = 5  # names that are proposed for one that nothing has
GOOD, FAILED, WRONG_USE = 0, 1, 2

SOURCES = click.argument("sources", type=click.Path(path_type=Path))
OUTPUT = click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("output"), show_default=True,
    help="Folder of the results.",
)  # fmt: skip
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def guarded(command: Callable[P, int | None]) -> Callable[P, NoReturn]:
    """Turn the package's errors into one line on standard error and an exit status."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> NoReturn:
        try:
            status = command(*args, **kwargs)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            wrong = isinstance(error, UsageError | OutputError | DataError)
            sys.exit(WRONG_USE if wrong else FAILED)
        except BrokenPipeError:
            # The reader (head, less) has gone; keep Python from complaining at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(GOOD)
        sys.exit(status or GOOD)

    return run


def document(path: Path) -> Document:
    """One file, read and repaired."""
    from kg import read, repair

    if not path.exists():
        raise UsageError("no such file", str(path), "give one document")
    if path.is_dir():
        raise UsageError("a folder, not a document", str(path), "give one file")
    (source,), _ = read.sources(path)
    return repair.repair(read.read(source))


def load(output: Path) -> Graph:
    """The graph of an output folder."""
    from kg.api import load

    return load(output)


def show(lines: Iterable[str]) -> None:
    """Print line by line."""
    for line in lines:
        click.echo(line)


def show_json(data: Any) -> None:
    """Print for programs."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def named(graph: Graph, name: str, output: Path) -> frozenset[str]:
    """Ids of the things called ``name``; raises KgError when nothing is."""
    found = frozenset(thing.entity.id for thing in graph.search(name))
    if not found:
        raise unknown(graph, name, output)
    return found


def unknown(graph: Graph, name: str, output: Path) -> KgError:
    """The error that nothing is called ``name``, with what comes near."""
    near = "、".join(_near(graph, name))
    hint = f"names with it are {near}" if near else "try another form of the name"
    return KgError(f"nothing is called {name!r}", str(output), hint)


def _near(graph: Graph, name: str) -> list[str]:
    """A few names that hold ``name``, the shortest first."""
    names = {str(given["name"]) for _, given in graph.networkx.nodes(data=True)}
    found = sorted((len(one), one) for one in names if name and name in one)
    return [one for _, one in found[:NEAR]]


def counted(number: int, noun: str) -> str:
    """A number of things in words.

    >>> counted(1, "item"), counted(2, "item")
    ('1 item', '2 items')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"

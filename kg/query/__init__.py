"""Query: SPARQL over an export, and ways to print the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import OutputError
from kg.query.formats import csv, json, table
from kg.query.hints import hints
from kg.query.ready import Parameter, Ready, arguments, ready, titles
from kg.query.sparql import GRAPH, Result, Term, prefixes, sparql
from kg.query.worker import Limits

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "FORMATS",
    "Limits",
    "Parameter",
    "Ready",
    "Result",
    "Term",
    "arguments",
    "hints",
    "prefixes",
    "ready",
    "sparql",
    "titles",
    "to_rdflib",
]

FORMATS: Mapping[str, Callable[[Result], str]] = {"table": table, "csv": csv, "json": json}


def to_rdflib(folder: Path) -> rdflib.Graph:
    """The export in ``folder`` as an ``rdflib.Graph``; raises OutputError when there is none."""
    import rdflib

    found = rdflib.Graph()
    try:
        data = (folder / GRAPH).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"no graph to read: {reason}", str(folder / GRAPH), "run kg build first"
        ) from None
    return found.parse(data=data, format="turtle")

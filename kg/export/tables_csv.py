"""CSV: nodes and edges as two tables that Gephi, pandas and spreadsheets read (RFC 4180, UTF-8).

A cell that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import networkx as nx

from kg.export import flat
from kg.model import Scalar
from kg.settings import Settings

# East Asian spreadsheets run the full-width signs too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def node_lines(graph: nx.MultiDiGraph, settings: Settings) -> Iterator[str]:
    """One row a node, in order of id. ``attributes`` is a JSON object without long texts."""
    yield table([flat.NODES])
    for _, row in flat.nodes(graph):
        yield table([_cells(row)])


def edge_lines(graph: nx.MultiDiGraph, settings: Settings) -> Iterator[str]:
    """The table of edges, line by line."""
    yield table([flat.EDGES])
    for _, row in flat.edges(graph):
        yield table([_cells(row)])


def table(rows: Iterable[Sequence[Scalar]]) -> str:
    """Rows as RFC 4180 text with CRLF line ends, harmless in a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def harmless(cell: Scalar) -> Scalar:
    """The cell, with an apostrophe before what a spreadsheet would run as a formula.

    >>> harmless("=1+1"), harmless(-1), harmless("a=1")
    ("'=1+1", -1, 'a=1')
    """
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return "'" + text if text.startswith(_FORMULA) else text


def _cells(row: flat.Row) -> list[Scalar]:
    return [str(v).lower() if isinstance(v, bool) else v for v in row.values()]

"""Matrix: formulas by documents, with the first appearance of each formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from kg.registry.entries import Entry, entries
from kg.registry.frames import frame
from kg.registry.timeline import Appearance, Dated, documents

if TYPE_CHECKING:
    import pandas

# What a table says of a formula before its cells.
FACTS = (
    "formula", "id", "announced", "found", "status", "documents", "mentions",
    "first_date", "first_document", "first_sure", "last_date", "last_document", "last_sure",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A formula: how often each document names it. Documents that do not are left out.

    ``counts`` maps paths to numbers of places. ``first`` and ``last`` are None where no document
    that names it is dated.
    """

    name: str
    id: str
    number: int | None
    found: int
    status: str
    first: Appearance | None
    last: Appearance | None
    counts: Mapping[str, int]

    @property
    def facts(self) -> tuple[str | int, ...]:
        """The values of ``FACTS``: counts are numbers, what is not known is empty."""
        return (
            self.name, self.id, "" if self.number is None else self.number, self.found,
            self.status, len(self.counts), sum(self.counts.values()), *_place(self.first),
            *_place(self.last),
        )  # fmt: skip


@dataclass(frozen=True)
class Matrix:
    """Formulas by documents. A cell is the number of places at which a document names a formula.

    ``documents`` are in the order of their dates, then paths, those without a first day last;
    ``rows`` by name. A document that lists the members and never says the name has 0.
    """

    documents: tuple[Dated, ...]
    rows: tuple[Row, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Names of the columns that hold the counts."""
        return tuple(document.path for document in self.documents)

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame as ``formula_matrix.csv`` has it: facts, then a column for each document.

        ``frame[list(matrix.paths)]`` are the bare counts. Raises UsageError without pandas.
        """
        paths = self.paths
        table = [(*row.facts, *(row.counts.get(path, 0) for path in paths)) for row in self.rows]
        return frame(table, [*FACTS, *paths])


def matrix(graph: nx.MultiDiGraph) -> Matrix:
    """The matrix of a graph."""
    timeline = documents(graph)
    paths = {document.id: document.path for document in timeline}
    ordered = sorted(entries(graph), key=lambda e: (e.name, e.entity.id))
    return Matrix(timeline, tuple(_row(one, paths) for one in ordered))


def _row(entry: Entry, paths: Mapping[str, str]) -> Row:
    life = entry.life
    counts = {paths[ident]: count for ident, count in life.counts.items()}
    return Row(
        entry.name, entry.entity.id, entry.number, entry.found, entry.status, life.first,
        life.last, counts,
    )  # fmt: skip


def _place(appearance: Appearance | None) -> tuple[str, str, str]:
    if appearance is None:
        return "", "", ""
    return appearance.document.date, appearance.document.path, str(appearance.sure).lower()

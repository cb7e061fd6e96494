"""Join: what all documents gave -> the graph.

Joining takes more memory than the graph. Where the documents are many each of its two parts is
done by a process of its own, which hands over rows through a file and gives its memory back.
"""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import merge
from itertools import islice, starmap
from operator import itemgetter
from typing import Any

import networkx as nx

from kg import graph, relate, resolve, workers
from kg.decisions import Decisions
from kg.lexicons import Lexicon
from kg.settings import Settings
from kg.shelf import Shelf

MANY = 16 << 20  # bytes of packed extractions, some five million characters
SIDE_BY_SIDE = 64 << 20  # of those whose parts may be joined at the same time
_BATCH = 1000  # rows that are written at once
_LENGTH = 8  # bytes that tell how long a batch is


@dataclass(frozen=True)
class Rows:
    """Nodes of a graph in order of id; its edges in order of subject and id."""

    nodes: Iterable[graph.Row]
    edges: Iterable[graph.Row]


def join(
    shelf: Shelf, settings: Settings, lexicon: Lexicon, decided: Decisions, jobs: int = 1
) -> nx.MultiDiGraph:
    """The graph of what is on a shelf; ``jobs`` processes may work at a time.

    Raises DataError for decisions that do not fit what the texts name.
    """
    makes = (partial(_shared, shelf), partial(_resolved, shelf, settings, lexicon, decided))
    if shelf.size > MANY or jobs > 1:
        parts = _apart(makes, jobs if shelf.size <= SIDE_BY_SIDE else 1)
    else:
        parts = [make() for make in makes]
    return graph.of_rows(
        merge(*(part.nodes for part in parts), key=itemgetter(0)),
        merge(*(part.edges for part in parts), key=itemgetter(0, 1)),
    )


def _shared(shelf: Shelf) -> Rows:
    """Passages that documents share."""
    found = relate.shared([extraction.document for extraction in shelf.extractions()])
    edges = [graph.edge_row(relation.id, relation) for relation in found.relations]
    return Rows(map(graph.node_row, found.entities), sorted(edges, key=itemgetter(0, 1)))


def _resolved(shelf: Shelf, settings: Settings, lexicon: Lexicon, decided: Decisions) -> Rows:
    """Everything else."""
    extractions = list(shelf.extractions())
    chosen = resolve.choose(extractions, settings)
    if not decided.rows:  # a person may speak of what was not chosen
        extractions = resolve.without_rest(extractions, chosen)
    found = resolve.resolve(
        extractions, settings, lexicon=lexicon, decisions=decided, chosen=chosen
    )
    relations = relate.relations(extractions, found.ids, found.relations, settings)
    entities = list(reversed(found.entities))
    return Rows(map(graph.node_row, graph.drained(entities)), starmap(graph.edge_row, relations))


def _apart(makes: Sequence[Callable[[], Rows]], jobs: int) -> list[Rows]:
    """The rows that each of ``makes`` gives in another process."""
    files = [(_File(), _File()) for _ in makes]

    def write(make: Callable[[], Rows], nodes: _File, edges: _File) -> None:
        rows = make()
        nodes.write(rows.nodes)
        edges.write(rows.edges)

    works = [partial(write, make, *pair) for make, pair in zip(makes, files, strict=True)]
    workers.apart(works, jobs, "joining the documents")
    return [Rows(*pair) for pair in files]


class _File:
    """Rows on disk, written once and read once; removed with the last process that holds it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="kg-")  # noqa: SIM115

    def write(self, rows: Iterable[graph.Row]) -> None:
        several = iter(rows)
        while batch := list(islice(several, _BATCH)):
            data = marshal.dumps(batch)
            self._file.write(len(data).to_bytes(_LENGTH, "big") + data)
        self._file.flush()

    def __iter__(self) -> Iterator[graph.Row]:
        self._file.seek(0)
        while head := self._file.read(_LENGTH):
            data = self._file.read(int.from_bytes(head, "big"))
            batch: list[Any] = marshal.loads(data)  # noqa: S302 - written by our own process
            yield from batch

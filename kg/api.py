"""API: what ``import kg`` gives: build, load, and the graph with ways to ask and to write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import networkx as nx

from kg import export, graph, pipeline, read
from kg.errors import KgError, UsageError
from kg.extract import Crew
from kg.model import Entity, Evidence, Failure, Relation, Scalar
from kg.ontology import ontology
from kg.registry import changes, entries, matrix, trends
from kg.registry.frames import frame
from kg.settings import Settings
from kg.settings import load as load_settings
from kg.store import Store
from kg.workers import Workers

if TYPE_CHECKING:
    import pandas
    import rdflib

    from kg.registry.changes import Changes
    from kg.registry.entries import Entry
    from kg.registry.matrix import Matrix
    from kg.registry.trends import Trends

MEMBERS = ("hasMember", "hasContent")


@dataclass(frozen=True)
class Thing:
    """An entity of a graph with its surroundings."""

    entity: Entity
    _graph: nx.MultiDiGraph = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """Its preferred label."""
        return self.entity.name

    @property
    def kind(self) -> str:
        """Its kind, such as ``Formula``."""
        return self.entity.kind

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its other names that stand in the texts."""
        return tuple(alias.name for alias in self.entity.aliases)

    @property
    def quotes(self) -> tuple[Evidence, ...]:
        """Where the texts name it, or state it."""
        return self.entity.mentions

    @property
    def members(self) -> tuple[Thing, ...]:
        """Members of a formula or list, content of a spirit, in their order."""
        found = sorted(self._out(*MEMBERS), key=lambda r: int(r.qualifiers["position"]))
        return tuple(Thing(graph.entity(self._graph, r.object), self._graph) for r in found)

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Relations that leave it, then those that reach it."""
        return (*self._out(), *graph.incoming(self._graph, self.entity.id))

    def _out(self, *predicates: str) -> list[Relation]:
        return graph.outgoing(self._graph, self.entity.id, *predicates)


@dataclass(frozen=True)
class Graph:
    """A knowledge graph: a ``networkx.MultiDiGraph`` that can be asked, written and converted."""

    networkx: nx.MultiDiGraph
    settings: Settings = field(default_factory=Settings)
    failures: tuple[Failure, ...] = ()
    skipped: tuple[str, ...] = ()

    def find(self, name: str) -> Thing | None:
        """The thing of that name or alias; None when there is none.

        Where several bear the name, one with that preferred label goes before one with that
        alias, then the kind that comes first in the ontology.
        """
        found = self.search(name)
        return found[0] if found else None

    def search(self, name: str) -> tuple[Thing, ...]:
        """All things of that name or alias, the best first. Quotation marks may be left out."""
        wanted = _fold(name)
        order = {kind: at for at, kind in enumerate(ontology().kinds)}
        hits = []
        for entity in graph.entities(self.networkx):
            rank = 0 if _fold(entity.name) == wanted else 1
            if rank == 0 or any(_fold(alias.name) == wanted for alias in entity.aliases):
                hits.append(((rank, order[entity.kind], entity.id), entity))
        return tuple(Thing(entity, self.networkx) for _, entity in sorted(hits, key=lambda h: h[0]))

    def formulas(self, *statuses: str) -> tuple[Entry, ...]:
        """Every formula with its list, its versions and its life, by status, then name.

        Only those of ``statuses`` (complete, conflicting, partial, unlisted) where any are given.
        """
        return entries.entries(self.networkx, *statuses)

    def spirits(self) -> tuple[Entry, ...]:
        """Every spirit with its content, those whose content a text gives first, by name."""
        return entries.spirits(self.networkx)

    def formula_matrix(self) -> Matrix:
        """Formulas by documents in the order of their dates, with first appearances.

        ``.to_pandas()`` gives it as a DataFrame where pandas is installed.
        """
        return matrix.matrix(self.networkx)

    def trends(
        self,
        by: str = "year",
        since: str = "",
        until: str = "",
        *,
        names: Sequence[str] = (),
        kinds: Sequence[str] = (),
    ) -> Trends:
        """How many documents of each year, quarter or month name a formula or spirit.

        ``since`` and ``until`` are EDTF dates, inclusive; ``names`` asks for some things only, of
        any kind; ``kinds`` for all of other kinds. A document counts in a period when its whole
        date lies in it; ``kg.registry.trends`` tells how windows and undated ones are counted.
        Raises UsageError for a bad date, period or kind, KgError for an unknown name.
        """
        ids = self._ids(names, kinds)
        return trends.trends(self.networkx, by, since, until, ids=ids, kinds=kinds or trends.KINDS)

    def changes(
        self, start: str, end: str, *, names: Sequence[str] = (), kinds: Sequence[str] = ()
    ) -> Changes:
        """What came and what went between two EDTF dates: newcomers and drop-outs."""
        ids = self._ids(names, kinds)
        return changes.changes(self.networkx, start, end, ids=ids, kinds=kinds or trends.KINDS)

    def _ids(self, names: Sequence[str], kinds: Sequence[str]) -> list[str] | None:
        """Ids of the things of these names, of the best kind of each name; None for no names."""
        known = ontology().kinds
        if wrong := [kind for kind in kinds if kind not in known]:
            listed = f"known: {', '.join(known)}"
            raise UsageError(f"no kind of node is called {wrong[0]!r}", "kinds", listed)
        found: dict[str, None] = {}
        for name in names:
            things = [t for t in self.search(name) if not kinds or t.kind in kinds]
            if not things:
                raise KgError(f"nothing is called {name!r}", "", "try kg stats, or another form")
            found.update((t.entity.id, None) for t in things if t.kind == things[0].kind)
        return list(found) if names else None

    def write(self, folder: str | Path) -> Path:
        """Write every export into ``folder`` and return it; raises OutputError."""
        target = Path(folder)
        export.write(
            self.networkx, target, self.settings, failures=self.failures, skipped=self.skipped
        )
        return target

    def export(self, form: str, folder: str | Path) -> tuple[Path, ...]:
        """Write one format of ``kg export`` into ``folder``; its files. Raises UsageError for an
        unknown format or a missing package, OutputError when the folder cannot be written."""
        files = export.formats.make(form, self.networkx, self.settings)
        return export.put(Path(folder), files)

    def to_networkx(self) -> nx.MultiDiGraph:
        """A copy with plain values as attributes, for NetworkX's own functions and writers."""
        return export.flat.networkx_graph(self.networkx)

    def to_pandas(self) -> tuple[pandas.DataFrame, pandas.DataFrame]:
        """Nodes and edges as tables, indexed by id, with the columns of the CSV files.

        Raises UsageError when pandas is not installed.
        """
        plain = self.networkx
        nodes = frame(_cells(export.flat.nodes(plain)), export.flat.NODES)
        edges = frame(_cells(export.flat.edges(plain)), export.flat.EDGES)
        return nodes.set_index("id"), edges.set_index("id")

    def to_rdflib(self) -> rdflib.Graph:
        """The graph as an ``rdflib.Graph``."""
        return export.to_rdflib(self.networkx, self.settings)


def build(
    source: str | Path,
    *,
    jobs: int = 1,
    executor: Executor | None = None,
    cache: str | Path | None = None,
    **settings: Any,
) -> Graph:
    """Build the graph of a folder of documents, of one document, or of a pattern of files.

    ``jobs`` above 1 reads the documents in that many processes; an ``executor`` of
    ``concurrent.futures`` (or one that behaves like it, of a cluster) goes before ``jobs``.
    What documents gave is kept in the folder ``cache`` and not made again. None of the three
    changes the graph. Further keyword arguments are fields of ``kg.settings.Settings``; they go
    before ``kg.toml``.
    Raises UsageError when the folder is missing or holds no document.
    """
    folder = Path(source)
    chosen = load_settings(read.base(folder), **settings)
    hands = Workers(jobs, chosen.seconds, chosen.megabytes) if jobs > 1 else None
    crew = Crew(executor or hands, Store(Path(cache)) if cache else None)
    built = pipeline.build(folder, chosen, crew=crew)
    return Graph(built.graph, built.settings, built.failures, built.skipped)


def load(folder: str | Path) -> Graph:
    """The graph that ``kg build`` or ``Graph.write`` wrote into ``folder``."""
    loaded, settings = export.read(Path(folder))
    return Graph(loaded, settings)


def _cells(rows: Iterable[tuple[Any, export.flat.Row]]) -> Iterator[list[Scalar]]:
    return (list(row.values()) for _, row in rows)


def _fold(name: str) -> str:
    """A name without white space and quotation marks, widths folded.

    >>> _fold("“三个 贯通”")
    '三个贯通'
    """
    kept: Sequence[str] = [c for c in normalize("NFKC", name) if c not in "“”‘’\"'《》 "]
    return "".join(kept).casefold()

"""API: what ``import kg`` gives: build, load, and the graph with ways to ask and to write it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import networkx as nx

from kg import export, graph, pipeline, read
from kg.extract import Crew
from kg.model import Entity, Evidence, Failure, Relation
from kg.ontology import ontology
from kg.settings import Settings
from kg.settings import load as load_settings
from kg.store import Store
from kg.workers import Workers

if TYPE_CHECKING:
    import rdflib

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

    def write(self, folder: str | Path) -> Path:
        """Write every export into ``folder`` and return it; raises OutputError."""
        target = Path(folder)
        export.write(
            self.networkx, target, self.settings, failures=self.failures, skipped=self.skipped
        )
        return target

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


def _fold(name: str) -> str:
    """A name without white space and quotation marks, widths folded.

    >>> _fold("“三个 贯通”")
    '三个贯通'
    """
    kept: Sequence[str] = [c for c in normalize("NFKC", name) if c not in "“”‘’\"'《》 "]
    return "".join(kept).casefold()

"""Pipeline: the stages in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import networkx as nx

from kg import decisions, lexicons, read, recognize
from kg.extract import HERE, Crew, Progress, extract_all, uncollected
from kg.join import join
from kg.model import Failure
from kg.settings import Settings


@dataclass(frozen=True)
class Build:
    """What a build gives: the graph, the files that failed, the files that were skipped."""

    graph: nx.MultiDiGraph
    settings: Settings
    failures: tuple[Failure, ...] = ()
    skipped: tuple[str, ...] = ()


def build(
    folder: Path,
    settings: Settings,
    *,
    crew: Crew = HERE,
    progress: Progress | None = None,
) -> Build:
    """Read every document of a folder and join what they say into one graph.

    Raises UsageError when the folder is missing or holds no document, DataError for a faulty
    lexicon or ``kg.merges.tsv`` or a recognizer of another package that cannot be loaded. A
    document that fails is listed in ``failures``; the others are still built. The graph is the
    same whoever works on the documents, and whatever a store already holds.
    """
    lexicon = lexicons.load(settings.lexicon)
    decided = decisions.load(read.base(folder))
    recognize.ready(settings, lexicon)  # what cannot be loaded is a fault of no document
    sources, skipped = read.sources(folder)
    shelf = extract_all(sources, settings, crew, progress, lexicon)
    failures = shelf.failures
    decided = replace(decided, whole=folder == read.base(folder) and not failures)
    with uncollected():
        built = join(shelf, settings, lexicon, decided, crew.jobs)
    own = lexicons.files_in(settings.lexicon, read.base(folder))
    return Build(built, settings, failures, tuple(path for path in skipped if path not in own))

"""Pipeline: the stages in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import networkx as nx

from kg import graph, read, recognize, relate, repair, resolve
from kg.errors import KgError
from kg.model import Extraction, Failure, Source
from kg.settings import Settings

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Build:
    """What a build gives: the graph, the files that failed, the files that were skipped."""

    graph: nx.MultiDiGraph
    settings: Settings
    failures: tuple[Failure, ...] = ()
    skipped: tuple[str, ...] = ()


def extract(source: Source, settings: Settings) -> Extraction | Failure:
    """All that one document gives, or why it gives nothing."""
    try:
        document = repair.repair(read.read(source))
        seen = recognize.simplified(document)
        mentions = recognize.mentions(seen, settings, introduced=relate.introduced)
        lists = recognize.lists(seen, mentions)
        claims = relate.claims(seen, mentions, settings)
        return Extraction(document, mentions, lists, claims)
    except KgError as error:
        return Failure(source.path, str(error))


def build(
    folder: Path, settings: Settings, *, jobs: int = 1, progress: Progress | None = None
) -> Build:
    """Read every document of a folder and join what they say into one graph.

    Raises UsageError when the folder is missing or holds no document. A document that
    fails is listed in ``failures``; the others are still built.
    """
    sources, skipped = read.sources(folder)
    results = _extract_all(sources, settings, jobs, progress)
    extractions = sorted(
        (r for r in results if isinstance(r, Extraction)), key=lambda e: e.document.meta.path
    )
    failures = sorted((r for r in results if isinstance(r, Failure)), key=lambda f: f.path)
    resolution = resolve.resolve(extractions, settings)
    relations = relate.relations(extractions, resolution.ids, resolution.relations, settings)
    shared = relate.shared([extraction.document for extraction in extractions])
    built = graph.assemble(
        [*resolution.entities, *shared.entities], [*relations, *shared.relations]
    )
    return Build(built, settings, tuple(failures), skipped)


def _extract_all(
    sources: Sequence[Source], settings: Settings, jobs: int, progress: Progress | None
) -> list[Extraction | Failure]:
    work = partial(extract, settings=settings)
    results: list[Extraction | Failure] = []

    def collect(found: Iterable[Extraction | Failure]) -> None:
        for source, result in zip(sources, found, strict=True):
            results.append(result)
            if progress:
                progress(len(results), len(sources), source.path)

    if jobs > 1 and len(sources) > 1:
        with ProcessPoolExecutor(min(jobs, len(sources))) as pool:
            collect(pool.map(work, sources))
    else:
        collect(map(work, sources))
    return results

"""Verify: read the sources again and check every quote of a graph against them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import networkx as nx

from kg import graph as graphs
from kg import read
from kg.errors import KgError
from kg.model import Evidence, Source, document_id

SHOWN = 40  # characters of a quote that a fault repeats


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A quote that is not what the source says; ``begin`` and ``end`` are -1 for a whole file."""

    document: str  # path
    begin: int
    end: int
    what: str

    def __str__(self) -> str:
        place = f"{self.document}:{self.begin}-{self.end}" if self.begin >= 0 else self.document
        return f"{place}: {self.what}"


@dataclass(frozen=True)
class Report:
    """How many quotes were checked, and what is wrong, by document and place."""

    quotes: int
    faults: tuple[Fault, ...]


def verify(graph: nx.MultiDiGraph, sources: Path) -> Report:
    """Compare every quote of ``graph`` with ``raw[begin:end]`` of the documents in ``sources``.

    A passage that several facts quote is checked once. Raises UsageError when the folder of
    sources is missing.
    """
    paths = {
        d.id: str(d.attributes.get("path", d.name)) for d in graphs.entities(graph, "Document")
    }
    found, _ = read.sources(sources)
    files = {document_id(source.path): source for source in found}
    quotes = passages(graph)
    faults: list[Fault] = []
    for document in sorted(set(paths) | set(quotes)):
        path = paths.get(document, document)
        if document not in paths:
            faults.append(Fault(path, -1, -1, "the graph quotes a document that it does not list"))
        if document not in files:
            faults.append(Fault(path, -1, -1, "the source file is missing"))
        else:
            faults.extend(_document(files[document], path, quotes[document]))
    return Report(sum(len(found) for found in quotes.values()), tuple(sorted(faults)))


def passages(graph: nx.MultiDiGraph) -> dict[str, list[Evidence]]:
    """Every passage that a graph quotes, once, by document and place."""
    found: dict[str, dict[tuple[int, int, str], Evidence]] = defaultdict(dict)
    for evidence in _all(graph):
        key = (evidence.begin, evidence.end, evidence.quote)
        found[evidence.document_id].setdefault(key, evidence)
    ordered: dict[str, list[Evidence]] = defaultdict(list)
    for document, places in sorted(found.items()):
        ordered[document] = [places[key] for key in sorted(places)]
    return ordered


def _all(graph: nx.MultiDiGraph) -> Iterator[Evidence]:
    for entity in graphs.entities(graph):
        yield from entity.mentions
        for alias in entity.aliases:
            yield from alias.evidence
        if entity.naming:
            yield from entity.naming.evidence
    for relation in graphs.relations(graph):
        yield from relation.evidence


def _document(source: Source, path: str, quotes: list[Evidence]) -> Iterator[Fault]:
    try:
        raw = read.read(source).text
    except KgError as error:
        yield Fault(path, -1, -1, f"the source cannot be read: {error.what}")
        return
    for evidence in quotes:
        begin, end = evidence.begin, evidence.end
        if not 0 <= begin < end <= len(raw):
            what = f"the source has {len(raw)} characters"
            yield Fault(path, begin, end, f"{_short(evidence.quote)} stands nowhere: {what}")
        elif raw[begin:end] != evidence.quote:
            said = _short(raw[begin:end])
            yield Fault(path, begin, end, f"the source says {said}, not {_short(evidence.quote)}")


def _short(text: str) -> str:
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")

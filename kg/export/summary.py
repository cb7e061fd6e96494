"""Summary: what a build gave, as JSON: counts, documents, failures, formulas, checksums.

It holds no date, duration, machine name or path outside the source folder, so that the same
input gives the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg import graph as graphs
from kg.model import Failure
from kg.ontology import ontology
from kg.registry.entries import Entry, entries, why
from kg.registry.entries import summary as in_words
from kg.registry.trends import appearance_data
from kg.settings import Settings, recorded

VERSION = 1
_DOCUMENT = ("path", "title", "creator", "publisher", "issued", "spoken", "encoding", "sha256")


@dataclass(frozen=True, slots=True)
class Stated:
    """Size in bytes and checksum of a file."""

    size: int
    sha256: str


def render(
    graph: nx.MultiDiGraph,
    settings: Settings,
    files: Mapping[str, Stated],
    *,
    failures: Sequence[Failure] = (),
    skipped: Sequence[str] = (),
) -> str:
    """The summary as JSON text. ``files`` are the other files by name."""
    summary: dict[str, Any] = {
        "format": VERSION,
        "settings": recorded(settings),
        "nodes": graph.number_of_nodes(),
        "relations": graph.number_of_edges(),
        "nodes by kind": _counted(
            ontology().kinds, (data["kind"] for _, data in graph.nodes(data=True))
        ),
        "relations by predicate": _counted(
            ontology().predicates, (data["predicate"] for *_, data in graph.edges(data=True))
        ),
        "documents": _documents(graph),
        "failures": [{"path": f.path, "reason": f.reason} for f in failures],
        "skipped": list(skipped),
        "formulas by status": _statuses(graph),
        "formulas": [_formula(entry) for entry in entries(graph)],
        "files": {
            name: {"bytes": stated.size, "sha256": stated.sha256}
            for name, stated in sorted(files.items())
        },
    }
    text = json.dumps(summary, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def _counted(order: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    counts = Counter(found)
    return {name: counts[name] for name in order if counts[name]}


def _statuses(graph: nx.MultiDiGraph) -> dict[str, int]:
    found = (str(e.attributes.get("status", "unlisted")) for e in graphs.entities(graph, "Formula"))
    return dict(sorted(Counter(found).items()))


def _formula(entry: Entry) -> dict[str, Any]:
    """What a build found of a formula; ``versions`` where texts give more than one list."""
    return {
        "name": entry.name,
        "announced": entry.number,
        "found": entry.found,
        "status": entry.status,
        "inferred": entry.listing.inferred,
        "documents": len(entry.life.documents),
        "first": appearance_data(entry.life.first),
        "last": appearance_data(entry.life.last),
        "versions": [
            {
                "from": version.begin,
                "until": version.end,
                "members": list(version.names),
                "documents": [document.path for document in version.documents],
            }
            for version in entry.versions
        ],
        "summary": in_words(entry),
        "why": why(entry),
    }


def _documents(graph: nx.MultiDiGraph) -> list[dict[str, Any]]:
    rows = []
    for document in graphs.entities(graph, "Document"):
        row: dict[str, Any] = {"id": document.id}
        given = document.attributes
        row.update({key: given[key] for key in _DOCUMENT if key in given})
        rows.append(row)
    return sorted(rows, key=lambda row: str(row.get("path", "")))

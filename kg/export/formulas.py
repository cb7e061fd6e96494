"""Formulas: every numbered formula with what was found of its list, as tables.

``formulas.tsv`` has a row a formula and version of its list; ``formula_matrix.csv`` has formulas
by documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import networkx as nx

from kg.export.tables_csv import harmless, table
from kg.model import Evidence
from kg.registry.entries import Entry, Listing, Member, entries, summary
from kg.registry.matrix import FACTS, matrix
from kg.registry.timeline import documents
from kg.settings import Settings

COLUMNS = (
    "name", "announced", "found", "status", "version", "members", "named in", "listed in",
    "rule", "inferred", "listed from", "listed until", "summary",
)  # fmt: skip
# What would end a cell or a line, for one reader or another.
_BREAKS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]+")


def render(graph: nx.MultiDiGraph, settings: Settings) -> str:
    """One row a formula, by name, with a row for each other version of its list under it.

    Places are ``path:begin-end`` in code points of the raw text. ``version`` is the date of a
    document that gives another list; ``listed from`` and ``listed until`` are the first and last
    ISO day of the documents that give the list.
    """
    paths = {document.id: document.path for document in documents(graph)}
    issued = dict(graph.nodes(data="attributes"))
    rows: list[Sequence[str]] = [COLUMNS]
    for entry in sorted(entries(graph), key=lambda e: (e.name, e.entity.id)):
        rows.append(_row(entry, entry.listing, "", paths))
        for version in entry.versions:
            if version.id != entry.listing.id:
                date = str(issued[version.id].get("issued") or "undated")
                rows.append(_row(entry, version, date, paths))
    return "".join("\t".join(_cell(cell) for cell in row) + "\n" for row in rows)


def matrix_lines(graph: nx.MultiDiGraph, settings: Settings) -> Iterator[str]:
    """Formulas by documents (RFC 4180): facts, then how often each document names the formula.

    One row a formula, by name; a column a document, named by its path, in the order of first
    days, then paths. Dates are EDTF. ``first_sure`` is ``false`` where another document that
    names the formula may be earlier: one without a date, or with a window that begins sooner.
    """
    found = matrix(graph)
    yield table([(*FACTS, *found.paths)])
    places = {path: at for at, path in enumerate(found.paths)}
    none = ["0"] * len(places)
    for row in found.rows:  # of thousands of columns nearly all are 0: no cell needs a look
        cells = none.copy()
        for path, count in row.counts.items():
            cells[places[path]] = str(count)
        yield ",".join((table([row.facts]).removesuffix("\r\n"), *cells)) + "\r\n"


def _row(entry: Entry, listed: Listing, version: str, paths: dict[str, str]) -> Sequence[str]:
    return (
        entry.name,
        "" if entry.number is None else str(entry.number),
        str(len(listed.members)),
        entry.status,
        version,
        "; ".join(map(_numbered, listed.members)),
        _places(paths, entry.entity.mentions),
        _places(paths, [place for member in listed.members for place in member.evidence]),
        "; ".join(listed.rules),
        str(listed.inferred).lower(),
        listed.begin,
        listed.end,
        summary(entry, listed),
    )


def _numbered(member: Member) -> str:
    return f"{member.position} {member.name}" if member.position else member.name


def _places(paths: dict[str, str], evidence: Iterable[Evidence]) -> str:
    return "; ".join(
        f"{path}:{begin}-{end}"
        for path, begin, end in sorted(
            {(paths.get(e.document_id, e.document_id), e.begin, e.end) for e in evidence}
        )
    )


def _cell(text: str) -> str:
    return str(harmless(_BREAKS.sub(" ", text).strip()))

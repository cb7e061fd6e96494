"""Formulas: every numbered formula with what was found of its list, as a TSV table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import networkx as nx

from kg import graph as graphs
from kg.export.survey import Survey, survey
from kg.export.tables_csv import harmless
from kg.model import Entity, Evidence, Relation
from kg.settings import Settings

COLUMNS = (
    "name", "announced", "found", "status", "version", "members", "named in", "listed in",
    "rule", "inferred", "summary",
)  # fmt: skip
LISTING = ("hasMember", "hasPart")
# What would end a cell or a line, for one reader or another.
_BREAKS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]+")


def render(graph: nx.MultiDiGraph, settings: Settings) -> str:
    """One row a formula, by name, with a row for each other version of its list under it.

    Places are ``path:begin-end`` in code points of the raw text.
    """
    facts = survey(graph)
    rows: list[Sequence[str]] = [COLUMNS]
    for formula in sorted(graphs.entities(graph, "Formula"), key=lambda e: (e.name, e.id)):
        rows.append(_row(graph, facts, formula, formula, ""))
        for version in graphs.incoming(graph, formula.id, "variantOf"):
            other = graphs.entity(graph, version.subject)
            issued = str(other.attributes.get("issued") or "undated")
            rows.append(_row(graph, facts, formula, other, issued))
    return "".join("\t".join(_cell(cell) for cell in row) + "\n" for row in rows)


def summaries(graph: nx.MultiDiGraph) -> Iterator[str]:
    """A line for each formula: announced, found, which members, in which documents, status."""
    facts = survey(graph)
    for formula in sorted(graphs.entities(graph, "Formula"), key=lambda e: (e.name, e.id)):
        members = graphs.outgoing(graph, formula.id, *LISTING)
        yield _summary(graph, facts, formula, formula, members)


def _row(
    graph: nx.MultiDiGraph, facts: Survey, formula: Entity, listed: Entity, version: str
) -> Sequence[str]:
    members = graphs.outgoing(graph, listed.id, *LISTING)
    return (
        formula.name,
        _announced(formula),
        str(len(members)),
        _status(formula),
        version,
        "; ".join(_numbered(graph, member) for member in members),
        _places(facts, formula.mentions),
        _places(facts, [place for member in members for place in member.evidence]),
        "; ".join(sorted({member.rule for member in members})),
        str(any(member.inferred for member in members)).lower(),
        _summary(graph, facts, formula, listed, members),
    )


def _summary(
    graph: nx.MultiDiGraph,
    facts: Survey,
    formula: Entity,
    listed: Entity,
    members: Sequence[Relation],
) -> str:
    found = f"{formula.name}: announced {_announced(formula) or '?'}, found {len(members)}"
    if members:
        names = "、".join(graph.nodes[member.object]["name"] for member in members)
        places = facts.documents(place for member in members for place in member.evidence)
        found += f" ({names}) in {', '.join(places)}"
    return f"{found}: {_status(formula) if listed is formula else 'another version'}"


def _numbered(graph: nx.MultiDiGraph, member: Relation) -> str:
    name = str(graph.nodes[member.object]["name"])
    position = member.qualifiers.get("position")
    return name if position is None else f"{position} {name}"


def _places(facts: Survey, evidence: Iterable[Evidence]) -> str:
    return "; ".join(
        f"{path}:{begin}-{end}"
        for path, begin, end in sorted(
            {(facts.paths.get(e.document_id, e.document_id), e.begin, e.end) for e in evidence}
        )
    )


def _announced(formula: Entity) -> str:
    return str(formula.attributes.get("number", ""))


def _status(formula: Entity) -> str:
    return str(formula.attributes.get("status", "unlisted"))


def _cell(text: str) -> str:
    return str(harmless(_BREAKS.sub(" ", text).strip()))

"""CSV: nodes and edges as two tables that Gephi, pandas and spreadsheets read (RFC 4180, UTF-8).

A cell that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

import networkx as nx

from kg import graph as graphs
from kg.export.survey import names, survey, wordings
from kg.model import Scalar
from kg.ontology import ontology
from kg.settings import Settings

NODES = (
    "id", "label", "kind", "kind_zh", "aliases", "mentions", "documents", "document_names",
    "first_date", "last_date", "degree", "attributes",
)  # fmt: skip
EDGES = (
    "id", "source", "target", "type", "relation", "relation_zh", "source_label", "target_label",
    "weight", "position", "inferred", "rule", "qualifiers", "evidence", "documents",
)  # fmt: skip
# East Asian spreadsheets run the full-width signs too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONG = frozenset({"text", "passages"})  # attributes too long for a cell


def render_nodes(graph: nx.MultiDiGraph, settings: Settings) -> str:
    """One row a node, in order of id. ``attributes`` is a JSON object without long texts."""
    facts = survey(graph).facts
    rows: list[Sequence[Scalar]] = [NODES]
    for entity in graphs.entities(graph):
        fact = facts[entity.id]
        others = {k: v for k, v in sorted(entity.attributes.items()) if k not in _LONG}
        rows.append(
            (
                entity.id, entity.name, entity.kind, ontology().kind(entity.kind).label_zh,
                names(entity.aliases), len(entity.mentions), len(fact.documents),
                "; ".join(fact.documents), fact.first_date, fact.last_date, fact.degree,
                _json(others),
            )
        )  # fmt: skip
    return table(rows)


def render_edges(graph: nx.MultiDiGraph, settings: Settings) -> str:
    """One row an edge, in order of subject and id. ``weight`` is the number of its evidence."""
    facts = survey(graph)
    rows: list[Sequence[Scalar]] = [EDGES]
    for relation in graphs.relations(graph):
        rows.append(
            (
                relation.id, relation.subject, relation.object, "Directed", relation.predicate,
                ontology().predicate(relation.predicate).label_zh,
                graph.nodes[relation.subject]["name"], graph.nodes[relation.object]["name"],
                len(relation.evidence), relation.qualifiers.get("position", ""),
                str(relation.inferred).lower(), relation.rule, _json(dict(relation.qualifiers)),
                wordings(relation.evidence), "; ".join(facts.documents(relation.evidence)),
            )
        )  # fmt: skip
    return table(rows)


def table(rows: Iterable[Sequence[Scalar]]) -> str:
    """Rows as RFC 4180 text with CRLF line ends, harmless in a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def harmless(cell: Scalar) -> Scalar:
    """The cell, with an apostrophe before what a spreadsheet would run as a formula.

    >>> harmless("=1+1"), harmless(-1), harmless("a=1")
    ("'=1+1", -1, 'a=1')
    """
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return "'" + text if text.startswith(_FORMULA) else text


def _json(values: dict[str, Scalar]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True) if values else ""

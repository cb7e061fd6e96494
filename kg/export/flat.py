"""Flat: nodes and edges as rows of plain values, for tables and for tools that know no others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import networkx as nx

from kg import graph as graphs
from kg.export.survey import names, survey, wordings
from kg.model import Entity, Relation, Scalar
from kg.ontology import ontology

NODES = (
    "id", "label", "kind", "kind_zh", "aliases", "mentions", "documents", "document_names",
    "first_date", "last_date", "degree", "attributes",
)  # fmt: skip
EDGES = (
    "id", "source", "target", "type", "relation", "relation_zh", "source_label", "target_label",
    "weight", "position", "inferred", "rule", "qualifiers", "evidence", "documents",
)  # fmt: skip
LONG = frozenset({"text", "passages"})  # attributes that hold a whole document

Row = Mapping[str, Scalar]


def nodes(graph: nx.MultiDiGraph) -> Iterator[tuple[Entity, Row]]:
    """Each entity with its row (keys ``NODES``), in order of id.

    ``attributes`` is a JSON object without long texts; several values of a cell are parted
    by "; ".
    """
    facts = survey(graph).facts
    for entity in graphs.entities(graph):
        fact = facts[entity.id]
        others = {k: v for k, v in sorted(entity.attributes.items()) if k not in LONG}
        values: tuple[Scalar, ...] = (
            entity.id, entity.name, entity.kind, ontology().kind(entity.kind).label_zh,
            names(entity.aliases), len(entity.mentions), len(fact.documents),
            "; ".join(fact.documents), fact.first_date, fact.last_date, fact.degree,
            as_json(others),
        )  # fmt: skip
        yield entity, dict(zip(NODES, values, strict=True))


def edges(graph: nx.MultiDiGraph) -> Iterator[tuple[Relation, Row]]:
    """Each relation with its row (keys ``EDGES``), in order of subject and id.

    ``weight`` is the number of its evidence; ``position`` is empty where it has none.
    """
    facts = survey(graph)
    for relation in graphs.relations(graph):
        values: tuple[Scalar, ...] = (
            relation.id, relation.subject, relation.object, "Directed", relation.predicate,
            ontology().predicate(relation.predicate).label_zh,
            graph.nodes[relation.subject]["name"], graph.nodes[relation.object]["name"],
            len(relation.evidence), relation.qualifiers.get("position", ""), relation.inferred,
            relation.rule, as_json(dict(relation.qualifiers)), wordings(relation.evidence),
            "; ".join(facts.documents(relation.evidence)),
        )  # fmt: skip
        yield relation, dict(zip(EDGES, values, strict=True))


def networkx_graph(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The graph with plain values as attributes, which every NetworkX function and writer takes.

    Nodes have the keys of ``NODES`` but id, edges those of ``EDGES`` but id (their key), source,
    target and type; empty values are left out.
    """
    plain = nx.MultiDiGraph()
    for entity, row in nodes(graph):
        plain.add_node(entity.id, **_filled(row, "id"))
    for relation, row in edges(graph):
        said = _filled(row, "id", "source", "target", "type")
        plain.add_edge(relation.subject, relation.object, relation.id, **said)
    return plain


def as_json(values: Mapping[str, Scalar]) -> str:
    """Values as the JSON of one cell; empty where there are none."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True) if values else ""


def _filled(row: Row, *without: str) -> dict[str, Scalar]:
    return {key: value for key, value in row.items() if value != "" and key not in without}

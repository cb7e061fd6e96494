"""Neo4j: node and relationship files for ``neo4j-admin database import full``."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

from kg.export import flat
from kg.export.tables_csv import table
from kg.settings import Settings

_NODES = (
    "id:ID", "name", ":LABEL", "aliases:string[]", "mentions:int", "documents:string[]",
    "firstDate:date", "lastDate:date", "degree:int", "attributes",
)  # fmt: skip
_EDGES = (
    ":START_ID", ":END_ID", ":TYPE", "id", "weight:int", "position:int", "inferred:boolean",
    "rule", "qualifiers", "evidence", "documents:string[]",
)  # fmt: skip


def make(graph: nx.MultiDiGraph, settings: Settings) -> Mapping[str, bytes]:
    """``neo4j/nodes.csv`` and ``neo4j/relationships.csv``; lists are parted by ``;``.

    Import with ``neo4j-admin database import full --nodes=nodes.csv
    --relationships=relationships.csv --multiline-fields=true``. A relation is a type in capitals:
    ``HAS_MEMBER``.
    """
    nodes = [
        (
            row["id"], row["label"], row["kind"], _list(row["aliases"]), row["mentions"],
            _list(row["document_names"]), row["first_date"], row["last_date"], row["degree"],
            row["attributes"],
        )
        for _, row in flat.nodes(graph)
    ]  # fmt: skip
    edges = [
        (
            row["source"], row["target"], capitals(relation.predicate), row["id"], row["weight"],
            row["position"], str(relation.inferred).lower(), row["rule"], row["qualifiers"],
            row["evidence"], _list(row["documents"]),
        )
        for relation, row in flat.edges(graph)
    ]  # fmt: skip
    return {
        "neo4j/nodes.csv": table([_NODES, *nodes]).encode(),
        "neo4j/relationships.csv": table([_EDGES, *edges]).encode(),
    }


def capitals(predicate: str) -> str:
    """A relation's name as Neo4j writes types.

    >>> capitals("hasMember")
    'HAS_MEMBER'
    """
    return "".join(f"_{c}" if c.isupper() else c for c in predicate).upper()


def _list(cell: object) -> str:
    return str(cell).replace("; ", ";")

"""JSONL: the whole graph, one node or edge a line, and the way back.

The first line is a header with the version of the format and the settings of the build. Then
nodes in order of id, then edges in order of subject and id. Nothing is lost: ``parse`` gives a
graph equal to the one that was written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import Any

import networkx as nx

from kg import graph as graphs
from kg.errors import OutputError
from kg.model import Alias, Entity, Evidence, Relation, Scalar
from kg.settings import Settings, recorded

FORMAT = "kg-graph"
VERSION = 1
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Loaded:
    """What a file holds: the graph and the settings it was built with."""

    graph: nx.MultiDiGraph
    settings: Settings


def render(graph: nx.MultiDiGraph, settings: Settings) -> str:
    """The graph as text: one JSON object a line, LF line ends."""
    return "".join(lines(graph, settings))


def lines(graph: nx.MultiDiGraph, settings: Settings) -> Iterator[str]:
    """The same line by line."""
    head: dict[str, Any] = {"format": FORMAT, "version": VERSION, "settings": recorded(settings)}
    counts = {"nodes": graph.number_of_nodes(), "relations": graph.number_of_edges()}
    yield _line(head | counts)
    for entity in graphs.entities(graph):
        yield _line(_node(entity))
    for key, relation in graphs.keyed(graph):
        yield _line(_edge(key, relation))


def parse(text: Iterable[bytes], where: str) -> Loaded:
    """The graph of the lines of a file, each with its line end; ``where`` names it in errors.

    Raises OutputError when the lines are not what ``lines`` gives. Holds one of them at a time.
    """
    several = iter(text)
    settings, counts = _header(next(several, b""), where)
    graph = graphs.of_rows(*_apart(_rows(several, where)))
    found = (graph.number_of_nodes(), graph.number_of_edges())
    if found != counts:
        said = f"{found[0]} nodes and {found[1]} relations, not {counts[0]} and {counts[1]}"
        raise OutputError(f"the file holds {said}", where, "build again")
    return Loaded(graph, settings)


def _rows(text: Iterable[bytes], where: str) -> Iterator[tuple[bool, graphs.Row]]:
    """Rows of a graph, each with whether it is an edge: nodes first, all in order."""
    last: tuple[Any, ...] = ()
    for number, line in enumerate(text, 2):
        place = f"{where}:{number}"
        if not line.endswith(b"\n"):
            raise OutputError("the last line is cut off", place, "build again")
        try:
            row = json.loads(line)
            is_edge = "edge" in row
            found = _edge_row(row) if is_edge else graphs.node_row(_entity(row))
            before, last = last, (is_edge, *found[: 1 + is_edge])
            if last <= before:
                raise ValueError("out of order")
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise OutputError(f"a damaged line ({error})", place, "build again") from None
        yield is_edge, found


def _apart(
    rows: Iterator[tuple[bool, graphs.Row]],
) -> tuple[Iterator[graphs.Row], Iterator[graphs.Row]]:
    """The nodes, then the edges, to be gone through one after the other."""
    met: list[graphs.Row] = []  # the first edge, which tells that there are no more nodes

    def nodes() -> Iterator[graphs.Row]:
        for is_edge, row in rows:
            if is_edge:
                met.append(row)
                return
            yield row

    return nodes(), chain(met, (row for _, row in rows))


def _line(row: Mapping[str, Any]) -> str:
    text = _ENCODER.encode(row)
    return _SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"


def _node(entity: Entity) -> dict[str, Any]:
    row: dict[str, Any] = {"node": entity.id, "kind": entity.kind, "name": entity.name}
    if entity.aliases:
        row["aliases"] = [_alias(alias) for alias in entity.aliases]
    if entity.attributes:
        row["attributes"] = dict(entity.attributes)
    if entity.mentions:
        row["mentions"] = [_evidence(evidence) for evidence in entity.mentions]
    if entity.naming:
        row["naming"] = _alias(entity.naming)
    return row


def _edge(key: str, relation: Relation) -> dict[str, Any]:
    row: dict[str, Any] = {
        "edge": key,
        "subject": relation.subject,
        "predicate": relation.predicate,
        "object": relation.object,
        "rule": relation.rule,
        "evidence": [_evidence(evidence) for evidence in relation.evidence],
    }
    if relation.qualifiers:
        row["qualifiers"] = dict(relation.qualifiers)
    if relation.inferred:
        row["inferred"] = True
    return row


def _alias(alias: Alias) -> dict[str, Any]:
    row: dict[str, Any] = {"name": alias.name, "rule": alias.rule}
    row["evidence"] = [_evidence(evidence) for evidence in alias.evidence]
    if alias.inferred:
        row["inferred"] = True
    return row


def _evidence(evidence: Evidence) -> dict[str, Any]:
    row: dict[str, Any] = {
        "document": evidence.document_id,
        "begin": evidence.begin,
        "end": evidence.end,
        "quote": evidence.quote,
    }
    if evidence.text:
        row["text"] = evidence.text
    if evidence.page:
        row["page"] = evidence.page
    if evidence.inferred:
        row["inferred"] = evidence.inferred
    if evidence.in_name:
        row["inName"] = True
    return row


def _header(line: bytes, where: str) -> tuple[Settings, tuple[int, int]]:
    try:
        row = json.loads(line)
        known = {field.name for field in fields(Settings)}
        version = row["version"] if row["format"] == FORMAT else None
        settings = replace(Settings(), **{k: v for k, v in row["settings"].items() if k in known})
        counts = (int(row["nodes"]), int(row["relations"])) if version == VERSION else (0, 0)
    except (ValueError, LookupError, TypeError, AttributeError):
        raise OutputError("this is no graph written by kg", f"{where}:1", "build again") from None
    if version != VERSION:
        advice = f"this kg reads version {VERSION}: build again"
        raise OutputError(f"a graph of format version {version}", f"{where}:1", advice)
    return settings, counts


def _entity(row: Mapping[str, Any]) -> Entity:
    naming = row.get("naming")
    return Entity(
        id=row["node"],
        kind=row["kind"],
        name=row["name"],
        aliases=tuple(_read_alias(alias) for alias in row.get("aliases", ())),
        attributes=_scalars(row.get("attributes", {})),
        mentions=_read_evidence(row.get("mentions", ())),
        naming=_read_alias(naming) if naming else None,
    )


def _edge_row(row: Mapping[str, Any]) -> graphs.Row:
    relation = Relation(
        subject=row["subject"],
        predicate=row["predicate"],
        object=row["object"],
        evidence=_read_evidence(row["evidence"]),
        rule=row["rule"],
        qualifiers=_scalars(row.get("qualifiers", {})),
        inferred=row.get("inferred", False),
    )
    if relation.id != row["edge"]:
        raise ValueError(f"edge {row['edge']} does not say what its id says")
    return graphs.edge_row(row["edge"], relation)


def _read_alias(row: Mapping[str, Any]) -> Alias:
    evidence = _read_evidence(row["evidence"])
    return Alias(row["name"], evidence, row["rule"], row.get("inferred", False))


def _read_evidence(rows: Any) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            row["document"],
            row["begin"],
            row["end"],
            row["quote"],
            row.get("text", ""),
            row.get("page", 0),
            row.get("inferred", ""),
            row.get("inName", False),
        )
        for row in rows
    )


def _scalars(values: Mapping[str, Any]) -> dict[str, Scalar]:
    for key, value in values.items():
        if not isinstance(value, str | int | float | bool):
            raise ValueError(f"{key!r} is no text, number or truth value")
    return dict(values)

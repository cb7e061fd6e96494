"""Dynamic GEXF: the graph for Gephi's timeline, each node and edge in the time it is seen in.

A file of its own, since readers lose the columns of a file that mixes static and dynamic ones.
What no dated document states is left out; a node or edge is there from the first day on which a
document states it to the last, and an edge only while both its ends are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import networkx as nx

from kg import graph as graphs
from kg.export.gexf import about, kinds, looks, quoted
from kg.export.layout import Place, layout
from kg.export.survey import Survey, survey
from kg.model import Entity, Relation
from kg.ontology import ontology
from kg.settings import Settings

Days = tuple[str, str]  # first and last, ISO


def render(graph: nx.MultiDiGraph, settings: Settings) -> str:
    """The dated part of the graph as GEXF text, to be written as UTF-8."""
    return draw(graph, settings, layout(graph))


def draw(graph: nx.MultiDiGraph, settings: Settings, places: Mapping[str, Place]) -> str:
    """The same where the layout of the graph is at hand."""
    return "".join(lines(graph, settings, places))


def lines(graph: nx.MultiDiGraph, settings: Settings, places: Mapping[str, Place]) -> Iterator[str]:
    """The same line by line."""
    return (f"{line}\n" for line in _lines(graph, places))


def _lines(graph: nx.MultiDiGraph, places: Mapping[str, Place]) -> Iterator[str]:
    facts = survey(graph)
    shown: dict[str, Days] = {}
    for node, fact in facts.facts.items():
        if fact.first_date and fact.last_date:
            shown[node] = fact.first_date, fact.last_date
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield ('<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">')
    yield from about(graph)
    first = min((days[0] for days in shown.values()), default="")
    last = max((days[1] for days in shown.values()), default="")
    reach = f' start="{first}" end="{last}"' if shown else ""
    yield (
        '<graph defaultedgetype="directed" mode="dynamic" timeformat="date" '
        f'timerepresentation="interval" idtype="string"{reach}>'
    )
    yield '<attributes class="node" mode="static">'
    yield '<attribute id="0" title="entity_type" type="string"/>'
    yield "</attributes>"
    yield "<nodes>"
    most = max((fact.degree for fact in facts.facts.values()), default=0)
    for entity in graphs.entities(graph):
        if entity.id in shown:
            colour, degree = ontology().kind(entity.kind).colour, facts.facts[entity.id].degree
            yield _node(entity, shown[entity.id])
            yield from looks(colour, places[entity.id], degree, most)
            yield "</node>"
    yield "</nodes>"
    yield "<edges>"
    for relation, kind in kinds(graphs.relations(graph)):
        if days := _days(relation, facts, shown):
            yield _edge(relation, kind, days)
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _days(relation: Relation, facts: Survey, shown: Mapping[str, Days]) -> Days | None:
    """From when to when an edge is seen; None when no dated document states it."""
    ends = [shown.get(relation.subject), shown.get(relation.object)]
    dated = [
        shown[evidence.document_id]
        for evidence in relation.evidence
        if evidence.document_id in shown
    ]
    if not dated or None in ends:
        return None
    begin = max([min(day for day, _ in dated), *(e[0] for e in ends if e)])
    end = min([max(day for _, day in dated), *(e[1] for e in ends if e)])
    return (begin, end) if begin <= end else None


def _node(entity: Entity, days: Days) -> str:
    return (
        f"<node id={quoted(entity.id)} label={quoted(entity.name.strip() or entity.id)} "
        f'start="{days[0]}" end="{days[1]}">'
        f'<attvalues><attvalue for="0" value={quoted(entity.kind)}/></attvalues>'
    )


def _edge(relation: Relation, kind: str, days: Days) -> str:
    name = quoted(relation.predicate)
    return (
        f"<edge id={quoted(relation.id)} source={quoted(relation.subject)} "
        f"target={quoted(relation.object)} kind={quoted(kind)} label={name} "
        f'weight="{len(relation.evidence)}.0" start="{days[0]}" end="{days[1]}"/>'
    )

"""GEXF: the graph for Gephi and Gephi Lite, version 1.3 with the viz module.

One edge for each source, target and relation; its native ``kind`` is the relation, so that
Gephi keeps parallel edges apart. Where two edges share all three (a role held in two bodies),
the kind of the second ends in " 2". Column types are those that both readers know.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from kg import graph as graphs
from kg.export.excerpt import described
from kg.export.layout import Place, layout
from kg.export.survey import Facts, Survey, names, survey, wordings
from kg.model import Entity, Relation, Scalar
from kg.ontology import ontology
from kg.settings import Settings

SMALLEST, LARGEST = 4.0, 40.0  # sizes of nodes
Column = tuple[str, str]  # title, type

NODE_COLUMNS: Sequence[Column] = (
    ("entity_type", "string"),
    ("entity_type_zh", "string"),
    ("aliases", "string"),
    ("degree", "integer"),
    ("community", "integer"),
    ("community_name", "string"),
    ("mentions", "integer"),
    ("documents", "integer"),
    ("document_names", "string"),
    ("first_date", "string"),
    ("last_date", "string"),
    ("status", "string"),
    ("date", "string"),
)
EDGE_COLUMNS: Sequence[Column] = (
    ("relation", "string"),
    ("relation_zh", "string"),
    ("inferred", "boolean"),
    ("rule", "string"),
    ("position", "integer"),
    ("evidence", "string"),
    ("documents", "string"),
)
# XML 1.0 has no place for these.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKED = re.compile('[\x00-\x1f"&<>\ud800-\udfff\ufffe\uffff]')  # what stands otherwise in XML


def render(graph: nx.MultiDiGraph, settings: Settings) -> str:
    """The graph as GEXF text, to be written as UTF-8."""
    return draw(graph, settings, layout(graph))


def draw(graph: nx.MultiDiGraph, settings: Settings, places: Mapping[str, Place]) -> str:
    """The same where the layout of the graph is at hand."""
    return "".join(lines(graph, settings, places))


def lines(graph: nx.MultiDiGraph, settings: Settings, places: Mapping[str, Place]) -> Iterator[str]:
    """The same line by line."""
    return (f"{line}\n" for line in _lines(graph, places))


def _lines(graph: nx.MultiDiGraph, places: Mapping[str, Place]) -> Iterator[str]:
    facts = survey(graph)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">'
    )
    yield from about(graph)
    yield '<graph defaultedgetype="directed" mode="static" idtype="string">'
    yield from _columns("node", NODE_COLUMNS)
    yield from _columns("edge", EDGE_COLUMNS)
    yield f'<nodes count="{graph.number_of_nodes()}">'
    most = max((fact.degree for fact in facts.facts.values()), default=0)
    chiefs = _chiefs(graph, facts, places)
    for entity in graphs.entities(graph):
        place = places[entity.id]
        yield from _node(entity, facts.facts[entity.id], place, chiefs.get(place[2], ""), most)
    yield "</nodes>"
    yield f'<edges count="{graph.number_of_edges()}">'
    for relation, kind in kinds(graphs.relations(graph)):
        yield from _edge(relation, kind, facts)
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def kinds(relations: Iterable[Relation]) -> Iterator[tuple[Relation, str]]:
    """Each relation with its kind of edge: a second one between two nodes must bear another."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for relation in relations:
        ends = (relation.subject, relation.object, relation.predicate)
        seen[ends] += 1
        yield relation, relation.predicate if seen[ends] == 1 else f"{ends[2]} {seen[ends]}"


def about(graph: nx.MultiDiGraph) -> Iterator[str]:
    """The description of a graph that is an excerpt."""
    if said := described(graph):
        yield f"<meta><description>{escape(said)}</description></meta>"


def _columns(side: str, columns: Sequence[Column]) -> Iterator[str]:
    yield f'<attributes class="{side}" mode="static">'
    for number, (title, form) in enumerate(columns):
        yield f'<attribute id="{number}" title="{title}" type="{form}"/>'
    yield "</attributes>"


def _chiefs(
    graph: nx.MultiDiGraph, facts: Survey, places: Mapping[str, Place]
) -> Mapping[int, str]:
    """The name of each community: that of its thing with the most relations."""
    found: dict[int, tuple[int, str]] = {}
    for entity in graphs.entities(graph):
        community = places[entity.id][2]
        rank = -facts.facts[entity.id].degree, entity.name
        if community >= 0 and ontology().kind(entity.kind).layer == "entity":
            found[community] = min(found.get(community, rank), rank)
    return {community: name for community, (_, name) in found.items()}


def _node(entity: Entity, facts: Facts, place: Place, community: str, most: int) -> Iterator[str]:
    kind = ontology().kind(entity.kind)
    given = entity.attributes
    values: dict[str, Scalar] = {
        "entity_type": entity.kind,
        "entity_type_zh": kind.label_zh,
        "aliases": names(entity.aliases),
        "degree": facts.degree,
        "community": place[2],
        "community_name": community,
        "mentions": len(entity.mentions),
        "documents": len(facts.documents),
        "document_names": "; ".join(facts.documents),
        "first_date": facts.first_date,
        "last_date": facts.last_date,
        "status": given.get("status", ""),
        "date": given.get("edtf") or given.get("spoken") or given.get("issued") or "",
    }
    label = entity.name if clean(entity.name).strip() else entity.id
    yield f"<node id={quoted(entity.id)} label={quoted(label)}>"
    yield from _values(NODE_COLUMNS, values)
    yield from looks(kind.colour, place, facts.degree, most)
    yield "</node>"


def looks(colour: str, place: Place, degree: int, most: int) -> Iterator[str]:
    """Colour, place and size of a node; ``most`` is the highest degree of the graph."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    size = SMALLEST + (LARGEST - SMALLEST) * (sqrt(degree / most) if most else 0)
    yield f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
    yield f'<viz:position x="{place[0]}" y="{place[1]}" z="0.0"/>'
    yield f'<viz:size value="{size:.2f}"/>'


def _edge(relation: Relation, kind: str, facts: Survey) -> Iterator[str]:
    values: dict[str, Scalar] = {
        "relation": relation.predicate,
        "relation_zh": ontology().predicate(relation.predicate).label_zh,
        "inferred": relation.inferred,
        "rule": relation.rule,
        "evidence": wordings(relation.evidence),
        "documents": "; ".join(facts.documents(relation.evidence)),
    }
    position = relation.qualifiers.get("position", "")
    if isinstance(position, int):
        values["position"] = position
    label = quoted(relation.predicate)
    yield (
        f"<edge id={quoted(relation.id)} source={quoted(relation.subject)} "
        f"target={quoted(relation.object)} kind={quoted(kind)} label={label} "
        f'weight="{len(relation.evidence)}.0">'
    )
    yield from _values(EDGE_COLUMNS, values)
    yield "</edge>"


def _values(columns: Iterable[Column], values: dict[str, Scalar]) -> Iterator[str]:
    yield "<attvalues>"
    for number, (title, _) in enumerate(columns):
        value = values.get(title, "")
        if value != "":
            text = str(value).lower() if isinstance(value, bool) else str(value)
            yield f'<attvalue for="{number}" value={quoted(text)}/>'
    yield "</attvalues>"


def clean(text: str) -> str:
    """A text without the characters that XML cannot hold.

    >>> clean("a\\x00b")
    'ab'
    """
    return _FORBIDDEN.sub("", text)


def quoted(text: str) -> str:
    """A text as the value of an XML attribute, with its quotation marks."""
    return quoteattr(clean(text)) if _MARKED.search(text) else f'"{text}"'

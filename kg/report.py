"""Report: what a person reads in the terminal about a graph, as lines of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx

from kg import graph
from kg.model import Alias, Entity, Evidence, Relation
from kg.ontology import ontology

LISTING = ("hasMember", "hasContent", "hasPart")
LONG = frozenset({"text", "passages"})  # attributes that hold a whole document
SHOWN = 5  # quotes shown of each kind before the rest is counted
AROUND = 24  # characters of the text shown on each side of a quote
_LATIN_GAP = re.compile(r"(?<=[!-~])\s+(?=[!-~])")


def stats(built: nx.MultiDiGraph) -> Mapping[str, Any]:
    """Counts of documents, nodes by kind, relations by predicate, formulas by status."""
    kinds = Counter(data["kind"] for _, data in built.nodes(data=True))
    predicates = Counter(data["predicate"] for *_, data in built.edges(data=True))
    statuses = Counter(_status(e) for e in graph.entities(built, "Formula"))
    return {
        "documents": kinds["Document"],
        "nodes": built.number_of_nodes(),
        "relations": built.number_of_edges(),
        "nodes by kind": {k: kinds[k] for k in ontology().kinds if kinds[k]},
        "relations by predicate": {
            p: predicates[p] for p in ontology().predicates if predicates[p]
        },
        "formulas by status": dict(sorted(statuses.items())),
    }


def stats_lines(counts: Mapping[str, Any]) -> Iterator[str]:
    """The counts of ``stats``, one a line."""
    for key, value in counts.items():
        if isinstance(value, Mapping):
            yield f"{key}:"
            yield from (f"  {count:>7}  {name}" for name, count in value.items())
        else:
            yield f"{key}: {value}"


def explain(built: nx.MultiDiGraph, entity: Entity) -> Iterator[str]:
    """An entry like a dictionary's: kind, names, facts, members, relations, quotes."""
    kind = ontology().kind(entity.kind)
    yield f"{entity.name}  [{kind.label_en} {kind.label_zh}]"
    if entity.naming:
        yield f"  name given by {entity.naming.rule}; no text of the corpus has it in full"
    for key, value in entity.attributes.items():
        if key not in LONG:
            yield f"  {key}: {value}"
    yield from _aliases(built, entity.aliases)
    members = graph.outgoing(built, entity.id, *LISTING)
    if members:
        yield "Members 成员:"
        for member in members:
            position = member.qualifiers.get("position", "·")
            yield f"  {position}. {built.nodes[member.object]['name']}{_inferred(member)}"
            yield from (f"       {quote(built, e)}" for e in member.evidence[:SHOWN])
    yield from _relations(built, entity)
    if entity.mentions:
        yield f"Quotes 出处 ({len(entity.mentions)}):"
        yield from (f"  {_context(built, e)}" for e in entity.mentions[:SHOWN])
        if len(entity.mentions) > SHOWN:
            yield f"  … and {len(entity.mentions) - SHOWN} more"


def as_data(built: nx.MultiDiGraph, entity: Entity) -> Mapping[str, Any]:
    """What ``explain`` says, for programs."""
    leaving = graph.outgoing(built, entity.id)
    arriving = graph.incoming(built, entity.id)
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "attributes": {k: v for k, v in entity.attributes.items() if k not in LONG},
        "aliases": [
            {"name": a.name, "inferred": a.inferred, "rule": a.rule} for a in entity.aliases
        ],
        "members": [_relation_data(built, r, r.object) for r in leaving if r.predicate in LISTING],
        "relations": [
            _relation_data(built, r, r.object) for r in leaving if r.predicate not in LISTING
        ],
        "relations to it": [_relation_data(built, r, r.subject) for r in arriving],
        "quotes": [evidence_data(built, e) for e in entity.mentions],
    }


def _relation_data(built: nx.MultiDiGraph, relation: Relation, other: str) -> dict[str, Any]:
    return {
        "predicate": relation.predicate,
        "id": other,
        "name": built.nodes[other]["name"],
        "qualifiers": dict(relation.qualifiers),
        "rule": relation.rule,
        "inferred": relation.inferred,
        "evidence": [evidence_data(built, e) for e in relation.evidence],
    }


def evidence_data(built: nx.MultiDiGraph, evidence: Evidence) -> dict[str, Any]:
    """A place for programs."""
    return {
        "document": _path(built, evidence.document_id),
        "begin": evidence.begin,
        "end": evidence.end,
        "quote": evidence.quote,
    }


def _aliases(built: nx.MultiDiGraph, aliases: tuple[Alias, ...]) -> Iterator[str]:
    if aliases:
        yield "Also called 别名:"
        for alias in aliases:
            mark = f" [inferred: {alias.rule}]" if alias.inferred else ""
            yield f"  {alias.name}{mark}  {quote(built, alias.evidence[0])}"


def _relations(built: nx.MultiDiGraph, entity: Entity) -> Iterator[str]:
    leaving = [
        (r, r.object) for r in graph.outgoing(built, entity.id) if r.predicate not in LISTING
    ]
    arriving = [(r, r.subject) for r in graph.incoming(built, entity.id)]
    for title, pairs in (("Relations 关系", leaving), ("Relations to it 被指向", arriving)):
        if pairs:
            yield f"{title}:"
        counts: Counter[str] = Counter()
        for relation, other in pairs:
            counts[relation.predicate] += 1
            if counts[relation.predicate] <= SHOWN:
                label = ontology().predicate(relation.predicate).label_en
                said = _qualifiers(built, relation)
                name = built.nodes[other]["name"]
                yield f"  {label}: {name}{said}{_inferred(relation)}"
                yield f"       {quote(built, relation.evidence[0])}"
        for predicate, count in counts.items():
            if count > SHOWN:
                label = ontology().predicate(predicate).label_en
                yield f"  {label}: … and {count - SHOWN} more"


def _qualifiers(built: nx.MultiDiGraph, relation: Relation) -> str:
    said = []
    for key, value in sorted(relation.qualifiers.items()):
        node = isinstance(value, str) and value in built
        said.append(f"{key} {built.nodes[value]['name'] if node else value}")
    return f" ({', '.join(said)})" if said else ""


def _inferred(relation: Relation) -> str:
    return f" [inferred: {relation.rule}]" if relation.inferred else ""


def _status(entity: Entity) -> str:
    return str(entity.attributes.get("status", "unlisted"))


def _path(built: nx.MultiDiGraph, document: str) -> str:
    return str(built.nodes[document]["attributes"]["path"])


def quote(built: nx.MultiDiGraph, evidence: Evidence) -> str:
    """A quote with its place, on one line."""
    wording = " ".join(evidence.wording.split())
    short = wording if len(wording) <= 60 else wording[:59] + "…"
    place = f"{_path(built, evidence.document_id)}:{evidence.begin}-{evidence.end}"
    return f"“{short}” {place}"


def _context(built: nx.MultiDiGraph, evidence: Evidence) -> str:
    """The quote among the characters around it, where the document's text is at hand."""
    raw = built.nodes[evidence.document_id]["attributes"].get("text")
    if not isinstance(raw, str):
        return quote(built, evidence)
    first, last = max(0, evidence.begin - AROUND), evidence.end + AROUND
    before, after = _run(raw[first : evidence.begin]), _run(raw[evidence.end : last])
    place = f"{_path(built, evidence.document_id)}:{evidence.begin}-{evidence.end}"
    begin, end = "…" if first else "", "…" if last < len(raw) else ""
    return f"{begin}{before}【{_run(evidence.quote)}】{after}{end}  {place}"


def _run(text: str) -> str:
    """A text without the blanks and line ends of its layout, but for those between Latin words.

    >>> _run("按照 GB/T 50378\\n的\\u3000要求")
    '按照GB/T 50378的要求'
    """
    return "".join(_LATIN_GAP.sub("\0", text).split()).replace("\0", " ")

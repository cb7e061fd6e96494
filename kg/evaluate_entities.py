"""Entities: scores of things by kind, of posts, of honours and of letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx

from kg import graph as graphs
from kg.evaluate_compare import Score, Section, Tally, assign, folded, share
from kg.model import Entity, Evidence

# Kinds that the key asks for, with the graph's kinds that answer.
KINDS = {
    "Person": ("Person",), "Organization": ("Organization",), "Place": ("Place",),
    "Event": ("Event",), "Work": ("Work", "Law"), "Spirit": ("Spirit",),
    "Policy": ("Policy",), "Campaign": ("Campaign",),
}  # fmt: skip
LOOSE = frozenset({"Campaign", "Policy", "Event"})  # kinds whose outer border is open to taste
Gold = Sequence[Mapping[str, Any]]
Names = frozenset[str]


def labels(entity: Entity) -> Names:
    """Folded forms of an entity's name and of its aliases that stand in a text."""
    aliases = (alias.name for alias in entity.aliases if alias.evidence)
    return frozenset(map(folded, (entity.name, *aliases)))


def paths(graph: nx.MultiDiGraph) -> dict[str, str]:
    """Path of each document by its id."""
    return {d.id: str(d.attributes.get("path", d.name)) for d in graphs.entities(graph, "Document")}


def entities(graph: nx.MultiDiGraph, gold: Gold) -> Section:
    """Precision and recall of the things that each document names, by kind and in all."""
    found = _named(graph)
    tallies: dict[str, Tally] = defaultdict(Tally)
    differences: list[str] = []
    for document in gold:
        name = document["doc"]
        for kind, wanted in document["entities"].items():
            have = found[name, kind]
            optional = frozenset(map(folded, document["optional"].get(kind, ())))
            keys = [frozenset(map(folded, (w["name"], *w["aliases"]))) for w in wanted]
            choices = [_choices(kind, key, have) for key in keys]
            owner = assign(choices)
            missing = [at for at in range(len(keys)) if at not in owner.values()]
            extra = [
                names
                for at, names in enumerate(have)
                if at not in owner and not _same(kind, optional, names)
            ]
            tallies[kind].add(Tally(len(owner), len(extra), len(missing)))
            for at in missing:
                why = " (merged with another)" if choices[at] else ""
                differences.append(f"missing {name[:3]} {kind} {wanted[at]['name']}{why}")
            differences += [f"extra   {name[:3]} {kind} {'/'.join(sorted(n))}" for n in extra]
    total = Tally()
    for tally in tallies.values():
        total.add(tally)
    asked = {k: t for k, t in sorted(tallies.items()) if t.right + t.missing}
    scores: dict[str, Score] = {kind: tally.scores() for kind, tally in asked.items()}
    return Section({**scores, "ALL": total.scores()}, differences)


def _named(graph: nx.MultiDiGraph) -> Mapping[tuple[str, str], list[Names]]:
    """Names of the things of each asked kind that each document mentions, in order of id."""
    path = paths(graph)
    where: dict[str, set[str]] = defaultdict(set)
    for relation in graphs.relations(graph, "mentions"):
        where[relation.object].add(relation.subject)
    found: dict[tuple[str, str], list[Names]] = defaultdict(list)
    for kind, answers in KINDS.items():
        for entity in graphs.entities(graph, *answers):
            documents = where[entity.id] | {e.document_id for e in entity.mentions}
            for document in documents:
                found[path.get(document, document), kind].append(labels(entity))
    return found


def _same(kind: str, wanted: Names, found: Names) -> bool:
    if wanted & found:
        return True
    return kind in LOOSE and any(
        min(len(a), len(b)) >= 3 and (a in b or b in a) for a in wanted for b in found
    )


def _choices(kind: str, key: Names, have: Sequence[Names]) -> list[int]:
    hits = [at for at, names in enumerate(have) if _same(kind, key, names)]
    return sorted(hits, key=lambda at: not key & have[at])


def positions(graph: nx.MultiDiGraph, gold: Gold) -> Section:
    """Who holds which post where; who was honoured how; who wrote to whom."""
    path = paths(graph)
    posts = _posts(graph, path)
    documents = {document["doc"] for document in gold}
    used: set[tuple[str, str, str]] = set()
    tally = Tally()
    differences = []
    for document in gold:
        for want in document["positions"]:
            hits = [key for key in posts if _fits(key, posts[key], document["doc"], want)]
            used.update(hits)
            if want.get("optional"):
                continue
            tally.add(Tally(right=bool(hits), missing=not hits))
            if not hits:
                name = f"{want['person']} {want['position'][0]} {want['org']}"
                differences.append(f"missing {document['doc'][:3]} {name}")
    extra = [key for key in posts if key[0] in documents and key not in used]
    tally.extra = len(extra)
    differences += [f"extra   {d[:3]} {p} {r} {sorted(posts[d, p, r])}" for d, p, r in extra]
    scores: dict[str, Score] = {"positions": tally.scores()}
    rows = [(label, *_keys(label, gold), _facts(graph, path, label)) for label in LABELS]
    for label, keys, known, have in rows:
        right = [bool(key & have) for key in keys]
        others = sorted(
            (h for h in have if h[0] in documents and h[:3] not in known), key=lambda h: str(h)
        )
        differences += [f"missing {label} {min(k, key=str)}" for k in keys if not k & have]
        differences += [f"not in the key: {label} {h}" for h in others]
        scores[label] = {
            "required": len(keys), "right": sum(right), "recall": share(sum(right), len(keys)),
            "others": len(others),
        }  # fmt: skip
    return Section(scores, differences)


LABELS = ("honours", "letters")
Fact = tuple[str, str, str, str | None]  # document, from, to, date


def _posts(
    graph: nx.MultiDiGraph, path: Mapping[str, str]
) -> dict[tuple[str, str, str], frozenset[str]]:
    """(document, person, role) -> names of the bodies; ``""`` where there is none."""
    found: dict[tuple[str, str, str], frozenset[str]] = {}
    for relation in graphs.relations(graph, "holdsPost"):
        body = str(relation.qualifiers.get("organization", ""))
        bodies = labels(graphs.entity(graph, body)) if body else frozenset({""})
        person, role = (
            folded(graph.nodes[end]["name"]) for end in (relation.subject, relation.object)
        )
        for document in _documents(relation.evidence, path):
            key = (document, person, role)
            found[key] = found.get(key, frozenset()) | bodies
    return found


def _fits(key: tuple[str, str, str], bodies: Names, document: str, want: Mapping[str, Any]) -> bool:
    wanted = want["org"]
    return (
        key[:2] == (document, folded(want["person"]))
        and key[2] in map(folded, want["position"])
        and (wanted is None or bool(bodies & set(map(folded, wanted))))
    )


def _keys(label: str, gold: Gold) -> tuple[list[set[Fact]], set[tuple[str, str, str]]]:
    """For each honour or letter asked for every answer that is right; and all their ends."""
    keys: list[set[Fact]] = []
    for document in gold:
        for row in document[label]:
            if label == "honours":
                keys.append({(document["doc"], folded(row["person"]), folded(row["honour"]), None)})
            else:
                ends = [folded(to) for to in _every(row["to"])]
                dates = _every(row["date"])
                sender = folded(row["from"])
                keys.append({(document["doc"], sender, to, day) for to in ends for day in dates})
    return keys, {answer[:3] for key in keys for answer in key}


def _facts(graph: nx.MultiDiGraph, path: Mapping[str, str], label: str) -> set[Fact]:
    found: set[Fact] = set()
    if label == "honours":
        for relation in graphs.relations(graph, "honour"):
            holder, honour = (
                folded(graph.nodes[end]["name"]) for end in (relation.subject, relation.object)
            )
            documents = _documents(relation.evidence, path)
            found.update((document, holder, honour, None) for document in documents)
        return found
    for letter in graphs.entities(graph, "Message"):
        senders = graphs.outgoing(graph, letter.id, "sender")
        recipients = graphs.outgoing(graph, letter.id, "recipient")
        ends = {n for r in recipients for n in labels(graphs.entity(graph, r.object))}
        dated = letter.attributes.get("edtf")
        for document in _documents(derived(graph, letter), path):
            for sender in senders:
                name = folded(graph.nodes[sender.object]["name"])
                day = str(dated) if dated else None
                found.update((document, name, to, day) for to in ends)
    return found


def derived(graph: nx.MultiDiGraph, statement: Entity) -> list[Evidence]:
    """Where a statement stands: its own passages and those of what is stated of its parts."""
    parts = graphs.outgoing(graph, statement.id)
    return [
        *statement.mentions,
        *(place for part in parts if not part.inferred for place in part.evidence),
    ]


def _documents(evidence: Iterable[Evidence], path: Mapping[str, str]) -> set[str]:
    return {path.get(e.document_id, e.document_id) for e in evidence}


def _every(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]

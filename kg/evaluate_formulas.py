"""Formulas: scores of names, of their lists, and of lists without a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx

from kg import graph as graphs
from kg.evaluate_compare import Score, Section, folded, same_members, share
from kg.evaluate_entities import labels

LISTING = ("hasMember", "hasContent")
COUNTS = (
    "names", "names found", "with members", "right", "wrong", "versions in no key",
    "without members", "invented", "unnamed", "unnamed found",
)  # fmt: skip
Members = list[str]
Row = Mapping[str, Any]


def formulas(graph: nx.MultiDiGraph, gold: Sequence[Row]) -> Section:
    """Names found, members right or wrong, lists invented, unnamed lists found.

    Lists of status partial are not judged.
    """
    lists = _lists(graph)
    known = _by_name(graph, lists)
    counts: Counter[str] = Counter()
    differences: list[str] = []
    for row in gold:
        if row.get("optional"):
            continue
        if row.get("formula") is None:
            found = any(same_members(members, row["members"]) for members in lists.values())
            counts.update({"unnamed": 1, "unnamed found": int(found)})
            if not found:
                differences.append(f"unnamed list missing: {row['members'][:3]}…")
        else:
            judged, said = _judge(row, known.get(folded(row["formula"])), _versions(row, gold))
            counts.update(judged)
            differences += said
    scores: dict[str, Score] = {name: counts[name] for name in COUNTS}
    scores["enumerations in the export"] = sum(1 for _ in graphs.entities(graph, "Enumeration"))
    scores["name recall"] = share(counts["names found"], counts["names"])
    scores["members right"] = share(counts["right"], counts["with members"])
    scores["unnamed recall"] = share(counts["unnamed found"], counts["unnamed"])
    return Section(scores, differences)


def _judge(
    row: Row, found: list[Members] | None, versions: list[Members]
) -> tuple[dict[str, int], list[str]]:
    """Counts and differences of one formula; ``found`` None: the name was not found."""
    name = row["formula"]
    counts = {"names": 1, "names found": int(found is not None)}
    said = [] if found is not None else [f"name missing: {name}"]
    lists = [members for members in found or () if members]
    first = [folded(member)[:8] for member in lists[0]] if lists else []
    if not row["members"]:
        counts |= {"without members": 1, "invented": int(bool(lists))}
        if lists:
            said.append(f"INVENTED: {name} ({row['doc']}): {first}")
        return counts, said
    accepted = [row["members"], *row.get("alt_members", ())]
    right = any(same_members(members, version) for members in lists for version in accepted)
    strange = sum(not any(same_members(found, v) for v in versions) for found in lists)
    counts |= {"with members": 1, "right": int(right), "versions in no key": strange}
    counts["wrong"] = int(bool(lists) and not right)
    if not right:
        wanted = [folded(member)[:8] for member in row["members"]]
        verdict = "wrong" if lists else "empty"
        said.append(f"{verdict}: {name} ({row['doc']}): {first} for {wanted}")
    return counts, said


def _versions(row: Row, gold: Sequence[Row]) -> list[Members]:
    """Every list that any document of the key accepts for a formula of this name."""
    name = folded(row["formula"])
    rows = [r for r in gold if r.get("formula") and folded(r["formula"]) == name]
    return [version for r in rows for version in (r["members"], *r.get("alt_members", ()))]


def _lists(graph: nx.MultiDiGraph) -> dict[str, Members]:
    """Members of each list in order; two at one place make it too long, hence wrong."""
    items: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for relation in graphs.relations(graph, *LISTING):
        status = graph.nodes[relation.subject]["attributes"].get("status")
        if status != "partial" and "position" in relation.qualifiers:
            place = int(relation.qualifiers["position"])
            items[relation.subject].add((place, relation.object))
    return {
        node: [str(graph.nodes[item]["name"]) for _, item in sorted(found)]
        for node, found in items.items()
    }


def _by_name(graph: nx.MultiDiGraph, lists: Mapping[str, Members]) -> dict[str, list[Members]]:
    """The lists of the formulas of each name, other versions behind."""
    known: dict[str, list[Members]] = defaultdict(list)
    for formula in graphs.entities(graph, "Formula"):
        for name in sorted(labels(formula)):
            known[name].append(lists.get(formula.id, []))
    for relation in graphs.relations(graph, "variantOf"):
        for name in sorted(labels(graphs.entity(graph, relation.object))):
            known[name].append(lists.get(relation.subject, []))
    return dict(known)

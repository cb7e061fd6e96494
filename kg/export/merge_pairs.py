"""Merge pairs: nodes of a graph that may be one, each pair with its reason and a score.

Nothing is compared with everything: names meet in tables, under the name without marks, under
the name without what it may lack, and under the first two characters of a short form. What many
names share says nothing of any two of them, and is left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from unicodedata import category, normalize

import networkx as nx

from kg import graph as graphs
from kg import tables
from kg.decisions import UNSTEERED
from kg.model import Entity
from kg.ontology import ontology

MANY = 6  # names that meet under one key
CROWD = 64  # long names that are looked through for one short form
SHORT = 5  # characters of a short form, at most
TOGETHER = 0.1  # what it adds to a score that one document names both
MOST = 0.95
WRITTEN, LACKING = "one name", "with and without"  # how reasons begin
# Relations between two things: part and whole, and what a person keeps apart.
APART = (
    "differentFrom", "subOrganizationOf", "unitOf", "superEvent", "containedInPlace", "broader",
    "memberOf",
)  # fmt: skip
# Kinds of which one thing may be two: a campaign that is also called a policy.
MIXED = frozenset({
    "Organization", "Person", "Group", "Place", "Event", "Work", "Law", "Campaign", "Policy",
    "Honour", "Concept",
})  # fmt: skip
_DIGITS = str.maketrans("0123456789〇", "零一二三四五六七八九零")
_DOTS = "·•・‧∙"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two nodes that may be one. ``keep`` is the one whose name is the better."""

    keep: Entity
    merge: Entity
    reason: str
    score: float


Found = tuple[Entity, Entity, str, float]


def pairs(graph: nx.MultiDiGraph) -> tuple[Pair, ...]:
    """The pairs of a graph, the likeliest first. Two nodes make one pair, with its best reason.

    Nodes that share their name with another of their kind (namesakes) make none, nor do those
    that a person keeps apart.
    """
    entities = _steered(graph)
    documents = {e.id: frozenset(place.document_id for place in e.mentions) for e in entities}
    apart = {frozenset((r.subject, r.object)) for r in graphs.relations(graph, *APART)}
    best: dict[frozenset[str], Pair] = {}
    for one, other, reason, score in _found(entities):
        key = frozenset((one.id, other.id))
        if len(key) < 2 or key in apart:
            continue
        together = TOGETHER if documents[one.id] & documents[other.id] else 0.0
        keep, merge = sorted((one, other), key=lambda e: _worth(e, reason))
        pair = Pair(keep, merge, reason, round(min(score + together, MOST), 2))
        if key not in best or _rank(pair) < _rank(best[key]):
            best[key] = pair
    return tuple(sorted(best.values(), key=_rank))


def fold(name: str) -> str:
    """A name without marks, spaces and letter widths, its digits as Chinese numerals.

    >>> fold("“3个 Ａ级”") == fold("三个a级")
    True
    """
    plain = normalize("NFKC", name).casefold().translate(_DIGITS)
    return "".join(character for character in plain if category(character)[0] in "LNM")


def _found(entities: Sequence[Entity]) -> Iterator[Found]:
    yield from _one_writing(entities)
    yield from _other_names(entities)
    yield from _affixes(entities)
    yield from _short_forms(entities)
    yield from _last_names(entities)


def _steered(graph: nx.MultiDiGraph) -> tuple[Entity, ...]:
    """Named nodes in order of id, whose name no other node of the kind bears."""
    kinds = ontology().kinds
    found = [
        entity
        for entity in graphs.entities(graph)
        if kinds[entity.kind].layer == "entity" and entity.kind not in UNSTEERED and entity.mentions
    ]
    bearers = Counter((kinds[e.kind].slug, e.name) for e in found)
    return tuple(e for e in found if bearers[kinds[e.kind].slug, e.name] == 1)


def _worth(entity: Entity, reason: str) -> tuple[int, int, int, str, str]:
    """The name to keep first: the fuller one, else that which stands in more places."""
    fuller = 0 if reason.startswith(WRITTEN) else -len(fold(entity.name))
    size = -fuller if entity.kind == "Person" and reason.startswith(LACKING) else fuller
    order = ontology().kind(entity.kind).order
    return (size, -len(entity.mentions), order, entity.name, entity.id)


def _rank(pair: Pair) -> tuple[float, str, str, str, str]:
    return (-pair.score, pair.keep.kind, pair.keep.name, pair.merge.name, pair.reason)


def _one_writing(entities: Iterable[Entity]) -> Iterator[Found]:
    """One name in two writings, and one name of two kinds."""
    folded: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        folded[fold(entity.name)].append(entity)
    for key, group in folded.items():
        for one, other in combinations(group if key and len(group) <= MANY else (), 2):
            if one.kind == other.kind:
                yield one, other, f"{WRITTEN} in two writings", 0.85
            elif one.kind in MIXED and other.kind in MIXED:
                yield one, other, f"{WRITTEN} of two kinds", 0.5


def _other_names(entities: Sequence[Entity]) -> Iterator[Found]:
    """A node whose name is another name of a second one elsewhere."""
    bearers = {(entity.kind, entity.name): entity for entity in entities}
    for entity in entities:
        for alias in entity.aliases:
            other = bearers.get((entity.kind, alias.name))
            if other is not None:
                yield entity, other, f"elsewhere another name ({alias.rule})", 0.8


def _affixes(entities: Iterable[Entity]) -> Iterator[Found]:
    """Names that differ only in what a name may have or lack at its ends."""
    cores: dict[tuple[str, str], list[tuple[Entity, str, float]]] = defaultdict(list)
    for entity in entities:
        for core, affix, score in _cores(entity.kind, entity.name):
            cores[entity.kind, core].append((entity, affix, score))
    for group in cores.values():
        if len(group) > MANY:
            continue
        for one, other in combinations(group, 2):
            lacks = [affix for _, affix, _ in (one, other) if affix]
            if one[1] != other[1]:
                reason = f"{LACKING} {lacks[0]}" if len(lacks) < 2 else " or ".join(lacks)
                yield one[0], other[0], reason, min(one[2], other[2])


def _cores(kind: str, name: str) -> Iterator[tuple[str, str, float]]:
    """A name, and the name without what it may lack: core, what was left out, score."""
    yield name, "", 1.0
    for place, word, score in _listed().get(kind, ()):
        rest = name.removesuffix(word) if place == "tail" else name.removeprefix(word)
        if len(rest) >= 2 and rest != name:
            yield rest, word, score
            return


@cache
def _listed() -> Mapping[str, tuple[tuple[str, str, float], ...]]:
    """Kind -> place, word and score of what its names may lack, the longest first."""
    found: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    for row in tables.rows("lexicons/merge_affixes"):
        for word in tables.split(row["words"]):
            found[row["kind"]].append((row["place"], word, float(row["score"])))
    return {
        kind: tuple(sorted(rows, key=lambda r: (-len(r[1]), r))) for kind, rows in found.items()
    }


def _short_forms(entities: Iterable[Entity]) -> Iterator[Found]:
    """Short names of bodies: characters of the full name, in order, the first one among them."""
    long: dict[str, list[tuple[Entity, str]]] = defaultdict(list)
    short: list[Entity] = []
    for entity in entities:
        if entity.kind != "Organization":
            continue
        if len(entity.name) <= SHORT:
            short.append(entity)
        for core, _, _ in _cores(entity.kind, entity.name):
            for pair in sorted({core[0] + character for character in core[1:]}):
                long[pair].append((entity, core))
    for entity in short:
        near = long.get(entity.name[:2], ())
        if len(near) <= CROWD:
            fitting = {
                other.id: other
                for other, core in near
                if len(core) >= len(entity.name) + 2 and _is_short(entity.name, core)
            }
            if 1 <= len(fitting) <= 2:
                for other in fitting.values():
                    yield entity, other, "short form", 0.6 / len(fitting)


def _is_short(short: str, full: str) -> bool:
    """Whether the characters of ``short`` stand in ``full`` in this order, but not as its end."""
    characters = iter(full)
    whole = full.startswith(short) or full.endswith(short)
    return not whole and all(character in characters for character in short)


def _last_names(entities: Iterable[Entity]) -> Iterator[Found]:
    """Foreign persons by their last name."""
    whole: dict[str, list[Entity]] = defaultdict(list)
    plain: dict[str, Entity] = {}
    for entity in entities:
        if entity.kind == "Person":
            parts = entity.name.translate({ord(dot): "·" for dot in _DOTS}).split("·")
            if len(parts) > 1:
                whole[parts[-1]].append(entity)
            else:
                plain[entity.name] = entity
    for last, persons in whole.items():
        if last in plain and len(persons) == 1:
            yield persons[0], plain[last], "last name", 0.7

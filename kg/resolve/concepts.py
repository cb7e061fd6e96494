"""Concepts: which candidate terms are kept, by how firmly and how widely they recur.

The measure follows the C-value of Frantzi, Ananiadou and Mima (2000): long terms count more,
and what a term owes to a longer term around it is taken off. To it come how free its two
borders are (the entropy of the characters beside it) and in how many documents it stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import log2
from sys import intern

from kg import tables
from kg.model import Extraction, Mention
from kg.ontology import ontology

KIND = "Concept"
LEAST = 2  # occurrences in the corpus that are not part of one longer candidate
TAKEN = 0.5  # a candidate that other kinds cover more often than this is theirs
# Share of the greatest border entropy possible; below it the term is cut out of a longer one.
FREE = 0.15
LISTED = "lexicon:"  # begins the rule of what a person's lexicon lists
# Weight beside a candidate that only its segments make a term.
WEIGHT = {"known-term": 1.5, "quoted-term": 1.5, "segmented-term": 1.0}


@dataclass(slots=True)
class Candidate:
    """One name over the whole corpus."""

    taken: int = 0
    documents: int = 0
    last: str = ""  # of its documents
    rule: str = ""  # the one that counts most
    before: list[str] = field(default_factory=list)  # the characters beside it
    after: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.before)


def choose(extractions: Sequence[Extraction], limit: int) -> frozenset[str]:
    """Names of the ``limit`` best-ranked concepts, and those that a person's lexicon lists."""
    listed = {m.name for e in extractions for m in e.mentions if m.kind == KIND and _listed(m)}
    best = ranked(extractions)[:limit] if limit > 0 else []
    return frozenset(listed.union(name for name, _ in best))


def ranked(extractions: Sequence[Extraction]) -> list[tuple[str, float]]:
    """Names of all concepts with their score, best first; of equal ones by name."""
    names = _names(extractions)
    found = {
        name: candidate
        for name, candidate in _gather(extractions).items()
        if candidate.taken <= TAKEN * candidate.count and name not in names
    }
    scores = {}
    for name, around in _largest_around(found).items():
        own = found[name].count - around
        if own >= LEAST:
            scores[name] = _score(name, found[name], own)
    return sorted(
        ((name, score) for name, score in scores.items() if score > 0),
        key=lambda pair: (-pair[1], pair[0]),
    )


def _listed(mention: Mention) -> bool:
    return mention.rule.startswith(LISTED)


def _names(extractions: Sequence[Extraction]) -> set[str]:
    """Names of things of other kinds: mentions, and the members of named formulas."""
    names = {name for e in extractions for m in _others(e) for name in (m.name, m.label)}
    for extraction in extractions:
        for found in extraction.lists:
            if found.name is not None:
                names.update(item.text for item in found.items)
    return names


def _others(extraction: Extraction) -> Iterator[Mention]:
    """Mentions that name a thing of another kind."""
    kinds = ontology().kinds
    for mention in extraction.mentions:
        if mention.kind != KIND and kinds[mention.kind].layer == "entity":
            yield mention


def _gather(extractions: Sequence[Extraction]) -> dict[str, Candidate]:
    """The names that stand often enough to be concepts."""
    counts = Counter(m.name for e in extractions for m in e.mentions if m.kind == KIND)
    found: dict[str, Candidate] = defaultdict(Candidate)
    for extraction in extractions:
        text = extraction.document.clean.text
        taken = bytearray(len(text))
        for mention in _others(extraction):
            span = mention.span
            taken[span.start : span.end] = b"\x01" * len(span)
        for mention in extraction.mentions:
            if mention.kind == KIND and counts[mention.name] >= LEAST:
                candidate = found[mention.name]
                start, end = mention.span.start, mention.span.end
                candidate.taken += taken.find(1, start, end) >= 0
                if candidate.last != extraction.document.id:
                    candidate.last = extraction.document.id
                    candidate.documents += 1
                if candidate.rule != mention.rule:
                    candidate.rule = max(candidate.rule, mention.rule, key=_rank)
                candidate.before.append(intern(text[start - 1 : start]))
                candidate.after.append(intern(text[end : end + 1]))
    return found


def _rank(rule: str) -> tuple[float, str]:
    return WEIGHT.get(rule, 1.0) if rule else 0.0, rule


def _largest_around(found: Mapping[str, Candidate]) -> dict[str, int]:
    """For each candidate the count of the most frequent longer one that contains it."""
    around = dict.fromkeys(found, 0)
    for name, candidate in found.items():
        for start in range(len(name)):
            for end in range(start + 2, len(name) + 1):
                part = name[start:end]
                if part in around and len(part) < len(name):
                    around[part] = max(around[part], candidate.count)
    return around


def _score(name: str, candidate: Candidate, own: int) -> float:
    """C-value times the freedom of the borders, the spread over documents and the rule."""
    rule = candidate.rule
    freedom = min(_freedom(Counter(candidate.before)), _freedom(Counter(candidate.after)))
    if rule == "segmented-term" and freedom < FREE:
        return 0.0
    spread = 1 + log2(candidate.documents)
    return log2(len(name)) * own * (0.5 + 0.5 * freedom) * spread * WEIGHT.get(rule, 1.0)


def _freedom(beside: Counter[str]) -> float:
    """Entropy of the characters on one side, as a share of the greatest possible, 0 to 1.

    Each border of the text, punctuation mark or function word counts as another character:
    there the term surely ends.
    """
    total = beside.total()
    parts = []
    for character, count in sorted(beside.items()):
        parts.extend([1] * count if _ends_a_word(character) else [count])
    if total < 2:
        return 1.0
    entropy = -sum(count / total * log2(count / total) for count in parts)
    return entropy / log2(total)


def _ends_a_word(character: str) -> bool:
    return not character.isalnum() or character in _borders()


@cache
def _borders() -> frozenset[str]:
    return tables.words("lexicons/concept_borders")

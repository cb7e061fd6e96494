"""Tears: passages that a broken layout tore apart in mid-sentence, joined where it is clear.

A head is a long line that ends in mid-sentence, a tail one that may begin in the middle of one.
Two things say that they belong together: a word that stands across the border (see ``words``),
and the characters on both sides of the border standing together elsewhere in the document.
Heads and tails are paired so that the most speaks for all pairs together; a pair is joined when
much less would speak for any other pairing. What stands where a
column begins or ends (after another head, or first in the text) needs less proof than a line
that follows a whole passage, and a line right after its head needs the least.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

import networkx as nx

from kg.model import CleanText, Span
from kg.repair import shapes
from kg.repair.offsets import arranged
from kg.repair.words import words

_HEAD, _TAIL = 24, 10  # characters of a head and of a tail at least
_MANY = 20  # heads: more of them are no torn columns but another kind of text
_LINES = 5000  # lines of a text in which tails are looked for everywhere
_REACH = 12  # characters on either side of a border that are looked at
_TITLES = 12  # lines above the text at most: title, subtitle, byline …
_PLACES = 50  # places of the end of a head that are looked at
_SAME = 12  # characters with which copies of one tail begin
_NEXT, _COLUMN, _ANY = 4.5, 6.0, 8.0  # proof needed by where the tail stands
_LEAST = 2.0  # proof that makes a pair of a head and a tail worth a thought
_MARGIN = 0.5  # of the proof for a pair, what must be lost when it is not joined
_OPEN_END = re.compile(r"[\w，、]")
_OPEN_START = re.compile(r"[\w，、。；：！？”’」』）》]")
_ROW = 3  # lines with an open end, one after the other, that are a list
_CLOSING = frozenset("，、。；：！？”’」』）》")  # no passage begins with such a mark
_SENTENCE = re.compile("[。！？；]")
_INSIDE = re.compile(r"\w\w")
_PAUSE = re.compile("[，。！？；：、]")


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proof:
    """How well a head and a tail fit: by a word across the border, which is ``broken`` when
    its parts are no words by themselves, and by what stands elsewhere."""

    word: float = 0.0
    broken: bool = False
    elsewhere: float = 0.0

    @property
    def weight(self) -> float:
        return max(self.word, 0.0) + self.elsewhere


@dataclass(frozen=True, slots=True)
class Joined:
    """A text with torn lines joined, where in it the tails stand, and for each of its lines the
    number that the line had with which it begins."""

    text: CleanText
    tails: tuple[Span, ...]
    order: tuple[int, ...]

    def of(self, known: Sequence[T]) -> tuple[T, ...]:
        """What is known of each line, of the lines before they were joined."""
        return tuple(known[number] for number in self.order) if self.tails else tuple(known)


def joined(text: CleanText, *, soft: Collection[int] = (), kept: Collection[int] = ()) -> Joined:
    """``text`` with each tail that clearly belongs to a head right behind it.

    Other lines stay as they are. The raw text may be read in another order then. The lines
    with the numbers ``soft`` go on with the line before them where no other fits better; those
    with the numbers ``kept`` are whole.
    """
    spans = _lines(text.text)
    rows = [text.text[span.start : span.end] for span in spans]
    heads = [number for number, row in enumerate(rows) if number not in kept and is_head(row)]
    sure = _sure(rows, soft) if len(heads) <= _MANY else frozenset(soft)
    heads = [number for number in heads if number + 1 not in sure]
    links = _links(rows, heads, soft, sure.union(kept)) if 0 < len(heads) <= _MANY else {}
    for number in sorted(soft):
        if number - 1 not in links and number not in links.values():
            links[number - 1] = number
    return _laid(text, spans, _without_circles(links))


def _sure(rows: Sequence[str], soft: Collection[int]) -> frozenset[int]:
    """Of the soft lines those that a word joins to the line before them."""
    return frozenset(n for n in soft if words().gain(rows[n - 1], rows[n]) >= _NEXT)


def broken(texts: Sequence[str]) -> tuple[str, ...]:
    """Where each of the paragraphs of a document is broken off: ``start``, ``end``, ``both`` or
    empty. Items, and lines that end so one after the other as lists do, are not.

    >>> broken(["，群众用水有了保障。今后要让供水更加安"])
    ('both',)
    """
    found: list[str] = []
    for is_open, run in groupby(texts, is_head):
        rows = list(run)
        for text in rows:
            ends = is_open and len(rows) < _ROW
            ends = ends and bool(_SENTENCE.search(text) or not shapes.mark().match(text))
            starts = text[:1] in _CLOSING
            found.append(("both" if starts else "end") if ends else "start" if starts else "")
    return tuple(found)


def is_head(row: str) -> bool:
    """Whether a line is a long one that ends in mid-sentence.

    >>> is_head("水库都已除险加固。今后要让群众用水更加安"), is_head("安全用水")
    (True, False)
    """
    if not row or not _OPEN_END.match(row[-1]) or row[-1].isascii():
        return False
    if not _SENTENCE.search(row) and (len(row) < _HEAD or "，" not in row):
        return False
    return not (shapes.kind(row) or (shapes.number().match(row) and not _SENTENCE.search(row)))


def _is_tail(row: str) -> bool:
    if len(row) < _TAIL or not _OPEN_START.match(row[0]) or not _PAUSE.search(row):
        return False
    return not (shapes.kind(row) or shapes.mark().match(row))


def _lines(text: str) -> list[Span]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append(Span(at, at + len(line)))
        at += len(line) + 1
    return found


def _links(
    rows: Sequence[str], heads: Sequence[int], soft: Collection[int], kept: Collection[int]
) -> dict[int, int]:
    """Head -> tail of the lines that clearly belong together."""
    tails = _tails(rows, heads, kept)
    proofs = _proofs(rows, heads, tails)
    weights = {pair: proof.weight for pair, proof in proofs.items() if proof.weight >= _LEAST}
    for head in heads:
        if head + 1 in soft:  # what speaks for no other line is enough to go on with this one
            pair = head, rows[head + 1][:_SAME]
            weights[pair] = weights.get(pair, 0.0) + _NEXT
    best = _matched(weights)
    total = sum(weights[pair] for pair in best)
    found: dict[int, int] = {}
    for head, tail in sorted(best):
        proof = proofs.get((head, tail), Proof())
        place = _place(tails.get(tail, ()), head)
        if place is None or not _suffices(proof, rows, place, head, heads):
            continue
        others = {pair: weight for pair, weight in weights.items() if pair != (head, tail)}
        without = sum(weights[pair] for pair in _matched(others))
        if total - without >= _MARGIN * proof.weight:
            found[head] = place
    return found


def _matched(weights: Mapping[tuple[int, str], float]) -> list[tuple[int, str]]:
    """The pairs of the heaviest matching: each head and each tail in one pair at most."""
    if len(weights) == len({head for head, _ in weights}) == len({tail for _, tail in weights}):
        return sorted(weights)
    graph = nx.Graph()
    for (head, tail), weight in sorted(weights.items()):
        graph.add_edge(("head", str(head)), ("tail", tail), weight=weight)
    pairs = (dict(pair) for pair in nx.max_weight_matching(graph))
    return sorted((int(pair["head"]), pair["tail"]) for pair in pairs)


def _tails(
    rows: Sequence[str], heads: Sequence[int], kept: Collection[int]
) -> dict[str, list[int]]:
    """Lines that may be tails, copies of one together, by how they begin."""
    found: dict[str, list[int]] = {}
    everywhere = len(rows) <= _LINES
    for number, row in enumerate(rows):
        if number in kept:
            continue
        if (everywhere or _at_column(number, rows, heads)) and _is_tail(row):
            found.setdefault(row[:_SAME], []).append(number)
    return found


def _at_column(number: int, rows: Sequence[str], heads: Sequence[int]) -> bool:
    """Whether a line stands where a column may begin: after a head, or first of the text, be it
    after a title."""
    if number - 1 in heads:
        return True
    return number < _TITLES and all(not _SENTENCE.search(row) for row in rows[:number])


def _place(copies: Sequence[int], head: int) -> int | None:
    """Of the copies of a tail the one to join to a head: the next line, else the first."""
    others = [number for number in copies if number != head]
    return head + 1 if head + 1 in others else next(iter(others), None)


def _suffices(
    proof: Proof, rows: Sequence[str], place: int, head: int, heads: Sequence[int]
) -> bool:
    if place == head + 1:
        return proof.weight >= _NEXT
    least = _COLUMN if _at_column(place, rows, heads) else _ANY
    return proof.elsewhere >= least or (proof.word >= least and (proof.broken or least < _ANY))


def _proofs(
    rows: Sequence[str], heads: Sequence[int], tails: Mapping[str, Sequence[int]]
) -> dict[tuple[int, str], Proof]:
    """The proof for each head and tail that something speaks for."""
    text = "\n".join(rows)
    found = {}
    for head in heads:
        elsewhere = _elsewhere(text, rows, head, tails)
        for tail, copies in tails.items():
            if not any(number != head for number in copies):
                continue
            word, other = words().gain(rows[head], tail), elsewhere.get(tail, 0.0)
            if max(word, 0.0) + other > 1.0:
                broken = word > 0 and words().breaks(rows[head], tail)
                found[head, tail] = Proof(word, broken, other)
    return found


def _elsewhere(
    text: str, rows: Sequence[str], head: int, tails: Mapping[str, Sequence[int]]
) -> dict[str, float]:
    """For each tail what it is worth that the characters around the border stand together
    elsewhere: two or more of the head, two or more of the tail."""
    end = rows[head][-_REACH:]
    found: dict[str, float] = {}
    by_start: dict[str, list[str]] = {}
    if not _INSIDE.fullmatch(end[-2:]):
        return found
    for tail in tails:
        by_start.setdefault(tail[:2], []).append(tail)
    at = -1
    for _ in range(_PLACES):
        at = text.find(end[-2:], at + 1)
        if at < 0:
            break
        after = text[at + 2 : at + 2 + _REACH].partition("\n")[0]
        before = text[max(at + 2 - _REACH, 0) : at + 2]
        for tail in by_start.get(after[:2], ()):
            size = _agreement(_common(end[::-1], before[::-1]), _common(tail, after))
            found[tail] = max(found.get(tail, 0.0), size)
    return found


def _agreement(left: int, right: int) -> float:
    """What so many equal characters on either side of a border are worth."""
    if left + right < 5:
        return 0.0
    return 1.2 * (left + right) if min(left, right) >= 3 else min(0.5 * (left + right), 4.0)


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common before the first mark or difference."""
    size = 0
    for a, b in zip(one, other, strict=False):
        if a != b or not a.isalnum():
            break
        size += 1
    return size


def _without_circles(links: Mapping[int, int]) -> dict[int, int]:
    """Links of which no two lead to one line, and none leads back to where it came from."""
    found: dict[int, int] = {}
    for head, tail in sorted(links.items()):
        end = tail
        while end in found:
            end = found[end]
        if end != head and tail not in found.values():
            found[head] = tail
    return found


def _laid(text: CleanText, spans: Sequence[Span], links: Mapping[int, int]) -> Joined:
    """The lines of a text, each tail right behind its head."""
    moved = set(links.values())
    parts: list[Span] = []
    tails: list[Span] = []
    order: list[int] = []
    size = 0
    for number, span in enumerate(spans):
        if number in moved:
            continue
        order.append(number)
        if parts:
            parts.append(Span(span.start - 1, span.start))  # the line feed before it
            size += 1
        parts.append(span)
        size += len(span)
        last = number
        while last in links:
            last = links[last]
            parts.append(spans[last])
            tails.append(Span(size, size + len(spans[last])))
            size += len(spans[last])
    return Joined(arranged(text, parts) if links else text, tuple(tails), tuple(order))

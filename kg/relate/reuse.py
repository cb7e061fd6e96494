"""Reuse: passages that documents share, word for word or with words changed, and which is first.

Every stretch of a later document is tied to one source at most: the document that shares most
of it, of equals the earliest. So a sentence that a thousand documents repeat gives a thousand
pairs, not a million.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from kg import edtf
from kg.model import Document, Entity, Evidence, Relation, Span, fingerprint
from kg.relate.reuse_align import Shift, align
from kg.relate.reuse_ink import Ink, ink
from kg.relate.reuse_seeds import Seeds, seeds

RULE = "shared-passage"
_LABEL = 40  # characters of a passage that name its node
_ALIKE = 0.9  # score of two sentences that are the same
_PHRASE = 30  # characters that a set phrase has at most: a name, a slogan within one clause
_COMMON = 4  # places at which a set phrase stands at least
_PAIRS = dict(zip("”’」』）)》〉】", "“‘「『（(《〈【", strict=True))
_STRETCH = 64  # characters of a passage whose aligned stretches are kept together
_TIMES = 3  # places of one passage that a place of another is aligned with at most
_NEW = 0.5  # share of a stretch that no better source has yet


@dataclass(frozen=True)
class Shared:
    """Reuse nodes, and the relations that lead from each to its two documents."""

    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class _Side:
    document: Document
    span: Span
    evidence: tuple[Evidence, ...]

    @property
    def wording(self) -> str:
        return self.document.clean.text[self.span.start : self.span.end]


def find(documents: Sequence[Document]) -> Shared:
    """Every passage that two documents share or that stands twice in one, from clause to clause,
    of 20 characters or more.

    A node of kind Reuse for each pair of passages: ``score`` (share of the characters that are
    the same, in [0, 1]), ``length`` (characters of the later passage), ``changed`` (characters
    changed), ``changes`` (where: ``3-5>3-6`` stands for characters 3 to 5 of the earlier passage
    that became 3 to 6 of the later), ``order`` (what tells the earlier: date, path or place) and
    ``rule``. Time and memory grow as the length of the texts.
    """
    ordered = sorted(documents, key=_time)
    text = ink(ordered)
    return _stated(_pairs(ordered, text))


def compare(a: Document, b: Document) -> Shared:
    """What two documents share, without what stands twice in one of them."""
    found = find((a, b))
    ends: dict[str, set[str]] = {}
    for relation in found.relations:
        ends.setdefault(relation.subject, set()).add(relation.object)
    return Shared(
        tuple(entity for entity in found.entities if len(ends[entity.id]) > 1),
        tuple(relation for relation in found.relations if len(ends[relation.subject]) > 1),
    )


def _time(document: Document) -> tuple[bool, str, str, str]:
    """Documents with a date first, in its order; then the others by path."""
    begin, end = _bounds(document)
    return not (begin or end), begin or end, end, document.meta.path


def _bounds(document: Document) -> tuple[str, str]:
    given = document.meta.spoken or document.meta.issued
    return _known(given.value) if given else ("", "")


_known = lru_cache(1024)(edtf.bounds)


def _pairs(
    documents: Sequence[Document], text: Ink
) -> Iterator[tuple[Document, Document, Ink, Shift]]:
    """The aligned pairs to state, by place in the later document."""
    for later, group in groupby(_shifts(text), key=lambda shift: _document(text, shift.later[0])):
        for shift in _chosen(list(group)):
            earlier = _document(text, shift.earlier[0])
            yield documents[earlier], documents[later], text, shift


def _document(text: Ink, place: int) -> int:
    return int(text.documents[text.passages[place]])


def _shifts(text: Ink) -> list[Shift]:
    """Every aligned stretch, each once, in order of its place."""
    covered = _Cover()
    found: dict[Shift, None] = {}
    places = seeds(text)
    for later, earlier, length in places.pairs:
        pair = int(text.passages[later]), int(text.passages[earlier])
        middle = later + length // 2
        if covered.holds(pair, middle, earlier + length // 2):
            continue
        shift = align(text, later, earlier)
        if shift is not None:
            covered.add(pair, shift)
            if not _is_phrase(text, places, shift):
                found[shift] = None
    return sorted(found, key=lambda shift: (*shift.later, shift.earlier))


def _is_phrase(text: Ink, places: Seeds, shift: Shift) -> bool:
    """Whether it is no more than a set phrase: short, inside one clause, and said often."""
    (start, end), (first, last) = shift.later, shift.earlier
    if end - start > _PHRASE or text.opens.find(1, start + 1, end) >= 0:
        return False
    if shift.score >= _ALIKE and all(
        text.breaks[at] for at in (start, end, first, last)
    ):  # a sentence
        return False
    counts = sorted(n for a, _, size in shift.blocks for n in places.commonness(a, a + size))
    return bool(counts) and counts[len(counts) // 2] >= _COMMON


class _Cover:
    """Aligned stretches of each pair of passages, to tell what need not be aligned again."""

    def __init__(self) -> None:
        self._shifts: dict[tuple[int, int, int], list[Shift]] = {}  # by pair and stretch of it

    def holds(self, pair: tuple[int, int], later: int, earlier: int) -> bool:
        """Whether a place is aligned with that place, or with as many others as are wanted."""
        near = self._shifts.get((*pair, later // _STRETCH), ())
        over = [shift for shift in near if shift.later[0] <= later < shift.later[1]]
        return len(over) >= _TIMES or any(
            shift.earlier[0] <= earlier < shift.earlier[1] for shift in over
        )

    def add(self, pair: tuple[int, int], shift: Shift) -> None:
        start, end = shift.later
        for stretch in range(start // _STRETCH, (end - 1) // _STRETCH + 1):
            self._shifts.setdefault((*pair, stretch), []).append(shift)


def _chosen(shifts: Sequence[Shift]) -> list[Shift]:
    """Of all that share a stretch of one document those that share most of it, each stretch once;
    by place."""
    taken: list[tuple[int, int]] = []  # disjoint, sorted
    kept = []
    for shift in sorted(shifts, key=lambda s: (-s.same, s.earlier, s.later)):
        start, end = shift.later
        if _free(taken, start, end) >= _NEW * (end - start):
            kept.append(shift)
            _take(taken, start, end)
    return sorted(kept, key=lambda shift: (shift.later, shift.earlier))


def _free(taken: list[tuple[int, int]], start: int, end: int) -> int:
    """How much of ``start:end`` no taken stretch covers."""
    at = max(bisect_left(taken, (start, start)) - 1, 0)
    free = end - start
    while at < len(taken) and taken[at][0] < end:
        free -= max(min(taken[at][1], end) - max(taken[at][0], start), 0)
        at += 1
    return free


def _take(taken: list[tuple[int, int]], start: int, end: int) -> None:
    low = max(bisect_left(taken, (start, start)) - 1, 0)
    if low < len(taken) and taken[low][1] < start:
        low += 1
    high = low
    while high < len(taken) and taken[high][0] <= end:
        start, end = min(start, taken[high][0]), max(end, taken[high][1])
        high += 1
    taken[low:high] = [(start, end)]


def _stated(pairs: Iterable[tuple[Document, Document, Ink, Shift]]) -> Shared:
    entities: dict[str, Entity] = {}
    relations = []
    for first, second, text, shift in pairs:
        earlier = _side(first, text, shift.earlier)
        later = _side(second, text, shift.later)
        order = _order(first, second)
        turned = order == "path" and second.meta.path < first.meta.path
        changes = _changes(text, shift, turned)
        if turned:
            earlier, later = later, earlier
        entity = _entity(earlier, later, shift, changes, order)
        if entity.id in entities:
            continue
        entities[entity.id] = entity
        for predicate, side in (("earlier", earlier), ("later", later)):
            relations.append(Relation(entity.id, predicate, side.document.id, side.evidence, RULE))
    return Shared(tuple(entities[ident] for ident in sorted(entities)), tuple(relations))


def _order(first: Document, second: Document) -> str:
    """What tells which of two documents is the earlier one."""
    if first.id == second.id:
        return "place"
    return "date" if _bounds(first) != _bounds(second) and _dated(first, second) else "path"


def _dated(*documents: Document) -> bool:
    return all(any(_bounds(document)) for document in documents)


def _side(document: Document, text: Ink, ends: tuple[int, int]) -> _Side:
    clean = document.clean.text
    start, end = int(text.places[ends[0]]), int(text.places[ends[1] - 1]) + 1
    words = clean[start:end]
    if clean[end : end + 1] in _PAIRS and words.count(clean[end]) < words.count(_PAIRS[clean[end]]):
        end += 1  # the closing bracket of what was opened inside
    span = Span(start, end)
    return _Side(document, span, document.evidence(span))


def _entity(earlier: _Side, later: _Side, shift: Shift, changes: str, order: str) -> Entity:
    wording = later.wording
    said = [
        part
        for side in (earlier, later)
        for piece in side.evidence
        for part in (piece.document_id, str(piece.begin), str(piece.end), piece.wording)
    ]
    return Entity(
        "s/" + fingerprint("Reuse", *said),
        "Reuse",
        wording if len(wording) <= _LABEL else wording[: _LABEL - 1] + "…",
        attributes={
            "changed": shift.changed,
            **({"changes": changes} if changes else {}),
            "length": len(wording),
            "order": order,
            "rule": RULE,
            "score": shift.score,
        },
        mentions=(*earlier.evidence, *later.evidence),
    )


def _changes(text: Ink, shift: Shift, turned: bool) -> str:
    """Changed places of both passages, in characters from where each begins."""
    found = []
    starts = [int(text.places[ends[0]]) for ends in (shift.earlier, shift.later)]
    for left, right in zip(shift.blocks, shift.blocks[1:], strict=False):
        sides = []
        for side, start in ((1, starts[0]), (0, starts[1])):
            begin, end = left[side] + left[2], right[side]
            sides.append(_places(text, begin, end, start))
        if turned:
            sides.reverse()
        found.append(">".join(sides))
    return ";".join(found)


def _places(text: Ink, begin: int, end: int, start: int) -> str:
    """``begin:end`` of the ink in characters of a passage; an empty place stands behind what
    goes before it."""
    if begin == end:
        at = int(text.places[begin - 1]) + 1 - start if begin else 0
        return f"{max(at, 0)}-{max(at, 0)}"
    return f"{int(text.places[begin]) - start}-{int(text.places[end - 1]) + 1 - start}"

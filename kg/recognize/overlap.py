"""Overlap: which of two mentions that share characters stays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

from kg.model import Mention, Span

# Mentions of kinds in one group never share characters; mentions of different groups may: a
# date inside the title of a work, a place inside a body's name is not reported apart.
GROUPS: tuple[frozenset[str], ...] = (
    frozenset({"Time", "Statistic", "Formula"}),
    frozenset({"Person", "Organization", "Place", "Role", "Group"}),
    frozenset({"Work", "Law", "Campaign", "Policy", "Honour", "Spirit", "Event"}),
)
# Candidates of which most are dropped later: they take nobody's place, not even each other's.
UNSETTLED = frozenset({"Concept"})
# Kinds that win over all others of their group however short they are.
FIRST = ("Time", "Formula")
_GROUP = {kind: place for place, group in enumerate(GROUPS) for kind in group}
_LAST = 1 << 16  # rank of a kind that another package adds
_LATER = len(FIRST)
_FIRST = {kind: place for place, kind in enumerate(FIRST)}
# A figure reaches from what it counts to its unit; a date may stand between the two.
OPEN_INSIDE = frozenset({"Statistic"})
# What is compared of two mentions, the less the stronger.
Strength = tuple[int, int, int, int, str, str, str]
_STRONGEST: Callable[[tuple[Strength, Mention]], Strength] = itemgetter(0)


def obeyed(
    mentions: Iterable[Mention], given: Sequence[Mention], empty: Sequence[Span]
) -> list[Mention]:
    """``mentions`` and those ``given`` by a person's lexicon, without what goes against them.

    Out goes what crosses the border of a given one of its group, another kind for the same
    characters, and what reaches into an ``empty`` span without reaching around it. A longer
    name around a given one stays, as do times, formulas and figures. ``given`` and ``empty``
    do not overlap among themselves.
    """
    if not given and not empty:
        return list(mentions)
    fixed = sorted({(mention.span, _group(mention.kind)) for mention in given})
    spans, voids = [span for span, _ in fixed], sorted(set(empty))
    kept = list(given)
    for mention in mentions:
        group, span = _group(mention.kind), mention.span
        against = group != 0 and (
            any(
                span == spans[at] or (group == fixed[at][1] and not _nested(span, spans[at]))
                for at in _meeting(span, spans)
            )
            or any(
                span == voids[at] or not span.contains(voids[at]) for at in _meeting(span, voids)
            )
        )
        if not against:
            kept.append(mention)
    return kept


def settle(mentions: Iterable[Mention], priority: Sequence[str]) -> tuple[Mention, ...]:
    """The mentions that stay, by place. Linear in the length of the text, but for sorting.

    Inside a group the longer mention wins; of two equally long ones the one whose kind
    comes first in ``priority``; then the one found by the earlier rule name.
    """
    rank = {kind: place for place, kind in enumerate(priority)}
    kept: list[tuple[Strength, Mention]] = []
    found: list[tuple[Strength, Mention]] = []
    for mention in mentions:
        one = _strength(mention, rank), mention
        (kept if mention.kind in UNSETTLED else found).append(one)
    found.sort(key=_STRONGEST)
    length = max((mention.span.end for _, mention in found), default=0)
    taken = [bytearray(length) for _ in range(len(GROUPS) + 1)]
    for one in found:
        kind, start, end = one[1].kind, one[1].span.start, one[1].span.end
        used = taken[_group(kind)]
        if kind in OPEN_INSIDE:
            free = not used[start] and not used[end - 1]
        else:
            free = used.find(1, start, end) < 0
        if free:
            used[start:end] = b"\x01" * (end - start)
            kept.append(one)
    kept.sort(key=lambda one: (one[1].span.start, -one[1].span.end, one[0]))
    return tuple(dict.fromkeys(mention for _, mention in kept))


def _meeting(span: Span, others: Sequence[Span]) -> Iterator[int]:
    """Places in ``others``, which are in order and apart, of those that share characters."""
    at = bisect_right(others, span.start, key=lambda other: other.end)
    while at < len(others) and others[at].start < span.end:
        yield at
        at += 1


def _nested(one: Span, other: Span) -> bool:
    return one.contains(other) or other.contains(one)


def _strength(mention: Mention, rank: dict[str, int]) -> Strength:
    span, kind = mention.span, mention.kind
    first, place = _FIRST.get(kind, _LATER), rank.get(kind, _LAST)
    label = mention.known_as or mention.name
    return (first, span.start - span.end, span.start, place, mention.rule, kind, label)


def _group(kind: str) -> int:
    return _GROUP.get(kind, len(GROUPS))

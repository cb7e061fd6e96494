"""Overlap: which of two mentions that share characters stays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
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
_LAST = 1 << 16  # rank of a kind that another package adds; the kinds in FIRST rank below 0
# A figure reaches from what it counts to its unit; a date may stand between the two.
OPEN_INSIDE = frozenset({"Statistic"})
# Where a mention stands among others: start, end (negative), and what sets two of the same
# characters in order.
Place = tuple[int, int, int, str, str, str]


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
    rank |= {kind: place - len(FIRST) for place, kind in enumerate(FIRST)}
    kept: list[tuple[Place, Mention]] = []
    found: list[tuple[Place, Mention]] = []
    for mention in mentions:
        span, kind, name = mention.span, mention.kind, mention.known_as or mention.name
        place = (span.start, -span.end, rank.get(kind, _LAST), mention.rule, kind, name)
        (kept if kind in UNSETTLED else found).append((place, mention))
    found.sort(key=_strength)
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
    kept.sort(key=itemgetter(0))
    before = [None, *(place for place, _ in kept)]
    return tuple([one[1] for one, last in zip(kept, before, strict=False) if one[0] != last])


def _meeting(span: Span, others: Sequence[Span]) -> Iterator[int]:
    """Places in ``others``, which are in order and apart, of those that share characters."""
    at = bisect_right(others, span.start, key=lambda other: other.end)
    while at < len(others) and others[at].start < span.end:
        yield at
        at += 1


def _nested(one: Span, other: Span) -> bool:
    return one.contains(other) or other.contains(one)


def _strength(one: tuple[Place, Mention]) -> tuple[int, int, int, int, str, str, str]:
    """What is compared of two mentions, the less the stronger."""
    start, end, rank, rule, kind, label = one[0]
    return (min(rank, 0), start + end, start, rank, rule, kind, label)


def _group(kind: str) -> int:
    return _GROUP.get(kind, len(GROUPS))

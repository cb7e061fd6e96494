"""Overlap: which of two mentions that share characters stays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

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
# A figure reaches from what it counts to its unit; a date may stand between the two.
OPEN_INSIDE = frozenset({"Statistic"})


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
    found = sorted(set(mentions), key=lambda m: _strength(m, rank))
    kept = [mention for mention in found if mention.kind in UNSETTLED]
    found = [mention for mention in found if mention.kind not in UNSETTLED]
    length = max((m.span.end for m in found), default=0)
    taken = [bytearray(length) for _ in range(len(GROUPS) + 1)]
    for mention in found:
        used, span = taken[_group(mention.kind)], mention.span
        if mention.kind in OPEN_INSIDE:
            free = not used[span.start] and not used[span.end - 1]
        else:
            free = not any(used[span.start : span.end])
        if free:
            used[span.start : span.end] = b"\x01" * len(span)
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: (m.span.start, -m.span.end, *_strength(m, rank))))


def _meeting(span: Span, others: Sequence[Span]) -> Iterator[int]:
    """Places in ``others``, which are in order and apart, of those that share characters."""
    at = bisect_right(others, span.start, key=lambda other: other.end)
    while at < len(others) and others[at].start < span.end:
        yield at
        at += 1


def _nested(one: Span, other: Span) -> bool:
    return one.contains(other) or other.contains(one)


def _strength(mention: Mention, rank: dict[str, int]) -> tuple[int, int, int, int, str, str, str]:
    span = mention.span
    first = FIRST.index(mention.kind) if mention.kind in FIRST else len(FIRST)
    place = rank.get(mention.kind, len(rank))
    return (first, -len(span), span.start, place, mention.rule, mention.kind, mention.label)


def _group(kind: str) -> int:
    return next((i for i, group in enumerate(GROUPS) if kind in group), len(GROUPS))

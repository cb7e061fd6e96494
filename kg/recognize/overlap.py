"""Overlap: which of two mentions that share characters stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model import Mention

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


def _strength(mention: Mention, rank: dict[str, int]) -> tuple[int, int, int, int, str, str, str]:
    span = mention.span
    first = FIRST.index(mention.kind) if mention.kind in FIRST else len(FIRST)
    place = rank.get(mention.kind, len(rank))
    return (first, -len(span), span.start, place, mention.rule, mention.kind, mention.label)


def _group(kind: str) -> int:
    return next((i for i, group in enumerate(GROUPS) if kind in group), len(GROUPS))

"""Changes: which formulations came and which went between two dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.errors import UsageError
from kg.model import Entity
from kg.registry import periods
from kg.registry.periods import Range
from kg.registry.timeline import Life, documents
from kg.registry.trends import KINDS, appearance_data, lives


@dataclass(frozen=True)
class Change:
    """A thing that came or went. It is ``sure`` when no undated or windowed document says else."""

    name: str
    id: str
    kind: str
    life: Life
    sure: bool


@dataclass(frozen=True)
class Changes:
    """What came and what went between two dates.

    ``earlier`` documents are of the first date or before it, ``later`` ones of the second or
    after it. Without earlier documents nothing can be said to be new, without later ones nothing
    to be gone.
    """

    start: str
    end: str
    earlier: int
    later: int
    newcomers: tuple[Change, ...]
    dropouts: tuple[Change, ...]


def changes(
    graph: nx.MultiDiGraph,
    start: str,
    end: str,
    *,
    ids: Iterable[str] | None = None,
    kinds: Sequence[str] = KINDS,
) -> Changes:
    """Newcomers and drop-outs between two EDTF dates, such as the years of two congresses.

    A newcomer is named in no document of ``start`` or before it, and in one of ``end`` at the
    latest. A drop-out is last named at ``start`` or after it, and in no document of ``end`` or
    after it. Raises UsageError for a bad date, or when the first is not before the second.
    """
    left, right = periods.days(start, "between"), periods.days(end, "between")
    if left[1] >= right[0]:
        advice = "give the earlier date first"
        raise UsageError(f"{start} does not end before {end}", "between", advice)
    timeline = documents(graph)
    earlier = sum(bool(d.end) and d.end <= left[1] for d in timeline)
    later = sum(bool(d.begin) and d.begin >= right[0] for d in timeline)
    lived = lives(graph, {d.id: d for d in timeline}, ids, kinds)
    came = [_came(e, found, left[1], right[1]) for e, found in lived] if earlier else []
    went = [_went(e, found, left[0], right[0]) for e, found in lived] if later else []
    return Changes(start, end, earlier, later, tuple(filter(None, came)), tuple(filter(None, went)))


def as_data(found: Changes) -> dict[str, Any]:
    """Changes for programs: {start, end, earlier, later, newcomers, dropouts}.

    The last two are lists of {id, name, kind, first, last, sure}.
    """
    said = {
        name: [
            {"id": c.id, "name": c.name, "kind": c.kind, "first": appearance_data(c.life.first),
             "last": appearance_data(c.life.last), "sure": c.sure}
            for c in listed
        ]
        for name, listed in (("newcomers", found.newcomers), ("dropouts", found.dropouts))
    }  # fmt: skip
    return {
        "start": found.start, "end": found.end, "earlier": found.earlier, "later": found.later,
        **said,
    }  # fmt: skip


def _came(entity: Entity, lived: Life, start: str, end: str) -> Change | None:
    """A newcomer after the day ``start``, up to the day ``end``."""
    if any(d.end and d.end <= start for d in lived.documents):
        return None
    between = Range(start, end)
    if not any(between.touches(d) and d.end != start for d in lived.documents):
        return None
    before = any(not d.begin or d.begin <= start for d in lived.documents)
    sure = not before and any(d.end and d.end <= end for d in lived.documents)
    return Change(entity.name, entity.id, entity.kind, lived, sure)


def _went(entity: Entity, lived: Life, start: str, end: str) -> Change | None:
    """A drop-out from the day ``start`` on, before the day ``end``."""
    if any(d.begin and d.begin >= end for d in lived.documents):
        return None
    between = Range(start, end)
    if not any(between.touches(d) and d.begin != end for d in lived.documents):
        return None
    after = any(not d.end or d.end >= end for d in lived.documents)
    sure = not after and any(d.begin and d.begin >= start for d in lived.documents)
    return Change(entity.name, entity.id, entity.kind, lived, sure)

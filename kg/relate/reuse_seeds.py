"""Seeds: places where two passages share a stretch of ink, found without comparing pairs.

Every seven characters make a shingle; of four neighbouring shingles one is kept (winnowing, as
in Schleimer, Wilkerson, Aiken 2003). Equal shingles are brought together by sorting. A rare
shingle ties all its places to each other, a common one ties each place to the first and to the
one before: so the number of ties grows as the text does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.relate.reuse_ink import FAR, Ink, Ints, reach
from kg.relate.reuse_sieve import hopeful

WIDTH = 7  # characters of a shingle
_WINDOW = 4  # neighbouring shingles of which one is kept
_RARE = 6  # places that a rare shingle has at most
_LONG = 12  # characters of a stretch that is worth a look by itself
_SHORT = 8  # the same beside another stretch
_DRIFT = 8  # characters by which the second stretch may be shifted
_NEAR = 28  # characters between the beginnings of the two
_BATCH = 1 << 20  # shingles made at once
_BASE = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Seeds:
    """Stretches that stand twice, the longest first, and how common what stands in them is.

    ``pairs`` are later place, earlier place and length, in the ink; the whole stretch may be
    longer than that. ``places`` are those of the shingles that were kept, in order, ``counts``
    the number of places that each shingle has.
    """

    pairs: tuple[tuple[int, int, int], ...]
    places: Ints
    counts: Ints

    def commonness(self, start: int, end: int) -> Ints:
        """At how many places each shingle of a stretch stands."""
        # Of the same type: numpy would else make a copy of all places for each question.
        ends = np.array((start, end - WIDTH + 1), self.places.dtype)
        low, high = np.searchsorted(self.places, ends)
        return self.counts[low:high]


def seeds(ink: Ink) -> Seeds:
    """Places in different passages, or apart in one, whose ink is the same for a while."""
    places, shingles = _winnowed(ink)
    _, group, sizes = np.unique(shingles, return_inverse=True, return_counts=True)
    group, sizes = group.astype(np.int32), sizes.astype(np.int32)
    del shingles
    later, earlier = _tied(ink, places, group, sizes)
    later, earlier = _firsts(later, earlier)
    later, earlier, length = _grown(ink, later, earlier)
    kept = (length >= _LONG) | _flanked(ink, later, earlier, length)
    some = np.flatnonzero(kept & (length <= FAR))  # of these the whole length is known
    kept[some] = hopeful(ink, later[some], earlier[some], length[some])
    later, earlier, length = later[kept], earlier[kept], length[kept]
    order = np.lexsort((earlier, later, -length))
    pairs = zip(later[order].tolist(), earlier[order].tolist(), length[order].tolist(), strict=True)
    return Seeds(tuple(pairs), places, sizes[group])


def _winnowed(ink: Ink) -> tuple[Ints, NDArray[np.uint64]]:
    """Places and hashes of the shingles that are kept, by place."""
    places, hashes = [np.empty(0, np.int32)], [np.empty(0, np.uint64)]
    for begin in range(0, len(ink.codes), _BATCH):
        # With the neighbours that share a window with the first and the last.
        low = max(begin - _WINDOW + 1, 0)
        some = slice(low, begin + _BATCH + _WINDOW + WIDTH - 2)
        at, found = _least(ink.codes[some], ink.passages[some])
        own = (at + low >= begin) & (at + low < begin + _BATCH)
        places.append((at[own] + low).astype(np.int32))
        hashes.append(found[own])
    return np.concatenate(places), np.concatenate(hashes)


def _least(
    codes: NDArray[np.uint32], passages: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Places and hashes of the shingles that are the least of some window."""
    count = len(codes) - WIDTH + 1
    if count < _WINDOW:
        return np.empty(0, np.int64), np.empty(0, np.uint64)
    hashes = np.zeros(count, np.uint64)
    with np.errstate(over="ignore"):
        for at in range(WIDTH):
            hashes *= _BASE
            hashes += codes[at : at + count]
            hashes ^= hashes >> np.uint64(29)
    least = hashes[: count - _WINDOW + 1].copy()
    for at in range(1, _WINDOW):
        np.minimum(least, hashes[at : at + len(least)], out=least)
    kept = np.zeros(count, np.bool_)
    for at in range(_WINDOW):
        kept[at : at + len(least)] |= hashes[at : at + len(least)] == least
    kept &= passages[:count] == passages[WIDTH - 1 :]
    places = np.flatnonzero(kept)
    return places, hashes[places]


def _tied(ink: Ink, places: Ints, group: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Pairs of places with equal shingles: the later and the earlier of each."""
    order = np.argsort(group, kind="stable")
    places, group = places[order], group[order]
    heads = (np.cumsum(sizes) - sizes).astype(np.int32)
    rank = np.arange(len(places), dtype=np.int32) - heads[group]
    rare = sizes[group] <= _RARE
    later, earlier = [], []
    for step in range(1, _RARE):
        at = np.flatnonzero((rank >= step) & (rare | (step == 1)))
        later.append(places[at])
        earlier.append(places[at - step])
    at = np.flatnonzero((rank >= 2) & ~rare)
    first = places[heads[group[at]]]
    apart = ink.passages[places[at]] != ink.passages[first]
    later.append(places[at][apart])
    earlier.append(first[apart])
    return np.concatenate(later), np.concatenate(earlier)


def _firsts(later: Ints, earlier: Ints) -> tuple[Ints, Ints]:
    """Of pairs on one diagonal, close together, the first."""
    order = np.lexsort((later, later - earlier))
    later, earlier = later[order], earlier[order]
    kept = np.ones(len(later), np.bool_)
    same = (later[1:] - earlier[1:]) == (later[:-1] - earlier[:-1])
    kept[1:] = ~(same & (later[1:] - later[:-1] <= _WINDOW))
    return later[kept], earlier[kept]


def _grown(ink: Ink, later: Ints, earlier: Ints) -> tuple[Ints, Ints, Ints]:
    """Pairs moved to where their stretch begins, with its length as far as it matters."""
    right = reach(ink, later, earlier, 1)
    left = reach(ink, later, earlier, -1)
    return later - left, earlier - left, right + left + 1


def _flanked(ink: Ink, later: Ints, earlier: Ints, length: Ints) -> NDArray[np.bool_]:
    """Whether a stretch stands near another one of the same two passages."""
    kept = np.zeros(len(later), np.bool_)
    some = np.flatnonzero(length >= _SHORT)
    a, b = later[some], earlier[some]
    order = np.lexsort((a, ink.passages[b], ink.passages[a]))
    some, a, b = some[order], a[order], b[order]
    near = ink.passages[a][1:] == ink.passages[a][:-1]
    near &= ink.passages[b][1:] == ink.passages[b][:-1]
    drift = np.abs((a - b)[1:] - (a - b)[:-1])
    near &= (a[1:] - a[:-1] <= _NEAR) & (drift <= _DRIFT) & (a[1:] != a[:-1])
    kept[some[1:][near]] = True
    kept[some[:-1][near]] = True
    return kept

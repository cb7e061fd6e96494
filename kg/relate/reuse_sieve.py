"""Sieve: of all seeds those that may grow into a passage, told for all of them at once.

Most seeds are a set phrase with other words on both sides: nothing within reach is the same
again, and what is the same is short or no whole clause. What is left out here is what
``reuse_align.align`` would give up.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.relate.reuse_align import EDGE, GAP, LEAST, PENALTY, SHORTEST, SURE
from kg.relate.reuse_ink import FAR, Flags, Ink, Ints, reach

_AT_ONCE = 1 << 14  # pairs of places whose surroundings are compared together
_PRIME = np.uint32(0x9E3779B1)
_STEPS = 4  # changed places looked over
_NONE = 1 << 14
# Characters passed over in either text, the fewest first, as ``align`` chooses.
_RANKS = np.array(
    [(max(i, j) * 32 + i + j) * 16 + i for i in range(GAP + 1) for j in range(GAP + 1)],
    np.int16,
)
Words = NDArray[np.uint32]


def hopeful(ink: Ink, later: Ints, earlier: Ints, length: Ints) -> Flags:
    """Whether stretches that are the same at two places, each as long as it can be, may belong
    to a passage: ``False`` is sure, ``True`` is not."""
    words = _words(ink)
    borders = np.flatnonzero(np.frombuffer(ink.opens, np.bool_)).astype(np.int32)
    kept = np.zeros(len(later), np.bool_)
    for begin in range(0, len(later), _AT_ONCE):
        some = slice(begin, begin + _AT_ONCE)
        kept[some] = _hopeful(ink, words, borders, later[some], earlier[some], length[some])
    return kept


def _hopeful(
    ink: Ink, words: Words, borders: Ints, later: Ints, earlier: Ints, length: Ints
) -> Flags:
    kept = _is_whole(borders, later, earlier, length)
    # In one passage the two must not meet, so they may be shorter than they are here.
    kept |= (ink.passages[later] == ink.passages[earlier]) & (length >= LEAST)
    rest = np.flatnonzero(~kept)
    a, b, size = later[rest], earlier[rest], length[rest]
    kept[rest] = _goes_on(ink, words, a + size, b + size, 1)
    kept[rest] |= _goes_on(ink, words, a - 1, b - 1, -1)
    return kept


def _is_whole(borders: Ints, later: Ints, earlier: Ints, length: Ints) -> Flags:
    """Whether a stretch alone, from clause to clause as ``align`` trims it, is long enough."""

    def back(places: Ints) -> Ints:  # characters to the last border
        return places - borders[np.searchsorted(borders, places, "right") - 1]

    def ahead(places: Ints) -> Ints:  # characters to the next border
        return borders[np.searchsorted(borders, places)] - places

    ends = later + length, earlier + length
    head = np.minimum(np.minimum(ahead(later), ahead(earlier)), length)
    tail = np.minimum(np.minimum(back(ends[0]), back(ends[1])), length)
    before, behind = (back(later), back(earlier)), (ahead(ends[0]), ahead(ends[1]))
    begins = _is_edge(np.maximum(*before), head)
    closes = _is_edge(np.maximum(*behind), tail)
    sizes = [
        length + np.where(begins, one, -head) + np.where(closes, other, -tail)
        for one, other in zip(before, behind, strict=True)
    ]
    same = length - np.where(begins, 0, head) - np.where(closes, 0, tail)
    return (np.minimum(*sizes) >= SHORTEST) & (same >= LEAST)


def _is_edge(changed: Ints, same: Ints) -> Flags:
    """Whether a clause is taken whole of whose end so much is changed and so much the same."""
    return (same > 0) & (changed <= EDGE) & (2 * changed <= same)


def _goes_on(ink: Ink, words: Words, a: Ints, b: Ints, step: int) -> Flags:
    """Whether, from two places on that differ, equal characters outweigh the changed ones soon.

    The steps are those of ``align``; what is not told after a few of them counts as yes.
    """
    found = np.zeros(len(a), np.bool_)
    alive = np.arange(len(a))
    value = np.zeros(len(a))
    for _ in range(_STEPS):
        one, other = _words_from(ink, words, a, step), _words_from(ink, words, b, step)
        same = (one[:, :, None] == other[:, None, :]) & (one != 0)[:, :, None]
        same = same.reshape(len(a), _RANKS.size)
        jump = np.where(same, _RANKS, _NONE).argmin(1)
        some = np.flatnonzero(same[np.arange(len(a)), jump])
        over = jump[some] // (GAP + 1), jump[some] % (GAP + 1)
        a, b, alive = a[some] + step * over[0], b[some] + step * over[1], alive[some]
        equal = reach(ink, a - step, b - step, step)
        value = value[some] - PENALTY * np.maximum(*over) + equal
        far = (value > 0) | (equal == FAR)
        found[alive[far]] = True
        some = np.flatnonzero(~far & (value >= -PENALTY * GAP))
        a, b = a[some] + step * equal[some], b[some] + step * equal[some]
        alive, value = alive[some], value[some]
    found[alive] = True
    return found


def _words_from(ink: Ink, words: NDArray[np.uint32], places: Ints, step: int) -> NDArray[np.uint32]:
    """Words at and behind places, one row each; 0 outside of the passage."""
    first = places - (SURE - 1) * (step < 0)
    at = first[:, None] + step * np.arange(GAP + 1)
    inside = (at >= 0) & (at < len(words))
    at = np.where(inside, at, 0)
    own = ink.passages[np.clip(places - step, 0, len(ink.passages) - 1)][:, None]
    inside &= (ink.passages[at] == own) & (ink.passages[at + SURE - 1] == own)
    return np.where(inside, words[at], np.uint32(0))


def _words(ink: Ink) -> Words:
    """A number, never 0, for the few characters from each place on: equal words have equal ones."""
    count = max(len(ink.codes) - SURE + 1, 0)
    words = np.zeros(count, np.uint32)
    for at in range(SURE):
        words *= _PRIME
        words += ink.codes[at : at + count]
        words ^= words >> np.uint32(15)
    return words | np.uint32(1)

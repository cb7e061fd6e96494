"""CRF: emission scores -> the best sequence of tags, by Viterbi on raw scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.lac.network import Packed, product, tiles
from kg.lac.weights import Array, Weights

Path = NDArray[np.intp]

SLICE = 48  # sentences whose tables of ways fill about half a megabyte


@dataclass(frozen=True, slots=True)
class Chances:
    """Forward and backward chances of a batch, row by row of its layout."""

    starts: tuple[int, ...]
    paths: Sequence[Path]
    forth: Array
    back: Array
    weights: Array
    odds: Array

    def of(self, sentence: int, start: int, end: int) -> float:
        """The chance of the best path's tags of the characters ``start`` to ``end``."""
        path = self.paths[sentence]
        row = self.starts[start] + sentence
        found = float(self.forth[row, path[start]])
        for at in range(start + 1, end):
            row = self.starts[at] + sentence
            found *= float(self.odds[path[at - 1], path[at]] * self.weights[row, path[at]])
        return min(found * float(self.back[row, path[end - 1]]), 1.0)


class Decoder:
    """Best paths under the transition scores of the weights.

    Only the forward scores are kept; on the way back the best tag before is computed anew
    from them, which is one row a character instead of a whole table.
    """

    def __init__(self, weights: Weights) -> None:
        self._start, self._stop = weights.start, weights.stop
        self._out = np.ascontiguousarray(weights.transitions[:, None])  # [from, 1, to]
        self._into = np.ascontiguousarray(weights.transitions.T)  # [to, from]
        self._ways = np.empty((len(weights.tags), SLICE, len(weights.tags)), np.float32)
        odds = np.exp(weights.transitions)
        self._odds, self._onward, self._backward = odds, tiles(odds), tiles(odds.T)

    def decode(self, emissions: Array, layout: Packed) -> list[Path]:
        """Tag numbers of each sentence of ``layout``, from scores [rows, tags].

        Of two equally good tags the one with the lower number is taken.
        """
        starts, live = layout.starts, layout.live
        scores = np.empty_like(emissions)
        begin, count = 0, live[0]
        scores[:count] = emissions[:count] + self._start
        for step in range(1, len(live)):
            before, begin, count = begin, starts[step], live[step]
            now = scores[begin : begin + count]
            self._advance(scores[before : before + count], now)
            now += emissions[begin : begin + count]
        return self._back(scores, layout)

    def chances(self, emissions: Array, layout: Packed, paths: Sequence[Path]) -> Chances:
        """How likely the parts of the best ``paths`` are, by the forward-backward algorithm.

        The chance that a stretch has just these tags, whatever the others are (Culotta and
        McCallum 2004: Confidence estimation for information extraction).
        """
        starts, live = layout.starts, layout.live
        weights = np.exp(emissions - emissions.max(axis=1, keepdims=True))
        forth, scales = weights.copy(), np.ones((len(weights), 1), np.float32)
        forth[: starts[1]] *= np.exp(self._start)
        for step in range(len(live)):
            begin, end = starts[step], starts[step + 1]
            if step:
                before = forth[starts[step - 1] : starts[step - 1] + end - begin]
                forth[begin:end] *= product(before, self._onward)
            scales[begin:end] = forth[begin:end].sum(axis=1, keepdims=True)
            forth[begin:end] /= scales[begin:end]
        back = np.empty_like(weights)
        last = np.exp(self._stop)
        for step in range(len(live) - 1, -1, -1):
            begin, end = starts[step], starts[step + 1]
            back[begin:end] = last / (forth[begin:end] * last).sum(axis=1, keepdims=True)
            later = live[step + 1] if step + 1 < len(live) else 0
            if later:
                rows = slice(end, starts[step + 2])
                onward = product(weights[rows] * back[rows] / scales[rows], self._backward)
                back[begin : begin + later] = onward[:later]
        return Chances(starts, paths, forth, back, weights / scales, self._odds)

    def _advance(self, before: Array, now: Array) -> None:
        """Scores [n, tags] of the best ways into each tag, written to ``now``."""
        # From-tag first: the maximum then runs over whole rows, three times as fast as
        # over the last axis; in slices, so that the table of ways stays in the cache.
        for at in range(0, len(before), SLICE):
            part = before[at : at + SLICE]
            ways = self._ways[:, : len(part)]
            np.add(part.T[:, :, None], self._out, out=ways)
            np.maximum.reduce(ways, axis=0, out=now[at : at + SLICE])

    def _back(self, scores: Array, layout: Packed) -> list[Path]:
        starts, live, lengths = layout.starts, layout.live, layout.lengths
        paths = np.empty((len(lengths), len(live)), np.intp)
        for step in range(len(live) - 1, -1, -1):
            count = live[step]
            now = scores[starts[step] : starts[step] + count]
            later = live[step + 1] if step + 1 < len(live) else 0
            if later:
                ways = now[:later] + self._into[paths[:later, step + 1]]
                paths[:later, step] = ways.argmax(axis=1)
            paths[later:count, step] = (now[later:] + self._stop).argmax(axis=1)
        return [paths[row, :length] for row, length in enumerate(lengths)]

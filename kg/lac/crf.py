"""CRF: emission scores -> the best sequence of tags, by Viterbi on raw scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.lac.network import Packed
from kg.lac.weights import Array, Weights

SLICE = 48  # sentences whose tables of ways fill about half a megabyte


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

    def decode(self, emissions: Array, layout: Packed) -> list[NDArray[np.intp]]:
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

    def _advance(self, before: Array, now: Array) -> None:
        """Scores [n, tags] of the best ways into each tag, written to ``now``."""
        # From-tag first: the maximum then runs over whole rows, three times as fast as
        # over the last axis; in slices, so that the table of ways stays in the cache.
        for at in range(0, len(before), SLICE):
            part = before[at : at + SLICE]
            ways = self._ways[:, : len(part)]
            np.add(part.T[:, :, None], self._out, out=ways)
            np.maximum.reduce(ways, axis=0, out=now[at : at + SLICE])

    def _back(self, scores: Array, layout: Packed) -> list[NDArray[np.intp]]:
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

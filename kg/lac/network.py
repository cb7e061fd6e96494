"""Network: character ids -> emission scores, two layers of bidirectional GRU in NumPy.

All matrix products run as stacks of tiles of one fixed size. So small a product is never
spread over threads by OpenBLAS (its limit is rows x columns x depth = 262,144), which would
make it dearer, and no thread setting of the process has to be touched. And as every product
has the same shape whatever the batch holds, a sentence has the same scores, to the last bit,
in any company. Eight rows are as many as OpenBLAS's kernels treat alike: of sixteen, the
kernel for Haswell rounds the last four otherwise than the first twelve.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.lac.weights import HIDDEN, Array, Layer, Weights

Index = NDArray[np.int64]

ROWS = 8  # rows of a tile; batches are filled up to a multiple of it
LIMIT = 262_144  # rows x columns x depth of a tile


@dataclass(frozen=True, slots=True)
class Packed:
    """Places of a batch of sentences, longest first, laid out step by step.

    Step ``t`` holds one row for each sentence longer than ``t``, filled up to a multiple
    of ``ROWS``; its rows are ``starts[t]:starts[t + 1]`` and ``live[t]`` of them count.
    ``mirror`` leads from each row to that of the same sentence counted from its end.
    """

    lengths: Index
    starts: tuple[int, ...]
    live: tuple[int, ...]
    mirror: Index

    @property
    def rows(self) -> int:
        return self.starts[-1]


def pack(lengths: Sequence[int]) -> Packed:
    """The layout of sentences whose ``lengths`` never grow and are at least 1."""
    sizes = np.asarray(lengths, np.int64)
    steps = np.arange(int(sizes[0]))
    live = np.searchsorted(-sizes, -steps, side="left")  # sentences longer than each step
    filled = -(-live // ROWS) * ROWS
    starts = np.concatenate(([0], np.cumsum(filled)))
    mirror = np.arange(starts[-1])
    for row, size in enumerate(sizes):
        places = starts[:size] + row
        mirror[places] = places[::-1]
    return Packed(sizes, tuple(starts.tolist()), tuple(live.tolist()), mirror)


@dataclass(frozen=True, slots=True)
class _Recurrence:
    """Both directions of a layer, cut into tiles, with the halves of the sigmoid folded in."""

    project: tuple[tuple[Array, ...], tuple[Array, ...]]
    bias: tuple[Array, Array]
    gates: Array  # [2, 1, 128, 256]
    candidate: Array  # [2, 1, 128, 128]


class Network:
    """The network over given weights. Scores are float32; nothing is kept between calls."""

    def __init__(self, weights: Weights) -> None:
        self._embedding = weights.embedding
        self._layers = [_recurrence(pair) for pair in weights.layers]
        self._output = tiles(weights.output)
        self._output_bias = weights.output_bias

    def emissions(self, ids: Index, layout: Packed) -> Array:
        """Scores [rows, tags] of ``ids`` [rows], both in the order of ``layout``."""
        known, place = np.unique(ids, return_inverse=True)
        table = np.zeros((-(-len(known) // ROWS) * ROWS, HIDDEN), np.float32)
        table[: len(known)] = self._embedding[known]
        below, above = self._layers
        sides = [product(table, parts) for parts in below.project]
        inputs = np.empty((2, layout.rows, 3 * HIDDEN), np.float32)
        np.take(sides[0] + below.bias[0], place, axis=0, out=inputs[0])
        np.take(sides[1] + below.bias[1], place[layout.mirror], axis=0, out=inputs[1])
        states = _run(inputs, below, layout)
        for side, parts in enumerate(above.project):
            product(states, parts, out=inputs[side])
            inputs[side] += above.bias[side]
        inputs[1] = inputs[1][layout.mirror]
        return product(_run(inputs, above, layout), self._output) + self._output_bias


def _recurrence(pair: tuple[Layer, Layer]) -> _Recurrence:
    # sigma(x) = (1 + tanh(x / 2)) / 2. Halving is exact in binary, so the halves can be
    # put into the weights of update and reset, and the half that scales the reset state
    # into the candidate's.
    half = np.ones(3 * HIDDEN, np.float32)
    half[: 2 * HIDDEN] = 0.5

    def stack(*parts: Array) -> Array:
        return np.ascontiguousarray(np.stack(parts)[:, None])

    return _Recurrence(
        project=(tiles(pair[0].project * half), tiles(pair[1].project * half)),
        bias=(pair[0].bias * half, pair[1].bias * half),
        gates=stack(*(layer.gates * np.float32(0.5) for layer in pair)),
        candidate=stack(*(layer.candidate * np.float32(0.5) for layer in pair)),
    )


def _run(inputs: Array, layer: _Recurrence, layout: Packed) -> Array:
    """States [rows, 256] of both directions from their inputs [2, rows, 384].

    The second direction reads mirrored rows; its states are put back in order.
    """
    width = layout.starts[1]
    one = np.float32(1)
    half = np.float32(0.5)
    state = np.zeros((2, width, HIDDEN), np.float32)
    states = np.empty((2, layout.rows, HIDDEN), np.float32)
    for begin, end in zip(layout.starts, layout.starts[1:], strict=False):
        before = state[:, : end - begin]
        now = inputs[:, begin:end]
        gates = _step(before, layer.gates)
        gates += now[:, :, : 2 * HIDDEN]
        np.tanh(gates, out=gates)
        gates += one
        update, reset = gates[:, :, :HIDDEN], gates[:, :, HIDDEN:]
        reset *= before
        fresh = _step(reset, layer.candidate)
        fresh += now[:, :, 2 * HIDDEN :]
        np.tanh(fresh, out=fresh)
        fresh -= before
        update *= half
        fresh *= update
        fresh += before
        states[:, begin:end] = fresh
        state = fresh
    both = np.empty((layout.rows, 2 * HIDDEN), np.float32)
    both[:, :HIDDEN] = states[0]
    np.take(states[1], layout.mirror, axis=0, out=both[:, HIDDEN:], mode="clip")
    return both


def _step(state: Array, weights: Array) -> Array:
    """[2, n, 128] by [2, 1, 128, columns], a tile of rows at a time."""
    tiles = state.reshape(2, -1, ROWS, HIDDEN)
    stepped: Array = np.matmul(tiles, weights)
    return stepped.reshape(2, state.shape[1], -1)


def tiles(matrix: Array) -> tuple[Array, ...]:
    """The columns of a matrix in groups so narrow that a tile keeps to the limit."""
    width = LIMIT // (ROWS * len(matrix))
    columns = range(0, matrix.shape[1], width)
    return tuple(np.ascontiguousarray(matrix[:, at : at + width]) for at in columns)


def product(rows: Array, parts: tuple[Array, ...], out: Array | None = None) -> Array:
    """[n, depth] by a matrix cut by columns; n is a multiple of ``ROWS``."""
    if out is None:
        out = np.empty((len(rows), sum(tile.shape[1] for tile in parts)), np.float32)
    stack = rows.reshape(-1, ROWS, rows.shape[1])
    target = out.reshape(-1, ROWS, out.shape[1])
    at = 0
    for tile in parts:
        width = tile.shape[1]
        np.matmul(stack, tile, out=target[:, :, at : at + width])
        at += width
    return out

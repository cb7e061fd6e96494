"""The network and the decoder against plain ones, on random weights."""

from itertools import pairwise, product
from random import Random

import numpy as np
import pytest

from kg.lac.crf import SLICE, Decoder
from kg.lac.network import ROWS, Array, Network, Packed, pack
from kg.lac.weights import Layer, Weights


def _weights(tags: int, seed: int) -> Weights:
    rng = np.random.default_rng(seed)

    def values(*shape: int) -> Array:
        return (rng.standard_normal(shape) * 0.3).astype(np.float32)

    def layer(width: int) -> Layer:
        return Layer(values(width, 384), values(384), values(128, 256), values(128, 128))

    return Weights(
        ids={"OOV": 0},
        tags=tuple(str(tag) for tag in range(tags)),
        embedding=values(30, 128),
        layers=((layer(128), layer(128)), (layer(256), layer(256))),
        output=values(256, tags),
        output_bias=values(tags),
        start=values(tags) * 5,
        stop=values(tags) * 5,
        transitions=values(tags, tags) * 5,
    )


def _sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def _gru(inputs: Array, layer: Layer) -> Array:
    state, states = np.zeros(128), []
    for x in inputs.astype(np.float64) @ layer.project + layer.bias:
        u, r = np.split(_sigmoid(x[:256] + state @ layer.gates), 2)
        c = np.tanh(x[256:] + (r * state) @ layer.candidate)
        state = (1 - u) * state + u * c
        states.append(state)
    return np.asarray(states)


def _plain(ids: list[int], weights: Weights) -> Array:
    """The network on one sentence, a character at a time, in double precision."""
    rows = weights.embedding[ids]
    for forward, backward in weights.layers:
        rows = np.hstack([_gru(rows, forward), _gru(rows[::-1], backward)[::-1]])
    return rows @ weights.output + weights.output_bias


def _places(layout: Packed, row: int) -> list[int]:
    return [layout.starts[step] + row for step in range(int(layout.lengths[row]))]


def _batch(lengths: list[int], seed: int) -> tuple[list[list[int]], Packed, np.ndarray]:
    rng = Random(seed)
    sentences = [[rng.randrange(30) for _ in range(length)] for length in lengths]
    layout = pack(lengths)
    ids = np.zeros(layout.rows, np.int64)
    for row, sentence in enumerate(sentences):
        ids[_places(layout, row)] = sentence
    return sentences, layout, ids


@pytest.mark.parametrize("lengths", [[1], [7], [9, 9, 4, 1, 1], [12, 11] + [5] * 20 + [1]])
def test_scores_are_those_of_the_plain_network(lengths: list[int]) -> None:
    weights = _weights(5, seed=1)
    sentences, layout, ids = _batch(lengths, seed=2)
    scores = Network(weights).emissions(ids, layout)
    for row, sentence in enumerate(sentences):
        expected = _plain(sentence, weights)
        assert np.allclose(scores[_places(layout, row)], expected, atol=2e-5)


def test_company_does_not_change_a_bit() -> None:
    network = Network(_weights(57, seed=3))
    sentences, layout, ids = _batch([40, 33, *range(30, 0, -1)], seed=4)
    together = network.emissions(ids, layout)
    for row, sentence in enumerate(sentences):
        alone = pack([len(sentence)])
        ids = np.zeros(alone.rows, np.int64)
        ids[_places(alone, 0)] = sentence
        scores = network.emissions(ids, alone)[_places(alone, 0)]
        assert np.array_equal(scores, together[_places(layout, row)])


def test_layout() -> None:
    layout = pack([3, 1])
    assert layout.starts == (0, ROWS, 2 * ROWS, 3 * ROWS)
    assert layout.live == (2, 1, 1)
    assert layout.mirror[_places(layout, 0)].tolist() == _places(layout, 0)[::-1]
    assert layout.mirror[_places(layout, 1)].tolist() == _places(layout, 1)


@pytest.mark.parametrize("seed", range(4))
def test_the_best_of_all_paths(seed: int) -> None:
    weights = _weights(4, seed=seed)
    lengths = [5, 4, 4, 2, 1]
    layout = pack(lengths)
    rng = np.random.default_rng(seed)
    scores = rng.standard_normal((layout.rows, 4)).astype(np.float32)
    paths = Decoder(weights).decode(scores, layout)
    for row, length in enumerate(lengths):
        mine = scores[_places(layout, row)]

        def total(path: tuple[int, ...], mine: Array = mine) -> float:
            inner = sum(weights.transitions[a, b] for a, b in pairwise(path))
            ends = weights.start[path[0]] + weights.stop[path[-1]]
            return float(sum(mine[at, tag] for at, tag in enumerate(path)) + inner + ends)

        best = max(product(range(4), repeat=length), key=total)
        assert tuple(paths[row].tolist()) == best


def test_more_sentences_than_a_slice() -> None:
    weights = _weights(4, seed=9)
    count = 2 * SLICE + 3
    layout = pack([3] * count)
    scores = np.zeros((layout.rows, 4), np.float32)
    paths = Decoder(weights).decode(scores, layout)
    assert len({tuple(path.tolist()) for path in paths}) == 1

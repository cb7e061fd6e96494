"""The tagger against the words and tags that a correct implementation gives."""

import json
from pathlib import Path

import numpy as np

from kg import lac

GOLD = Path(__file__).parent / "gold" / "lac-reference.jsonl"


def test_every_reference_sentence_agrees() -> None:
    lines = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    found = lac.tag([line["text"] for line in lines])
    assert len(lines) == 88
    assert found == [[tuple(word) for word in line["words"]] for line in lines]


def test_emission_scores() -> None:
    lines = [json.loads(line)["text"] for line in GOLD.read_text("utf-8").splitlines()]
    scores = lac.Tagger().emissions(lines[-8])
    expected = [
        [3.91557, 1.39633, -0.49153, 1.13868, -1.92890, -0.32518],
        [-0.54228, 1.45907, -5.22540, -0.83480, -4.97958, 1.32219],
    ]
    assert np.abs(scores[:2, :6] - expected).max() < 1e-4

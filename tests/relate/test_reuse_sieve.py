"""Sieve: no seed that could be aligned is left out, and not all are taken."""

from __future__ import annotations

import random

import numpy as np
import pytest

from kg.model import CleanText, Document, Meta, Passage, Span
from kg.relate import reuse_seeds
from kg.relate.reuse import find
from kg.relate.reuse_align import align
from kg.relate.reuse_ink import Ink, ink
from kg.relate.reuse_sieve import hopeful

WORDS = [
    "修渠",
    "护林",
    "种茶",
    "养蜂",
    "晒谷",
    "开井",
    "水库",
    "山塘",
    "渡口",
    "粮仓",
    "因地制宜",
    "按月调度",
    "不等不靠",
]


def corpus(seed: int, documents: int) -> list[Document]:
    """Documents of sentences that are handed on with clauses changed, put in and left out."""
    dice = random.Random(seed)
    handed_on: list[list[str]] = []
    made = []
    for number in range(documents):
        text = ""
        for _ in range(12):
            if handed_on and dice.random() < 0.6:
                clauses = list(dice.choice(handed_on))
                at = dice.randrange(len(clauses))
                clauses[at] = dice.choice((clauses[at][2:], clause(dice), clauses[at] + "了", ""))
            else:
                clauses = [clause(dice) for _ in range(dice.randint(1, 5))]
            handed_on.append([part for part in clauses if part] or [clause(dice)])
            text += dice.choice("，、").join(handed_on[-1]) + dice.choice("。。，")
        passages = (Passage(Span(0, len(text)), text),)
        path = f"{number:03}"
        made.append(Document("d/" + path, text, CleanText(text, ((0, 0),)), passages, Meta(path)))
    return made


def clause(dice: random.Random) -> str:
    return "".join(dice.choice(WORDS) for _ in range(dice.randint(1, 5)))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_found_is_the_same_without_it(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = corpus(seed, 25)
    found = find(documents)
    assert len(found.entities) > 20
    monkeypatch.setattr(reuse_seeds, "hopeful", lambda ink, later, *_: np.ones(len(later), bool))
    assert find(documents) == found


@pytest.mark.parametrize("seed", range(4))
def test_no_seed_that_can_be_aligned_is_left_out(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_out: list[tuple[int, int]] = []

    def watched(
        text: Ink, later: np.ndarray, earlier: np.ndarray, length: np.ndarray
    ) -> np.ndarray:
        kept = hopeful(text, later, earlier, length)
        left_out.extend(zip(later[~kept].tolist(), earlier[~kept].tolist(), strict=True))
        return kept

    monkeypatch.setattr(reuse_seeds, "hopeful", watched)
    text = ink(corpus(seed, 25))
    places = reuse_seeds.seeds(text)
    assert left_out and places.pairs
    assert [pair for pair in left_out if align(text, *pair)] == []


def test_nothing_gives_nothing() -> None:
    none = np.empty(0, np.int64)
    assert hopeful(ink(corpus(0, 1)), none, none, none).tolist() == []
    assert hopeful(ink([]), none, none, none).tolist() == []

"""Tagger: sentences -> tagged words, in batches of alike length, with a cache of sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import normalize

import numpy as np

from kg.lac.crf import Decoder
from kg.lac.network import ROWS, Index, Network, pack
from kg.lac.weights import OOV, UNTRAINED, Array, Weights, load

Word = tuple[int, int, str]
Name = tuple[int, int, str, float]
Reading = tuple[tuple[Word, ...], tuple[Name, ...]]

# LAC has two tags for most kinds of name, one for what its own annotation calls a name of the
# kind and one that only its parts of speech know. For places and bodies both name things;
# the part of speech nr (person name) is left out, as most of what it marks is no name.
KINDS = {"PER": "PER", "LOC": "LOC", "ns": "LOC", "ORG": "ORG", "nt": "ORG"}

BATCH = 4096  # padded characters of a batch
HELD = 2_000_000  # characters of the sentences in the cache

# What stands in the training text for marks whose own rows are untrained, where
# compatibility normalisation does not lead there by itself.
MARKS = str.maketrans(
    "、。—…“”„‟「」『』‘’‚‛【】〖〗〔〕〈〉∶",
    ",.-." + '"' * 8 + "'" * 4 + "[][]()<>:",
)


class Tagger:
    """Segments and tags sentences. What a sentence gives depends on that sentence only."""

    def __init__(self, weights: Weights | None = None) -> None:
        weights = weights or load()
        self._tags = weights.tags
        self._ids = weights.ids
        self._trained = np.abs(weights.embedding).max(axis=1) > UNTRAINED
        self._known: dict[str, int] = {}
        self._network = Network(weights)
        self._decoder = Decoder(weights)
        self._cache: dict[str, Reading] = {}
        self._held = 0

    def tag(self, sentences: Sequence[str]) -> list[list[Word]]:
        """``(start, end, tag)`` of the words of each sentence, offsets in code points.

        The words of a sentence follow each other without a gap. An empty sentence has none.
        """
        return [list(words) for words, _ in self._read(sentences)]

    def names(self, sentences: Sequence[str]) -> list[list[Name]]:
        """``(start, end, tag, chance)`` of the words of each sentence whose tag is in ``KINDS``.

        The chance is what the network gives to just this word with this tag, from 0 to 1.
        """
        return [list(names) for _, names in self._read(sentences)]

    def _read(self, sentences: Sequence[str]) -> Iterator[Reading]:
        """What each sentence gives, from the cache where it is known."""
        found = {s: self._cache[s] for s in sentences if s in self._cache}
        fresh = [s for s in dict.fromkeys(sentences) if s and s not in found]
        for batch in batches(fresh):
            layout = pack([len(s) for s in batch])
            emissions = self._network.emissions(self._rows(batch, layout.starts), layout)
            paths = self._decoder.decode(emissions, layout)
            chances = self._decoder.chances(emissions, layout, paths)
            for at, (sentence, path) in enumerate(zip(batch, paths, strict=True)):
                words = tuple(_words([self._tags[tag] for tag in path]))
                names = (word for word in words if word[2] in KINDS)
                likely = tuple((*word, chances.of(at, *word[:2])) for word in names)
                found[sentence] = words, likely
                self._keep(sentence, found[sentence])
        return (found.get(sentence, ((), ())) for sentence in sentences)

    def emissions(self, sentence: str) -> Array:
        """Scores [characters, tags] of one sentence that is not empty, before decoding."""
        layout = pack([len(sentence)])
        scores = self._network.emissions(self._rows([sentence], layout.starts), layout)
        return scores[::ROWS][: len(sentence)]

    def _rows(self, batch: Sequence[str], starts: tuple[int, ...]) -> Index:
        """Embedding rows of the characters of a batch, in the order of its layout."""
        text = "".join(batch)
        for character in dict.fromkeys(text):
            if character not in self._known:
                self._known[character] = self._row(character)
        lengths = np.asarray([len(sentence) for sentence in batch])
        first = np.repeat(np.cumsum(lengths) - lengths, lengths)
        places = np.asarray(starts)[np.arange(len(text)) - first]
        places += np.repeat(np.arange(len(batch)), lengths)
        ids = np.full(starts[-1], self._ids[OOV], np.int64)
        ids[places] = [self._known[character] for character in text]
        return ids

    def _row(self, character: str) -> int:
        """The embedding row of a character: its own if that was trained, else that of its
        plain form, else the row of unknown characters."""
        row = self._ids.get(character)
        if row is None or not self._trained[row]:
            plain = normalize("NFKC", character.translate(MARKS)).lower()
            row = self._ids.get(plain)
        return self._ids[OOV] if row is None else row

    def _keep(self, sentence: str, reading: Reading) -> None:
        self._cache[sentence] = reading
        self._held += len(sentence)
        while self._held > HELD:
            oldest = next(iter(self._cache))
            del self._cache[oldest]
            self._held -= len(oldest)


def batches(sentences: Sequence[str]) -> Iterator[list[str]]:
    """The sentences, longest first, in groups of about ``BATCH`` padded characters."""
    ordered = sorted(sentences, key=len, reverse=True)
    at = 0
    while at < len(ordered):
        rows = max(ROWS, BATCH // len(ordered[at]) // ROWS * ROWS)
        yield ordered[at : at + rows]
        at += rows


def _words(tags: Sequence[str]) -> Iterator[Word]:
    """Words from the tags of characters: a word begins at the first character, at any
    beginning tag and where no-word tags begin."""
    start = 0
    for at in range(1, len(tags) + 1):
        if at == len(tags) or tags[at].endswith("-B") or (tags[at] == "O" != tags[at - 1]):
            yield start, at, tags[start].partition("-")[0]
            start = at

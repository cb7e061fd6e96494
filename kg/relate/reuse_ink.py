"""Ink: the letters, digits and characters of many documents in one array, with their places.

White space and punctuation do not count when passages are compared, nor does the width of a
letter or its case. Where a clause begins is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from kg.model import Document, Passage

Ints = NDArray[np.signedinteger]
Flags = NDArray[np.bool_]
FAR = 23  # characters beyond a place that are looked at
_CODES = 0x110000
_BATCH = 1 << 20  # characters taken at once: what is worked out on the way is large
_PAIRS = 1 << 17  # pairs of places looked at together
_FINAL = "。！？…!?"
_QUOTE = re.compile("“[^“”\n]{12,400}”")
_TITLE = re.compile("《[^《》\n]{1,60}》")
_APART = frozenset({"byline", "credit", "furniture", "masthead", "note"})  # not what a text says
_INSIDE = "、《》〈〉“”‘’「」『』\"'·-—~～%‰.．/／"  # marks that end no clause


@dataclass(frozen=True)
class Ink:
    """Ink of all passages, one after the other in the order of the documents.

    ``codes`` are folded code points, ``text`` and ``letters`` (UTF-32) the same; ``places`` the
    clean offset of each in its document. One byte each, 1 for yes: ``opens`` whether a clause
    begins with it, ``breaks`` whether a sentence does, both with one byte more than there is
    ink; ``named`` whether it stands in the title of a work. ``passages`` holds the number of the
    passage of each, ``starts`` where each passage begins in the ink (and where the last one
    ends), ``documents`` the number of each passage's document.
    """

    text: str
    letters: bytes
    codes: NDArray[np.uint32]
    places: Ints
    opens: bytes
    breaks: bytes
    named: bytes
    passages: NDArray[np.int32]
    starts: Ints
    documents: Ints


def ink(documents: Sequence[Document]) -> Ink:
    """The ink of every passage that is searched."""
    found = [
        (number, passage)
        for number, document in enumerate(documents)
        for passage in document.passages
        if passage.searched and passage.kind not in _APART
    ]
    size = sum(len(passage.text) for _, passage in found)
    codes = np.empty(size, np.uint32)
    places, passages = np.empty(size, np.int32), np.empty(size, np.int32)
    opens, breaks, named = (np.ones(size + 1, np.bool_) for _ in range(3))
    end = 0
    for first, group in _batches([passage for _, passage in found]):
        part = _part(group)
        begin, end = end, end + len(part.codes)
        codes[begin:end], places[begin:end] = part.codes, part.places
        passages[begin:end] = part.passages + first
        opens[begin:end], breaks[begin:end] = part.opens, part.breaks
        named[begin:end] = part.named
    letters = codes[:end].tobytes()
    del codes
    return Ink(
        letters.decode("utf-32-le", "surrogatepass"),
        letters,
        np.frombuffer(letters, "<u4"),
        places[:end],
        opens[: end + 1].tobytes(),
        breaks[: end + 1].tobytes(),
        named[:end].tobytes(),
        passages[:end],
        np.searchsorted(passages[:end], np.arange(len(found) + 1)).astype(np.int64),
        np.array([number for number, _ in found], np.int64),
    )


def _batches(passages: Sequence[Passage]) -> Iterator[tuple[int, Sequence[Passage]]]:
    """Passages that are taken together, with the number of the first."""
    first = size = 0
    for number, passage in enumerate(passages):
        size += len(passage.text)
        if size >= _BATCH:
            yield first, passages[first : number + 1]
            first, size = number + 1, 0
    yield first, passages[first:]


class _Part(NamedTuple):
    """The ink of some passages, numbered from 0; what is true of each letter as in ``Ink``."""

    codes: NDArray[np.uint32]
    places: Ints
    passages: NDArray[np.int64]
    opens: Flags
    breaks: Flags
    named: Flags


def _part(found: Sequence[Passage]) -> _Part:
    sizes = np.array([len(passage.text) + 1 for passage in found], np.int64)
    firsts = np.cumsum(sizes) - sizes
    joined = "".join(f"{passage.text}\n" for passage in found)
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")
    fold, marks = _tables(raw)
    kept = np.flatnonzero(fold[raw])
    passages = np.repeat(np.arange(len(found)), sizes)[kept]
    ends = np.isin(raw, [ord(mark) for mark in _FINAL])
    return _Part(
        fold[raw[kept]],
        kept - firsts[passages] + _begins(found)[passages],
        passages,
        _borders(marks[raw] | _quotes(joined), kept, passages),
        _borders(ends, kept, passages),
        _titles(joined)[kept],
    )


def reach(ink: Ink, later: Ints, earlier: Ints, step: int) -> Ints:
    """How many characters beyond two places of each pair stay equal, to the right (step 1) or to
    the left (step -1), within their passages, ``FAR`` at most."""
    found = np.zeros(len(later), np.int32)
    for begin in range(0, len(later), _PAIRS):
        some = slice(begin, begin + _PAIRS)
        _reach(ink, later[some], earlier[some], step, found[some])
    return found


def _reach(ink: Ink, later: Ints, earlier: Ints, step: int, found: Ints) -> None:
    room = np.minimum(_room(ink, later, step), _room(ink, earlier, step))
    alive = np.arange(len(later))
    for far in range(1, FAR + 1):
        later, earlier = later + step, earlier + step
        one, other = (ink.codes.take(at, mode="clip") for at in (later, earlier))
        equal = np.flatnonzero((one == other) & (room >= far))
        later, earlier, room, alive = later[equal], earlier[equal], room[equal], alive[equal]
        found[alive] = far


def _room(ink: Ink, places: Ints, step: int) -> Ints:
    """How many characters of its passage stand beyond each place."""
    passages = ink.passages[places]
    if step > 0:
        return ink.starts[passages + 1] - 1 - places
    return places - ink.starts[passages]


def _borders(marks: Flags, kept: NDArray[np.int64], passages: NDArray[np.int64]) -> Flags:
    """Before which ink a mark stands, or a passage begins."""
    before = np.cumsum(marks)[kept]
    found = np.ones(len(kept), np.bool_)
    found[1:] = (before[1:] != before[:-1]) | (passages[1:] != passages[:-1])
    return found


def _titles(text: str) -> NDArray[np.bool_]:
    inside = np.zeros(len(text), np.bool_)
    for title in _TITLE.finditer(text):
        inside[title.start() : title.end()] = True
    return inside


def _quotes(text: str) -> NDArray[np.bool_]:
    """The marks of quotations; a word or a name in quotation marks is none."""
    marks = np.zeros(len(text), np.bool_)
    for quote in _QUOTE.finditer(text):
        marks[[quote.start(), quote.end() - 1]] = True
    return marks


def _begins(passages: Sequence[Passage]) -> NDArray[np.int64]:
    return np.array([passage.span.start for passage in passages], np.int64)


def _tables(raw: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """For each code point what it counts as (0: no ink), and whether it ends a clause."""
    fold = np.zeros(_CODES, np.uint32)
    marks = np.zeros(_CODES, np.bool_)
    for code in np.flatnonzero(np.bincount(raw)) if len(raw) else ():
        char = chr(code)
        if char.isalnum():
            folded = normalize("NFKC", char).casefold()
            fold[code] = ord(folded) if len(folded) == 1 else code
        else:
            marks[code] = char not in _INSIDE and char != " "
    return fold, marks

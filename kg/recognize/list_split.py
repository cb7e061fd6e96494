"""List split: a clause cut into a given number of items, and the items trimmed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from kg.recognize import list_runs, list_trim
from kg.recognize.formula_numbers import NUMERAL
from kg.recognize.list_runs import Run
from kg.recognize.list_text import Piece, Stretch
from kg.recognize.list_trim import governs, lexicon, shared_head, shared_tail

LONGEST = 40  # letters of an item
REACH = 600  # characters before a name in which its list begins
_GOVERNING = frozenset("办做抓有设提给作为让使将把被搞干打订列推")
_ORDINAL = re.compile(rf"第[{NUMERAL}0-9]")
_JOINT = re.compile(r"[-－—→/]")


def split(stretch: Stretch, piece: Piece, number: int) -> list[Piece] | None:
    """The piece cut into ``number`` items: at 、, at 、 and a last 和, or at hyphens."""
    chunks = stretch.chunks(piece)
    if len(chunks) == number:
        return chunks
    parted = linked(stretch, chunks) if len(chunks) == number - 1 else None
    if parted is None and len(chunks) == 1:
        joints = [m.start() for m in _JOINT.finditer(stretch.text, piece.start, piece.end)]
        if len(joints) == number - 1:
            edges = [piece.start - 1, *joints, piece.end]
            return [Piece(a + 1, b) for a, b in itertools.pairwise(edges)]
        if number == 2:
            return _twins(stretch, piece)
    return parted


def _twins(stretch: Stretch, piece: Piece) -> list[Piece] | None:
    """Two words of two letters that share one, with nothing between: 线上线下."""
    at = piece.end - 4
    if at < piece.start:
        return None
    left, right = stretch.text[at : at + 2], stretch.text[at + 2 : piece.end]
    lead = stretch.text[max(at - 3, piece.start) : at]
    uses = lexicon().uses
    governed = any(uses.get(lead[n:]) in ("govern", "frame") for n in range(len(lead)))
    shares = (left[0] == right[0]) != (left[1] == right[1])
    if not (left + right).isalpha() or not shares or (lead and not governed):
        return None
    return [Piece(at, at + 2), Piece(at + 2, piece.end)]


def linked(stretch: Stretch, chunks: Sequence[Piece]) -> list[Piece] | None:
    """The last chunk divided at 和; of several places the one that makes the sides most alike."""
    last = chunks[-1]
    words = stretch.text[last.start : last.end]
    others = [stretch.words(chunk) for chunk in chunks[1:-1]]
    places = list_trim.link_splits(words)
    if not places:
        return None

    def unlike(place: tuple[int, int]) -> tuple[bool, int]:
        left, right = words[: place[0]], words[place[1] :]
        alike = shared_tail([left, right]) or shared_head([left, right])
        size = len(others[0]) if others else len(right)
        return not alike, abs(len(left) - size)

    at, end = min(places, key=unlike)
    return [*chunks[:-1], Piece(last.start, last.start + at), Piece(last.start + end, last.end)]


def trimmed(stretch: Stretch, pieces: Sequence[Piece], *, trim: bool = True) -> Run | None:
    if any(not 0 < piece.end - piece.start <= REACH for piece in pieces):
        return None
    words = [stretch.words(piece) for piece in pieces]
    if any(map(_ORDINAL.match, words)):
        return None
    even = len({len(word) for word in words[1:]}) == 1 < len(words) - 1
    if not even and governs(words[-1]) and not all(governs(word) for word in words[1:]):
        return None
    start = pieces[0].start
    if trim:
        start = stretch.outside(start + _first(words))
    run = list_runs.make(stretch, [Piece(start, pieces[0].end), *pieces[1:]], "run")
    return run if run is not None and max(map(len, run.texts)) <= LONGEST else None


def _first(words: Sequence[str]) -> int:
    """Where the first item begins; one far longer than the others of one length is cut to it."""
    start = list_trim.first_start(words[0], words[1:])
    size = len(words[1])
    even = len(words) > 2 and {len(word) for word in words[1:]} == {size}
    rest = len(words[0]) - start
    if even and size > 1 and rest > 2 * size and (rest > 2 * size + 2 or shared_tail(words)):
        return len(words[0]) - size
    return start


def ends_with_verb(texts: Sequence[str]) -> bool:
    """Whether the last item goes on into the verb that governs the name: 为A、B、C办好 + name."""
    last, others = texts[-1], texts[:-1]
    end, goes_on = list_trim.cut_et(last)
    if goes_on and end < len(last) - 1:
        return True
    if last[-1] in _GOVERNING and not any(text[-1] == last[-1] for text in others):
        return True
    even = {len(text) for text in others[1:] or others} == {len(last)}
    return not even and _verbal_end(last) and not any(map(_verbal_end, others))


def _verbal_end(text: str) -> bool:
    words = [text[-size:] for size in (2, 3, 4)]
    uses, actions = lexicon().uses, lexicon().actions
    return any(uses.get(w) in ("govern", "frame") and w not in actions for w in words)

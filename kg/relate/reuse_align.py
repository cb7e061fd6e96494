"""Align: a seed grown into the longest stretch that two passages share, words changed or not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kg.relate.reuse_ink import Ink

SHORTEST = 20  # characters of ink on each side
_LEAST = 16  # characters that must be the same, beside those in titles of works
_SCORE = 0.7  # share of the characters that must be the same
_GAP = 12  # characters that may be changed, put in or left out in one place
_SURE = 4  # equal characters after a change that show that the texts go together again
_EDGE = 6  # changed characters between the border of a clause and what is the same
_CHUNK = 64
_PENALTY = 1.5  # what a changed character costs, in equal ones

Block = tuple[int, int, int]  # later place, earlier place, length


@dataclass(frozen=True, slots=True)
class Shift:
    """An aligned pair of stretches in the ink: equal blocks in order, what is between changed."""

    blocks: tuple[Block, ...]

    @property
    def later(self) -> tuple[int, int]:
        return self.blocks[0][0], self.blocks[-1][0] + self.blocks[-1][2]

    @property
    def earlier(self) -> tuple[int, int]:
        return self.blocks[0][1], self.blocks[-1][1] + self.blocks[-1][2]

    @property
    def same(self) -> int:
        """Characters that both have."""
        return sum(length for *_, length in self.blocks)

    @property
    def changed(self) -> int:
        """Characters changed: of each changed place those of its longer side."""
        return sum(max(gap) for gap in self.gaps())

    @property
    def score(self) -> float:
        """Share of the characters of both that are the same, in [0, 1]."""
        both = self.later[1] - self.later[0] + self.earlier[1] - self.earlier[0]
        return round(2 * self.same / both, 4) if both else 0.0

    def gaps(self) -> list[tuple[int, int]]:
        """Lengths of the changed places: in the later text, in the earlier text."""
        return [(r[0] - le[0] - le[2], r[1] - le[1] - le[2]) for le, r in pairwise(self.blocks)]


def align(ink: Ink, later: int, earlier: int) -> Shift | None:
    """The stretch around a pair of equal places, from clause to clause; None if it is too short
    or too much of it is changed."""
    low = int(ink.starts[ink.passages[later]]), int(ink.starts[ink.passages[earlier]])
    high = int(ink.starts[ink.passages[later] + 1]), int(ink.starts[ink.passages[earlier] + 1])
    one = low[0] == low[1]  # of one passage: the two stretches must not meet
    if one:
        high = high[0], later
    right = _grown(ink.text, (later, earlier), high, 1)
    if one:
        low = right[-1][1] + right[-1][2] if right else later, low[1]
    left = _grown(ink.text, (later, earlier), low, -1)
    blocks = _trimmed(ink, _merged(left[::-1] + right), low, high)
    if not blocks:
        return None
    found = Shift(tuple(blocks))
    size = min(found.later[1] - found.later[0], found.earlier[1] - found.earlier[0])
    named = sum(int(ink.named[a : a + n].sum()) for a, _, n in found.blocks)
    if size < SHORTEST or found.same - named < _LEAST or found.score < _SCORE:
        return None
    return found


def _grown(text: str, place: tuple[int, int], ends: tuple[int, int], step: int) -> list[Block]:
    """Equal blocks from a place on, to the right (step 1) or to the left (step -1)."""
    a, b = place
    blocks: list[Block] = []
    value = best = 0.0
    kept = 0
    while True:
        size = _common(text, (a, b), ends, step)
        if size:
            blocks.append((a, b, size) if step > 0 else (a - size, b - size, size))
            a, b = a + size * step, b + size * step
            value += size
            if value > best:
                best, kept = value, len(blocks)
        jump = _jump(text, (a, b), ends, step)
        if jump is None or value < best - _PENALTY * _GAP:
            return blocks[:kept]
        value -= _PENALTY * max(jump)
        a, b = a + jump[0] * step, b + jump[1] * step


def _common(text: str, place: tuple[int, int], ends: tuple[int, int], step: int) -> int:
    """How many characters from two places on are equal, not going beyond the ends."""
    a, b = place
    most = min((ends[0] - a) * step, (ends[1] - b) * step)
    size, chunk = 0, _CHUNK
    while size < most:
        chunk = min(chunk, most - size)
        if _slice(text, a, size, chunk, step) == _slice(text, b, size, chunk, step):
            size += chunk
        elif chunk == 1:
            break
        else:
            chunk = max(chunk // 4, 1)
    return max(size, 0)


def _slice(text: str, place: int, size: int, chunk: int, step: int) -> str:
    if step > 0:
        return text[place + size : place + size + chunk]
    return text[place - size - chunk : place - size]


def _jump(
    text: str, place: tuple[int, int], ends: tuple[int, int], step: int
) -> tuple[int, int] | None:
    """The fewest characters to pass over on either side until the texts are equal again."""
    ahead = []
    for at, end in zip(place, ends, strict=True):
        size = max(min((end - at) * step, _GAP + _SURE), 0)
        ahead.append(_slice(text, at, 0, size, step)[::step])
    one, other = ahead
    best: tuple[int, int, int] | None = None
    for i in range(len(one) - _SURE + 1):
        if best and i > best[0]:
            break
        j = other.find(one[i : i + _SURE])
        if j >= 0 and (best is None or (max(i, j), i + j, i) < (best[0], sum(best[1:]), best[1])):
            best = max(i, j), i, j
    return best[1:] if best else None


def _merged(blocks: list[Block]) -> list[Block]:
    """Blocks in order, those that touch on both sides as one."""
    found: list[Block] = []
    for a, b, size in blocks:
        if found and found[-1][0] + found[-1][2] == a and found[-1][1] + found[-1][2] == b:
            found[-1] = (found[-1][0], found[-1][1], found[-1][2] + size)
        else:
            found.append((a, b, size))
    return found


def _trimmed(
    ink: Ink, blocks: list[Block], low: tuple[int, int], high: tuple[int, int]
) -> list[Block]:
    """Blocks cut so that the stretch begins and ends with a clause of either text.

    A clause whose first or last few characters are changed is taken whole where a clause
    begins or ends there in both texts.
    """
    if not blocks:
        return []
    a, b, size = blocks[0]
    at = _opening(ink, blocks[0])
    ahead = _edge(ink, (a, b), low, -1, at if at >= 0 else size)
    a, b, size = blocks[-1]
    behind = _edge(ink, (a + size, b + size), high, 1, size - _ending(ink, blocks[-1]))
    found = list(blocks)
    while behind is None and found:  # up to the last end of a clause
        a, b, size = found.pop()
        if kept := _ending(ink, (a, b, size)):
            found.append((a, b, kept))
            break
    while ahead is None and found:  # from the first beginning of a clause
        a, b, size = found.pop(0)
        at = _opening(ink, (a, b, size))
        if 0 <= at < size:
            found.insert(0, (a + at, b + at, size - at))
            break
    if not found:
        return []
    return _merged(([(*ahead, 0)] if ahead else []) + found + ([(*behind, 0)] if behind else []))


def _opening(ink: Ink, block: Block) -> int:
    """Where in a block a clause of either text begins first, -1 when none does."""
    a, b, size = block
    opens = ink.opens[a : a + size] | ink.opens[b : b + size]
    return int(opens.argmax()) if opens.any() else -1


def _ending(ink: Ink, block: Block) -> int:
    """How much of a block stands before the last end of a clause of either text, 0 for none."""
    a, b, size = block
    ends = ink.opens[a + 1 : a + size + 1] | ink.opens[b + 1 : b + size + 1]
    return size - int(ends[::-1].argmax()) if ends.any() else 0


def _edge(
    ink: Ink, place: tuple[int, int], ends: tuple[int, int], step: int, same: int
) -> tuple[int, int] | None:
    """The border of the clause of both texts a few changed characters away.

    None where there is none, where the place is such a border of one text already, or where
    not twice as much of the clause is the ``same`` as is changed.
    """
    found = []
    for at, end in zip(place, ends, strict=True):
        if ink.opens[at]:
            return None
        reach = (at + step * far for far in range(1, _EDGE + 1) if (end - at) * step >= far)
        border = next((other for other in reach if ink.opens[other]), None)
        if border is None or abs(border - at) * 2 > same:
            return None
        found.append(border)
    return found[0], found[1]

"""Align: a seed grown into the longest stretch that two passages share, words changed or not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kg.relate.reuse_ink import Ink

SHORTEST = 20  # characters of ink on each side
LEAST = 16  # characters that must be the same, beside those in titles of works
_SCORE = 0.7  # share of the characters that must be the same
GAP = 12  # characters that may be changed, put in or left out in one place
SURE = 4  # equal characters after a change that show that the texts go together again
EDGE = 6  # changed characters between the border of a clause and what is the same
_CHUNK = 16  # characters compared at once, at first
_WIDTH = 4  # bytes of a character
PENALTY = 1.5  # what a changed character costs, in equal ones

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
    right = _grown(ink, (later, earlier), high, 1)
    if one:
        low = right[-1][1] + right[-1][2] if right else later, low[1]
    left = _grown(ink, (later, earlier), low, -1)
    blocks = _trimmed(ink, _merged(left[::-1] + right), low, high)
    if not blocks:
        return None
    found = Shift(tuple(blocks))
    size = min(found.later[1] - found.later[0], found.earlier[1] - found.earlier[0])
    named = sum(ink.named.count(1, a, a + n) for a, _, n in found.blocks)
    if size < SHORTEST or found.same - named < LEAST or found.score < _SCORE:
        return None
    return found


def _grown(ink: Ink, place: tuple[int, int], ends: tuple[int, int], step: int) -> list[Block]:
    """Equal blocks from a place on, to the right (step 1) or to the left (step -1)."""
    a, b = place
    blocks: list[Block] = []
    value = best = 0.0
    kept = 0
    while True:
        size = _common(ink.letters, a, b, min((ends[0] - a) * step, (ends[1] - b) * step), step)
        if size:
            blocks.append((a, b, size) if step > 0 else (a - size, b - size, size))
            a, b = a + size * step, b + size * step
            value += size
            if value > best:
                best, kept = value, len(blocks)
        jump = _jump(ink.text, (a, b), ends, step)
        if jump is None or value < best - PENALTY * GAP:
            return blocks[:kept]
        value -= PENALTY * max(jump)
        a, b = a + jump[0] * step, b + jump[1] * step


def _common(letters: bytes, a: int, b: int, most: int, step: int) -> int:
    """How many characters from two places on are equal, of ``most``.

    Characters are told apart many at once, as one number: the lowest bit (to the right) or the
    highest bit (to the left) that differs stands in the first character that does.
    """
    size, chunk = 0, _CHUNK
    while size < most:
        chunk = min(chunk, most - size)
        far = size if step > 0 else -size - chunk
        one, other = _WIDTH * (a + far), _WIDTH * (b + far)
        width = _WIDTH * chunk
        differs = int.from_bytes(letters[one : one + width], "little")
        differs ^= int.from_bytes(letters[other : other + width], "little")
        if differs:
            if step < 0:
                return size + chunk - 1 - (differs.bit_length() - 1) // (8 * _WIDTH)
            return size + ((differs & -differs).bit_length() - 1) // (8 * _WIDTH)
        size += chunk
        chunk *= 2
    return size


def _jump(
    text: str, place: tuple[int, int], ends: tuple[int, int], step: int
) -> tuple[int, int] | None:
    """The fewest characters to pass over on either side until the texts are equal again."""
    a, b = place
    far = [max(min((end - at) * step, GAP + SURE), 0) for at, end in zip(place, ends, strict=True)]
    if step > 0:
        one, other = text[a : a + far[0]], text[b : b + far[1]]
    else:
        one, other = text[a - far[0] : a][::-1], text[b - far[1] : b][::-1]
    best: tuple[int, int, int] | None = None
    for i in range(len(one) - SURE + 1):
        if best and i > best[0]:
            break
        j = other.find(one[i : i + SURE])
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
    found = ink.opens.find(1, a, a + size) - a, ink.opens.find(1, b, b + size) - b
    return min((at for at in found if at >= 0), default=-1)


def _ending(ink: Ink, block: Block) -> int:
    """How much of a block stands before the last end of a clause of either text, 0 for none."""
    a, b, size = block
    found = ink.opens.rfind(1, a + 1, a + size + 1) - a, ink.opens.rfind(1, b + 1, b + size + 1) - b
    return max(*found, 0)


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
        if step > 0:
            border = ink.opens.find(1, at + 1, min(at + EDGE, end) + 1)
        else:
            border = ink.opens.rfind(1, max(at - EDGE, end), at)
        if border < 0 or abs(border - at) * 2 > same:
            return None
        found.append(border)
    return found[0], found[1]

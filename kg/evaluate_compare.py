"""Compare: when a thing of the graph and a thing of the answer key are the same, and tallies."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

Score = str | int | float | None | Mapping[str, "Score"]

# Signs in which key and graph may differ: white space, quotation marks, middle dots.
_LOOSE_SIGNS = re.compile(r"[\s“”‘’\"'《》〈〉「」『』·•・‧∙]")
_OUTER_SIGNS = "，。；：、,.;:—-–"
_CLAUSE_END = re.compile(r"[,;:。(]")
LONGEST = 60  # characters up to which a member may be longer than the key's


@dataclass(frozen=True)
class Section:
    """Scores by name, and the differences they rest on, a line each."""

    scores: Mapping[str, Score]
    differences: Sequence[str] = ()


@dataclass
class Tally:
    """Counts of what is right, of what is too much and of what is missing."""

    right: int = 0
    extra: int = 0
    missing: int = 0

    def add(self, other: Tally) -> None:
        """Add the counts of another tally."""
        self.right += other.right
        self.extra += other.extra
        self.missing += other.missing

    def scores(self) -> dict[str, Score]:
        """Counts, precision, recall and F1; a share of nothing is None.

        >>> Tally(3, 1, 1).scores()["f1"]
        0.75
        """
        precision = share(self.right, self.right + self.extra)
        recall = share(self.right, self.right + self.missing)
        both = (precision or 0) + (recall or 0)
        f1 = round(2 * precision * recall / both, 4) if precision and recall else 0.0
        return {
            "tp": self.right, "fp": self.extra, "fn": self.missing,
            "precision": precision, "recall": recall, "f1": f1,
        }  # fmt: skip


def share(part: int, whole: int) -> float | None:
    """``part`` of ``whole`` to four digits; None of nothing."""
    return round(part / whole, 4) if whole else None


def folded(text: str) -> str:
    """A name without the signs in which a key and a graph may differ.

    >>> folded("“三个 贯通”，")
    '三个贯通'
    """
    return _LOOSE_SIGNS.sub("", normalize("NFKC", text)).strip(_OUTER_SIGNS)


def assign(choices: Sequence[Sequence[int]]) -> dict[int, int]:
    """The largest one-to-one matching, found -> wanted; ``choices`` of each wanted, best first.

    >>> assign([[0, 1], [0]])
    {0: 1, 1: 0}
    """
    owner: dict[int, int] = {}

    def give(want: int, tried: set[int]) -> bool:
        for found in choices[want]:
            if found in tried:
                continue
            tried.add(found)
            if found not in owner or give(owner[found], tried):
                owner[found] = want
                return True
        return False

    for want in range(len(choices)):
        give(want, set())
    return owner


def same_members(found: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether two lists have the same members in the same order.

    A member may be the beginning or the end of the other, if it is its first clause or at
    least half of it.
    """
    return len(found) == len(wanted) and all(map(_alike, found, wanted))


def _alike(found: str, wanted: str) -> bool:
    key = folded(wanted)
    short, long = sorted((folded(found), key), key=len)
    if not short or len(long) > max(LONGEST, 2 * len(key)):
        return False
    if not (long.startswith(short) or long.endswith(short)):
        return False
    return 2 * len(short) >= len(long) or short == _CLAUSE_END.split(long)[0]


def close(left: float | None, right: float | None) -> bool:
    """Whether two numbers are equal but for rounding; an infinite one is as good as none."""
    infinite = (float("inf"), float("-inf"))
    left = None if left in infinite else left
    right = None if right in infinite else right
    if left is None or right is None:
        return left is right
    return abs(left - right) <= 1e-9 * max(1, abs(right))

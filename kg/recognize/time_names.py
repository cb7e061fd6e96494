"""Names that hold a time: titles, theories, plans; such a time dates nothing else."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import tables

_TITLE = re.compile("《[^《》]{1,200}》")
_REACH = 12  # characters before a time that a pattern may ask for


@dataclass(frozen=True, slots=True)
class NamePattern:
    """What stands before a time, what it is, and what stands after it, when it is in a name."""

    before: re.Pattern[str] | None
    time: re.Pattern[str]
    after: re.Pattern[str]

    def holds(self, text: str, start: int, end: int) -> bool:
        """Whether ``text[start:end]``, which matches ``time``, is part of a name."""
        if not self.after.match(text, end):
            return False
        return self.before is None or bool(self.before.search(text, max(0, start - _REACH), start))


@cache
def patterns() -> tuple[NamePattern, ...]:
    """Patterns of ``data/patterns/times.toml``."""
    found = []
    for row in tables.patterns("times")["in_name"]:
        before = re.compile(f"(?:{row['before']})$") if "before" in row else None
        found.append(NamePattern(before, re.compile(row["time"]), re.compile(row["after"])))
    return tuple(found)


def titles(text: str) -> list[tuple[int, int]]:
    """Stretches of ``text`` inside title marks, by place."""
    return [match.span() for match in _TITLE.finditer(text)]


def inside(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether ``text[start:end]`` stands in one of the titles ``spans`` or in a name."""
    if spans:
        at = bisect_right(spans, (start, len(text))) - 1
        if at >= 0 and end <= spans[at][1]:
            return True
    some = _candidates(text[start:end])
    return bool(some) and any(pattern.holds(text, start, end) for pattern in some)


@lru_cache(maxsize=4096)
def _candidates(word: str) -> tuple[NamePattern, ...]:
    """Patterns for this wording of a time; most wordings have none."""
    return tuple(pattern for pattern in patterns() if pattern.time.fullmatch(word))

"""Repeats: passages that stand before in the same document, or whole within another."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from kg import tables
from kg.model import Span

_SHORTEST = 20  # characters; shorter passages may well stand twice
_LONG = 40  # characters without particles; so long a passage may differ in a particle
_MANY = 40  # torn passages that are looked for in others
_INK = re.compile(r"\w+")


def firsts(
    passages: Sequence[tuple[Span, str]],
    parts: Sequence[tuple[Span, str]] = (),
    torn: Sequence[bool] = (),
) -> tuple[Span | None, ...]:
    """For each passage the span of the first that says the same, None for what is new.

    White space and punctuation do not count, nor in a long passage particles such as 的. ``parts``
    are texts that are a part of the passage with that span: what says the same as one of them
    repeats it, wherever it stands. A long passage that is ``torn`` and stands whole within
    another repeats that one.

    >>> firsts([(Span(0, 20), "甲" * 20), (Span(21, 42), "甲" * 20 + "。")])
    (None, Span(start=0, end=20))
    """
    seen = {_key(text): span for span, text in parts}
    found: list[Span | None] = []
    keys: list[str] = []
    for span, text in passages:
        key = _key(text)
        first = seen.setdefault(key, span) if len(key) >= _SHORTEST else span
        found.append(None if first is span else first)
        keys.append(key)
    if any(torn):
        for index, first in _contained(passages, keys, found, torn):
            found[index] = first
    return tuple(found)


def _contained(
    passages: Sequence[tuple[Span, str]],
    keys: Sequence[str],
    found: Sequence[Span | None],
    torn: Sequence[bool],
) -> Iterator[tuple[int, Span]]:
    """Torn passages that stand whole within another, and the span of that."""
    whole = [i for i, first in enumerate(found) if first is None]
    starts, size = [], 0
    for index in whole:
        starts.append(size)
        size += len(keys[index]) + 1
    text = "\n".join(keys[index] for index in whole)
    for place in [p for p, i in enumerate(whole) if torn[i] and len(keys[i]) >= _LONG][:_MANY]:
        key = keys[whole[place]]
        at = text.find(key)
        if at == starts[place]:
            at = text.find(key, at + len(key))
        if at >= 0:
            yield whole[place], passages[whole[bisect_right(starts, at) - 1]][0]


def _key(text: str) -> str:
    """What of a text counts."""
    if len(text) >= _LONG:
        bare = "".join(_without_particles().findall(text))
        if len(bare) >= _LONG:
            return bare
    return "".join(_INK.findall(text))


@cache
def _without_particles() -> re.Pattern[str]:
    particles = "".join(tables.words("lexicons/repair_particles"))
    return re.compile(rf"[^\W{particles}]+")

"""Repeats: passages that stand before in the same document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Span

_SHORTEST = 20  # characters; shorter passages may well stand twice
_INK = re.compile(r"\w+")


def firsts(
    passages: Sequence[tuple[Span, str]], parts: Sequence[tuple[Span, str]] = ()
) -> tuple[Span | None, ...]:
    """For each passage the span of the first that says the same, None for what is new.

    White space and punctuation do not count. ``parts`` are texts that are a part of the passage
    with that span: what says the same as one of them repeats it, wherever it stands.

    >>> firsts([(Span(0, 20), "甲" * 20), (Span(21, 42), "甲" * 20 + "。")])
    (None, Span(start=0, end=20))
    """
    seen = {"".join(_INK.findall(text)): span for span, text in parts}
    found: list[Span | None] = []
    for span, text in passages:
        ink = "".join(_INK.findall(text))
        first = seen.setdefault(ink, span) if len(ink) >= _SHORTEST else span
        found.append(None if first is span else first)
    return tuple(found)

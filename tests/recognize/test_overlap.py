"""Overlap: who wins where mentions share characters."""

from __future__ import annotations

import pytest

from kg.model import Mention, Span
from kg.recognize import PRIORITY
from kg.recognize.overlap import settle


def mention(kind: str, start: int, end: int) -> Mention:
    return Mention(Span(start, end), kind, "x" * (end - start), "test")


@pytest.mark.parametrize(
    ("mentions", "kept"),
    [
        ([("Place", 0, 2), ("Organization", 0, 6)], [("Organization", 0, 6)]),
        ([("Statistic", 0, 5), ("Time", 0, 5)], [("Time", 0, 5)]),
        ([("Statistic", 0, 6), ("Time", 2, 6)], [("Time", 2, 6)]),
        ([("Statistic", 0, 8), ("Time", 2, 5)], [("Statistic", 0, 8), ("Time", 2, 5)]),
        ([("Time", 2, 6), ("Work", 0, 9)], [("Work", 0, 9), ("Time", 2, 6)]),
        ([("Person", 0, 3), ("Role", 3, 5)], [("Person", 0, 3), ("Role", 3, 5)]),
        ([("Person", 0, 3), ("Person", 0, 3)], [("Person", 0, 3)]),
    ],
)
def test_settle(mentions: list[tuple[str, int, int]], kept: list[tuple[str, int, int]]) -> None:
    given = [mention(*m) for m in mentions]
    expected = tuple(mention(*m) for m in kept)
    assert settle(given, PRIORITY) == expected
    assert settle(reversed(given), PRIORITY) == expected

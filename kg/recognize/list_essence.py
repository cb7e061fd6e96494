"""List essence: what a spirit consists of, told behind its name: X精神的核心是A、B、C.

The other order, A、B、C的X精神, is read by :mod:`kg.recognize.list_before`.
"""

from __future__ import annotations

import re
from functools import cache

from kg import tables
from kg.recognize import list_runs
from kg.recognize.list_runs import FEWEST, Run
from kg.recognize.list_text import Cut, Piece, Stretch

LONGEST = 8  # letters of an item, unless all share two letters
_BORDERS = "，。；！？"


def find(stretch: Stretch, end: int, cut: Cut) -> Run | None:
    """The content of the spirit whose name ends at ``end`` of ``stretch``, at least three items."""
    match = _opening().match(stretch.raw, end)
    if match is None:
        return None
    place = stretch.base + match.end()
    inner = cut.beginning(place) if match["mark"] else None
    if match["mark"] and (inner is None or not inner.closed):
        return None
    return _items(inner, 0) if inner is not None else _items(stretch, match.end())


@cache
def _opening() -> re.Pattern[str]:
    """The words between a spirit and its content, and a quotation mark before the content."""
    essence = tables.patterns("formulas")["cue"]["essence"]
    return re.compile(rf"[”’」』》]?(?:{essence})\s*(?P<mark>[“「『])?")


def _items(stretch: Stretch, start: int) -> Run | None:
    """The items of one length, or with one frame, that fill the clause from ``start`` on."""
    index = stretch.clause_at(start)
    clause = stretch.clauses[index]
    chunks = stretch.chunks(Piece(start, clause.end, clause.sep))
    if len(chunks) == 2:
        return _pairs(stretch, start, index)
    if len(chunks) < FEWEST or (clause.sep and clause.sep not in _BORDERS):
        return None
    run = list_runs.make(stretch, chunks, "run")
    return run if run is not None and _alike(run) else None


def _pairs(stretch: Stretch, start: int, index: int) -> Run | None:
    """Clauses of two items each: A、B，C、D，E、F."""
    clauses: list[Piece] = []
    for clause in stretch.clauses[index:]:
        piece = Piece(max(clause.start, start), clause.end, clause.sep)
        if len(stretch.chunks(piece)) != 2:
            return None
        clauses.append(piece)
        if clause.sep != "，":
            break
    run = list_runs.make(stretch, clauses, "clauses") if len(clauses) > 1 else None
    return run if run is not None and len({len(text) for text in run.texts}) == 1 else None


def _alike(run: Run) -> bool:
    """Whether the items have one length or frame; what has 的 tells of the spirit, 时代的旗帜."""
    texts = run.texts
    if any("的" in text for text in texts):
        return False
    even = len({len(text) for text in texts}) == 1 and len(texts[0]) <= LONGEST
    return even or len(run.head) > 1 or len(run.tail) > 1

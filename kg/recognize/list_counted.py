"""List counted: items that count the head of a name, as in 一问A，二问B，三问C beside 三问.

The count may stand behind the items too: A是一患，B是二患，C是三患 beside 三患.
"""

from __future__ import annotations

import re

from kg.model import Span
from kg.recognize import list_runs
from kg.recognize.list_runs import Run
from kg.recognize.list_text import Piece, Stretch

NUMERALS = "一二三四五六七八九十"
BEFORE = 300  # characters before a name in which the first item begins
AFTER = 40  # characters behind a name in which the first item begins
LONGEST = 150  # characters from one item to the next
_TOLD = re.compile(
    rf"(?:就?是|为|乃|算)第?([{NUMERALS}])个?(?![名位号届次天年批集])([^\W\d_{NUMERALS}]{{1,3}})$"
)
_STAGED = frozenset("步阶段环级轮")  # letters of a name that tells of stages
_STAGES = tuple(
    re.compile(f"(?:{words})由?")
    for words in ("首?先", "再|然后|接着|继而|其次", "最?后|最终|再|终")
)
_STOP = re.compile("[，。；：！？…\n]")


def find(stretch: Stretch, name: Span, number: int, head: str) -> Run | None:
    """The items that count the head of the name, behind the name or before it.

    ``name`` is a span of ``stretch``. Each item is what follows its mark, up to the end of
    the clause; there must be ``number`` of them and no more.
    """
    if not 2 < number <= len(NUMERALS):
        return None
    told = _told(stretch, name, number)
    if told is None and not _STAGED.isdisjoint(stretch.raw[name.start : name.end]):
        told = _staged(stretch, name, number)
    if told is not None:
        return told
    if not 0 < len(head) <= 2:
        return None
    last = f"{NUMERALS[number - 1]}{head}"
    at = stretch.text.find(f"一{head}", name.end, name.end + AFTER + len(last))
    if at < 0:
        at = stretch.text.rfind(f"一{head}", max(name.start - BEFORE, 0), name.start)
    marks = _marks(stretch.text, at, number, head) if at >= 0 else []
    if len(marks) != number:
        return None
    return list_runs.make(stretch, _items(stretch, marks, len(head) + 1, name), "counted")


def _told(stretch: Stretch, name: Span, number: int) -> Run | None:
    """Clauses that end by counting: A是一患，B是二患, or A是第一仗，B是第二仗."""
    here = stretch.clause_at(name.start)
    found: list[Piece] = []
    thing = ""
    for clause in stretch.clauses[here + 1 : here + 2 * number + 4]:
        if clause.end <= clause.start:
            continue
        match = _TOLD.search(stretch.text, clause.start, clause.end)
        if match is None or match[1] != NUMERALS[len(found) % 10] or thing not in ("", match[2]):
            break
        thing = match[2]
        found.append(Piece(clause.start, match.start()))
    return list_runs.make(stretch, found, "counted") if len(found) == number else None


def _staged(stretch: Stretch, name: Span, number: int) -> Run | None:
    """Clauses behind the name that open with 先 (first), 再 (then) … 后 (at last)."""
    here = stretch.clause_at(name.start)
    found: list[Piece] = []
    for clause in stretch.clauses[here + 1 : here + 2 + number]:
        stage = 0 if not found else 2 if len(found) == number - 1 else 1
        match = _STAGES[stage].match(stretch.text, clause.start, clause.end)
        if match is None:
            return None
        found.append(Piece(match.end(), clause.end))
        if len(found) == number:
            return list_runs.make(stretch, found, "counted")
    return None


def _marks(text: str, at: int, number: int, head: str) -> list[int]:
    """Places of the marks 一问, 二问 …; one too many shows that the list is another one's."""
    found: list[int] = []
    for numeral in NUMERALS[: number + 1]:
        mark = f"{numeral}{head}"
        while at >= 0 and at and text[at - 1].isalpha():  # inside a clause it is no mark
            at = text.find(mark, at + 1, at + LONGEST)
        if at < 0:
            return found
        found.append(at)
        follows = NUMERALS[len(found) % len(NUMERALS)]
        at = text.find(f"{follows}{head}", at + 1, at + LONGEST)
    return found


def _items(stretch: Stretch, marks: list[int], size: int, name: Span) -> list[Piece]:
    pieces = []
    for index, at in enumerate(marks):
        start = at + size
        limit = marks[index + 1] - 1 if index + 1 < len(marks) else len(stretch.text)
        if start < name.start < limit:
            limit = name.start
        stop = _STOP.search(stretch.text, start, limit)
        pieces.append(Piece(start, stop.start() if stop else limit))
    return pieces

"""List above: the clauses and the sentence that 这 (this) before a name points back at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg import tables
from kg.model import FormulaName
from kg.recognize import list_runs
from kg.recognize.list_head import carried
from kg.recognize.list_runs import Run
from kg.recognize.list_split import ends_with_verb, split, trimmed
from kg.recognize.list_text import Piece, Stretch
from kg.recognize.list_trim import shared_head

END = "。！？…\n"


def clauses(stretch: Stretch, index: int, end: int, number: int, *, this: bool) -> Run | None:
    """The last ``number`` clauses before the name, in one sentence."""
    pieces: list[Piece] = []
    marks = set()
    at = index
    while at >= 0:
        clause = stretch.clauses[at]
        if at != index and clause.sep in END + "：:":
            break
        if at != index:
            marks.add(clause.sep)
        end = end if at == index else clause.end
        if end > clause.start:
            pieces.insert(0, Piece(clause.start, end, clause.sep))
        at -= 1
        if len(pieces) > number:
            break
    if "；" in marks and (this and pieces):
        return None
    exact = len(pieces) == number
    taken = pieces[-number:]
    if len(taken) < number or number < 2:
        return None
    run = trimmed(stretch, taken)
    if run is None:
        return None
    inner = {stretch.text.count("、", p.start, p.end) for p in taken}
    framed = len(run.head) >= 2 or len(run.tail) >= 2 or (len(inner) == 1 and 0 not in inner)
    if exact and (this or framed):
        return run
    return run if this and framed and not _goes_on(stretch, pieces, run) else None


def pointed(stretch: Stretch, index: int, detail: FormulaName) -> Run | None:
    """The list in the sentence that 这 + name points back at; 这 opens the clause ``index``."""
    before = _sentence(stretch, index)
    if not before:
        return None
    number = detail.number
    segments = _segments(before)
    if len(segments) == number:
        run = list_runs.make(stretch, [_whole(segment) for segment in segments], "clauses")
        if run is not None and _bound(run, detail, [stretch.words(s[0]) for s in segments]):
            return run
    last = segments[-1]
    for find in (_chunks, _ladder, _clauses):
        run = find(stretch, last, detail)
        if run is not None:
            return run
    return None


def _sentence(stretch: Stretch, index: int) -> list[Piece]:
    """The clauses before a clause, in its sentence or else in the one before."""
    at = index - 1
    while at >= 0 and stretch.clauses[at].end <= stretch.clauses[at].start:
        at -= 1
    found: list[Piece] = []
    while at >= 0 and len(found) <= list_runs.MOST:
        clause = stretch.clauses[at]
        if found and clause.sep in END + "：:":
            break
        if clause.end > clause.start:
            found.insert(0, clause)
        at -= 1
    return found if found and found[-1].sep in "，。；" else []


def _segments(clauses: Sequence[Piece]) -> list[list[Piece]]:
    segments: list[list[Piece]] = [[]]
    for clause in clauses:
        segments[-1].append(clause)
        if clause.sep in "；;" and clause is not clauses[-1]:
            segments.append([])
    return segments


def _whole(segment: Sequence[Piece]) -> Piece:
    return Piece(segment[0].start, segment[-1].end)


def _chunks(stretch: Stretch, clauses: Sequence[Piece], detail: FormulaName) -> Run | None:
    """The items of the last clause: A、B、C，这 + name."""
    clause = clauses[-1]
    pieces = split(stretch, clause, detail.number) if "、" in stretch.words(clause) else None
    if pieces is None:
        return None
    run = list_runs.read(stretch, pieces) if len(pieces) > 2 else None
    if run is None or len(run.items) != detail.number or not list_runs.framed(run):
        run = trimmed(stretch, pieces)
    if run is None or ends_with_verb(run.texts):
        return None
    # Over a full stop, any run could have the number by chance.
    long = min(map(len, run.texts)) > 2 and list_runs.framed(run)
    return run if clause.sep == "，" or long or _bound(run, detail, run.texts) else None


def _ladder(stretch: Stretch, clauses: Sequence[Piece], detail: FormulaName) -> Run | None:
    """The items of 既要A，也要B，还要C (both A and B and C too)."""
    found: list[Piece] = []
    for clause in clauses[-detail.number :]:
        match = _rungs()[bool(found)].match(stretch.text, clause.start, clause.end)
        if match is None:
            return None
        found.append(Piece(match.end(), clause.end))
    return list_runs.make(stretch, found, "clauses") if len(found) == detail.number else None


@cache
def _rungs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    frame = tables.patterns("formulas")["frame"]
    first, next_ = ("|".join(frame[key]) for key in ("rung", "rungs"))
    return re.compile(rf"[^，。；]{{0,12}}?(?:{first})[要需须应]?"), re.compile(
        f"(?:{next_})[要需须应]?"
    )


def _clauses(stretch: Stretch, clauses: Sequence[Piece], detail: FormulaName) -> Run | None:
    """The clauses themselves, without a word such as 目前 (at present) alone before them."""
    number = detail.number
    leads = tables.patterns("formulas")["frame"]["leads"]
    if len(clauses) == number + 1 and stretch.words(clauses[0]) in leads:
        clauses = clauses[1:]
    if len(clauses) < number:
        return None
    taken = clauses[-number:]
    framed = number > 2 and len(shared_head([stretch.words(c) for c in taken[1:]])) > 1
    run = trimmed(stretch, taken, trim=framed or clauses[-1].sep == "，")
    if run is None:
        return None
    if len(clauses) == number and clauses[-1].sep == "，":
        return run
    if not _bound(run, detail, run.texts):
        return None
    return run if len(clauses) == number or not _goes_on(stretch, clauses, run) else None


def _bound(run: Run, detail: FormulaName, firsts: Sequence[str]) -> bool:
    """Whether items share a frame of two letters, or carry the head of the name."""
    return len(run.head) > 1 or len(run.tail) > 1 or carried(firsts, detail)


def _goes_on(stretch: Stretch, pieces: Sequence[Piece], run: Run) -> bool:
    """Whether the clause before the run shares its frame, so that the run is longer than told."""
    words = stretch.words(pieces[0])
    return bool(run.head and run.head in words) or bool(run.tail and words.endswith(run.tail))

"""Glued: headings that a source ran together with the text after them in one long line.

Such a heading begins where a sentence ended and has no full stop: the next sentence opens right
behind it. Two things show where: the opening of a sentence (patterns/repair_glued.toml) behind
words that do not reach over it, and the text taking up the words with which the heading begins.
One such place may be chance: headings are told only where a line has several, as often as
headings come.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from kg import tables
from kg.model import Span

LONG = 1500  # characters; a longer line may be several passages run together
_LEAST, _MOST = 8, 72  # characters of a heading
_CLAUSES = 3  # of a heading at most
_WEAK, _STRONG = 2, 3  # proof for a heading among others, and by itself
_SIBLINGS = 3  # headings of a line at least, two of them strong
_EVERY = 3000  # characters in which a heading comes at least
_APART = 80  # characters between two headings at least
_AGAIN, _CLEARLY = 4, 6  # characters of a heading that the text takes up again
_SENTENCE_END = re.compile("[。！？…]+[”’」』）)]*")
_INNER = re.compile("[。！？；：…]")
_CLAUSE = re.compile("[^，、]{4,}")
_MARKS = frozenset("，。！？；：、…“”‘’（）()《》〈〉—·,.;:!? ")
_CLOSERS = frozenset("”》）")
_PAIRS = ("“”", "《》", "（）")


def headings(line: str) -> tuple[Span, ...]:
    """Where headings stand in a long line, in order; empty where that is not clear."""
    if len(line) < LONG:
        return ()
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(line))]
    best: dict[int, tuple[int, Span]] = {}  # by where it begins
    for span, proof in (*_opened(line, starts), *_repeated(line, starts)):
        if proof >= _WEAK and proof > best.get(span.start, (0, span))[0]:
            best[span.start] = proof, span
    found: list[tuple[int, Span]] = []
    for start in sorted(best):
        if not found or start - found[-1][1].end >= _APART:
            found.append(best[start])
    strong = sum(proof >= _STRONG for proof, _ in found)
    if strong < 2 or len(found) < max(_SIBLINGS, len(line) / _EVERY):
        return ()
    return tuple(span for _, span in found)


def _opened(line: str, starts: Sequence[int]) -> Iterator[tuple[Span, int]]:
    """Headings before the opening of a sentence, and how much speaks for each."""
    pattern, rows = _table()
    for match in pattern.finditer(line):
        at = match.start()
        span = Span(starts[bisect_right(starts, at) - 1], at)
        if not _is_heading(line, span):
            continue
        weight, led = rows[int((match.lastgroup or "o0")[1:])]
        if not (led and _ending("leading").search(line, span.start, at)):
            yield span, weight + _taken_up(line, span)


def _repeated(line: str, starts: Sequence[int]) -> Iterator[tuple[Span, int]]:
    """Headings whose first words, or the first of a clause, the text right behind takes up."""
    for start, end in pairwise((*starts, len(line))):
        stop = min(end, start + _MOST)
        for clause in _CLAUSE.finditer(line, start, stop):
            at = line.find(line[clause.start() : clause.start() + _AGAIN], clause.start() + 1, stop)
            if at < 0 or not _is_heading(line, span := Span(start, at)):
                continue
            if not _ending("leading").search(line, start, at):
                yield span, _taken_up(line, span)


def _is_heading(line: str, span: Span) -> bool:
    """Whether a stretch may be a heading: short, whole, and with no word that reaches over its
    end."""
    text = line[span.start : span.end]
    if not _LEAST <= len(text) <= _MOST or _INNER.search(text) or text.count("，") >= _CLAUSES:
        return False
    if any(text.count(pair[0]) != text.count(pair[1]) for pair in _PAIRS):
        return False
    if text[-1] in _MARKS - _CLOSERS or line[span.end] in _MARKS - {"“", "《"}:
        return False
    if len(text) - text.rfind("，") <= _AGAIN:
        return False
    return bool(_ending("whole").search(text)) or not _ending("reaching").search(text)


def _taken_up(line: str, span: Span) -> int:
    """What it proves that the text goes on with the words of the heading or of its clauses."""
    text, after = line[span.start : span.end], line[span.end : span.end + len(span)]
    most = 0
    for clause in _CLAUSE.finditer(text):
        size = 0
        for one, other in zip(clause.group(), after, strict=False):
            if one != other or one in _MARKS:
                break
            size += 1
        most = max(most, size)
    return 0 if most < _AGAIN else _STRONG if most >= _CLEARLY else _WEAK


@cache
def _table() -> tuple[re.Pattern[str], tuple[tuple[int, bool], ...]]:
    """One pattern that looks for every opening at every place, and the weight of each and
    whether a verb may lead on to it."""
    rows = tables.patterns("repair_glued")["opening"]
    found = "|".join(f"(?P<o{number}>{row['pattern']})" for number, row in enumerate(rows))
    return re.compile(f"(?={found})"), tuple((r["weight"], r.get("led", False)) for r in rows)


@cache
def _ending(name: str) -> re.Pattern[str]:
    return re.compile(tables.patterns("repair_glued")[name])

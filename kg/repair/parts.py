"""Parts: the pieces that one document prints, each under a headline and a byline of its own.

A page of a newspaper may hold several articles, a record of a meeting several speeches. Where
headlines with bylines stand between runs of paragraphs, they head what follows them; where the
last of them has nothing to head and text stands before the first, a layout has put each behind
its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from kg.model import Part, Span
from kg.repair import metadata
from kg.repair.shapes import wording

_HEADS = frozenset(["title", "subtitle", "heading"])
_LEAST = 2  # pieces of a document
_SHORT = 0.5  # of a usual piece, that an introduction before the first is at most
_LONG = 1.5  # of the longest other piece, from which a run may hold one that has lost its head
_ORDINAL = re.compile(
    r"(?:第(?P<a>[一二三四五六七八九十])[，、]|(?P<b>[一二三四五六七八九十])(?:是|要|、)"
    r"|[（(](?P<c>[一二三四五六七八九十])[)）])"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A passage as parts are told from it."""

    kind: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Head:
    """A headline and the byline that ends it: where it begins, where its byline stands and
    where the text behind it begins, as places among the passages."""

    start: int
    byline: int
    stop: int


def told(lines: Sequence[Line]) -> tuple[tuple[Part, ...], tuple[int, ...]]:
    """The pieces of a document, and for each passage the number of its piece, 0 for none.

    Both are empty or 0 where the document is one piece, or it is not clear which it holds.
    """
    heads = _without_title(list(_heads(lines)))
    runs = _runs(lines, heads) if len(heads) >= _LEAST else []
    found: list[tuple[int, int, _Head | None]] = []  # first and last place of a piece
    if runs and not _size(lines, *runs[-1]) and _size(lines, *runs[0]):
        found = _behind(lines, heads, runs)
    elif runs and all(_size(lines, *run) for run in runs[1:]):
        usual = median(_size(lines, *run) for run in runs[1:])
        if _size(lines, *runs[0]) <= _SHORT * usual:
            stops = [_until(lines, *run) for run in runs[1:]]
            found = [(head.start, stop, head) for head, stop in zip(heads, stops, strict=True)]
    numbers = [0] * len(lines)
    for number, (start, stop, _) in enumerate(found, 1):
        numbers[start:stop] = [number] * (stop - start)
    return tuple(_part(lines, *piece) for piece in found), tuple(numbers)


def _heads(lines: Sequence[Line]) -> Iterator[_Head]:
    """Headlines with bylines, and bylines that stand without a headline."""
    for index, line in enumerate(lines):
        if line.kind != "byline":
            continue
        start = index
        while start > 0 and lines[start - 1].kind in _HEADS:
            start -= 1
        stop = index + 1
        while stop < len(lines) and lines[stop].kind in ("byline", "masthead"):
            stop += 1
        if lines[index - 1 : index] and lines[index - 1].kind == "byline":
            continue  # two lines of one byline
        yield _Head(start, index, stop)


def _without_title(heads: list[_Head]) -> list[_Head]:
    """Heads of which the first leaves out the title of the whole that stands above it: it has no
    more lines than the others."""
    most = max((head.byline - head.start for head in heads[1:]), default=0)
    for first in heads[:1]:
        heads[0] = replace(first, start=max(first.start, first.byline - most))
    return heads


def _runs(lines: Sequence[Line], heads: Sequence[_Head]) -> list[tuple[int, int]]:
    """What stands before the first head, between each two, and after the last."""
    starts = [0, *(head.stop for head in heads)]
    stops = [*(head.start for head in heads), len(lines)]
    first = 0  # the title of the whole stands before the pieces
    while first < stops[0] and lines[first].kind in (*_HEADS, "masthead", "note", "furniture"):
        first += 1
    return [(first, stops[0]), *zip(starts[1:], stops[1:], strict=True)]


def _until(lines: Sequence[Line], start: int, stop: int) -> int:
    """Where a piece ends: before the headline of a wire story, which has no byline but says in
    its first words who reports."""
    for at in range(start + 1, stop):
        if lines[at].kind == "paragraph" and wording("dateline").match(lines[at].text):
            while lines[at - 1].kind in _HEADS and at - 1 > start:
                at -= 1
            return at
    return stop


def _size(lines: Sequence[Line], start: int, stop: int) -> int:
    """Characters of the paragraphs of a run."""
    return sum(len(line.text) for line in lines[start:stop] if line.kind == "paragraph")


def _behind(
    lines: Sequence[Line], heads: Sequence[_Head], runs: Sequence[tuple[int, int]]
) -> list[tuple[int, int, _Head | None]]:
    """The pieces where each head stands behind its text; nothing where one has no text."""
    if not all(_size(lines, *run) for run in runs[:-1]):
        return []
    found: list[tuple[int, int, _Head | None]] = []
    others = max(_size(lines, *run) for run in runs[1:-1])
    start, stop = runs[0]
    if _size(lines, start, stop) > _LONG * others:
        at = _second(lines, start, stop)
        found.append((start, at, None))
        start = at
    for head, (first, _) in zip(heads, ((start, 0), *runs[1:]), strict=False):
        if first < head.start:
            found.append((first, head.stop, head))
    return found


def _second(lines: Sequence[Line], start: int, stop: int) -> int:
    """Where in a run that is too long a second piece begins: with the paragraph that leads to
    the last 一是 (first) after a 二是 (second); its end where that is not clear."""
    counted = False
    found = stop
    for index in range(start, stop):
        match = _ORDINAL.match(lines[index].text)
        if match and match[match.lastgroup or 0] != "一":
            counted = True
        elif match and counted and not _ORDINAL.match(lines[index - 1].text):
            found = index - 1
    return found


def _part(lines: Sequence[Line], start: int, stop: int, head: _Head | None) -> Part:
    span = Span(lines[start].span.start, lines[stop - 1].span.end)
    if head is None:
        return Part(span)
    titles = lines[head.start : head.byline]
    byline = lines[head.byline]
    return Part(
        span,
        title=metadata.headline(
            [line.text for line in titles if line.kind != "subtitle"],
            [line.text for line in titles if line.kind == "subtitle"],
        ),
        authors=metadata.names(byline.text, is_byline=True),
        headline=Span(titles[0].span.start, titles[-1].span.end) if titles else None,
        byline=byline.span,
    )

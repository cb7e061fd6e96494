"""Cuts: lines in which a source ran several things together, cut where the border is clear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg import tables
from kg.model import CleanText, Span
from kg.repair import glued, shapes

_TAIL = 100  # characters at the end of a line in which a credit or note is looked for
_HEAD = 300  # characters at its beginning in which title and source are looked for
_SENTENCE_END = re.compile("[。！？…”）]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of clean text that becomes a passage; ``kind`` is empty when still unknown."""

    span: Span
    text: str
    kind: str = ""


def cut(text: CleanText) -> tuple[Piece, ...]:
    """The lines of a joined text, and what is clearly apart in one line as pieces of its own.

    No character is left out but the line feeds and the space at a cut.
    """
    return tuple(
        Piece(Span(*_trimmed(text.text, start, end)), text.text[start:end].strip(" "), kind)
        for begin, stop in _lines(text.text)
        for start, end, kind in _parts(text, begin, stop)
        if text.text[start:end].strip(" ")
    )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line:
            yield start, start + len(line)
        start += len(line) + 1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip(" ")), end - len(part) + len(part.rstrip(" "))


def _parts(text: CleanText, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    line = text.text[start:end]
    kind = shapes.kind(line)
    if kind == "credit":
        at = start + _name_end(text, start, line)
        yield start, at, kind
        yield at, end, "furniture"
        return
    if kind:
        yield start, end, kind
        return
    opens = start <= _HEAD and not text.text[:start].strip()
    for stop, part in _head(line[:_HEAD], unlabelled=opens and len(line) > _HEAD):
        yield start, start + stop, part
        line, start = line[stop:], start + stop
    tail = _tail_start(line)
    at = 0
    for heading in glued.headings(line[:tail]):
        yield start + at, start + heading.start, ""
        yield start + heading.start, start + heading.end, "heading"
        at = heading.end
    yield start + at, start + tail, ""
    yield start + tail, end, shapes.kind(line[tail:])


def _head(line: str, *, unlabelled: bool) -> Iterator[tuple[int, str]]:
    """Length and kind of the title, source and byline that open a line, each from the last.

    ``unlabelled``: a title may stand there without a label, right before those of the source.
    """
    title = shapes.wording("head_title").match(line)
    if not title and unlabelled:
        title = shapes.wording("head_open").match(line)
    if not title:
        return
    yield title.end(), "title"
    rest = line[title.end() :]
    time = shapes.wording("head_time").match(rest)
    if time:
        yield time.end(), "masthead"
        rest = rest[time.end() :]
    while (label := shapes.wording("head_label").match(rest)) and (stop := _value_end(label)):
        yield stop, "byline" if label["author"] else "masthead"
        rest = rest[stop:]
    stop = _byline_end(rest)
    if stop:
        yield stop, "byline"


def _value_end(label: re.Match[str]) -> int:
    """Where the value of a label ends, 0 when that is not clear."""
    if label["author"]:
        return _name_stop(label.string, label.end())
    value = "head_time" if label["time"] else "head_source"
    found = shapes.wording(value).match(label.string, label.end())
    return found.end() if found else 0


def _byline_end(text: str) -> int:
    """Where a post and a name that open a text end, 0 when that is not clear."""
    post = shapes.wording("head_post").match(text)
    if post is None or not shapes.ends_in_post(post.group().rstrip(" ")):
        return 0
    return _name_stop(text, post.end())


def _name_stop(text: str, at: int) -> int:
    """Where a name that runs into a text ends, 0 when that is not clear.

    A surname has one or two more characters; what follows must open as texts do.
    """
    surname = re.match(shapes.surname(), text[at : at + 2])
    if surname is None:
        return 0
    first = at + surname.end() + 1
    stops = [stop for stop in (first, first + 1) if _opener().match(text, stop)]
    return stops[0] if len(stops) == 1 else 0


def _tail_start(line: str) -> int:
    """Where a credit or note that ends a line begins; the line's length when there is none."""
    low = max(len(line) - _TAIL, 1)
    for end in _SENTENCE_END.finditer(line, low - 1, max(len(line) - 2, 0)):
        if shapes.kind(line[end.end() :].lstrip(" ")) in ("credit", "note"):
            return end.end()
    return len(line)


def _name_end(text: CleanText, start: int, line: str) -> int:
    """Where the last name of a credit ends when page furniture runs on after it.

    A name of two characters is set with a space between them: what follows it without one is
    no part of the name.
    """
    last = re.search(r"^.*[：:]([一-鿿])([一-鿿])(?=[一-鿿])", line)
    if last is None or re.search("[：:]", line[last.end() :]):
        return len(line)
    first, second = start + last.start(1), start + last.start(2)
    spaced = text.origin(second) - text.origin(first) > 1
    joined = text.origin(second + 1) - text.origin(second) == 1
    return last.end() if spaced and joined else len(line)


@cache
def _opener() -> re.Pattern[str]:
    words = sorted(tables.words("lexicons/repair_openers"), key=lambda w: (-len(w), w))
    return re.compile("(?:" + "|".join(map(re.escape, words)) + "|[12][0-9]{3}年|[0-9]{1,2}月)")

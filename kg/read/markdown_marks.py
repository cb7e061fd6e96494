"""Marks: what in a passage of Markdown is text and what is mark-up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.model import Span

_TOKEN = re.compile(
    r"(?P<escape>\\)[!-/:-@\[-`{-~]"
    r"|(?P<code>(?P<ticks>`+)(?!`)[^`\n]{0,2000}(?<!`)(?P=ticks)(?!`))"
    r"|(?P<image>!\[[^\]\n]{0,500}\](?:\([^()\n]{0,2000}\)|\[[^\]\n]{0,200}\])?)"
    r"|(?P<foot>\[\^[^\]\n]{1,100}\])"
    r"|\[(?P<link>[^\[\]\n]{1,500})\](?:\([^()\n]{0,500}(?:\([^()\n]{0,200}\)[^()\n]{0,500})?\)"
    r"|\[[^\]\n]{0,200}\])"
    r"|(?P<tag><(?:/?[A-Za-z][^<>\n]{0,1000}|https?://[^<>\n ]{1,1000}|!--[^\n]{0,1000}?--)>)"
    r"|(?P<space>&(?:nbsp|emsp|ensp|#160|#8195);)"
    r"|(?P<run>\*{1,3}|_{1,3}|~~|==)"
)


def plain(raw: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Stretches of ``raw`` within ``lines`` that are text, in order; blanks at the ends of the
    whole are left out. Lines of one passage hang together: what parts them is in a stretch.

    >>> raw = "甲**乙**[丙](a.htm)"
    >>> [raw[s.start : s.end] for s in plain(raw, [Span(0, len(raw))])]
    ['甲', '乙', '丙']
    """
    marks = sorted(_marks(raw, lines) + _between(raw, lines))
    at, end = lines[0].start, lines[-1].end
    at += len(raw[at:end]) - len(raw[at:end].lstrip())
    end = at + len(raw[at:end].rstrip())
    for start, stop in marks:
        if start > at:
            yield Span(at, min(start, end))
        at = max(at, stop)
        if at >= end:
            return
    if at < end:
        yield Span(at, end)


def _between(raw: str, lines: Sequence[Span]) -> list[tuple[int, int]]:
    """What stands between two lines but the end of the line: marks of quotes and indents."""
    found = []
    for left, right in pairwise(lines):
        feed = max(raw.rfind("\n", left.end, right.start), raw.rfind("\r", left.end, right.start))
        if feed + 1 < right.start:
            found.append((feed + 1, right.start))
    return found


def _marks(raw: str, lines: Sequence[Span]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: dict[str, tuple[int, int]] = {}
    for line in lines:
        for match in _TOKEN.finditer(raw, line.start, line.end):
            if match["run"]:
                _pair(raw, line, match, opened, found)
            else:
                found += _parts(match, raw)
    return found


def _parts(match: re.Match[str], raw: str) -> list[tuple[int, int]]:
    """The marks of one token."""
    start, end = match.span()
    if match["escape"]:
        return [(start, start + 1)]
    if match["code"]:
        ticks = len(match["ticks"])
        return [(start, start + ticks), (end - ticks, end)]
    if match["link"]:
        inner = Span(match.start("link"), match.end("link"))
        found = [(start, inner.start), (inner.end, end)]
        runs: dict[str, tuple[int, int]] = {}
        for run in _TOKEN.finditer(raw, inner.start, inner.end):
            if run["run"]:
                _pair(raw, inner, run, runs, found)
        return found
    return [(start, end)]


def _pair(
    raw: str,
    line: Span,
    match: re.Match[str],
    opened: dict[str, tuple[int, int]],
    found: list[tuple[int, int]],
) -> None:
    """Pair a run of marks with the last that opened: both are marks then, none is alone."""
    run = match["run"]
    start, end = match.span()
    before = raw[start - 1] if start > line.start else " "
    after = raw[end] if end < line.end else " "
    inside = run[0] == "_" and before.isascii() and before.isalnum() and after.isalnum()
    if inside or (run == "*" and before.isdigit() and after.isdigit()):
        return
    if run in opened and not before.isspace():
        found += [opened.pop(run), (start, end)]
    elif not after.isspace():
        opened[run] = (start, end)

"""Blocks: clean text laid out as the format of the source tells, one line for each passage.

A block is a passage. Three kinds are more: one with an empty kind goes on with the passage of
the block before it; a ``cell`` does so after a blank; the line breaks in ``lines`` may or may
not end passages. Raw text outside the blocks is no part of the clean text. What stands between
two passages is at least one character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import CleanText, Span
from kg.raw import Block, RawText
from kg.repair import characters, cuts, offsets, spaces, wraps
from kg.repair.cuts import Piece
from kg.repair.offsets import Edit

_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_JOINT = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\\s*")
_BORDER = re.compile("\t+|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_LINES, _ROW, _CELL = "lines", "row", "cell"
# Kinds of blocks that are no kinds of passages; an empty one is for the text to tell.
_PASSAGE = {"paragraph": "", _LINES: "", "item": "paragraph", "row": "paragraph"}


@dataclass(frozen=True, slots=True)
class Laid:
    """Clean text, and the block that each line of it comes from."""

    text: CleanText
    owners: tuple[Block, ...]


def laid(raw: RawText) -> Laid:
    """The clean text of what stands in the blocks of ``raw``, one line for each passage."""
    groups = _groups(raw)
    edits = tuple(_outside(raw.text, groups))
    rows = [int(number == 0) for number in range(len(groups))]  # lines of each passage
    for number, edit in edits:
        if edit.keep == "\n":
            rows[number] += 1
    for number, group in enumerate(groups):
        if group[0].kind == _LINES:
            whole = "".join(raw.text[b.span.start : b.span.end] for b in group)
            rows[number] += len(_BREAK.findall(whole))
    text = offsets.edited(offsets.whole(raw.text), (edit for _, edit in edits))
    return _unwrapped(spaces.tidy(characters.plain(text)), groups, rows)


def whole(text: Laid) -> frozenset[int]:
    """The numbers of the lines that are neither torn nor the rest of a torn one: headings, rows
    and other passages whose kind the format tells."""
    return frozenset(
        number for number, block in enumerate(text.owners) if _PASSAGE.get(block.kind, block.kind)
    )


def pieces(text: Laid) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The passages of a laid-out text, and the language of each that its format tells.

    A passage whose kind the format tells is one piece; others are cut where their text says so.
    """
    found: list[Piece] = []
    starts = [0, *(m.end() for m in re.finditer("\n", text.text.text))]
    languages: list[str] = []
    told: set[int] = set()
    for piece in cuts.cut(text.text):
        line = bisect_right(starts, piece.span.start) - 1
        block = text.owners[line]
        kind = _PASSAGE.get(block.kind, block.kind)
        if not kind:
            found.append(piece)
        elif line not in told:
            told.add(line)
            found.append(_whole(text.text.text, starts, line, kind))
        else:
            continue
        languages.append(block.language)
    return tuple(found), tuple(languages)


def _whole(text: str, starts: Sequence[int], line: int, kind: str) -> Piece:
    end = starts[line + 1] - 1 if line + 1 < len(starts) else len(text)
    ink = text[starts[line] : end]
    start = starts[line] + len(ink) - len(ink.lstrip(" "))
    return Piece(Span(start, start + len(ink.strip(" "))), ink.strip(" "), kind)


def _groups(raw: RawText) -> list[list[Block]]:
    """Blocks by passage; passages without ink are left out."""
    found: list[list[Block]] = []
    at = 0
    for block in raw.blocks:
        joins = block.kind in ("", _CELL) or (at == block.span.start and at > 0)
        at = block.span.end
        if joins and found:
            found[-1].append(block)
        else:
            found.append([block])
    return [trimmed for group in found if (trimmed := _trimmed(group, raw.text))]


def _trimmed(group: list[Block], text: str) -> list[Block]:
    """The blocks of a passage without blanks at its end; empty when it has no ink."""
    while group and not _ink(text, group[-1]):
        group = group[:-1]
    if not group:
        return []
    span = group[-1].span
    end = span.start + len(text[span.start : span.end].rstrip())
    return [*group[:-1], replace(group[-1], span=Span(span.start, end))]


def _ink(text: str, block: Block) -> bool:
    return bool(text[block.span.start : block.span.end].strip())


def _outside(text: str, groups: Sequence[Sequence[Block]]) -> Iterator[tuple[int, Edit]]:
    """Edits that take out what stands outside the blocks and join the lines within them, each
    with the number of the passage that it begins or stands in."""
    at, gap = 0, ""
    for passage, group in enumerate(groups):
        for number, block in enumerate(group):
            if number:
                is_apart = block.kind == _CELL and group[0].kind != _LINES
                gap = "\n" if is_apart else ""  # a blank once spaces are tidied
            if block.span.start > at:
                yield passage, Edit(at, block.span.start, gap)
            if group[0].kind == _ROW:
                inner = _borders(text, block.span)
            else:
                inner = _joints(text, block.span) if group[0].kind != _LINES else iter(())
            for edit in inner:
                yield passage, edit
            at = block.span.end
        gap = "\n"
    if at < len(text):
        yield len(groups) - 1, Edit(at, len(text))


def _borders(text: str, span: Span) -> Iterator[Edit]:
    """Tabs part the cells of a row; the ends of lines in it say nothing."""
    for match in _BORDER.finditer(text, span.start, span.end):
        keep = "\n" if text[match.start()] == "\t" else ""
        yield Edit(match.start(), match.end(), keep)


def _joints(text: str, span: Span) -> Iterator[Edit]:
    last = span.start
    for match in _JOINT.finditer(text, span.start, span.end):
        start = last + len(text[last : match.start()].rstrip(" \t\u3000"))
        before = text[start - 1 : start] if start > span.start else ""
        after = text[match.end() : match.end() + 1]
        latin = before.isascii() and after.isascii() and before and after
        yield Edit(start, match.end(), " " if latin else "")
        last = match.end()


def _unwrapped(text: CleanText, groups: Sequence[Sequence[Block]], rows: Sequence[int]) -> Laid:
    """Join the cells of rows, and the lines of blocks whose breaks may say nothing."""
    owners: list[Block] = []
    edits: list[Edit] = []
    starts = [0, *(m.end() for m in re.finditer("\n", text.text)), len(text.text) + 1]
    row = 0
    for group, count in zip(groups, rows, strict=True):
        start, end = starts[row], starts[row + count] - 1
        inner: tuple[Edit, ...] = ()
        if count > 1 and group[0].kind == _LINES:
            inner = tuple(wraps.breaks(text.text[start:end]))
        elif count > 1:
            feeds = re.finditer("\n", text.text[start:end])
            inner = tuple(Edit(m.start(), m.end(), " ") for m in feeds)
        edits += (Edit(e.start + start, e.end + start, e.keep) for e in inner)
        owners += [group[0]] * (1 + sum(edit.keep == "\n" for edit in inner))
        row += count
    return Laid(offsets.edited(text, edits), tuple(owners))

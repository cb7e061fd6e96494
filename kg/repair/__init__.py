"""Repair: raw text -> clean text with a way back, cut into passages.

The steps work one after the other on a text whose every character knows its place in the raw
text; none of them invents a character but for white space.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import CleanText, Document, Passage, RawText, Span, document_id
from kg.repair import (
    anchors,
    blocks,
    characters,
    cuts,
    kinds,
    languages,
    metadata,
    offsets,
    parts,
    repeats,
    spaces,
    tears,
    wraps,
)
from kg.repair.cuts import Piece

# Clean text, its pieces, the language of each that its format tells, and the tails of torn
# passages: the span of the joined passage and the words.
_Parts = tuple[CleanText, tuple[Piece, ...], tuple[str, ...], Sequence[tuple[Span, str]]]


def repair(raw: RawText) -> Document:
    """The document with its repaired text, its passages and its metadata.

    Between two passages the clean text has a line feed, or nothing where the source ran them
    together in one line.
    """
    text, pieces, marked, tails = _in_blocks(raw) if raw.blocks else _in_lines(raw)
    tongues = [tag or languages.told(p.text) for p, tag in zip(pieces, marked, strict=True)]
    told = _kinds(pieces, tongues, titled=any(b.kind == "title" for b in raw.blocks))
    chinese = [
        metadata.Part(kind, piece.text)
        for kind, piece, tongue in zip(told, pieces, tongues, strict=True)
        if tongue.startswith("zh")
    ]
    meta = metadata.completed(raw.meta, chinese)
    anchor = anchors.of_document(meta)
    firsts = repeats.firsts([(piece.span, piece.text) for piece in pieces], tails)
    lines = [parts.Line(kind, p.text, p.span) for kind, p in zip(told, pieces, strict=True)]
    printed, numbers = parts.told(lines)
    passages = tuple(
        Passage(p.span, p.text, kind, anchors.of_passage(p.text, kind, anchor), first, tongue, part)
        for p, kind, first, tongue, part in zip(pieces, told, firsts, tongues, numbers, strict=True)
    )
    return Document(
        document_id(meta.path),
        raw.text,
        text,
        passages,
        meta,
        raw.problems,
        raw.pages,
        raw.extracted,
        printed,
    )


def _in_lines(raw: RawText) -> _Parts:
    """Clean text, pieces and what is told of them, found by what stands on the lines."""
    text = offsets.whole(raw.text)
    for step in (characters.plain, spaces.tidy, wraps.joined):
        text = step(text)
    mended = tears.joined(text)
    pieces = cuts.cut(mended.text)
    tails = [
        (piece.span, mended.text.text[tail.start : tail.end])
        for piece in (pieces if mended.tails else ())
        for tail in mended.tails
        if piece.span.contains(tail)
    ]
    return mended.text, pieces, ("",) * len(pieces), tails


def _in_blocks(raw: RawText) -> _Parts:
    """The same where the format of the source tells."""
    laid = blocks.laid(raw)
    return laid.text, *blocks.pieces(laid), ()


def _kinds(pieces: tuple[Piece, ...], tongues: list[str], *, titled: bool) -> tuple[str, ...]:
    """Kinds of the passages; those in other languages do not count among the Chinese ones."""
    chinese = [p for p, tongue in zip(pieces, tongues, strict=True) if tongue.startswith("zh")]
    found = iter(kinds.told(chinese, titled=titled))
    return tuple(
        next(found) if tongue.startswith("zh") else p.kind or "paragraph"
        for p, tongue in zip(pieces, tongues, strict=True)
    )

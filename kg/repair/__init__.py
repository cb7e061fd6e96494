"""Repair: raw text -> clean text with a way back, cut into passages.

The steps work one after the other on a text whose every character knows its place in the raw
text; none of them invents a character but for white space.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import CleanText, Document, Passage, Span, document_id
from kg.raw import RawText
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
    lines = [parts.Line(kind, p.text, p.span) for kind, p in zip(told, pieces, strict=True)]
    printed, numbers = parts.told(lines)
    broken = tears.broken(
        [
            line.text if line.kind == "paragraph" and tongue.startswith("zh") else ""
            for line, tongue in zip(lines, tongues, strict=True)
        ]
    )
    firsts = repeats.firsts([(p.span, p.text) for p in pieces], tails, [bool(b) for b in broken])
    dated = anchors.of_passages(((p.kind, p.text) for p in lines), anchors.of_document(meta))
    passages = tuple(
        Passage(
            line.span,
            line.text,
            line.kind,
            anchor,
            repeats=first,
            language=tongue,
            part=number,
            torn=torn,
        )
        for line, anchor, first, tongue, number, torn in zip(
            lines, dated, firsts, tongues, numbers, broken, strict=True
        )
    )
    return Document(
        document_id(meta.path),
        raw.text,
        text,
        passages,
        meta,
        problems=raw.problems,
        pages=raw.pages,
        extracted=raw.extracted,
        parts=printed,
    )


def _in_lines(raw: RawText) -> _Parts:
    """Clean text, pieces and what is told of them, found by what stands on the lines."""
    plain = spaces.tidy(characters.plain(offsets.whole(raw.text)))
    unwrapped = wraps.joined(plain)
    mended = tears.joined(unwrapped.text, soft=frozenset(unwrapped.soft))
    pieces = cuts.cut(mended.text)
    return mended.text, pieces, ("",) * len(pieces), _tails(mended, pieces)


def _in_blocks(raw: RawText) -> _Parts:
    """The same where the format of the source tells."""
    laid = blocks.laid(raw)
    mended = tears.joined(laid.text, kept=blocks.whole(laid))
    pieces, languages = blocks.pieces(blocks.Laid(mended.text, mended.of(laid.owners)))
    return mended.text, pieces, languages, _tails(mended, pieces)


def _tails(mended: tears.Joined, pieces: tuple[Piece, ...]) -> list[tuple[Span, str]]:
    """Each tail of a torn passage: the span of the passage that it was joined to, its words."""
    return [
        (piece.span, mended.text.text[tail.start : tail.end])
        for piece in (pieces if mended.tails else ())
        for tail in mended.tails
        if piece.span.contains(tail)
    ]


def _kinds(pieces: tuple[Piece, ...], tongues: list[str], *, titled: bool) -> tuple[str, ...]:
    """Kinds of the passages; those in other languages do not count among the Chinese ones."""
    chinese = [p for p, tongue in zip(pieces, tongues, strict=True) if tongue.startswith("zh")]
    found = iter(kinds.told(chinese, titled=titled))
    return tuple(
        next(found) if tongue.startswith("zh") else p.kind or "paragraph"
        for p, tongue in zip(pieces, tongues, strict=True)
    )

"""Passages: where the repaired text of a document stands in its raw text, as a compact string."""

from __future__ import annotations

import json

from kg.model import Document, Passage


def encoded(document: Document) -> str:
    """JSON: a list of ``[kind, [begin, end, begin, end, …], repeats, language]``.

    The pairs are the pieces of raw text (code points, half-open) that make up the passage, in
    its order; a white-space character among them may stand for another that repair put there.
    ``repeats`` is the place in the list of the passage that this one repeats, else -1.
    """
    places = {passage.span: at for at, passage in enumerate(document.passages)}
    rows = [
        (
            passage.kind,
            _pieces(document, passage),
            places.get(passage.repeats, -1) if passage.repeats else -1,
            passage.language,
        )
        for passage in document.passages
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _pieces(document: Document, passage: Passage) -> list[int]:
    found: list[int] = []
    for piece in document.clean.pieces(passage.span):
        if found and found[-1] == piece.start:
            found[-1] = piece.end
        else:
            found += (piece.start, piece.end)
    return found

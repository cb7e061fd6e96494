"""Formats: the rows of a query as an aligned table, as CSV, as JSON."""

from __future__ import annotations

import csv as csv_
import io
import json as json_
import re
from collections.abc import Mapping
from unicodedata import category, combining, east_asian_width

from kg.namespaces import XSD
from kg.query.sparql import Result, Term

WIDEST = 60  # columns of a terminal that one cell may fill
NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))
_NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?|[+-]?INF", re.ASCII)
# East Asian spreadsheets run the full-width signs too.
_line = json_.JSONEncoder(ensure_ascii=False).encode
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(result: Result) -> str:
    """Aligned columns for a terminal; Han characters count as two, IRIs are shortened.

    What a terminal would obey is shown, not sent; long cells are cut with ``…``.
    """
    head = [_shown(name) for name in result.columns]
    rows = [[_cell(term, result.prefixes or {}) for term in row] for row in result.terms]
    right = [
        bool(rows) and all(t is None or t.datatype in NUMBERS for t in column)
        for column in zip(*result.terms, strict=True)
    ] or [False] * len(head)
    widths = [max(map(width, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["─" * size for size in widths], *rows]
    text = "".join(
        "  ".join(_padded(*cell) for cell in zip(line, widths, right, strict=True)).rstrip() + "\n"
        for line in lines
    )
    return text if rows else text + "(no rows)\n"


def csv(result: Result) -> str:
    """CSV (RFC 4180); a text that a spreadsheet would run as a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv_.writer(out, lineterminator="\r\n")
    writer.writerow(result.columns)
    writer.writerows([_harmless(term) for term in row] for row in result.terms)
    return out.getvalue()


def json(result: Result) -> str:
    """JSON as SPARQL 1.1 Query Results prescribes; triples have the columns of ``columns``.

    A line holds one row.
    """
    if result.form == "ask":
        return _line({"head": {}, "boolean": result.rows[0][0]}) + "\n"
    rows = [
        _line(
            {
                name: _described(term)
                for name, term in zip(result.columns, row, strict=True)
                if term is not None
            }
        )
        for row in result.terms
    ]
    head, body = _line({"vars": list(result.columns)}), ",\n".join(rows)
    return f'{{"head": {head},\n"results": {{"bindings": [\n{body}\n]}}}}\n'


def width(text: str) -> int:
    """Columns that a text fills in a terminal.

    >>> width("三个贯通 4")
    10
    """
    return sum(
        0 if combining(c) or category(c) == "Cf" else 2 if east_asian_width(c) in "WF" else 1
        for c in text
    )


def _padded(text: str, size: int, right: bool) -> str:
    space = " " * (size - width(text))
    return space + text if right else text + space


def _cell(term: Term | None, prefixes: Mapping[str, str]) -> str:
    if term is None:
        return ""
    text = term.value
    if term.kind == "uri":
        fits = [(iri, short) for short, iri in prefixes.items() if text.startswith(iri)]
        if fits:
            iri, short = max(fits)
            text = f"{short}:{text.removeprefix(iri)}"
    return _cut(_shown(text))


def _shown(text: str) -> str:
    """A text on one line, control characters as a visible sign."""
    kept = [
        " " if c in "\t\n\r\u2028\u2029" else "\ufffd" if category(c) in ("Cc", "Cs") else c
        for c in text
    ]
    return "".join(c for c in kept if category(c) != "Cf" or c == "\u200d")


def _cut(text: str) -> str:
    if width(text) <= WIDEST:
        return text
    size, end = 0, 0
    while size + width(text[end]) < WIDEST:
        size += width(text[end])
        end += 1
    return text[:end] + "…"


def _harmless(term: Term | None) -> str:
    if term is None:
        return ""
    text = term.value.replace("\x00", "\ufffd")
    is_number = term.datatype in NUMBERS and _NUMBER.fullmatch(text)  # a type is soon claimed
    return "'" + text if text.startswith(_FORMULA) and not is_number else text


def _described(term: Term) -> dict[str, str]:
    found = {"type": term.kind, "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    if term.datatype:
        found["datatype"] = term.datatype
    return found

"""Markdown: the file is the raw text; headings, paragraphs, items and rows are its blocks.

Marks (#, *, `, the pipes of tables, the addresses of links, front matter, tags) stand outside
the blocks. A block with an empty kind goes on with the passage of the block before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.edtf import valid
from kg.model import Meta, Sourced, Span
from kg.raw import Block, RawText
from kg.read import limits, markdown_marks
from kg.read.encoding import decode
from kg.read.extracted import titled

SUFFIXES = (".md", ".markdown")

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|(?=[^\x00-\x7f][^#]*$))(.*)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_NUMBER = re.compile(r"[ \t]*[0-9]{1,9}[.)][ \t]+")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_DEFINITION = re.compile(r" {0,3}\[([^\]\n]{1,200})\]:")
_TEMPLATE = re.compile(r"[ \t]*(?:\{:.*\}|\{%.*%\}|\[TOC\]|\[\[_TOC_\]\])[ \t]*$", re.I)
_MATTER = re.compile(r"([A-Za-z_]+)[ \t]*[:=][ \t]*(.*)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_DAY = re.compile(r"([12][0-9]{3})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Row:
    """A line: where it stands, and its text without the end of the line."""

    start: int
    text: str


@dataclass(slots=True)
class _Scan:
    """One pass over the lines of a file."""

    raw: str
    rows: Sequence[Row]
    blocks: list[Block] = field(default_factory=list)
    held: list[Span] = field(default_factory=list)  # lines of the passage in hand
    kind: str = "paragraph"

    def flush(self) -> None:
        """End the passage in hand."""
        if self.held:
            kind = self.kind
            if kind == "paragraph" and len(self.held) > 1:
                kind = "lines"  # repair tells whether lines go on
            self.emit(self.held, kind)
        self.held, self.kind = [], "paragraph"

    def emit(self, lines: Sequence[Span], kind: str) -> None:
        """Add a passage: the stretches of it that are no marks."""
        for number, span in enumerate(markdown_marks.plain(self.raw, lines)):
            self.blocks.append(Block(span, kind if number == 0 else ""))


def read(data: bytes, where: str, encoding: str) -> RawText:
    """The text of a Markdown file, with its blocks; title and date from the front matter."""
    limits.check(len(data), limits.TEXT_BYTES, "bytes of text", where)
    found = decode(data, where, encoding)
    rows = [
        Row(m.start(), m.group().rstrip("\r\n")) for m in _LINE.finditer(found.text) if m.group()
    ]
    first, matter = _front_matter(rows)
    scan = _Scan(found.text, rows)
    index = first
    while index < len(rows):
        index = _step(scan, index)
    scan.flush()
    meta = _meta(matter, Meta(where, encoding=found.encoding))
    return RawText(found.text, meta, found.problems, blocks=titled(scan.blocks, found.text))


def _step(scan: _Scan, index: int) -> int:
    """Read what begins in a line; the index of the next line."""
    row = scan.rows[index]
    fence = _FENCE.match(row.text)
    if fence:
        return _code(scan, index, fence[1])
    if row.text.lstrip().startswith("<!--"):
        return _comment(scan, index)
    quote = _QUOTE.match(row.text)
    start, text = row.start, row.text
    if quote:
        start, text = start + quote.end(), text[quote.end() :]
    return _line(scan, index, start, text)


def _line(scan: _Scan, index: int, start: int, text: str) -> int:
    ink = text.strip()
    if not ink or _TEMPLATE.match(text) or _DEFINITION.match(text):
        scan.flush()
        note = _DEFINITION.match(text) if ink else None
        if note and note[1].startswith("^"):
            scan.emit([Span(start + note.end(), start + len(text))], "note")
        return index + 1
    if scan.held and _SETEXT.match(text) and len(scan.held) <= 2:
        scan.kind = "heading"
        scan.flush()
        return index + 1
    if _RULE.match(text):
        scan.flush()
        return index + 1
    heading = _ATX.match(text)
    if heading:
        scan.flush()
        closing = _CLOSING.search(text)
        stop = closing.start() if closing and closing.start() >= heading.start(2) else len(text)
        scan.emit([Span(start + heading.start(2), start + stop)], "heading")
        return index + 1
    if "|" in text and _heads_table(scan.rows, index):
        scan.flush()
        return _table(scan, index)
    bullet = _BULLET.match(text)
    if bullet or _NUMBER.match(text):
        scan.flush()
        scan.kind = "item"
        start, text = (start + bullet.end(), text[bullet.end() :]) if bullet else (start, text)
        heading = _ATX.match(text)
        if heading:  # a heading that is an item
            start, text = start + heading.start(2), text[heading.start(2) :]
    scan.held.append(Span(start, start + len(text)))
    if text.endswith(("  ", "\\")):  # a break that is meant
        scan.held[-1] = Span(start, start + len(text.rstrip(" ").rstrip("\\")))
        scan.flush()
    return index + 1


def _code(scan: _Scan, index: int, fence: str) -> int:
    """Every line of fenced text is a passage."""
    scan.flush()
    index += 1
    while index < len(scan.rows) and not scan.rows[index].text.lstrip().startswith(fence):
        row = scan.rows[index]
        if row.text.strip():
            scan.blocks.append(Block(Span(row.start, row.start + len(row.text)), "paragraph"))
        index += 1
    return index + 1


def _comment(scan: _Scan, index: int) -> int:
    scan.flush()
    while index < len(scan.rows) and "-->" not in scan.rows[index].text:
        index += 1
    return index + 1


def _heads_table(rows: Sequence[Row], index: int) -> bool:
    below = rows[index + 1].text if index + 1 < len(rows) else ""
    return bool(_DELIMITER.match(below)) and ("|" in below or below.count("-") > 2)


def _table(scan: _Scan, index: int) -> int:
    """A row is one passage, each cell a stretch of it with the space before it."""
    top = index
    while index < len(scan.rows) and "|" in scan.rows[index].text:
        row = scan.rows[index]
        if index != top + 1:
            _cells(scan, row)
        index += 1
    return index


def _cells(scan: _Scan, row: Row) -> None:
    first = True
    for start, end in _borders(row.text):
        cell = row.text[start:end]
        if not cell.strip():
            continue
        begin = row.start + start + len(cell) - len(cell.lstrip())
        stop = row.start + start + len(cell.rstrip())
        for number, span in enumerate(markdown_marks.plain(scan.raw, [Span(begin, stop)])):
            kind = "row" if first else ("" if number else "cell")
            scan.blocks.append(Block(span, kind))
            first = False


def _borders(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"(?<!\\)\|", text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _front_matter(rows: Sequence[Row]) -> tuple[int, dict[str, str]]:
    """Index of the first line after the front matter, and what stands in it."""
    mark = rows[0].text.rstrip() if rows else ""
    if mark not in ("---", "+++"):
        return 0, {}
    found: dict[str, str] = {}
    for index, row in enumerate(rows[1:200], 1):
        if row.text.rstrip() in (mark, "..."):
            return index + 1, found
        entry = _MATTER.match(row.text)
        if entry:
            found.setdefault(entry[1].lower(), entry[2].strip().strip("\"'").strip())
    return 0, {}


def _meta(matter: dict[str, str], meta: Meta) -> Meta:
    def said(*names: str) -> Sourced | None:
        value = next((matter[name] for name in names if matter.get(name)), "")
        return Sourced(value, "front matter") if value else None

    authors = said("author", "authors", "by")
    names = re.split("[、,，;；]", authors.value.strip("[]")) if authors else []
    day = _DAY.match(matter.get("date", ""))
    edtf = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else matter.get("date", "")
    return replace(
        meta,
        title=_chinese(said("title")),
        authors=tuple(Sourced(n.strip(" \"'"), "front matter") for n in names if n.strip(" \"'")),
        publisher=said("publisher", "source"),
        issued=Sourced(edtf, "front matter") if edtf and valid(edtf) else None,
    )


def _chinese(title: Sourced | None) -> Sourced | None:
    """A title, unless it is a stop-gap of the site's template: this text is Chinese."""
    return title if title and re.search("[\u3400-\u9fff]", title.value) else None

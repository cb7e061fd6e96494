"""Rows of tables on a page; a table that only lays out the page is none."""

from __future__ import annotations

from lxml import etree

from kg.read.extracted import Writer

_LONG = 120  # characters of a cell that is no datum but part of a text
_INNER = ("table", "ul", "ol", "h1", "h2", "h3", "article", "section")


def is_layout(table: etree._Element) -> bool:
    """Whether a table lays out other things: one column, or cells that hold whole texts."""
    widest = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        widest = max(widest, len(cells))
        for cell in cells:
            if any(next(cell.iter(tag), None) is not None for tag in _INNER):
                return True
            parts = [p for p in cell.iter("p", "div") if "".join(p.itertext()).strip()]
            if len(parts) > 2 and sum(len("".join(p.itertext())) for p in parts) > _LONG:
                return True
    return widest < 2


def write(table: etree._Element, writer: Writer) -> None:
    """Add each row of a table of data."""
    caption = next(table.iter("caption"), None)
    if caption is not None:
        writer.add("".join(caption.itertext()), "caption")
    for row in table.iter("tr"):
        writer.row([_cell(cell) for cell in row if cell.tag in ("td", "th")])


def _cell(cell: etree._Element) -> str:
    """The text of a cell, its lines parted by blanks."""
    parts = []
    for element in cell.iter():
        if isinstance(element.tag, str):
            parts.append(" " if element.tag in ("p", "div", "br", "li") else "")
            parts.append(element.text or "")
            parts.append((element.tail or "") if element is not cell else "")
    return "".join(parts)

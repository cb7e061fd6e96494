"""DOCX: paragraphs, headings, lists with their numbers, tables, text boxes and notes.

Macros, embedded files and pictures are never opened; text that was struck out is no text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

from kg.errors import SourceError
from kg.model import Meta
from kg.raw import RawText
from kg.read.docx_numbers import Numbers
from kg.read.docx_package import Package
from kg.read.docx_styles import Styles
from kg.read.extracted import Writer, tidy

SUFFIXES = (".docx", ".docm")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNSEEN = frozenset(
    [f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "tblPr", "sdtPr")]
    + [f"{_MC}Fallback"]
)
_PAGE = "\f"  # stands in a text where a page began when the file was last laid out
_MARKS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
    f"{W}lastRenderedPageBreak": _PAGE,
}
_BREAKS = (f"{W}br", f"{W}cr")
_DEEPEST = 20  # tables in tables


@dataclass(slots=True)
class _Walk:
    """One pass over the body of a document."""

    writer: Writer
    styles: Styles
    numbers: Numbers

    def blocks(self, parent: etree._Element, depth: int = 0) -> None:
        """Add what stands in a body, a cell, a text box or a note."""
        for element in _blocks(parent):
            if element.tag == f"{W}p":
                self.paragraph(element, depth)
            elif depth < _DEEPEST:
                self.table(element, depth)

    def paragraph(self, element: etree._Element, depth: int) -> None:
        """Add a paragraph; its text boxes come after it."""
        kind = self.styles.kind(element)
        boxes: list[etree._Element] = []
        texts = _texts(element, boxes)
        label, is_item = self.numbers.label(element, self.styles.numbering(element))
        if is_item and kind == "paragraph":
            kind = "paragraph" if label else "item"
        texts[0] = label + texts[0] if texts[0].strip() else texts[0]
        if len(texts) == 1 or _PAGE in "".join(texts):
            for text in texts:
                self.passage(text, kind)
        else:
            self.writer.broken(texts, kind)
        for box in boxes:
            if depth < _DEEPEST:
                self.blocks(box, depth + 1)

    def passage(self, text: str, kind: str) -> None:
        """Add a text; pages may begin within it."""
        *before, last = text.split(_PAGE)
        for said in accumulate(before):
            self.writer.page(len(tidy(said)))
        text = "".join((*before, last))
        if kind == "furniture":
            self.writer.aside(text)
        else:
            self.writer.add(text, kind)

    def table(self, element: etree._Element, depth: int) -> None:
        """Add the rows of a table; one that only lays out a text is no table."""
        rows = list(_children(element, f"{W}tr"))
        cells = [list(_children(row, f"{W}tc")) for row in rows]
        if max(map(len, cells), default=0) < 2 or _is_layout(cells):
            for row in cells:
                for cell in row:
                    self.blocks(cell, depth + 1)
            return
        for row in cells:
            texts = [" ".join(self.cell(cell)) for cell in row]
            for _ in range("".join(texts).count(_PAGE)):
                self.writer.page()
            self.writer.row([text.replace(_PAGE, "") for text in texts])

    def cell(self, cell: etree._Element) -> Iterator[str]:
        """The texts of the paragraphs of a cell, whatever stands in tables within it too."""
        for paragraph in cell.iter(f"{W}p"):
            label, _ = self.numbers.label(paragraph, self.styles.numbering(paragraph))
            text = " ".join(_texts(paragraph, []))
            if text.strip():
                yield label + text


def read(data: bytes, where: str, encoding: str) -> RawText:
    """The text of a Word file; ``encoding`` says nothing here.

    Raises SourceError when the file is locked, damaged, too large or hostile.
    """
    package = Package(data, where)
    writer = Writer(where)
    try:
        _write(package, writer)
    except (KeyError, ValueError, AttributeError) as error:
        raise package.damaged(error) from None
    raw = writer.raw(Meta(where))
    if not raw.blocks:
        raise SourceError(
            "the document holds no text, only pictures or nothing", where, "remove it"
        )
    return raw


def _write(package: Package, writer: Writer) -> None:
    """Add what the document says, its notes last."""
    styles, numbers = Styles(package.part("/styles")), Numbers(package.part("/numbering"))
    walk = _Walk(writer, styles, numbers)
    for body in package.document.iterchildren(f"{W}body"):
        walk.blocks(body)
    if writer.pages:
        writer.pages.insert(0, 0)
    for kind in ("/footnotes", "/endnotes"):
        _notes(walk, package.part(kind))


def _notes(walk: _Walk, root: etree._Element | None) -> None:
    """Add footnotes or endnotes, each as one note."""
    for note in _children(root, f"{W}footnote", f"{W}endnote") if root is not None else ():
        if note.get(f"{W}type") in (None, "normal"):
            texts = [" ".join(_texts(p, [])) for p in note.iter(f"{W}p")]
            walk.writer.add(" ".join(texts).replace(_PAGE, ""), "note")


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables of a body or cell, in order, those inside other wrappers too."""
    stack = list(reversed(parent))
    while stack:
        element = stack.pop()
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag not in _UNSEEN and isinstance(element.tag, str):
            stack.extend(reversed(element))


def _children(parent: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """Children of some tags, those inside other wrappers (content controls, changes) too."""
    stack = list(reversed(parent))
    while stack:
        element = stack.pop()
        if element.tag in tags:
            yield element
        elif element.tag not in _UNSEEN and element.tag not in (f"{W}p", f"{W}tbl"):
            stack.extend(reversed(element))


def _texts(paragraph: etree._Element, boxes: list[etree._Element]) -> list[str]:
    """The text of a paragraph, parted at its line breaks; text boxes in it go to ``boxes``."""
    found = [""]
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag == f"{W}t":
            parts.append(element.text or "")
        elif tag in _MARKS:
            parts.append(_MARKS[tag])
        elif tag in _BREAKS:
            if element.get(f"{W}type") in (None, "textWrapping"):
                found[-1] = "".join(parts)
                parts.clear()
                found.append("")
        elif tag == f"{W}txbxContent":
            boxes.append(element)
        elif tag not in _UNSEEN and isinstance(tag, str):
            stack.extend(reversed(element))
    found[-1] = "".join(parts)
    return found


def _is_layout(rows: list[list[etree._Element]]) -> bool:
    """Whether cells hold whole texts, so that the table only lays them out."""
    for row in rows:
        for cell in row:
            paragraphs = [p for p in _children(cell, f"{W}p") if "".join(_texts(p, [])).strip()]
            if len(paragraphs) > 3 and sum(len("".join(_texts(p, []))) for p in paragraphs) > 400:
                return True
    return False

"""DOCX: paragraphs, headings, lists with their numbers, tables, text boxes and notes.

Macros, embedded files and pictures are never opened; text that was struck out is no text.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import docx
from docx.document import Document as DocxDocument
from docx.opc.exceptions import OpcError
from lxml import etree

from kg.errors import SourceError
from kg.model import Meta
from kg.raw import RawText
from kg.read import limits
from kg.read.docx_numbers import Numbers
from kg.read.docx_styles import Styles
from kg.read.extracted import Writer

SUFFIXES = (".docx",)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNSEEN = frozenset(
    [f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "tblPr", "sdtPr")]
    + [f"{_MC}Fallback"]
)
_MARKS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}
_BREAKS = (f"{W}br", f"{W}cr")
_ENTITY = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)")
_DAMAGED = "open it in a word processor and save it again"
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
        """Add a paragraph, a break within it ends a passage; its text boxes come after it."""
        kind = self.styles.kind(element)
        boxes: list[etree._Element] = []
        texts = _texts(element, boxes)
        label, is_item = self.numbers.label(element, self.styles.numbering(element))
        if kind == "furniture":
            self.writer.aside("".join(texts))
        else:
            if is_item and kind == "paragraph":
                kind = "paragraph" if label else "item"
            if kind in ("title", "heading"):
                texts = ["".join(texts)]
            for number, text in enumerate(texts):
                self.writer.add(label + text if number == 0 and text.strip() else text, kind)
        for box in boxes:
            if depth < _DEEPEST:
                self.blocks(box, depth + 1)

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
            self.writer.row([" ".join(self.cell(cell)) for cell in row])

    def cell(self, cell: etree._Element) -> Iterator[str]:
        """The texts of the paragraphs of a cell, whatever stands in tables within it too."""
        for paragraph in cell.iter(f"{W}p"):
            label, _ = self.numbers.label(paragraph, self.styles.numbering(paragraph))
            text = " ".join(_texts(paragraph, []))
            if text.strip():
                yield label + text


def read(data: bytes, where: str, encoding: str) -> RawText:
    """The text of a DOCX file; ``encoding`` says nothing here.

    Raises SourceError when the file is locked, damaged, too large or hostile.
    """
    _checked(data, where)
    try:
        document = docx.Document(io.BytesIO(data))
        styles = Styles(document.styles.element)
        walk = _Walk(Writer(where), styles, Numbers(_part(document, "/numbering")))
        walk.blocks(document.element.body)
        for kind in ("/footnotes", "/endnotes"):
            _notes(walk, _part(document, kind))
    except (OpcError, KeyError, ValueError, AttributeError, etree.LxmlError) as error:
        said = f"a damaged DOCX file ({type(error).__name__})"
        raise SourceError(said, where, _DAMAGED) from None
    raw = walk.writer.raw(Meta(where))
    if not raw.blocks:
        raise SourceError(
            "the document holds no text, only pictures or nothing", where, "remove it"
        )
    return raw


def _checked(data: bytes, where: str) -> None:
    """Refuse archives that unpack to too much and parts that declare entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            limits.check(len(parts), limits.ARCHIVE_PARTS, "parts", where)
            whole = sum(part.file_size for part in parts)
            limits.check(whole, limits.ARCHIVE_BYTES, "bytes unpacked", where)
            if any(part.flag_bits & 1 for part in parts):
                raise SourceError("locked with a password", where, "save it without a password")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    limits.check(part.file_size, limits.XML_BYTES, "bytes of XML", where)
                    content = archive.read(part)
                    if _ENTITY.search(content) or b"\x00" in content[:64]:
                        said = f"{part.filename[:80]!r} declares entities, as no DOCX file does"
                        raise SourceError(said, where, "do not trust this file")
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, KeyError) as e:
        said = f"a damaged or cut-off DOCX file ({type(e).__name__})"
        raise SourceError(said, where, _DAMAGED) from None
    except zlib.error:
        raise SourceError("a damaged DOCX file", where, _DAMAGED) from None


def _part(document: DocxDocument, kind: str) -> etree._Element | None:
    """The root of a part that the document refers to, parsed without entities or network."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(kind) and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            return etree.fromstring(relation.target_part.blob, parser)
    return None


def _notes(walk: _Walk, root: etree._Element | None) -> None:
    """Add footnotes or endnotes, each as one note."""
    for note in _children(root, f"{W}footnote", f"{W}endnote") if root is not None else ():
        if note.get(f"{W}type") in (None, "normal"):
            texts = [" ".join(_texts(p, [])) for p in note.iter(f"{W}p")]
            walk.writer.add(" ".join(texts), "note")


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

"""Package: the parts of a Word file, refused where they are hostile.

A package is a ZIP archive whose parts refer to each other. Only parts that the text is read from
are ever parsed, without entities and without network; macros, pictures and embedded files are
not touched. The strict form of the format differs in the names of its namespaces alone.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib

from lxml import etree

from kg.errors import SourceError
from kg.read import limits

_TYPE = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ENTITY = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)")
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DAMAGED = "open it in a word processor and save it again"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError,
    RuntimeError,
)  # fmt: skip


class Package:
    """A Word file. Raises SourceError when it is locked, damaged, too large or hostile."""

    def __init__(self, data: bytes, where: str) -> None:
        self._where = where
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            parts = self._archive.infolist()
        except _BROKEN as error:
            raise self.damaged(error) from None
        limits.check(len(parts), limits.ARCHIVE_PARTS, "parts", where)
        whole = sum(part.file_size for part in parts)
        limits.check(whole, limits.ARCHIVE_BYTES, "bytes unpacked", where)
        if any(part.flag_bits & 1 for part in parts):
            raise SourceError("locked with a password", where, "save it without a password")
        self._main = self._target("", "/officeDocument")
        body = self._part(self._main) if self._main else None
        if body is None:
            raise SourceError("a damaged Word file: it has no text part", where, _DAMAGED)
        self.document = body

    def part(self, kind: str) -> etree._Element | None:
        """The root of the part that the document refers to as ``kind``: ``/styles`` …"""
        name = self._target(self._main, kind)
        return self._part(name) if name else None

    def _target(self, source: str, kind: str) -> str:
        """Name of the part that ``source`` refers to, empty when there is none."""
        folder, name = posixpath.split(source)
        relations = self._part(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in relations.iter(_TYPE) if relations is not None else ():
            is_inside = relation.get("TargetMode") != "External"
            if is_inside and (relation.get("Type") or "").endswith(kind):
                target = relation.get("Target") or ""
                return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return ""

    def _part(self, name: str) -> etree._Element | None:
        """The root of a part, None when there is no such part."""
        try:
            entry = self._archive.getinfo(name)
        except KeyError:
            return None
        limits.check(entry.file_size, limits.XML_BYTES, "bytes of XML", self._where)
        try:
            content = self._archive.read(entry)
            if _ENTITY.search(content) or b"\x00" in content[:64]:
                said = f"{name[:80]!r} declares entities, as no Word file does"
                raise SourceError(said, self._where, "do not trust this file")
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
            )
            return etree.fromstring(content.replace(_STRICT, _USUAL), parser)
        except (*_BROKEN, etree.LxmlError) as error:
            raise self.damaged(error) from None

    def damaged(self, error: Exception) -> SourceError:
        """What to raise for a fault of the file."""
        said = f"a damaged or cut-off Word file ({type(error).__name__})"
        return SourceError(said, self._where, _DAMAGED)

"""Kinds: what a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile

from kg.errors import SourceError

_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!doctype\s+html|<html[\s>])", re.I
)
_MAIL = re.compile(rb"(?:[A-Z][A-Za-z-]+: [^\n]*\n)*?MIME-Version:", re.I)
OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What may be done with a file that is not read, by the end of its name.
_ADVICE = {
    "save it as .docx": (".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ppt", ".pptx"),
    "save it as PDF, with its text": (".ofd", ".caj", ".ceb", ".cebx", ".gd", ".s72", ".djvu"),
    "save the page as HTML": (".mht", ".mhtml"),
    "save it as HTML or text": (".epub", ".mobi", ".eml"),
    "a picture: have its text recognized first": (
        ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp",
    ),
    "unpack it": (".zip", ".rar", ".7z", ".gz", ".tar"),
}  # fmt: skip
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def told(data: bytes, where: str) -> str:
    """Suffix of the true kind of a file: ``.pdf``, ``.docx``, ``.html``; empty when its first
    bytes do not tell. Raises SourceError for kinds that look like these but cannot be read.

    >>> told(b"%PDF-1.7", "a.txt")
    '.pdf'
    """
    if b"%PDF-" in data[:1024] and not data[:1].isalnum():
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    if data.startswith(OFFICE):
        if _ENCRYPTED in data:
            raise SourceError("locked with a password", where, "save it without a password")
        raise SourceError("an old Office file (.doc, .wps)", where, "save it as DOCX")
    head = data[:2048]
    if _HTML.match(head):
        return ".html"
    if _MAIL.match(head):
        raise SourceError("a web archive (MHTML)", where, "save the page as HTML")
    return ""


def advice(path: str) -> str:
    """What to do with a file that is of no kind that is read; empty where nothing is known.

    >>> advice("通知.doc"), advice("a.bin")
    ('save it as .docx', '')
    """
    end = path.lower()
    return next((said for said, ends in _ADVICE.items() if end.endswith(ends)), "")


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ""
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return ".docx"
    return ""

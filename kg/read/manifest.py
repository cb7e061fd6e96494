"""Manifest: what ``manifest.toml`` says about the documents of a folder, checked strictly."""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unicodedata import category, normalize

from kg.edtf import valid
from kg.errors import DataError
from kg.model import Meta, Sourced

FILE = "manifest.toml"
_TEXTS = ("title", "publisher", "occasion")
_DATES = ("issued", "spoken")
KEYS = ("path", "title", "authors", "publisher", "issued", "spoken", "occasion", "encoding")
_NOT_FOR_FILES = ("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape")
_HEADER = re.compile(r"\s*\[\[\s*(?:document|\"document\"|'document')\s*\]\]")
_TABLE = re.compile(r"\s*\[\[?\s*[\"']?([^\]\"']+?)[\"']?\s*\]")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one document: its metadata and, if given, its encoding."""

    meta: Meta
    encoding: str = ""


def load(folder: Path, is_file: Callable[[str], bool]) -> dict[str, Entry]:
    """Entries by path, empty when the folder has no manifest.

    ``is_file`` tells whether a path relative to the folder, NFC with ``/``, names a file.
    Raises DataError that lists every fault with its line.
    """
    file = folder / FILE
    if not file.is_file():
        return {}
    try:
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        table = tomllib.loads(text)
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", str(file)) from None
    except UnicodeDecodeError as error:
        raise DataError(f"not UTF-8 at byte {error.start}", str(file)) from None
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"not valid TOML: {error}", str(file)) from None
    check = _Check(text.split("\n"), is_file)
    entries = check.entries(table)
    if check.faults:
        said = "; ".join(f"line {line}: {fault}" for line, fault in sorted(check.faults))
        raise DataError(said, str(file), "correct these lines")
    return entries


@dataclass(slots=True)
class _Check:
    """One pass over a manifest that collects entries and faults."""

    lines: list[str]
    is_file: Callable[[str], bool]
    faults: list[tuple[int, str]] = field(default_factory=list)

    def entries(self, table: dict[str, Any]) -> dict[str, Entry]:
        for key in table:
            if key != "document":
                what = f"unknown table or key {key!r}, known: document"
                self.faults.append((self._line_of_top(key), what))
        documents = table.get("document", [])
        if not isinstance(documents, list) or not all(isinstance(d, dict) for d in documents):
            line = self._line_of_top("document")
            self.faults.append((line, "a document is written as [[document]]"))
            return {}
        headers = [n for n, line in enumerate(self.lines, 1) if _HEADER.match(line)]
        if len(headers) != len(documents):  # documents written in line: one place for all
            headers = [self._line_of_top("document")] * len(documents)
        ends = [*headers, len(self.lines) + 1][1:]
        found: dict[str, Entry] = {}
        for values, first, end in zip(documents, headers, ends, strict=True):
            self._document(values, first, max(end, first + 1), found)
        return found

    def _document(
        self, values: dict[str, Any], first: int, end: int, found: dict[str, Entry]
    ) -> None:
        def fault(key: str, text: str) -> None:
            self.faults.append((self._line(key, first, end), text))

        for key in values:
            if key not in KEYS:
                fault(key, f"unknown key {key!r}, known: {', '.join(KEYS)}")
        for key, text in _faults(values):
            fault(key, text)
        path = values.get("path")
        if not isinstance(path, str) or not path:
            return
        path = normalize("NFC", path.removeprefix("./"))
        if path in found:
            fault("path", f"path {path!r} stands twice")
        elif not self.is_file(path):
            fault("path", f"no file {path!r} in this folder; write it relative to it, with /")
        found[path] = _entry(path, values)

    def _line(self, key: str, first: int, end: int) -> int:
        pattern = _key(key)
        for number in range(first, min(end, len(self.lines) + 1)):
            if pattern.match(self.lines[number - 1]):
                return number
        return first

    def _line_of_top(self, key: str) -> int:
        pattern = _key(key)
        for number, line in enumerate(self.lines, 1):
            table = _TABLE.match(line)
            if pattern.match(line) or (table and table.group(1).split(".")[0].strip() == key):
                return number
        return 1


def _key(key: str) -> re.Pattern[str]:
    return re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]")


def _faults(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Key and text of every fault in the values of one document."""
    if "path" not in values:
        yield "path", "the document has no path"
    elif not _is_text(values["path"]):
        yield "path", "path must be a text that is not empty"
    for key in _TEXTS:
        if key in values and not _is_text(values[key]):
            yield key, f"{key} must be a text that is not empty"
    for key in _DATES:
        if key in values and not (isinstance(values[key], str) and valid(values[key])):
            yield (
                key,
                f'{key} must be an EDTF date in quotes, such as "2018-10-29", "2018" or '
                f'"2018-10/2018-12", not {_shown(values[key])}',
            )
    authors = values.get("authors", [])
    if not isinstance(authors, list) or not all(_is_text(author) for author in authors):
        yield "authors", 'authors must be a list of names, such as ["…", "…"]'
    encoding = values.get("encoding", "utf-8")
    if not isinstance(encoding, str) or not _is_encoding(encoding):
        yield "encoding", f"encoding {_shown(encoding)} is not known"


def _shown(value: Any) -> str:
    return repr(value) if isinstance(value, str) else str(value)


def _is_text(value: Any) -> bool:
    return (
        isinstance(value, str)
        and bool(value.strip())
        and not any(category(char) in ("Cc", "Cs") for char in value)
    )


def _is_encoding(name: str) -> bool:
    try:
        b"a".decode(name)  # also tells codecs that give no text, such as base64
    except UnicodeError:
        pass
    except (LookupError, ValueError):
        return False
    return codecs.lookup(name).name.replace("_", "-") not in _NOT_FOR_FILES


def _entry(path: str, values: dict[str, Any]) -> Entry:
    def said(key: str) -> Sourced | None:
        value = values.get(key)
        return Sourced(value.strip(), "manifest") if isinstance(value, str) else None

    names = values.get("authors", [])
    names = names if isinstance(names, list) else []
    authors = tuple(Sourced(n.strip(), "manifest") for n in names if isinstance(n, str))
    meta = Meta(
        path,
        title=said("title"),
        authors=authors,
        publisher=said("publisher"),
        issued=said("issued"),
        spoken=said("spoken"),
        occasion=said("occasion"),
    )
    encoding = values.get("encoding")
    return Entry(meta, encoding if isinstance(encoding, str) else "")

"""Read: source files -> raw text with what the file tells about itself."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.metadata import entry_points
from pathlib import Path
from unicodedata import normalize

from kg.errors import DataError, SourceError, UsageError
from kg.model import Meta, Source
from kg.raw import RawText
from kg.read import docx, html, kinds, limits, manifest, markdown, pdf, text

#: Bytes, the name of the file for errors, and the encoding that the manifest demands -> what
#: the file says. What ``meta`` says yields to the manifest; its path and hash are filled in.
Reader = Callable[[bytes, str, str], RawText]

#: The reader of each kind of file, by the end of its name: one module per format.
READERS: Mapping[str, Reader] = {
    suffix: form.read for form in (text, markdown, html, docx, pdf) for suffix in form.SUFFIXES
}
GROUP = "kg.readers"  # entry points of other packages: the name is a suffix, such as ".epub"

_WILD = re.compile(r"[*?\[]")

#: Files that a source folder holds for our own use.
OWN_FILES = (manifest.FILE, "kg.toml", "kg.merges.tsv")
SUMMARY = "summary.json"  # of a build, where its output stands among the sources


def sources(folder: Path) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """The documents of a folder in order of path, and the paths of files that are skipped.

    ``folder`` may also be one file, then the folder it lies in is the base of its path; or a
    pattern such as ``papers/**/*.html``, then the base is the folder before the first wildcard.
    Raises UsageError when the folder is missing, unreadable or holds no document,
    DataError when its manifest is faulty.
    """
    if folder.is_file():
        return (_only(folder),), ()
    pattern, folder = folder, base(folder)
    if not folder.is_dir():
        raise UsageError("no such folder or file", str(pattern), "give the folder of the documents")
    files, skipped = _files(folder)
    entries = manifest.load(folder, files.__contains__)
    if pattern != folder:
        wanted = {normalize("NFC", p.as_posix()) for p in _matches(folder, pattern)}
        files = {path: file for path, file in files.items() if path in wanted}
        skipped = [path for path in skipped if path in wanted]
    documents = {path: file for path, file in files.items() if _reader(path)}
    if not documents:
        known = ", ".join(sorted(readers()))
        advice = next(filter(None, map(kinds.advice, sorted(files))), f"kg reads {known}")
        what = f"no document among {len(files)} files" if files else "holds no document"
        raise UsageError(what, str(pattern), advice)
    skipped += [path for path in files if path not in documents]
    found = [_source(path, documents[path], entries) for path in sorted(documents)]
    return tuple(found), tuple(sorted(skipped))


def base(sources: Path) -> Path:
    """The folder that the paths of documents are relative to: its manifest and settings count."""
    if sources.is_file():
        return sources.parent
    wild = [at for at, part in enumerate(sources.parts) if _WILD.search(part)]
    return sources if sources.exists() or not wild else Path(*sources.parts[: wild[0]])


def _matches(folder: Path, pattern: Path) -> Iterator[Path]:
    rest = "/".join(pattern.parts[len(folder.parts) :])
    return (path.relative_to(folder) for path in folder.glob(rest))


def read(source: Source) -> RawText:
    """The raw text of one document; raises SourceError when it cannot be read."""
    where = printable(source.path)
    try:
        limits.check(Path(source.file).stat().st_size, limits.FILE_BYTES, "bytes", where)
        data = Path(source.file).read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(f"cannot be read: {reason}", where, "check the file") from None
    reader, problems = _reader_of(data, source.path, where)
    found = reader(data, where, source.encoding)
    limits.check(len(found.text), limits.TEXT_CHARACTERS, "characters", where)
    meta = replace(
        _completed(source.meta, found.meta), path=source.path, sha256=sha256(data).hexdigest()
    )
    return replace(found, meta=meta, problems=problems + found.problems)


@cache
def readers() -> Mapping[str, Reader]:
    """The readers of the package and those that other packages add, by suffix.

    Raises DataError when one of them cannot be loaded.
    """
    found = dict(READERS)
    for entry in sorted(entry_points(group=GROUP), key=lambda e: (e.name, e.value)):
        suffix = "." + entry.name.lower().removeprefix(".")
        try:
            found[suffix] = entry.load()
        except Exception as error:
            raise DataError(
                f"reader {entry.name!r} cannot be loaded: {error}",
                entry.value,
                "uninstall or mend the package that provides it",
            ) from error
    return found


def printable(path: str) -> str:
    """A path fit for one line of a message."""
    return "".join(c if c.isprintable() or c == " " else ascii(c)[1:-1] for c in path)


def _only(file: Path) -> Source:
    base, name = file.parent, _path(file.name)
    if not _reader(name):
        advice = kinds.advice(name) or f"known are {', '.join(sorted(readers()))}"
        raise UsageError("not a kind of file that can be read", str(file), advice)

    def is_file(path: str) -> bool:
        inside = not Path(path).is_absolute() and ".." not in path.split("/")
        return path == name or (inside and (base / path).is_file())

    return _source(name, file, manifest.load(base, is_file))


def _files(folder: Path) -> tuple[dict[str, Path], list[str]]:
    """Every regular file by its path, and what cannot be a document at all."""
    found: dict[str, Path] = {}
    skipped: list[str] = []
    results: set[Path] = set()

    def unreadable(error: OSError) -> None:
        if Path(error.filename) == folder:
            reason = f"cannot be read: {error.strerror}"
            raise UsageError(reason, str(folder), "check the folder") from None
        skipped.append(_path(os.path.relpath(error.filename, folder)) + "/")

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        results |= _results(Path(parent)) if SUMMARY in names else set()
        for name in sorted(names):
            file = Path(parent, name)
            if file in results:
                continue
            path = _path(file.relative_to(folder).as_posix())
            if name.startswith(".") or name in OWN_FILES or name.upper().startswith("README"):
                continue
            is_lost = file.is_symlink() and not file.exists()  # to be reported, not passed over
            if path in found or not (file.is_file() or is_lost):  # two normal forms; a pipe
                skipped.append(path)
            else:
                found[path] = file
    return found, skipped


def _results(folder: Path) -> set[Path]:
    """The files that a build says it has written into ``folder``: no documents."""
    try:
        stated = json.loads((folder / SUMMARY).read_text("utf-8"))["files"]
        return {folder / name for name in [SUMMARY, *stated]} if "graph.ttl" in stated else set()
    except (OSError, ValueError, LookupError, TypeError):
        return set()


def _path(name: str) -> str:
    """NFC with ``/``; bytes that are no UTF-8 in a file's name are written out."""
    shown = os.fsencode(name).decode("utf-8", "backslashreplace")
    return normalize("NFC", shown.replace(os.sep, "/"))


def _reader(path: str) -> Reader | None:
    return readers().get(Path(path).suffix.lower())


def _reader_of(data: bytes, path: str, where: str) -> tuple[Reader, tuple[str, ...]]:
    """The reader for what a file is by its first bytes, and a word where its name says another."""
    suffix = Path(path).suffix.lower()
    reader = _reader(path) or text.read
    if suffix not in READERS:
        return reader, ()
    true = kinds.told(data, where)
    if not true or READERS[true] is reader:
        if not true and reader in (docx.read, pdf.read) and not data.startswith(b"PK\x03\x04"):
            raise SourceError(f"not a {suffix[1:].upper()} file", where, "check the file")
        return reader, ()
    if true == ".html" and reader is markdown.read:  # a Markdown file may be HTML throughout
        return reader, ()
    said = f"the name ends in {suffix}, but it is a {true[1:].upper()} file and read as such"
    return READERS[true], (said,)


def _completed(given: Meta, found: Meta) -> Meta:
    """What the manifest says, completed by what the file says."""
    return replace(
        given,
        encoding=found.encoding,
        title=given.title or found.title,
        authors=given.authors or found.authors,
        publisher=given.publisher or found.publisher,
        issued=given.issued or found.issued,
        spoken=given.spoken or found.spoken,
        occasion=given.occasion or found.occasion,
    )


def _source(path: str, file: Path, entries: dict[str, manifest.Entry]) -> Source:
    entry = entries.get(path) or manifest.Entry(Meta(path))
    return Source(path, str(file), entry.meta, entry.encoding)

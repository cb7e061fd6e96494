"""Store: extractions kept on disk, each under what it was made from.

An entry is named by a hash of the document's bytes, what the manifest says of it, the settings,
and the code and data of this package, so that it can never be out of date: anything that changes
gives another name. An entry that was cut short by a crash fails its checksum and counts as
missing. Entries hold types of ``kg.model`` and nothing else; reading one runs no code.
"""

from __future__ import annotations

import io
import os
import pickle
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import file_digest, sha256
from importlib.metadata import entry_points, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg import model
from kg.model import Extraction, Source
from kg.settings import Settings

MOST_BYTES = 4 << 30  # what a store may hold after ``prune``
SUFFIX = ".kgx"
#: Distributions whose releases may change what a document gives.
LIBRARIES = (
    "ahocorasick-rs", "charset-normalizer", "jieba", "lxml", "numpy", "opencc", "pypdfium2",
)  # fmt: skip
PLUGINS = ("kg.readers", "kg.recognizers")
_CHECK = 32  # bytes of the checksum that an entry begins with


@dataclass(frozen=True)
class Store:
    """A folder of extractions. Several builds may use one store at the same time."""

    folder: Path

    def key(self, source: Source, settings: Settings) -> str:
        """The name under which the extraction of a source is kept; raises OSError."""
        with Path(source.file).open("rb") as file:
            content = file_digest(file, "sha256").hexdigest()
        return self.name(content, source, settings)

    def name(self, content: str, source: Source, settings: Settings) -> str:
        """The name for a source whose bytes have the SHA-256 ``content``."""
        said = (code(), content, source.path, repr(source.meta), source.encoding, repr(settings))
        return sha256("\x1f".join(said).encode("utf-8", "surrogatepass")).hexdigest()

    def __contains__(self, key: str) -> bool:
        return self._file(key).is_file()

    def get(self, key: str) -> bytes | None:
        """The packed extraction of that name; None when it is missing or damaged."""
        try:
            data = self._file(key).read_bytes()
        except OSError:
            return None
        if _is_whole(data):
            return data
        with suppress(OSError):
            self._file(key).unlink()
        return None

    def put(self, key: str, packed_extraction: bytes) -> None:
        """Keep what ``packed`` gave, whole or not at all; raises OSError."""
        file = self._file(key)
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(packed_extraction)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def prune(self, wanted: Iterable[str] = (), most: int = MOST_BYTES) -> None:
        """Remove the longest unused entries while there is too much; never those ``wanted``."""
        kept = {self._file(key) for key in wanted}
        entries = sorted(self._entries(), key=lambda e: (e[1].st_mtime_ns, e[0]))
        size = sum(stat.st_size for _, stat in entries)
        for file, stat in entries:
            if size <= most:
                break
            if file not in kept:
                with suppress(OSError):
                    file.unlink()
                    size -= stat.st_size

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        for file in self.folder.glob(f"*/*{SUFFIX}"):
            with suppress(OSError):
                yield file, file.stat()

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / (key + SUFFIX)


def packed(extraction: Extraction) -> bytes:
    """An extraction as bytes: a checksum, then the compressed rest."""
    data = zlib.compress(pickle.dumps(extraction, protocol=5), 1)
    return sha256(data).digest() + data


def unpacked(data: bytes) -> Extraction | None:
    """What ``packed`` made into bytes; None when they are damaged or hold anything else.

    >>> unpacked(b"something else") is None
    True
    """
    if not _is_whole(data):
        return None
    try:
        found = _Reader(io.BytesIO(zlib.decompress(data[_CHECK:]))).load()
    except (pickle.UnpicklingError, zlib.error, EOFError, AttributeError, TypeError, ValueError):
        return None
    return found if isinstance(found, Extraction) else None


def _is_whole(data: bytes) -> bool:
    return sha256(memoryview(data)[_CHECK:]).digest() == data[:_CHECK]


class _Reader(pickle.Unpickler):
    """Reads the types of ``kg.model`` and refuses every other class or function."""

    def find_class(self, module: str, name: str) -> Any:
        if module == model.__name__ and isinstance(found := getattr(model, name, None), type):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in an extraction")


@cache
def code() -> str:
    """A hash of this package's code and data, of the libraries it uses and of its plug-ins."""
    package = Path(__file__).parent
    digest = sha256()
    for file in sorted(package.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(file.relative_to(package).as_posix().encode() + b"\x1f")
            digest.update(file.read_bytes())
    for name in LIBRARIES:
        digest.update(f"{name} {version(name)}\x1f".encode())
    for group in PLUGINS:
        for entry in sorted(entry_points(group=group), key=lambda e: (e.name, e.value)):
            release = entry.dist.version if entry.dist else ""
            digest.update(f"{group} {entry.name} {entry.value} {release}\x1f".encode())
            digest.update(_module(entry.module))
    return digest.hexdigest()


def _module(name: str) -> bytes:
    """The source of a plug-in's module, which changes while somebody works on it."""
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        return b""
    if spec is None or spec.origin is None or not Path(spec.origin).is_file():
        return b""
    return Path(spec.origin).read_bytes()

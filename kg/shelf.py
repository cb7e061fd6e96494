"""Shelf: what each document gave, on disk until the documents are joined."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator

from kg.errors import KgError
from kg.model import Extraction, Failure
from kg.store import unpacked

#: A packed extraction, or why there is none.
Outcome = bytes | Failure


class Shelf:
    """What each of a number of sources gave, in their order; one at a time is in memory."""

    def __init__(self, count: int) -> None:
        # Closed, and with it removed, by whoever lets go of the shelf last.
        self._file = tempfile.TemporaryFile(prefix="kg-")  # noqa: SIM115
        self._found: list[tuple[int, int] | Failure] = [(0, 0)] * count
        self.size = 0  # bytes on disk

    def put(self, place: int, outcome: Outcome) -> None:
        """Keep what the source at ``place`` gave; raises OSError."""
        if isinstance(outcome, Failure):
            self._found[place] = outcome
            return
        self._found[place] = self.size, len(outcome)
        self._file.seek(self.size)
        self._file.write(outcome)
        self._file.flush()
        self.size += len(outcome)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Of the sources that gave nothing."""
        return tuple(found for found in self._found if isinstance(found, Failure))

    def extractions(self) -> Iterator[Extraction]:
        """Of all other sources."""
        return (found for found in self if isinstance(found, Extraction))

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Extraction | Failure]:
        """Raises KgError where a worker sent anything else."""
        for found in self._found:
            yield found if isinstance(found, Failure) else self._read(*found)

    def _read(self, begin: int, size: int) -> Extraction:
        if sys.platform == "win32":
            self._file.seek(begin)
            data = self._file.read(size)
        else:  # forked processes share the place at which a file is read: they must not move it
            data = os.pread(self._file.fileno(), size, begin)
        extraction = unpacked(data)
        if extraction is None:
            what = "a worker sent what is no extraction"
            raise KgError(what, "worker", "run the same kg everywhere")
        return extraction

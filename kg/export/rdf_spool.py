"""Spool: the triples of an export, sorted and each once, on disk where they are many."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

HELD = 170_000_000  # characters in memory before they go to disk, about 280 MB
WIDE = 4  # characters of a subject that tell its part; "p/3f" is one of 256 parts of passages


class Spool:
    """Takes triples in any order, gives them as lines sorted by code point, none twice.

    They lie in parts by the beginning of their subjects, so that one part after the other can
    be sorted by itself. ``shared`` is how many characters all subjects have in common.
    A context: what lies on disk is removed at its end.
    """

    def __init__(self, shared: int = 0, held: int = HELD) -> None:
        self._begin, self._end = shared, shared + WIDE
        self._held = held
        self._size = 0
        self._said: dict[str, list[str]] = defaultdict(list)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files: dict[str, Path] = {}

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    @property
    def is_full(self) -> bool:
        """Whether the lines in memory are as many as it holds."""
        return self._size >= self._held

    def add(self, subject: str, lines: str) -> None:
        """Take triples of one subject: whole lines of N-Triples, each with its line feed."""
        self._said[subject[self._begin : self._end]].append(lines)
        self._size += len(lines)

    def spill(self) -> None:
        """Put what is in memory on disk."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="kg-")
        for part, lines in self._said.items():
            file = self._files.setdefault(part, Path(self._folder.name, str(len(self._files))))
            with file.open("a", encoding="utf-8", newline="") as out:
                out.writelines(lines)
        self._said.clear()
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        # An IRI holds neither a blank nor ">", so whatever follows a subject, lines of one part
        # are together in the order of all lines.
        for part in sorted(self._said.keys() | self._files.keys()):
            lines = set(StringIO("".join(self._said.get(part, ()))).readlines())
            if part in self._files:
                with self._files[part].open(encoding="utf-8", newline="\n") as spilt:
                    lines.update(spilt)
            yield from sorted(lines)

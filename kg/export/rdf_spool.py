"""Spool: the lines of an export, sorted and each once, on disk where they are many."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from pathlib import Path

HELD = 1_000_000  # lines in memory before they go to disk, about 200 MB


class Spool:
    """Takes lines in any order, gives them sorted by code point, none twice.

    A context: what lies on disk is removed at its end.
    """

    def __init__(self, held: int = HELD) -> None:
        self._held = held
        self._lines: set[str] = set()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._parts: list[Path] = []

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    @property
    def is_full(self) -> bool:
        """Whether the lines in memory are as many as it holds."""
        return len(self._lines) >= self._held

    def add(self, line: str) -> None:
        """Take a line; it ends with a line feed and holds no other."""
        self._lines.add(line)

    def spill(self) -> None:
        """Put what is in memory on disk."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="kg-")
        part = Path(self._folder.name, f"{len(self._parts):06}")
        with part.open("w", encoding="utf-8", newline="") as out:
            out.writelines(sorted(self._lines))
        self._parts.append(part)
        self._lines.clear()

    def __iter__(self) -> Iterator[str]:
        if not self._parts:
            yield from sorted(self._lines)
            return
        parts = [part.open(encoding="utf-8", newline="\n") for part in self._parts]
        try:
            for line, _ in groupby(merge(*parts, sorted(self._lines))):
                yield line
        finally:
            for part in parts:
                part.close()

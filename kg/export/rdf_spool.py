"""Spool: the triples of an export, sorted and each once, on disk where they are many."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from pathlib import Path

HELD = 1_000_000  # lines in memory before they go to disk, about 200 MB


class Spool:
    """Takes triples in any order, gives them as lines sorted by code point, none twice.

    A context: what lies on disk is removed at its end.
    """

    def __init__(self, held: int = HELD) -> None:
        self._held = held
        self._count = 0
        self._said: dict[str, set[str]] = defaultdict(set)  # by subject: it is kept once
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
        return self._count >= self._held

    def add(self, subject: str, rest: str) -> None:
        """Take a triple: its subject, and the rest of its line with the line feed."""
        self._said[subject].add(rest)
        self._count += 1

    def spill(self) -> None:
        """Put what is in memory on disk."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="kg-")
        part = Path(self._folder.name, f"{len(self._parts):06}")
        with part.open("w", encoding="utf-8", newline="") as out:
            out.writelines(self._sorted())
        self._parts.append(part)
        self._said.clear()
        self._count = 0

    def __iter__(self) -> Iterator[str]:
        if not self._parts:
            yield from self._sorted()
            return
        parts = [part.open(encoding="utf-8", newline="\n") for part in self._parts]
        try:
            for line, _ in groupby(merge(*parts, self._sorted())):
                yield line
        finally:
            for part in parts:
                part.close()

    def _sorted(self) -> Iterator[str]:
        # An IRI holds neither a blank nor ">", so this is the order of the whole lines too.
        for subject in sorted(self._said):
            for rest in sorted(self._said[subject]):
                yield f"{subject} {rest}"

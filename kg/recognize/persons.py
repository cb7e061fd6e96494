"""Persons: persons."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Mention, Passage
from kg.recognize.name_scan import Source, scan


class Persons:
    """Finds persons (kind Person).

    ``sources`` give further candidates, such as those of a tagger; the four recognizers of
    names must be given the same ones.
    """

    name = "persons"

    def __init__(self, *sources: Source) -> None:
        self._sources = sources

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Mentions in ``passage``."""
        for found in scan(passage.text, passage.kind, self._sources).persons:
            yield passage.mention(
                found.start,
                found.end,
                "Person",
                rule=found.rule,
                name=found.name,
                known_as=found.known_as,
                known_by=found.known_by,
            )

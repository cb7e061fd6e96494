"""Roles: posts and functions."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Mention, Passage
from kg.recognize.name_scan import Source, scan


class Roles:
    """Finds posts and functions (kind Role).

    ``sources`` give further candidates, such as those of a tagger; the four recognizers of
    names must be given the same ones.
    """

    name = "roles"

    def __init__(self, *sources: Source) -> None:
        self._sources = sources

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Mentions in ``passage``."""
        for found in scan(passage.text, passage.kind, self._sources).roles:
            yield passage.mention(
                found.start,
                found.end,
                "Role",
                rule=found.rule,
                name=found.name,
                known_as=found.known_as,
                known_by=found.known_by,
            )

"""Lexicon: things that a person's own lexicon lists, wherever their names stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from kg.lexicons import EMPTY, GUARD, NOTHING, Entry, Lexicon
from kg.model import Mention, Passage
from kg.recognize.base import Matcher
from kg.recognize.name_lexicon import Found, name_ends, opens, title_starts
from kg.recognize.script import simplified_name

SCANNED = frozenset({"Organization", "Person", "Place"})  # kinds that titles lean on


def _ends(text: str, end: int) -> bool:
    return name_ends(text, end) or title_starts(text, end)


class Listed:
    """Finds the names of a lexicon. Equal lexicons make equal recognizers.

    Where two of its names share characters, the one that begins first is taken, then the
    longer one. A name of the kind Nothing is no mention; see ``empty``.
    """

    name = "lexicon"

    def __init__(self, lexicon: Lexicon = EMPTY) -> None:
        self._lexicon = lexicon

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listed) and self._lexicon == other._lexicon

    def __hash__(self) -> int:
        return hash(self._lexicon)

    def __bool__(self) -> bool:
        return bool(self._lexicon.entries)

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Mentions in ``passage``."""
        for start, end, entry in self._places(passage.text):
            alias = passage.text[start:end] != entry.name
            yield passage.mention(
                start,
                end,
                entry.kind,
                rule=entry.rule,
                known_as=entry.name if alias else "",
                known_by=entry.rule if alias else "",
            )

    def names(self, text: str, known: Sequence[Found]) -> Iterator[Found]:
        """Bodies, places and persons in ``text``, whatever is ``known`` there."""
        for start, end, entry in self._places(text):
            if entry.kind in SCANNED:
                form, rule = text[start:end], entry.rule
                known_as = entry.name if form != entry.name else ""
                yield Found(start, end, entry.kind, form, rule, known_as, rule if known_as else "")

    def empty(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of what only looks like a name, by the lexicon's word."""
        matcher = self._tables[2]
        if matcher:
            yield from ((start, end) for start, end, _ in matcher.find(text))

    def _places(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        entries, matcher, _ = self._tables
        if matcher is None:
            return
        for start, end, form in matcher.find(text):
            entry, guarded = entries[form]
            if not guarded or (opens(text, start) and _ends(text, end)):
                yield start, end, entry

    @cached_property
    def _tables(self) -> tuple[dict[str, tuple[Entry, bool]], Matcher | None, Matcher | None]:
        """Entry and guard of each form, and the search for names and for what is none.

        A form in traditional characters is also looked for in simplified ones, through which
        traditional texts are matched.
        """
        found: dict[str, tuple[Entry, bool]] = {}
        nothing: list[str] = []
        for entry in self._lexicon.entries:
            guards = [False, *(alias.startswith(GUARD) for alias in entry.aliases)]
            for form, guarded in zip(entry.forms, guards, strict=True):
                for written in dict.fromkeys((form, simplified_name(form))):
                    if entry.kind == NOTHING:
                        nothing.append(written)
                    else:
                        found.setdefault(written, (entry, guarded))
        return found, Matcher(found) if found else None, Matcher(nothing) if nothing else None

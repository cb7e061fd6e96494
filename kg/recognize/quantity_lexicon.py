"""Lexicon of quantities: units, modifiers, and the words that tell what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from kg import tables
from kg.recognize.base import Matcher, shared

MEASURE, COUNT, OPEN, NOUN = "measure", "count", "open", "noun"


class Unit(NamedTuple):
    """A unit as it is written, its class and its code."""

    name: str
    kind: str  # measure, count, open, noun
    code: str
    not_before: str


class Modifier(NamedTuple):
    """What a word beside a number does to it."""

    effect: str  # low, high, about, more
    approximate: bool
    not_after: str


@cache
def units() -> Mapping[str, tuple[Unit, ...]]:
    """Units by their first character, the longest first."""
    found: dict[str, list[Unit]] = {}
    for row in sorted(tables.rows("lexicons/quantity_units"), key=lambda row: -len(row["unit"])):
        unit = Unit(row["unit"], row["class"], row["code"], row["not_before"])
        found.setdefault(unit.name[0], []).append(unit)
    return {first: tuple(some) for first, some in found.items()}


@cache
def _units_by_name() -> tuple[Mapping[str, Unit], Mapping[str, tuple[int, ...]]]:
    named = {unit.name: unit for some in units().values() for unit in some}
    return named, _sizes(frozenset(named), 0)


def unit(text: str, at: int) -> Unit | None:
    """The longest unit that begins at ``at``."""
    named, sizes = _units_by_name()
    for size in sizes.get(text[at : at + 1], ()):
        here = named.get(text[at : at + size])
        if here is not None:
            end = at + size
            if not (here.not_before and end < len(text) and text[end] in here.not_before):
                return here
    return None


@cache
def modifiers(place: str) -> Mapping[str, Modifier]:
    """Modifiers that stand at a place: before, round, between, after."""
    return {
        row["word"]: Modifier(row["effect"], row["approximate"] == "yes", row["not_after"])
        for row in tables.rows("lexicons/quantity_modifiers")
        if row["place"] == place
    }


@cache
def _sizes(words: frozenset[str], place: int) -> Mapping[str, tuple[int, ...]]:
    """Lengths of the words that have a character at a place (0 or -1), the longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[place], set()).add(len(word))
    return {mark: tuple(sorted(sizes, reverse=True)) for mark, sizes in found.items()}


@cache
def _ends_of(place: str) -> Mapping[str, tuple[int, ...]]:
    return _sizes(frozenset(modifiers(place)), -1)


def modifier_before(text: str, at: int, place: str) -> tuple[int, Modifier | None]:
    """Start of the longest modifier that ends at ``at``, and what it does."""
    for size in _ends_of(place).get(text[at - 1 : at], ()) if at else ():
        start = at - size
        here = modifiers(place).get(text[start:at]) if start >= 0 else None
        if here and not (start and text[start - 1] in here.not_after):
            return start, here
    return at, None


@cache
def _begins_of(place: str) -> Mapping[str, tuple[int, ...]]:
    return _sizes(frozenset(modifiers(place)), 0)


def modifier_after(text: str, at: int) -> tuple[int, Modifier | None]:
    """End of the modifier that begins at ``at``, and what it does."""
    for size in _begins_of("after").get(text[at : at + 1], ()):
        here = modifiers("after").get(text[at : at + size])
        if here:
            return at + size, here
    return at, None


@shared
def vetoes() -> Matcher:
    """Search for idioms and names that hold a numeral."""
    return Matcher(tables.words("lexicons/quantity_vetoes", "word"))


@cache
def words(role: str) -> frozenset[str]:
    """Words of ``quantity_words.tsv`` with a role."""
    rows = tables.rows("lexicons/quantity_words")
    return frozenset(row["word"] for row in rows if row["role"] == role)


@cache
def _forms(role: str, place: int) -> tuple[frozenset[str], Mapping[str, tuple[int, ...]]]:
    return words(role), _sizes(words(role), place)


def cut_start(text: str, start: int, end: int, role: str) -> int:
    """``start`` behind the longest word of a role that begins there."""
    if start >= end:
        return start
    known, sizes = _forms(role, 0)
    for size in sizes.get(text[start], ()):
        if start + size <= end and text[start : start + size] in known:
            return start + size
    return start


def cut_end(text: str, start: int, end: int, role: str) -> int:
    """``end`` before the longest word of a role that ends there."""
    if end <= start:
        return end
    known, sizes = _forms(role, -1)
    for size in sizes.get(text[end - 1], ()):
        if start <= end - size and text[end - size : end] in known:
            return end - size
    return end


@cache
def verbs() -> Matcher:
    """Search for the verbs behind which the thing counted begins, and for nouns that hold one."""
    return Matcher(words("verb") | words("noun"))

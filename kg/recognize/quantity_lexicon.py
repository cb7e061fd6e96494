"""Lexicon of quantities: units, modifiers, and the words that tell what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg import tables
from kg.recognize.base import Matcher

MEASURE, COUNT, OPEN, NOUN = "measure", "count", "open", "noun"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is written, its class and its code."""

    name: str
    kind: str  # measure, count, open, noun
    code: str
    not_before: str


@dataclass(frozen=True, slots=True)
class Modifier:
    """What a word beside a number does to it."""

    effect: str  # low, high, about, more
    approximate: bool
    not_after: str


@cache
def _units() -> tuple[Mapping[str, Unit], int]:
    found = {
        row["unit"]: Unit(row["unit"], row["class"], row["code"], row["not_before"])
        for row in tables.rows("lexicons/quantity_units")
    }
    return found, max(map(len, found))


def unit(text: str, at: int) -> Unit | None:
    """The longest unit that begins at ``at``."""
    found, longest = _units()
    for end in range(min(len(text), at + longest), at, -1):
        here = found.get(text[at:end])
        if here and not (end < len(text) and text[end] in here.not_before):
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


def modifier_before(text: str, at: int, place: str) -> tuple[int, Modifier | None]:
    """Start of the longest modifier that ends at ``at``, and what it does."""
    found = modifiers(place)
    for start in range(max(0, at - 4), at):
        here = found.get(text[start:at])
        if here and not (start and text[start - 1] in here.not_after):
            return start, here
    return at, None


def modifier_after(text: str, at: int) -> tuple[int, Modifier | None]:
    """End of the modifier that begins at ``at``, and what it does."""
    found = modifiers("after")
    for end in (at + 2, at + 1):
        if text[at:end] in found and end - at == len(text[at:end]):
            return end, found[text[at:end]]
    return at, None


@cache
def vetoes() -> Matcher:
    """Search for idioms and names that hold a numeral."""
    return Matcher(tables.words("lexicons/quantity_vetoes", "word"))


@cache
def words(role: str) -> frozenset[str]:
    """Words of ``quantity_words.tsv`` with a role."""
    rows = tables.rows("lexicons/quantity_words")
    return frozenset(row["word"] for row in rows if row["role"] == role)


@cache
def _longest(role: str) -> int:
    return max(map(len, words(role)))


def cut_start(text: str, start: int, end: int, role: str) -> int:
    """``start`` behind the longest word of a role that begins there."""
    for stop in range(min(end, start + _longest(role)), start, -1):
        if text[start:stop] in words(role):
            return stop
    return start


def cut_end(text: str, start: int, end: int, role: str) -> int:
    """``end`` before the longest word of a role that ends there."""
    for begin in range(max(start, end - _longest(role)), end):
        if text[begin:end] in words(role):
            return begin
    return end


@cache
def verbs() -> Matcher:
    """Search for the verbs behind which the thing counted begins."""
    return Matcher(words("verb"))

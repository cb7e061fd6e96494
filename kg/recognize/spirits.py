"""Spirits: named spirits, such as that of a movement, a place or a generation (X精神)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg import tables
from kg.model import Mention, Passage
from kg.recognize.formula_numbers import NUMERAL

LONGEST = 10  # letters before 精神
_FUNCTION = re.compile("[的和与及以用把将对为在是等了着从被让使由向于之其而且并或]")
_COUNTED = re.compile(
    rf"[这那每各]?(?:第?[{NUMERAL}百千几]+[个种大项条届次]|[{NUMERAL}]+大|[{NUMERAL}]+中)"
)
_ASPECT = ("着", "了")
_OPENING = {"”": "“", "’": "‘", "」": "「", "』": "『"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words around 精神 by use."""

    after: tuple[str, ...]
    document: tuple[str, ...]
    plain: frozenset[str]
    verb: tuple[str, ...]


@cache
def words() -> Words:
    """The lexicon of this recognizer, read once."""
    uses: dict[str, list[str]] = {"after": [], "document": [], "plain": [], "verb": []}
    for row in tables.rows("lexicons/spirit_words"):
        uses[row["use"]].append(row["name"])
    verbs = tuple(sorted(uses["verb"], key=lambda word: (-len(word), word)))
    return Words(tuple(uses["after"]), tuple(uses["document"]), frozenset(uses["plain"]), verbs)


class Spirits:
    """Finds named spirits (kind Spirit); the spirit of a document or meeting is none."""

    name = "spirits"

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Mentions in ``passage``."""
        text = passage.text
        at = text.find("精神")
        while at >= 0:
            end = at + 2
            verb = text[end + 2 : end + 3] in _ASPECT  # X精神激励着… (the spirit encourages …)
            if verb or not text.startswith(words().after, end):
                start = _start(text, at)
                if start is not None:
                    name = re.sub(r"[“”‘’「」『』\s]", "", text[start:end])
                    yield passage.mention(start, end, "Spirit", rule="named-spirit", name=name)
            at = text.find("精神", end)


def _start(text: str, at: int) -> int | None:
    """Where the name that ends with the 精神 at ``at`` begins; None when it is no name."""
    if at and text[at - 1] in _OPENING:
        start = text.rfind(_OPENING[text[at - 1]], max(at - 14, 0), at)
        inner = text[start + 1 : at - 1]
        return start + 1 if start >= 0 and inner.isalpha() and _names(inner) else None
    left = max(at - 24, 0)
    before = text.rfind("精神", left, at)
    left = before + 2 if before >= 0 else left  # a name holds no other spirit
    while left < at and not text[left:at].isalpha():
        left = _after_mark(text, left, at)
    run = text[left:at]
    start = _trimmed(run)
    name = run[start:]
    return left + start if _names(name) else None


def _after_mark(text: str, left: int, at: int) -> int:
    """Place behind the last character of ``text[left:at]`` that is no letter."""
    for place in range(at - 1, left - 1, -1):
        if not text[place].isalpha():
            return place + 1
    return left


def _trimmed(run: str) -> int:
    """Offset of the name in the letters before 精神: behind verbs, 的, and other small words."""
    start = max((m.end() for m in _FUNCTION.finditer(run)), default=0)
    verbs = [verb for verb in words().verb if verb in run]
    moved = bool(verbs)
    while moved:
        moved = False
        for verb in verbs:
            place = run.find(verb, start)
            if place >= 0 and len(run) - place - len(verb) >= 2:
                start, moved = place + len(verb), True
                break
    return start


def _names(name: str) -> bool:
    """Whether 精神 behind ``name`` is a spirit that has a name."""
    known = words()
    if not 2 <= len(name) <= LONGEST or name in known.plain:
        return False
    return not (name.endswith(known.document) or _COUNTED.match(name) or name.isascii())

"""Short names: which person or body of a document a shorter name stands for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from kg.model import Extraction, Mention
from kg.tables import patterns

RULE = "short-name"
SHARED = 4  # characters with which two names of one unit must begin
_DOT = re.compile("[·•・‧∙]")
_QUOTES = {ord(mark): None for mark in "“”"}


def corefer(extraction: Extraction) -> dict[Mention, str]:
    """Mentions by a shorter or longer name, with the one that the document goes by.

    The family name of a foreign person (蒙特罗 for 胡安·蒙特罗); a unit named with its body,
    which is called by its own name (某厂“某某班” is 某某班); a body whose place is named without
    its level (某某博物馆 for 某某市博物馆). Only where one name of the document fits.
    """
    persons = [m for m in extraction.mentions if m.kind == "Person"]
    bodies = [m for m in extraction.mentions if m.kind == "Organization"]
    return {**_families(persons), **_tails(bodies), **_units(bodies), **_levels(bodies)}


def _families(persons: Iterable[Mention]) -> dict[Mention, str]:
    whole: dict[str, set[str]] = defaultdict(set)
    persons = list(persons)
    for person in persons:
        parts = _DOT.split(person.name)
        if len(parts) > 1:
            for part in parts[1:]:
                whole[part].add(person.label)
    return {m: next(iter(whole[m.name])) for m in persons if len(whole.get(m.name, ())) == 1}


def _tails(bodies: Iterable[Mention]) -> dict[Mention, str]:
    """Bodies called by the tail of the one longer name that ends so: 海南|南繁基地."""
    bodies = list(bodies)
    ends = sorted({m.label[::-1] for m in bodies})
    found: dict[Mention, str] = {}
    for body in bodies:
        if body.known_as or len(body.name) < SHARED:
            continue
        tail = body.name[::-1]
        at = bisect_right(ends, tail)
        longer = [end for end in ends[at : at + 2] if end.startswith(tail)]
        if len(longer) == 1 and longer[0] != tail:
            found[body] = longer[0][::-1]
    return found


def _units(bodies: Iterable[Mention]) -> dict[Mention, str]:
    bodies = list(bodies)
    units = {m.name.translate(_QUOTES) for m in bodies if m.rule in _rules()}
    found: dict[Mention, str] = {}
    ending: dict[str, list[Mention]] = defaultdict(list)
    sizes = sorted({len(unit) for unit in units})
    for body in bodies:
        plain = body.name.translate(_QUOTES)
        for size in sizes:
            if plain[-size:] in units:
                ending[plain[-size:]].append(body)
    for unit in sorted(units):
        named = ending[unit]
        longer = sorted({m.label for m in named if m.name.translate(_QUOTES) != unit}, key=len)
        if longer and len({label[:SHARED] for label in longer}) == 1:
            found.update((m, unit) for m in named if m.name != unit)
    return found


def _rules() -> tuple[str, ...]:
    return tuple(patterns("names")["unit_rules"])


def _levels(bodies: Iterable[Mention]) -> dict[Mention, str]:
    level = re.compile("|".join(patterns("names")["levels"]))
    bodies = list(bodies)
    whole: dict[str, set[str]] = defaultdict(set)
    for body in bodies:
        match = level.search(body.name, 2, 16)
        if match and not body.known_as:
            whole[body.name[: match.start()] + body.name[match.end() :]].add(body.name)
    return {
        m: next(iter(whole[m.name]))
        for m in bodies
        if len(whole.get(m.name, ())) == 1 and not m.known_as and len(m.name) > SHARED
    }

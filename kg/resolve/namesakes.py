"""Namesakes: persons of one name whom their bodies and times tell apart.

Nothing in a text says that a name in one document is the person of that name in another. It is
taken to be so unless both documents give posts at the same time in bodies that have nothing to
do with each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from kg import edtf, tables
from kg.model import Entity, Extraction, Mention, Relation, entity_id
from kg.ontology import ontology
from kg.resolve.documents import date as dated
from kg.resolve.names import Naming
from kg.resolve.roll import place

KIND = "Person"
RULE = "namesake"
ALIKE = 2  # characters that the names of two bodies must share at their beginning
DAYS = 366  # after which a post may have changed hands
MOST = 200  # documents that give a name posts; of more, all mean somebody well known
_PARTY = ("中共", "中国共产党")
_LEVELS = tuple("省市县区州盟旗乡镇村")  # 市委 (the city's committee): of which city is not said

Called = Mapping[Mention, Naming]


@dataclass
class _Unit:
    """What one document says of one name."""

    path: str
    day: str
    bodies: set[str] = field(default_factory=set)
    mentions: int = 0


def told_apart(extractions: Sequence[Extraction], called: Sequence[Called]) -> list[Called]:
    """The namings of all documents; those of a namesake say by which body it is told apart.

    The person whom most mentions mean keeps the plain name.
    """
    units: dict[str, list[_Unit]] = defaultdict(list)
    for extraction, names in zip(extractions, called, strict=True):
        for label, unit in _units(extraction, names).items():
            units[label].append(unit)
    apart: dict[tuple[str, str], str] = {}
    for label, found in units.items():
        if 1 < sum(bool(unit.bodies) for unit in found) <= MOST:
            for person in sorted(_persons(found), key=_weight)[1:]:
                tells = min(body for unit in person for body in unit.bodies)
                apart.update(((label, unit.path), tells) for unit in person)
    if not apart:
        return list(called)
    paths = [extraction.document.meta.path for extraction in extractions]
    return [
        {mention: _told(naming, path, apart) for mention, naming in names.items()}
        for path, names in zip(paths, called, strict=True)
    ]


def relations(namings: Iterable[Naming], entities: Mapping[str, Entity]) -> Iterator[Relation]:
    """That namesakes differ, with a place that names each; ``namings`` are those told apart."""
    slug = ontology().kind(KIND).slug
    for label, tells in sorted({(naming.label, naming.apart) for naming in namings}):
        one = entities.get(entity_id(slug, label))
        other = entities.get(entity_id(slug, label, *tells))
        if one and other and one.mentions and other.mentions:
            evidence = tuple(sorted((one.mentions[0], other.mentions[0]), key=place))
            yield Relation(one.id, "differentFrom", other.id, evidence, RULE, inferred=True)


def _told(naming: Naming, path: str, apart: Mapping[tuple[str, str], str]) -> Naming:
    tells = apart.get((naming.label, path)) if naming.kind == KIND else None
    return replace(naming, apart=(tells,)) if tells else naming


def _units(extraction: Extraction, names: Called) -> dict[str, _Unit]:
    document = extraction.document
    begin = edtf.bounds(dated(document))[0] if dated(document) else ""
    units: dict[str, _Unit] = {}
    for naming in names.values():
        if naming.kind == KIND:
            unit = units.setdefault(naming.label, _Unit(document.meta.path, begin))
            unit.mentions += 1
    for person, body in _posts(extraction):
        if person in names and body in names and names[person].label in units:
            units[names[person].label].bodies.add(names[body].label)
    return units


def _posts(extraction: Extraction) -> Iterator[tuple[Mention, Mention]]:
    """Persons and the bodies in which the document gives them a present post."""
    for claim in extraction.claims:
        given = dict(claim.qualifiers)
        if claim.subject is None or "tenure" in given:
            continue
        body = claim.object if claim.predicate == "memberOf" else given.get("organization")
        if claim.predicate in ("holdsPost", "memberOf") and isinstance(body, Mention):
            yield claim.subject, body


def _persons(units: Iterable[_Unit]) -> list[list[_Unit]]:
    """The units of each person. A unit that fits several goes to the first of them."""
    persons: list[list[_Unit]] = []
    for unit in sorted(units, key=lambda u: (not u.bodies, u.path)):
        fitting = [p for p in persons if not any(_strangers(unit, other) for other in p)]
        if fitting:
            fitting[0].append(unit)
        else:
            persons.append([unit])
    return persons


def _weight(person: Sequence[_Unit]) -> tuple[int, str]:
    return -sum(unit.mentions for unit in person), min(unit.path for unit in person)


def _strangers(one: _Unit, other: _Unit) -> bool:
    """Whether two documents mean two persons: other bodies, none of them known, at one time."""
    if not one.bodies or not other.bodies or _years_apart(one.day, other.day):
        return False
    heads = [{_head(body) for body in unit.bodies} for unit in (one, other)]
    return "" not in heads[0] | heads[1] and not heads[0] & heads[1]


def _years_apart(one: str, other: str) -> bool:
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) > DAYS
    except ValueError:  # not known, or before the common era
        return False


def _head(body: str) -> str:
    """How a body's name begins; empty for one that tells nothing.

    A national body is led by persons who lead others too, and a name that begins with a level
    does not say of which place.
    """
    if body in _national():
        return ""
    for party in _PARTY:
        body = body.removeprefix(party)
    return "" if body.startswith(_LEVELS) else body[:ALIKE]


@cache
def _national() -> frozenset[str]:
    return tables.words("lexicons/organizations")

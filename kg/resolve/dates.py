"""Dates: when well-known events took place, and the date that a thing's relations give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg import edtf, tables
from kg.model import Entity, Relation, Scalar, entity_id

RULE = "calendar:events"


@dataclass(frozen=True)
class Dates:
    """Time nodes, and the relations that join events to them."""

    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]


@cache
def _calendar() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in tables.rows("calendar/events"):
        start, end = row["start"], row["end"]
        value = start if end in ("", start) else f"{start}/{end}"
        for name in (row["name"], *tables.split(row["aliases"])):
            found.setdefault(name, value)
    return found


def known(entities: Iterable[Entity]) -> Dates:
    """Dates of the events among ``entities`` that the calendar knows."""
    times: dict[str, Entity] = {}
    relations = []
    for event in entities:
        value = _calendar().get(event.name) if event.kind == "Event" else None
        if value and event.mentions and edtf.valid(value):
            ident = entity_id("time", value)
            begin, end = edtf.bounds(value)
            fields = {"edtf": value, "from": begin, "until": end}
            attributes: dict[str, Scalar] = {key: text for key, text in fields.items() if text}
            times[ident] = Entity(ident, "Time", value, attributes=attributes)
            first = event.mentions[:1]
            relations.append(Relation(event.id, "heldOn", ident, first, RULE, inferred=True))
    return Dates(tuple(times.values()), tuple(relations))


def stamped(entities: Iterable[Entity], links: Iterable[tuple[str, str, bool]]) -> Iterator[Entity]:
    """Entities with the attributes edtf, from and until of the one time they are linked to.

    ``links`` are (thing, time, inferred). A stated time goes before an inferred one; of
    several the one that lies inside all others is taken, and none when they disagree.
    """
    everything = tuple(entities)
    values = {e.id: e.attributes for e in everything if e.kind == "Time" and "edtf" in e.attributes}
    given: dict[str, dict[bool, set[str]]] = defaultdict(lambda: defaultdict(set))
    for thing, time, inferred in links:
        if time in values:
            given[thing][inferred].add(time)
    for entity in everything:
        choice = given.get(entity.id, {})
        found = _narrowest(sorted(choice.get(False, ()) or choice.get(True, ())), values)
        if found is None:
            yield entity
        else:
            dated = {k: v for k, v in found.items() if k in ("edtf", "from", "until")}
            yield replace(entity, attributes=dict(sorted({**entity.attributes, **dated}.items())))


def _narrowest(
    times: list[str], values: Mapping[str, Mapping[str, Scalar]]
) -> Mapping[str, Scalar] | None:
    def bounds(time: str) -> tuple[str, str]:
        return str(values[time].get("from", "")), str(values[time].get("until", "") or "9999")

    for time in times:
        begin, end = bounds(time)
        if all(bounds(other)[0] <= begin and end <= bounds(other)[1] for other in times):
            return values[time]
    return None

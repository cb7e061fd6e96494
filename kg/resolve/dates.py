"""Dates: when well-known events took place, and the date that a thing's relations give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg import edtf, tables
from kg.model import Alias, Entity, Evidence, Relation, Scalar, entity_id

RULE = "calendar:events"
NAMED = "date-in-words"
# Tables whose wordings name a time by themselves; those of the others hang on a document or event.
_NAMING = ("calendar:eras", "calendar:plans", "calendar:reigns")


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


def labelled(entity: Entity) -> Entity:
    """A time with its most frequent wording that says its value by itself, else with the value in
    words; other such wordings are aliases. 今年 (this year) or 大会召开之际 (when the congress
    opened) stay in the evidence.
    """
    if entity.kind != "Time":
        return entity
    said: dict[str, list[Evidence]] = defaultdict(list)
    for place in entity.mentions:
        if not place.inferred or place.inferred.startswith("calendar:"):
            said[place.wording].append(place)

    def rank(wording: str) -> tuple[bool, int, int, str]:
        stated = [place for place in said[wording] if not place.inferred]
        return not stated, -len(said[wording]), len(wording), wording

    own = [w for w in said if any(_names(place) for place in said[w])]
    value = str(entity.attributes.get("edtf") or entity.attributes.get("isoDuration") or "")
    name = min(own, key=rank) if own else in_words(value)
    aliases = tuple(
        Alias(wording, tuple(said[wording]), said[wording][0].inferred or "wording",
              all(place.inferred for place in said[wording]))
        for wording in sorted(said)
        if wording != name
    )  # fmt: skip
    naming = None
    if not own and entity.mentions:
        naming = Alias(name, entity.mentions[:1], NAMED, inferred=True)
    return replace(entity, name=name, aliases=aliases, naming=naming)


def _names(place: Evidence) -> bool:
    return not place.inferred or place.inferred in _NAMING


def in_words(value: str) -> str:
    """An EDTF date as it is read; a duration stays as it is.

    >>> in_words("2018-10-22"), in_words("2012-11-08/.."), in_words("2018-01/2018-06")
    ('2018年10月22日', '2012年11月8日以来', '2018年1月至6月')
    >>> in_words("2018-10-22/2018-10-26"), in_words("2017/2020")
    ('2018年10月22日至26日', '2017年至2020年')
    >>> in_words("199X"), in_words("2050~"), in_words("XXXX-10-23"), in_words("P3Y")
    ('20世纪90年代', '2050年前后', '10月23日', 'P3Y')
    """
    begin, mark, end = value.partition("/")
    if not edtf.valid(value):
        return value
    if not mark:
        return _date_in_words(value)
    if end == "..":
        return f"{_date_in_words(begin)}以来"
    if begin == "..":
        return f"截至{_date_in_words(end)}"
    last = _date_in_words(end)
    if begin[:4] == end[:4] and len(end) > 4 and "X" not in value:
        last = last.removeprefix(f"{int(end[:4])}年")
        if len(end) > 7 and begin[:7] == end[:7]:
            last = last.partition("月")[2]
    return f"{_date_in_words(begin)}至{last}"


def _date_in_words(date: str) -> str:
    about = "前后" if date[-1] in "~?" else ""
    date = date.rstrip("~?")
    if date.endswith("XX") and len(date) == 4:
        return f"{int(date[:2]) + 1}世纪"
    if date.endswith("X"):
        return f"{int(date[:2]) + 1}世纪{date[2]}0年代"
    year, month, day = (*date.split("-"), "", "")[:3]
    words = "" if "X" in year else f"{int(year)}年"
    words += f"{int(month)}月" if month.isdigit() else ""
    return words + (f"{int(day)}日" if day else "") + about

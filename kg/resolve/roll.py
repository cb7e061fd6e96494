"""Roll: entities as they are put together from mentions of many documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from kg.model import Alias, Entity, Evidence, Scalar, entity_id
from kg.ontology import ontology
from kg.resolve.names import Naming

# Where two kinds share their IRIs, the one that says more stays.
STRONGER = {"Work": "Law"}


@dataclass(slots=True)
class Entry:
    """One entity in the making."""

    kind: str
    name: str
    worded: bool = False  # whether a text calls it by its name
    evidence: list[Evidence] = field(default_factory=list)
    aliases: dict[tuple[str, str, bool], list[Evidence]] = field(default_factory=dict)
    attributes: dict[str, Scalar] = field(default_factory=dict)
    known: str = ""  # rule of the knowledge that gave the name


class Roll:
    """Every entity by id. Mentions may come in any order of document; the result is sorted."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(
        self,
        naming: Naming,
        wording: str,
        evidence: Iterable[Evidence],
        *,
        key: str = "",
        attributes: Mapping[str, Scalar] | None = None,
    ) -> str:
        """Id of the entity that ``wording`` names; ``key`` replaces the label in the id."""
        slug = ontology().kind(naming.kind).slug
        ident = entity_id(slug, key or naming.label, *naming.apart)
        entry = self._entry(ident, naming.kind, naming.label)
        if STRONGER.get(entry.kind) == naming.kind:
            entry.kind = naming.kind
        entry.worded |= wording == entry.name
        found = tuple(evidence)
        entry.evidence += found
        if attributes:
            entry.attributes.update(attributes)
        if naming.known:
            entry.known = entry.known or naming.rule
        if naming.alias and wording != naming.label and not key:
            rule = naming.rule or "wording"
            inferred = naming.inferred and naming.rule != "abbreviation"
            entry.aliases.setdefault((wording, rule, inferred), []).extend(found)
        return ident

    def keep(self, entity: Entity) -> None:
        """An entity made elsewhere; it is joined with what is known under its id."""
        entry = self._entry(entity.id, entity.kind, entity.name)
        entry.kind, entry.name = entity.kind, entity.name
        entry.evidence += entity.mentions
        if entity.naming is None:
            entry.worded = True
        else:
            entry.known = entity.naming.rule
        entry.attributes.update(entity.attributes)
        for alias in entity.aliases:
            key = (alias.name, alias.rule, alias.inferred)
            entry.aliases.setdefault(key, []).extend(alias.evidence)

    def _entry(self, ident: str, kind: str, name: str) -> Entry:
        found = self._entries.get(ident)
        if found is None:
            found = self._entries[ident] = Entry(kind, name)
        return found

    def entities(self, *kinds: str) -> tuple[Entity, ...]:
        """The entities of the given kinds, or all, in order of id."""
        return tuple(
            _finish(ident, entry)
            for ident, entry in sorted(self._entries.items(), key=itemgetter(0))
            if not kinds or entry.kind in kinds
        )

    def drained(self) -> Iterator[Entity]:
        """All entities in order of id, none of them held any longer."""
        for ident in sorted(self._entries):
            yield _finish(ident, self._entries.pop(ident))


def place(evidence: Evidence) -> tuple[str, int, int]:
    """Sort key of evidence: document, begin, end."""
    return (evidence.document_id, evidence.begin, evidence.end)


def _in_order(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Each once, by place."""
    if len(evidence) == 1:
        return (evidence[0],)
    return tuple(sorted(dict.fromkeys(evidence), key=place))


def _finish(ident: str, entry: Entry) -> Entity:
    evidence = _in_order(entry.evidence)
    naming = None
    if entry.known and not entry.worded and evidence:
        naming = Alias(entry.name, evidence[:1], entry.known, inferred=True)
    return Entity(
        ident, entry.kind, entry.name, _aliases(entry), dict(sorted(entry.attributes.items())),
        evidence, naming,
    )  # fmt: skip


def _aliases(entry: Entry) -> tuple[Alias, ...]:
    """One alias a wording: the rule that infers least, all its evidence."""
    if not entry.aliases:
        return ()
    joined: dict[str, tuple[bool, str, list[Evidence]]] = {}
    for (name, rule, inferred), found in sorted(entry.aliases.items(), key=lambda a: a[0]):
        before = joined.get(name)
        if before is None:
            joined[name] = (inferred, rule, found)
        else:
            joined[name] = (*min((inferred, rule), before[:2]), before[2] + found)
    return tuple(
        Alias(name, _in_order(found), rule, inferred)
        for name, (inferred, rule, found) in sorted(joined.items())
    )

"""Roll: entities as they are put together from mentions of many documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from kg.model import Alias, Entity, Evidence, Scalar, entity_id
from kg.ontology import ontology
from kg.resolve.names import Naming

# Where two kinds share their IRIs, the one that says more stays.
STRONGER = {"Work": "Law"}


@dataclass
class Entry:
    """One entity in the making."""

    kind: str
    name: str
    wordings: Counter[str] = field(default_factory=Counter)
    evidence: dict[Evidence, None] = field(default_factory=dict)
    aliases: dict[tuple[str, str, bool], dict[Evidence, None]] = field(default_factory=dict)
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
        entry = self._entries.setdefault(ident, Entry(naming.kind, naming.label))
        if STRONGER.get(entry.kind) == naming.kind:
            entry.kind = naming.kind
        entry.wordings[wording] += 1
        found = dict.fromkeys(evidence)
        entry.evidence.update(found)
        entry.attributes.update(attributes or {})
        if naming.known:
            entry.known = entry.known or naming.rule
        if naming.alias and wording != naming.label and not key:
            rule = naming.rule or "wording"
            inferred = naming.inferred and naming.rule != "abbreviation"
            entry.aliases.setdefault((wording, rule, inferred), {}).update(found)
        return ident

    def keep(self, entity: Entity) -> None:
        """An entity made elsewhere; it is joined with what is known under its id."""
        entry = self._entries.setdefault(entity.id, Entry(entity.kind, entity.name))
        entry.kind, entry.name = entity.kind, entity.name
        entry.evidence.update(dict.fromkeys(entity.mentions))
        if entity.naming is None:
            entry.wordings[entity.name] += 1
        else:
            entry.known = entity.naming.rule
        entry.attributes.update(entity.attributes)
        for alias in entity.aliases:
            key = (alias.name, alias.rule, alias.inferred)
            entry.aliases.setdefault(key, {}).update(dict.fromkeys(alias.evidence))

    def entities(self, *kinds: str) -> tuple[Entity, ...]:
        """The entities of the given kinds, or all, in order of id."""
        return tuple(
            _finish(ident, entry)
            for ident, entry in sorted(self._entries.items(), key=itemgetter(0))
            if not kinds or entry.kind in kinds
        )


def place(evidence: Evidence) -> tuple[str, int, int]:
    """Sort key of evidence: document, begin, end."""
    return (evidence.document_id, evidence.begin, evidence.end)


def _finish(ident: str, entry: Entry) -> Entity:
    evidence = tuple(sorted(entry.evidence, key=place))
    naming = None
    if entry.known and entry.name not in entry.wordings and evidence:
        naming = Alias(entry.name, evidence[:1], entry.known, inferred=True)
    return Entity(
        ident, entry.kind, entry.name, _aliases(entry), dict(sorted(entry.attributes.items())),
        evidence, naming,
    )  # fmt: skip


def _aliases(entry: Entry) -> tuple[Alias, ...]:
    """One alias a wording: the rule that infers least, all its evidence."""
    if not entry.aliases:
        return ()
    joined: dict[str, tuple[bool, str, dict[Evidence, None]]] = {}
    for (name, rule, inferred), found in sorted(entry.aliases.items(), key=lambda a: a[0]):
        before = joined.get(name)
        if before is None:
            joined[name] = (inferred, rule, dict(found))
        else:
            before[2].update(found)
            joined[name] = (*min((inferred, rule), before[:2]), before[2])
    return tuple(
        Alias(name, tuple(sorted(found, key=place)), rule, inferred)
        for name, (inferred, rule, found) in sorted(joined.items())
    )

"""Formula nodes: entities and relations of names and lists, put together by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import Alias, Entity, Evidence, Relation, Scalar, entity_id
from kg.ontology import ontology
from kg.resolve.formula_lists import Placed, Version


@dataclass(slots=True)
class Entry:
    """An entity in the making."""

    kind: str
    name: str
    attributes: dict[str, Scalar] = field(default_factory=dict)
    mentions: dict[Evidence, None] = field(default_factory=dict)
    aliases: dict[str, dict[Evidence, None]] = field(default_factory=dict)


class Nodes:
    """Entities by id and relations by what they say."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._relations: dict[str, Relation] = {}

    def add(
        self,
        kind: str,
        name: str,
        evidence: Iterable[Evidence],
        *apart: str,
        attributes: Mapping[str, Scalar] | None = None,
    ) -> str:
        """Id of the entity of this kind and name; ``apart`` tells namesakes apart."""
        ident = entity_id(ontology().kind(kind).slug, name, *apart)
        entry = self._entries.get(ident) or self._entries.setdefault(ident, Entry(kind, name))
        entry.mentions.update(dict.fromkeys(evidence))
        entry.attributes.update(attributes or {})
        return ident

    def alias(self, ident: str, name: str, evidence: Iterable[Evidence]) -> None:
        """Another form of the name that stands in a text."""
        if name != self._entries[ident].name:
            found = self._entries[ident].aliases.setdefault(name, {})
            found.update(dict.fromkeys(evidence))

    def relate(
        self,
        subject: str,
        predicate: str,
        target: str,
        evidence: Iterable[Evidence],
        rule: str,
        *,
        position: int = 0,
        inferred: bool = False,
    ) -> None:
        """A relation; said twice, it keeps its rule and gathers the evidence."""
        qualifiers: dict[str, Scalar] = {"position": position} if position else {}
        said = Relation(subject, predicate, target, tuple(evidence), rule, qualifiers, inferred)
        known = self._relations.get(said.id)
        if known is not None:
            all_ = dict.fromkeys((*known.evidence, *said.evidence))
            said = Relation(
                subject, predicate, target, tuple(all_), known.rule, qualifiers,
                known.inferred and inferred,
            )  # fmt: skip
        self._relations[said.id] = said

    def members(
        self, subject: str, predicate: str, kind: str, version: Version, rule: str, *,
        inferred: bool = False, own: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """The members of a version in order, each with its place in every document that lists it.

        The subject keeps from when to when documents list them, as far as these are dated.
        ``own`` maps the wording of a member to the entity that it is already.
        """
        days = zip(("listedFrom", "listedUntil"), version.days, strict=True)
        self._entries[subject].attributes.update({key: day for key, day in days if day})
        for index, text in enumerate(version.texts):
            evidence = _everywhere(version.lists, index)
            member = (own or {}).get(text) or self.add(kind, text, evidence)
            self.relate(
                subject, predicate, member, evidence, rule, position=index + 1, inferred=inferred
            )

    def entities(self) -> tuple[Entity, ...]:
        """All entities in order of id."""
        return tuple(
            Entity(
                id=ident,
                kind=entry.kind,
                name=entry.name,
                aliases=tuple(
                    Alias(name, tuple(sorted(found, key=_place)), "wording")
                    for name, found in sorted(entry.aliases.items())
                ),
                attributes=entry.attributes,
                mentions=tuple(sorted(entry.mentions, key=_place)),
            )
            for ident, entry in sorted(self._entries.items())
        )

    def relations(self) -> tuple[Relation, ...]:
        """All relations in order of id, their evidence by place."""
        return tuple(
            Relation(
                r.subject,
                r.predicate,
                r.object,
                tuple(sorted(r.evidence, key=_place)),
                r.rule,
                r.qualifiers,
                r.inferred,
            )
            for _, r in sorted(self._relations.items())
        )


def _everywhere(lists: Sequence[Placed], index: int) -> tuple[Evidence, ...]:
    found: dict[Evidence, None] = {}
    for placed in lists:
        found.update(dict.fromkeys(placed.evidence(index)))
    return tuple(found)


def _place(evidence: Evidence) -> tuple[str, int, int]:
    return evidence.document_id, evidence.begin, evidence.end

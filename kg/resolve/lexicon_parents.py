"""Lexicon parents: what a person's lexicon says a thing belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.lexicons import PARENTS, Lexicon
from kg.model import Entity, Relation


def relations(lexicon: Lexicon, entities: Iterable[Entity]) -> Iterator[Relation]:
    """From each listed thing that a text names to the nearest thing above it that one names.

    Evidence are the places that name the lower one; the rule names the row.
    """
    if not any(entry.parent for entry in lexicon.entries):
        return
    named = _named(entities)
    for entry in lexicon.entries:
        child = named.get((entry.kind, entry.name))
        if child is None or not entry.parent:
            continue
        predicate, kinds = PARENTS[entry.kind]
        above = (named.get((kind, name)) for name in lexicon.ancestors(entry) for kind in kinds)
        parent = next((found for found in above if found and found.id != child.id), None)
        if parent is not None:
            yield Relation(
                child.id, predicate, parent.id, child.mentions[:1], entry.rule, inferred=True
            )


def _named(entities: Iterable[Entity]) -> Mapping[tuple[str, str], Entity]:
    """Entities that a text names by kind and name; an alias counts where no name is the same."""
    names: dict[tuple[str, str], Entity] = {}
    aliases: dict[tuple[str, str], Entity] = {}
    for entity in entities:
        if entity.mentions:
            names.setdefault((entity.kind, entity.name), entity)
            for alias in entity.aliases:
                aliases.setdefault((entity.kind, alias.name), entity)
    return {**aliases, **names}

"""Relisting: formulas and spirits under the names that a person decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.decisions import RENAMED
from kg.model import Alias, Entity, Evidence, Extraction, ItemList, Mention
from kg.resolve import formulas
from kg.resolve.formulas import Registry
from kg.resolve.roster import node
from kg.resolve.steering import LISTED, Steering, Target

Key = tuple[str, Mention]


def register(extractions: Sequence[Extraction], first: Registry, steering: Steering) -> Registry:
    """The registry of lists as the decisions have it; ``first`` is the one without them."""
    entities = {entity.id: entity for entity in first.entities}
    renamed: dict[Key, Target] = {}
    for key, ident in first.ids.items():
        entity = entities.get(ident)
        if entity is not None and node(entity.kind, "").slug in LISTED:
            target = steering.targets.get(node(entity.kind, entity.name))
            if target is not None and key[1].kind == entity.kind:
                renamed[key] = target
    if not renamed:
        return first
    found = formulas.register([_renamed(extraction, renamed) for extraction in extractions])
    ids = dict(found.ids)
    for document, mention in renamed:
        new = _named(document, mention, renamed)
        if (document, new) in found.ids:
            ids[document, mention] = ids.pop((document, new), found.ids[document, new])
    aliases = _aliases(extractions, ids, renamed)
    return Registry(
        tuple(_with(entity, aliases.get(entity.id, {})) for entity in found.entities),
        ids,
        found.relations,
    )


def _renamed(extraction: Extraction, renamed: Mapping[Key, Target]) -> Extraction:
    document = extraction.document.id

    def listed(made: ItemList) -> ItemList:
        return replace(made, name=_named(document, made.name, renamed)) if made.name else made

    mentions = tuple(_named(document, mention, renamed) for mention in extraction.mentions)
    return replace(extraction, mentions=mentions, lists=tuple(map(listed, extraction.lists)))


def _named(document: str, mention: Mention, renamed: Mapping[Key, Target]) -> Mention:
    target = renamed.get((document, mention))
    return replace(mention, name=target.node.label) if target else mention


def _aliases(
    extractions: Sequence[Extraction], ids: Mapping[Key, str], renamed: Mapping[Key, Target]
) -> Mapping[str, Mapping[tuple[str, str], list[Evidence]]]:
    """Entity -> (wording that the decisions made another name of it, rule) -> its places."""
    documents = {extraction.document.id: extraction.document for extraction in extractions}
    found: dict[str, dict[tuple[str, str], list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for (document, mention), target in renamed.items():
        ident = ids.get((document, mention))
        if ident and mention.name != target.node.label:
            evidence = documents[document].evidence(mention.span)
            found[ident][mention.name, target.rule] += evidence
    return found


def _with(entity: Entity, wordings: Mapping[tuple[str, str], list[Evidence]]) -> Entity:
    """An entity with its further names; a name that only a decision gives is marked so."""
    names = {name for name, _ in wordings}
    kept = tuple(alias for alias in entity.aliases if alias.name not in names)
    added = tuple(
        Alias(name, tuple(places), rule, inferred=True) for (name, rule), places in wordings.items()
    )
    naming = entity.naming
    if any(rule == RENAMED for _, rule in wordings) and entity.mentions:
        naming = Alias(entity.name, entity.mentions[:1], RENAMED, inferred=True)
    return replace(entity, aliases=(*kept, *added), naming=naming)

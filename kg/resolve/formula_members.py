"""Formula members: the items of lists that are something with a name of its own already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import partial

from kg.model import Extraction, Mention, Span, entity_id
from kg.ontology import ontology
from kg.resolve.formula_lists import Placed
from kg.resolve.names import namings

# Things that a list may consist of; persons, roles, dates and figures are none.
KINDS = frozenset({"Policy", "Campaign", "Organization", "Work", "Law", "Honour", "Place", "Event"})


def named(extractions: Sequence[Extraction], lists: Iterable[Placed]) -> Mapping[str, str]:
    """Ids of the policies, bodies, laws … that the wording of an item is the name of.

    Only where the whole item is the mention and the wording is its preferred label.
    """
    items: dict[int, set[Span]] = {}
    for made in lists:
        items.setdefault(made.place, set()).update(item.span for item in made.list.items)
    found: dict[str, str] = {}
    for place, spans in sorted(items.items()):
        extraction = extractions[place]
        whole = partial(_is_whole, spans)
        if not any(map(whole, extraction.mentions)):
            continue
        for mention, naming in namings(extraction, whole).items():
            if naming.label == mention.name:
                slug = ontology().kind(naming.kind).slug
                found.setdefault(naming.label, entity_id(slug, naming.label))
    return found


def _is_whole(spans: Set[Span], mention: Mention) -> bool:
    return mention.kind in KINDS and mention.span in spans

"""Names: what each mention of one document is called, after short forms are followed back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from kg.model import Claim, Extraction, Mention
from kg.ontology import ontology
from kg.resolve import persons, short_names, titles

LOCAL = (
    "local-office",
    "inner-unit",
    "same-place",
)  # rules of bodies named without the body they belong to


@dataclass(frozen=True, slots=True)
class Naming:
    """The entity a mention stands for: kind and preferred label.

    ``rule`` is set when the label is not the wording itself; ``alias`` says whether the
    wording is another name of the entity, which a bare title (总书记, "General Secretary")
    is not. ``inferred`` marks what no text states outright.
    """

    kind: str
    label: str
    rule: str = ""
    alias: bool = True
    inferred: bool = False
    known: bool = False  # the label comes from general knowledge, or from a person
    apart: tuple[str, ...] = ()  # what tells the entity from others of its name


def mentions(
    extraction: Extraction, wanted: Callable[[Mention], bool] | None = None
) -> Iterator[Mention]:
    """The mentions of an extraction that are wanted, those that only its claims name included.

    Each once, in the order of the text, then of the claims.
    """
    ends = (
        end
        for claim in extraction.claims
        for end in (claim.subject, claim.object, *(value for _, value in claim.qualifiers))
        if isinstance(end, Mention)
    )
    yield from dict.fromkeys(filter(wanted, chain(extraction.mentions, ends)))


def namings(
    extraction: Extraction, wanted: Callable[[Mention], bool] | None = None
) -> Mapping[Mention, Naming]:
    """What every mention of an extraction that is wanted is called."""
    introduced = _introduced(extraction.claims)
    roles = persons.corefer(extraction)
    short = titles.corefer(extraction)
    brief = short_names.corefer(extraction)
    local = _local(extraction)
    found = {}
    for mention in mentions(extraction, wanted):
        if roles and mention in roles:
            naming = Naming("Person", roles[mention], "coreference", alias=False, inferred=True)
        elif short and mention in short:
            naming = Naming(mention.kind, short[mention], "short-title", inferred=True)
        elif brief and mention in brief:
            naming = Naming(mention.kind, brief[mention], short_names.RULE, inferred=True)
        elif introduced and (full := introduced.get((_slug(mention), mention.name))) is not None:
            naming = Naming(mention.kind, full.label, "abbreviation", known=bool(full.known_as))
        elif mention.known_as and mention.known_as != mention.name:
            rule = mention.known_by
            naming = Naming(mention.kind, mention.known_as, rule, inferred=True, known=True)
        elif local and mention.kind == "Organization" and mention.name in local:
            full = local[mention.name]
            if full.known_as:
                naming = Naming(
                    mention.kind, full.known_as, full.known_by, inferred=True, known=True
                )
            else:
                apart = (extraction.document.meta.path,)
                naming = Naming(mention.kind, mention.name, apart=apart)
        else:
            naming = _plain(mention.kind, mention.name)
        found[mention] = naming
    return found


_plain = lru_cache(1 << 14)(Naming)  # most mentions are called what they are worded


def _local(extraction: Extraction) -> dict[str, Mention]:
    """Names that mean another body in every document, such as 教务处 (the registry) or 省公安厅:
    a mention by each, one that tells the full name where there is such a one."""
    found: dict[str, Mention] = {}
    ends = (claim.object for claim in extraction.claims if claim.object is not None)
    for mention in chain(extraction.mentions, ends):
        if mention.rule in LOCAL and (mention.known_as or mention.name not in found):
            found[mention.name] = mention
    return found


def _introduced(claims: tuple[Claim, ...]) -> dict[tuple[str, str], Mention]:
    found: dict[tuple[str, str], Mention] = {}
    for claim in claims:
        if claim.predicate == "alias" and claim.subject and claim.object:
            found.setdefault((_slug(claim.object), claim.object.name), claim.subject)
    return found


def _slug(mention: Mention) -> str:
    return ontology().kind(mention.kind).slug

"""Persons: which person a bare title means in a document."""

from __future__ import annotations

from functools import cache

from kg.model import Extraction, Mention
from kg.tables import rows


@cache
def _unique() -> frozenset[str]:
    """Titles that stand for one person when they stand alone."""
    return frozenset(row["name"] for row in rows("lexicons/roles") if row["unique"] == "yes")


def corefer(extraction: Extraction) -> dict[Mention, str]:
    """Bare title -> name of the one person to whom the same document gives that title.

    Only titles of a unique office count, such as 总书记 (general secretary), and only where
    the document gives the title to exactly one person.
    """
    holders: dict[str, set[str]] = {}
    worn: set[Mention] = set()  # titles that stand beside a person
    for claim in extraction.claims:
        person, role = claim.subject, claim.object
        if claim.predicate == "holdsPost" and person is not None and role is not None:
            holders.setdefault(role.name, set()).add(person.label)
            worn.add(role)
    found: dict[Mention, str] = {}
    for mention in extraction.mentions:
        if mention.kind != "Role" or mention in worn or mention.name not in _unique():
            continue
        people = holders.get(mention.name, set())
        if len(people) == 1:
            found[mention] = next(iter(people))
    return found

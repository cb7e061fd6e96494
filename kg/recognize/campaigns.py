"""Campaigns: campaigns, competitions and programmes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.model import Mention, Passage
from kg.recognize import campaigns_plain, campaigns_quoted
from kg.recognize.base import Matcher, shared
from kg.tables import rows

_QUOTES = {ord(mark): None for mark in "“”"}


class Campaigns:
    """Finds campaigns, competitions and programmes (kind Campaign)."""

    name = "campaigns"

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Mentions in ``passage``."""
        listed = list(_national(passage))
        yield from listed
        places = {mention.span for mention in listed}
        for mention in (*campaigns_quoted.find(passage), *campaigns_plain.find(passage)):
            if mention.span not in places:
                yield mention


@cache
def _names() -> dict[str, str]:
    return {row["name"]: row["full"] for row in rows("lexicons/campaigns_national")}


@shared
def _matcher() -> Matcher:
    return Matcher(_names())


def _national(passage: Passage) -> Iterator[Mention]:
    """National programmes of the lexicon."""
    for start, end, found in _matcher().find(passage.text):
        name = found.translate(_QUOTES)
        full = _names()[found]
        known = full if full != name else ""
        yield passage.mention(
            start,
            end,
            "Campaign",
            rule="national-programme",
            name=name,
            known_as=known,
            known_by="campaigns_national" if known else "",
        )

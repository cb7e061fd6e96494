"""Propagate: a name found once in a document is found wherever it stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.model import Document, Mention
from kg.recognize.base import Matcher
from kg.recognize.name_foreign import DOTS
from kg.recognize.name_lexicon import closing

# Shorter names are words of their own too often.
LEAST = {"Person": 3, "Organization": 4, "Place": 3, "Campaign": 4, "Honour": 4}
SHORT = 2  # a person's name of so many characters is found again only between borders
_OPENS = "。；！？\n“（、"


def propagate(
    document: Document, mentions: Iterable[Mention], introduced: Mapping[str, str]
) -> Iterator[Mention]:
    """Further mentions of the names in ``mentions``, and of short names that the text introduces.

    ``introduced`` maps a short name of a body to its full one. What the mentions cover
    already is left alone.
    """
    found = tuple(mentions)
    known: dict[str, Mention] = {}
    for mention in found:
        if mention.kind in LEAST and len(mention.name) >= LEAST[mention.kind]:
            known.setdefault(mention.name, mention)
    full_names = {mention.label: mention for mention in known.values()}
    for short, full in introduced.items():
        named = full_names.get(full)
        if named is not None and len(short) >= 2:
            known[short] = named
    for part, person in _parts(found):
        known.setdefault(part, person)
    brief = {m.name: m for m in reversed(found) if m.kind == "Person" and len(m.name) == SHORT}
    known.update(brief)
    if not known:
        return
    taken = {(m.span.start, m.span.end) for m in found if m.kind in LEAST}
    matcher = Matcher(known)
    for passage in document.passages:
        if not passage.searched:
            continue
        for start, end, word in matcher.find(passage.text):
            model = known[word]
            family = word not in (model.name, *introduced)
            if (family or word in brief) and not _alone(passage.text, start, end):
                continue
            again = passage.mention(
                start,
                end,
                model.kind,
                rule="propagation",
                known_as=model.known_as if word == model.name else "",
                known_by=model.known_by if word == model.name else "",
            )
            if (again.span.start, again.span.end) not in taken:
                yield again


def _parts(mentions: Iterable[Mention]) -> Iterator[tuple[str, Mention]]:
    """Family names of persons whose full names have dots: 某某·蒙特罗 is 蒙特罗 later on."""
    for mention in mentions:
        if mention.kind == "Person" and any(dot in mention.name for dot in DOTS):
            for part in re.split(f"[{DOTS}]", mention.name)[1:]:
                if len(part) >= SHORT:
                    yield part, mention


def _alone(text: str, start: int, end: int) -> bool:
    """Whether a short name opens a sentence, before a mark or a word that follows names."""
    opened = start == 0 or text[start - 1] in _OPENS
    return opened and (text[end : end + 1] in ("，", "、", "") or closing(text, end) > 1)

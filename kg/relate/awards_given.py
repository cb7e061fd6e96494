"""Awards given: long lists of those to whom an honour goes: 授予甲、乙、丙等40个单位“X”称号."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Mention
from kg.relate.awards_subjects import words
from kg.relate.statements_text import Sentence

ITEM = 60  # characters of one of those listed
_AS = "为"


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(f"(?<![被获])(?:{'|'.join(words('give_list'))})(?![“为的了])")


@cache
def _tail() -> re.Pattern[str]:
    """The count at the end of a list: 等26个城（县）."""
    number = "(?:[0-9]+|[一二两三四五六七八九十百]+)"
    what = "|".join(map(re.escape, words("counted")))
    return re.compile(rf"(?:等{number}?|{number})?[名位个家支]?(?:{what})?$")


def listed(sentence: Sentence, honour: Mention) -> list[Mention]:
    """The persons, or the bodies and places, of the list between a verb of giving and an honour.

    An item of the list that names none of these is passed over.
    """
    begin = sentence.clause(honour.span.start)
    text = sentence.within(begin, honour.span.start)
    verb = next(reversed(list(_verbs().finditer(text))), None)
    if verb is None:
        return []
    body = text[verb.end() :].rstrip("“")
    placed = body.endswith(_AS) and verb.group() in words("placed")
    if placed:
        body = body.removesuffix(_AS)
    elif verb.group() in words("placed"):
        return []
    body = body[: _tail().search(body).start()]  # type: ignore[union-attr]
    if any(word in body for word in words("receive") if len(word) > 1):
        return []
    low = begin + verb.end()
    kinds = ("Organization", "Place") if placed else ("Organization",)
    people: list[Mention] = []
    others: list[Mention] = []
    for start, end in _items(body):
        inside = [m for m in sentence.mentions if m.span.end == low + end]
        inside = [m for m in inside if m.span.start >= low + start]
        people += [m for m in inside if m.kind == "Person"]
        whole = (m for m in inside if m.kind == "Place" or m.span.start == low + start)
        others += [m for m in whole if m.kind in kinds]
    return people or others


def _items(body: str) -> Iterator[tuple[int, int]]:
    """Spans of the items of a list, with forms of address left off."""
    at = 0
    for part in re.split("[、和]", body):
        end = at + len(part.removesuffix("同志").rstrip())
        if 2 <= end - at <= ITEM:
            yield at, end
        at += len(part) + 1

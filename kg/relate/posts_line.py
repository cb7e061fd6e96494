"""Lines: a passage as a string of letters, one for each name and for the signs between them.

O body, L place, R title, P person; signs as in ``lexicons/role_glue``, _ a space, x any other
text, q a word of removing from office whose object is 其 (his or her).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import Mention, Passage, Span
from kg.relate import posts_hosts
from kg.tables import patterns, rows, words

KINDS = {"Organization": "O", "Place": "L", "Role": "R", "Person": "P"}
_WHOSE = "其"
_BREAK = "x"
_SLASHES = ("／", "/")
_COLON = "："


@dataclass(frozen=True, slots=True)
class Line:
    """A passage as letters: ``marks[i]`` is the mention that letter ``i`` stands for."""

    letters: str
    marks: tuple[Mention | None, ...]
    sole: Mention | None  # the one person that the passage names
    hosts: Mapping[Mention, Mention]  # title -> the body that the word before it stands for


@cache
def _glue() -> re.Pattern[str]:
    listed = sorted((row["word"] for row in rows("lexicons/role_glue")), key=lambda w: (-len(w), w))
    note = r"[（(](?:[男女]|[\u4e00-\u9fff]{1,4}族)(?:[，,][\u4e00-\u9fff]{1,4}族)?[）)]"
    count = "第?[一二三四五六七八九十百0-9]{1,4}届"
    ward = f"[\u4e00-\u9fff]{{1,6}}(?:{'|'.join(patterns('names')['wards'])})(?=$)"
    return re.compile("|".join([note, count, ward, *map(re.escape, listed), r"[ \u3000]+"]))


@cache
def _last() -> frozenset[str]:
    """Characters that glue can end with."""
    glue = [row["word"] for row in rows("lexicons/role_glue")] + patterns("names")["wards"]
    return frozenset("）)届 \u3000").union(word[-1] for word in glue)


@cache
def _ousted() -> tuple[str, ...]:
    """Words of removing from office, with whom they remove: 免去其."""
    return tuple(word + _WHOSE for word in words("lexicons/role_dismissals", "word"))


@cache
def _signs() -> dict[str, str]:
    return {row["word"]: row["sign"] for row in rows("lexicons/role_glue")}


def line(passage: Passage, mentions: Sequence[Mention], hosts: posts_hosts.Hosts) -> Line:
    letters: list[str] = []
    marks: list[Mention | None] = []
    at = passage.span.start
    for mention in mentions:
        if mention.span.start < at:
            continue
        gap = passage.within(Span(at, mention.span.start))
        if gap.strip() in _SLASHES and mention.kind == "Person" and letters[-1:] == ["R"]:
            gap = _COLON  # 责编／某某
        for letter in _letters(gap) + ("q" if gap.endswith(_ousted()) else ""):
            letters.append(letter)
            marks.append(None)
        letters.append(KINDS[mention.kind])
        marks.append(mention)
        at = mention.span.end
    for letter in _letters(passage.within(Span(at, passage.span.end))[:4]):
        letters.append(letter)
        marks.append(None)
    people = {m.name: m for m in reversed(mentions) if m.kind == "Person"}
    sole = next(iter(people.values())) if len(people) == 1 else None
    titles = (m for m in mentions if m.kind == "Role") if hosts.bodies else ()
    local = {m: body for m in titles if (body := posts_hosts.host_of(passage, m, hosts))}
    local.update(posts_hosts.of_dateline(passage, mentions))
    return Line("".join(letters), tuple(marks), sole, local)


def _letters(gap: str) -> str:
    """``gap`` as signs where it is glue at its ends, as a break where it is other text."""
    found, at = [], 0
    while at < len(gap):
        match = _glue().match(gap, at)
        if match is None:
            found.append(_BREAK)
            break
        found.append(_sign(match.group()))
        at = match.end()
    if at < len(gap):  # what stands right before the next name counts too
        found.extend(_tail(gap[at:]))
    signs = "".join(found)
    return signs.replace("_", "") or signs[:1]  # a space counts only where nothing else stands


def _sign(glue: str) -> str:
    """The sign of a word of glue: _ for a space, nothing for a note like （女） (female)."""
    return _signs().get(glue, "" if glue.strip() else "_")


def _tail(gap: str) -> list[str]:
    """Signs at the end of ``gap``, from its last word that is no glue."""
    if gap[-1] not in _last():
        return []
    for size in range(min(len(gap) - 1, 8), 0, -1):
        end = gap[-size:]
        signs = []
        at = 0
        while match := _glue().match(end, at):
            signs.append(_sign(match.group()))
            at = match.end()
            if at == size:
                return signs
    return []

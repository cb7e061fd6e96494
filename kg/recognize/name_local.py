"""Local: bodies that a document names without their place, such as 省政府, 县民政局.

A provincial report writes "the provincial government" and means its own. The place is the
one of that level whose bodies the document names, or that its title names; where there are
several, nothing is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.model import Document, Mention, Passage, Span
from kg.recognize import name_bodies, name_parts, name_titles
from kg.recognize.base import Matcher
from kg.recognize.name_lexicon import (
    CJK,
    PARTY,
    is_everyday,
    known_bodies,
    name_ends,
    opens,
    places,
    wording,
)
from kg.recognize.name_runs import is_county
from kg.recognize.name_units import INNER, LEVEL, RUN, at_level, others

RULE = "same-place"
KIND = "Organization"
OFTEN = 4  # how many times more often than the next a place is named to be the document's own

_SHORT = (("自治州", "州"), ("自治县", "县"))

_NAMES = frozenset({"Person", "Organization", "Place", "Role"})
_UNIT = re.compile(rf"[{CJK}]{{2,9}}?(?:自治区|自治州|自治县|[省市县区州盟旗])")


def localize(document: Document, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """``mentions`` and the bodies named without their place, each with its full name.

    Of settled mentions it makes settled ones: a title that begins in such a body's name
    (省委书记, party secretary of the province) begins after it.
    """
    mentions = _of_host(document, mentions)
    homes = _homes(document, mentions)
    added: list[Mention] = []
    if stems := _stems(mentions):
        mentions = [
            replace(m, known_as=stems[m.name], known_by=RULE)
            if m.kind == "Place" and m.name in stems and not m.known_as
            else m
            for m in mentions
            if m.kind != "Person" or m.name not in stems or m.rule in ("title", "credit")
        ]
        added = list(_named_short(document, mentions, stems))
    added.extend(name_parts.find(document, mentions, RULE))
    if homes:
        for passage in document.passages:
            if passage.searched:
                added.extend(_bodies(passage, homes))
    added.sort(key=lambda m: m.span.start)
    starts = [body.span.start for body in added]
    kept: list[Mention] = []
    changed: dict[Mention, Mention | None] = {}
    for mention in mentions:
        body = _overlapped(added, starts, mention.span) if mention.kind in _NAMES else None
        if body is None:
            kept.append(mention)
        elif mention.kind == KIND and len(mention.span) > len(body.span):
            kept.append(mention)
            changed[body] = None
        elif mention.kind == "Role" and mention.span.end > body.span.end:
            shorter = _cut(body, mention)
            if shorter is not None:
                changed[body] = shorter
                kept.append(mention)
            else:
                kept.extend(_later(mention, body.span.end))
    bodies = [b for b in (changed.get(body, body) for body in added) if b is not None]
    again = [m for m in kept if m.kind == KIND and m.rule == "propagation"]
    both = sorted([*bodies, *again], key=lambda m: m.span.start)
    roles = _roles(document, both, kept)
    return tuple(sorted([*kept, *bodies, *roles], key=lambda m: (m.span.start, -m.span.end)))


def _of_host(document: Document, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """``mentions``, inner units with the name of the body that the title is about."""
    title = document.meta.title.value if document.meta.title else ""
    named = [m for m in mentions if m.kind == KIND and m.rule != INNER and title.startswith(m.name)]
    hosts = {m.known_as or m.name for m in named if m.name.endswith(wording("institutions"))}
    if len(hosts) != 1:
        return mentions
    host = next(iter(hosts))
    return [
        replace(m, known_as=host + m.name, known_by=RULE)
        if m.kind == KIND and m.rule == INNER and not m.known_as
        else m
        for m in mentions
    ]


def _stems(mentions: Sequence[Mention]) -> Mapping[str, str]:
    """Names of places without their level, which no table lists: 宁州 for 宁州市."""
    units: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.kind in (KIND, "Place"):
            for _, unit in _units(mention.name):
                if unit not in places() and len(unit) > 2 and not is_everyday(unit[:-1]):
                    units.setdefault(unit[:-1], set()).add(unit)
    return {stem: next(iter(full)) for stem, full in units.items() if len(full) == 1}


def _named_short(
    document: Document, mentions: Sequence[Mention], stems: Mapping[str, str]
) -> Iterator[Mention]:
    """Further places named without their level."""
    matcher = Matcher(stems)
    taken = bytearray(document.passages[-1].span.end + 1 if document.passages else 0)
    for mention in mentions:
        if mention.kind in _NAMES:
            taken[mention.span.start : mention.span.end] = b"\x01" * len(mention.span)
    for passage in document.passages:
        if not passage.searched:
            continue
        base, text = passage.span.start, passage.text
        for start, end, stem in matcher.find(text):
            if any(taken[base + start : base + end]) or not opens(text, start):
                continue
            if name_ends(text, end) or is_everyday(text[end : end + 2]):
                full = stems[stem]
                yield passage.mention(start, end, "Place", rule=RULE, known_as=full, known_by=RULE)


def _cut(body: Mention, role: Mention) -> Mention | None:
    """``body`` without the inner organ that begins the title: 省某厅|党组书记."""
    size = role.span.start - body.span.start
    full = body.known_as[: size - len(body.name)]
    if size < 2 or not body.known_as.endswith(body.name[size:]):
        return None
    rest = name_bodies.find(full, list(known_bodies(full)))
    if not rest or (rest[0].start, rest[0].end) != (0, len(full)):
        return None
    span = Span(body.span.start, role.span.start)
    return Mention(span, KIND, body.name[:size], RULE, None, rest[0].known_as or full, RULE)


def _homes(document: Document, mentions: Sequence[Mention]) -> Mapping[str, str]:
    """Level (省, 市 …) -> the one place of that level that the document is about."""
    votes: dict[str, Counter[str]] = {}
    for mention in mentions:
        if mention.kind == KIND and mention.rule != "lexicon":
            for level, unit in _units(mention.name):
                votes.setdefault(level, Counter())[unit] += 1
        elif mention.kind == "Place":
            for level, unit in _units(mention.label):
                votes.setdefault(level, Counter())[unit] += 1
    title = document.meta.title.value if document.meta.title else ""
    for level, unit in _titled(title):
        votes.setdefault(level, Counter())[unit] += 1
    found = {}
    for level, counted in votes.items():
        named = [unit for unit in counted if unit in title or unit[: -len(level)] in title]
        ranked = counted.most_common(2)
        if len(named) == 1:
            found[level] = named[0]
        elif len(ranked) == 1 or ranked[0][1] >= OFTEN * ranked[1][1]:
            found[level] = ranked[0][0]
    for ethnic, level in _SHORT:  # 某州 is short for 某族自治州
        full = found.get(ethnic, "")
        if full and full.startswith(found.get(level, full)[:-1]):
            found[level] = full
    return found


def _titled(title: str) -> Iterator[tuple[str, str]]:
    """The local units that words of a title begin with."""
    for run in RUN.finditer(title):
        yield from _units(run.group())


def _units(name: str) -> Iterator[tuple[str, str]]:
    """The local units that ``name`` begins with, each with its level: 某省, 某市 …"""
    at = len(PARTY) if name.startswith(PARTY) else 0
    while match := _UNIT.match(name, at):
        unit = match.group()
        if unit not in places() and not is_county(unit):
            return
        yield (unit[-3:] if LEVEL.fullmatch(unit[-3:]) else unit[-1]), unit
        at = match.end()


def _bodies(passage: Passage, homes: Mapping[str, str]) -> Iterator[Mention]:
    text, after = passage.text, 0
    for match in LEVEL.finditer(text):
        start = match.start()
        home = homes.get(match.group())
        if home is None or start < after or text[max(0, start - 1) : start] in others():
            continue
        body = at_level(text, match, home)
        if body is None:
            continue
        after = match.end() + body.end - len(home)
        yield passage.mention(
            start,
            after,
            KIND,
            rule=RULE,
            known_as=body.known_as or body.name,
            known_by=RULE,
        )


def _overlapped(added: Sequence[Mention], starts: Sequence[int], span: Span) -> Mention | None:
    at = bisect_right(starts, span.end - 1) - 1
    if at >= 0 and added[at].span.overlaps(span):
        return added[at]
    return None


def _later(role: Mention, start: int) -> Iterator[Mention]:
    """``role`` begun at ``start``, if what is left is a title."""
    name = role.name[start - role.span.start :]
    titles = name_titles.find(name)
    if titles and titles[0].start == 0 and titles[0].end == len(name):
        yield Mention(Span(start, role.span.end), "Role", name, role.rule)


def _roles(
    document: Document, bodies: Sequence[Mention], kept: Sequence[Mention]
) -> Iterator[Mention]:
    """Titles right after ``bodies``, which stood beside no known body before."""
    taken = sorted(m.span.start for m in kept if m.kind in _NAMES)
    ends = [body.span.end for body in bodies]
    for passage in document.passages:
        low = bisect_left(ends, passage.span.start)
        high = bisect_right(ends, passage.span.end)
        for end in ends[low:high]:
            at = end - passage.span.start
            window = passage.text[at : at + 16]
            title = next(iter(name_titles.find(window)), None)
            if (
                title is None
                or title.start != 0
                or title.role.kind not in ("office", "territorial")
            ):
                continue
            near = bisect_left(taken, end)
            if near == len(taken) or taken[near] >= end + title.end:
                yield passage.mention(at, at + title.end, "Role", rule="title", name=title.name)

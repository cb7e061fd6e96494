"""Scan: bodies, places, persons and titles of one passage, found together.

The four kinds lean on each other (a title shows where a person's name begins, a body's
name may run into a title), so they are found in one pass and four recognizers each give
out their part. Other sources of candidates, such as a tagger, are ``Source``s.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kg.recognize import (
    name_bodies,
    name_holders,
    name_masked,
    name_persons,
    name_places,
    name_titles,
    name_units,
)
from kg.recognize.base import Matcher
from kg.recognize.name_lexicon import CJK, LEVELS, PARTY, Found, known_bodies, wording
from kg.recognize.name_lexicon import places as known_places
from kg.recognize.name_titles import Title

# Text of a passage, and the bodies and places known in it by place -> further names in it,
# apart from each other, which go before what crosses their borders.
Source = Callable[[str, Sequence[Found]], Iterable[Found]]

SAME_PLACE = "same-place"  # rule of a body whose place the text named just before
NEAR = 16  # characters between a person and a title of which words of appointing tell
LOCAL = 15  # longest name of an office of the same place, as in 省人大常委会

_WARD = re.compile(rf"[{CJK}]{{1,6}}科室?$")  # a ward between two titles: 队长、普外科|副主任
_BORN = re.compile("[，,](?:[男女][，,]|[0-9]{4}年)")
_LISTED = ("，", "、", "。", "；")
_SHORT = re.compile(
    rf"[（(，,](?:以下)?(?:统称|简称|下称|又称)(?:为)?[:：]?[“\"‘]?([{CJK}A-Za-z0-9·]{{2,12}}?)[”\"’]?[）)，,。]"
)
_DEPARTMENT = re.compile(rf"(?![和与及兼会同])[{CJK}]{{3,14}}(?<![和与及])")
_LOCAL = re.compile(rf"([{LEVELS}]|自治区)([{CJK}]{{1,12}})")


@dataclass(frozen=True, slots=True)
class Names:
    """What a passage names, each kind by place."""

    bodies: tuple[Found, ...]
    places: tuple[Found, ...]
    persons: tuple[Found, ...]
    roles: tuple[Found, ...]


@lru_cache(maxsize=4)
def scan(text: str, kind: str, sources: tuple[Source, ...] = ()) -> Names:
    """Everything that a passage of ``kind`` names."""
    places = name_places.find(text)
    built = [place for place in places if place.rule != "lexicon"]
    known = _of_countries(text, list(known_bodies(text)), places)
    bodies = name_bodies.find(text, known, built)
    bodies = _with_short(text, _with_offices(text, name_masked.find(text, bodies)))
    bodies = _longest([*bodies, *name_units.find(text, bodies)])
    places = _outside(places, bodies)
    bodies, places, given = _with_sources(text, sources, bodies, places)
    titles = name_titles.find(text)
    named = sorted([*bodies, *places], key=lambda f: f.start)
    titles, fitted = name_titles.fit(text, titles, named)
    named = [
        new if new is old else name_bodies.completed(new)
        for new, old in zip(fitted, named, strict=True)
    ]
    named = _with_local(text, titles, named)
    named = _with_departments(text, titles, named)
    persons = [*name_persons.find(text, kind, titles, named), *given]
    taken = {(one.start, one.end) for one in persons}
    named = [n for n in named if n.kind != "Place" or (n.start, n.end) not in taken]
    return Names(
        tuple(f for f in named if f.kind == "Organization"),
        tuple(f for f in named if f.kind == "Place"),
        tuple(persons),
        tuple(_roles(text, titles, named, persons)),
    )


def _of_countries(text: str, bodies: list[Found], found: Sequence[Found]) -> list[Found]:
    """``bodies``, those right behind a country as its own: 某国|卫生部."""
    countries = {p.end: p.start for p in found if _sort(p.name) == "country"}
    for end, start in list(countries.items()):  # 某国|联邦|卫生部
        state = next((w for w in wording("states") if text.startswith(w, end)), "")
        countries.setdefault(end + len(state), start)
    return [
        Found(countries[b.start], b.end, b.kind, text[countries[b.start] : b.end], "structure")
        if b.start in countries and b.name.endswith(wording("ministries"))
        else b
        for b in bodies
    ]


def _sort(name: str) -> str:
    known = known_places().get(name)
    return known.sort if known is not None else ""


def _outside(places: Iterable[Found], bodies: Sequence[Found]) -> list[Found]:
    """Places that stand in no body's name."""
    kept = []
    at = 0
    for place in places:
        while at < len(bodies) and bodies[at].end <= place.start:
            at += 1
        if at == len(bodies) or bodies[at].start >= place.end:
            kept.append(place)
    return kept


def _with_short(text: str, bodies: list[Found]) -> list[Found]:
    """``bodies`` and the short names that the text gives them (以下简称某某)."""
    shorts: dict[str, int] = {}
    for body in bodies:
        match = _SHORT.match(text, body.end)
        if match and 2 * sum(c in body.name for c in match.group(1)) >= len(match.group(1)):
            shorts.setdefault(match.group(1), match.start(1))
    if not shorts:
        return bodies
    found = list(bodies)
    for start, end, word in Matcher(shorts).find(text):
        if start >= shorts[word]:
            found.append(Found(start, end, "Organization", word, "abbreviation"))
    return _longest(found)


def _with_sources(
    text: str, sources: Sequence[Source], bodies: list[Found], places: list[Found]
) -> tuple[list[Found], list[Found], list[Found]]:
    """Bodies and places with those that other sources add; and the persons they add."""
    persons: list[Found] = []
    for source in sources:
        known = sorted([*bodies, *places], key=lambda f: f.start)
        added = sorted(source(text, known), key=lambda f: f.start)
        persons += [found for found in added if found.kind == "Person"]
        bodies = _longest(_joined(bodies, added, "Organization"))
        places = _longest(_joined(places, added, "Place"))
    return bodies, _outside(places, bodies) if sources else places, persons


def _joined(names: Iterable[Found], added: Sequence[Found], kind: str) -> Iterator[Found]:
    """The ``added`` of a kind, and the names that share nothing with them or reach around them."""
    ends = [other.end for other in added]
    for name in names:
        at = bisect_right(ends, name.start)
        around = True
        while at < len(added) and added[at].start < name.end:
            other = added[at]
            inside = name.start <= other.start and other.end <= name.end
            around &= inside and other.end - other.start < name.end - name.start
            at += 1
        if around:
            yield name
    yield from (found for found in added if found.kind == kind)


def _longest(found: Iterable[Found]) -> list[Found]:
    """``found`` without overlap: at each place the first, of two the longer."""
    kept: list[Found] = []
    for one in sorted(set(found), key=lambda f: (f.start, -f.end, f.rule)):
        if not kept or kept[-1].end <= one.start:
            kept.append(one)
        elif one.end - one.start > kept[-1].end - kept[-1].start:
            kept[-1] = one
    return kept


def _with_local(text: str, titles: Sequence[Title], named: list[Found]) -> list[Found]:
    """``named`` and bodies that a chain of titles names without their place.

    In 某某省委书记、省人大常委会主任 the second body is that of the same province.
    """
    ends = {name.end for name in named}
    added = []
    body = None
    at = 0
    for title in titles:
        while at < len(named) and named[at].end <= title.open:
            if named[at].kind == "Organization":
                body = named[at]
            at += 1
        if title.open in ends or body is None:
            continue
        low = max(body.end, title.open - LOCAL - 1)
        mark = max(text.rfind(sign, low, title.open) for sign in "、，兼")
        if mark < 0:
            continue
        match = _LOCAL.fullmatch(text, mark + 1, title.open)
        place = _place_of(body, match.group(1)) if match else ""
        if match and place and _is_office(match.group(2)):
            added.append(_same_place(text, mark + 1, title.open, place + match.group(2)))
    return sorted([*named, *added], key=lambda f: f.start) if added else named


def _with_departments(text: str, titles: Sequence[Title], named: list[Found]) -> list[Found]:
    """``named``, a body lengthened by the department between it and a title.

    The department's name may hold a word for "and", as in 某医院呼吸与危重症医学科主任.
    """
    changed: dict[int, Found] = {}
    starts = [name.start for name in named]
    for title in titles:
        at = bisect_right(starts, title.open) - 1
        if at < 0 or named[at].kind != "Organization" or named[at].end >= title.open:
            continue
        if title.role.kind not in ("office", "territorial"):
            continue
        body = named[at]
        gap = text[body.end : title.open]
        if _DEPARTMENT.fullmatch(gap) and any(
            name_bodies.endings().get(gap[-size:], name_bodies.NONE).kind == "unit"
            or gap[-size:] in wording("departments")
            for size in (4, 3, 2, 1)
        ):
            name = text[body.start : title.open]
            changed[at] = Found(
                body.start, title.open, body.kind, name, "unit", stems=(*body.stems, body.end)
            )
    return [changed.get(at, name) for at, name in enumerate(named)]


def _with_offices(text: str, bodies: list[Found]) -> list[Found]:
    """``bodies`` and those of the same place that a list adds: 某省委、省政府."""
    found = []
    for body in bodies:
        found.append(body)
        at = body.end
        while at < len(text) and text[at] in "、和及与":
            match = _LOCAL.match(text, at + 1)
            place = _place_of(found[-1], match.group(1)) if match else ""
            office = _office_at(text, match.start(2)) if match and place else ""
            if match is None or not office:
                break
            end = match.start(2) + len(office)
            found.append(_same_place(text, at + 1, end, place + office))
            at = end
    return _longest(found)


def _office_at(text: str, start: int) -> str:
    """The longest ending of a local body that stands at ``start``, as it is."""
    for size in range(12, 0, -1):
        word = text[start : start + size]
        ending = name_bodies.endings().get(word)
        if word in name_bodies.forms() or (ending and ending.kind == "authority" and size > 1):
            return word
    return ""


def _same_place(text: str, start: int, end: int, full: str) -> Found:
    """The body ``text[start:end]``, whose name with its place is ``full``."""
    named = name_bodies.completed(Found(start, end, "Organization", full, SAME_PLACE))
    full = named.known_as or full
    return replace(named, name=text[start:end], known_as=full, known_by=SAME_PLACE)


def _place_of(body: Found, level: str) -> str:
    """The place that a body's name begins with, when it is of the given level."""
    name = (body.known_as if body.rule == SAME_PLACE else body.name).removeprefix(PARTY)
    end = name.find(level, 1, 14)
    return name[: end + len(level)] if end > 0 else ""


def _is_office(word: str) -> bool:
    """Whether ``word`` after a place names an office: 委, 政府, 人大常委会 …"""
    if word in name_bodies.forms():
        return True
    return any(word.endswith(e) for e in name_bodies.endings() if len(e) >= 2)


def _roles(
    text: str, titles: Sequence[Title], named: Sequence[Found], persons: Sequence[Found]
) -> list[Found]:
    """Titles that stand beside a body, a person or another such title, and unique ones."""
    people = {person.end for person in persons}
    ends = {name.end for name in named} | people
    begins = {person.start for person in persons}
    signed = _untitled(text, titles, persons)
    own = [_beside(text, title, ends, begins, people, signed) for title in titles]
    bodies = {name.end: name.start for name in named if name.kind == "Organization"}
    for order in (range(1, len(titles)), range(len(titles) - 2, -1, -1)):
        for at in order:
            other = at - 1 if order.step > 0 else at + 1
            left, right = (other, at) if other < at else (at, other)
            if own[at] or not own[other] or titles[at].role.kind not in ("office", "territorial"):
                continue
            opened = titles[right].open
            gap = _WARD.sub("", text[titles[left].end : bodies.get(opened, opened)])
            if name_holders.CHAIN.fullmatch(gap) and (gap or text.startswith("兼", opened)):
                own[at] = True
    return [
        Found(title.start, title.end, "Role", title.name, "title")
        for title, keep in zip(titles, own, strict=True)
        if keep or title.role.unique
    ]


def _untitled(text: str, titles: Sequence[Title], persons: Sequence[Found]) -> set[int]:
    """Ends of the persons before whom no title stands, nor before those they are listed with."""
    titled = {name_holders.after_mark(text, title.end) for title in titles}
    found = set()
    last = -1  # end of the last person that has a title
    for person in persons:
        listed = last >= 0 and name_holders.NEXT.fullmatch(text, last, person.start)
        if person.start in titled or listed:
            last = person.end
        else:
            found.add(person.end)
    return found


def _told(text: str, title: Title, begins: set[int]) -> bool:
    """Whether a title stands in a list after the years of the person whom the sentence opens
    with (某某，1968年生，主任医师，…), or is one that somebody takes (团长由某某担任)."""
    if text.startswith("由", title.end):
        return any(at in begins for at in range(title.end + 1, title.end + NEAR))
    if text[title.end : title.end + 1] not in _LISTED or text[title.open - 1 : title.open] not in (
        "，",
        "、",
    ):
        return False
    start = max(text.rfind(mark, 0, title.open) for mark in "。；\n") + 1
    return start in begins and _BORN.search(text, start, title.open) is not None


@cache
def _words_of_office() -> re.Pattern[str]:
    address, verbs = "|".join(wording("address")), "|".join(wording("appointing"))
    return re.compile(f"(?:{address})?(?:{verbs})$")


def _appointed(text: str, title: Title, people: set[int]) -> bool:
    """Whether words of appointing stand between a person and a title: 某某|先生为公司|总裁."""
    if not text.endswith(wording("appointing"), 0, title.open):
        return False
    match = _words_of_office().search(text[: title.open], max(0, title.open - NEAR))
    return match is not None and any(match.start() - size in people for size in range(4))


def _past_space(text: str, index: int) -> int:
    while index and text[index - 1] in " \u3000":
        index -= 1
    return index


def _beside(
    text: str,
    title: Title,
    ends: set[int],
    begins: set[int],
    people: set[int],
    signed: set[int],
) -> bool:
    kind = title.role.kind
    if kind in ("label", "address", "party"):
        return False
    if kind == "tail":  # 某某 摄 (photo by so-and-so), of whom no title stands before
        return _past_space(text, title.open) in signed
    after = name_holders.after_mark(text, title.end)
    if kind == "credit":
        bracketed = text[title.open - 1 : title.open] in ("（", "(")
        return after in begins and (after > title.end or bracketed)
    person = after in begins or (text[title.end : title.end + 1] == "的" and after + 1 in begins)
    if kind in ("office", "territorial") and (
        _appointed(text, title, people) or _told(text, title, begins)
    ):
        return True
    if kind == "occupation":
        return person
    if kind == "rank":
        return person or title.open in people
    if text[title.open - 1 : title.open] in ("（", "(") and title.open - 1 in people:
        return True
    return person or title.open in ends or title.start in ends

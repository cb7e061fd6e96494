"""Persons: the places of a text where a person's name stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from kg.recognize.base import Matcher
from kg.recognize.name_lexicon import CJK, Found, bodies, name_ends, opens, places
from kg.recognize.name_people import (
    DOTS,
    end_of_name,
    is_name,
    japanese_end,
    sound_run,
    sound_start,
    start_of_name,
)
from kg.recognize.name_titles import Title
from kg.tables import rows, words

CHAIN = re.compile(r"[ \u3000]*[、，,]?[ \u3000]*(?:并?兼任?|和|及|暨)?[ \u3000]*")
_COLON = re.compile(r"[ \u3000]*[:：/／|｜丨][ \u3000]*")
_SPACE = re.compile(r"[ \u3000]{0,4}")
_WIDE = re.compile(r"[ \u3000]+")
NEXT = re.compile(r"[ \u3000]*[、，,/／][ \u3000]*|[ \u3000]+")
_SELF = re.compile(r"我(?:是|叫)")
_NOTED = re.compile(
    rf"[（(](?:[男女]|[左右中前后][左右中排一二三四五六七八九]*|[{CJK}]{{1,5}}族)[，,、）)]"
)
_NOTE = re.compile(r"[（(][^（）()]{1,10}[）)]")
_SEX = re.compile(r"[，,][男女][，,]")
_MIDDLE = re.compile(rf"(?:、[{CJK}{DOTS}]{{2,14}})+(?=、)")
_TOKEN = re.compile(r"[^ \u3000、，,；;：:/／|｜丨□■◎●（）()\n]+")
_HAN_ONLY = re.compile(rf"[{CJK}]+")
_SAYING = tuple('，,：:“"')
# A name at the beginning of a clause, then 在 (at) and the like, then what the person does.
_CLAUSE = re.compile(rf"(?<![{CJK}])([{CJK}]{{3}})[在到赴率]([^。！？；\n]{{2,40}})")
_NEAR = 24  # how far around a list of names the word stands that says they are persons
_FOREIGN = ("country", "international", "foreign")
_JAPAN = "日本"


def _person(text: str, start: int, end: int, rule: str) -> Found:
    name = _WIDE.sub("", text[start:end])
    return Found(start, end, "Person", name, rule)


def find(text: str, kind: str, titles: Sequence[Title], named: Sequence[Found]) -> list[Found]:
    """Persons in a passage of ``kind``, each found where names stand; may overlap.

    ``titles`` and ``named`` (bodies and places) are those of ``text``, by place.
    """
    ends = {name.end: name for name in named}
    found = [
        *_after_titles(text, titles, ends),
        *_appointed(text),
        *_before_titles(text, titles, ends),
        *_cued(text),
        *_labelled(text),
        *_beside(text, named),
        *_noted(text),
        *_listed(text),
        *_known(text),
        *_lines(text, kind),
    ]
    found = _apart(found, named)
    return _settled([*found, *_apart(_again(text, found), named)])


def after_mark(text: str, index: int) -> int:
    """Where the name begins that a title ending at ``index`` announces, past spaces or a colon."""
    mark = _COLON.match(text, index) or _SPACE.match(text, index)
    return mark.end() if mark else index


def _after_titles(text: str, titles: Sequence[Title], ends: dict[int, Found]) -> Iterator[Found]:
    """Persons after titles; a chain of titles that begins at a body leads to a name."""
    last, must = -1, False
    for title in titles:
        kind = title.role.kind
        if kind in ("address", "tail"):
            continue
        body = ends.get(title.open) or ends.get(title.start)
        chained = must and last >= 0 and bool(CHAIN.fullmatch(text, last, title.open))
        must = body is not None and body.kind == "Organization"
        must = (must or chained or bool(title.role.body)) and kind in ("office", "territorial")
        last = title.end
        colon = _COLON.match(text, title.end)
        if colon and (kind in ("credit", "label") or colon.group().strip() in ":："):
            yield from _names(text, colon.end(), kind != "office", "credit")
        elif kind == "credit":
            space = _WIDE.match(text, title.end)
            if space:
                yield from _names(text, space.end(), False, "credit")
        elif kind != "label":
            yield from _holders(text, title, body, must)


def _names(
    text: str,
    start: int,
    sure: bool,
    rule: str,
    spaced: bool = True,
    must: bool = False,
    near: bool = False,
) -> Iterator[Found]:
    """The names that follow one another from ``start``; ``must`` when the first has to."""
    while True:
        end = _spaced_end(text, start) if spaced else -1
        if end < 0:
            end = end_of_name(text, start, sure=sure, must=must, near=near)
        if end < 0:
            return
        yield _person(text, start, end, rule)
        must = near = False
        gap = NEXT.match(text, end)
        if gap is None or (not spaced and not gap.group().strip()):
            return
        start = gap.end()


def _spaced_end(text: str, start: int) -> int:
    """End of a name of two characters set apart by a space, 张　某, or -1."""
    space = _WIDE.match(text, start + 1)
    if space is None or space.end() >= len(text):
        return -1
    end = space.end() + 1
    alone = end >= len(text) or not _HAN_ONLY.match(text[end])
    return end if alone and is_name(text[start] + text[end - 1], 0, 2, sure=True) else -1


def _holders(text: str, title: Title, body: Found | None, must: bool) -> Iterator[Found]:
    """Persons that stand after a title: 主席某某某, 副主席某某、某某."""
    start = _SPACE.match(text, title.end).end()  # type: ignore[union-attr]
    if body is not None:
        end = _foreign_end(text, start, body)
        if end > 0:
            yield _person(text, start, end, "foreign")
            return
    many = title.role.many or "副" in title.name
    spaced = title.role.kind == "occupation" or start > title.end
    near = title.role.kind in ("office", "territorial") and title.role.called
    for person in _names(text, start, start > title.end, "title", spaced, must, near):
        yield person
        if not many:
            return


def _foreign_end(text: str, start: int, body: Found) -> int:
    """End of a foreign name after a title of a foreign state or an international body."""
    known = places().get(body.name) or bodies().get(body.name)
    if known is None or known.sort not in _FOREIGN:
        return -1
    if body.name.startswith(_JAPAN):
        return japanese_end(text, start)
    end = end_of_name(text, start)
    return end if end > 0 else sound_run(text, start)


def _before_titles(text: str, titles: Sequence[Title], ends: dict[int, Found]) -> Iterator[Found]:
    """Persons that stand before a title: 某某某部长, 某某同志."""
    for title in titles:
        kind = title.role.kind
        if kind in ("occupation", "credit", "label"):
            continue
        if kind != "tail" and not title.role.called:
            continue
        if title.open in ends:
            continue
        end = title.open
        if kind in ("office", "territorial") and text[end - 1 : end] in ("（", "("):
            end -= 1  # 某某（市委书记）
        if kind == "tail":
            end = len(text[:end].rstrip(" \u3000")) if text[end - 1 : end].isspace() else end
        start = start_of_name(text, end, sure=title.role.unique or kind == "address")
        if start < 0 and kind == "territorial":
            start = sound_start(text, end)
        if start >= 0:
            yield _person(text, start, end, "title")


@cache
def _cues(place: str) -> Matcher:
    return Matcher(row["word"] for row in rows("lexicons/person_cues") if row["place"] == place)


def _cued(text: str) -> Iterator[Found]:
    """Persons that begin a clause before a verb, stand after one, or name themselves."""
    for at, end, word in _cues("after").find(text):
        for size in (3, 2):
            start = at - size
            if start < 0 or (start and _HAN_ONLY.match(text[start - 1])):
                continue
            if len(word) == 1 and size == 2 and text[end : end + 1] not in _SAYING:
                continue  # 简单说 (put simply), but 某某说：
            if is_name(text, start, at):
                yield _person(text, start, at, "speaker")
                break
    for match in _CLAUSE.finditer(text):
        start, end = match.span(1)
        if is_name(text, start, end) and next(_cues("within").find(match.group(2)), None):
            yield _person(text, start, end, "speaker")
    for match in _SELF.finditer(text):
        end = end_of_name(text, match.end())
        if end > 0 and (end == len(text) or text[end] in "，。、,；（"):
            yield _person(text, match.end(), end, "self")


@cache
def _then() -> tuple[str, ...]:
    return tuple(row["word"] for row in rows("lexicons/person_cues") if row["place"] == "then")


def _appointed(text: str) -> Iterator[Found]:
    """Persons between a verb of appointment and 为 (as), 的 (of) and the like."""
    then = _then()
    for _, start, _ in _cues("before").find(text):
        at = start
        while at >= 0:
            ends = [e for e in (at + 3, at + 2) if e <= len(text) and is_name(text, at, e)]
            end = next((e for e in ends if text.startswith(then, _past_note(text, e))), -1)
            if end < 0:
                break
            yield _person(text, at, end, "appointment")
            at = end + 1 if text.startswith("、", end) else -1


def _past_note(text: str, index: int) -> int:
    """Past a note in brackets such as （女） (female), which may stand at ``index``."""
    match = _NOTE.match(text, index)
    return match.end() if match else index


def _noted(text: str) -> Iterator[Found]:
    """Persons with a note on sex, people or place in a picture: 某某某（女，回族）."""
    for pattern in (_NOTED, _SEX):
        for match in pattern.finditer(text):
            start = start_of_name(text, match.start())
            if start >= 0:
                yield _person(text, start, match.start(), "note")


def _labelled(text: str) -> Iterator[Found]:
    """Persons after a label: 牵头领导：某某、某某."""
    for match in _COLON.finditer(text):
        if match.group().strip() not in ":：" or not text[
            max(0, match.start() - 6) : match.start()
        ].endswith(_labels()):
            continue
        at = match.end()
        while at >= 0:
            end = next((e for e in (at + 3, at + 2, at + 4) if _stands_alone(text, at, e)), -1)
            if end > 0:
                yield _person(text, at, end, "credit")
            gap = NEXT.match(text, end) if end > 0 else None
            at = gap.end() if gap else -1


@cache
def _labels() -> tuple[str, ...]:
    return tuple(row["word"] for row in rows("lexicons/person_cues") if row["place"] == "label")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a name with no letter after it."""
    if end > len(text) or not is_name(text, start, end):
        return False
    return end == len(text) or not _HAN_ONLY.match(text[end])


def _beside(text: str, named: Sequence[Found]) -> Iterator[Found]:
    """Persons set apart by spaces after their body: 某某报社　某某."""
    for body in named:
        space = _WIDE.match(text, body.end) if body.kind == "Organization" else None
        if space:
            at = space.end()
            end = next((e for e in (at + 3, at + 2) if _stands_alone(text, at, e)), -1)
            if end > 0:
                yield _person(text, at, end, "beside")


def _listed(text: str) -> Iterator[Found]:
    """Persons in a list of names, where a word beside the list says that they are persons."""
    for match in _MIDDLE.finditer(text):
        low, high = match.start(), match.end()
        items = text[low + 1 : high].split("、")
        if not all(is_name(item, 0, len(item)) or _is_dotted(item) for item in items):
            continue
        around = text[max(0, low - _NEAR) : low] + text[high : high + _NEAR]
        if next(_cues("list").find(around), None) is None:
            continue
        first, last = start_of_name(text, low), end_of_name(text, high + 1)
        if first < 0 and last < 0:
            continue
        if first >= 0:
            yield _person(text, first, low, "list")
        at = low + 1
        for item in items:
            yield _person(text, at, at + len(item), "list")
            at += len(item) + 1
        if last >= 0:
            yield _person(text, high + 1, last, "list")


def _is_dotted(item: str) -> bool:
    return any(mark in item for mark in DOTS) and end_of_name(item, 0) == len(item)


@cache
def _known_matcher() -> Matcher:
    return Matcher(words("lexicons/person_known"))


@cache
def _theories() -> tuple[str, ...]:
    return tuple(sorted(words("lexicons/person_theories", "word")))


def _known(text: str) -> Iterator[Found]:
    """Historical figures, but for those in the name of a theory."""
    hits = list(_known_matcher().find(text))
    for at in range(len(hits) - 1, -1, -1):
        start, end, _ = hits[at]
        joined = at + 1 < len(hits) and hits[at + 1][0] == end and hits[at + 1][2] == ""
        if joined or text.startswith(_theories(), end):
            hits[at] = (start, end, "")
        else:
            yield _person(text, start, end, "lexicon")


def _lines(text: str, kind: str) -> Iterator[Found]:
    """Persons of a byline, and of a line that holds one name and nothing else."""
    if kind == "byline":
        for token in _TOKEN.finditer(text):
            start, end = token.span()
            if 2 <= end - start <= 4 and is_name(text, start, end, sure=True):
                yield _person(text, start, end, "byline")
            elif end - start == 1 and _spaced_end(text, start) > 0:
                yield _person(text, start, _spaced_end(text, start), "byline")
            elif any(mark in token.group() for mark in DOTS) and _is_dotted(token.group()):
                yield _person(text, start, end, "byline")
    elif kind not in ("title", "heading") and len(text) <= 12:
        tokens = list(_TOKEN.finditer(text))
        start, end = tokens[0].span() if len(tokens) == 1 else (0, 0)
        if end - start == 3 and is_name(text, start, end):
            yield _person(text, start, end, "byline")


def _again(text: str, found: Sequence[Found]) -> list[Found]:
    """Further places where a name stands that was found in the same passage."""
    names = sorted({person.name for person in found if person.rule != "lexicon"})
    if not names:
        return []
    more = []
    for start, end, name in Matcher(names).find(text):
        if text.startswith(_theories(), end):
            continue
        if len(name) > 2 or (opens(text, start) and name_ends(text, end)):
            more.append(_person(text, start, end, "again"))
    return more


def _apart(persons: Sequence[Found], named: Sequence[Found]) -> list[Found]:
    """Persons that share no character with a body, nor with a place whose name is longer."""
    starts = [name.start for name in named]
    kept = []
    for person in persons:
        at = bisect_right(starts, person.end - 1) - 1
        other = named[at] if at >= 0 and named[at].end > person.start else None
        if other is None or (
            other.kind == "Place" and other.end - other.start < person.end - person.start
        ):
            kept.append(person)
    return kept


def _settled(persons: Sequence[Found]) -> list[Found]:
    """``persons`` without overlap, by place: of two the one that the surer sign found.

    ``persons`` are in the order of their signs, the surest first.
    """
    taken: set[int] = set()
    kept = []
    for person in persons:
        places_taken = range(person.start, person.end)
        if taken.isdisjoint(places_taken):
            taken.update(places_taken)
            kept.append(person)
    return sorted(kept, key=lambda p: p.start)

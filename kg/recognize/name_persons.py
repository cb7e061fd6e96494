"""Persons: the places of a text where a person's name stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from kg.recognize.base import Matcher, shared
from kg.recognize.name_foreign import DOTS, foreign_end, is_dotted
from kg.recognize.name_foreign import named as _foreign
from kg.recognize.name_holders import (
    COLON,
    HAN_ONLY,
    NEXT,
    WIDE,
    after_titles,
    before_titles,
    past_note,
    person,
    spaced_end,
)
from kg.recognize.name_lexicon import CJK, Found, name_ends, opens, wording
from kg.recognize.name_people import end_of_name, is_name, start_of_name
from kg.recognize.name_titles import Title, is_title
from kg.tables import rows, words

_SELF = re.compile(r"我(?:是|叫)")
_NOTED = re.compile(
    rf"[（(](?:[男女]|[左右中前后][左右中排一二三四五六七八九]*|[{CJK}]{{1,5}}族)[，,、）)]"
)
_SEX = re.compile(r"[，,][男女][，,]")
_MIDDLE = re.compile(rf"(?:、[{CJK}{DOTS}]{{2,14}})+(?=、)")
_TOKEN = re.compile(r"[^ \u3000、，,；;：:/／|｜丨□■◎●（）()\n]+")
_SAYING = tuple('，,：:“"')
# A name at the beginning of a clause, then 在 (at) and the like, then what the person does.
_CLAUSE = re.compile(rf"(?<![{CJK}])([{CJK}]{{3}})[在到赴率]([^。！？；\n]{{2,40}})")
_SURE = ("title", "credit")  # signs by which a person bears the name of a place: 副省长秦岭
# A name of two or three characters alone between spaces, brackets and ends.
_PEN = re.compile(rf"[ \u3000]+([{CJK}]{{2,3}})(?=[ \u3000）)\n]|$)")
_BEFORE = re.compile(rf"(?:^|[ \u3000。）)])([{CJK}]{{2,3}})[ \u3000]+$")
_NEAR = 24  # how far around a list of names the word stands that says they are persons


def find(text: str, kind: str, titles: Sequence[Title], named: Sequence[Found]) -> list[Found]:
    """Persons in a passage of ``kind``, each found where names stand; may overlap.

    ``titles`` and ``named`` (bodies and places) are those of ``text``, by place.
    """
    ends = {name.end: name for name in named}
    found = [
        *_credited(text, titles),
        *(person(text, start, end, "foreign") for start, end in _foreign(text)),
        *after_titles(text, titles, ends),
        *_appointed(text),
        *before_titles(text, titles, ends),
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


def _credited(text: str, titles: Sequence[Title]) -> Iterator[Found]:
    """Pen names: what stands alone between spaces behind or before the label of a credit."""
    for title in titles:
        kind = title.role.kind
        if kind == "tail":
            match = _BEFORE.search(text[: title.open])
            if match and not is_title(text, match.start(1)):
                yield person(text, match.start(1), match.end(1), "credit")
        elif kind == "credit" or title.name.endswith(_writers()):
            match = _PEN.match(text, title.end)
            if match and not is_title(text, match.start(1)):
                yield person(text, match.start(1), match.end(1), "credit")


@cache
def _writers() -> tuple[str, ...]:
    return wording("writers")


@cache
def _cues(place: str) -> Matcher:
    return Matcher(row["word"] for row in rows("lexicons/person_cues") if row["place"] == place)


@shared
def _after() -> Matcher:
    return _cues("after")


@shared
def _before() -> Matcher:
    return _cues("before")


def _cued(text: str) -> Iterator[Found]:
    """Persons that begin a clause before a verb, stand after one, or name themselves."""
    for at, end, word in _after().find(text):
        for size in (3, 2):
            start = at - size
            if start < 0 or (start and HAN_ONLY.match(text[start - 1])):
                continue
            if len(word) == 1 and size == 2 and text[end : end + 1] not in _SAYING:
                continue  # 简单说 (put simply), but 某某说：
            if is_name(text, start, at):
                yield person(text, start, at, "speaker")
                break
    for match in _CLAUSE.finditer(text):
        start, end = match.span(1)
        if is_name(text, start, end) and next(_cues("within").find(match.group(2)), None):
            yield person(text, start, end, "speaker")
    for match in _SELF.finditer(text):
        end = end_of_name(text, match.end())
        if end > 0 and (end == len(text) or text[end] in "，。、,；（"):
            yield person(text, match.end(), end, "self")


@cache
def _then() -> tuple[str, ...]:
    return tuple(row["word"] for row in rows("lexicons/person_cues") if row["place"] == "then")


def _appointed(text: str) -> Iterator[Found]:
    """Persons between a verb of appointment and 为 (as), 的 (of) and the like."""
    then = _then()
    for _, start, _ in _before().find(text):
        at = start
        while at >= 0:
            foreign = foreign_end(text, at)
            ends = [e for e in (at + 3, at + 2, at + 4) if e <= len(text)]
            ends = (
                [foreign] if foreign > 0 else [e for e in ends if is_name(text, at, e, must=True)]
            )
            end = next((e for e in ends if text.startswith(then, past_note(text, e))), -1)
            if end < 0:
                break
            yield person(text, at, end, "appointment")
            at = end + 1 if text.startswith("、", end) else -1


def _noted(text: str) -> Iterator[Found]:
    """Persons with a note on sex, people or place in a picture: 某某某（女，回族）."""
    for pattern in (_NOTED, _SEX):
        for match in pattern.finditer(text):
            start = start_of_name(text, match.start())
            if start >= 0:
                yield person(text, start, match.start(), "note")


def _labelled(text: str) -> Iterator[Found]:
    """Persons after a label: 牵头领导：某某、某某."""
    if "：" not in text and ":" not in text:
        return
    for match in COLON.finditer(text):
        if match.group().strip() not in ":：" or not text[
            max(0, match.start() - 6) : match.start()
        ].endswith(_labels()):
            continue
        at = match.end()
        while at >= 0:
            end = next((e for e in (at + 3, at + 2, at + 4) if _stands_alone(text, at, e)), -1)
            if end > 0:
                yield person(text, at, end, "credit")
            gap = NEXT.match(text, end) if end > 0 else None
            at = gap.end() if gap else -1


@cache
def _labels() -> tuple[str, ...]:
    return tuple(row["word"] for row in rows("lexicons/person_cues") if row["place"] == "label")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a name with no letter after it."""
    if end > len(text) or not is_name(text, start, end):
        return False
    return end == len(text) or not HAN_ONLY.match(text[end])


def _beside(text: str, named: Sequence[Found]) -> Iterator[Found]:
    """Persons set apart by spaces after their body: 某某报社　某某."""
    for body in named:
        space = WIDE.match(text, body.end) if body.kind == "Organization" else None
        if space:
            at = space.end()
            end = next((e for e in (at + 3, at + 2) if _stands_alone(text, at, e)), -1)
            if end > 0:
                yield person(text, at, end, "beside")


def _listed(text: str) -> Iterator[Found]:
    """Persons in a list of names, where a word beside the list says that they are persons."""
    for match in _MIDDLE.finditer(text):
        low, high = match.start(), match.end()
        items = text[low + 1 : high].split("、")
        if not all(is_name(item, 0, len(item)) or is_dotted(item) for item in items):
            continue
        around = text[max(0, low - _NEAR) : low] + text[high : high + _NEAR]
        if next(_cues("list").find(around), None) is None:
            continue
        first, last = start_of_name(text, low), end_of_name(text, high + 1)
        if first < 0 and last < 0:
            continue
        if first >= 0:
            yield person(text, first, low, "list")
        at = low + 1
        for item in items:
            yield person(text, at, at + len(item), "list")
            at += len(item) + 1
        if last >= 0:
            yield person(text, high + 1, last, "list")


@shared
def known_matcher() -> Matcher:
    return Matcher(words("lexicons/person_known"))


@cache
def _theories() -> tuple[str, ...]:
    return tuple(sorted(words("lexicons/person_theories", "word")))


def _known(text: str) -> Iterator[Found]:
    """Historical figures, but for those in the name of a theory."""
    hits = list(known_matcher().find(text))
    for at in range(len(hits) - 1, -1, -1):
        start, end, _ = hits[at]
        joined = at + 1 < len(hits) and hits[at + 1][0] == end and hits[at + 1][2] == ""
        if joined or text.startswith(_theories(), end):
            hits[at] = (start, end, "")
        else:
            yield person(text, start, end, "lexicon")


def _lines(text: str, kind: str) -> Iterator[Found]:
    """Persons of a byline, and of a line that holds one name and nothing else."""
    if kind == "byline":
        for token in _TOKEN.finditer(text):
            start, end = token.span()
            if 2 <= end - start <= 4 and is_name(text, start, end, sure=True):
                yield person(text, start, end, "byline")
            elif end - start == 1 and spaced_end(text, start) > 0:
                yield person(text, start, spaced_end(text, start), "byline")
            elif any(mark in token.group() for mark in DOTS) and is_dotted(token.group()):
                yield person(text, start, end, "byline")
    elif kind not in ("title", "heading") and len(text) <= 12:
        tokens = list(_TOKEN.finditer(text))
        start, end = tokens[0].span() if len(tokens) == 1 else (0, 0)
        if end - start == 3 and is_name(text, start, end):
            yield person(text, start, end, "byline")


def _again(text: str, found: Sequence[Found]) -> list[Found]:
    """Further places where a name stands that was found in the same passage."""
    names = sorted({one.name for one in found if one.rule != "lexicon"})
    if not names:
        return []
    more = []
    for start, end, name in Matcher(names).find(text):
        if text.startswith(_theories(), end):
            continue
        if len(name) > 2 or (opens(text, start) and name_ends(text, end)):
            more.append(person(text, start, end, "again"))
    return more


def _apart(persons: Sequence[Found], named: Sequence[Found]) -> list[Found]:
    """Persons that share no character with a body, nor with a place whose name is longer."""
    starts = [name.start for name in named]
    kept = []
    for one in persons:
        at = bisect_right(starts, one.end - 1) - 1
        other = named[at] if at >= 0 and named[at].end > one.start else None
        if other is None:
            kept.append(one)
        elif other.kind == "Place":
            size = one.end - one.start - (other.end - other.start)
            same = size == 0 and other.start == one.start and one.rule in _SURE
            if size > 0 or same:
                kept.append(one)
    return kept


def _settled(persons: Sequence[Found]) -> list[Found]:
    """``persons`` without overlap, by place: of two the one that the surer sign found.

    ``persons`` are in the order of their signs, the surest first.
    """
    taken: set[int] = set()
    kept = []
    for one in persons:
        places_taken = range(one.start, one.end)
        if taken.isdisjoint(places_taken):
            taken.update(places_taken)
            kept.append(one)
    return sorted(kept, key=lambda p: p.start)

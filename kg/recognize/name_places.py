"""Places: known ones, those that stand right after a larger one, and those built like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.recognize.name_bodies import is_county
from kg.recognize.name_lexicon import (
    CJK,
    LEVELS,
    Found,
    Known,
    name_ends,
    opens,
    place_matcher,
    places,
)
from kg.tables import words

_NATURAL = ("sea", "lake", "river", "mountain", "region", "place")
_DISTRICT = re.compile("[区县市](?![域间块位面划段场])")  # 区域 (area) is none
_COUNTY = re.compile(f"[{CJK}]{{2,4}}?(?:市|县|区|旗)")
_TOWN = re.compile(f"[{CJK}]{{1,4}}?(?:镇|乡|街道|苏木|村)(?![{CJK}]?[镇乡])")
# Two characters and a level, after a word for "in" or "to".
_BUILT = re.compile(f"(?<=[在到赴于从往访])[{CJK}]{{2}}[省市县](?![{CJK}]?[级域场区])")


def find(text: str) -> list[Found]:
    """Places in ``text``, by place, without overlap."""
    known = list(known_places(text))
    return sorted([*known, *_built(text, known)], key=lambda place: place.start)


def _built(text: str, known: Sequence[Found]) -> Iterator[Found]:
    """Places that no table lists: two characters and a level between borders."""
    taken = {at for place in known for at in range(place.start, place.end)}
    for match in _BUILT.finditer(text):
        start, end = match.span()
        name = match.group()
        if not taken.isdisjoint(range(start, end)) or any(word in name for word in _common()):
            continue
        if opens(text, start) and name_ends(text, end) and is_county(name):
            yield Found(start, end, "Place", name, "structure")


def known_places(text: str) -> Iterator[Found]:
    """Known places in ``text``, from left to right."""
    table = places()
    for start, end, form in place_matcher().find(text):
        if form.endswith("市") and form[:-1] in table and text[end : end + 1] in ("场", "民"):
            form, end = form[:-1], end - 1  # 上海|市场 (market of Shanghai)
        known = table.get(form)
        if known is None:
            continue
        if known.guarded and not (opens(text, start) and name_ends(text, end)):
            continue
        if known.sort in _NATURAL and _DISTRICT.match(text, end):
            form, end = text[start : end + 1], end + 1  # 南海 (sea), 南海区 (district)
            known = Known(form, "county")
        fuller = known.name if known.name != form else ""
        table_name = "lexicon:places" if fuller else ""
        yield Found(start, end, "Place", form, "lexicon", fuller, table_name)
        if known.name[-1] in LEVELS:
            yield from _within(text, end, known.sort)


@cache
def _common() -> frozenset[str]:
    return words("lexicons/place_common")


def _within(text: str, index: int, sort: str) -> Iterator[Found]:
    """Smaller places that stand right after a larger one: 某省|某县|某镇|某村."""
    common = _common()
    levels = (_TOWN,) if sort == "county" else (_COUNTY, _TOWN)
    for pattern in (*levels, _TOWN):
        match = pattern.match(text, index)
        if match and text[index : match.end()] not in places() and not places_at(text, index):
            if any(word in match.group() for word in common):
                return
            yield Found(index, match.end(), "Place", match.group(), "nested")
            index = match.end()


def places_at(text: str, index: int) -> bool:
    """Whether a known place begins at ``index``."""
    return any(text[index : index + size] in places() for size in (2, 3, 4, 5))

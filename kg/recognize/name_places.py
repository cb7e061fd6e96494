"""Places: known ones, those that stand right after a larger one, and those built like one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognize import name_terrain
from kg.recognize.name_lexicon import (
    Found,
    Known,
    name_ends,
    opens,
    place_matcher,
    places,
)

_NATURAL = ("sea", "lake", "river", "mountain", "region", "place")
_DISTRICT = re.compile("[区县市](?![域间块位面划段场])")  # 区域 (area) is none


def find(text: str) -> list[Found]:
    """Places in ``text``, by place, without overlap."""
    known = list(known_places(text))
    built = name_terrain.find(text, known)
    longer = {place.start for place in built}
    kept = [place for place in known if place.start not in longer]
    return sorted([*kept, *built], key=lambda place: place.start)


def known_places(text: str) -> Iterator[Found]:
    """Known places in ``text``, from left to right."""
    table = places()
    last = -1  # where the place before ends
    for start, end, form in place_matcher().find(text):
        if form.endswith("市") and form[:-1] in table and text[end : end + 1] in ("场", "民"):
            form, end = form[:-1], end - 1  # 上海|市场 (market of Shanghai)
        known = table.get(form)
        # A warship bears the name of a city.
        if known is None or text[end : end + 1] == "舰":
            continue
        nested = start == last
        last = end
        if known.guarded and not (nested or (opens(text, start) and name_ends(text, end))):
            continue
        if known.sort in _NATURAL and _DISTRICT.match(text, end):
            form, end = text[start : end + 1], end + 1  # 南海 (sea), 南海区 (district)
            known = Known(form, "county")
        fuller = known.name if known.name != form else ""
        table_name = "lexicon:places" if fuller else ""
        yield Found(start, end, "Place", form, "lexicon", fuller, table_name)

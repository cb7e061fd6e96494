"""Words: one search of a passage for all the words by which names are told."""

from __future__ import annotations

from functools import cache

from kg.recognize import (
    name_bodies,
    name_foreign,
    name_lexicon,
    name_persons,
    name_terrain,
    name_titles,
    name_units,
)
from kg.recognize.base import Together


def look(text: str) -> None:
    """Search ``text``: the matchers of names know from now on where their words stand in it."""
    _together().look(text)


@cache
def _together() -> Together:
    return Together(
        (
            name_lexicon.body_matcher(),
            name_lexicon.place_matcher(),
            name_bodies.ending_matcher(),
            name_foreign.part_matcher(),
            name_persons.cues("after"),
            name_persons.cues("before"),
            name_persons.known_matcher(),
            name_terrain.matcher(),
            name_titles.matcher(),
            name_units.inner_matcher(),
        )
    )

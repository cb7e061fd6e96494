"""Times: dates, ranges, eras, durations and recurrences in every official spelling.

The grammar works on lexemes: ``time_lexer`` finds numbers with units and the words of the data
files, ``time_parser`` joins what stands side by side, ``time_values`` computes EDTF. What the
text leaves out is counted from the passage's anchor or from the date told last in it, and from
the calendar tables; each such value names its source.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.model import Mention, Passage, TimeValue
from kg.recognize import time_names, time_parser
from kg.recognize import time_values as values
from kg.recognize.numerals import narrow
from kg.recognize.time_context import Point
from kg.recognize.time_frame import frame


class Times:
    """Finds time expressions (kind Time)."""

    name = "times"

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Mentions in ``passage``, whose detail is a TimeValue."""
        yield from mentions(passage)


@lru_cache(maxsize=4)
def mentions(passage: Passage) -> tuple[Mention, ...]:
    """Times of a passage; kept for the recognizers that must not read them as something else."""
    text = narrow(passage.text)
    titles = time_names.titles(text)
    found = []
    for point in time_parser.expressions(text, frame(passage.anchor), titles):
        value = _value(text, point, titles)
        found.append(passage.mention(point.start, point.end, "Time", rule=point.rule, detail=value))
    return tuple(found)


def _value(text: str, point: Point, titles: list[tuple[int, int]]) -> TimeValue:
    value, sources = point.value, point.sources
    begin, end = values.bounds(value) if value else ("", "")
    if len(sources) > 1:
        # A calendar table goes first: without general knowledge its values are left out.
        sources = tuple(sorted(set(sources), key=lambda s: (not s.startswith("calendar:"), s)))
    in_name = time_names.inside(text, point.start, point.end, titles)
    return TimeValue(value, point.duration, begin, end, in_name, "+".join(sources))

"""Clock: what stands behind a day and only tells its weekday or hour: （星期一）8:00—17:00."""

from __future__ import annotations

import re
from functools import cache

from kg import tables
from kg.recognize.time_lexicon import tail_words

_HAN = "〇零一二两三四五六七八九十"
_HOUR = rf"(?:(?:[01]?[0-9]|2[0-4])(?![0-9.])|[{_HAN}]{{1,3}})"
_MINUTE = rf"(?:[0-5]?[0-9]|[{_HAN}]{{1,3}})"


@cache
def _patterns() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    """First characters, the pattern of a gloss or clock, and that of a clock alone."""
    data = tables.patterns("times")["day"]
    parts = "|".join(tail_words("hour"))
    clock = data["clock"].replace("HOUR", _HOUR).replace("MINUTE", _MINUTE).replace("PART", parts)
    span = f" ?{clock}(?: ?{data['joint']} ?{clock})?"
    both = re.compile(f"(?:{data['gloss']})?(?:{span})?")
    firsts = frozenset(" （(0123456789" + _HAN + "".join(word[0] for word in tail_words("hour")))
    return firsts, both, re.compile(span)


def after_day(text: str, end: int) -> int:
    """Where the weekday in brackets and the hour behind a day end; ``end`` when there is none."""
    firsts, both, _ = _patterns()
    if text[end : end + 1] not in firsts:
        return end
    match = both.match(text, end)
    return match.end() if match else end


def follows(text: str, end: int) -> bool:
    """Whether such a thing stands at ``end``: the number before it is a day."""
    return after_day(text, end) != end

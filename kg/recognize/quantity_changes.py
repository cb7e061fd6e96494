"""Changes: which way a number says that something went, and against what: 同比增长5.2%."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg import tables

_REACH = 40  # characters before a number in which its base is looked for
_DONE = "了"
_BASE_MARKS = ("比", "较", "均")  # no base is without one of them
_STOPS = "。；\n"


@cache
def _words() -> tuple[Mapping[str, tuple[str, bool]], Mapping[str, tuple[int, ...]]]:
    """Word -> direction and whether it stands without a base; last character -> lengths."""
    rows = tables.rows("lexicons/quantity_changes")
    sizes: dict[str, set[int]] = {}
    for row in rows:
        sizes.setdefault(row["word"][-1], set()).add(len(row["word"]))
    known = {row["word"]: (row["direction"], row["alone"] == "yes") for row in rows}
    return known, {last: tuple(sorted(found, reverse=True)) for last, found in sizes.items()}


@cache
def _against() -> re.Pattern[str]:
    data = tables.patterns("quantities")["comparison"]
    return re.compile(f"(?P<base>{data['base']})(?:{data['between']})*$")


def change(text: str, number: int) -> tuple[str, str]:
    """Direction and base of the change whose amount stands at ``number``.

    Both are empty where the number is no such amount; the base is, where none is told.
    """
    end = number - text.startswith(_DONE, number - 1) if number else 0
    known, sizes = _words()
    for size in sizes.get(text[end - 1 : end], ()) if end else ():
        direction, alone = known.get(text[max(0, end - size) : end], ("", False))
        if not direction:
            continue
        start = end - size
        least = max(0, start - _REACH)
        begin = max(least, *(text.rfind(stop, least, start) + 1 for stop in _STOPS))
        some = any(mark in text[begin:start] for mark in _BASE_MARKS)
        found = _against().search(text, begin, start) if some else None
        if found:
            return direction, found["base"]
        if alone:
            return direction, ""
    return "", ""

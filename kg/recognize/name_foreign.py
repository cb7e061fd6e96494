"""Foreign: where names end and begin that are no Chinese ones: written by sound or put together.

A foreign name or one of a minority is a run of characters that write sounds, its parts
joined by ·, or a row of parts in use for such names (扎西 + 顿珠).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.recognize.base import Matcher, shared
from kg.recognize.name_lexicon import CJK, closing, everyday, followers, opens, title_starts
from kg.recognize.name_titles import title_ends
from kg.tables import rows, words

PARTS = 6  # most parts of a foreign name
LONGEST = 24  # most characters of one
SHORTEST = 3  # characters of a name put together of parts
DOTS = "·•・‧∙"  # each is in use between the parts of a name
_PART: re.Pattern[str] = re.compile(rf"[{CJK}]{{1,9}}")
_DOTTED = re.compile(rf"[{DOTS}](?<=[{CJK}].)(?=[{CJK}])")
_OPENING = "“《「『"


@cache
def sounds() -> frozenset[str]:
    """Characters that write foreign names by their sound."""
    return words("lexicons/person_characters", "character")


@cache
def _row() -> re.Pattern[str]:
    """Two parts or more in a row."""
    listed = sorted(words("lexicons/person_parts", "part"), key=lambda w: (-len(w), w))
    part = "|".join(map(re.escape, listed))
    firsts = re.escape("".join(sorted({word[0] for word in listed})))  # asked at many places
    return re.compile(f"(?=[{firsts}])(?:{part}){{2,4}}")


def named(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the names that show by themselves what they are: with dots, or rows of parts."""
    done = 0
    for dot in _DOTTED.finditer(text):
        if dot.start() < done:
            continue
        start = dotted_start(text, dot.start(), done)
        done = dotted_end(text, dot.end()) if start >= 0 else dot.end()
        if start >= 0 and done > 0 and not _quoted(text, start, done):
            yield start, done
        done = max(done, dot.end())
    for match in part_matcher().find(text):
        start = match[0]
        row = _row().match(text, start)
        if start >= done and row and row.end() - start >= SHORTEST and _free(text, start):
            yield start, row.end()
            done = row.end()


@cache
def _parts() -> frozenset[str]:
    return words("lexicons/person_parts", "part")


@shared
def part_matcher() -> Matcher:
    return Matcher(words("lexicons/person_parts", "part"))


def _free(text: str, start: int) -> bool:
    return opens(text, start) or title_ends(text, start)


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether what looks like a name is a slogan or title in quotation marks: “甲乙·丙丁”."""
    return text[start - 1 : start] in tuple(_OPENING) or text[end : end + 1] in tuple("”》」』")


def dotted_start(text: str, dot: int, low: int = 0) -> int:
    """Start of the name whose first dot stands at ``dot``, or -1."""
    listed = sounds()
    at = dot
    low = max(low, dot - 9)
    while at > low and text[at - 1] in listed:
        at -= 1
    titled: list[int] = [*range(at, dot), *range(at - 1, max(low, at - 4) - 1, -1)]
    for index in titled:  # rarer characters only right after a title
        if title_ends(text, index):
            return index
    for index in range(at, dot):
        if opens(text, index):
            return index
    if at == dot:
        return dot - 1 if opens(text, dot - 1) else -1
    return at if dot - at >= 2 else -1


def dotted_end(text: str, start: int) -> int:
    """End of the name whose part after a dot begins at ``start``, or -1."""
    stop = start
    for _ in range(PARTS):
        match = _PART.match(text, start)
        if match is None:
            return -1
        stop = _sound_end(text, start, match.end())
        if stop < len(text) and text[stop] in DOTS and _PART.match(text, stop + 1):
            start = stop + 1
            continue
        if stop == start:  # a Chinese name behind the dot: 麦克尔·陈
            return next((e for e in (start + 1, start + 2) if _closes(text, e)), -1)
        return next((e for e in range(stop, start, -1) if _closes(text, e)), stop)
    return -1


def _closes(text: str, index: int) -> bool:
    return bool(index <= len(text) and (closing(text, index) or title_starts(text, index)))


def _sound_end(text: str, start: int, end: int) -> int:
    """End of the run of sounds at ``start``; a verb that follows names ends it too."""
    listed, after = sounds(), followers()
    at = start
    while (
        at < end
        and text[at] in listed
        and not (at > start and (text[at : at + 2] in after or text[at : at + 3] in after))
    ):
        at += 1
    return at


def foreign_end(text: str, start: int) -> int:
    """End of a name with dots, or a row of parts, that begins at ``start``, or -1."""
    dot = _DOTTED.search(text, start, start + 11)
    if dot is not None and _PART.fullmatch(text, start, dot.start()):
        first = text[start : dot.start()]
        if len(first) <= 2 or sounds().issuperset(first):
            return dotted_end(text, dot.end())
    row = _row().match(text, start)
    return row.end() if row and row.end() - start >= SHORTEST else -1


def foreign_start(text: str, end: int) -> int:
    """Start of a name with dots, or a row of parts, that ends at ``end``, or -1."""
    low = max(0, end - LONGEST)
    window = text[low:end]
    dots = [match.start() + low for match in _DOTTED.finditer(window)]
    if dots:
        parts = re.split(f"[{DOTS}]", text[dots[0] : end])[1:]
        whole = all(part and sounds().issuperset(part) for part in parts[:-1])
        if whole and parts[-1] and len(parts[-1]) <= 9 and _PART.fullmatch(parts[-1]):
            return dotted_start(text, dots[0], low)
    for start in range(max(0, end - 9), end - SHORTEST + 1):
        row = _row().match(text, start, end)
        if row and row.end() == end and _free(text, start):
            return start
    return -1


def half_row(text: str, start: int) -> int:
    """End of a name whose second half alone is a part in use, where a name must stand, or -1.

    尕让卓玛: 卓玛 is one, 尕让 in no table.
    """
    first, second = text[start : start + 2], text[start + 2 : start + 4]
    if second not in _parts() or first in followers() or not _PART.fullmatch(first):
        return -1
    return start + 4 if _closes(text, start + 4) else -1


def is_dotted(item: str) -> bool:
    """Whether ``item`` is one name with dots in it, or a row of parts."""
    row = _row().match(item)
    if not (row and row.end() == len(item)) and _DOTTED.search(item) is None:
        return False
    return next(named(item), None) == (0, len(item))


def sound_run(text: str, start: int, least: int = 2) -> int:
    """End of a foreign name without dots at ``start``, of ``least`` characters, or -1."""
    match = _PART.match(text, start)
    stop = _sound_end(text, start, match.end()) if match else start
    if stop - start < least or text[start : start + 2] in followers():
        return -1
    return stop if _closes(text, stop) else -1


def sound_start(text: str, end: int) -> int:
    """Start of a foreign name without dots that ends at ``end`` and begins at a border, or -1."""
    listed = sounds()
    at = end
    while at > max(0, end - 8) and text[at - 1] in listed:
        at -= 1
    while end - at >= 2 and not opens(text, at):
        at += 1
    word = text[at : at + 2]
    return at if end - at >= 2 and word not in followers() and word not in everyday() else -1


@cache
def _japanese() -> frozenset[str]:
    return frozenset(row["surname"] for row in rows("lexicons/surnames") if row["rank"] == "ja")


def japanese_end(text: str, start: int) -> int:
    """End of a Japanese name (surname of two or three characters and one to three more), or -1."""
    first = next((n for n in (3, 2) if text[start : start + n] in _japanese()), 0)
    for given in (2, 1, 3, 0) if first else ():
        end = start + first + given
        if end <= len(text) and _closes(text, end):
            return end
    return -1

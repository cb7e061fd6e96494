"""Terrain: places that no table lists, told by the last word of their names.

A village, town or river is named by a few characters and a word like 村 (village). Such a
name begins where a word that is no part of names ends, after a larger place, or at a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.recognize.base import Matcher, shared
from kg.recognize.name_foreign import sounds
from kg.recognize.name_lexicon import (
    CJK,
    HAN,
    Found,
    acts,
    followers,
    is_everyday,
    name_ends,
    opens,
    places,
    surname,
    wording,
)
from kg.recognize.name_runs import UNITS, run_before
from kg.recognize.name_titles import roles, title_ends
from kg.tables import rows, words

REACH = 10  # characters of a name of sounds
SOUNDS = 3  # characters that write sounds, at least, in a foreign name
_NUMBERS = re.compile(
    "[0-9一二两三四五六七八九十百千万亿几多数半]+[余多]?(?:[个大小座条批类片级省县乡镇村市区]|$)"
)
_NUMERAL = re.compile("[0-9一二两三四五六七八九十百千几多数]")
_DATED = re.compile("^[0-9年月日号时]+")
_SPACES = (" ", "\u3000")
_HARD = re.compile(f"[^{CJK}A-Za-z0-9·]")


@dataclass(frozen=True, slots=True)
class Last:
    """How a place's name with this last word is built."""

    sort: str
    least: int
    most: int
    not_before: str


@cache
def _endings() -> dict[str, Last]:
    return {row["ending"]: _last(row) for row in _rows() if row["sort"] != "foreign"}


@cache
def _foreign() -> dict[str, Last]:
    return {row["ending"]: _last(row) for row in _rows() if row["sort"] == "foreign"}


def _rows() -> tuple[dict[str, str], ...]:
    return rows("lexicons/place_endings")


def _last(row: dict[str, str]) -> Last:
    least, most = row["least"] or "0", row["most"] or "0"
    return Last(row["sort"], int(least), int(most), row["not_before"])


@shared
def matcher() -> Matcher:
    return Matcher([*_endings(), *_foreign()])


@cache
def _everyday() -> frozenset[str]:
    return words("lexicons/place_words", "word")


@cache
def _common() -> tuple[str, ...]:
    return tuple(sorted(words("lexicons/place_common")))


def find(text: str, known: Sequence[Found]) -> list[Found]:
    """Places of ``text`` that no table lists, by place, without overlap.

    ``known`` are its known places; a name built on one (九龙|堤, a dike) covers it.
    """
    ground = _Ground(text, known)
    found: list[Found] = []
    for start, end, word in matcher().find(text):
        if ground.covered[end - 1]:
            continue
        begin = _sounded(ground, start, word)
        if begin < 0:
            begin = _begin(ground, start, end, word)
        if begin < 0:
            continue
        while found and found[-1].end > begin:
            found.pop()
        found.append(Found(begin, end, "Place", text[begin:end], "structure"))
        ground.edges.setdefault(end, begin)
    found = [*found, *_dateline(ground, found)]
    return sorted([*found, *_counted(ground, found)], key=lambda place: place.start)


def _counted(ground: _Ground, found: Sequence[Found]) -> Iterator[Found]:
    """Places in a list that is counted behind: 在甲、乙、丙三地."""
    taken = bytearray(ground.covered)
    for place in found:
        taken[place.start : place.end] = b"\x01" * (place.end - place.start)
    for match in _lists().finditer(ground.text):
        at = match.start(1)
        for item in re.split("([、和])", match[1]):
            end = at + len(item)
            free = len(item) > 1 and not any(taken[at:end]) and not is_everyday(item)
            if free and not _NUMERAL.match(item):
                yield Found(at, end, "Place", item, "list")
            at = end


@cache
def _lists() -> re.Pattern[str]:
    leads, counts = "|".join(wording("place_leads")), "|".join(wording("place_counts"))
    item = f"[{CJK}]{{2,6}}?"
    return re.compile(
        rf"(?:{leads})({item}(?:、{item})+(?:和{item})?)等?[两三四五六七八九十0-9]{{1,2}}(?:{counts})"
    )


def _dateline(ground: _Ground, found: Sequence[Found]) -> Iterator[Found]:
    """The place of a dateline: 本报某某3月14日电."""
    match = _datelines().search(ground.text)
    if match and not any(ground.covered[match.start(1) : match.end(1)]):
        start, end = match.span(1)
        if not any(place.start < end and start < place.end for place in found):
            known = places().get(match[1])
            full = known.name if known is not None and known.name != match[1] else ""
            table = "lexicon:places" if full else ""
            yield Found(start, end, "Place", match[1], "dateline", full, table)


@cache
def _datelines() -> re.Pattern[str]:
    heads = "|".join(wording("datelines"))
    return re.compile(rf"(?:{heads})([{CJK}]{{2,4}})(?=[0-9]{{1,2}}月[0-9]{{1,2}}日[电讯])")


class _Ground:
    """A text with its places so far: ``edges`` maps the end of each to its start."""

    def __init__(self, text: str, known: Sequence[Found]) -> None:
        self.text = text
        self.edges = {place.end: place.start for place in known}
        self.covered = bytearray(len(text) + 1)
        for place in known:
            self.covered[place.start : place.end] = b"\x01" * (place.end - place.start)


def _begin(ground: _Ground, start: int, end: int, word: str) -> int:
    """Where the name whose last word is ``text[start:end]`` begins, -1 for none."""
    text = ground.text
    last = _endings().get(word)
    if last is None:
        return -1
    low = _word_start(text, end)
    if last.sort == "block":  # 水区 (waters) is none, but 临|水区 may be a name right after a place
        start, last = end - 1, _endings().get(word[-1], _NONE)
    if last.sort == "block" or (end < len(text) and text[end] in last.not_before):
        return -1
    begin = run_before(text, start).verb
    larger = next((at for at in range(start, begin, -1) if at in ground.edges), -1)
    if larger >= 0 and _past_words(text, larger, start, last) > larger:
        begin, larger = _past_words(text, larger, start, last), -1
    elif larger >= 0:
        begin = _beyond(ground, larger, start, last)
    else:
        begin = _past_words(text, begin, start, last)
    if low < end and (larger < 0 or begin >= low):
        return -1
    if not last.least <= start - max(begin, larger) <= last.most and begin >= larger:
        return -1
    fits = _is_part(text[larger:start]) if larger >= 0 else _is_name(text[begin:start])
    if not fits or _is_other(text, begin, start, end, last, larger):
        return -1
    free = larger >= 0 or begin == 0 or _HARD.match(text[begin - 1]) or opens(text, begin)
    return begin if free or _word_before(text, begin) else -1


def _is_part(name: str) -> bool:
    """Whether ``name`` after a larger place is no number or description."""
    return not _NUMBERS.match(name) and not _is_common(name)


def _is_other(text: str, begin: int, start: int, end: int, last: Last, larger: int) -> bool:
    """Whether what looks like a place is a person, a title or part of a longer word."""
    if title_ends(text, begin - (text[begin - 1 : begin] in _SPACES)):
        return True
    if _titled(text[begin:start]) or text[begin:end] in places():
        return True  # hidden by a longer word, or no name between such borders
    if last.sort != "nature":
        return False
    if end - begin == 3 and _is_person(text, begin, end):
        return True
    return end - start == 1 and larger < start and not _parts(text, end)


_NONE = Last("block", 0, 0, "")


def _word_start(text: str, end: int) -> int:
    """Where the longest everyday word begins that ends at ``end`` like a place, else ``end``."""
    for size in (4, 3, 2):
        last = _endings().get(text[max(0, end - size) : end])
        if last is not None and last.sort == "block":
            return end - size
    return end


def _parts(text: str, end: int) -> bool:
    """Whether a name ends at ``end``, before a border or an everyday word."""
    return name_ends(text, end) or text[end : end + 2] in _everyday()


def _beyond(ground: _Ground, larger: int, start: int, last: Last) -> int:
    """Where a name begins that stands right after a larger place.

    A zone or building is named with its city (宁波|保税区); a dike or town may be named
    after a river or hill (黄河|镇).
    """
    origin = ground.edges[larger]
    form = ground.text[origin:larger]
    known = places().get(form)
    if (known is None or known.name == form) and form[-1] in UNITS:
        return larger
    if last.sort in ("zone", "site") or start == larger:
        return origin
    return larger


def _past_words(text: str, begin: int, start: int, last: Last) -> int:
    """Past dates and everyday words before a name, as long as enough of it is left."""
    dated = _DATED.match(text, begin, start)
    begin = dated.end() if dated else begin
    least = last.least if last.sort == "nature" else 2
    for at in range(start - least, begin + 1, -1):
        if text[at - 2 : at] in _everyday() or text[at - 2 : at] in followers():
            return at
    return begin


def _word_before(text: str, index: int) -> bool:
    """Whether an everyday word ends at ``index``, where a name may begin after it."""
    return text[max(0, index - 2) : index] in _everyday()


def _is_name(name: str) -> bool:
    """Whether ``name`` before an ending is none of the words that only describe a place."""
    if not name or _NUMBERS.match(name) or _is_common(name):
        return False
    pieces = [name[at : at + 2] for at in range(0, len(name), 2)]
    return not all(piece in _everyday() for piece in pieces) and all(map(HAN.match, name))


def _is_common(name: str) -> bool:
    return any(word in name for word in _common())


def _titled(name: str) -> bool:
    """Whether a title stands in what would be a name: 医师|江 (a doctor's surname)."""
    return next((True for _, _, word in _titles().find(name) if len(word) > 1), False)


def _is_person(text: str, begin: int, end: int) -> bool:
    """Whether a name like a river's is a person's: alone in its line, or of one who speaks."""
    alone = begin == 0 or text[begin - 1] in _SPACES or text[begin - 1] == "\n"
    said = acts(text[end : end + 2])
    return surname(text, begin) == 1 and (said or (alone and end == len(text)))


@cache
def _titles() -> Matcher:
    return Matcher(roles())


def _sounded(ground: _Ground, start: int, word: str) -> int:
    """Where a foreign name of sounds before an ending at ``start`` begins, -1 for none."""
    last = _foreign().get(word)
    if last is None or ground.text.startswith("长", start + len(word)):
        return -1  # 某某|州长 (governor so-and-so)
    listed, text = sounds(), ground.text
    at = start
    while at > max(0, start - REACH) and text[at - 1] in listed:
        if at in ground.edges and start - at >= SOUNDS:
            break  # 坦桑尼亚|达累斯萨拉姆港
        at -= 1
    while start - at >= SOUNDS and not (ground.covered[at - 1] or opens(text, at)):
        at += 1
    return at if start - at >= SOUNDS else -1

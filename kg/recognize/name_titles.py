"""Titles: words for posts, with the words before them that belong to the title."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.recognize.base import Matcher, shared
from kg.recognize.name_lexicon import LEVELS, Found, bodies, wording
from kg.tables import rows

CENTRE = "中央"  # short for the party centre, but only before an inner organ


@dataclass(frozen=True, slots=True)
class Role:
    """A row of the table of titles."""

    name: str
    kind: str  # office, territorial, rank, occupation, party, credit, label, tail, address, block
    unique: bool
    many: bool  # several persons after it all hold it
    called: bool  # it also follows a name
    body: str  # the one body that it means


@dataclass(frozen=True, slots=True)
class Title:
    """A title in a text: ``start`` without words like 原 (former), ``open`` with them."""

    start: int
    end: int
    name: str
    role: Role
    open: int
    base: int  # where the plain title begins


@cache
def roles() -> dict[str, Role]:
    """Every title of the table."""
    return {
        row["name"]: Role(
            row["name"],
            row["kind"],
            row["unique"] == "yes",
            row["holders"] in ("many", "each"),
            row["holders"] != "many",
            row["body"],
        )
        for row in rows("lexicons/roles")
    }


@shared
def matcher() -> Matcher:
    return Matcher(roles())


def is_title(text: str, index: int) -> bool:
    """Whether a title of two characters or more begins at ``index``: 通讯员 is no name."""
    if text[index : index + 1] not in _firsts():
        return False
    table = roles()
    return any(text[index : index + size] in table for size in (2, 3, 4, 5))


@cache
def _firsts() -> frozenset[str]:
    """Characters that titles begin with."""
    return frozenset(title[0] for title in roles())


def title_within(text: str, index: int, reach: int) -> bool:
    """Whether a title begins within ``reach`` characters from ``index``."""
    return next(matcher().find(text[index : index + reach]), None) is not None


@cache
def spoken() -> tuple[str, ...]:
    """Verbs that a person's name stands before: 指出 (pointed out)."""
    return tuple(row["word"] for row in rows("lexicons/person_cues") if row["place"] == "after")


@cache
def addresses() -> tuple[str, ...]:
    """Forms of address that follow a name: 先生 (Mr), 同志 (comrade)."""
    listed = (role.name for role in roles().values() if role.kind == "address")
    return tuple(sorted(name for name in listed if name not in wording("kinship")))


def title_ends(text: str, index: int) -> bool:
    """Whether a title ends at ``index``, where a person's name may begin."""
    table = roles()
    words = (table.get(text[max(0, index - size) : index]) for size in (2, 3, 4))
    return any(word is not None and word.kind not in ("block", "tail") for word in words)


@cache
def _modifiers(*kinds: str) -> dict[int, frozenset[str]]:
    """Words of the kinds, by length, the longest first."""
    listed = [row["word"] for row in rows("lexicons/role_modifiers") if row["kind"] in kinds]
    sizes = sorted({len(word) for word in listed}, reverse=True)
    return {size: frozenset(w for w in listed if len(w) == size) for size in sizes}


@cache
def _last(*kinds: str) -> frozenset[str]:
    """Last characters of the words of the kinds."""
    return frozenset(word[-1] for words in _modifiers(*kinds).values() for word in words)


def _back(text: str, index: int, *kinds: str) -> int:
    """Where the modifiers of the kinds begin that end at ``index``."""
    sizes = _modifiers(*kinds)
    if text[index - 1 : index] not in _last(*kinds):
        return index
    while True:
        for size, listed in sizes.items():
            if size <= index and text[index - size : index] in listed:
                index -= size
                break
        else:
            return index


def departmental(title: Title) -> bool:
    """Whether a title begins with the department that it is of: 车间|党支部书记."""
    if title.start == title.base:
        return False
    return any(title.name[:size] in words for size, words in _modifiers("dept").items())


def find(text: str) -> list[Title]:
    """Titles in ``text``, from left to right, before anything is known of their place."""
    found = []
    table = roles()
    for start, end, word in matcher().find(text):
        role = table[word]
        if role.kind == "block":
            continue
        left = start
        if role.kind in ("office", "territorial", "occupation"):
            left = _back(text, start, "name", "organ")
        found.append(
            Title(left, end, text[left:end], role, _back(text, left, "tenure", "local"), start)
        )
    return found


def fit(
    text: str, titles: Sequence[Title], named: Sequence[Found]
) -> tuple[list[Title], list[Found]]:
    """Titles and bodies or places, without overlap.

    Where a body's name runs into a title, an inner organ goes to the title when the rest
    is a body (全国总工会|党组书记), else to the body (中央宣传部|部长).
    """
    starts_at = [name.start for name in named]
    kept: list[Title] = []
    changed: dict[int, Found] = {}
    for title in titles:
        at = bisect_right(starts_at, title.start) - 1
        at = at + 1 if at + 1 < len(named) and named[at + 1].start < title.base else at
        if at < 0 or named[at].end <= title.start:
            kept.append(_with_department(text, title, named, starts_at))
            continue
        name = named[at]
        if name.end >= title.end:
            continue  # the title is part of a name
        cut = _cut(name, title, text)
        if cut is not None:
            changed[at] = cut
            kept.append(replace(title, open=cut.end))
        else:
            moved = _moved(text, title, name)
            if moved is not None:
                kept.append(moved)
    return kept, [changed.get(at, name) for at, name in enumerate(named)]


def _cut(name: Found, title: Title, text: str) -> Found | None:
    """``name`` shortened to the body before the title, if that is one."""
    rest = text[name.start : title.start]
    if title.start <= name.start or name.kind != "Organization" or title.start == title.base:
        return None
    known = bodies()["中共中央"] if rest == CENTRE else bodies().get(rest)
    if known is None and rest.endswith(wording("small_places")) and title.start not in name.stems:
        return Found(name.start, title.start, "Place", rest, name.rule)  # 某镇|党委书记
    if known is None and title.start not in name.stems:
        return None
    full = known.name if known is not None and known.name != rest else ""
    table = "lexicon:organizations" if full else ""
    rule = "lexicon" if known is not None else name.rule
    return Found(name.start, title.start, name.kind, rest, rule, full, table)


def _moved(text: str, title: Title, name: Found) -> Title | None:
    """``title`` begun after ``name``; the two may share one character (外交部长)."""
    for start in (name.end, name.end - 1):
        word = text[start : title.end]
        modified = start <= title.base
        role = title.role if modified else roles().get(word)
        if role is not None and role.kind in ("office", "territorial") and title.end > name.end:
            return Title(name.end, title.end, word, role, name.end, max(start, title.base))
    return None


def _with_department(
    text: str, title: Title, named: Sequence[Found], starts_at: Sequence[int]
) -> Title:
    """``title`` with the department before it, where no body ends there."""
    left = _back(text, title.start, "dept")
    if left == title.start or title.role.kind != "office" or text[left - 1 : left] in LEVELS:
        return title
    at = bisect_left(starts_at, title.start) - 1
    if at >= 0 and named[at].end > left:
        return title
    return replace(
        title, start=left, name=text[left : title.end], open=_back(text, left, "tenure", "local")
    )

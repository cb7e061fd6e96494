"""Lexicon: the known names of bodies and places, and the characters that part names from text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.recognize.base import Matcher, shared
from kg.tables import patterns, rows, split, words

STATE = "中华人民共和国"  # the state's name, which may stand before its organs
LEVELS = "省市县区州盟旗"  # what the name of an administrative unit ends in
# Chinese characters, but for 丨, which stands for a bar between label and name.
CJK = "\u3400-\u4dbf\u4e00-\u4e27\u4e29-\u9fff\U00020000-\U0003ffff"
PARTY = "中共"  # short for the party, before the name of one of its committees
_NAMING = ("name", "organ", "tenure")  # words before a title
HAN = re.compile(f"[{CJK}]")


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a text. ``start`` and ``end`` are code points, half-open."""

    start: int
    end: int
    kind: str
    name: str
    rule: str
    known_as: str = ""
    known_by: str = ""
    stems: tuple[int, ...] = ()  # ends of the shorter bodies whose names begin this one


@dataclass(frozen=True, slots=True)
class Known:
    """One form of a name that a table lists."""

    name: str  # the full or standard name
    sort: str  # sort of body or place
    guarded: bool = False  # counts only between borders
    titled: bool = False  # counts only before a title


@cache
def wording(name: str) -> tuple[str, ...]:
    """A list of ``patterns/names.toml``, the longest words first."""
    return tuple(sorted(patterns("names")[name], key=lambda w: (-len(w), w)))


@cache
def bodies() -> dict[str, Known]:
    """Every form of the name of a known body."""
    found: dict[str, Known] = {}
    for row in rows("lexicons/organizations"):
        name, sort = row["name"], row["kind"]
        found[name] = Known(name, sort)
        found.setdefault(STATE + name, Known(name, sort))
        for form in split(row["aliases"]):
            mark = form[0]
            found[form.lstrip("!@")] = Known(name, sort, mark == "!", mark == "@")
    return found


@cache
def places() -> dict[str, Known]:
    """Every form of the name of a known place."""
    found = {}
    for name in sorted(words("lexicons/place_counties")):
        found[name.lstrip("!")] = Known(name.lstrip("!"), "county", name.startswith("!"))
    for table, sort in (("lexicons/place_prefectures", "city"), ("lexicons/places", "")):
        for row in rows(table):
            known = Known(row["name"], sort or row["kind"])
            found[row["name"]] = known
            for form in split(row["aliases"]):
                found[form.lstrip("!")] = Known(known.name, known.sort, form.startswith("!"))
    return found


@shared
def body_matcher() -> Matcher:
    """Finds known bodies, and longer words that only hold the letters of one."""
    return Matcher([*bodies(), *words("lexicons/organization_decoys")])


@shared
def place_matcher() -> Matcher:
    """Finds known places, and longer words that only hold the letters of one."""
    return Matcher([*places(), *words("lexicons/place_decoys")])


@cache
def borders() -> dict[str, str]:
    """Words that part a name from what stands before it: word -> stop, verb or keep."""
    return {row["word"]: row["effect"] for row in rows("lexicons/organization_borders")}


@cache
def heads() -> tuple[str, ...]:
    """First words of the names of national bodies, such as 全国 (all-China)."""
    return tuple(sorted(words("lexicons/organization_heads", "word")))


@cache
def followers() -> frozenset[str]:
    """Words that come right after a person's name."""
    return words("lexicons/person_follow", "word")


@cache
def _surnames(*ranks: str) -> frozenset[str]:
    return frozenset(row["surname"] for row in rows("lexicons/surnames") if row["rank"] in ranks)


def surname(text: str, index: int, *, sure: bool = False) -> int:
    """Length of the surname at ``index``, 0 for none; rare ones count only when ``sure``."""
    if text[index : index + 2] in _surnames("compound"):
        return 2
    ranks = ("common", "rare") if sure else ("common",)
    return int(text[index : index + 1] in _surnames(*ranks))


@cache
def everyday() -> dict[str, str]:
    """Words that begin like a name and are none: word -> hard or soft."""
    return {row["word"]: row["kind"] for row in rows("lexicons/person_words")}


@cache
def _deeds() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("lexicons/place_words") if row["kind"] == "verb")


def acts(word: str) -> bool:
    """Whether a word of two characters says what somebody does."""
    return word in _deeds() or word in followers()


@cache
def _common() -> frozenset[str]:
    return words("lexicons/place_words", "word")


def is_everyday(name: str) -> bool:
    """Whether ``name`` consists of everyday words of two characters."""
    pieces = [name[at : at + 2] for at in range(0, len(name), 2)]
    return bool(pieces) and all(piece in _common() for piece in pieces)


def opens(text: str, index: int) -> bool:
    """Whether a name may begin at ``index``: nothing, no letter or a function word before it."""
    if index == 0 or not HAN.match(text[index - 1]):
        return True
    stops = borders()
    if text[index - 1 : index + 1] in stops or text[index - 1 : index + 1] in followers():
        return False  # the character before begins a word of its own: 有|关 (有关, concerned)
    if text[max(0, index - 2) : index] in followers():
        return True
    return any(
        stops.get(text[index - size : index], "keep") != "keep"
        for size in (1, 2, 3)
        if size <= index
    )


def closing(text: str, index: int) -> int:
    """How surely a name ends at ``index``: 0 for not at all, else the longer the surer.

    9 for the end of the text or of a run of letters, else the length of the word that
    follows names and stands there.
    """
    if index >= len(text) or not HAN.match(text[index]):
        return 9
    after = followers()
    return next((size for size in (3, 2, 1) if text[index : index + size] in after), 0)


def known_bodies(text: str) -> Iterator[Found]:
    """Known bodies in ``text``, from left to right."""
    table = bodies()
    for start, end, form in body_matcher().find(text):
        known = table.get(form)
        if known is None or is_other_word(text, end, form):
            continue
        if known.guarded and not (opens(text, start) and name_ends(text, end)):
            continue
        if known.titled and not title_starts(text, end):
            continue
        if start and text[start - 1] in LEVELS and not form.startswith((PARTY, *heads())):
            continue  # a local office: 省财政厅 (of the province), 市发改委 (of the city)
        fuller = known.name if known.name != form else ""
        table_name = "lexicon:organizations" if fuller else ""
        yield Found(start, end, "Organization", form, "lexicon", fuller, table_name)


@cache
def _title_words() -> frozenset[str]:
    kinds = ("office", "territorial", "rank", "occupation", "address")
    listed = {row["name"] for row in rows("lexicons/roles") if row["kind"] in kinds}
    listed.update(row["word"] for row in rows("lexicons/role_modifiers") if row["kind"] in _NAMING)
    return frozenset(listed)


def title_starts(text: str, index: int) -> bool:
    """Whether a title or a word before one begins at ``index``."""
    if text[index : index + 1] not in _title_firsts():
        return False
    listed = _title_words()
    return any(text[index : index + size] in listed for size in range(6, 0, -1))


@cache
def _title_firsts() -> frozenset[str]:
    """Characters that these words begin with."""
    return frozenset(word[0] for word in _title_words())


def is_other_word(text: str, end: int, form: str) -> bool:
    """Whether ``form`` runs on into another word: 部 (ministry) into 部门, 部署 (to deploy)."""
    return form.endswith("部") and text[end : end + 1] in tuple("门队级分署属")


def name_ends(text: str, end: int) -> bool:
    """Whether a name may end at ``end``: a border, a function word or a verb comes after it."""
    if closing(text, end) or any(text[end : end + size] in places() for size in (2, 3)):
        return True
    stops = borders()
    return any(stops.get(text[end : end + size], "keep") != "keep" for size in (1, 2, 3))

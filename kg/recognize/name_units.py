"""Units: bodies that a text names by their last part alone, or only in quotation marks.

An inner unit of the body that a document is about (教务处, the registry), an office of its
province (省公安厅), a team with the name of its leader (某某某班组), or a named unit in
quotation marks (“某某”突击队, “某某连”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.recognize import name_bodies
from kg.recognize.base import Matcher, shared
from kg.recognize.name_lexicon import (
    CJK,
    HAN,
    Found,
    known_bodies,
    name_ends,
    opens,
    title_starts,
    wording,
)
from kg.recognize.name_people import is_name
from kg.recognize.name_titles import roles, title_within
from kg.tables import patterns, words

INNER = "inner-unit"  # rules of bodies whose full names the document may tell
LOCAL = "local-office"
CLAUSE = 40  # how far the name of a local body may reach, in characters

LEVEL = re.compile("自治区|自治州|自治县|省|市|县|区|州|旗")
RUN = re.compile(f"[{CJK}“”]+")
_EACH = re.compile("[各每][省市县区州]、$")
_SESSION = re.compile("[一二三四五六七八九十]{1,3}届[^，。、]{2,8}?[一二三四五六七八九十]{1,3}次")
_WIDE = ("省", "自治区", "州", "自治州")  # of these a text that names none means its own
_QUOTED = re.compile(rf"“([{CJK}A-Za-z0-9·]{{2,12}})”")
_JOINED = "兼"  # and, between two posts


def find(text: str, bodies: Sequence[Found]) -> list[Found]:
    """Units in ``text`` that share no character with ``bodies``."""
    taken = bytearray(len(text) + 1)
    for body in bodies:
        taken[body.start : body.end] = b"\x01" * (body.end - body.start)
    found: list[Found] = []
    for unit in (*_quoted(text), *_ships(text), *_teams(text), *_inner(text), *_offices(text)):
        if not any(taken[unit.start : unit.end]):
            taken[unit.start : unit.end] = b"\x01" * (unit.end - unit.start)
            found.append(unit)
    return found


def _unit(text: str, start: int, end: int, rule: str, stems: tuple[int, ...] = ()) -> Found:
    name = text[start:end].strip("“”")
    return Found(start, end, "Organization", name, rule, stems=stems)


def _quoted(text: str) -> Iterator[Found]:
    """Units in quotation marks: “某某连”, “某某”突击队; no titles of honour."""
    for match in _QUOTED.finditer(text):
        start, end = match.span()
        if text.startswith(wording("honoured"), end) or not _is_free(text, start):
            continue
        crew = next((c for c in wording("crews") if len(c) > 1 and text.startswith(c, end)), "")
        if crew:
            yield _unit(text, start, end + len(crew), "quoted-unit")
        elif match[1].endswith(wording("crews")) and len(match[1]) >= 3:
            yield _unit(text, start, end, "quoted-unit")


def _is_free(text: str, start: int) -> bool:
    """Whether no verb of awarding stands before the quotation."""
    before = text[max(0, start - 4) : start]
    return not before.endswith(wording("awarded"))


@cache
def _team() -> re.Pattern[str]:
    return re.compile("|".join(wording("teams")))


def _teams(text: str) -> Iterator[Found]:
    """Teams with the name of a person: 某某某班组, 某某某工作室."""
    for match in _team().finditer(text):
        if text.startswith(wording("team_not_before"), match.start()):
            continue
        at = match.start()
        for start in (at - 3, at - 2):
            if start < 0 or not is_name(text, start, at, must=True):
                continue
            free = opens(text, start) or text[start - 1 : start] in ("间", "段", "“")
            if free and (match.group() != "班" or at - start == 3):
                yield _unit(text, start, match.end(), "team")
                break


@cache
def _ship() -> re.Pattern[str]:
    return re.compile(rf"[{CJK}]{{2,3}}?舰(?!{'|'.join(wording('ship_not_before'))})")


def _ships(text: str) -> Iterator[Found]:
    """Ships by their names: 某某舰."""
    for match in _ship().finditer(text) if "舰" in text else ():
        end = match.end()
        for start in (end - 3, end - 4):
            name = text[start : end - 1]
            if start < match.start() or any(word in name for word in wording("ship_kinds")):
                continue
            alone = start == 0 or not HAN.match(text[start - 1])
            if opens(text, start) and (alone or title_starts(text, end)):
                yield _unit(text, start, end, "ship")
                break


@shared
def inner_matcher() -> Matcher:
    return Matcher(words("lexicons/organization_inner"))


def _inner(text: str) -> Iterator[Found]:
    """Inner units of the body that the text is about, in lists and before titles."""
    for start, end, _ in inner_matcher().find(text):
        if start and HAN.match(text[start - 1]) and not opens(text, start):
            continue
        listed = text[end : end + 1] in ("、", "和", "与", "及", "，", "（", " ", "\u3000", "")
        if listed or title_within(text, end, 6) or name_ends(text, end):
            yield _unit(text, start, end, INNER)


def _offices(text: str) -> Iterator[Found]:
    """Offices of a province, city … that the text does not name: 省公安厅, 县司法局某司法所."""
    after = 0
    for match in LEVEL.finditer(text):
        start = match.start()
        if start < after or text[max(0, start - 1) : start] in others():
            continue
        sample = patterns("names")["samples"][match.group()]
        body = at_level(text, match, sample)
        if body is None:
            continue
        moved = match.end() - len(sample)
        end = body.end + moved
        rest = text[match.end() : end]
        plain = rest not in name_bodies.forms()  # 县委, 市政府 may mean any
        wide = match.group() in _WIDE or len(rest) > 2
        if plain or wide or (_led(text, end) and not text.startswith("书记", end)):
            after = end
            stems = tuple(stem + moved for stem in body.stems)
            yield _unit(text, start, end, LOCAL, stems)


def _led(text: str, end: int) -> bool:
    """Whether a post follows that is no title by itself: 省委|常委, but 省委书记."""
    return title_starts(text, end) and not any(
        text[start : end + 2] in roles() for start in (end - 2, end - 3)
    )


def at_level(text: str, match: re.Match[str], home: str) -> Found | None:
    """The body of the place ``home`` whose name begins with its level at ``match``."""
    start, end = match.span()
    more = text[end : end + 1] in wording("level_more")
    if LEVEL.match(text, end) or (more and not text.startswith(wording("level_kept"), end)):
        return None  # 省市县 (provinces, cities and counties), 省级 (of provinces)
    if _EACH.search(text, max(0, start - 3), start) or _SESSION.match(text, end):
        return None  # 各市、|县委; 市|十五届人大二次会议
    if not opens(text, start) and text[start - 1] not in _JOINED:
        return None
    rest = RUN.match(text, match.end(), match.end() + CLAUSE)
    if rest is None:
        return None
    full = home + rest.group()
    found = name_bodies.find(full, list(known_bodies(full)))
    if found and found[0].start == 0 and found[0].end > len(home) and found[0].rule != "lexicon":
        return found[0]
    return None


@cache
def others() -> frozenset[str]:
    """Characters before a level that show that no body of the place is meant: 各省."""
    return words("lexicons/organization_vetoes", "character")

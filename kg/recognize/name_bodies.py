"""Bodies: names of bodies that no table lists, found by how such names are built.

A body's name ends in a word like 局 (bureau) or 公司 (company) and reaches to the left to
the place, national word or body it begins with, or, for firms, schools and the like, to
the nearest word that is no part of a name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.recognize.base import Matcher, shared
from kg.recognize.name_foreign import sounds
from kg.recognize.name_lexicon import (
    CJK,
    HAN,
    LEVELS,
    PARTY,
    Found,
    followers,
    heads,
    is_everyday,
    is_other_word,
    name_ends,
    places,
    title_starts,
    wording,
)
from kg.recognize.name_runs import REACH, UNITS, Run, generic, is_county, run_before
from kg.recognize.name_titles import roles, title_within
from kg.tables import rows

FREE = 10  # longest proper name before the ending when no place or body begins it
FIRM = 18  # the same before 有限公司 (Ltd.), whose name tells what the firm does
TOPIC = 24  # longest topic before 领导小组 (leading group)
UNIT = 14  # longest name of a unit after its body
SOUNDS = 8  # longest name of a country that no table lists, before its parliament
LONG = 5  # characters of an ending that names a body behind a place whatever is between
WHOLE = 60  # longest name of a body with all its units

_HEAD = re.compile(
    rf"[{CJK}]{{2,4}}?(?:[省市县区州盟旗](?:(?!乡[村镇])[{CJK}]{{1,3}}?[镇乡村])?|[镇乡村])"
)
_COUNTED = re.compile("[一二三四五六七八九十百千万亿]{2}|[几多数]")  # 千万吨级炼油厂
_ARMY = re.compile("(?:陆军)?第[0-9一二三四五六七八九十]{1,3}$")
_FACULTY = re.compile(rf"[{CJK}]{{1,6}}(?:系|专业)")
# A newspaper's name in a masthead or dateline: 某日报|2024年11月8日, 某日报|9月3日讯.
_DATED = re.compile(
    r"[ \u3000]*(?:(?:19|20)[0-9]{2}年[0-9]{1,2}月|[0-9]{1,2}月[0-9]{1,2}日(?:讯|电))"
)
_BRACKETS = re.compile("（[^（）]*）")
_QUOTED = re.compile(r"“[^“”，。；\s]{1,12}”")
_POSTED = "驻"  # between a state and the one where its mission is: 中国|驻巴西大使馆
_CHINESE = ("province", "city", "county")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a name with this last word is built."""

    kind: str  # authority, free, topic, unit, block
    bare: bool  # a place and the ending make a name
    national: bool  # a national word can begin it
    inner: bool  # a body and the ending name a part of it
    party: bool  # 中共 (of the Communist Party) may stand before the name


@cache
def endings() -> dict[str, Ending]:
    """Every ending of the table."""
    return {
        row["suffix"]: Ending(
            row["kind"],
            row["bare"] == "yes",
            row["national"] != "no",
            row["inner"] == "yes",
            row["party"] == "yes",
        )
        for row in rows("lexicons/organization_suffixes")
    }


@shared
def ending_matcher() -> Matcher:
    return Matcher(endings())


@cache
def forms() -> dict[str, str]:
    """Short names of local bodies as they stand after the place, with the full name."""
    return {row["form"]: row["full"] for row in rows("lexicons/organization_forms")}


def find(text: str, known: Sequence[Found], built: Sequence[Found] = ()) -> list[Found]:
    """Bodies built by pattern, and the known ones that no longer name swallows, by place.

    ``known`` are the known bodies of ``text``, ``built`` its places that no table lists, both
    from left to right.
    """
    starts = [body.start for body in known]
    found: list[Found] = []
    taken = 0  # known bodies before this index are settled
    for start, end, word in ending_matcher().find(text):
        ending = endings()[word]
        if ending.kind == "block" or _inside(known, starts, start, end):
            continue
        longer = text[start : end + 1]
        if is_other_word(text, end, word) or (len(longer) > len(word) and longer in roles()):
            continue
        if ending.kind == "press" and not (title_starts(text, end) or _DATED.match(text, end)):
            continue
        while taken < len(known) and known[taken].start < start:
            _push(found, known[taken])
            taken += 1
        if ending.kind == "unit" and not (found and start - REACH <= found[-1].end <= start):
            continue  # of no body near by
        body = _build(text, start, end, ending, found, _with_places(run_before(text, start), built))
        if body is not None:
            _push(found, body)
    for body in known[taken:]:
        _push(found, body)
    return [completed(_quoted(text, body)) for body in found]


def _inside(known: Sequence[Found], starts: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(starts, start + 1) - 1
    return at >= 0 and known[at].end >= end


def _push(found: list[Found], body: Found) -> None:
    """Add ``body``; a body that it begins with becomes one of its stems."""
    while found and found[-1].start >= body.start and found[-1].end <= body.end:
        last = found.pop()
        if last.start == body.start and last.end < body.end:
            body = replace(body, stems=(*last.stems, last.end))
    if not found or found[-1].end <= body.start:
        found.append(body)


def _with_places(run: Run, built: Sequence[Found]) -> Run:
    """``run`` with the places in it that no table lists as anchors."""
    inside = [p for p in built if run.verb <= p.start and p.end <= run.stop + REACH * 2]
    if not inside:
        return run
    more = ((place.start, place.end, "place") for place in inside)
    return replace(run, anchors=tuple(sorted({*run.anchors, *more})))


def _build(
    text: str, start: int, end: int, ending: Ending, found: Sequence[Found], run: Run
) -> Found | None:
    """The body whose last word is ``text[start:end]``, if there is one."""
    run = run.only(lambda anchor: anchor[1] <= start)
    last = found[-1] if found and found[-1].end <= start else None
    if last is not None and last.end >= run.verb and end - last.start <= WHOLE:
        again = text.startswith(text[last.start : last.start + 2], last.end)  # a list, no unit
        other = any(a[2] == "national" for a in run.anchors if a[0] > last.end)
        if not (again or other) and _is_unit(text[last.end : start], text[start:end], ending):
            return _body(text, last.start, end, "unit")
        if last.end == start and ending.bare and last.name.endswith(wording("corps")):
            return _body(text, last.start, end, "structure")
        run = run.only(lambda anchor: anchor[0] >= last.end)
        if ending.party and last.end == start and text[: last.start].endswith(PARTY):
            return _body(text, last.start - 2, end, "structure")  # 中共某大学|委员会
    if ending.kind == "unit":
        return None
    if ending.kind == "topic":
        begin = run.stop if _is_topic(text[run.stop : start]) else -1
    else:
        begin = _anchor(text, run, start, end, ending)
        if begin < 0 and ending.kind in ("free", "press") and _is_free(text, run, start, end):
            begin = run.verb
    if ending.party and begin >= 2 and text.startswith(PARTY, begin - 2):
        begin -= 2
    if begin > 0 and text[begin - 1] == _POSTED and text[start:end] in wording("missions"):
        begin = _sender(text, begin)
    return None if begin < 0 else _body(text, begin, end, "structure")


def _sender(text: str, begin: int) -> int:
    """Where the state begins that sends the mission to what begins at ``begin``, if it is told."""
    starts = (begin - size for size in (6, 5, 4, 3) if size <= begin)
    return next(
        (s for s in starts if text[s : begin - 1] in places() or text[s : begin - 1] in heads()),
        begin,
    )


def _body(text: str, start: int, end: int, rule: str) -> Found:
    return Found(start, end, "Organization", text[start:end], rule)


def _is_unit(middle: str, word: str, ending: Ending) -> bool:
    """Whether a unit's name stands between a body and ``word``, or ``word`` is one itself."""
    if not middle:
        return ending.inner
    if len(middle) > UNIT or len(middle) + len(word) < 3:
        return False
    if generic().fullmatch(middle) and not word.endswith(wording("founded")):
        return False
    return ending.kind != "unit" or len(middle) <= 4 or middle[:2] not in followers()


def _is_topic(topic: str) -> bool:
    return 2 <= len(topic) <= TOPIC and not generic().fullmatch(topic)


def _anchor(text: str, run: Run, start: int, end: int, ending: Ending) -> int:
    """Where the place or national word begins that the name begins with, -1 for none."""
    if text[start:end] in wording("numbered"):
        ordinal = _ARMY.search(text[run.low : start])
        return run.low + ordinal.start() if ordinal else -1
    anchors = run.anchors or _unlisted(text, run, start, end)
    if not anchors or any(_in_brackets(text, a[0]) for a in anchors):  # 某某（某地）公司
        return -1
    first, last = anchors[0], anchors[-1]
    if last[2] == "national" and _is_country(text[first[0] : first[1]]):  # 某国|国家铁路公司
        return first[0]
    middle = text[last[1] : start]
    if last[2] == "place" and middle and middle[0] in UNITS and middle[0] != text[last[1] - 1]:
        middle = middle[1:]  # a district that no table lists: 南海|区
    army = text[first[0] : first[1]] in wording("forces")
    named = ending.national or (army and 2 <= len(middle) <= 4)  # 武警|某地|支队
    if first[2] == "national" and not named and len(anchors) == 1:
        return -1
    if not middle:
        needed = (army and end - start >= 4) or (
            (ending.bare or end - start >= 5) and last[2] == "place"
        )
        if text[start:end] == "委":  # 省委 (party committee of a province): after its level only
            needed = needed and text[start - 1] in LEVELS
        return first[0] if needed else -1
    full = last[2] == "place" and text[last[1] - 1] in UNITS and ending.kind == "authority"
    full = full or (last[2] == "place" and end - start >= LONG)
    if len(middle) + end - start < 3 or (not full and generic().fullmatch(middle)):
        return -1
    if text[start:end] == "委" and text[start - 1] not in LEVELS + "工":
        return -1
    return first[0]


def _in_brackets(text: str, index: int) -> bool:
    """Whether a bracket within a name opens before ``index``."""
    return text[index - 1 : index] == "（" and HAN.match(text[index - 2 : index - 1]) is not None


def _unlisted(text: str, run: Run, start: int, end: int) -> tuple[tuple[int, int, str], ...]:
    """The place that no table lists with which the run before ``text[start:end]`` begins."""
    head = _HEAD.match(text, run.verb, start)
    if head and is_county(head.group()):
        return ((run.verb, head.end(), "place"),)
    country = text[run.verb : start]
    if text[start:end] in wording("assemblies") and 2 < len(country) <= SOUNDS:
        return ((run.verb, start, "place"),) if sounds().issuperset(country) else ()
    return ()


def _is_country(name: str) -> bool:
    known = places().get(name)
    return known is not None and known.sort == "country"


def _is_free(text: str, run: Run, start: int, end: int) -> bool:
    """Whether a proper name of its own stands before a firm, school or the like."""
    name = _BRACKETS.sub("", text[run.verb : start])
    anchored = any(not _in_brackets(text, a[0]) for a in run.anchors)
    firm = text.endswith(wording("firms"), start, end)
    if not 2 <= len(name) <= (FIRM if firm else FREE) or anchored or generic().fullmatch(name):
        return False
    if name[:2] in followers() or not HAN.match(name) or _COUNTED.match(name):
        return False
    if is_everyday(name):
        return (len(name) > 3 and title_starts(text, end)) or _heads_unit(text, end)
    if name_ends(text, end) or title_within(text, end, 7) or is_everyday(text[end : end + 2]):
        return True
    return _FACULTY.match(text, end) is not None or _heads_unit(text, end)


def _heads_unit(text: str, index: int) -> bool:
    """Whether the name of a unit follows, as in 某大学|食品学院组建: what ends there is a name."""
    table = endings()
    for start, end, word in ending_matcher().find(text[index : index + UNIT]):
        known = table[word]
        if known.kind in ("block", "topic") or not (start or known.inner):
            continue
        if start + len(word) < 3 or run_before(text, index + start).verb > index:
            return False
        return name_ends(text, index + end) or title_starts(text, index + end)
    return False


def _quoted(text: str, body: Found) -> Found:
    """``body`` with the unit in quotation marks that follows it: 总装工段“某某班”."""
    note = next((n for n in wording("partnerships") if text.startswith(n, body.end)), "")
    if note:
        return replace(body, end=body.end + len(note), name=body.name + note)
    match = _QUOTED.match(text, body.end)
    if match is None or text.startswith(wording("honoured"), match.end()):
        return body
    inner = match.group()[1:-1]
    table, end = endings(), match.end()
    if any(table.get(inner[-size:], NONE).kind == "unit" for size in (4, 3, 2, 1)):
        return replace(_body(text, body.start, end, "unit"), stems=(*body.stems, body.end))
    for size in (3, 2, 1):
        if table.get(text[end : end + size], NONE).kind == "unit":
            found = _body(text, body.start, end + size, "unit")
            return replace(found, stems=(*body.stems, body.end))
    crew = next((c for c in wording("crews") if len(c) > 1 and text.startswith(c, end)), "")
    if crew:
        found = _body(text, body.start, end + len(crew), "unit")
        return replace(found, stems=(*body.stems, body.end))
    return body


NONE = Ending("", False, False, False, False)


def completed(body: Found) -> Found:
    """A local body with its full name: 某省委 -> 中共某省委员会."""
    if body.known_as or body.rule == "lexicon":
        return body
    party = body.name.startswith(PARTY)
    rest = body.name.removeprefix(PARTY)
    for size in range(min(len(rest) - 1, 12), 1, -1):
        known = places().get(rest[:size])
        unit = rest[:size]
        if known is not None and known.sort in _CHINESE:
            unit = known.name
        elif known is not None or not is_county(unit):
            continue
        if unit[-1] not in LEVELS:
            continue
        form = rest[size:] if rest[size - 1] == unit[-1] else rest[size:].removeprefix(unit[-1])
        full = forms().get(form, "").replace("{place}", unit)
        if party and not full.startswith(PARTY):
            full = ""
        if full and full != body.name:
            return replace(body, known_as=full, known_by="lexicon:organization_forms")
        return body
    return body

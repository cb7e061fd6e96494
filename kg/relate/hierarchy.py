"""Hierarchy: bodies that are part of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kg.model import Claim, Document, Mention, Span
from kg.relate.base import Told, passages
from kg.tables import rows, words

KIND = "Organization"
LONGEST = 80  # longest name that is looked into, in characters
RULE = "parent-body"
TABLE = "lexicon:organizations"
MASKED = "masked-unit"
LOCAL = "local-office"
NATIONAL = "中国"
_WITH_UNITS = frozenset({"unit", "same-place", LOCAL, MASKED})
_LEVELS = ("省", "市", "县", "区", "州", "盟", "旗")
_SHORT = frozenset("局厅院")  # the endings of one character behind which a unit may stand
_LARGER = re.compile(
    "(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|市))(?=[\u4e00-\u9fff]{2,6}[市县区州旗])"
)
_AND = re.compile(r"[ \u3000]*(?:、|和|及|以及|与)[ \u3000]*")


def find(
    document: Document, mentions: Sequence[Mention], told: Sequence[Told] = ()
) -> Iterator[Claim]:
    """Claims ``unitOf`` and ``subOrganizationOf`` between bodies that the document names.

    The name itself says it (某总工会党组 and 某总工会), the text does (甲下设乙), or, marked
    as inferred, the table of known bodies.
    """
    bodies = [mention for mention in mentions if mention.kind == KIND]
    named: dict[str, Mention] = {}
    for body in bodies:
        named.setdefault(body.name, body)
    labels: dict[str, Mention] = {}
    for body in bodies:
        labels.setdefault(body.label, body)
    within = {_local(label): body for label, body in reversed(labels.items())} | labels
    seen: set[str] = set()
    for body in bodies:
        if body.label not in seen:
            seen.add(body.label)
            yield from _by_name(body, named) or _within(body, within)
            yield from _by_label(body, labels)
            yield from _by_table(body, labels)
    yield from _by_text(told or passages(document, mentions))


def _by_name(body: Mention, named: Mapping[str, Mention]) -> tuple[Claim, ...]:
    """The longest other body of the document that the name begins with."""
    for size in range(min(len(body.name), LONGEST) - 1, 2, -1):
        parent = named.get(body.name[:size])
        if parent is not None and parent.label != body.label:
            return (Claim(_predicate(body.name[size:]), body, parent, body.span, RULE),)
    return ()


def _within(body: Mention, labels: Mapping[str, Mention]) -> Iterator[Claim]:
    """The body that only the name of its unit names: 某县医疗保障局|基金监管股."""
    name = body.name
    if body.rule not in _WITH_UNITS or len(name) > LONGEST or len(body.span) != len(name):
        return
    last = max((n for n in range(1, 8) if name[-n:] in _endings()[0]), default=1)
    for size in range(len(name) - max(last, 2), 3, -1):
        masked = body.rule == MASKED and name[size] == "某"
        if masked or (_is_body(name, size) and name[size:].endswith(_units())):
            parent = _parent(body, name[size:], labels)
            yield Claim(_predicate(name[size:]), body, parent, body.span, RULE)
            return


def _parent(unit: Mention, rest: str, labels: Mapping[str, Mention]) -> Mention:
    """The body whose unit goes on with ``rest``: the one the document names, or a new one."""
    span = Span(unit.span.start, unit.span.end - len(rest))
    label = _whole(unit.label.removesuffix(rest))
    for known in (label, NATIONAL + label):  # 国家博物馆 is 中国国家博物馆 where the text has it
        if known in labels:
            return labels[known]
    name = unit.name.removesuffix(rest)
    full = label if label != name else ""
    rule = unit.rule if unit.rule == LOCAL else RULE  # of a place that the text leaves out
    return Mention(span, KIND, name, rule, None, full, unit.known_by if full else "")


def _local(label: str) -> str:
    """``label`` without the larger places before its own: 某省|某县总工会."""
    found = _LARGER.match(label)
    return label[found.end() :] if found else label


def _whole(label: str) -> str:
    """``label`` with the full name that the table has for its short form: 某省卫健委."""
    for row in rows("lexicons/organization_forms"):
        place = label.removesuffix(row["form"])
        if place != label and place.endswith(_LEVELS):
            return row["full"].replace("{place}", place)
    return label


def _is_body(name: str, size: int) -> bool:
    """Whether ``name[:size]`` ends like a body's name, and in no longer word."""
    ends, blocks = _endings()
    if not any(name[size - n : size] in ends for n in (2, 3, 4, 5, 6)) and (
        name[size - 1] not in _SHORT
    ):
        return False
    return not any(
        name[low:high] in blocks
        for low in range(max(0, size - 3), size)
        for high in range(size + 1, min(len(name), size + 3) + 1)
    )


@cache
def _endings() -> tuple[frozenset[str], frozenset[str]]:
    """Last words of names of bodies of two characters or more; words that only look like one."""
    table = rows("lexicons/organization_suffixes")
    ends = {row["suffix"] for row in table if row["kind"] in ("authority", "free")}
    blocks = {row["suffix"] for row in table if row["kind"] == "block"}
    return frozenset(e for e in ends if len(e) > 1), frozenset(blocks)


def _by_label(body: Mention, labels: Mapping[str, Mention]) -> Iterator[Claim]:
    """The body that the document is about, of whose inner unit it leaves it out: 教务处."""
    if body.rule == "inner-unit" and body.known_as.endswith(body.name):
        parent = labels.get(body.known_as[: -len(body.name)])
        if parent is not None:
            yield Claim("unitOf", body, parent, body.span, RULE, inferred=True)


def _by_table(body: Mention, labels: Mapping[str, Mention]) -> Iterator[Claim]:
    row = _parents().get(body.label)
    parent = labels.get(row[0]) if row else None
    if row and parent is not None and parent.label != body.label:
        predicate = "unitOf" if row[1] else "subOrganizationOf"
        yield Claim(predicate, body, parent, body.span, TABLE, inferred=True)


@cache
def _parents() -> dict[str, tuple[str, bool]]:
    """Body -> its parent, and whether it is an inner unit of it."""
    return {
        row["name"]: (row["parent"], row["kind"].endswith("-unit"))
        for row in rows("lexicons/organizations")
        if row["parent"]
    }


@cache
def _units() -> tuple[str, ...]:
    return tuple(words("lexicons/organization_units", "ending"))


def _predicate(rest: str) -> str:
    inner = rest.endswith((*_units(), "”"))
    return "unitOf" if inner else "subOrganizationOf"


@cache
def _links() -> tuple[dict[str, str], re.Pattern[str]]:
    table = {row["word"]: row["order"] for row in rows("lexicons/organization_links")}
    listed = sorted(table, key=lambda w: (-len(w), w))
    return table, re.compile("|".join(map(re.escape, listed)))


def _by_text(told: Sequence[Told]) -> Iterator[Claim]:
    table, pattern = _links()
    for each in told:
        passage, inside = each.passage, each.of(KIND)
        at = 0
        while at + 1 < len(inside):
            left, right = inside[at], inside[at + 1]
            match = pattern.fullmatch(passage.within(Span(left.span.end, right.span.start)))
            at += 1
            if match is None or right.label == left.label:
                continue
            if table[match.group()] == "up":
                yield _claim(left, right)
                continue
            yield _claim(right, left)
            while at + 1 < len(inside):
                gap = passage.within(Span(inside[at].span.end, inside[at + 1].span.start))
                if not _AND.fullmatch(gap):
                    break
                at += 1
                yield _claim(inside[at], left)


def _claim(unit: Mention, parent: Mention) -> Claim:
    span = Span(min(unit.span.start, parent.span.start), max(unit.span.end, parent.span.end))
    return Claim(_predicate(unit.name), unit, parent, span, RULE)

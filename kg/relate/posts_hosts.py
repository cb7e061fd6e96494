"""Hosts: bodies of titles that stand without one: what the text is about, or told last.

校|党委书记, 该公司|总经理, and in a dateline （记者…） the agency that it names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import Document, Mention, Passage
from kg.tables import patterns, rows

_THAT = "该"
REACH = 18  # characters before a title that may name its body
_LEADS = ("由", "经", "请", "和", "及", "与", "是", "兼")
FAR = 400  # characters before its passage within which 该公司 (the firm) was named
_HAN = re.compile("[\u4e00-\u9fff]")
LEAST = 2  # times a body is named to be what the document is about


@dataclass(frozen=True)
class Hosts:
    """Bodies that a title without one may be of, by what the document says before.

    ``named`` word for a sort of body (校, school) -> the one such body that the text is about;
    ``firm`` the one firm that its title names; ``bodies`` all of its bodies, by place.
    """

    named: Mapping[str, Mention]
    firm: Mention | None
    bodies: tuple[Mention, ...]


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return _rows("about")


@cache
def _nearest() -> dict[str, tuple[str, ...]]:
    """Words for the body of a sort that was told last: 该|公司, the firm; longest first."""
    return _rows("last")


@cache
def _of_last() -> re.Pattern[str]:
    """A department of the body of a sort that was told last, before its head's title."""
    hosts = "|".join(word for word in _nearest() if word.startswith(_THAT))
    ends = "|".join(patterns("names")["departments"])
    return re.compile(f"(?:^|[^\u4e00-\u9fff])({hosts})[\u4e00-\u9fff]{{1,10}}(?:{ends})$")


def _rows(which: str) -> dict[str, tuple[str, ...]]:
    table = [row for row in rows("lexicons/role_hosts") if row["which"] == which]
    listed = sorted(table, key=lambda row: (-len(row["word"]), row["word"]))
    return {row["word"]: tuple(row["endings"].split(";")) for row in listed}


@cache
def _officers() -> tuple[str, ...]:
    """Titles of the officers of a firm: 董事长."""
    return tuple(patterns("names")["officers"])


@cache
def _firms() -> tuple[str, ...]:
    return tuple(patterns("names")["firms"])


def hosts(document: Document, mentions: Sequence[Mention]) -> Hosts:
    """Word for a body of some sort (校, school) -> the one such body that the text is about.

    The one its title names, or the one it names most often.
    """
    bodies = [m for m in mentions if m.kind == "Organization"]
    counted = Counter(body.label for body in bodies)
    title = document.meta.title.value if document.meta.title else ""
    found: dict[str, Mention] = {}
    firm = None
    for word, endings in _words().items():
        fitting = [b for b in bodies if b.name.endswith(endings) and b.name not in endings]
        titled = {b.label for b in fitting if b.name in title}
        ranked = Counter({b.label: counted[b.label] for b in fitting}).most_common(2)
        label = ""
        if len(titled) == 1:
            label = next(iter(titled))
        elif (
            ranked
            and ranked[0][1] >= LEAST
            and (len(ranked) < 2 or ranked[0][1] > 2 * ranked[1][1])
        ):
            label = ranked[0][0]
        if label:
            found[word] = next(b for b in fitting if b.label == label)
            if titled and found[word].name.endswith(_firms()):
                firm = found[word]
    return Hosts(found, firm, tuple(bodies))


def host_of(passage: Passage, role: Mention, found: Hosts) -> Mention | None:
    """The body that the word right before a title stands for: 校|党委书记, 该公司|总经理."""
    end = role.span.start - passage.span.start
    before = passage.text[max(0, end - REACH) : end]
    near = _nearest().items() if before.endswith(tuple(_nearest())) else ()
    for word, endings in near:
        if before.endswith(word) and not _HAN.match(before[-len(word) - 1 : -len(word)]):
            return _last(passage, role, found.bodies, endings)
    part = _of_last().search(before)
    if part is not None:  # 该院|民事审判第三庭|庭长
        return _last(passage, role, found.bodies, _nearest()[part.group(1)])
    named = next((found.named[w] for w in sorted(found.named) if before.endswith(w)), None)
    alone = not _HAN.match(before[-1:]) or before.endswith(_LEADS)
    if named is None and found.firm is not None and alone and role.name in _officers():
        return found.firm
    return named


def _last(
    passage: Passage, role: Mention, bodies: Sequence[Mention], endings: tuple[str, ...]
) -> Mention | None:
    """The body of a sort that was told last before a title, at most a passage away."""
    at = bisect_left(bodies, role.span.start, key=lambda body: body.span.start) - 1
    low = passage.span.start - FAR
    while at >= 0 and bodies[at].span.start >= low:
        if bodies[at].label.endswith(endings) and bodies[at].span.end <= role.span.start:
            return bodies[at]
        at -= 1
    return None


@cache
def _dateline() -> re.Pattern[str]:
    """What goes on a news agency or paper at the head of its report: 某社某地9月5日电（."""
    return re.compile(
        r"(?:[\u4e00-\u9fff]{0,12}[0-9]{1,2}月[0-9]{1,2}日)?(?:电|讯|专电)[ \u3000]*"
        r"[（(]([^（）()]{2,80})[）)]"
    )


def of_dateline(passage: Passage, mentions: Sequence[Mention]) -> dict[Mention, Mention]:
    """The titles in the brackets of a dateline, with the agency or paper that it names."""
    first = next((m for m in mentions if m.kind == "Organization"), None)
    if first is None or first.span.start > passage.span.start + 1:
        return {}
    match = _dateline().match(passage.text, first.span.end - passage.span.start)
    if match is None:
        return {}
    low, high = (passage.span.start + at for at in match.span(1))
    return {m: first for m in mentions if m.kind == "Role" and low <= m.span.start < high}

"""Congresses: numbered congresses, plenums and sessions, and the full names that rules give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.model import Mention, Passage
from kg.tables import patterns, rows

RULE = "rule:congress"

_N = "[一二三四五六七八九十百]{1,4}|[0-9]{1,3}"
_ANCHOR = re.compile("[大届次](?<=[一二三四五六七八九十百0-9].)")  # right behind a numeral
_NUMBER = re.compile(rf"(?:{_N})$")
_DIGITS = "〇一二三四五六七八九"
_PIECE = re.compile(r"([一二三四五六七八九十]{1,2})中(?:全会)?")


@dataclass(frozen=True)
class _Form:
    """A way to call a congress: what stands before the first numeral, a pattern from there."""

    prefix: str
    rest: re.Pattern[str]
    full: str
    after: str  # free, verb, bare


@cache
def _forms() -> dict[str, tuple[_Form, ...]]:
    """Forms by the last character of their prefix; those without one under the empty string."""
    table: dict[str, list[_Form]] = {}
    for row in rows("lexicons/congresses"):
        for prefix, rest in _variants(row["form"]):
            form = _Form(prefix, re.compile(rest), row["full"], row["after"])
            table.setdefault(prefix[-1:], []).append(form)
    return {last: tuple(forms) for last, forms in table.items()}


def _variants(form: str) -> Iterator[tuple[str, str]]:
    """Literal prefix and pattern of the rest; optional parts of the prefix spelt out."""
    head, _, tail = form.partition("{n}")
    options = [part for part in re.split(r"(\[[^\]]*\])", head) if part]
    prefixes = [""]
    for part in options:
        if part.startswith("["):
            prefixes = [p + o for p in prefixes for o in ("", part[1:-1])]
        else:
            prefixes = [p + part for p in prefixes]
    rest = re.sub(r"\[([^\]]*)\]", r"(?:\1)?", tail).replace("{m}", f"(?P<m>{_N})")
    for prefix in dict.fromkeys(prefixes):
        yield prefix, f"(?P<n>{_N}){rest}"


def find(passage: Passage) -> Iterator[Mention]:
    """Congresses, plenums and sessions whose full name a rule gives."""
    text = passage.text
    done = 0
    for anchor in _ANCHOR.finditer(text):
        end = anchor.start()
        number = _NUMBER.search(text, max(end - 4, 0), end).start()  # type: ignore[union-attr]
        found = _best(text, number)
        if found and found[0] >= done:
            start, end, form, match = found
            yield _mention(passage, start, end, form.full, match["n"], match.groupdict().get("m"))
            done = end
        elif found is None:
            yield from _series(passage, number)


def _best(text: str, at: int) -> tuple[int, int, _Form, re.Match[str]] | None:
    """The longest form whose first numeral stands at ``at``."""
    best = None
    for last in (text[at - 1 : at] if at else "", ""):
        for form in _forms().get(last, ()):
            start = at - len(form.prefix)
            if start < 0 or not text.startswith(form.prefix, start):
                continue
            match = form.rest.match(text, at)
            if not match or not _firm(text, start, match, form.after):
                continue
            if best is None or match.end() - start > best[1] - best[0]:
                best = (start, match.end(), form, match)
        if not last:
            break
    return best


def _firm(text: str, start: int, match: re.Match[str], after: str) -> bool:
    """Whether a short form is a congress and no plain number (党的三大任务, three great tasks)."""
    if after == "free":
        return True
    number = numeral(match["n"])
    words = patterns("events")
    end = match.end()
    rest = text[end : end + 6]
    follows = not rest or rest[0] in "，。；：！？、）》”’…）)\n " or rest.startswith(_after())
    if rest.startswith(tuple(words["congress_not"])):
        return False
    if after == "verb":
        return follows or number > 10
    before = text[max(0, start - 4) : start]
    known = before.endswith(tuple(words["congress_before"]))
    return number > 10 and (follows or known) and not before.endswith(("第", "百", "千", "万"))


@cache
def _after() -> tuple[str, ...]:
    return tuple(patterns("events")["congress_after"])


def _series(passage: Passage, at: int) -> Iterator[Mention]:
    """十八届三中、四中全会 (the third and fourth plenums of the 18th Central Committee)."""
    text = passage.text
    head = re.compile(rf"({_N})届").match(text, at)
    if not head or text.find("全会", head.end(), head.end() + 24) < 0:
        return
    place, begin = head.end(), at
    pieces: list[tuple[int, int, str]] = []
    while match := _PIECE.match(text, place):
        pieces.append((begin, match.end(), match[1]))
        place = match.end()
        joint = re.compile("[、和及与]").match(text, place)
        if match.group().endswith("全会") or not joint:
            break
        place = begin = joint.end()
    if len(pieces) > 1 and text[pieces[-1][1] - 2 : pieces[-1][1]] == "全会":
        full = "中国共产党第{n}届中央委员会第{m}次全体会议"
        for start, end, session in pieces:
            yield _mention(passage, start, end, full, head[1], session)


def _mention(passage: Passage, start: int, end: int, full: str, n: str, m: str | None) -> Mention:
    name = passage.text[start:end]
    label = full.replace("{n}", chinese(numeral(n)))
    label = label.replace("{m}", chinese(numeral(m)) if m else "")
    other = label != name
    return passage.mention(
        start,
        end,
        "Event",
        rule="congress",
        known_as=label if other else "",
        known_by=RULE if other else "",
    )


def numeral(text: str) -> int:
    """Value of a Chinese or Arabic numeral below 1000.

    >>> numeral("二十"), numeral("十九"), numeral("15")
    (20, 19, 15)
    """
    if text.isascii():
        return int(text)
    total = unit = 0
    for char in text:
        if char == "百":
            total, unit = total + (unit or 1) * 100, 0
        elif char == "十":
            total, unit = total + (unit or 1) * 10, 0
        else:
            unit = _DIGITS.index(char)
    return total + unit


def chinese(number: int) -> str:
    """A number from 1 to 99 as a Chinese numeral.

    >>> chinese(7), chinese(10), chinese(21)
    ('七', '十', '二十一')
    """
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")

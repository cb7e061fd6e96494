"""Lexicon of times: the words, events, eras and festivals that the data files name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg import tables
from kg.recognize.base import Matcher, shared

_QUOTES = (("“", "”"), ("‘", "’"), ("「", "」"), ('"', '"'))


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word of the data files means, and beside which characters it does not count."""

    kind: str  # veto, event, era, plan, festival, reign, or the kind of time_words.tsv
    value: str = ""  # offset, part, EDTF begin, MM-DD
    until: str = ""  # EDTF end
    use: str = "alone"
    not_after: str = ""
    not_before: str = ""
    quoted: bool = False  # the word here stands in quotes, of which the first and last are part


@cache
def entries() -> Mapping[str, Entry]:
    """Every word that may begin a time and is no number; vetoes win over all others."""
    found: dict[str, Entry] = {}
    for words in (_words(), _reigns(), _events(), _plans(), _eras(), _festivals(), _vetoes()):
        found.update(words)
    return found


@shared
def matcher() -> Matcher:
    """Search for the words of ``entries``."""
    return Matcher(entries())


def _words() -> Iterator[tuple[str, Entry]]:
    for row in tables.rows("lexicons/time_words"):
        entry = Entry(
            row["kind"], row["value"], not_after=row["not_after"], not_before=row["not_before"]
        )
        yield row["word"], entry


def _vetoes() -> Iterator[tuple[str, Entry]]:
    for row in tables.rows("lexicons/time_vetoes"):
        yield row["word"], Entry("veto")


def _reigns() -> Iterator[tuple[str, Entry]]:
    for row in tables.rows("calendar/reigns"):
        yield row["name"], Entry("reign", row["first"], row["last"])


@cache
def reigns() -> Mapping[str, tuple[int, int]]:
    """First and last year of each reign title, by its name."""
    return {row["name"]: (int(row["first"]), int(row["last"])) for row in _rows("reigns")}


def _rows(name: str) -> tuple[tables.Row, ...]:
    return tables.rows(f"calendar/{name}")


def _names(row: tables.Row) -> list[str]:
    return [row["name"], *tables.split(row["aliases"])]


def _events() -> Iterator[tuple[str, Entry]]:
    for row in _rows("events"):
        for name in _names(row):
            guard = "会团联协妇科文作侨" if len(name) <= 4 else ""
            yield name, Entry("event", row["start"], row["end"], "never", guard)


def _eras() -> Iterator[tuple[str, Entry]]:
    during = tuple(word for word in tail_words("during") if len(word) > 1)
    for row in _rows("eras"):
        for name in _names(row):
            # 社会主义革命和建设时期 has its tail with it.
            use = "alone" if row["use"] == "period" and name.endswith(during) else row["use"]
            guards = row["not_after"], row["not_before"]
            yield name, Entry("era", row["start"], row["end"], use, *guards)


@cache
def tail_words(role: str) -> tuple[str, ...]:
    """Tails of a role, the longest first."""
    rows = tables.rows("lexicons/time_tails")
    words = [row["word"] for row in rows if row["role"] == role]
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _plans() -> Iterator[tuple[str, Entry]]:
    digits = "一二三四五六七八九十百千〇零"
    for row in _rows("plans"):
        name, span = row["name"], (row["start"], row["end"])
        # Two characters (一五) are too often something else to stand without a tail.
        use = "alone" if len(name) > 2 else "period"
        yield name, Entry("plan", *span, use, "第" + digits, digits + "个种条家")
        for left, right in _QUOTES:
            yield left + name + right, Entry("plan", *span, "alone", "", "普", quoted=True)
        for alias in tables.split(row["aliases"]):
            yield alias, Entry("plan", *span)


def _festivals() -> Iterator[tuple[str, Entry]]:
    for row in _rows("festivals"):
        day = f"{row['name']}" if row["day"] == "table" else row["day"]
        guards = row["not_after"], row["not_before"]
        for name in _names(row):
            # 五一国际劳动节 (May Day) is sure, 五四 or 十一 alone is not.
            use = row["use"] if name == row["name"] else "alone"
            yield name, Entry("festival", day, "", use, *guards)
            if name.startswith(row["name"]) and "“" not in name:
                bare = "alone" if use == "quoted" else use
                rest = name[len(row["name"]) :]
                for left, right in _QUOTES:
                    word = left + row["name"] + right + rest
                    yield word, Entry("festival", day, "", bare, "", guards[1], quoted=not rest)


@cache
def heads() -> Mapping[str, str]:
    """Words right before a time -> their role."""
    return {row["word"]: row["role"] for row in tables.rows("lexicons/time_heads")}


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    """Lengths of the heads that end with a character, longest first."""
    found: dict[str, set[int]] = {}
    for word in heads():
        found.setdefault(word[-1], set()).add(len(word))
    return {last: tuple(sorted(sizes, reverse=True)) for last, sizes in found.items()}


def head(text: str, at: int, *roles: str) -> tuple[int, str]:
    """Start and role of the longest head that ends at ``at``; ``(at, "")`` when there is none."""
    for length in _lengths().get(text[at - 1 : at], ()) if at else ():
        role = heads().get(text[at - length : at], "") if length <= at else ""
        if role and (not roles or role in roles):
            return at - length, role
    return at, ""


PARTS = (
    frozenset(
        ("end", "begin", "mid", "mid-month", "first-ten", "last-ten", "first-twenty", "last-twenty")
    )
    | frozenset(("early", "middle", "late"))
    | frozenset(("first-half", "second-half", "spring", "summer", "autumn", "winter"))
)
CHANGES = frozenset(("since", "after", "before", "eve", "around", "during", "inside", "hour"))
LINKS = frozenset(("link", "link-begin", "link-end"))
WEEKDAYS = frozenset(("weekday-1", "weekday-2", "weekday-3", "weekday-4", "weekday-5")) | frozenset(
    ("weekday-6", "weekday-7", "weekend")
)
REIGN = frozenset(("first-year", "during", "early", "late"))
STAGES = frozenset(("first-stage", "last-stage"))
SAME_PERIOD = frozenset(("same-period",))


@cache
def _tails(roles: frozenset[str]) -> tuple[frozenset[str], re.Pattern[str], Mapping[str, str]]:
    """First characters, a pattern (longest first) and the roles of the tails of ``roles``."""
    rows = [row for row in tables.rows("lexicons/time_tails") if row["role"] in roles]
    rows.sort(key=lambda row: (-len(row["word"]), row["word"]))
    parts = []
    for row in rows:
        guard = f"(?![{re.escape(row['not_before'])}])" if row["not_before"] else ""
        parts.append(re.escape(row["word"]) + guard)
    firsts = frozenset(row["word"][0] for row in rows)
    return firsts, re.compile("|".join(parts)), {row["word"]: row["role"] for row in rows}


def tail(text: str, at: int, roles: frozenset[str]) -> tuple[int, str]:
    """End and role of the longest tail that begins at ``at``; ``(at, "")`` when there is none."""
    firsts, pattern, role = _tails(roles)
    if text[at : at + 1] not in firsts:
        return at, ""
    match = pattern.match(text, at)
    return (match.end(), role[match[0]]) if match else (at, "")

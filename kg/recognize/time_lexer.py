"""Lexer of times: a passage -> the words and numbers that may be part of a time, by place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from kg import tables
from kg.recognize import time_lexicon as lexicon
from kg.recognize.numerals import number
from kg.recognize.time_lexicon import Entry

HAN_DIGITS = "〇零一二两三四五六七八九"
HAN_NUMERALS = HAN_DIGITS + "十百千廿卅半"
_TWO = re.compile(f"(?P<low>[{HAN_DIGITS[2:]}])(?P<high>[{HAN_DIGITS[2:]}])")
_PAIR = re.compile(f"(?P<low>[{HAN_DIGITS}])(?P<high>[{HAN_DIGITS}])十")
_MARKS = "-~—–至到./、和)）》〉” \u3000，。；多余来个半"  # what else may stand behind a number
_WITHIN = (".", ",", ":", "：")  # behind one of them, a number may only go on
_CLOSER = tuple("第几数元前")  # 公元, 公元前 and ordinals: the number may be no date
SEPARATOR = r"(?:[-~—–]{1,2}|至|到)"

_NUMERAL = rf"(?:[0-9]{{1,4}}+(?:\.[0-9]{{1,2}})?|[{HAN_NUMERALS}]{{1,9}}+)"
# Possessive quantifiers and the look-behind keep a long run of digits from being tried twice.
_LEXEME = rf"""(?<![0-9.,{HAN_NUMERALS}])(?<![0-9][:：])(?:
    (?P<full>(?:1[0-9]|2[01])[0-9]{{2}}(?P<mark>[-./])[0-9]{{1,2}}(?P=mark)[0-9]{{1,2}}(?![0-9.]))
  | (?P<from>[12][0-9]{{3}}){SEPARATOR}(?P<to>[12][0-9]{{3}})(?=[)）》〉”\s，。；、]|$)
  | (?P<lone>20[0-9]{{2}})(?=[”》〉])
  | (?P<stamp>(?:19|20)[0-9]{{2}}[-./](?:0[1-9]|1[0-2]))(?=[\s，。；、）)—~至到]|$)
  | (?P<days>[0-9]{{1,2}})(?=(?:、[0-9]{{1,2}}){{0,5}}[、和][0-9]{{1,2}}日)
  | (?P<months>[0-9]{{1,2}})(?=(?:、[0-9]{{1,2}}){{0,5}}[、和][0-9]{{1,2}}月)
  | (?P<listed>[12][0-9]{{3}})(?=(?:、[12][0-9]{{3}}){{0,5}}[、和][12][0-9]{{3}}年)
  | (?:(?P<low>{_NUMERAL})[ ]?{SEPARATOR}[ ]?)?(?P<num>{_NUMERAL})[ ]?
    (?P<more>[多余来])?(?P<ge>个)?(?P<rest>[多余])?(?P<half>半)?(?P<unit>UNITS))"""


@cache
def _lexeme() -> re.Pattern[str]:
    units = []
    for row in sorted(tables.rows("lexicons/time_units"), key=lambda row: -len(row["unit"])):
        guard = f"(?![{row['not_before']}])" if row["not_before"] else ""
        units.append(row["unit"] + guard)
    return re.compile(_LEXEME.replace("UNITS", "|".join(units)), re.VERBOSE)


@cache
def _run() -> re.Pattern[str]:
    """A run of numerals before a character with which a time may go on."""
    firsts = {row["unit"][0] for row in tables.rows("lexicons/time_units")}
    follows = re.escape("".join(sorted(firsts)) + _MARKS)
    return re.compile(f"[0-9{HAN_NUMERALS}]++(?=[{follows}])")


@cache
def _units() -> Mapping[str, tables.Row]:
    return {row["unit"]: row for row in tables.rows("lexicons/time_units")}


class Lexeme(NamedTuple):
    """A word or number with its unit. ``kind`` says how the parser begins with it."""

    start: int
    end: int
    kind: str  # full, span, name, year, decade, century-number, month, day, length, or an Entry's
    text: str = ""
    number: int | float = 0
    low: int | float | None = None  # the first number of 8-9月
    unit: str = ""
    more: bool = False  # 多, 余: and more
    weak: bool = False  # Chinese numeral that is a date only beside other parts of one
    entry: Entry | None = None


def lexemes(text: str) -> list[Lexeme]:
    """Lexemes of narrowed ``text``, leftmost first, the longest where several begin together."""
    words, numbers = _words(text), _numbers(text)
    if not words or not numbers:
        return [lexeme for lexeme in words or numbers if lexeme.kind != "veto"]
    kept: list[Lexeme] = []
    end = 0
    for lexeme in sorted(words + numbers, key=_place):
        if lexeme[0] >= end:
            end = lexeme[1]
            if lexeme[2] != "veto":
                kept.append(lexeme)
    return kept


def _place(lexeme: Lexeme) -> tuple[int, int]:
    return lexeme[0], -lexeme[1]


def _words(text: str) -> list[Lexeme]:
    entries = lexicon.entries()
    found = []
    for start, end, word in lexicon.matcher().find(text):
        entry = entries[word]
        if entry.not_after and start and text[start - 1] in entry.not_after:
            continue
        if entry.not_before and end < len(text) and text[end] in entry.not_before:
            continue
        found.append(Lexeme(start, end, entry.kind, word, 0, None, "", False, False, entry))
    return found


def _numbers(text: str) -> list[Lexeme]:
    """Every run of numerals before which no number goes on, and behind which a unit may stand."""
    found = []
    pattern, plain = _lexeme(), _plain()
    done = 0
    for run in _run().finditer(text):
        start, end = run.span()
        if start < done:
            continue
        before = text[start - 1] if start else ""
        if before in _WITHIN and (before in ".," or text[start - 2 : start - 1].isdigit()):
            continue
        unit = plain.get(text[end])
        lexeme = _plainly(text, start, end, before, unit) if unit else None
        if lexeme is None:
            match = pattern.match(text, start)
            if match is None:
                continue
            done = match.end()
            lexeme = _number(text, match)
        if lexeme is not None:
            found.append(lexeme)
    return found


class _Plain(NamedTuple):
    """A unit of one character whose numbers are read at once where nothing else is said."""

    kind: str
    digits: frozenset[int]
    least: int
    top: int
    never: frozenset[str]  # characters with which it is another unit, or none


@cache
def _plain() -> Mapping[str, _Plain]:
    rows = tables.rows("lexicons/time_units")
    forms = {"Y": ("year", (4,), 1000, 2199), "M": ("month", (1, 2), 1, 12)}
    forms["D"] = ("day", (1, 2), 1, 31)
    found = {}
    for row in rows:
        mark = row["unit"]
        if row["kind"] == "both" and row["iso"] in forms and len(mark) == 1:
            kind, digits, least, top = forms[row["iso"]]
            longer = {
                other["unit"][1] for other in rows if other["unit"][:1] == mark != other["unit"]
            }
            never = frozenset(longer | set(row["not_before"]))
            found[mark] = _Plain(kind, frozenset(digits), least, top, never)
    return found


def _plainly(text: str, start: int, end: int, before: str, unit: _Plain) -> Lexeme | None:
    """2018年, 10月, 22日 in Arabic numerals, with nothing about them that needs a closer look."""
    numeral = text[start:end]
    if end - start not in unit.digits or not numeral.isascii() or before in _CLOSER:
        return None
    value = int(numeral)
    if not unit.least <= value <= unit.top or text[end + 1 : end + 2] in unit.never:
        return None
    return Lexeme(start, end + 1, unit.kind, text[start : end + 1], value)


def _number(text: str, match: re.Match[str]) -> Lexeme | None:
    start, end = match.span()
    for kind, group in (("full", "full"), ("name", "lone"), ("span", "from")):
        if match[group]:
            return Lexeme(start, end, kind, match[0])
    if match["stamp"]:
        return Lexeme(start, end, "stamp", match[0])
    if match["listed"]:
        return Lexeme(start, end, "year", match[0], int(match[0]))
    if start and text[start - 1] in "第几数":
        return None  # ordinals count; "some tens of years" have no value
    if match["days"] or match["months"]:
        kind, top = ("day", 31) if match["days"] else ("month", 12)
        count = int(match[0])
        return Lexeme(start, end, kind, match[0], count) if 0 < count <= top else None
    numeral = match["num"]
    pair = _PAIR.fullmatch(numeral) if match["unit"] == "年代" else None
    if pair:
        return _decades(match, pair)
    value = 0.5 if numeral == "半" else number(numeral)
    if value is None:
        return None
    low = number(match["low"]) if match["low"] else None
    unit = _units()[match["unit"]]
    era = lexicon.head(text, start, "ad", "bc")[1] if unit["iso"] == "Y" else ""
    if era:
        common = era == "ad" and 0 < value < 2200
        return Lexeme(start, end, "year", match[0], value) if common else None
    plain = not (match["more"] or match["ge"] or match["rest"] or match["half"])
    if plain and unit["kind"] != "length":
        found = _date(match, value, low, unit)
        if found is not None:
            return found
    return _length(match, value, low, unit) if unit["kind"] in ("length", "both") else None


def _date(
    match: re.Match[str], value: int | float, low: int | float | None, unit: tables.Row
) -> Lexeme | None:
    """A year, decade, century, month or day; None when the number is too big for one."""
    start, end = match.span()
    numeral, iso = match["num"], unit["iso"]
    kind, top = {"M": ("month", 12), "D": ("day", 31), "": ("day", 31)}.get(iso, ("", 0))
    if unit["kind"] == "decade":
        century = value >= 1000 or value < 100
        return Lexeme(start, end, "decade", match[0], value) if century and not value % 10 else None
    if iso == "Y":
        if not _is_year(numeral, value):
            return None
        return Lexeme(start, end, "year", match[0], value, _rising(low, value, 1000))
    if iso == "C":
        known = isinstance(value, int) and 10 <= value <= 21
        return Lexeme(start, end, "century-number", match[0], value) if known else None
    if not isinstance(value, int) or not 1 <= value <= top:
        return None
    weak = iso == "" or (not numeral.isascii() and unit["unit"] in "月日")
    return Lexeme(start, end, kind, match[0], value, _rising(low, value, 1), weak=weak)


def _decades(match: re.Match[str], pair: re.Match[str]) -> Lexeme | None:
    """八九十年代: the eighties and nineties."""
    low, high = number(pair["low"]) or 0, number(pair["high"]) or 0
    if high != low + 1:
        return None
    return Lexeme(*match.span(), "decade", match[0], high * 10, low * 10)


def _is_year(numeral: str, value: int | float) -> bool:
    if "千" in numeral:
        return len(numeral) >= 4 and 1900 <= value <= 2100
    if len(numeral) != 4:
        return False
    return 1000 <= value < 2200 and (numeral.isascii() or set(numeral) <= set(HAN_DIGITS))


def _rising(low: int | float | None, value: int | float, least: int) -> int | float | None:
    return low if low is not None and least <= low < value else None


def _length(
    match: re.Match[str], value: int | float, low: int | float | None, unit: tables.Row
) -> Lexeme | None:
    text, (start, end) = match.string, match.span()
    if unit["unit"] == "月" and not match["ge"]:
        return None
    two = _TWO.fullmatch(match["num"])
    if two:  # 两三年: two or three years; 五八年 is no length
        low, value = number(two["low"]), number(two["high"]) or 0
        if low is None or value != low + 1:
            return None
    if unit["unit"].endswith("岁") and not isinstance(value, int):
        return None  # 76.7岁 (years of age) is a figure
    more = bool(match["more"] or match["rest"])
    if match["half"] or (text[end : end + 1] == "半" and unit["iso"] in ("Y", "D", "H")):
        value += 0.5 if match["num"] != "半" else 0
        end += not match["half"]
    if text.startswith(("多", "余"), end):
        more, end = True, end + 1
    return Lexeme(start, end, "length", match[0], value, low, unit["iso"], more)

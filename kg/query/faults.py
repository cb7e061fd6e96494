"""Faults: where a query that is no SPARQL goes wrong, and how.

The engine tells how far it came, which is often the end. So the words are gone through first,
for what people mistype: a word, a bracket, a quotation mark, a sign of a Chinese keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from unicodedata import normalize

from kg.errors import UsageError
from kg.query.refusals import TOKEN

_KEYWORDS = """
A ABS ADD ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT
DATATYPE DAY DEFAULT DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH
GROUP GROUP_CONCAT HAVING HOURS IF IN INF IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG
LANGMATCHES LCASE LIMIT MAX MD5 MIN MINUS MINUTES MONTH NAMED NAN NOT NOW OFFSET OPTIONAL ORDER
PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256
SHA384 SHA512 SILENT STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR
SUM TIMEZONE TRUE TZ UCASE UNDEF UNION URI UUID VALUES WHERE YEAR
"""
WORDS = frozenset(_KEYWORDS.split())
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
ADVICE = f"begin with {', '.join(FORMS)}"
_ALSO = (
    ("dc", "dct"),
    ("dcterms", "dct"),
    ("sdo", "schema"),
    ("nif-core", "nif"),
)  # same, elsewhere
SHOWN = 30  # characters before the place that the engine tells
_CLOSES = {")": "(", "}": "{", "]": "["}
_QUOTES = frozenset("“”‘’「」『』＂＇")
_STRING = re.compile(
    r"\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''"
    r"|\"(?!\"\")(?:[^\"\\\n\r]|\\.)*\"|'(?!'')(?:[^'\\\n\r]|\\.)*'",
    re.S,
)
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.I)
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.S)

Fault = tuple[int, str, str]  # place in the text, what is wrong, what to do


def fault(text: str, message: str, known: Mapping[str, str]) -> UsageError:
    """What is wrong with a query that the engine does not take, with line and column.

    ``message`` is what the engine said, ``known`` are the prefixes that need no declaration.

    >>> str(fault("SELEC * {}", "error at 1:10: expected CONSTRUCT", {}))
    "query:1:1: no valid SPARQL: no query begins with 'SELEC' (is SELECT meant?)"
    """
    found = _PLACE.match(message)
    line, column, said = (int(found[1]), int(found[2]), found[3]) if found else (1, 1, message)
    tokens = [token for token in TOKEN.finditer(text) if token[0][0] not in "# \t\r\n\f\v"]
    if "Prefix not found" in said:
        faults = list(_prefixes(tokens, known, set(_DECLARED.findall(text))))
    else:
        faults = [*sorted(_mistyped(tokens)), *_unclosed(tokens)]
    for begin, what, advice in faults:
        before = text[:begin]
        column = begin - (before.rfind("\n") + 1) + 1
        return _error(before.count("\n") + 1, column, what, advice)
    if not tokens:
        return _error(line, column, "it is empty", ADVICE)
    so_far = " ".join(text.split("\n")[:line][-1][: column - 1].split())
    return _error(line, column, _sentence(said), f"at or before the end of: {_short(so_far)}")


def _sentence(said: str) -> str:
    """What the engine says in words; a list of signs that might follow tells nobody much."""
    parts = said.removeprefix("expected ").removeprefix("one of ").split(", ")
    return next((part for part in parts if re.fullmatch(r"[A-Za-z]+( [A-Za-z]+)+", part)), "")


def _error(line: int, column: int, what: str, advice: str) -> UsageError:
    reason = f"no valid SPARQL: {' '.join(what.split())}" if what else "no valid SPARQL"
    return UsageError(reason, f"query:{line}:{column}", advice)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"…{text[-SHOWN:]}"


def _prefixes(
    tokens: list[re.Match[str]], known: Mapping[str, str], declared: set[str]
) -> Iterator[Fault]:
    """Names whose prefix is neither known nor declared."""
    for token in tokens:
        prefix, colon, _ = token[0].partition(":")
        if colon and token[0][0] not in "<\"'" and prefix not in {"_", *known, *declared}:
            other = {one.casefold(): one for one in known} | {a: b for a, b in _ALSO if b in known}
            near = get_close_matches(prefix.casefold(), other, 1)
            meant = f"is {other[near[0]]}: meant? " if near else ""
            advice = f"{meant}declare it with PREFIX; known: {', '.join(sorted(known))}"
            yield token.start(), f"unknown prefix {prefix!r}", advice


def _mistyped(tokens: list[re.Match[str]]) -> Iterator[Fault]:
    """What can be told from the words and signs, each for itself."""
    before = ""
    for at, token in enumerate(tokens):
        begin, sign = token.start(), token[0]
        if at == 0 and sign.upper() not in FORMS and sign.upper() not in ("PREFIX", "BASE"):
            near = get_close_matches(sign.upper(), FORMS, 1)
            advice = f"is {near[0]} meant?" if near else ADVICE
            yield begin, f"no query begins with {_short(sign)!r}", advice
        elif token["words"]:
            yield from _word(begin, sign, before)
        elif sign[0] in "\"'" and not _STRING.fullmatch(sign):
            yield begin, "a text without its closing quotation mark", ""
            return
        elif len(sign) == 1 and not sign.isascii():
            yield begin, *_sign(sign)
        before = sign
    yield from _closings(tokens)


def _closings(tokens: list[re.Match[str]]) -> Iterator[Fault]:
    """The first bracket that closes what is not open."""
    opened: list[str] = []
    for token in tokens:
        sign = token[0]
        if sign in _CLOSES.values():
            opened.append(sign)
        elif sign in _CLOSES:
            if not opened:
                yield token.start(), f"{sign!r} closes what is not open", ""
                return
            if (last := opened.pop()) != _CLOSES[sign]:
                yield token.start(), f"{sign!r} comes where {last!r} is open", ""
                return


def _unclosed(tokens: list[re.Match[str]]) -> Iterator[Fault]:
    opened: list[re.Match[str]] = []
    for token in tokens:
        if token[0] in _CLOSES.values():
            opened.append(token)
        elif token[0] in _CLOSES and opened:
            opened.pop()
    if opened:
        yield opened[-1].start(), f"{opened[-1][0]!r} is not closed", ""


def _word(begin: int, word: str, before: str) -> Iterator[Fault]:
    if before == "@" or word[0].isdigit():  # a language, a number
        return
    if not word.isascii():
        yield begin, f"{_short(word)!r} is no term", f'write a name as "{_short(word)}"@zh'
    elif _NAME.fullmatch(word) and word.upper() not in WORDS:
        near = get_close_matches(word.upper(), sorted(WORDS), 1)
        yield begin, f"unknown word {_short(word)!r}", f"is {near[0]} meant?" if near else ""


def _sign(sign: str) -> tuple[str, str]:
    if sign in _QUOTES:
        return f"{sign!r} is no quotation mark", "write a straight one"
    plain = normalize("NFKC", sign).replace("。", ".").replace("、", ",")
    return f"unknown sign {sign!r}", f"write {plain}" if plain.isascii() else ""

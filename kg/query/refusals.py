"""Refusals: what no query may hold, found in its words, before any engine reads it.

This pass tells a person what is refused, and knows spellings that other engines understand.
``kg.query.engine`` looks again, with the parser that will read the query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import RefusedError, UsageError

LONGEST = 65_536  # bytes of a query
UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})
ADVICE = {
    "SERVICE": "kg never uses the network",
    "FROM": "an export is one graph: leave FROM out",
}
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# Tokens of SPARQL, as far as is needed to tell keywords from names, strings and comments. A
# string may lack its end, so that the search is linear whatever it reads.
TOKEN = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*+>
    |\"\"\"(?:\"{0,2}+(?:[^"\\]|\\.))*+(?:\"\"\")?+|'''(?:'{0,2}+(?:[^'\\]|\\.))*+(?:''')?+
    |"(?:[^"\\\n\r]|\\.)*+"?+|'(?:[^'\\\n\r]|\\.)*+'?+
    |\#[^\n\r]*+
    |[?$]\w++
    |[\w.-]*+:(?:[\w.:%-]|\\.)*+
    |(?P<words>[\w.-]++)
    |.""",
    re.X | re.S,
)
_WORD = re.compile(r"[A-Za-z_]\w*")


def refuse(text: str) -> None:
    """Raise RefusedError for an update, SERVICE and FROM, UsageError for what is too long.

    >>> refuse("SELECT ?from { ?from a kg:Formula }")
    """
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise UsageError("the query is not UTF-8 text", "query") from None
    if size > LONGEST:
        what = f"the query has {size:,} bytes, more than {LONGEST:,}"
        raise UsageError(what, "query", "ask in several queries")
    for form in {text: 0, _ESCAPE.sub(_character, text): 0}:  # a keyword may be spelt with escapes
        words = list(_words(form))
        first = next((word for word in words if word not in ("PREFIX", "BASE")), "")
        if first in UPDATES:
            what = f"SPARQL updates are refused ({first})"
            raise RefusedError(what, "query", "an export is read-only")
        for word in words:
            if word in ADVICE:
                raise refusal(word)


def refusal(word: str) -> RefusedError:
    """The error for a query that holds a refused keyword."""
    return RefusedError(f"SPARQL {word} is refused", "query", ADVICE[word])


def _words(text: str) -> Iterator[str]:
    for token in TOKEN.finditer(text):
        if token["words"]:
            yield from (word.upper() for word in _WORD.findall(token["words"]))


def _character(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 else match[0]

"""Works: titles of works and laws."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from functools import cache

from kg.model import Mention, Passage
from kg.recognize.base import Matcher, shared
from kg.tables import patterns, rows

LONGEST = 160  # code points of a title; what is longer is a lost closing mark

_MARK = re.compile("[《》]")
_NOTE = re.compile(r"[（(〔\[][^（()）〔〕\[\]]*[）)〕\]]$")


class Works:
    """Finds titles of works and laws (kind Work, Law).

    Titles in marks (《…》, nested ones inside), names of laws and treaties that stand without
    marks, and documents announced by their title (印发关于…的通知, issue a notice on …).
    """

    name = "works"

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Mentions in ``passage``."""
        yield from _marked(passage)
        yield from _standing(passage)
        yield from _announced(passage)


def _marked(passage: Passage) -> Iterator[Mention]:
    text = passage.text
    for start, end in pairs(text):
        title = text[start + 1 : end - 1].strip()
        if title:
            kind = "Law" if is_law(title) else "Work"
            full, table = _full(title)
            yield passage.mention(
                start, end, kind, rule="title", name=title, known_as=full, known_by=table
            )


def pairs(text: str) -> Iterator[tuple[int, int]]:
    """Outermost pairs of title marks, marks included.

    >>> list(pairs("学习《论〈论语〉》和《通知》"))
    [(2, 9), (10, 14)]
    """
    opened: deque[int] = deque()
    for match in _MARK.finditer(text):
        at = match.start()
        if match.group() == "《":
            # An earlier mark that was never closed must not swallow the rest of the passage.
            while opened and at - opened[0] > LONGEST:
                opened.popleft()
            opened.append(at)
        elif opened:
            start = opened.pop()
            if not opened and 2 < at + 1 - start <= LONGEST:
                yield start, at + 1


@cache
def _suffixes() -> tuple[tuple[str, str], ...]:
    table = [(row["suffix"], row["needs"]) for row in rows("lexicons/works_suffixes")]
    return tuple(sorted(table, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def is_law(title: str) -> bool:
    """Whether a title is that of a law, regulation, charter or standing rule.

    >>> is_law("中华人民共和国电力法"), is_law("先进操作法"), is_law("关于节约用水的意见")
    (True, False, False)
    """
    words = patterns("works")
    bare = _NOTE.sub("", title)
    if bare.endswith(tuple(words["not_law"])) and not bare.endswith("办法"):
        return False
    for suffix, needs in _suffixes():
        if bare.endswith(suffix):
            if needs == "any":
                return len(bare) > len(suffix) or suffix == "宪法"
            heads = words["issuers" if needs == "issuer" else "legislature"]
            return bare.startswith(tuple(heads))
    return False


@cache
def _laws() -> dict[str, tuple[str, bool]]:
    """Short name -> full title, and whether it is looked for without marks."""
    return {
        row["name"]: (row["full"] or "中华人民共和国" + row["name"], row["bare"] == "yes")
        for row in rows("lexicons/laws")
    }


def _full(title: str) -> tuple[str, str]:
    """The full title that a table knows for a short one, and the table."""
    full = _laws().get(title, ("", False))[0]
    return (full, "laws") if full and full != title else ("", "")


@cache
def _names() -> dict[str, tuple[str, str, str]]:
    """Names looked for without marks -> kind, full title where it differs, table."""
    found: dict[str, tuple[str, str, str]] = {}
    for name, (full, bare) in _laws().items():
        found.setdefault(full, ("Law", "", ""))
        if bare and full != name:
            found[name] = ("Law", full, "laws")
    for row in rows("lexicons/works_standing"):
        found[row["name"]] = (row["kind"], row["full"], "works_standing" if row["full"] else "")
    return found


@shared
def _matcher() -> Matcher:
    return Matcher(_names())


def _standing(passage: Passage) -> Iterator[Mention]:
    text, words = passage.text, patterns("works")
    after, going_on = words["law_before"], tuple(words["law_before_words"])
    rules = tuple(words["law_rules"])
    for start, end, name in _matcher().find(text):
        kind, full, table = _names()[name]
        longer = name.endswith("法") and text[end : end + 1] in after and end < len(text)
        if (longer and not text.startswith(rules, end)) or text.startswith(going_on, end):
            continue
        yield passage.mention(
            start, end, kind, rule="standing-title", known_as=full, known_by=table
        )


@cache
def _announcement() -> re.Pattern[str]:
    words = patterns("works")
    verbs = "|".join(sorted(words["announce"], key=lambda w: (-len(w), w)))
    nouns = "|".join(sorted(words["documents"], key=lambda w: (-len(w), w)))
    body = r"关于[^，。；：！？《》“”‘’\s]{3,50}?的"
    return re.compile(rf"(?:{verbs})了?({body}(?:{nouns}))(?![见定知])")


def _announced(passage: Passage) -> Iterator[Mention]:
    if "关于" not in passage.text:
        return
    for match in _announcement().finditer(passage.text):
        start, end = match.span(1)
        yield passage.mention(start, end, "Work", rule="announced-title")

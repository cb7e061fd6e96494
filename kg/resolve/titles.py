"""Titles: which work a shortened title stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from kg.model import Extraction, Mention
from kg.tables import patterns

KINDS = ("Work", "Law")
SHORTEST = 2  # characters of a short title, and of its head
TAIL = 4  # characters of the tail of a short title that also keeps its head
MANY = 64  # full titles of one ending; with more, no short one tells which is meant

_NOTE = re.compile(r"[（(〔][^（()）〔〕]*[）)〕]$")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,10}(?:省|市|自治区|县|州|区)")


def corefer(extraction: Extraction) -> dict[Mention, str]:
    """Mentions of works by a short title, with the full title.

    A short title is the tail of a full one that the document cites (《纲要》 for
    《…发展纲要》), its head and tail joined, or the title without its note in brackets. It
    stands for that one only when no second full title of the document fits. A title that
    general knowledge completes is left to it.
    """
    cited = [m for m in extraction.mentions if m.kind in KINDS]
    titles = _Titles({mention.name for mention in cited})
    laws = {m.name for m in cited if m.kind == "Law"}
    full: dict[str, str] = {}
    shorts = {m.name for m in cited if not m.known_as}
    for short in sorted(shorts, key=lambda name: (-len(name), name)):
        fitting = sorted({full.get(n, n) for n in titles.fitting(short, law=short in laws)})
        # Of titles that shorten one another only the longest counts.
        longest = [n for n in fitting if not any(n != o and _bare(o).endswith(n) for o in fitting)]
        if len(longest) == 1:
            full[short] = longest[0]
    return {m: full[m.name] for m in cited if m.name in full and not m.known_as}


class _Titles:
    """The titles of a document, searchable by their ends."""

    def __init__(self, names: set[str]) -> None:
        self._ends = sorted((_bare(name)[::-1], name) for name in names)

    def fitting(self, short: str, *, law: bool) -> list[str]:
        """Titles that a short one may stand for."""
        if len(short) < SHORTEST or _bare(short) != short:
            return []
        found = [n for n in self._ending(short) if n != short and _is_short(short, _bare(n), law)]
        if not found and not law:
            found = self._joined(short)
        return sorted(found)

    def _joined(self, short: str) -> list[str]:
        """Titles whose head and tail the short one joins."""
        for cut in range(SHORTEST, len(short) - TAIL + 1):
            names = self._ending(short[cut:])
            found = [n for n in names if n.startswith(short[:cut]) and len(_bare(n)) > len(short)]
            if found:
                return found if short.endswith(_words("genres")) else []
        return []

    def _ending(self, tail: str) -> list[str]:
        reverse = tail[::-1]
        low = bisect_left(self._ends, (reverse, ""))
        found = []
        for bare, name in self._ends[low : low + MANY + 1]:
            if not bare.startswith(reverse):
                break
            found.append(name)
        return found if len(found) <= MANY else []


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(patterns("works")[name])


def _bare(name: str) -> str:
    """A title without the note in brackets at its end."""
    return _NOTE.sub("", name)


def _is_short(short: str, bare: str, law: bool) -> bool:
    """Whether the tail ``short`` of a title is a way to call it."""
    if short == bare or short in _words("genres"):
        return True
    if law:
        head = bare[: len(bare) - len(short)]
        return head in _words("left_out") or _PLACE.fullmatch(head) is not None
    return short.endswith(_words("genres"))

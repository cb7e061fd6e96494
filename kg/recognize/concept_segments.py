"""Segments: words of a text, cut by jieba's dictionary, with what each may be in a term.

The words of the package's tables are added to the dictionary; there is no model for unknown
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg import tables
from kg.recognize.concept_dictionary import Dictionary

# Tables of names of other kinds: a segment that is one of them is part of no concept.
NAMES = ("organizations", "places", "campaigns_national", "honours")
MOST = 1 << 16  # stretches that are kept
FREQUENCY = 1000  # of a word that the tables add; enough to win over its parts

NOUNS = frozenset({"n", "nz", "an"})
DOING = frozenset({"vn"})
MODIFIERS = frozenset({"b"})
ADVERBS = frozenset({"d", "ad", "zg", "v", "vd"})
HALVES = NOUNS | DOING | MODIFIERS

_CHINESE = re.compile(r"[㐀-鿿〇\U00020000-\U0003ffff]{1,5000}")


@dataclass(frozen=True, slots=True)
class Role:
    """What a word may be in a term of several words.

    ``doing``: a verb that also names what is done; it stands at the end of a term or right
    before a ``head`` (a noun that takes such a verb) or another such verb.
    """

    first: bool = False
    inner: bool = False
    last: bool = False
    alone: bool = False  # is a term by itself if it is long enough
    known: bool = False  # is a term by itself
    doing: bool = False
    head: bool = False
    before_verb: bool = False  # leads up to a verb with its object
    weak: bool = False  # texts of every field use it: it makes no term with its like


NONE = Role()
ADVERB = Role(before_verb=True)

Segment = tuple[int, int, Role]  # offsets in code points, half-open


class Segmenter:
    """Cuts a text into words. Made once a process: see ``segmenter``."""

    def __init__(self) -> None:
        self.dictionary = Dictionary(_added(), least=FREQUENCY)
        self._tag = self.dictionary.tag
        rows = tables.rows("lexicons/concept_words")
        self._uses = {row["word"]: tables.split(row["use"]) for row in rows}
        self._weak = tables.words("lexicons/concept_weak", "words")
        self._roles: dict[str, Role] = {}
        self._looked: dict[str, list[Segment]] = {}
        self.known: dict[str, tuple[Segment, ...]] = {}  # words of stretches cut before

    def look(self, texts: Sequence[str]) -> None:
        """Cut texts together: their ``segments`` are known until others are cut."""
        self._looked = dict(zip(texts, self._cut(texts), strict=True))

    def segments(self, text: str) -> list[Segment]:
        """The words of ``text`` in order that may be in a term, and what stands between them."""
        known = self._looked.get(text)
        return self._cut([text])[0] if known is None else known

    def _cut(self, texts: Sequence[str]) -> list[list[Segment]]:
        """The segments of each text.

        Between two borders of words a text is cut by itself: texts of one field have most such
        stretches in common, and each is cut once.
        """
        text = "\n".join(texts)
        borders = self.dictionary.borders(text)
        stretches = [text[start:end] for start, end in pairwise(borders)]
        words = list(map(self.known.get, stretches))
        if None in words:
            self._learn(stretches)
            words = list(map(self.known.get, stretches))
        found: list[list[Segment]] = [[]]
        base, stop, last = 0, len(texts[0]), 0  # of the text in hand; the end of its last segment
        for at, segments in zip(borders, (*words, ()), strict=True):
            if at == stop:
                if last < stop - base:
                    found[-1].append((last, stop - base, NONE))
                if len(found) == len(texts):
                    break
                base, last = stop + 1, 0
                stop = base + len(texts[len(found)])
                found.append([])
                continue
            for start, end, role in segments or ():
                start += at - base
                if last < start:
                    found[-1].append((last, start, NONE))
                last = end + at - base
                found[-1].append((start, last, role))
        return found

    def _learn(self, stretches: Iterable[str]) -> None:
        """Cut stretches of text, each by itself, and keep what of them may be in a term."""
        if len(self.known) > MOST:
            self.known.clear()
        new = [stretch for stretch in dict.fromkeys(stretches) if stretch not in self.known]
        text = "\n".join(new)
        runs = [match.span() for match in _CHINESE.finditer(text)]
        ends = self.dictionary.ends(text, runs)
        found: list[list[Segment]] = [[] for _ in new]
        place = start = 0
        for at, last in runs:
            while at >= start + len(new[place]):
                start += len(new[place]) + 1
                place += 1
            while at < last:
                end = ends[at]
                role = self._role_of(text[at:end])
                if role is not NONE:
                    found[place].append((at - start, end - start, role))
                at = end
        self.known.update(zip(new, map(tuple, found), strict=True))

    def _role_of(self, word: str) -> Role:
        role = self._roles.get(word)
        if role is None:
            role = self._role(word)
            role = self._roles[word] = NONE if role == NONE else role
        return role

    def _role(self, word: str) -> Role:
        uses = self._uses.get(word, [])
        tag = self._tag(word)
        if tag == "term":
            return Role(first=True, inner=True, last=True, known=True, head="head" in uses)
        if len(word) == 1:
            return _single(uses)
        if not set(uses) - {"not-first", "not-last"}:
            uses = [*uses, *self._by_tag(word, tag)]
        if not {"noun", "modifier", "act", "head"} & set(uses):
            return ADVERB if tag in ADVERBS else NONE
        noun = "noun" in uses or "head" in uses
        act = "act" in uses
        return Role(
            first="not-first" not in uses,
            inner=True,
            last=(noun or act) and "not-last" not in uses,
            alone="alone" in uses,
            doing=act and not noun,
            head="head" in uses,
            weak=self._is_weak(word),
        )

    def _is_weak(self, word: str) -> bool:
        """Whether a word says nothing of a text, or is made of two that do not."""
        halves = {word[:2], word[2:]} if len(word) == 4 else {word}
        return word in self._weak or halves <= self._weak

    def _by_tag(self, word: str, tag: str) -> list[str]:
        """Uses of a word for which the table names none, by its tag in the dictionary."""
        tail = self._uses.get(word[-2:], []) if len(word) > 2 else []
        if "generic" in tail:
            return []
        if tag in MODIFIERS:
            return ["modifier"]
        if tag in DOING:
            return ["act", "not-last"]
        if tag not in NOUNS or (len(word) == 4 and not self._made_of_nouns(word)):
            return []
        return ["noun", *(["not-last"] if "not-last" in tail else ["alone"])]

    def _made_of_nouns(self, word: str) -> bool:
        """Whether both halves of a word of four characters are such words as stand in terms.

        The dictionary tags idioms and phrases (充分发挥, give full play) as nouns too.
        """
        for half in (word[:2], word[2:]):
            uses = self._uses.get(half)
            if uses == ["generic"] or (uses is None and self._tag(half) not in HALVES):
                return False
        return True


def _single(uses: list[str]) -> Role:
    return Role(
        first="prefix" in uses,
        inner="link" in uses or "suffix" in uses,
        last="suffix" in uses,
        head="head" in uses,
    )


@cache
def segmenter() -> Segmenter:
    """The segmenter of this process; the dictionary is loaded at the first call."""
    return Segmenter()


def _added() -> Iterator[tuple[str, str]]:
    """Words of the package's tables with the tag they get here."""
    for name in NAMES:
        for row in tables.rows(f"lexicons/{name}"):
            yield row["name"], "name"
            for alias in tables.split(row.get("aliases", "")):
                if not alias.startswith("!"):  # its characters also meet by chance
                    yield alias, "name"
    for row in tables.rows("lexicons/concept_terms"):
        yield row["name"], "term"

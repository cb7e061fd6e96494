"""Concepts: candidate concepts: known terms, quoted terms, and terms of several words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Mention, Passage
from kg.recognize.concept_segments import Segment, segmenter

KIND = "Concept"
SEGMENTS = 4  # words of a term, at most
SHORTEST, LONGEST = 4, 10  # characters of a term of several words, or of one that is not known

_QUOTED = re.compile(r"[“「『]([^“”「」『』，。！？；：、…\s]{2,12})[”」』]")
# Pronouns and particles stand in what somebody says, not in a term; a number stands at the
# beginning of a formula.
_SAID = re.compile(r"[我你您他她它们吗呢吧啊了着]|^[\d一二三四五六七八九十百千万几两第]|[\d%]$")


def look(texts: Sequence[str]) -> None:
    """Cut texts into words: their candidates are found the sooner until others are cut."""
    segmenter().look(texts)


class Concepts:
    """Finds candidate concepts (kind Concept). Far more than are kept: see resolve.concepts.

    Candidates overlap: a long one and the shorter ones inside it are all given.
    """

    name = "concepts"

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Candidates in ``passage``: quoted ones, then the others by place."""
        text = passage.text
        quoted = dict.fromkeys(m.span(1) for m in _QUOTED.finditer(text) if not _SAID.search(m[1]))
        for start, end in quoted:
            yield passage.mention(start, end, KIND, rule="quoted-term")
        for start, end, rule in _terms(segmenter().segments(text)):
            if (start, end) not in quoted:
                yield passage.mention(start, end, KIND, rule=rule)


def _terms(segments: Sequence[Segment]) -> Iterator[tuple[int, int, str]]:
    """Spans of known terms and of term-like sequences of segments."""
    for at, (start, end, role) in enumerate(segments):
        if role.known:
            yield start, end, "known-term"
        elif role.alone and not role.weak and SHORTEST <= end - start <= LONGEST:
            yield start, end, "segmented-term"
        if role.first and not (role.doing and _after_adverb(segments, at)):
            for stop in _ends(segments, at):
                yield start, stop, "segmented-term"


def _ends(segments: Sequence[Segment], at: int) -> Iterator[int]:
    """Where the terms of several segments end that begin with a segment."""
    start, _, first = segments[at]
    doing, weak = first.doing, first.weak
    for _, end, role in segments[at + 1 : at + SEGMENTS]:
        if end - start > LONGEST or (doing and not (role.head or role.doing)):
            return
        weak = weak and role.weak
        if role.last and not weak and end - start >= SHORTEST:
            yield end
        if not role.inner:
            return
        doing = role.doing


def _after_adverb(segments: Sequence[Segment], at: int) -> bool:
    """Whether a verb at the beginning of a term has its object after it rather than a head."""
    return at == 0 or segments[at - 1][2].before_verb

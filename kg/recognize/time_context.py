"""Context of times: what one passage offers to the rules that read its times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from kg import tables
from kg.recognize.time_frame import Frame
from kg.recognize.time_lexer import Lexeme

ANCHOR, NARRATIVE = "anchor", "narrative"
_GAPS = " 的"  # what may stand between the parts of a date
_SENTENCE = 300  # farther back no sentence is looked for
_STOPS = "。；"
_FORETOLD = 40  # characters between a word such as 预计 (it is expected) and the date it foretells


@cache
def _foretelling() -> re.Pattern[str]:
    rows = tables.rows("lexicons/time_heads")
    words = [row["word"] for row in rows if row["role"] in ("ahead", "foretell")]
    never = "|".join(f"(?<!{row['word']})" for row in rows if row["role"] == "past-tense")
    guard = never.replace("|", "")
    return re.compile(guard + "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")")


@cache
def _foretold_behind() -> re.Pattern[str]:
    rows = tables.rows("lexicons/time_tails")
    words = sorted(row["word"] for row in rows if row["role"] == "foretell")
    return re.compile("|".join(words))


class Point(NamedTuple):
    """A stretch of the passage with its value and the parts that a neighbour may inherit."""

    start: int
    end: int
    value: str = ""  # EDTF
    rule: str = "time-absolute"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    stated: bool = False  # the words themselves give the year
    sources: tuple[str, ...] = ()  # tables and rules that completed the value
    duration: str = ""  # ISO 8601
    bare: bool = False  # counts only with a tail or in a range
    quoted: bool = False  # begins and ends with quotes

    def reaching(self, end: int, value: str, month: int | None, day: int | None) -> Point:
        """The point with a month, or a month and day, that stand behind its year."""
        return Point(
            self.start, end, value, self.rule, self.year, month, day, self.stated, self.sources
        )


class Story(NamedTuple):
    """The date told last in a passage."""

    at: int = 0
    year: int | None = None
    month: int | None = None
    day: int | None = None
    value: str = ""  # EDTF of a period told last
    stated: bool = False  # words tell its year


_NOTHING = Story()

Step = tuple[Point | None, int]  # a point, or none, and the index of the next lexeme


class Context:
    """The lexemes of one passage, and what has been read of it so far."""

    def __init__(self, text: str, lexemes: Sequence[Lexeme], frame: Frame | None) -> None:
        self.text, self.lexemes, self.frame = text, lexemes, frame
        self.story = _NOTHING
        self.latest: Point | None = None  # the date read last, in brackets or not
        self.recurs_to = -1  # end of the recurrence (每年, every year) read last
        self.days_to = -1  # where a further day may stand: behind 3日和

    def follows(self, index: int, end: int, *kinds: str) -> Lexeme | None:
        """The lexeme at ``index`` when it is of a kind and begins right after ``end``."""
        lexeme = self.next(index, end)
        return lexeme if lexeme and lexeme.kind in kinds else None

    def next(self, index: int, end: int) -> Lexeme | None:
        """The lexeme at ``index`` when it begins right after ``end``."""
        if index >= len(self.lexemes):
            return None
        lexeme = self.lexemes[index]
        start = lexeme.start
        if start == end or (start == end + 1 and self.text[end] in _GAPS):
            return lexeme
        return None

    def foretold(self, start: int, end: int) -> bool:
        """Whether words before or right behind a date say that it is still to come."""
        if _foretold_behind().match(self.text, end):
            return True
        least = max(0, start - _FORETOLD)
        begin = max(least, *(self.text.rfind(stop, least, start) + 1 for stop in _STOPS))
        return _foretelling().search(self.text, begin, start) is not None

    def recurs(self, at: int) -> bool:
        """Whether the sentence of ``at`` tells before it of what recurs every year."""
        return self.recurs_to > 0 and "。" not in self.text[self.recurs_to : at]

    def told(self, at: int) -> bool:
        """Whether the story's date stands in the sentence of ``at``."""
        story = self.story
        near = story.year is not None and at - story.at < _SENTENCE
        return near and "。" not in self.text[story.at : at]

"""Context of times: what one passage offers to the rules that read its times."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.recognize.time_frame import Frame
from kg.recognize.time_lexer import Lexeme

ANCHOR, NARRATIVE = "anchor", "narrative"
_SENTENCE = 300  # farther back no sentence is looked for


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


class Story(NamedTuple):
    """The date told last in a passage."""

    at: int = 0
    year: int | None = None
    month: int | None = None
    day: int | None = None


Step = tuple[Point | None, int]  # a point, or none, and the index of the next lexeme


class Context:
    """The lexemes of one passage, and what has been read of it so far."""

    def __init__(self, text: str, lexemes: Sequence[Lexeme], frame: Frame | None) -> None:
        self.text, self.lexemes, self.frame = text, lexemes, frame
        self.story = Story()
        self.recurs_to = -1  # end of the recurrence (每年, every year) read last

    def follows(self, index: int, end: int, *kinds: str) -> Lexeme | None:
        """The lexeme at ``index`` when it is of a kind and begins right after ``end``."""
        if index >= len(self.lexemes):
            return None
        lexeme = self.lexemes[index]
        gap = self.text[end : lexeme.start]
        return lexeme if lexeme.kind in kinds and gap in ("", " ", "的") else None

    def told(self, at: int) -> bool:
        """Whether the story's date stands in the sentence of ``at``."""
        story = self.story
        near = story.year is not None and at - story.at < _SENTENCE
        return near and "。" not in self.text[story.at : at]

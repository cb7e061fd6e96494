"""Wraps: lines that a layout broke, joined again into the passages they were.

A column has a width: most of its lines are nearly as wide as their neighbours, and only the
last line of a passage is shorter. A passage may begin two characters further in. A blank line
ends a passage, unless the layout puts one after every line, or the sentence goes on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kg.model import CleanText
from kg.repair.columns import INDENT, SLACK, Columns
from kg.repair.lines import Line, cut
from kg.repair.offsets import Edit, edited

_SENTENCE = re.compile("[。！？；].")
_UNFINISHED = frozenset("的和与及或在为对把被将从向也还就都又使让由以是")  # cannot end a passage
_HALF = 6  # characters that each of two slogans side by side has at least


@dataclass(frozen=True, slots=True)
class Joined:
    """A text with a line for each passage, and the numbers of the lines that may yet belong to
    the line before them: a gap as between columns parts them, but the sentence goes on."""

    text: CleanText
    soft: tuple[int, ...] = ()


def joined(text: CleanText) -> Joined:
    """``text`` with one line feed between passages and none inside them, no blank at the ends.

    >>> from kg.repair.offsets import whole
    >>> joined(whole("\\n 第一，甲乙，\\n丙丁。\\n\\n戊己。 \\n")).text.text
    '第一，甲乙，丙丁。\\n戊己。'
    """
    edits: list[Edit] = []
    soft: list[int] = []
    lines = 0
    for edit, may_join in _edits(text.text):
        lines += edit.keep == "\n"
        if may_join:
            soft.append(lines)
        edits.append(edit)
    return Joined(edited(text, edits), tuple(soft))


def breaks(text: str) -> Iterator[Edit]:
    """What to do with everything that stands between two lines of a text with ink."""
    for edit, may_join in _edits(text):
        yield edit._replace(keep="") if may_join else edit


def _edits(text: str) -> Iterator[tuple[Edit, bool]]:
    """The same, each with whether it keeps a line feed that may yet go."""
    rows = cut(text)
    yield from _Layout(rows).breaks()
    at = rows[-1].end if rows else 0
    if at < len(text):
        yield Edit(at, len(text)), False


class _Layout:
    """The lines of a text, and whether each goes on in the next."""

    def __init__(self, rows: Sequence[Line]) -> None:
        self.rows = rows
        self.columns = Columns(rows)

    def breaks(self) -> Iterator[tuple[Edit, bool]]:
        """An edit for what stands before the first line and between each two lines, and whether
        it keeps a line feed that may yet go."""
        rows = self.rows
        if rows and rows[0].start:
            yield Edit(0, rows[0].start), False
        opens = True  # whether the line in hand is the first of its passage
        for index, (left, right) in enumerate(pairwise(rows)):
            opens = not self.goes_on(index, opens)
            glue = "\n" if opens else _glue(left, right)
            soft = not glue and right.gap > 0 and right.gap > self.usual_gap and not left.ended
            yield Edit(left.end, right.start, "\n" if soft else glue), soft

    def goes_on(self, index: int, opens: bool) -> bool:
        """Whether the line after ``index`` belongs to the same passage."""
        left, right = self.rows[index], self.rows[index + 1]
        if left.kind or right.kind or right.numbered:
            return False
        if opens and left.numbered and left.text[-1] in "）)？?":  # a heading with a remark
            return False
        if index in self.headlines or index + 1 in self.headlines:
            return False
        if not self.is_full(index, opens):
            return self.must_go_on(index, opens)
        if left.ended or left.parted:
            return (
                right.gap <= self.usual_gap
                and not self.looks_first(index + 1)
                and not (right.marked and (left.parted or right.gap or not self.has_indents))
            )
        return not (right.marked and right.gap > self.usual_gap and not left.pauses)

    @cached_property
    def headlines(self) -> frozenset[int]:
        """The lines that are headlines by where they stand or by what stands on them."""
        return frozenset(index for index in range(len(self.rows)) if self.is_headline(index))

    def must_go_on(self, index: int, opens: bool) -> bool:
        """Whether a line that is not full still cannot be the last of its passage."""
        left, right = self.rows[index], self.rows[index + 1]
        if right.marked or left.ended:
            return False
        if left.pauses or (not left.parted and self.is_almost_full(index, opens)):
            return True
        if left.text[-1].islower() and right.text[0].islower():  # English in mid-sentence
            return True
        if left.text[-1] in "；;":
            return not right.indent and right.gap <= self.usual_gap
        return left.text[-1] in _UNFINISHED and not left.marked

    def is_headline(self, index: int) -> bool:
        """Whether it is a line right above a byline, or two slogans side by side."""
        row = self.rows[index]
        if row.ended or row.pauses:
            return False
        below = self.rows[index + 1].kind if index + 1 < len(self.rows) else ""
        if below == "byline" and index and self.rows[index - 1].ended:
            return True
        if " " not in row.text:
            return False
        left, _, right = row.text.partition(" ")
        return (
            len(left) >= _HALF
            and len(right) >= _HALF
            and not any(mark in row.text for mark in "，。；")
            and " " not in right
        )

    def is_full(self, index: int, opens: bool) -> bool:
        """Whether the line fills its column, so that its end says nothing."""
        return self.fills(index, opens, SLACK)

    def is_almost_full(self, index: int, opens: bool) -> bool:
        """Whether the line is wide enough to go on when what stands in it is no heading."""
        row = self.rows[index]
        if opens and not _SENTENCE.search(row.text) and ("，" not in row.text or row.marked):
            return False
        return self.fills(index, opens, 2 * SLACK)

    def fills(self, index: int, opens: bool, slack: float) -> bool:
        """Whether the line fills its column but for ``slack``: the first may be set further in."""
        row, is_filled = self.rows[index], self.columns.is_filled
        if not opens:
            return is_filled(index, row.width, slack)
        if row.indent:
            return is_filled(index, row.width + row.indent, slack)
        return is_filled(index, row.width, slack) or is_filled(index, row.width + INDENT, slack)

    def looks_first(self, index: int) -> bool:
        """Whether the line looks as if a passage began with it."""
        row = self.rows[index]
        if row.indent and not self.all_indented:
            return True
        if row.ended or index + 1 >= len(self.rows):
            return False
        before, after = self.columns.around(index)
        inside = (after or before) - INDENT  # the column that the line would open
        return abs(inside - row.width) < 0.8 and row.width < (before or after) - 0.8

    @cached_property
    def has_indents(self) -> bool:
        """Whether passages tend to begin further in than their other lines."""
        first = count = 0
        for index in range(1, len(self.rows)):
            if self.rows[index - 1].ended and not self.rows[index].ended:
                count += 1
                first += self.looks_first(index)
        return first >= 3 and first >= count / 4

    @cached_property
    def all_indented(self) -> bool:
        """Whether nearly every line is indented, so that an indent says nothing."""
        return sum(row.indent > 0 for row in self.rows) > 0.8 * len(self.rows)

    @cached_property
    def usual_gap(self) -> int:
        """Blank lines that usually stand between two lines of one passage."""
        if not any(row.gap for row in self.rows):
            return 0
        gaps = Counter(
            right.gap
            for index, (left, right) in enumerate(pairwise(self.rows))
            if not (left.kind or right.kind or left.ended or left.parted)
            and self.columns.is_filled(index, left.width)
        )
        return max(gaps.items(), key=lambda item: (item[1], -item[0]))[0] if gaps else 0


def _glue(left: Line, right: Line) -> str:
    """What stands where two lines are joined: a space between two Latin words or numbers."""
    return " " if left.text[-1].isascii() and right.text[0].isascii() else ""

"""Shapes: what a line is when its form alone says so: masthead, credit, caption, byline …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg import tables

LONGEST = 300  # characters; no longer line is told by its shape

DATE = (
    r"(?:[12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日"
    r"|[12][0-9]{3}[-./][0-9]{1,2}[-./][0-9]{1,2}日?"
    r"|[一二][一二三四五六七八九〇○零]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_NUMBER_MARK = (  # opens a numbered item or heading wherever it stands
    r"(?:[（(][一二三四五六七八九十百]{1,3}[)）]|[（(][0-9]{1,2}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|第[一二三四五六七八九十百]{1,4}(?:[章节编条部分篇款讲课]{1,2}(?= |$))"
    r"|[0-9]{1,2}[.．、】\])）](?![0-9])|[①-⑳⑴-⒇●■□◆◇※★▲▪•·])"
)
_WORD_MARK = (  # opens an item, but may stand in mid-sentence too
    r"(?:——?|第[一二三四五六七八九十]{1,3}[，、]|[一二三四五六七八九十]{1,2}[是要])"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """One row of the table of shapes, ready to search with."""

    kind: str
    why: str
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None
    before_name: bool


@cache
def table() -> tuple[Shape, ...]:
    """The shapes in order of priority, from ``data/patterns/repair_lines.toml``."""
    return tuple(
        Shape(
            row["kind"],
            row["why"],
            re.compile(_filled(row["pattern"])),
            re.compile(row["needs"]) if "needs" in row else None,
            row.get("before") == "post",
        )
        for row in tables.patterns("repair_lines")["line"]
    )


def kind(line: str) -> str:
    """Kind of a line that its shape tells, empty when it does not.

    >>> kind("2019年4月8日 星期一"), kind("大会于2019年4月8日开幕。")
    ('masthead', '')
    """
    found = shape(line)
    return found.kind if found else ""


def shape(line: str) -> Shape | None:
    """The first shape of the table that a line has."""
    if len(line) > LONGEST or not is_hinted(line):
        return None
    for row in table():
        if row.needs and not row.needs.search(line):
            continue
        if not row.pattern.fullmatch(line):
            continue
        if row.before_name and not ends_in_post(line[: _last_space(line)]):
            continue
        return row
    return None


@cache
def wording(name: str) -> re.Pattern[str]:
    """A wording of ``data/patterns/repair_wordings.toml`` by its name."""
    return re.compile(_filled(tables.patterns("repair_wordings")[name]))


def is_hinted(line: str) -> bool:
    """Whether something stands in a line without which it has no shape; in most nothing does."""
    for pattern in _hints():  # noqa: SIM110 - asked of every line, and any() takes twice as long
        if pattern.search(line):
            return True
    return False


@cache
def _hints() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, tables.patterns("repair_lines")["hint"]))


@cache
def mark() -> re.Pattern[str]:
    """What opens an item of a list or a numbered heading; the group ``number`` is what
    ``number()`` finds."""
    return re.compile(f"(?P<number>{_NUMBER_MARK})|{_WORD_MARK}")


@cache
def number() -> re.Pattern[str]:
    """What opens a numbered item or heading and stands nowhere else at the start of a line."""
    return re.compile(_NUMBER_MARK)


@cache
def surname() -> str:
    """Regular expression of a surname, the longest first."""
    surnames = sorted(tables.words("lexicons/repair_surnames"), key=lambda s: (-len(s), s))
    return "(?:" + "|".join(surnames) + ")"


@cache
def name() -> str:
    """Regular expression of a Chinese name: a surname and one or two characters."""
    return surname() + "[一-鿿]{1,2}"


@cache
def sources() -> str:
    """Regular expression of the name of a newspaper, journal, agency or site."""
    known = sorted(tables.words("lexicons/repair_publishers"), key=lambda s: (-len(s), s))
    return "(?:" + "|".join(map(re.escape, known)) + ")"


@cache
def _posts() -> tuple[str, ...]:
    return tuple(sorted(tables.words("lexicons/repair_posts")))


def is_date(text: str) -> bool:
    """Whether a text is a full date and nothing else."""
    return bool(re.fullmatch(rf"[（(]?{DATE}[)）]?", text))


def ends_in_post(text: str) -> bool:
    """Whether a text ends in a post or in the name of a workplace."""
    return text.endswith(_posts())


def _filled(pattern: str) -> str:
    for key, value in (("{DATE}", DATE), ("{NAME}", name()), ("{SOURCE}", sources())):
        pattern = pattern.replace(key, value)
    return pattern


def _last_space(line: str) -> int:
    """Where the space before the names at the end of a line stands."""
    names = _names_at_end().search(line)
    return names.start() if names else len(line)


@cache
def _names_at_end() -> re.Pattern[str]:
    return re.compile(rf" {name()}(?:[、 ]{name()})*$")

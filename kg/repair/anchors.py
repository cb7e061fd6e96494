"""Anchors: the date from which the time expressions of a passage are counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from kg import tables
from kg.model import Anchor, Meta
from kg.repair.dates import first_date
from kg.repair.shapes import wording

_DAY = re.compile(r"(\d{4})-\d\d(-\d\d)?")
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")
_NAMED = re.compile("《[^《》]*》")
HEADING = "heading"  # the source of an anchor that a heading gives
LATE = timedelta(days=31)  # a dateline is printed within a month
_MARKS = (  # of headings, the outer ones first
    re.compile("[一二三四五六七八九十]{1,3}、"),
    re.compile("[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile("[（(]?[0-9]{1,2}[.．、）)]"),
)
_DATELINE_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")
_LONGER = re.compile(
    "年(?:度?以?来|[至到前后起—－-])|时期|任期|过去|[三四五十]年|[一二三四五]五[”’]?"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)")


def of_document(meta: Meta) -> Anchor | None:
    """The date a document was spoken, or else issued; of a plan only the year.

    A month without a year is the nearest one not after the anchor. In a plan or notice it lies
    ahead, too, in a yearly report in the year that its title names.
    """
    dated = meta.spoken or meta.issued
    if dated is None:
        return None
    day = _DAY.fullmatch(dated.value)
    title = _NOTE.sub("", meta.title.value.strip()) if meta.title else ""
    if not day or not title:
        return Anchor(dated.value, dated.source)
    named = set(_YEAR.findall(_NAMED.sub("", title)))
    year = named.pop() if len(named) == 1 else ""
    distance = int(year) - int(day[1]) if year else 0
    if title.endswith(_endings("plan")):
        return Anchor(year if distance == 1 else day[1], dated.source)
    if title.endswith(_endings("notice")):
        return Anchor(dated.value, dated.source, day[1])
    if title.endswith(_endings("report")) and distance == -1:
        return Anchor(dated.value, dated.source, year)
    return Anchor(dated.value, dated.source)


def _endings(reach: str) -> tuple[str, ...]:
    rows = tables.rows("lexicons/repair_plans")
    return tuple(row["ending"] for row in rows if row["reach"] == reach)


def of_passages(
    parts: Iterable[tuple[str, str]], document: Anchor | None
) -> Iterator[Anchor | None]:
    """The date of each passage, given its kind and text.

    A caption that states its own full date has that. From a dateline (本报某地3月14日电) on, its
    day counts. Below a heading that tells of one year (2023年工作回顾), up to the next one of
    its level, months lie in that year.

    >>> list(of_passages([("caption", "2019年4月8日，工人在检修设备。")], None))
    [Anchor(edtf='2019-04-08', source='caption', year='')]
    """
    regions: list[tuple[int, Anchor]] = []
    for kind, text in parts:
        if kind == "caption" and (stated := first_date(text)):
            yield Anchor(stated, "caption")
            continue
        if document and kind == "paragraph":
            document = _dateline(text, document) or document
        if document and kind == HEADING:
            level = _level(text)
            regions = [region for region in regions if region[0] < level]
            if told := _told(text, document):
                regions.append((level, told))
        yield regions[-1][1] if regions else document


def _level(heading: str) -> int:
    """0 for a chapter or a heading without a mark, more for what lies inside one."""
    return next((n for n, mark in enumerate(_MARKS, 1) if mark.match(heading)), 0)


def _told(heading: str, document: Anchor) -> Anchor | None:
    """The anchor below a heading that tells what was done, or is to be, in one year."""
    text = _NOTE.sub("", heading.strip())
    named = set(_YEAR.findall(_NAMED.sub("", text)))
    day = _DAY.fullmatch(document.edtf)
    if not day or len(named) != 1 or _LONGER.search(text) or not text.endswith(_endings("section")):
        return None
    year = named.pop()
    if int(year) > int(day[1]):
        return Anchor(year, HEADING, year)
    return Anchor(document.edtf, HEADING, year)


def _dateline(text: str, document: Anchor) -> Anchor | None:
    """The day of the dateline that opens a passage, the last one before the document's day."""
    line = wording("dateline").match(text)
    told = _DATELINE_DAY.search(line.group()) if line else None
    if told is None or len(document.edtf) != 10:
        return None
    printed = date.fromisoformat(document.edtf)
    for year in (printed.year, printed.year - 1):
        try:
            day = date(year, int(told[1]), int(told[2]))
        except ValueError:
            continue
        if printed - LATE <= day <= printed:
            return Anchor(day.isoformat(), "dateline", document.year)
    return None

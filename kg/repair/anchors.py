"""Anchors: the date from which the time expressions of a passage are counted."""

from __future__ import annotations

import re

from kg import tables
from kg.model import Anchor, Meta
from kg.repair.dates import first_date

_DAY = re.compile(r"(\d{4})-\d\d(-\d\d)?")
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")
_NAMED = re.compile("《[^《》]*》")
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


def of_passage(text: str, kind: str, document: Anchor | None) -> Anchor | None:
    """The date of a passage: a caption that states its own full date has that.

    >>> of_passage("2019年4月8日，工人在检修设备。", "caption", None)
    Anchor(edtf='2019-04-08', source='caption', year='')
    """
    stated = first_date(text) if kind == "caption" else ""
    return Anchor(stated, "caption") if stated else document

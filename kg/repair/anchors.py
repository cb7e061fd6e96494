"""Anchors: the date from which the time expressions of a passage are counted."""

from __future__ import annotations

import re

from kg import tables
from kg.model import Anchor, Meta
from kg.repair.dates import first_date

_DAY = re.compile(r"(\d{4})-\d\d(-\d\d)?")
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")


def of_document(meta: Meta) -> Anchor | None:
    """The date a document was spoken, or else issued; of a plan only the year.

    A month without a year is the nearest one not after the anchor; in a plan it lies ahead.
    """
    dated = meta.spoken or meta.issued
    if dated is None:
        return None
    day = _DAY.fullmatch(dated.value)
    if day and meta.title and _is_plan(meta.title.value):
        return Anchor(day[1], dated.source)
    return Anchor(dated.value, dated.source)


def _is_plan(title: str) -> bool:
    endings = tuple(tables.words("lexicons/repair_plans", "ending"))
    return _NOTE.sub("", title.strip()).endswith(endings)


def of_passage(text: str, kind: str, document: Anchor | None) -> Anchor | None:
    """The date of a passage: a caption that states its own full date has that.

    >>> of_passage("2019年4月8日，工人在检修设备。", "caption", None)
    Anchor(edtf='2019-04-08', source='caption')
    """
    stated = first_date(text) if kind == "caption" else ""
    return Anchor(stated, "caption") if stated else document

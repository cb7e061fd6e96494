"""Anchors: what the months and days of a document are counted from."""

from __future__ import annotations

import pytest

from kg.model import Anchor, Meta, Sourced
from kg.repair.anchors import of_document


@pytest.mark.parametrize(
    ("title", "issued", "anchor"),
    [
        ("2021年水利工作要点", "2021-03-01", "2021"),
        ("节水行动实施方案（试行）", "2021-03", "2021"),
        ("在水利工作会议上的讲话", "2021-03-01", "2021-03-01"),
        ("水利发展规划", "2021/2025", "2021/2025"),
        ("", "2021-03-01", "2021-03-01"),
    ],
)
def test_plans_look_ahead(title: str, issued: str, anchor: str) -> None:
    meta = Meta("a.txt", title=Sourced(title, "manifest"), issued=Sourced(issued, "masthead"))
    assert of_document(meta) == Anchor(anchor, "masthead")


@pytest.mark.parametrize(
    ("title", "issued", "anchor"),
    [
        ("关于开展春季植树的通知", "2021-03-01", Anchor("2021-03-01", "masthead", "2021")),
        ("2020年统计公报", "2021-03-01", Anchor("2021-03-01", "masthead", "2020")),
        ("2020年统计公报", "2023-03-01", Anchor("2023-03-01", "masthead")),
        ("2021年和2020年工作总结", "2021-03-01", Anchor("2021-03-01", "masthead")),
        ("《2020年公报》出版", "2021-03-01", Anchor("2021-03-01", "masthead")),
        ("2022年工作要点", "2021-12-28", Anchor("2022", "masthead")),
    ],
)
def test_the_kind_of_document_tells_in_which_year_its_months_lie(
    title: str, issued: str, anchor: Anchor
) -> None:
    meta = Meta("a.txt", title=Sourced(title, "manifest"), issued=Sourced(issued, "masthead"))
    assert of_document(meta) == anchor


def test_spoken_goes_before_issued() -> None:
    meta = Meta("a.txt", issued=Sourced("2021", "x"), spoken=Sourced("2020-05-04", "end note"))
    assert of_document(meta) == Anchor("2020-05-04", "end note")
    assert of_document(Meta("a.txt")) is None

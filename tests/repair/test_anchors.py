"""Anchors: what the months and days of a document are counted from."""

from __future__ import annotations

import pytest

from kg.model import Anchor, Meta, Sourced
from kg.repair.anchors import of_document, of_passages


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


ISSUED = Anchor("2024-01-05", "masthead")


def test_a_heading_with_a_year_dates_what_stands_below_it() -> None:
    parts = [
        ("title", "2023年工作总结和2024年工作打算"),
        ("heading", "一、2023年工作回顾"),
        ("heading", "（一）造林"),
        ("paragraph", "9月植树。"),
        ("heading", "二、2024年工作打算"),
        ("paragraph", "春节护林。"),
        ("heading", "三、有关请求"),
        ("paragraph", "9月拨付。"),
    ]
    review = Anchor("2024-01-05", "heading", "2023")
    plan = Anchor("2024-01-05", "heading", "2024")
    assert list(of_passages(parts, ISSUED)) == [
        ISSUED, review, review, review, plan, plan, ISSUED, ISSUED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heading",
    [
        "一、2023年以来的工作",
        "二、《2023年工作总结》",
        "三、2022年和2023年主要工作",
        "四、工作回顾",
        "五、“十三五”时期和2020年工作回顾",
    ],
)
def test_a_heading_without_one_year_of_its_own_dates_nothing(heading: str) -> None:
    assert list(of_passages([("heading", heading)], ISSUED)) == [ISSUED]


def test_below_a_heading_of_a_later_year_only_that_year_counts() -> None:
    (found,) = of_passages([("heading", "二、2025年工作计划")], ISSUED)
    assert found == Anchor("2025", "heading", "2025")


def test_from_a_dateline_on_its_day_counts() -> None:
    parts = [
        ("paragraph", "本报海州12月30日电（记者 某某）今天，船队出海。"),
        ("paragraph", "昨天返航。"),
        ("paragraph", "本报海州5月30日电 一年之前的消息。"),
    ]
    told = Anchor("2023-12-30", "dateline")
    assert list(of_passages(parts, ISSUED)) == [told, told, told]

"""Times: the case table, anchors, names, sources, and texts made to break the grammar."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from edtf_validate.valid_edtf import is_valid

from kg import edtf, tables
from kg.model import Anchor, Mention, Passage, Span, TimeValue
from kg.recognize import time_lexicon, time_names
from kg.recognize.times import Times

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "times.toml").read_text("utf-8")
)["case"]


def read(text: str, anchor: str = "", offset: int = 0, year: str = "") -> list[Mention]:
    given = Anchor(anchor, "manifest", year) if anchor else None
    span = Span(offset, offset + len(text))
    return list(Times().find(Passage(span, text, anchor=given)))


def value(mention: Mention) -> TimeValue:
    assert isinstance(mention.detail, TimeValue)
    return mention.detail


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_case(case: dict[str, Any]) -> None:
    found = read(case["text"], case.get("anchor", ""), year=case.get("year", ""))
    got = [[m.name, value(m).edtf or value(m).duration] for m in found]
    assert got == case["expect"], case.get("why", "")


def test_there_are_enough_cases_and_each_empty_one_says_why() -> None:
    assert len(CASES) >= 240
    assert all(case["expect"] or case.get("why") for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_every_value_of_the_table_is_edtf_or_a_duration(case: dict[str, Any]) -> None:
    for _, text in case["expect"]:
        if text.startswith(("P", "R/P")):
            assert re.fullmatch(r"(?:R/)?P(?=[0-9T])(?:[0-9]+[YMWD])*(?:T(?:[0-9]+[HMS])+)?", text)
        else:
            assert edtf.valid(text)
            assert is_valid(text)


def test_bounds_are_days_and_open_sides_are_empty() -> None:
    since, until, month = read("2019年以来，截至2020年底，2021年2月。")
    assert (value(since).begin, value(since).end) == ("2019-01-01", "")
    assert (value(until).begin, value(until).end) == ("", "2020-12-31")
    assert (value(month).begin, value(month).end) == ("2021-02-01", "2021-02-28")


def test_a_mention_is_of_kind_time_and_counts_in_the_document() -> None:
    (found,) = read("堤坝于2006年加固。", offset=100)
    assert (found.kind, found.span, found.name) == ("Time", Span(103, 108), "2006年")


@pytest.mark.parametrize(
    ("text", "anchor", "inferred"),
    [
        ("2006年5月", "2010", ""),
        ("今年", "2010", "anchor"),
        ("5月4日", "2010", "anchor"),
        ("党的十七大以来", "", "calendar:events"),
        ("改革开放以来", "", "calendar:eras"),
        ("“十一五”时期", "", "calendar:plans"),
        ("2012年中秋节", "", "calendar:festivals"),
        ("今年中秋节", "2012", "calendar:festivals+anchor"),
        ("三个月", "2012", ""),
    ],
)
def test_what_completed_a_value_is_named(text: str, anchor: str, inferred: str) -> None:
    (found,) = read(text, anchor)
    assert value(found).inferred == inferred


def test_what_the_passage_told_before_is_named_as_narrative() -> None:
    _, later = read("2003年4月动工，11月完工。", "2015")
    assert (value(later).edtf, value(later).inferred) == ("2003-11", "narrative")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("《湿地保护规划（2016—2030年）》", True),
        ("《2020年统计年鉴》", True),
        ("入选“健康中国2030”", True),
        ("2020年统计年鉴", False),
        ("《统计年鉴》于2020年出版", False),
    ],
)
def test_a_time_inside_a_title_is_in_a_name(text: str, name: bool) -> None:
    (found,) = read(text)
    assert value(found).in_name is name


def _name_patterns() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tables.patterns("times")["in_name"]
    return rows


@pytest.mark.parametrize("row", _name_patterns(), ids=lambda row: row["why"])
def test_name_patterns_hold_for_their_examples_alone(row: dict[str, Any]) -> None:
    assert row["examples"]
    for text in row["examples"]:
        assert any(value(m).in_name for m in read(text)), text
    for text in row["counter_examples"]:
        assert not any(value(m).in_name for m in read(text)), text
    assert time_names.patterns()


def test_a_date_in_a_title_is_no_story() -> None:
    found = read("《1998年防洪总结》印发后，12月召开会议。")
    assert [value(m).edtf for m in found] == ["1998", "XXXX-12"]


def test_told_dates_of_another_year_leave_a_month_open() -> None:
    text = "1998年8月发生洪水。10月，新一轮堤防建设启动。"
    assert [value(m).edtf for m in read(text, "2018-12-01")] == ["1998-08", "XXXX-10"]


def test_the_anchor_is_never_the_last_date_seen() -> None:
    text = "1998年8月发生洪水。今年再次大汛。"
    assert [value(m).edtf for m in read(text, "2016-08-01")] == ["1998-08", "2016"]


@pytest.mark.parametrize("row", tables.rows("lexicons/time_vetoes"), ids=lambda row: row["word"])
def test_a_veto_is_no_time_and_has_a_reason(row: dict[str, str]) -> None:
    assert row["reason"]
    assert read(f"，{row['word']}。", "2018-10-22") == []


@pytest.mark.parametrize("name", ["events", "eras", "plans"])
def test_calendar_rows_hold_valid_dates_and_a_source(name: str) -> None:
    for row in tables.rows(f"calendar/{name}"):
        ends = [end for end in (row["start"], row["end"]) if end != ".."]
        assert all(edtf.valid(end) for end in ends), row["name"]
        assert edtf.valid(f"{row['start']}/{row['end']}"), row["name"]
        assert row["source"], row["name"]


def test_days_of_festivals_are_valid_and_once_a_year() -> None:
    rows = tables.rows("calendar/festival_days")
    assert all(edtf.valid(row["date"]) and row["date"] <= row["end"] for row in rows)
    # New Year's Eve moves to and fro over 1 January of no year; every other day is one a year.
    seen = [(row["name"], row["date"][:4]) for row in rows]
    assert len(seen) == len(set(seen))


def test_no_two_rows_of_the_calendar_share_a_name() -> None:
    names = [
        name
        for table in ("events", "eras", "plans", "festivals")
        for row in tables.rows(f"calendar/{table}")
        for name in (row["name"], *tables.split(row["aliases"]))
    ]
    assert len(names) == len(set(names))
    assert set(names) <= set(time_lexicon.entries())


@pytest.mark.parametrize(
    "unit", ["1", "一", "2018年", "1年至", "五一", "《", "1-", "2018-1-", "每"]
)
def test_a_long_line_of_one_thing_is_read_in_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        start = process_time()
        read(unit * size, "2018")
        return process_time() - start

    seconds(10)
    assert seconds(40_000) < 20 * seconds(10_000) + 0.5

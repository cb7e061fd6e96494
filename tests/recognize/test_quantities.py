"""Quantities: the case table, amounts, and texts made to break the grammar."""

from __future__ import annotations

import tomllib
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from kg import tables
from kg.model import Amount, Mention, Passage, Span
from kg.recognize.numerals import narrow, number
from kg.recognize.quantities import Quantities
from kg.recognize.quantity_things import noun_pattern

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "quantities.toml").read_text("utf-8")
)["case"]


def read(text: str, offset: int = 0) -> list[Mention]:
    return list(Quantities().find(Passage(Span(offset, offset + len(text)), text)))


def amount(mention: Mention) -> Amount:
    assert isinstance(mention.detail, Amount)
    return mention.detail


def row(mention: Mention) -> list[Any]:
    found = amount(mention)
    ends = ["open" if end is None else end for end in (found.low, found.high)]
    value = ends if found.value is None else found.value
    about = ["about"] if found.approximate else []
    return [mention.name, value, found.unit, *about]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_case(case: dict[str, Any]) -> None:
    assert [row(m) for m in read(case["text"])] == case["expect"], case.get("why", "")


def test_there_are_enough_cases_and_each_empty_one_says_why() -> None:
    assert len(CASES) >= 60
    assert all(case["expect"] or case.get("why") for case in CASES)


def test_an_exact_number_has_a_value_and_no_bounds() -> None:
    (found,) = read("存款余额8.2万亿元", offset=7)
    assert found.kind == "Statistic"
    assert found.span == Span(7, 17)
    assert amount(found) == Amount(8200000000000, None, None, 8.2, "8.2", "万亿元", "CNY", False)


def test_a_bound_has_bounds_and_no_value_and_keeps_its_modifier() -> None:
    (found,) = read("游客超过1.4亿人次")
    expected = Amount(None, 140000000, None, 1.4, "超过1.4", "亿人次", "", True)
    assert amount(found) == expected


def test_more_than_a_round_number_is_a_range() -> None:
    (found,) = read("课程90多门")
    assert amount(found) == Amount(None, 90, 100, None, "90多", "门", "", True)


@pytest.mark.parametrize(
    ("text", "code"),
    [("5吨", "TNE"), ("5%", "P1"), ("5公顷", "HAR"), ("5美元", "USD"), ("5千瓦", "KWT")],
)
def test_units_with_a_code_have_it(text: str, code: str) -> None:
    (found,) = read(text)
    assert amount(found).unit_code == code


def test_whole_numbers_stay_whole() -> None:
    (found,) = read("731.46万户")
    assert amount(found).value == 7314600
    assert isinstance(amount(found).value, int)


@pytest.mark.parametrize(
    "found", tables.rows("lexicons/quantity_vetoes"), ids=lambda found: found["word"]
)
def test_a_veto_is_no_quantity_and_has_a_reason(found: dict[str, str]) -> None:
    assert found["reason"]
    assert read(f"，{found['word']}。") == []


@pytest.mark.parametrize("found", tables.patterns("quantities")["noun"], ids=lambda f: f["why"])
def test_noun_patterns_hold_for_their_examples_alone(found: dict[str, Any]) -> None:
    pattern = noun_pattern(found["role"])
    assert all(pattern.match(text) for text in found["examples"])
    assert not any(pattern.match(text) for text in found["counter_examples"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十三", 23),
        ("一百零八", 108),
        ("两千零二十", 2020),
        ("三万五千", 35000),
        ("十三亿八千万", 1380000000),
        ("一九四九", 1949),
        ("廿五", 25),
        ("卅", 30),
        ("1.2万亿", 1200000000000),
        ("3千万", 30000000),
        ("1,234,567", 1234567),
        ("亿", 100000000),
        ("三点一四", 3.14),
        ("百", 100),
        ("", None),
        ("几", None),
        ("abc", None),
    ],
)
def test_numerals(text: str, value: float | None) -> None:
    assert number(text) == value


def test_narrowing_keeps_the_length_and_the_chinese_commas() -> None:
    text = "２０２１．５％，○"
    assert narrow(text) == "2021.5%，〇"


@pytest.mark.parametrize(
    "unit", ["1", "一", "1-", "1,", "1万", "五个", "1%", "超过", "三分之", "90多"]
)
def test_a_long_line_of_one_thing_is_read_in_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        start = process_time()
        read(unit * size)
        return process_time() - start

    seconds(10)
    assert seconds(40_000) < 20 * seconds(10_000) + 0.5

"""Formulas: their case table, and spans that hold."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from named_cases import FOLDER, offsets_hold, passage

from kg.model import FormulaName
from kg.recognize import PRIORITY, overlap
from kg.recognize.formula_names import announced
from kg.recognize.formula_numbers import value
from kg.recognize.formulas import Formulas

CASES = tomllib.loads((FOLDER / "formulas.toml").read_text("utf-8"))["case"]


def shown(text: str) -> list[str]:
    """Names with the number they announce, by place."""
    found = overlap.settle(Formulas().find(passage(text)), PRIORITY)
    return [f"{m.name} {m.detail.number}" for m in found if isinstance(m.detail, FormulaName)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_cases(case: dict[str, Any]) -> None:
    assert shown(case["text"]) == case["expect"]


def test_spans_hold_at_any_place() -> None:
    offsets_hold(Formulas(), (case["text"] for case in CASES))


def test_the_span_lies_inside_the_quotation_marks() -> None:
    (mention,) = Formulas().find(passage("坚持“四个共管”。"))
    assert (mention.span.start, mention.span.end) == (3, 7)
    assert mention.detail == FormulaName(4, "共管", "classifier")


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("两", 2), ("十", 10), ("十四", 14), ("二十", 20), ("三十六", 36), ("双", 2), ("8", 8)],
)
def test_numerals(numeral: str, number: int) -> None:
    assert value(numeral) == number


@pytest.mark.parametrize("numeral", ["三四", "五一", "十两十", "", "123", "两三"])
def test_what_is_no_numeral(numeral: str) -> None:
    assert value(numeral) == 0


def test_form_of_a_name() -> None:
    forms = {
        wording: detail.form
        for wording in ("四个共管", "六防", "三位一体", "三查一改", "六六工程", "小四网")
        if (detail := announced(wording))
    }
    assert list(forms.values()) == ["classifier", "bare", "fold", "compound", "twice", "modifier"]


def test_an_empty_passage() -> None:
    assert list(Formulas().find(passage(""))) == []

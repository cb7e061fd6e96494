"""Formats: tables line up under Han characters, and nothing a text holds is obeyed."""

from __future__ import annotations

import csv as csv_
import io
import json as json_

import pytest

from kg.query.formats import WIDEST, csv, json, table, width
from kg.query.sparql import XSD, Result, Term

EXAMPLE = Result(
    ("formula", "n", "place"),
    (
        (Term("四个统筹", language="zh"), Term("4", datatype=XSD + "integer"),
         Term("https://example.org/kg/e/place-1", "uri")),
        (Term("三条", language="zh"), Term("12", datatype=XSD + "integer"), None),
    ),
    prefixes={"e": "https://example.org/kg/e/", "x": "https://example.org/"},
)  # fmt: skip


def test_table_lines_up() -> None:
    assert table(EXAMPLE) == (
        "formula    n  place\n────────  ──  ─────────\n四个统筹   4  e:place-1\n三条      12\n"
    )


def test_table_without_rows() -> None:
    assert table(Result(("a", "b"), ())) == "a  b\n─  ─\n(no rows)\n"
    assert table(Result((), ())).endswith("(no rows)\n")


@pytest.mark.parametrize(("text", "size"), [("", 0), ("ab", 2), ("统筹", 4), ("，a", 3), ("é", 1)])
def test_width(text: str, size: int) -> None:
    assert width(text) == size


def test_long_and_hostile_cells_are_tamed() -> None:
    long = "统" * 200
    hostile = "a\x1b[31m\x07b\r\nc\u202ed\u200be"
    text = table(Result(("x",), ((Term(long),), (Term(hostile),))))
    lines = text.split("\n")
    assert width(lines[2]) <= WIDEST and lines[2].endswith("…")
    assert not set(text) & {"\x1b", "\x07", "\r", "\u202e"}
    assert lines[3].startswith("a\ufffd[31m\ufffdb  cde")


def test_csv() -> None:
    rows = list(csv_.reader(io.StringIO(csv(EXAMPLE), newline="")))
    assert rows == [
        ["formula", "n", "place"],
        ["四个统筹", "4", "https://example.org/kg/e/place-1"],
        ["三条", "12", ""],
    ]
    odd = Result(("x", "y"), ((Term("=1+1"), Term("-3", datatype=XSD + "integer")),))
    assert csv(odd) == "x,y\r\n'=1+1,-3\r\n"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a", "=", "-"],
)
@pytest.mark.parametrize("datatype", ["", XSD + "integer", XSD + "decimal"])
def test_no_spreadsheet_runs_a_cell(text: str, datatype: str) -> None:
    shown = next(
        csv_.reader(
            io.StringIO(
                csv(Result(("x",), ((Term(text, datatype=datatype),),))).split("\r\n", 1)[1],
                newline="",
            )
        )
    )[0]
    is_number = datatype and text in ("+1", "-1")
    assert shown == (text if is_number else f"'{text}")


def test_numbers_stay_numbers() -> None:
    values = ("-3", "+4", "-1.5", "-2E-3", "-.5", "-INF", "7")
    rows = tuple((Term(value, datatype=XSD + "double"),) for value in values)
    assert csv(Result(("x",), rows)).split() == ["x", *values]


def test_labels_with_quotes_and_controls_keep_to_their_cell() -> None:
    label = 'a"b\r\nc\x00\x07,d;\u2028e'
    text = csv(Result(("x", "y"), ((Term(label), Term("z")),)))
    rows = list(csv_.reader(io.StringIO(text, newline="")))
    assert rows == [["x", "y"], [label.replace("\x00", "\ufffd"), "z"]]
    data = json_.loads(json(Result(("x",), ((Term(label),),))))
    assert data["results"]["bindings"][0]["x"]["value"] == label


def test_json_is_the_standard_form() -> None:
    data = json_.loads(json(EXAMPLE))
    assert data["head"] == {"vars": ["formula", "n", "place"]}
    first, second = data["results"]["bindings"]
    assert first == {
        "formula": {"type": "literal", "value": "四个统筹", "xml:lang": "zh"},
        "n": {"type": "literal", "value": "4", "datatype": XSD + "integer"},
        "place": {"type": "uri", "value": "https://example.org/kg/e/place-1"},
    }
    assert set(second) == {"formula", "n"}
    said = Result(("answer",), ((Term("true", datatype=XSD + "boolean"),),), "ask")
    assert json_.loads(json(said)) == {"head": {}, "boolean": True}

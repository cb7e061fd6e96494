"""Every row of the table of line shapes holds its own examples and refuses its counter-examples."""

from __future__ import annotations

import pytest

from kg import tables
from kg.repair import shapes

ROWS = tables.patterns("repair_lines")["line"]


@pytest.mark.parametrize(("row", "line"), [(row, line) for row in ROWS for line in row["examples"]])
def test_examples(row: dict[str, str], line: str) -> None:
    assert shapes.is_hinted(line), "the quick first look misses it"
    assert shapes.kind(line) == row["kind"]


@pytest.mark.parametrize(("row", "line"), [(row, line) for row in ROWS for line in row["counter"]])
def test_counter_examples(row: dict[str, str], line: str) -> None:
    found = shapes.shape(line)
    assert found is None or found.why != row["why"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_every_shape_has_examples_of_both_sorts(row: dict[str, list[str]]) -> None:
    assert row["examples"]
    assert row["counter"]


def test_a_long_line_has_no_shape() -> None:
    assert shapes.kind("图为" + "大桥" * shapes.LONGEST) == ""


@pytest.mark.parametrize("text", ["王小明", "欧阳兰", "李华"])
def test_names(text: str) -> None:
    import re

    assert re.fullmatch(shapes.name(), text)

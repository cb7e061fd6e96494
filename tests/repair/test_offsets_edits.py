"""Edits keep the way back and refuse what would lose it."""

from __future__ import annotations

import pytest

from kg.model import CleanText
from kg.repair.offsets import Edit, edited, whole


def test_runs_join_where_raw_goes_on() -> None:
    text = edited(whole("甲乙丙"), [Edit(1, 2, " ")])
    assert text == CleanText("甲 丙", ((0, 0),))


def test_edits_of_edits_lead_back_to_raw() -> None:
    once = edited(whole("甲 乙\r\n丙 丁"), [Edit(1, 2), Edit(3, 5, "\n")])
    twice = edited(once, [Edit(2, 3), Edit(4, 5)])
    assert twice.text == "甲乙丙丁"
    assert [twice.origin(i) for i in range(4)] == [0, 2, 5, 7]


def test_everything_may_go() -> None:
    assert edited(whole("甲乙"), [Edit(0, 2)]) == CleanText("", ())
    assert whole("") == CleanText("", ())


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(2, 3), Edit(0, 1)],
        [Edit(0, 2), Edit(1, 3)],
        [Edit(2, 1)],
        [Edit(0, 1, "两个")],
    ],
)
def test_edits_out_of_order_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edit out of order"):
        edited(whole("甲乙丙"), edits)

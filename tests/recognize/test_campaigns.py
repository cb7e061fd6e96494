"""Campaigns: their case table, and spans that hold."""

from __future__ import annotations

import pytest
from named_cases import Case, cases, found, offsets_hold

from kg.recognize.campaigns import Campaigns

CASES = cases("campaigns")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_cases(case: Case) -> None:
    assert found(Campaigns(), case.text) == list(case.expect)


def test_spans_hold_at_any_place() -> None:
    offsets_hold(Campaigns(), (case.text for case in CASES))

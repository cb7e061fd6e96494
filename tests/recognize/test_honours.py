"""Honours: their case table, and spans that hold."""

from __future__ import annotations

import pytest
from named_cases import Case, cases, found, offsets_hold

from kg.recognize.honours import Honours

CASES = cases("honours")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_cases(case: Case) -> None:
    assert found(Honours(), case.text) == list(case.expect)


def test_spans_hold_at_any_place() -> None:
    offsets_hold(Honours(), (case.text for case in CASES))

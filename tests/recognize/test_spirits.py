"""Spirits: their case table, and spans that hold."""

from __future__ import annotations

import pytest
from named_cases import Case, cases, found, offsets_hold, passage

from kg.recognize.spirits import Spirits

CASES = cases("spirits")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_cases(case: Case) -> None:
    assert found(Spirits(), case.text) == list(case.expect)


def test_spans_hold_at_any_place() -> None:
    offsets_hold(Spirits(), (case.text for case in CASES))


def test_a_quoted_name_begins_behind_its_mark() -> None:
    text = "学习“红柳”精神。"
    (mention,) = Spirits().find(passage(text))
    assert text[mention.span.start : mention.span.end] == "红柳”精神"
    assert mention.name == "红柳精神"

"""Titles of works and laws."""

from __future__ import annotations

import pytest
from named_cases import Case, cases, found, offsets_hold, passage

from kg.model import Span
from kg.recognize.works import Works, is_law, pairs

CASES = cases("works")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_cases(case: Case) -> None:
    assert found(Works(), case.text) == list(case.expect)


def test_spans_hold_at_any_place() -> None:
    offsets_hold(Works(), (case.text for case in CASES))


def test_the_span_of_a_title_holds_its_marks() -> None:
    (mention,) = Works().find(passage("学《长河》。"))
    assert (mention.span, mention.name) == (Span(1, 5), "长河")


def test_a_lost_closing_mark_does_not_swallow_the_next_title() -> None:
    assert list(pairs("《" + "字" * 300 + "《甲》")) == [(301, 304)]


def test_a_note_behind_the_title_does_not_hide_a_law() -> None:
    assert is_law("中华人民共和国湿地保护法（草案）")
    assert not is_law("法")

"""Events: congresses, meetings, visits, historic events."""

from __future__ import annotations

import pytest
from named_cases import Case, cases, found, offsets_hold, passage

from kg.recognize.events import Events
from kg.recognize.events_congresses import chinese, numeral
from kg.recognize.events_phrases import HARD, clause_start, last_border

CASES = cases("events")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_cases(case: Case) -> None:
    assert found(Events(), case.text) == list(case.expect)


def test_spans_hold_at_any_place() -> None:
    offsets_hold(Events(), (case.text for case in CASES))


@pytest.mark.parametrize("number", range(1, 100))
def test_numerals_read_back(number: int) -> None:
    assert numeral(chinese(number)) == number


def test_a_rule_names_itself() -> None:
    (mention,) = Events().find(passage("党的十九大以来"))
    assert (mention.rule, mention.known_by) == ("congress", "rule:congress")


def test_a_full_name_is_not_completed() -> None:
    (mention,) = Events().find(passage("中国工会第十六次全国代表大会开幕"))
    assert mention.known_as == ""


def test_a_clause_takes_a_quotation_as_a_whole() -> None:
    text = "会后，参加“手拉手，心连心”论坛"
    assert text[clause_start(text, len(text) - 2, 30) :] == "参加“手拉手，心连心”论坛"


def test_borders_inside_a_quotation_do_not_count() -> None:
    text = "全国“在路上”论坛"
    assert last_border(text, 0, len(text), HARD) == 0

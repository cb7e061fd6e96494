"""Persons: the case table, offsets, ends of names, and data."""

from __future__ import annotations

from time import process_time

import pytest
from named_cases import Case, cases, found, passage

from kg.model import Passage, Span
from kg.recognize.name_people import end_of_name, is_name
from kg.recognize.persons import Persons
from kg.tables import rows

CASES = cases("persons")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:24])
def test_case(case: Case) -> None:
    assert found(Persons(), case.text) == list(case.expect), case.why


def test_there_are_cases_of_both_sorts() -> None:
    assert len(CASES) >= 35
    assert sum(not case.expect for case in CASES) >= 8


def test_offsets_hold_wherever_a_passage_begins() -> None:
    for case in CASES:
        here = list(Persons().find(passage(case.text)))
        there = list(Persons().find(passage(case.text, 1000)))
        assert [m.span.shift(1000) for m in here] == [m.span for m in there]
        for mention in here:
            wording = case.text[mention.span.start : mention.span.end]
            assert wording.replace(" ", "").replace("\u3000", "") == mention.name


def byline(text: str) -> list[str]:
    return [m.name for m in Persons().find(Passage(Span(0, len(text)), text, "byline"))]


def test_a_byline_holds_names() -> None:
    assert byline("纪　元　安明月") == ["纪元", "安明月"]
    assert byline("文丨邵一鸣 图丨骆驼") == ["邵一鸣", "骆驼"]
    assert byline("新华社评论员") == []


def test_a_line_of_one_name_is_the_author() -> None:
    assert found(Persons(), "尚思源") == ["尚思源"]
    assert found(Persons(), "总结语") == []
    text = "尚思源"
    assert list(Persons().find(Passage(Span(0, 3), text, "heading"))) == []


def test_a_name_ends_before_a_word_that_follows_names() -> None:
    assert end_of_name("何川深入基层", 0, must=True) == 2
    assert end_of_name("何川宁出席会议", 0) == 3
    assert end_of_name("高度重视", 0, must=True) == -1


def test_everyday_words_are_no_names() -> None:
    assert not is_name("高质量", 0, 3)
    assert not is_name("金融", 0, 2)
    assert is_name("高志良", 0, 3)


def test_data_has_one_row_for_each_surname_and_word() -> None:
    for table, column in (("surnames", "surname"), ("person_words", "word")):
        listed = [row[column] for row in rows(f"lexicons/{table}")]
        assert len(listed) == len(set(listed)), table


@pytest.mark.parametrize("unit", ["王", "阿·", "王小明、", "主席", "王小明在", "副"])
def test_long_lines_take_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit)) + "书记"
    begun = process_time()
    sum(1 for _ in Persons().find(passage(text)))
    assert process_time() - begun < 20

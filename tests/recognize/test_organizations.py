"""Organizations: the case table, offsets, data, and texts made to slow the search down."""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time

import pytest
from named_cases import Case, cases, found, offsets_hold, passage

from kg.recognize.name_lexicon import bodies, borders
from kg.recognize.organizations import Organizations
from kg.tables import rows, split

CASES = cases("organizations")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:24])
def test_case(case: Case) -> None:
    assert found(Organizations(), case.text) == list(case.expect), case.why


def test_there_are_cases_of_both_sorts() -> None:
    assert len(CASES) >= 45
    assert sum(not case.expect for case in CASES) >= 10


def test_offsets_hold_wherever_a_passage_begins() -> None:
    offsets_hold(Organizations(), [case.text for case in CASES if "省委、省" not in case.text])


def test_the_same_passage_gives_the_same_mentions() -> None:
    text = "陕西省总工会会同国家发改委召开会议。"
    once = list(Organizations().find(passage(text)))
    assert once == list(Organizations().find(passage(text)))
    assert [m.known_by for m in once] == ["", "lexicon:organizations"]


def test_a_fuller_name_is_known_by_its_table() -> None:
    (body,) = Organizations().find(passage("福建省委召开会议。"))
    assert (body.name, body.known_as) == ("福建省委", "中共福建省委员会")
    assert body.known_by == "lexicon:organization_forms"


def test_every_parent_is_a_row_and_no_alias_means_two_bodies() -> None:
    table = rows("lexicons/organizations")
    names = {row["name"] for row in table}
    assert [row["name"] for row in table if row["parent"] and row["parent"] not in names] == []
    forms = [form.lstrip("!@") for row in table for form in split(row["aliases"])]
    assert len(forms) == len(set(forms)) and not names.intersection(forms)
    assert len(bodies()) > len(names)


def test_borders_have_known_effects() -> None:
    assert set(borders().values()) == {"stop", "verb", "keep"}


@pytest.mark.parametrize("unit", ["局", "陕西省总工会", "公司", "“", "（", "财政部（以下简称部）"])
def test_long_lines_take_linear_time(unit: str) -> None:
    size = 200_000
    text = unit * (size // len(unit))
    begun = process_time()
    sum(1 for _ in Organizations().find(passage(text)))
    assert process_time() - begun < 20


def test_further_candidates_come_from_sources() -> None:
    from kg.recognize.name_lexicon import Found

    def tagger(text: str, known: object) -> list[Found]:
        at = text.index("晨光")
        return [Found(at, at + 4, "Organization", "晨光厂房", "tagger")]

    text = "在晨光厂房参观。"
    assert found(Organizations(), text) == []
    assert found(Organizations(tagger), text) == ["晨光厂房"]


def test_modules_stay_small() -> None:
    folder = Path(sys.modules[Organizations.__module__].__file__ or "").parent
    sizes = {p.name: len(p.read_text("utf-8").splitlines()) for p in folder.glob("name_*.py")}
    assert max(sizes.values()) <= 400, sizes

"""Places: the case table, offsets and data."""

from __future__ import annotations

import pytest
from named_cases import Case, cases, found, offsets_hold, passage

from kg.recognize.name_lexicon import places
from kg.recognize.places import Places
from kg.tables import rows

CASES = cases("places")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:24])
def test_case(case: Case) -> None:
    assert found(Places(), case.text) == list(case.expect), case.why


def test_offsets_hold_wherever_a_passage_begins() -> None:
    offsets_hold(Places(), [case.text for case in CASES])


def test_a_fuller_name_is_known_by_its_table() -> None:
    (place,) = Places().find(passage("在广西调研。"))
    assert (place.known_as, place.known_by) == ("广西壮族自治区", "lexicon:places")


def test_all_provinces_and_their_cities_are_listed() -> None:
    provinces = {row["name"] for row in rows("lexicons/places") if row["kind"] == "province"}
    assert len(provinces) == 34
    cities = rows("lexicons/place_prefectures")
    assert len(cities) > 300
    assert {row["parent"] for row in cities} <= provinces
    assert len(places()) > 3000


def test_china_is_no_row() -> None:
    assert not {"中国", "全国", "我国", "中华人民共和国"} & set(places())

"""Dates: names of times, and the times of well-known events."""

from __future__ import annotations

import pytest

from kg.model import Entity, Evidence
from kg.resolve import dates


def time(value: str, *places: tuple[str, str]) -> Entity:
    """A time with its places: wording, and the table or rule that gave the value."""
    found = tuple(
        Evidence("d/x", at * 100, at * 100 + len(wording), wording, inferred=inferred)
        for at, (wording, inferred) in enumerate(places)
    )
    field = "isoDuration" if value.startswith("P") else "edtf"
    return Entity("e/time-1", "Time", value, attributes={field: value}, mentions=found)


@pytest.mark.parametrize(
    ("value", "places", "name", "aliases"),
    [
        ("2018", [("2018年", ""), ("2018年度", ""), ("2018年", "")], "2018年", ["2018年度"]),
        ("2018", [("今年", "anchor"), ("今年", "anchor"), ("2018年", "")], "2018年", []),
        ("2018", [("今年", "anchor")], "2018年", []),
        ("2012-11-08/..", [("新时代", "calendar:eras")], "新时代", []),
        ("2002-11-08/2002-11-14", [("大会召开之际", "calendar:events")],
         "2002年11月8日至14日", ["大会召开之际"]),
        ("2011/2015", [("“十二五”时期", "calendar:plans"), ("2011—2015年", "")],
         "2011—2015年", ["“十二五”时期"]),
        ("P3Y", [("三年", "")], "三年", []),
        ("2008-08-08/2008-08-24", [], "2008年8月8日至24日", []),
    ],
)  # fmt: skip
def test_a_time_is_named_by_words_that_say_its_value_by_themselves(
    value: str, places: list[tuple[str, str]], name: str, aliases: list[str]
) -> None:
    found = dates.labelled(time(value, *places))
    assert found.name == name
    assert [alias.name for alias in found.aliases] == aliases
    assert all(alias.evidence for alias in found.aliases)


def test_a_name_that_stands_in_no_text_says_so() -> None:
    found = dates.labelled(time("2018", ("今年", "anchor")))
    assert found.naming is not None
    assert (found.naming.name, found.naming.rule) == ("2018年", "date-in-words")
    assert dates.labelled(time("2018", ("2018年", ""))).naming is None


def test_other_things_keep_their_names() -> None:
    person = Entity("e/person-1", "Person", "孟某")
    assert dates.labelled(person) is person


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2018", "2018年"),
        ("2018-02", "2018年2月"),
        ("XXXX-10", "10月"),
        ("XXXX-XX-23", "23日"),
        ("../2020-12-31", "截至2020年12月31日"),
        ("2019/2021", "2019年至2021年"),
        ("20XX", "21世纪"),
        ("2018-12~", "2018年12月前后"),
        ("196X/198X", "20世纪60年代至20世纪80年代"),
        ("R/P1Y", "R/P1Y"),
    ],
)
def test_dates_in_words(value: str, words: str) -> None:
    assert dates.in_words(value) == words


def test_an_event_of_the_calendar_has_its_time_and_the_words_that_name_it_as_evidence() -> None:
    place = Evidence("d/x", 0, 5, "党的十六大")
    event = Entity("e/event-1", "Event", "中国共产党第十六次全国代表大会", mentions=(place,))
    known = dates.known([event])
    (relation,) = known.relations
    assert (relation.predicate, relation.inferred, relation.evidence) == ("heldOn", True, (place,))
    assert known.entities[0].attributes["edtf"] == "2002-11-08/2002-11-14"

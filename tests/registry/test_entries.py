"""Entries: lists, their versions by date, where a formula is first and last named."""

from __future__ import annotations

from pathlib import Path

import pytest
from registry_corpus import write

import kg
from kg import graph as graphs
from kg.api import Graph
from kg.model import Entity, Evidence
from kg.registry.entries import Entry, difference, period, summary, why
from kg.registry.timeline import Dated, first, last, life


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return kg.build(write(tmp_path_factory.mktemp("dated")))


def entry(built: Graph, name: str) -> Entry:
    (found,) = (e for e in (*built.formulas(), *built.spirits()) if e.name == name)
    return found


def test_order_and_status(built: Graph) -> None:
    assert [(e.name, e.status, e.number, e.found) for e in built.formulas()] == [
        ("三个严禁", "complete", 3, 3),
        ("两个守护", "complete", 2, 2),
        ("四个统筹", "conflicting", 4, 4),
        ("三条底线", "partial", 3, 2),
        ("五条红线", "unlisted", 5, 0),
    ]
    assert [e.name for e in built.formulas("partial", "unlisted")] == ["三条底线", "五条红线"]
    (spirit,) = built.spirits()
    assert (spirit.name, spirit.status, spirit.listing.names) == (
        "治水精神", "", ("求实", "担当", "奉献"),
    )  # fmt: skip


def test_versions_follow_the_dates_of_their_documents(built: Graph) -> None:
    found = entry(built, "四个统筹")
    old, new = found.versions
    assert (old.begin, old.end, period(old)) == ("2015-03-05", "2015-03-05", "2015-03-05")
    assert (new.begin, new.end) == ("2018-06-01", "2021-05-02")
    assert period(new) == "2018-06-01 to 2021-05-02"
    assert [d.path for d in new.documents] == ["c-2018.txt", "f-2021.txt"]
    assert found.listing == new and found.changed
    assert (old.names[2], new.names[2]) == ("统筹地上地下", "统筹水上水下")
    for version in (old, new):
        node = graphs.entity(built.networkx, version.id)
        assert node.attributes["listedFrom"] == version.begin, "the graph itself has the dates"
        assert node.attributes["listedUntil"] == version.end
    assert entry(built, "三个严禁").versions == ()


def test_why(built: Graph) -> None:
    assert why(entry(built, "四个统筹")) == (
        "the list changed: 2015-03-05 in a-2015.txt; then 2018-06-01 to 2021-05-02 in "
        "c-2018.txt, f-2021.txt +统筹水上水下 −统筹地上地下"
    )
    assert why(entry(built, "三条底线")) == "no text lists all 3; 2 named in h-2021.txt"
    assert why(entry(built, "三个严禁")) == why(entry(built, "五条红线")) == ""
    assert summary(entry(built, "三条底线")) == (
        "三条底线: announced 3, found 2 (安全底线、质量底线) in h-2021.txt: partial"
    )
    assert summary(entry(built, "五条红线")) == "五条红线: announced 5, found 0: unlisted"


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (("2020", "2020-05"), "lists of one time differ"),  # the year holds the month
        (("2020", ""), "lists differ, and not all are dated"),
        (("2020-01", "2020-05"), "the list changed"),
    ],
)
def test_what_dates_say_of_two_lists(dates: tuple[str, str], said: str, tmp_path: Path) -> None:
    texts = ("四个统筹：统筹上游下游、统筹城市农村、统筹点线面、统筹建设管护",
             "四个统筹：统筹上游下游、统筹城市农村、统筹人财物、统筹建设管护")  # fmt: skip
    folder = write(
        tmp_path / "two",
        tuple(
            (f"{n}.txt", f'issued = "{date}"' if date else "", f"各县要坚持{text}。")
            for n, (date, text) in enumerate(zip(dates, texts, strict=True))
        ),
    )
    (found,) = kg.build(folder).formulas()
    assert why(found).startswith(said + ": ") and found.changed is (said == "the list changed")


def test_life(built: Graph) -> None:
    found = entry(built, "三个严禁").life
    assert (found.mentions, len(found.documents), found.undated) == (4, 3, 1)
    assert found.first is not None and found.last is not None
    assert (found.first.document.path, found.first.sure) == ("a-2015.txt", False), "one is undated"
    assert (found.last.document.date, found.last.sure) == ("2016", False)
    unknown = entry(built, "五条红线").life
    assert (unknown.first, unknown.last, unknown.undated) == (None, None, 1)
    spoken = entry(built, "治水精神").life.first
    assert spoken is not None and spoken.document.date == "2019-03-28", "spoken before issued"


def test_the_first_document_is_the_one_that_the_graph_says_introduces_it(built: Graph) -> None:
    for one in (*built.formulas(), *built.spirits()):
        introducers = graphs.incoming(built.networkx, one.entity.id, "introduces")
        appeared = one.life.first
        assert [r.subject for r in introducers] == ([appeared.document.id] if appeared else [])


def dated(path: str, begin: str, end: str) -> Dated:
    return Dated("d/" + path, path, path, "x", begin, end)


@pytest.mark.parametrize(
    ("documents", "chosen", "sure"),
    [
        ([("a", "2018-01-01", "2018-01-01"), ("b", "2019-01-01", "2019-12-31")], "a", True),
        ([("a", "2018-01-01", "2018-12-31"), ("b", "2018-05-01", "2018-05-31")], "a", False),
        ([("a", "2018-05-05", "2018-05-05"), ("b", "2018-05-05", "2018-05-05")], "a", True),
        ([("a", "2018-01-01", ""), ("b", "2019-01-01", "2019-01-01")], "a", False),
        ([("a", "2018-01-01", "2018-01-01"), ("b", "", "")], "a", False),
        ([("a", "2018-01-01", "")], "a", True),
        ([("a", "", "2018-01-01")], None, None),
    ],
)
def test_a_first_appearance_is_sure_when_no_other_can_go_before(
    documents: list[tuple[str, str, str]], chosen: str | None, sure: bool | None
) -> None:
    found = first([dated(*d) for d in documents])
    assert (found.document.path, found.sure) == (chosen, sure) if found else chosen is None


def test_a_last_appearance_goes_by_last_days() -> None:
    window, day = dated("a", "2018-01-01", "2020-12-31"), dated("b", "2019-05-05", "2019-05-05")
    found = last([window, day])
    assert found is not None and (found.document, found.sure) == (window, False)
    found = last([day, dated("c", "2019-05-05", "")])
    assert found is not None and (found.document, found.sure) == (day, False)
    assert last([dated("d", "2019-05-05", "")]) is None


def test_places_of_documents_that_are_not_in_the_graph_are_left_out() -> None:
    entity = Entity("e/x", "Formula", "x", mentions=(Evidence("d/a", 0, 1, "x"),) * 2)
    one = dated("a", "2018-01-01", "2018-01-01")
    assert life(entity, {one.id: one}).counts == {"d/a": 2}
    assert life(entity, {}).documents == ()


def test_difference() -> None:
    assert difference(["甲", "乙"], ["乙", "甲"]) == "in another order"
    assert difference(["甲", "乙"], ["乙", "丙"]) == "+丙 −甲"

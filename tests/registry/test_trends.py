"""Trends and changes: documents by period, windows and undated ones counted for what they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from registry_corpus import write

import kg
from kg.api import Graph
from kg.errors import KgError, UsageError
from kg.export import trends as exported
from kg.graph import assemble
from kg.model import Entity, Evidence
from kg.registry import changes, periods, trends
from kg.registry.periods import Period, Range
from kg.registry.timeline import Dated
from kg.registry.trends import Trend, Trends
from kg.settings import Settings


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return kg.build(write(tmp_path_factory.mktemp("dated")))


def row(found: Trends, name: str) -> Trend:
    (one,) = (one for one in found.rows if one.name == name)
    return one


def counts(found: Trends, name: str) -> dict[str, tuple[int, int]]:
    return {found.periods[at].name: count for at, count in row(found, name).counts.items()}


def test_years_have_no_gap_and_windows_are_in_none(built: Graph) -> None:
    found = built.trends()
    assert [(p.name, p.documents, p.perhaps) for p in found.periods] == [
        ("2015", 1, 0), ("2016", 1, 0), ("2017", 0, 0), ("2018", 1, 0), ("2019", 1, 1),
        ("2020", 0, 1), ("2021", 2, 0),
    ]  # fmt: skip
    assert found.undated == 1
    assert [r.name for r in found.rows] == [
        "三个严禁", "四个统筹", "两个守护", "治水精神", "三条底线", "五条红线",
    ]  # fmt: skip


def test_life_by_year(built: Graph) -> None:
    found = built.trends()
    assert counts(found, "两个守护") == {"2019": (1, 1), "2020": (0, 1), "2021": (1, 0)}
    one = row(found, "两个守护")
    assert (one.documents, one.perhaps, one.undated) == (3, 0, 0)
    assert found.share(one, 4) == 1.0, "of the document that is of 2019 for sure"
    assert found.share(one, 5) is None, "no document is of 2020 for sure"
    assert found.share(one, 6) == 0.5 and found.share(one, 0) == 0.0
    assert counts(found, "三个严禁") == {"2015": (1, 0), "2016": (1, 0)}
    assert row(found, "三个严禁").undated == 1
    assert row(found, "五条红线").counts == {} and row(found, "五条红线").undated == 1


def test_months_and_quarters(built: Graph) -> None:
    found = built.trends("month", since="2018")
    assert [p.name for p in found.periods][:2] == ["2018-06", "2018-07"]
    assert found.periods[-1].name == "2021-11"
    assert counts(found, "两个守护") == {
        "2019-03": (1, 0), "2019-11": (0, 1), "2019-12": (0, 1), "2020-01": (0, 1),
        "2020-02": (0, 1), "2021-11": (1, 0),
    }  # fmt: skip
    quarters = built.trends("quarter")
    assert quarters.periods[0] == Period("2015-Q1", "2015-01-01", "2015-03-31", 1, 0)
    assert counts(quarters, "三个严禁")["2016-Q3"] == (0, 1), "2016 may be any of its quarters"


def test_since_and_until_are_inclusive_and_cut_periods(built: Graph) -> None:
    found = built.trends(since="2016-05", until="2019")
    assert (found.periods[0].begin, found.periods[0].end) == ("2016-05-01", "2016-12-31")
    assert found.periods[-1].end == "2019-12-31"
    assert counts(found, "四个统筹") == {"2016": (0, 1), "2018": (1, 0)}
    one = row(found, "四个统筹")
    assert (one.documents, one.perhaps) == (1, 1), "the document of 2016 may be of January"
    assert counts(found, "两个守护") == {"2019": (1, 1)}
    assert one.life.first is not None and one.life.first.document.date == "2015-03-05"
    assert "三条底线" not in {r.name for r in found.rows}, "not named in that time"


def test_names_and_kinds(built: Graph) -> None:
    assert [r.name for r in built.trends(names=["“两个守护”"]).rows] == ["两个守护"]
    principles = built.trends(kinds=["Principle"])
    assert {r.kind for r in principles.rows} == {"Principle"}
    assert counts(principles, "统筹水上水下") == {"2018": (1, 0), "2021": (1, 0)}
    with pytest.raises(KgError, match="查无此名"):
        built.trends(names=["查无此名"])
    with pytest.raises(UsageError, match="Formule"):
        built.trends(kinds=["Formule"])


@pytest.mark.parametrize("date", ["2018-13", "2018-02-30", "heute", "2018/2019", "201X", "../2019"])
def test_a_bad_date(date: str, built: Graph) -> None:
    for ask in (
        lambda: built.trends(since=date),
        lambda: built.trends(until=date),
        lambda: built.changes(date, "2020"),
    ):
        with pytest.raises(UsageError, match="not a date"):
            ask()


def test_wrong_use(built: Graph) -> None:
    with pytest.raises(UsageError, match="decade"):
        built.trends("decade")
    with pytest.raises(UsageError, match="later"):
        built.trends(since="2020", until="2019")
    for start, end in (("2020", "2016"), ("2019", "2019-05")):
        with pytest.raises(UsageError, match="does not end before"):
            built.changes(start, end)


def graph(*documents: tuple[str, str], named: str = "abcdefgh") -> Graph:
    """A graph of documents (name, EDTF); those whose letter stands in ``named`` name a formula."""
    nodes = [
        Entity(f"d/{name}", "Document", name, attributes={"path": name, "issued": date})
        for name, date in documents
    ]
    places = tuple(Evidence(f"d/{name}", 0, 1, "x") for name, _ in documents if name in named)
    return Graph(assemble([*nodes, Entity("e/formula-x", "Formula", "x", mentions=places)], []))


def test_open_windows_reach_to_the_ends_of_the_corpus() -> None:
    found = graph(("a", "2018"), ("b", "2019/.."), ("c", "../2018-06"), ("d", "2021")).trends()
    assert [(p.name, p.documents, p.perhaps) for p in found.periods] == [
        ("2018", 1, 1), ("2019", 0, 1), ("2020", 0, 1), ("2021", 1, 1),
    ]  # fmt: skip
    far = graph(("a", "2018"), ("b", "19XX"), ("c", "XXXX-05")).trends(since="1990", until="1992")
    assert [(p.name, p.perhaps) for p in far.periods] == [("1990", 1), ("1991", 1), ("1992", 1)]
    assert far.undated == 1, "a date without a year is none"


def test_without_dates_or_documents() -> None:
    undated = graph(("a", "")).trends()
    assert undated.periods == () and undated.undated == 1 and len(undated.rows) == 1
    assert Graph(assemble([], [])).trends().rows == ()
    nobody = graph(("a", "")).changes("2018", "2020")
    assert (nobody.earlier, nobody.later, nobody.newcomers, nobody.dropouts) == (0, 0, (), ())
    outside = graph(("a", "2018")).trends(since="2019")
    assert outside.periods == () and outside.rows == ()


def test_changes(built: Graph) -> None:
    found = built.changes("2016", "2021")
    assert (found.earlier, found.later) == (2, 2)
    assert [(c.name, c.sure) for c in found.newcomers] == [
        ("两个守护", True), ("治水精神", True), ("三条底线", True),
    ]  # fmt: skip
    assert [(c.name, c.sure) for c in found.dropouts] == [("三个严禁", False)], "one is undated"
    assert [c.name for c in built.changes("2018", "2019-03").newcomers] == ["两个守护", "治水精神"]


@pytest.mark.parametrize(
    ("documents", "came", "went"),
    [
        ([("a", "2017")], None, None),  # before both
        ([("a", "2018")], None, True),
        ([("a", "2018"), ("b", "2021")], None, None),
        ([("a", "2019")], True, True),  # came and went
        ([("a", "2020")], True, None),
        ([("a", "2021")], None, None),  # later than both
        ([("a", "2018/2019")], False, True),  # may be of the first date
        ([("a", "2019/2020")], True, False),
        ([("a", "2019/..")], False, False),  # may be later than both
        ([("a", "../2019")], False, False),  # may be before both
        ([("a", "2019"), ("b", "")], False, False),
        ([("a", "")], None, None),  # nothing dated speaks for it
        ([("a", "2020/2022")], False, None),
    ],
)
def test_what_came_and_what_went(
    documents: list[tuple[str, str]], came: bool | None, went: bool | None
) -> None:
    others = [("y", "2018-01-01"), ("z", "2020-12-31")]
    found = graph(*documents, *others, named="ab").changes("2018", "2020")
    assert [c.sure for c in found.newcomers] == ([] if came is None else [came])
    assert [c.sure for c in found.dropouts] == ([] if went is None else [went])


def test_nothing_is_new_or_gone_without_documents_to_tell() -> None:
    alone = graph(("a", "2019"))
    found = alone.changes("2018", "2020")
    assert (found.newcomers, found.dropouts) == ((), ())
    assert (found.earlier, found.later) == (0, 0)


def test_data_for_the_view(built: Graph) -> None:
    data = json.loads(exported.render(built.networkx, Settings()))
    assert data == trends.as_data(built.trends())
    assert [p["name"] for p in data["periods"]] == [str(year) for year in range(2015, 2022)]
    going = data["formulations"][0]
    assert (going["name"], going["counts"]) == ("三个严禁", [[0, 1, 0], [1, 1, 0]])
    assert going["first"] == {"date": "2015-03-05", "document": "a-2015.txt", "sure": False}
    assert data["formulations"][-1]["first"] is None
    said = changes.as_data(built.changes("2016", "2021"))
    assert said["dropouts"][0]["last"]["date"] == "2016" and said["newcomers"][0]["sure"]


def test_data_frame(built: Graph) -> None:
    pytest.importorskip("pandas")
    frame = built.trends().to_pandas()
    assert list(frame.columns) == [
        "name", "id", "kind", "period", "documents", "perhaps", "of", "share",
    ]  # fmt: skip
    table = frame.pivot(index="id", columns="period", values="documents")
    assert table.shape == (6, 7) and table.sum().sum() == 11


def test_a_document_over_the_end_of_a_range() -> None:
    within = Range("2018-06-01", "2019-05-31")
    inside = Dated("d/a", "a", "a", "2018-07", "2018-07-01", "2018-07-31")
    over = Dated("d/b", "b", "b", "2018", "2018-01-01", "2018-12-31")
    assert within.holds(inside) and not within.holds(over)
    assert within.touches(inside) and within.touches(over)
    ends = periods.stretch([inside, over], "year", within)
    assert ends == (2018, 2018)
    place = periods.stay(over, "year", within, ends)
    assert place is not None and not place.sure


def test_writing_is_the_same_twice(built: Graph, tmp_path: Path) -> None:
    one, two = (built.write(tmp_path / name) for name in "ab")
    for name in ("trends.json", "formula_matrix.csv", "formulas.tsv"):
        assert (one / name).read_bytes() == (two / name).read_bytes()

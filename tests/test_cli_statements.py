"""Statistics, quotations and the timeline: their files, and what the commands print."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import kg
from kg import edtf
from kg.cli import cli
from kg.export import quotations, statistics, timeline

NEWS = """青林县召开全县防汛工作会议

青林日报2021年5月12日讯 5月11日，全县防汛工作会议召开。县长周文海主持会议。
会议强调，要压实各级责任。要在汛期前完成险库加固。
2020年，青林县水务局加固水库12座，完成投资3.6亿元，比上年增长8.5%。
截至2020年底，全县灌溉面积达到15.2万亩，超过1.4万人受益。
周文海在调研时强调，要弘扬“守堤精神”。
"""
LETTER = """致全县水务职工的信

青林县水务局局长孟秋实说：“守住堤坝，就是守住家园。”
在云南培训技术员不足25人。
"""
MANIFEST = """
[[document]]
path = "news.txt"
title = "青林县召开全县防汛工作会议"
issued = "2021-05-12"

[[document]]
path = "letter.txt"
title = "致全县水务职工的信"
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("statements")
    (folder / "news.txt").write_text(NEWS, "utf-8")
    (folder / "letter.txt").write_text(LETTER, "utf-8")
    (folder / "manifest.toml").write_text(MANIFEST, "utf-8")
    return folder


@pytest.fixture(scope="module")
def output(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kg.build(source).write(tmp_path_factory.mktemp("statements-out"))


def ask(output: Path, *args: str) -> Result:
    return CliRunner().invoke(cli, [*args, "-o", str(output)])


def data(output: Path, *args: str) -> list[dict[str, Any]]:
    result = ask(output, *args, "--json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_figure_is_a_row_with_its_quote(source: Path, output: Path) -> None:
    rows = table(output / "statistics.csv")
    assert tuple(rows[0]) == statistics.COLUMNS
    for row in rows:
        raw = (source / row["document"]).read_text("utf-8")
        assert raw[int(row["begin"]) : int(row["end"])] == row["quote"]
        assert row["value"] or row["min"] or row["max"]
        assert row["when"] == "" or edtf.valid(row["when"])
    by_number = {row["number"]: row for row in rows}
    area = by_number["15.2"]
    assert (area["unit"], area["value"], area["what"]) == ("万亩", "152000", "灌溉面积")
    assert area["when"] == "../2020-12-31"
    many = by_number["超过1.4"]
    assert (many["min"], many["max"], many["approximate"]) == ("14000", "", "true")
    few = by_number["不足25"]
    assert (few["min"], few["max"], few["place"]) == ("", "25", "云南省")


def test_a_change_tells_its_direction_and_base(output: Path) -> None:
    (row,) = [row for row in table(output / "statistics.csv") if row["number"] == "8.5"]
    assert (row["change"], row["against"], row["base"]) == ("up", "比上年", "2019")
    assert (row["what"], row["when"]) == ("投资", "2020")


def test_figures_of_a_body(output: Path) -> None:
    found = data(output, "statistics", "--about", "青林县水务局")
    assert {row["number"] for row in found} == {"12", "3.6", "8.5"}
    assert all(row["who"] == ["青林县水务局"] for row in found)
    said = ask(output, "statistics", "--about", "青林县水务局").stdout
    assert "水库: 12座 (青林县水务局, 2020)" in said and "3 figures" in said


def test_quotations_are_rows_with_speaker_occasion_and_date(source: Path, output: Path) -> None:
    rows = table(output / "quotations.csv")
    assert tuple(rows[0]) == quotations.COLUMNS
    for row in rows:
        raw = (source / row["document"]).read_text("utf-8")
        assert raw[int(row["begin"]) : int(row["end"])] == row["quote"]
    told = {row["text"]: row for row in rows}
    meeting = told["要压实各级责任"]
    assert (meeting["speaker"], meeting["verb"], meeting["inferred"]) == (
        "全县防汛工作会议", "强调", ""
    )  # fmt: skip
    assert meeting["date"] == "2021-05-11", "the date of the meeting"
    more = told["要在汛期前完成险库加固"]
    assert (more["speaker"], more["inferred"]) == ("全县防汛工作会议", "true")
    assert told["要弘扬“守堤精神”"]["occasion"] == "在调研时"
    assert told["守住堤坝，就是守住家园。"]["verb"] == "说"


def test_quotes_by_speaker_and_topic(output: Path) -> None:
    found = data(output, "quotes", "--speaker", "周文海")
    assert [row["text"] for row in found] == ["要弘扬“守堤精神”"]
    found = data(output, "quotes", "--about", "守堤精神")
    assert [row["speaker"] for row in found] == [["周文海"]]
    said = ask(output, "quotes", "--speaker", "孟秋实").stdout
    assert "孟秋实 说: 守住堤坝，就是守住家园。" in said and said.endswith("1 quotation\n")


def test_quotes_of_nobody_name_those_who_are_quoted(output: Path) -> None:
    said = ask(output, "quotes", "--speaker", "青林县水务局").stdout
    assert said.startswith("0 quotations; quoted are ") and "周文海 (1)" in said
    assert ask(output, "quotes", "--about", "青林县水务局").stdout == "0 quotations\n"


def test_the_timeline_is_in_the_order_of_its_dates(source: Path, output: Path) -> None:
    found = json.loads((output / "timeline.json").read_text("utf-8"))
    items = found["items"]
    assert found["format"] == timeline.FORMAT
    assert sum(found["kinds"].values()) == len(items)
    assert set(found["kinds"]) <= set(timeline.KINDS)
    starts = [item["from"] or item["until"] for item in items]
    assert starts == sorted(starts) and all(starts)
    for item in items:
        assert edtf.bounds(item["date"]) == (item["from"], item["until"])
        for place in item["evidence"]:
            raw = (source / place["document"]).read_text("utf-8")
            assert raw[place["begin"] : place["end"]] == place["quote"]
    kinds = {(item["kind"], item["what"], item["date"]) for item in items}
    assert ("document", "issued", "2021-05-12") in kinds
    assert ("event", "held", "2021-05-11") in kinds
    assert ("quotation", "said", "2021-05-11") in kinds
    assert ("statistic", "observed", "2020") in kinds
    documents = [item for item in items if item["kind"] == "document"]
    assert [item["source"] for item in documents] == ["manifest"]


def test_a_stretch_and_a_kind_of_the_timeline(output: Path) -> None:
    found = data(output, "timeline", "--since", "2021-05", "--until", "2021-05-11")
    assert {item["date"] for item in found} == {"2021-05-11"}
    found = data(output, "timeline", "--kind", "document", "--kind", "event")
    assert {item["kind"] for item in found} == {"document", "event"}
    assert "2021-05-12\tdocument issued\t" in ask(output, "timeline").stdout


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        (("timeline", "--since", "gestern"), 2, "not a date"),
        (("timeline", "--since", "2022", "--until", "2021"), 2, "later than"),
        (("timeline", "--kind", "meeting"), 2, "meeting"),
        (("statistics", "--about", "无名机构"), 1, "nothing is called"),
        (("statistics", "--about", "水务局"), 1, "names with it are 青林县水务局"),
        (("quotes", "--speaker", "无名氏"), 1, "nothing is called"),
    ],
)
def test_what_people_type_wrongly(
    args: tuple[str, ...], status: int, message: str, output: Path
) -> None:
    result = ask(output, *args)
    assert result.exit_code == status
    assert message in result.output


def test_what_is_open_at_its_beginning_stands_at_its_end(output: Path) -> None:
    assert ask(output, "timeline", "--until", "1900").stdout == "0 items\n"
    found = data(output, "timeline", "--since", "2020-12-31", "--until", "2020-12-31")
    assert "../2020-12-31" in {item["date"] for item in found}


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("失业率控制在5.5%以内。", "≤5.5%"),
        ("贫困发生率降到百分之四以下。", "≤百分之四"),
        ("企业有百人以上。", "≥百人"),
        ("旅客超过1.4万人次。", "超过1.4万人次"),
        ("旅客约3万人次。", "约3万人次"),
        ("旅客3万人次左右。", "≈3万人次"),
        ("旅客90多人次。", "90多人次"),
        ("产量比上年增长3%。", "3% [up 比上年]"),
    ],
)
def test_the_wording_of_a_figure_shows_its_bounds(text: str, wording: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (figure,) = statistics.figures(kg.build(tmp_path).networkx)
    assert figure.wording == wording


def test_a_date_of_a_sentence_before_is_marked(tmp_path: Path) -> None:
    text = "2019年，全县产值20亿元。粮食产量8万吨。"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    graph = kg.build(tmp_path).networkx
    found = {one.number: (one.when, one.inferred) for one in statistics.figures(graph)}
    assert found == {"20": ("2019", False), "8": ("2019", True)}
    marked = {one.label: one.inferred for one in timeline.items(graph)}
    assert marked == {"产值 20亿元": False, "粮食产量 8万吨": True}


def test_an_empty_graph_has_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_text("山青水绿。", "utf-8")
    output = kg.build(tmp_path / "sources").write(tmp_path / "out")
    assert table(output / "statistics.csv") == [] == table(output / "quotations.csv")
    assert json.loads((output / "timeline.json").read_text("utf-8"))["items"] == []

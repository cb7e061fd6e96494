"""The commands formulas and trends: what they print, and what people type wrongly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from click.testing import CliRunner, Result
from registry_corpus import write

import kg
from kg.cli import cli
from kg.graph import assemble
from kg.model import Entity
from kg.settings import Settings

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kg.build(write(tmp_path_factory.mktemp("dated"))).write(tmp_path_factory.mktemp("out"))


def ask(output: Path, *args: str) -> Result:
    return CliRunner().invoke(cli, [*args, "-o", str(output)])


def said(output: Path, *args: str) -> str:
    result = ask(output, *args)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_summary_of_a_build(kg_run: Run, tmp_path: Path) -> None:
    result = kg_run("build", write(tmp_path / "dated"), "-o", "out")
    assert result.returncode == 0
    assert "Formulas 提法: 2 complete, 1 conflicting, 1 partial, 1 unlisted" in result.stdout
    assert "the list changed: 2015-03-05 in a-2015.txt; then" in result.stdout
    assert "no text lists all 3; 2 named in h-2021.txt" in result.stdout
    assert "named without a list 未列举: 五条红线 5" in result.stdout
    summary = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))
    rows = {row["name"]: row for row in summary["formulas"]}
    changed = rows["四个统筹"]
    assert [(v["from"], v["until"]) for v in changed["versions"]] == [
        ("2015-03-05", "2015-03-05"), ("2018-06-01", "2021-05-02"),
    ]  # fmt: skip
    assert changed["why"].startswith("the list changed") and changed["status"] == "conflicting"
    assert (rows["三个严禁"]["announced"], rows["三个严禁"]["documents"]) == (3, 3)
    assert rows["两个守护"]["first"]["document"] == "d-2019.txt"


def test_list_of_formulas(output: Path) -> None:
    lines = said(output, "formulas").splitlines()
    assert lines[0].split() == [
        "name", "announced", "found", "status", "documents", "first", "seen", "last", "seen",
    ]  # fmt: skip
    assert len(lines) == 7
    assert lines[1].split() == ["三个严禁", "3", "3", "complete", "3", "2015-03-05?", "2016?"]
    assert lines[5].split() == ["五条红线", "5", "0", "unlisted", "1", "undated", "undated"]
    assert lines[6].split() == ["治水精神", "3", "spirit", "2", "2019-03-28", "2021-05-02"]
    some = said(output, "formulas", "--status", "partial", "--status", "unlisted").splitlines()
    assert [line.split()[0] for line in some[1:]] == ["三条底线", "五条红线"]


def test_one_formula(output: Path) -> None:
    text = said(output, "formulas", "四个统筹")
    assert "first seen 2015-03-05 in a-2015.txt; last seen 2021-05-02 in f-2021.txt" in text
    assert "3. 统筹水上水下\n       “统筹水上水下” c-2018.txt:28-34\n" in text
    old, new = (text.index(f"  {words}: 统筹上游下游") for words in (
        "2015-03-05", "2018-06-01 to 2021-05-02 (in force)"
    ))  # fmt: skip
    assert old < new < text.index("  +统筹水上水下 −统筹地上地下\n       2018-06  c-2018.txt")
    assert "2016  b-2016.txt  1 time\n" in text
    assert "·. 安全底线" in said(output, "formulas", "“三条底线”")
    assert "1. 求实" in said(output, "formulas", "治水精神")
    assert "in no dated document" in said(output, "formulas", "五条红线")


def test_formulas_as_data(output: Path) -> None:
    (one,) = json.loads(said(output, "formulas", "四个统筹", "--json"))
    assert [v["until"] for v in one["versions"]] == ["2015-03-05", "2021-05-02"]
    assert [m["name"] for m in one["list"]["members"]][2] == "统筹水上水下"
    place = one["list"]["members"][2]["evidence"][0]
    assert (place["document"], place["begin"], place["quote"]) == ("c-2018.txt", 28, "统筹水上水下")
    everything = json.loads(said(output, "formulas", "--json"))
    assert len(everything) == 6 and everything[5]["kind"] == "Spirit"
    assert everything[0]["documents"][2] == {"document": "g-undated.txt", "date": "", "mentions": 1}


def test_inferred_members_are_marked(tmp_path: Path) -> None:
    texts = (("a.txt", "", "牢记“四个坚持”。"), ("b.txt", "", (
        "主要有：\n——坚持划片承包。逐级落实。\n——坚持按时巡护。逐级落实。\n——坚持挂牌管理。逐级落实。\n"
        "——坚持联防联动。逐级落实。")))  # fmt: skip
    out = kg.build(write(tmp_path / "two", texts)).write(tmp_path / "out")
    assert "1. 坚持划片承包 [inferred: same-head-in-corpus]" in said(out, "formulas", "四个坚持")
    assert said(out, "formulas").splitlines()[1].split()[2] == "4*"


def test_trends(output: Path) -> None:
    lines = said(output, "trends").splitlines()
    assert lines[0] == "2015 to 2021: 6 documents dated within one year, 1 undated"
    assert "window over more than one year" in lines[1]
    assert lines[2] == "三个严禁  ██·  ·   2 documents, 1 undated  2015-03-05? to 2016?"
    assert lines[4].startswith("两个守护    · █?▄  3 documents")
    one = said(output, "trends", "两个守护", "--since", "2019").splitlines()
    assert one[2].startswith("两个守护: 3 documents; first 2019-03-28 in d-2019.txt, last 2021")
    assert one[3].split() == ["2019", "100%", "1", "+1?", "of", "1", "+1?", "█" * 20]
    assert one[4].split() == ["2020", "–", "0", "+1?", "of", "0", "+1?"]
    data = json.loads(said(output, "trends", "--by", "month", "--until", "2016", "--json"))
    assert (data["by"], data["periods"][0]["name"], len(data["periods"])) == (
        "month",
        "2015-03",
        22,
    )


def test_between(output: Path) -> None:
    text = said(output, "trends", "--between", "2016", "2020-06")
    assert text.splitlines()[0] == "2 documents up to 2016, 2 from 2020-06 on"
    assert "Newcomers 新增 (2):\n  两个守护  2019-03-28 to 2021-11-20\n" in text
    assert "三个严禁  2015-03-05 to 2016  perhaps" in text
    data = json.loads(said(output, "trends", "--between", "2016", "2020-06", "--json"))
    assert [c["name"] for c in data["newcomers"]] == ["两个守护", "治水精神"]
    none = said(output, "trends", "--between", "2010", "2012")
    assert "Newcomers 新增: no document up to 2010, so nothing can be told" in none


@pytest.mark.parametrize(
    ("args", "status", "part"),
    [
        (("formulas", "查无此名"), 1, "查无此名"),
        (("formulas", "求实"), 1, "is a Concept, neither formula nor spirit"),
        (("formulas", "四个统筹", "--status", "partial"), 2, "--status"),
        (("formulas", "--status", "good"), 2, "'good'"),
        (("trends", "查无此名"), 1, "查无此名"),
        (("trends", "--since", "2018-13"), 2, "2018-13"),
        (("trends", "--since", "2020", "--until", "2018"), 2, "2020 is later than 2018"),
        (("trends", "--by", "decade"), 2, "decade"),
        (("trends", "--kind", "Formule"), 2, "Formule"),
        (("trends", "--between", "2020", "2018"), 2, "give the earlier date first"),
        (("trends", "--between", "2016", "2018", "--since", "2016"), 2, "--between"),
    ],
)
def test_wrong_use(args: tuple[str, ...], status: int, part: str, output: Path) -> None:
    result = ask(output, *args)
    assert result.exit_code == status, result.output
    assert part in result.stderr and "Traceback" not in result.output


def test_a_graph_without_formulas_or_dates(tmp_path: Path) -> None:
    for name, nodes in (
        ("nothing", []),
        ("undated", [Entity("d/1", "Document", "x", attributes={"path": "x.txt"})]),
    ):
        out = kg.Graph(assemble(nodes, []), Settings()).write(tmp_path / name)
        assert said(out, "formulas") == "no formulas\n"
        assert said(out, "formulas", "--json") == "[]\n"
        assert said(out, "trends").startswith("no document of this time is dated")
        assert "no document up to 2018" in said(out, "trends", "--between", "2018", "2020")
    result = ask(tmp_path / "nowhere", "formulas")
    assert result.exit_code == 2 and "kg build" in result.stderr

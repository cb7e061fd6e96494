"""What a reader chooses to see, in a real browser: filters, communities, bookmarks, years."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from browser.page_checks import chromium, visit
from sample_graph import sample

from kg.export.html import render
from kg.graph import assemble
from kg.model import Entity, Evidence, Relation, Scalar
from kg.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

YEARS = (2015, 2016, 2016, 2019, 2019, 2019)  # of the documents of `decade`


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("choices") / "graph.html", sample())


def write(path: Path, graph: nx.MultiDiGraph) -> Path:
    path.write_text(render(graph, Settings()), "utf-8")
    return path


def decade() -> nx.MultiDiGraph:
    """Six documents of three years; one formula in four of them, one in the last alone.

    The first lists the members of 三个到位 (three things in place) without its name; the
    second names it. The last document is of a window of two years.
    """
    members = ("责任到位", "措施到位", "资金到位")
    text = "坚持责任到位、措施到位、资金到位。要做到三个到位，守住两条红线。"
    entities: list[Entity] = []
    relations: list[Relation] = []
    named = [at for at in range(len(YEARS)) if at in (1, 2, 4, 5)]

    def quote(at: int, words: str) -> Evidence:
        begin = text.index(words)
        return Evidence(f"d/{at}", begin, begin + len(words), words)

    for at, year in enumerate(YEARS):
        given: dict[str, Scalar] = {
            "path": f"{at}.txt", "text": text, "creator": f"作者{at}", "issued": f"{year}-0{at + 1}"
        }  # fmt: skip
        if at == 5:
            given["issued"] = "2019-06/2020-02"
        entities.append(Entity(f"d/{at}", "Document", f"第{at}期", attributes=given))
    places = tuple(quote(at, "三个到位") for at in named)
    given = {"number": 3, "status": "complete"}
    entities.append(Entity("e/formula", "Formula", "三个到位", (), given, places))
    given = {"number": 2, "status": "unlisted"}
    line = Entity("e/line", "Formula", "两条红线", (), given, (quote(4, "两条红线"),))
    entities.append(line)
    for position, member in enumerate(members, 1):
        entities.append(Entity(f"e/{position}", "Principle", member, mentions=(quote(0, member),)))
        relations.append(
            Relation("e/formula", "hasMember", f"e/{position}", (quote(0, member),),
                     "same-head-in-corpus", {"position": position}, True)
        )  # fmt: skip
    return assemble(entities, relations)


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("years") / "graph.html", decade())


# ---- what is stated outright, and by how many quotes


def test_inferred_facts_can_be_left_out(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.open("周文海")
        found.counts("#panel .relation:has-text('任职') .rows > li", 2)
        found.page.click("#sure summary")
        found.page.check("#stated")
        found.counts("#panel .relation:has-text('任职') .rows > li", 1)
        found.says("#panel", "按左栏“依据”的设定，略去 1 条")
        found.says("#sure-said", "略去")
        found.at("stated=1")
        found.reload()
        found.until("() => document.getElementById('stated').checked")
        found.says("#panel", "略去 1 条")
        found.page.click("#sure summary")
        found.page.uncheck("#stated")
        found.counts("#panel .relation:has-text('任职') .rows > li", 2)
        found.clean()


def test_relations_with_few_quotes_can_be_left_out(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.open("三个统筹")
        found.counts("#panel .members >> nth=0 >> li", 3)
        found.page.click("#sure summary")
        found.page.locator("#least").fill("2")
        found.counts("#panel .members >> nth=0 >> li", 2)
        found.says("#least-said", "2")
        found.at("least=2")
        found.clean()


def test_inferred_lists_leave_the_matrix_with_what_is_inferred(
    browser: Browser, years: Path
) -> None:
    with visit(browser, years, "#tab=matrix") as found:
        found.counts(".matrix .spot.unnamed", 1)
        found.page.click("#sure summary")
        found.page.check("#stated")
        found.counts(".matrix .spot.unnamed", 0)
        found.clean()


# ---- addresses


def test_an_address_holds_every_choice(browser: Browser, page: Path) -> None:
    address = "#tab=list&depth=2&by=group&size=degree&hide=Person%2CTime&least=2&from=2021-03-06"
    with visit(browser, page, address) as found:
        found.shows("#view-list")
        found.has("[data-depth='2']", "aria-pressed", "true")
        found.has("[data-by=group]", "aria-pressed", "true")
        found.has("[data-size=degree]", "aria-pressed", "true")
        found.until("() => document.getElementById('least').value === '2'")
        found.hides("#view-list .thing-name:text-is('周文海')")
        found.page.click("[data-by=kind]")
        found.has("[data-name=Person]", "aria-pressed", "false")
        found.says("#time-said", "2021-03-06")
        found.at("hide=Person%2CTime")
        found.clean()


def test_nonsense_in_an_address_does_no_harm(browser: Browser, page: Path) -> None:
    address = "#tab=x&depth=99&by=%3Cb%3E&size=&hide=Nothing,__proto__&apart=-1,a&least=1e9&from=x"
    with visit(browser, page, address) as found:
        found.shows("#canvas")
        found.has("[data-depth='3']", "aria-pressed", "true")
        found.clean()


# ---- communities


def test_communities_are_named_and_can_be_hidden(browser: Browser, page: Path) -> None:
    with visit(browser, page, "#tab=list") as found:
        found.shows("#view-list tbody tr >> nth=0")
        before = found.all("#view-list tbody tr").count()
        found.page.click("[data-by=group]")
        found.shows("#legend .goto >> nth=0")
        first = found.texts("#legend .switch-name")[0]
        found.page.click("#legend .switch >> nth=0")
        found.has("#legend .switch >> nth=0", "aria-pressed", "false")
        found.until("n => document.querySelectorAll('#view-list tbody tr').length < n", before)
        found.at("apart=")
        found.page.click("#legend h2 >> text=全部显示")
        found.counts("#view-list tbody tr", before)
        found.page.click("#legend .goto >> nth=0")
        found.shows("#map")
        assert first
        found.clean()


# ---- bookmarks


def test_bookmarks_keep_a_view_and_travel_as_a_file(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.open("三个统筹")
        found.page.click("#panel .entry-tools >> text=从图上移去")
        found.open("周文海")
        found.page.click("[data-depth='2']")
        found.page.click("#bookmarks-opener")
        found.page.fill("#bookmark-name", "局长一步")
        found.page.click("#bookmark-add")
        found.lists("#bookmark-rows .bookmark", ["局长一步"])
        with found.page.expect_download() as download:
            found.page.click("#bookmark-save")
        file = Path(download.value.path())
        kept = json.loads(file.read_text("utf-8"))
        assert kept["format"] == "kg-bookmarks"
        assert "depth=2" in kept["bookmarks"][0]["address"]
        found.page.keyboard.press("Escape")
        found.page.click("#reset")
        found.at("")
        found.page.click("#bookmarks-opener")
        found.page.click(".bookmark")
        found.reads("#panel h2", "周文海")
        found.has("[data-depth='2']", "aria-pressed", "true")
        found.page.click("#tab-list")
        found.hides("#view-list tr:has(td:text-is('提法')) .thing-name:text-is('三个统筹')")
        found.reload()
        found.page.click("#bookmarks-opener")
        found.lists("#bookmark-rows .bookmark", ["局长一步"])
        found.page.click("#bookmark-rows .quiet")
        found.counts(".bookmark", 0)
        found.page.set_input_files("#bookmark-file", {
            "name": "b.json", "mimeType": "application/json", "buffer": file.read_bytes()
        })  # fmt: skip
        found.lists("#bookmark-rows .bookmark", ["局长一步"])
        found.clean()


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "[]",
        '{"format": "kg-bookmarks", "bookmarks": 3}',
        '{"format": "other", "bookmarks": []}',
    ],
)
def test_other_files_are_no_bookmarks(browser: Browser, page: Path, text: str) -> None:
    with visit(browser, page) as found:
        found.page.set_input_files("#bookmark-file", {
            "name": "b.json", "mimeType": "application/json", "buffer": text.encode()
        })  # fmt: skip
        found.says("#notice", "没有书签")
        found.clean()


def test_hostile_bookmarks_are_only_shown(browser: Browser, page: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    rows = [
        {"name": hostile, "address": "#node=%3Cscript%3E&tab=map", "drawn": [["x", 1, 2]]},
        {"name": "far", "address": "javascript:alert(2)", "drawn": []},
        {"name": "odd", "address": "#", "drawn": [["d/1", "a", None]]},
    ]
    text = json.dumps({"format": "kg-bookmarks", "version": 1, "bookmarks": rows})
    with visit(browser, page) as found:
        found.page.set_input_files("#bookmark-file", {
            "name": "b.json", "mimeType": "application/json", "buffer": text.encode()
        })  # fmt: skip
        found.page.click("#bookmarks-opener")
        found.lists("#bookmark-rows .bookmark", [hostile])
        found.page.click(".bookmark")
        found.shows("#map")
        found.counts("img", 0)
        found.clean()


# ---- years


def test_matrix_by_document_marks_the_first_appearance(browser: Browser, years: Path) -> None:
    with visit(browser, years, "#tab=matrix") as found:
        row = ".matrix tbody tr:has-text('三个到位')"
        found.counts(f"{row} .cell", 5)
        found.counts(f"{row} .cell.first", 1)
        label = found.all(f"{row} .cell.first").get_attribute("aria-label") or ""
        assert "第1期" in label and "首见" in label
        found.reads(f"{row} .life-years", "2016–2020")
        found.says(".view-bar", "列出成员而未提名称")
        found.clean()


def test_matrix_by_year_counts_documents_of_one_year(browser: Browser, years: Path) -> None:
    with visit(browser, years, "#tab=matrix") as found:
        found.page.click("[data-columns=years]")
        found.at("columns=years")
        found.lists(".matrix .year", ["20151", "20162", "20192"])
        row = ".matrix tbody tr:has-text('三个到位')"
        found.lists(f"{row} .cell", ["2", "1"])  # the document of two years is of neither
        found.page.click(f"{row} .cell >> nth=1")
        found.says("#panel .source.lit", "第4期")
        found.page.click("[data-columns=documents]")
        found.counts(f"{row} .cell", 5)
        found.clean()


def test_an_entry_tells_who_said_it_and_when(browser: Browser, years: Path) -> None:
    with visit(browser, years) as found:
        found.open("三个到位")
        found.says("#panel .gloss", "首见", "第1期", "作者1")
        lived = "#panel .part:has(h3:has-text('历次出现'))"
        found.says(lived, "作者0", "作者5")
        found.counts(f"{lived} .rows > li", 5)
        found.has(f"{lived} .bars", "aria-label", re_label("2016 年：2 份文献中有 2 份"))
        found.clean()


def re_label(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text))


def test_first_is_doubted_where_a_date_is_a_window(browser: Browser, tmp_path: Path) -> None:
    graph = decade()
    graph.nodes["d/1"]["attributes"]["issued"] = "2016/2017"
    with visit(browser, write(tmp_path / "graph.html", graph)) as found:
        found.open("三个到位")
        found.says("#panel .gloss", "最早可能见于")
        found.clean()


def test_the_start_panel_answers_in_one_click(browser: Browser, years: Path) -> None:
    with visit(browser, years) as found:
        found.lists(".formulas tbody .date", ["2016-02", "2019-05"])
        found.lists(".formulas tbody .figure", ["4", "1"])
        found.page.click(".formulas .thing >> nth=0")
        found.reads("#panel h2", "三个到位")
        found.lists("#panel .members .thing-name", ["责任到位", "措施到位", "资金到位"])
        found.clean()


# ---- reasons, sounds, keys


def test_reasons_are_told_in_both_languages(browser: Browser, years: Path) -> None:
    with visit(browser, years) as found:
        found.open("三个到位")
        found.says("#panel .why >> nth=0", "另一份文献里有一组并列")
        found.page.click("#language")
        found.says("#panel .why >> nth=0", "In another one a list fits the name")
        found.clean()


def test_names_are_found_by_their_whole_sound(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        assert found.search("sangetongchou")[0].startswith("三个统筹")
        assert found.search("tongchou jianshe")[0].startswith("统筹建设管护")
        assert found.search("ongchou") == [], "a sound is found from its beginning"
        found.clean()


def test_arrows_go_from_entry_to_entry(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.open("周文海")
        found.page.focus("#canvas")
        found.page.keyboard.press("ArrowRight")
        found.until("() => document.querySelector('#panel h2').textContent !== '周文海'")
        other = found.texts("#panel h2")[0]
        found.page.keyboard.press("ArrowLeft")
        found.until("name => document.querySelector('#panel h2').textContent !== name", other)
        found.clean()


def test_the_first_tab_stop_leads_to_the_list(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.page.keyboard.press("Tab")
        found.until("() => document.activeElement.id === 'skip'")
        found.page.keyboard.press("Enter")
        found.shows("#view-list")
        found.until("() => document.activeElement.id === 'view-list'")
        found.open("周文海")
        found.says("#said", "人物 周文海")
        found.clean()

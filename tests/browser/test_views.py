"""The views beside the graph in a real browser: reader, matrix, map, timeline, paths, time."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from browser.page_checks import INK, Visit, chromium, visit, words_in
from sample_graph import TEXTS, sample

from kg.export.html import render
from kg.graph import assemble, entities
from kg.model import Entity, Evidence, Relation, document_id
from kg.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

VIEWS = ("graph", "map", "matrix", "timeline", "reader", "list")
CELLS = """() => [...document.querySelectorAll('.matrix tbody tr')].map((row) => [
  row.querySelector('.thing-name').textContent,
  [...row.querySelectorAll('td:not(.figure):not(.life)')]
    .map((cell) => cell.querySelector('i')?.className || ''),
])"""
HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("views") / "graph.html", with_passages(sample()))


def write(path: Path, graph: nx.MultiDiGraph) -> Path:
    path.write_text(render(graph, Settings()), "utf-8")
    return path


def with_passages(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The graph, its documents cut at line ends; in the speech repair joined what they part."""
    for document in entities(graph, "Document"):
        text = str(document.attributes["text"])
        spans = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n]+", text)]
        rows: list[Any] = [["paragraph", list(span), -1, "zh"] for span in spans]
        if document.attributes["path"] == "speech.txt":
            rows = [["paragraph", [at for span in spans for at in span], -1, "zh"]]
        if document.attributes["path"] == "letter.txt":
            rows = [["title", [0, 7], -1, "zh"], ["heading", [7, 20], -1, "zh"]]
            rows += [["paragraph", [20, len(text)], -1, "zh"], ["paragraph", [0, 7], 0, "zh"]]
        graph.nodes[document.id]["attributes"]["passages"] = json.dumps(rows)
    return graph


def saved(found: Visit, item: str) -> bytes:
    """What an item of the export menu gives."""
    found.page.click("#save-opener")
    with found.page.expect_download() as download:
        found.page.click(item)
    return Path(download.value.path()).read_bytes()


def address(path: str, **more: str) -> str:
    return f"#tab=reader&doc={document_id(path).replace('/', '%2F')}" + "".join(
        f"&{key}={value}" for key, value in more.items()
    )


# ---- tabs


def test_tabs_by_click_by_key_and_by_address(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        for at, name in enumerate(VIEWS, 1):
            found.page.keyboard.press(str(at))
            found.shows(f"#view-{name}")
            found.hides(*(f"#view-{other}" for other in VIEWS if other != name))
            found.has(f"#tab-{name}", "aria-selected", "true")
        found.at("#tab=list")
        found.page.go_back()
        found.shows("#view-reader")
        found.page.click("#tab-matrix")
        found.page.keyboard.press("ArrowRight")
        found.shows("#view-timeline")
        found.until("() => document.activeElement.id === 'tab-timeline'")
        found.reload()
        found.shows("#view-timeline")
        found.clean()


@pytest.mark.parametrize("count", [0, 1])
def test_every_view_of_tiny_graphs(browser: Browser, tmp_path: Path, count: int) -> None:
    graph = assemble([Entity("e/a", "Person", "某人")][:count], [])
    with visit(browser, write(tmp_path / "graph.html", graph)) as found:
        for name in VIEWS[1:]:
            found.page.click(f"#tab-{name}")
            for key in ("+", "-", "0", "r", "n", "Escape"):
                found.page.keyboard.press(key)
        found.clean()


def test_every_view_fits_a_small_screen(browser: Browser, page: Path) -> None:
    with visit(browser, page, viewport={"width": 390, "height": 844}) as found:
        for name in VIEWS:
            found.page.click(f"#tab-{name}")
            found.shows(f"#view-{name}", "#open-find")
            found.until("() => document.documentElement.scrollWidth === 390")
        found.page.click("#tab-matrix")
        found.page.click("#view-matrix .cell >> nth=0")
        found.shows("#panel h2")
        found.page.click("#panel a.place >> nth=0")
        found.shows("#view-reader mark.quoted >> nth=0")
        found.hides("#panel")
        found.page.click("#reader-back")
        found.shows("#panel h2", "#view-matrix")
        found.clean()


def test_hostile_texts_in_every_view(browser: Browser, tmp_path: Path) -> None:
    text = f"{HOSTILE}\n第二段{HOSTILE}"
    quote = (Evidence("d/1", 0, len(HOSTILE), HOSTILE),)
    rows = [
        ["<b>", [0, len(HOSTILE)], -1, "<i>"],
        ["heading", [len(HOSTILE) + 1, len(text)], 0, "zh"],
    ]
    document = Entity(
        "d/1", "Document", HOSTILE,
        attributes={"path": HOSTILE, "text": text, "passages": json.dumps(rows), "issued": "2021"},
    )  # fmt: skip
    formula = Entity("e/1", "Formula", HOSTILE, attributes={"status": HOSTILE}, mentions=quote)
    event = Entity("e/2", "Event", HOSTILE, attributes={"edtf": "2020~"}, mentions=quote)
    bad = Entity("e/3", "Event", "无", attributes={"edtf": HOSTILE})
    relation = Relation("e/1", "related", "e/2", quote, rule=HOSTILE)
    graph = assemble([document, formula, event, bad], [relation])
    path = write(tmp_path / "graph.html", graph)
    with visit(browser, path) as found:
        for name in VIEWS[1:]:
            found.page.click(f"#tab-{name}")
            if name != "map":
                found.says(f"#view-{name}", HOSTILE[: 10 if name in ("matrix", "timeline") else 40])
        found.page.click("#tab-reader")
        found.page.keyboard.press("r")
        found.page.click(".named >> nth=0")
        found.counts("img, svg", 0)
        found.page.click("#tab-graph")
        assert HOSTILE.encode() not in saved(found, "#save-svg")
        found.clean()
    with visit(browser, path, f"#path=e%2F1&to=e%2F2&tab={HOSTILE}") as found:
        found.says("#panel h2", HOSTILE[:20])
        found.clean()


# ---- reader


def test_reader_opens_at_a_quote_and_leads_back(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.open("三个统筹")
        found.page.click("#panel .source a.place >> nth=1")
        found.reads("mark.quoted", "三个统筹")
        found.at("tab=reader")
        found.shows(".named.now >> nth=0")
        found.page.click(".named:has-text('治水精神')")
        found.reads("#panel h2", "治水精神")
        found.shows("#view-reader")
        found.page.keyboard.press("Escape")
        found.shows("#canvas")
        found.hides("#view-reader")
        found.clean()


def test_reader_shows_what_repair_did(browser: Browser, page: Path) -> None:
    begin = TEXTS["speech.txt"].index("节水是\n长远")
    with visit(browser, page, address("speech.txt", at=f"{begin}-{begin + 8}")) as found:
        found.shows("mark.quoted >> nth=0")
        assert "".join(found.texts("mark.quoted")) == "节水是长远之计"
        found.counts(".joint", 2)
        found.says(".text", "“节水是长远之计。”")
        found.page.keyboard.press("r")
        found.counts(".passage.line", 3)
        for at in range(3):
            found.has(f".passage.line >> nth={at}", "data-line", str(at + 1))
        found.page.keyboard.press("r")
        found.page.select_option("#reader-pick", label="2021-05-02  《letter》")
        found.counts(".outline button", 2)
        found.counts(".passage.repeat .first-of", 1)
        found.page.click(".first-of")
        found.until("() => document.activeElement.id === 'p-0'")
        assert saved(found, "#save-text").decode().startswith("2021年4月")
        found.clean()


def test_reader_counts_astral_characters_as_python_does(browser: Browser, tmp_path: Path) -> None:
    text = "𠮷𠮷村\u202e的秋粮丰收。"
    at = text.index("秋粮")
    document = Entity(
        "d/1", "Document", "村", attributes={"path": "a.txt", "text": text,
        "passages": json.dumps([["paragraph", [0, len(text)], -1, "zh"]])},
    )  # fmt: skip
    grain = Entity("e/1", "Concept", "秋粮", mentions=(Evidence("d/1", at, at + 2, "秋粮"),))
    with visit(browser, write(tmp_path / "graph.html", assemble([document, grain], []))) as found:
        found.page.click("#tab-reader")
        found.lists(".passage.paragraph .named", ["秋粮"])
        found.page.keyboard.press("r")
        found.lists(".passage.line .named", ["秋粮"])
        assert "\u202e" not in found.texts(".text")[0]
        found.clean()


def test_reader_finds_its_place_in_a_long_text(browser: Browser, tmp_path: Path) -> None:
    parts = [f"第{at}段：" + "各县要抓好节水工作，" * (at % 40 + 3) + "\n" for at in range(500)]
    text, rows, begin = "".join(parts), [], 0
    for part in parts:
        rows.append(["paragraph", [begin, begin + len(part) - 1], -1, "zh"])
        begin += len(part)
    attributes = {"path": "a.txt", "text": text, "passages": json.dumps(rows)}
    document = Entity("d/1", "Document", "长文", attributes=attributes)
    at = text.index("第377段")
    path = write(tmp_path / "graph.html", assemble([document], []))
    with visit(browser, path, f"#tab=reader&doc=d%2F1&at={at}-{at + 5}") as found:
        found.until(
            "() => { const box = document.querySelector('mark.quoted').getBoundingClientRect();"
            " return box.top > 100 && box.top < 700; }"
        )
        found.clean()


def test_reader_goes_on_from_the_quote_and_a_span_of_dates_is_seen(
    browser: Browser, tmp_path: Path
) -> None:
    """Who opens the second of three places is at the second; a window is not shown as a day."""
    text = "落实三个统筹。抓好三个统筹。再提三个统筹。"
    begins = [match.start() for match in re.finditer("三个统筹", text)]
    document = Entity(
        "d/1", "Document", "讲话", attributes={"path": "a.txt", "text": text,
        "issued": "2022-05/2022-10",
        "passages": json.dumps([["paragraph", [0, len(text)], -1, "zh"]])},
    )  # fmt: skip
    spots = tuple(Evidence("d/1", begin, begin + 4, "三个统筹") for begin in begins)
    formula = Entity("e/1", "Formula", "三个统筹", attributes={"number": 3}, mentions=spots)
    path = write(tmp_path / "graph.html", assemble([document, formula], []))
    with visit(browser, path, locale="en-US") as found:
        found.says("#panel", "1 document · 2 entries · 0 relations")
        found.reads(".formulas td.date", "2022-05–")
        found.has(".formulas td.date", "title", "2022-05 – 2022-10")
        found.open("三个统筹")
        found.page.click(f"#panel a.place[href*='at={begins[1]}-']")
        found.reads("#reader-places .group-name", "2 / 3")
        found.page.keyboard.press("n")
        found.reads("#reader-places .group-name", "3 / 3")
        found.page.click("#tab-matrix")
        found.reads(".matrix thead .document .date", "2022-05–")
        found.clean()


def test_reader_says_when_the_text_is_not_at_hand(browser: Browser, tmp_path: Path) -> None:
    graph = sample()
    for document in entities(graph, "Document"):
        del graph.nodes[document.id]["attributes"]["text"]
    with visit(browser, write(tmp_path / "graph.html", graph)) as found:
        found.page.click("#tab-reader")
        found.says("#view-reader", "没有收入")
        found.clean()


# ---- matrix


def test_matrix_tells_listed_from_named(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.page.click("#tab-matrix")
        found.shows(".matrix tbody tr >> nth=0")
        spots = {
            name: [form.replace("spot ", "") for form in forms] for name, forms in found.js(CELLS)
        }
        assert spots == {"三个统筹": ["only", "listed", "listed"], "三条底线": ["partly", "", ""]}
        found.hides(".cell-figure >> nth=0")
        found.page.hover(".cell >> nth=0")
        found.shows(".cell-figure >> nth=0")
        found.reads(".cell-figure >> nth=0", "1")
        found.page.click(".cell >> nth=1")
        found.reads("#panel h2", "三个统筹")
        found.says("#panel .source.lit", "临江市水利工作会议")
        found.page.click("[data-sort=status]")
        found.at("sort=status")
        table = list(csv.reader(io.StringIO(saved(found, "#save-matrix").decode("utf-8-sig"))))
        assert table[0][:5] == ["id", "name", "number", "status", "places"]
        assert sorted(row[5:] for row in table[1:]) == [["○ 1", "● 1", "● 1"], ["◐ 1", "", ""]]
        assert len(re.findall(rb"/Type\s*/Page\b", found.page.pdf(format="A4"))) == 1
        found.clean()


# ---- map


def test_map_is_drawn_and_leads_into_the_graph(browser: Browser, page: Path) -> None:
    inked = INK.replace("#canvas canvas", "#map").replace("data[at] > 0", "data[at - 1] < 245")
    with visit(browser, page) as found:
        found.page.click("#tab-map")
        found.until(f"() => ({inked})() > 0.01")
        found.until("() => window.kgMapPlace('周文海').labels >= 5")
        found.page.keyboard.press("+")
        found.page.keyboard.press("0")
        place = found.js("window.kgMapPlace('周文海')")
        found.page.mouse.move(place["x"] - 90, place["y"] + 3)
        found.page.mouse.wheel(0, -200)
        found.until("x => window.kgMapPlace('周文海').x !== x", place["x"])
        place = found.js("window.kgMapPlace('周文海')")
        found.page.mouse.down()
        found.page.mouse.move(place["x"] - 60, place["y"] + 40, steps=4)
        found.page.mouse.up()
        found.until("x => window.kgMapPlace('周文海').x !== x", place["x"])
        place = found.js("window.kgMapPlace('周文海')")
        found.page.mouse.click(place["x"], place["y"])
        found.reads("#panel h2", "周文海")
        found.shows("#canvas")
        found.hides("#view-map")
        found.until("() => location.hash === window.kgAddress('周文海')")
        found.page.click("#tab-map")
        assert saved(found, "#save-map").startswith(b"\x89PNG")
        found.clean()


# ---- timeline


def test_timeline_shows_dates_as_they_are_known(browser: Browser, tmp_path: Path) -> None:
    graph = with_passages(sample())
    graph.add_node("e/about", **node("Event", "约会", edtf="2020-05~"))
    graph.add_node("e/open", **node("Event", "开放期", edtf="2020-06/.."))
    path = write(tmp_path / "graph.html", graph)
    with visit(browser, path) as found:
        found.page.click("#tab-timeline")
        found.says(".time-item.about", "约会")
        found.says(".time-item.open", "开放期")
        found.says(".undated", "无日期座谈会")
        lanes = ["文献", "会议事件", "信函", "任职", "统计数字", "引语"]
        found.counts(".time-lane h3", len(lanes))
        assert words_in(found.all(".time-lane h3")) == lanes
        found.page.click("[data-level=timeMonths]")
        found.shows(".tick:text-matches('-') >> nth=0")
        found.page.click("[data-level=timeAll]")
        found.page.click(".time-item:has-text('临江市水利工作会议') >> nth=-1")
        found.says("#panel h2", "临江市水利工作会议")
        found.page.click("#legend .switch[data-name=Event]")
        found.counts(".time-lane", 5)
        table = list(csv.DictReader(io.StringIO(saved(found, "#save-times").decode("utf-8-sig"))))
        rows = {(row["name"], row["from"], row["until"], row["approximate"]) for row in table}
        assert ("约会", "2020-05-01", "2020-05-31", "true") in rows
        assert ("开放期", "2020-06-01", "", "false") in rows
        found.clean()


def node(kind: str, name: str, **attributes: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"aliases": (), "mentions": (), "naming": None}
    return {"kind": kind, "name": name, "attributes": attributes, **empty}


# ---- paths, time, pictures


def test_timeline_has_room_for_the_last_names(browser: Browser, tmp_path: Path) -> None:
    graph = with_passages(sample())
    graph.add_node(
        "e/early", **node("Event", "最早一次流域综合治理与保护推进会", edtf="2001-01-01")
    )
    graph.add_node("e/late", **node("Event", "最后一次流域综合治理与保护推进会", edtf="2024-12-31"))
    with visit(browser, write(tmp_path / "graph.html", graph)) as found:
        found.page.click("#tab-timeline")
        found.shows(".time-item:has-text('最后一次')")
        found.until(
            "() => { const item = [...document.querySelectorAll('.time-item')]"
            ".find((one) => one.textContent.includes('最后一次'));"
            " const edge = document.getElementById('view-timeline').getBoundingClientRect().right;"
            " return item.getBoundingClientRect().right <= edge; }"
        )
        found.clean()


def test_path_between_two_things_with_its_evidence(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.open("李小荷")
        found.page.click("#panel >> text=找路径")
        found.says("#notice", "李小荷")
        found.open("河湖手册")
        found.says("#panel", "李小荷", "河湖手册")
        found.at("#path=")
        found.reload()
        found.reads("#panel h2", "李小荷 → 河湖手册")
        found.open("周文海")
        found.page.click("#panel >> text=找路径")
        found.open("望山县")
        found.counts(".path-step", 3)
        assert found.all(".path-step blockquote").count() >= 3
        found.page.click("#panel .entry-tools >> text=对调")
        found.reads("#panel h2", "望山县 → 周文海")
        found.page.keyboard.press("Escape")  # empties the search
        found.page.keyboard.press("Escape")
        found.page.keyboard.press("Escape")
        found.at("")
        found.clean()


def test_time_slider_draws_what_the_time_speaks_of(browser: Browser, page: Path) -> None:
    name = "#view-list .thing-name:text-is('{}') >> nth=0".format
    with visit(browser, page) as found:
        found.page.click("#time-opener")
        found.page.locator("#time-from").fill("2")
        found.says("#time-said", "2021-05-02")
        found.page.click("#tab-list")
        found.shows(name("治水奖章"), name("三个统筹"))
        found.hides(name("清流战略"), name("周文海"))
        found.page.click("#tab-graph")
        found.page.click("#time-opener")
        found.page.click("#tab-list")
        found.shows(name("清流战略"))
        found.clean()


def test_svg_holds_the_picture(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.open("三个统筹")
        found.reads("#panel h2", "三个统筹")
        root = ElementTree.fromstring(saved(found, "#save-svg"))
        tags = [element.tag.rpartition("}")[2] for element in root.iter()]
        assert tags.count("line") > 10 and tags.count("circle") > 10
        assert "三个统筹" in [element.text for element in root.iter()]
        found.clean()

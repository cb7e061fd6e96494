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
from browser.page_checks import INK, Visit, chromium, visit
from sample_graph import TEXTS, sample

from kg.export.html import render
from kg.graph import assemble, entities
from kg.model import Entity, Evidence, Relation, document_id
from kg.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

VIEWS = ("graph", "map", "matrix", "timeline", "reader", "list")
CELLS = """() => [...document.querySelectorAll('.matrix tbody tr')].map((row) => [
  row.querySelector('.thing-name').innerText,
  [...row.querySelectorAll('td:not(.figure)')]
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
            shown = [v for v in VIEWS if found.page.is_visible(f"#view-{v}")]
            assert shown == [name]
            assert found.page.get_attribute(f"#tab-{name}", "aria-selected") == "true"
        assert found.js("location.hash") == "#tab=list"
        found.page.go_back()
        assert found.page.is_visible("#view-reader")
        found.page.click("#tab-matrix")
        found.page.keyboard.press("ArrowRight")
        assert found.page.is_visible("#view-timeline")
        assert found.js("document.activeElement.id") == "tab-timeline"
        found.page.reload()
        found.page.wait_for_selector("html[data-ready=yes]", state="attached")
        assert found.page.is_visible("#view-timeline")
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
            assert found.js("document.documentElement.scrollWidth") == 390, name
            assert found.page.is_visible("#open-find")
        found.page.click("#tab-matrix")
        found.page.click("#view-matrix .cell >> nth=0")
        assert found.page.is_visible("#panel h2")
        found.page.click("#panel a.place >> nth=0")
        assert found.page.is_visible("#view-reader mark.quoted")
        assert not found.page.is_visible("#panel")
        found.page.click("#reader-back")
        assert found.page.is_visible("#panel h2") and found.page.is_visible("#view-matrix")
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
    with visit(browser, write(tmp_path / "graph.html", graph)) as found:
        for name in VIEWS[1:]:
            found.page.click(f"#tab-{name}")
            if name != "map":
                shown = found.page.inner_text(f"#view-{name}")
                assert HOSTILE[: 10 if name in ("matrix", "timeline") else 40] in shown, name
        found.page.click("#tab-reader")
        found.page.keyboard.press("r")
        found.page.click(".named >> nth=0")
        assert found.js("document.querySelectorAll('img, svg').length") == 0
        found.page.click("#tab-graph")
        assert HOSTILE.encode() not in saved(found, "#save-svg")
        found.page.goto(f"{found.page.url.split('#')[0]}#path=e%2F1&to=e%2F2&tab={HOSTILE}")
        assert HOSTILE[:20] in found.page.inner_text("#panel h2")
        found.clean()


# ---- reader


def test_reader_opens_at_a_quote_and_leads_back(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.open("三个统筹")
        found.page.click("#panel .source a.place >> nth=1")
        assert found.page.inner_text("mark.quoted") == "三个统筹"
        assert "tab=reader" in found.js("location.hash")
        assert found.page.locator(".named.now").count() >= 1
        found.page.click(".named:has-text('治水精神')")
        assert found.page.inner_text("#panel h2") == "治水精神"
        assert found.page.is_visible("#view-reader"), "the reader stays open"
        found.page.keyboard.press("Escape")
        assert found.page.is_visible("#canvas") and found.page.is_hidden("#view-reader")
        found.clean()


def test_reader_shows_what_repair_did(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        begin = TEXTS["speech.txt"].index("节水是\n长远")
        path = page.resolve().as_uri() + address("speech.txt", at=f"{begin}-{begin + 8}")
        found.page.goto(path)
        found.page.reload()
        found.page.wait_for_selector("html[data-ready=yes]", state="attached")
        assert "".join(found.page.locator("mark.quoted").all_inner_texts()) == "节水是长远之计"
        assert found.page.locator(".joint").count() == 2
        assert "“节水是长远之计。”" in found.page.inner_text(".text")
        found.page.keyboard.press("r")
        lines = found.page.locator(".passage.line")
        assert [line.get_attribute("data-line") for line in lines.all()] == ["1", "2", "3"]
        found.page.keyboard.press("r")
        found.page.select_option("#reader-pick", label="2021-05-02  《letter》")
        assert found.page.locator(".outline button").count() == 2
        assert found.page.locator(".passage.repeat .first-of").count() == 1
        found.page.click(".first-of")
        assert found.page.locator("#p-0.lit").count() == 1
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
        assert found.page.locator(".named").all_inner_texts() == ["秋粮"]
        found.page.keyboard.press("r")
        assert found.page.locator(".named").all_inner_texts() == ["秋粮"]
        assert "\u202e" not in found.page.inner_text(".text")
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
    with visit(browser, path) as found:
        found.page.goto(f"{path.resolve().as_uri()}#tab=reader&doc=d%2F1&at={at}-{at + 5}")
        found.page.wait_for_timeout(300)
        box = found.page.locator("mark.quoted").bounding_box()
        assert box is not None and 100 < box["y"] < 700
        found.clean()


def test_reader_says_when_the_text_is_not_at_hand(browser: Browser, tmp_path: Path) -> None:
    graph = sample()
    for document in entities(graph, "Document"):
        del graph.nodes[document.id]["attributes"]["text"]
    with visit(browser, write(tmp_path / "graph.html", graph)) as found:
        found.page.click("#tab-reader")
        assert "没有收入" in found.page.inner_text("#view-reader")
        found.clean()


# ---- matrix


def test_matrix_tells_listed_from_named(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.page.click("#tab-matrix")
        rows = found.js(CELLS)
        spots = {name: [form.replace("spot ", "") for form in forms] for name, forms in rows}
        assert spots == {"三个统筹": ["only", "listed", "listed"], "三条底线": ["partly", "", ""]}
        figure = found.page.locator(".cell-figure >> nth=0")
        assert not figure.is_visible()
        found.page.hover(".cell >> nth=0")
        assert figure.is_visible() and figure.inner_text() == "1"
        found.page.click(".cell >> nth=1")
        assert found.page.inner_text("#panel h2") == "三个统筹"
        assert "临江市水利工作会议" in found.page.inner_text("#panel .source.lit")
        found.page.click("[data-sort=status]")
        assert "sort=status" in found.js("location.hash")
        table = list(csv.reader(io.StringIO(saved(found, "#save-matrix").decode("utf-8-sig"))))
        assert table[0][:5] == ["id", "name", "number", "status", "places"]
        assert sorted(row[5:] for row in table[1:]) == [["○ 1", "● 1", "● 1"], ["◐ 1", "", ""]]
        assert len(re.findall(rb"/Type\s*/Page\b", found.page.pdf(format="A4"))) == 1
        found.clean()


# ---- map


def test_map_is_drawn_and_leads_into_the_graph(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.page.click("#tab-map")
        ground = found.js(
            INK.replace("#canvas canvas", "#map").replace("data[at] > 0", "data[at - 1] < 245")
        )
        assert ground > 0.01, "the map is nearly blank"
        assert found.js("window.kgMapPlace('周文海')")["labels"] >= 5
        found.page.keyboard.press("+")
        found.page.keyboard.press("0")
        place = found.js("window.kgMapPlace('周文海')")
        found.page.mouse.move(place["x"] - 90, place["y"] + 3)
        found.page.mouse.wheel(0, -200)
        found.page.mouse.down()
        found.page.mouse.move(place["x"] - 60, place["y"] + 40, steps=4)
        found.page.mouse.up()
        place = found.js("window.kgMapPlace('周文海')")
        found.page.mouse.click(place["x"], place["y"])
        assert found.page.inner_text("#panel h2") == "周文海"
        assert found.page.is_visible("#canvas") and found.page.is_hidden("#view-map")
        assert found.js("location.hash") == found.js("window.kgAddress('周文海')")
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
        item = found.page.locator
        assert "约会" in item(".time-item.about").inner_text()
        assert "开放期" in item(".time-item.open").inner_text()
        assert "无日期座谈会" in found.page.inner_text(".undated")
        lanes = found.page.locator(".time-lane h3").all_inner_texts()
        assert [lane.rstrip("0123456789\n ") for lane in lanes] == [
            "文献",
            "会议事件",
            "信函",
            "任职",
            "统计数字",
            "引语",
        ]
        found.page.click("[data-level=timeMonths]")
        assert any("-" in tick for tick in found.page.locator(".tick").all_inner_texts())
        found.page.click("[data-level=timeAll]")
        found.page.click(".time-item:has-text('临江市水利工作会议') >> nth=-1")
        assert "临江市水利工作会议" in found.page.inner_text("#panel h2")
        found.page.click("#legend .switch[data-name=Event]")
        assert found.page.locator(".time-lane").count() == 5
        table = list(csv.DictReader(io.StringIO(saved(found, "#save-times").decode("utf-8-sig"))))
        rows = {(row["name"], row["from"], row["until"], row["approximate"]) for row in table}
        assert ("约会", "2020-05-01", "2020-05-31", "true") in rows
        assert ("开放期", "2020-06-01", "", "false") in rows
        found.clean()


def node(kind: str, name: str, **attributes: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"aliases": (), "mentions": (), "naming": None}
    return {"kind": kind, "name": name, "attributes": attributes, **empty}


# ---- paths, time, pictures


def test_path_between_two_things_with_its_evidence(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.open("李小荷")
        found.page.click("#panel >> text=找路径")
        assert "李小荷" in found.page.inner_text("#notice")
        text = found.open("河湖手册")
        assert "李小荷" in text and "河湖手册" in text
        assert found.js("location.hash").startswith("#path=")
        found.page.reload()
        found.page.wait_for_selector("html[data-ready=yes]", state="attached")
        assert found.page.inner_text("#panel h2") == "李小荷 → 河湖手册"
        found.open("周文海")
        found.page.click("#panel >> text=找路径")
        found.open("望山县")
        assert found.page.locator(".path-step").count() == 3
        assert found.page.locator(".path-step blockquote").count() >= 3
        found.page.click("#panel .entry-tools >> text=对调")
        assert found.page.inner_text("#panel h2") == "望山县 → 周文海"
        found.page.keyboard.press("Escape")  # empties the search
        found.page.keyboard.press("Escape")
        found.page.keyboard.press("Escape")
        assert found.js("location.hash") == ""
        found.clean()


def test_time_slider_draws_what_the_time_speaks_of(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.page.click("#time-opener")
        found.page.locator("#time-from").fill("2")
        assert "2021-05-02" in found.page.inner_text("#time-said")
        found.page.click("#tab-list")
        names = found.page.locator("#view-list .thing-name").all_inner_texts()
        assert "治水奖章" in names and "三个统筹" in names
        assert "清流战略" not in names and "周文海" not in names
        found.page.click("#tab-graph")
        found.page.click("#time-opener")
        found.page.click("#tab-list")
        assert "清流战略" in found.page.locator("#view-list .thing-name").all_inner_texts()
        found.clean()


def test_svg_holds_the_picture(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.open("三个统筹")
        root = ElementTree.fromstring(saved(found, "#save-svg"))
        tags = [element.tag.rpartition("}")[2] for element in root.iter()]
        assert tags.count("line") > 10 and tags.count("circle") > 10
        assert "三个统筹" in [element.text for element in root.iter()]
        found.clean()

"""The page in a real browser: offline, searchable, and deaf to hostile texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from browser.page_checks import (
    check_formula,
    check_labels,
    check_opens,
    check_search,
    chromium,
    visit,
)
from sample_graph import sample

from kg.export.excerpt import WHOLE
from kg.export.html import render
from kg.graph import assemble
from kg.model import Alias, Entity, Evidence, Relation
from kg.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    '<a href="javascript:alert(3)">href</a>',
    "</script><script>alert(4)</script>",
    "line\u2028separator\u2029alert(5)",
    "javascript:alert(6)",
    "{{7*7}}{% raw %}",
    "\"><svg onload=alert(8)>'",
    "]]><!--<script>",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("page") / "graph.html", sample())


def write(path: Path, graph: nx.MultiDiGraph) -> Path:
    path.write_text(render(graph, Settings()), "utf-8")
    return path


def hostile() -> nx.MultiDiGraph:
    """A graph whose every text tries to run something."""
    text = "\n".join(HOSTILE)
    document = Entity(
        "d/1", "Document", HOSTILE[3],
        attributes={"path": HOSTILE[1], "title": HOSTILE[3], "publisher": HOSTILE[2], "text": text},
    )  # fmt: skip

    def quote(words: str) -> tuple[Evidence, ...]:
        begin = text.index(words)
        return (Evidence("d/1", begin, begin + len(words), words),)

    people = [
        Entity(
            "__proto__" if at == 0 else f"e/<{words}>", "Person", words,
            (Alias(words + "!", quote(words), words),), {words: words, "__proto__": words},
            quote(words),
        )
        for at, words in enumerate(HOSTILE)
    ]  # fmt: skip
    relations = [
        Relation(
            people[0].id, "related", other.id, quote(other.name), rule=other.name,
            qualifiers={other.name: other.name}, inferred=True,
        )
        for other in people[1:]
    ]  # fmt: skip
    return assemble([document, *people], relations)


def test_opens_without_a_network_and_without_complaint(browser: Browser, page: Path) -> None:
    check_opens(browser, page)


def test_a_formula_shows_its_members_and_quotes(browser: Browser, page: Path) -> None:
    members = ["统筹上游下游", "统筹城市农村", "统筹建设管护"]
    check_formula(browser, page, "三个统筹", members, "统筹城市农村")


def test_labels_stand_apart(browser: Browser, page: Path) -> None:
    check_labels(browser, page)


def test_search_finds_aliases_and_sounds(browser: Browser, page: Path) -> None:
    check_search(browser, page, "统筹")
    with visit(browser, page) as found:
        assert found.search("市水务局")[0].startswith("临江市水务局")
        assert found.search("sgtc")[0].startswith("三个统筹"), "first letters of the sounds"
        assert found.search("没有的名字") == []
        found.says("#hits-note", "没有的名字")
        found.clean()


def test_keys(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.page.keyboard.press("/")
        found.page.keyboard.type("统筹")
        found.page.keyboard.press("ArrowDown")
        found.has(".hit >> nth=1", "aria-selected", "true")
        second = found.texts(".hit[aria-selected=true] .hit-name")[0]
        found.page.keyboard.press("Enter")
        found.says("#panel h2", second)
        found.page.keyboard.press("Enter")  # once more: on to the entry
        found.until("() => document.activeElement.id === 'panel'")
        found.page.keyboard.press("Tab")
        found.until("() => document.getElementById('panel').contains(document.activeElement)")
        found.page.keyboard.press("/")
        found.page.keyboard.press("Escape")
        found.until("() => document.getElementById('search').value === ''")
        found.page.keyboard.press("Escape")  # leaves the box
        found.page.keyboard.press("e")
        found.until("() => document.activeElement.id === 'panel'")
        found.page.keyboard.press("Escape")  # leaves the entry
        found.at("")
        found.clean()


def test_clicking_a_mark_opens_its_entry(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        place = found.js("window.kgPlace('周文海')")
        found.page.mouse.click(place["x"], place["y"])
        found.reads("#panel h2", "周文海")
        found.says("#panel", "局长", "任职")
        found.shows("#panel .hollow >> nth=0")  # an inferred fact is marked
        found.clean()


def test_deep_link_language_and_theme(browser: Browser, page: Path) -> None:
    with visit(browser, page, locale="en-GB", color_scheme="dark") as found:
        found.has("html", "data-theme", "dark")
        found.says("#panel", "Start here")
        address = found.js("window.kgAddress('三条底线')")
    with visit(browser, page, address, locale="en-GB", color_scheme="dark") as found:
        found.says("#panel", "partial")
        found.page.click("#language")
        found.says("#panel", "不全")
        found.clean()


def test_kinds_can_be_hidden_and_the_list_says_so(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        found.page.click("#tab-list")
        found.shows("#view-list tbody tr >> nth=0")
        before = found.all("#view-list tbody tr").count()
        found.page.click("#legend .switch >> nth=0")
        found.has("#legend .switch >> nth=0", "aria-pressed", "false")
        found.until(
            "n => { const rows = document.querySelectorAll('#view-list tbody tr').length;"
            " return rows > 0 && rows < n; }",
            before,
        )
        found.clean()


def test_what_is_drawn_can_be_saved(browser: Browser, page: Path) -> None:
    with visit(browser, page) as found:
        for item, start in (
            ("#save-png", b"\x89PNG"),
            ("#save-nodes", b"\xef\xbb\xbfid,kind"),
            ("#save-relations", b"\xef\xbb\xbfsubject_id"),
        ):
            found.page.click("#save-opener")
            with found.page.expect_download() as download:
                found.page.click(item)
            content = Path(download.value.path()).read_bytes()
            assert content.startswith(start)
            assert len(content) > 1000
        found.clean()


def test_narrow_screens_have_sheets(browser: Browser, page: Path) -> None:
    with visit(browser, page, viewport={"width": 390, "height": 844}) as found:
        found.hides("#search")
        found.page.click("#open-find")
        found.open("三个统筹")
        found.reads("#panel h2", "三个统筹")
        found.until(
            "() => { const { x, width } = document.getElementById('right').getBoundingClientRect();"
            " return x === 0 && width === 390; }"
        )
        found.page.click("#close-right")
        found.hides("#panel")
        found.clean()


def test_hostile_texts_are_only_shown(browser: Browser, tmp_path: Path) -> None:
    path = write(tmp_path / "graph.html", hostile())
    with visit(browser, path) as found:
        for words in HOSTILE:
            found.open(words)
            found.until(SAID, ["#panel h2", words])
            place = found.js("(name) => window.kgPlace(name)", words)
            found.page.mouse.move(place["x"], place["y"])
            found.js("() => new Promise((done) => requestAnimationFrame(() => done(true)))")
            for opener in found.all("#panel .opener").all()[:3]:
                opener.click()
        found.search("<script>")
        found.page.click("#tab-list")
        found.until(SAID, ["#view-list", HOSTILE[0]])
        found.counts("img, svg, #panel script, #left script", 0)
        found.clean()


@pytest.mark.parametrize("count", [0, 1])
def test_tiny_graphs(browser: Browser, tmp_path: Path, count: int) -> None:
    graph = assemble([Entity("e/a", "Person", "某人")][:count], [])
    with visit(browser, write(tmp_path / "graph.html", graph)) as found:
        if count:
            found.hides("#empty")
            found.open("某人")
            found.reads("#panel h2", "某人")
        else:
            found.shows("#empty")
        found.page.click("#fit")
        found.page.click("#reset")
        found.clean()


def test_an_excerpt_says_what_it_leaves_out(browser: Browser, tmp_path: Path) -> None:
    part = sample()
    part.graph[WHOLE] = 1234, 56789, 234567
    with visit(browser, write(tmp_path / "graph.html", part)) as found:
        found.until(SAID, [".whole", "1,234 份文献、56,789 个条目、234,567 条关系"])
        found.page.click("#language")
        found.until(SAID, [".whole", "1,234 documents, 56,789 entries and 234,567 relations"])
        found.clean()


SAID = "([selector, words]) => document.querySelector(selector).textContent.includes(words)"

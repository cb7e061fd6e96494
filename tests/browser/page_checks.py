"""Checks of a graph page in a real Chromium, without a network. Each takes the path of a page.

A page answers an act in its own time: what a test expects after a click or a key is waited for
(``shows``, ``says``, ``lists`` …), never read once. Words are compared by textContent: Chromium
gives innerText of a paragraph only after the frame that first draws it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, LocatorAssertions, Page

PATIENCE = 30_000  # milliseconds that a slow machine is given
OWN = ("file:", "data:", "blob:", "about:")
SETUP = "window.executed = []; window.alert = (text) => window.executed.push(String(text));"
READY = "html[data-ready=yes]"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; the test is skipped by name where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("chromium is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"], timeout=2 * PATIENCE
        )
        yield browser
        browser.close()


@dataclass
class Visit:
    """An open page, what it asked for and what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def js(self, script: str, value: Any = None) -> Any:
        return self.page.evaluate(script, value)

    def until(self, script: str, value: Any = None) -> Any:
        """Waits until a function of the page gives something true; returns it."""
        return self.page.wait_for_function(script, arg=value, timeout=PATIENCE).json_value()

    def all(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def shows(self, *selectors: str) -> None:
        for selector in selectors:
            self._expect(selector).to_be_visible(timeout=PATIENCE)

    def hides(self, *selectors: str) -> None:
        for selector in selectors:
            self._expect(selector).to_be_hidden(timeout=PATIENCE)

    def says(self, selector: str, *words: str) -> None:
        """The one element holds all of these words."""
        for some in words:
            self._expect(selector).to_contain_text(some, timeout=PATIENCE)

    def reads(self, selector: str, text: str) -> None:
        """The one element holds this text and no other."""
        self._expect(selector).to_have_text(text, timeout=PATIENCE)

    def lists(self, selector: str, texts: list[str]) -> None:
        """The elements hold these texts, in this order."""
        self._expect(selector).to_have_text(texts, timeout=PATIENCE)

    def counts(self, selector: str, number: int) -> None:
        self._expect(selector).to_have_count(number, timeout=PATIENCE)

    def has(self, selector: str, key: str, value: str) -> None:
        """The element has an attribute of this value."""
        self._expect(selector).to_have_attribute(key, value, timeout=PATIENCE)

    def at(self, part: str) -> None:
        """The address has this part behind #, or none when it is empty."""
        self.until("part => part ? location.hash.includes(part) : location.hash === ''", part)

    def texts(self, selector: str) -> list[str]:
        """Texts of elements that are there, as they are."""
        self._expect(f"{selector} >> nth=0").to_be_attached(timeout=PATIENCE)
        return list(self.all(selector).all_text_contents())

    def search(self, text: str) -> list[str]:
        """Names that the search offers, the best first."""
        self.page.fill("#search", text)
        self.until("text => document.getElementById('search').value === text", text)
        return list(self.all(".hit-name").all_text_contents())

    def open(self, text: str) -> None:
        """Searches, takes the best hit and waits for its entry."""
        assert self.search(text), f"nothing is found for {text}"
        self.page.press("#search", "Enter")
        self.shows("#panel h2")

    def reload(self) -> None:
        self.page.reload()
        self.page.wait_for_selector(READY, state="attached")

    def clean(self) -> None:
        """Nothing was asked of any other place, nothing was complained of, nothing ran."""
        foreign = [url for url in self.requests if not url.startswith(OWN)]
        assert not foreign, foreign
        assert not self.complaints, self.complaints
        assert self.js("window.executed") == []

    def _expect(self, selector: str) -> LocatorAssertions:
        from playwright.sync_api import expect

        return expect(self.page.locator(selector))


@contextmanager
def visit(browser: Browser, path: Path, address: str = "", **options: Any) -> Iterator[Visit]:
    """The page of a file at an address (``#…``), opened without a network."""
    options = {"viewport": {"width": 1366, "height": 768}, "locale": "zh-CN", **options}
    options.setdefault("reduced_motion", "reduce")
    context = browser.new_context(offline=True, **options)
    context.set_default_timeout(PATIENCE)
    context.add_init_script(SETUP)
    page = context.new_page()
    found = Visit(page)
    page.on("request", lambda request: found.requests.append(request.url))
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            found.complaints.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.goto(path.resolve().as_uri() + address)
    page.wait_for_selector(READY, state="attached")
    yield found
    context.close()


def check_opens(browser: Browser, path: Path) -> None:
    """The page draws, is not blank, and asks for nothing."""
    with visit(browser, path) as found:
        found.until(f"() => ({INK})() >= 0.02")
        found.clean()


def check_formula(browser: Browser, path: Path, name: str, members: list[str], quote: str) -> None:
    """Searching a formula and opening it shows its members in order, its quotes, and a ring."""
    with visit(browser, path) as found:
        assert found.search(name)[0].startswith(name)
        found.open(name)
        found.reads("#panel h2", name)
        assert found.texts(".members .thing-name")[: len(members)] == members
        marked = found.texts("#panel mark")
        assert any(quote in words or words in quote for words in marked)
        found.at("node=")
        found.page.click(".members .thing >> nth=0")
        found.says("#panel h2", members[0])
        found.page.go_back()
        found.reads("#panel h2", name)
        found.clean()


def check_search(browser: Browser, path: Path, text: str) -> None:
    """Hits stand there as soon as a key is handled, without waiting for anything."""
    with visit(browser, path) as found:
        assert found.js(TYPED, text) > 0
        found.clean()


def check_labels(browser: Browser, path: Path, least: int = 20) -> None:
    """The opening view has labels, and no label lies on another."""
    with visit(browser, path) as found:
        found.until("least => window.kgLabels().length >= least", least)
        boxes = found.js("window.kgLabels()")
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart = (
                    one["left"] >= other["right"]
                    or one["right"] <= other["left"]
                    or one["top"] >= other["bottom"]
                    or one["bottom"] <= other["top"]
                )
                assert apart, (one, other)


def words_in(locator: Locator) -> list[str]:
    """Texts of elements without the figures that stand behind them."""
    return [re.sub(r"[\d\s,]+$", "", text) for text in locator.all_text_contents()]


INK = """() => {
  const canvas = document.querySelector("#canvas canvas");
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let inked = 0;
  for (let at = 3; at < data.length; at += 4) inked += data[at] > 0;
  return inked / (data.length / 4);
}"""
TYPED = """(text) => {
  const box = document.getElementById("search");
  box.value = text;
  box.dispatchEvent(new Event("input"));
  return document.querySelectorAll(".hit").length;
}"""

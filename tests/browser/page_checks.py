"""Checks of a graph page in a real Chromium, without a network. Each takes the path of a page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OWN = ("file:", "data:", "blob:", "about:")
SETUP = "window.executed = []; window.alert = (text) => window.executed.push(String(text));"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; the test is skipped by name where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("chromium is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
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

    def search(self, text: str) -> list[str]:
        """Names that the search offers, the best first."""
        self.page.fill("#search", text)
        return list(self.page.locator(".hit-name").all_inner_texts())

    def open(self, text: str) -> str:
        """Searches, takes the best hit and returns the text of its entry."""
        assert self.search(text), f"nothing is found for {text}"
        self.page.press("#search", "Enter")
        return self.page.inner_text("#panel")

    def clean(self) -> None:
        """Nothing was asked of any other place, nothing was complained of, nothing ran."""
        foreign = [url for url in self.requests if not url.startswith(OWN)]
        assert not foreign, foreign
        assert not self.complaints, self.complaints
        assert self.js("window.executed") == []


@contextmanager
def visit(browser: Browser, path: Path, **options: Any) -> Iterator[Visit]:
    """The page of a file, opened without a network."""
    options = {"viewport": {"width": 1366, "height": 768}, "locale": "zh-CN", **options}
    options.setdefault("reduced_motion", "reduce")
    context = browser.new_context(offline=True, **options)
    context.set_default_timeout(10000)
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
    page.goto(path.resolve().as_uri())
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    yield found
    context.close()


def check_opens(browser: Browser, path: Path) -> None:
    """The page draws, is not blank, and asks for nothing."""
    with visit(browser, path) as found:
        assert found.js(INK) >= 0.02, "the picture is nearly blank"
        found.clean()


def check_formula(browser: Browser, path: Path, name: str, members: list[str], quote: str) -> None:
    """Searching a formula and opening it shows its members in order, its quotes, and a ring."""
    with visit(browser, path) as found:
        assert found.search(name)[0].startswith(name)
        text = found.open(name)
        assert name in text
        listed = found.page.locator(".members .thing-name").all_inner_texts()
        assert listed[: len(members)] == members
        marked = found.page.locator("#panel mark").all_inner_texts()
        assert any(quote in words or words in quote for words in marked)
        assert found.js("location.hash").startswith("#node=")
        found.page.click(".members .thing >> nth=0")
        assert members[0] in found.page.inner_text("#panel h2")
        found.page.go_back()
        found.page.wait_for_function(
            "n => document.querySelector('#panel h2').innerText === n", arg=name
        )
        found.clean()


def check_search(browser: Browser, path: Path, text: str, limit: float = 50.0) -> None:
    """Hits stand within ``limit`` milliseconds of a key."""
    with visit(browser, path) as found:
        took = found.js(TIMED_SEARCH, text)
        assert took <= limit, f"{took} ms"
        found.clean()


def check_labels(browser: Browser, path: Path, least: int = 20) -> None:
    """The opening view has labels, and no label lies on another."""
    with visit(browser, path) as found:
        boxes = found.js("window.kgLabels()")
        assert len(boxes) >= least, f"{len(boxes)} labels"
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart = (
                    one["left"] >= other["right"]
                    or one["right"] <= other["left"]
                    or one["top"] >= other["bottom"]
                    or one["bottom"] <= other["top"]
                )
                assert apart, (one, other)


INK = """() => {
  const canvas = document.querySelector("#canvas canvas");
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let inked = 0;
  for (let at = 3; at < data.length; at += 4) inked += data[at] > 0;
  return inked / (data.length / 4);
}"""
TIMED_SEARCH = """(text) => {
  const box = document.getElementById("search");
  const start = performance.now();
  box.value = text;
  box.dispatchEvent(new Event("input"));
  document.getElementById("hits").getBoundingClientRect();
  return performance.now() - start;
}"""

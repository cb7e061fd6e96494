"""Times of the page in a real Chromium, at several sizes of graph, against what it promises.

``python benchmarks/page.py [SIZE ...]`` (3,000, 10,000 and 50,000 nodes if none is named).
Each figure is the median of five; run it on a machine that does nothing else. Called by
``make bench``.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import networkx as nx
from page_graph import graph
from playwright.sync_api import Browser, Page, sync_playwright

from kg import export
from kg.export import communities, html, layout
from kg.settings import Settings

SIZES = (3_000, 10_000, 50_000)
TURNS = 5
# Most seconds until the page can be used, and for its layout, by the least size they hold for.
USABLE = {3_000: 1.5, 10_000: 2.5, 50_000: 4.0}
LAYOUT = {3_000: 6.0, 10_000: 60.0, 50_000: 60.0}
SEARCH, EXPAND, FOCUS, MAP, PAN, TASK = 50.0, 150.0, 300.0, 3000.0, 30.0, 200.0
HEAP, FILE = {10_000: 250.0}, {10_000: 15.0}  # MB
QUERIES = ("江", "发展", "四个", "会议", "没有", "gg", "江河湖", "创新发展")

# Time from opening the file until labels stand on the drawn graph and keys are heard.
WATCH = """
window.longTasks = [];
const note = (list) => window.longTasks.push(...list.getEntries().map((task) => task.duration));
new PerformanceObserver(note).observe({ type: "longtask", buffered: true });
(function look() {
  const ready = document.documentElement && document.documentElement.dataset.ready === "yes";
  if (ready && window.kgLabels().length) window.usable = performance.now();
  else requestAnimationFrame(look);
})();
"""
TIMED = """async ([act, value]) => {
  const acts = {
    search(text) {
      const box = document.getElementById("search");
      box.value = text;
      box.dispatchEvent(new Event("input"));
    },
    click(selector) { document.querySelector(selector).click(); },
    key(key) { document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })); },
  };
  const start = performance.now();
  acts[act](value);
  document.body.getBoundingClientRect();
  const worked = performance.now() - start;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return [worked, performance.now() - start];
}"""
FRAMES = """() => {
  window.frames_ = 0;
  window.counting = true;
  const start = performance.now();
  (function count() {
    window.frames_ += 1;
    window.rate = (1000 * window.frames_) / (performance.now() - start);
    if (window.counting) requestAnimationFrame(count);
  })();
}"""


def main(sizes: Sequence[int]) -> int:
    """Prints a table for each size; returns how many promises are not kept."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        print("The page is not timed: install the package chromium.")
        return 0
    broken = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        for size in sizes:
            made = graph(size)
            print(f"\n{len(made):,} nodes, {made.number_of_edges():,} relations")
            path = Path(folder) / "graph.html"
            rows = [*built(made, size, path), *opened(browser, path, size)]
            for name, figure, unit, most in rows:
                kept = most is None or (figure >= most if unit == "fps" else figure <= most)
                broken += not kept
                limit = "" if most is None else f"{'≥' if unit == 'fps' else '≤'} {most:g}"
                print(f"  {name:<34}{figure:>9.2f} {unit:<4}{limit:<9}{'' if kept else 'MISSED'}")
        browser.close()
    print(f"\n{broken} figures missed" if broken else "\nEvery figure is kept")
    return broken


Row = tuple[str, float, str, float | None]


def built(made: nx.MultiDiGraph, size: int, path: Path) -> Iterator[Row]:
    """Times of the build: communities first, then the layout they are part of, then the page."""
    links = layout._links(made, sorted(made))
    yield "communities", timed(lambda: communities.communities(links)), "s", None
    yield "layout with communities", timed(lambda: layout.layout(made)), "s", limit(LAYOUT, size)
    places = layout.layout(made)
    page = ""

    def draw() -> None:
        nonlocal page
        page = html.draw(made, Settings(), places)

    yield "page written", timed(draw), "s", None
    path.write_text(page, "utf-8")
    yield "size of the page", path.stat().st_size / 1e6, "MB", FILE.get(size)
    if size <= SIZES[0]:
        yield "all files of an export", timed(lambda: export.render(made, Settings())), "s", None


def opened(browser: Browser, path: Path, size: int) -> Iterator[Row]:
    """Times in the browser."""
    first: dict[str, list[float]] = {}
    for _ in range(TURNS):
        for name, figure in visit(browser, path).items():
            first.setdefault(name, []).append(figure)
    limits = {
        "first usable draw": limit(USABLE, size) * 1000, "map: first paint": MAP, "search": SEARCH,
        "search: slowest": None, "expand": EXPAND, "focus on a node": FOCUS,
        "graph: pan": PAN, "map: pan": PAN, "heap": HEAP.get(size),
        "graph: longest task": TASK, "map: longest task": TASK,
    }  # fmt: skip
    for name, figures in first.items():
        unit = "fps" if name.endswith("pan") else "MB" if name == "heap" else "ms"
        yield name, statistics.median(figures), unit, limits.get(name)


def visit(browser: Browser, path: Path) -> dict[str, float]:
    """One opening of the page and what a reader does with it."""
    context = browser.new_context(
        viewport={"width": 1400, "height": 950}, locale="zh-CN", offline=True,
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.add_init_script(WATCH)
    page.goto(path.as_uri())
    page.wait_for_function("() => window.usable")
    found = {"first usable draw": float(page.evaluate("window.usable"))}
    searches = [page.evaluate(TIMED, ["search", text])[0] for text in QUERIES]
    found["search"] = statistics.median(searches)
    found["search: slowest"] = max(searches)
    page.evaluate(TIMED, ["search", ""])
    found["graph: pan"], found["graph: longest task"] = panned(page, "#canvas canvas")
    found["focus on a node"] = page.evaluate(TIMED, ["click", "#panel .thing"])[0]
    found["expand"] = page.evaluate(TIMED, ["click", "#panel .expand"])[0]
    found["map: first paint"] = page.evaluate(TIMED, ["key", "2"])[1]
    found["map: pan"], found["map: longest task"] = panned(page, "#map")
    for number, name in enumerate(("matrix", "timeline", "reader", "list"), 3):
        found[f"{name}: opens"] = page.evaluate(TIMED, ["key", str(number)])[1]
    found["heap"] = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    context.close()
    return found


def panned(page: Page, selector: str) -> tuple[float, float]:
    """Frames a second and the longest task while the mouse drags a canvas for two seconds."""
    box = page.locator(selector).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.07, box["y"] + box["height"] * 0.07
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("window.longTasks.length = 0")
    page.evaluate(FRAMES)
    end = time.monotonic() + 2
    turn = 0
    while time.monotonic() < end:
        turn += 1
        page.mouse.move(x + 60 + 50 * (turn % 8), y + 40 + 30 * (turn % 5))
    page.evaluate("window.counting = false")
    page.mouse.up()
    longest = page.evaluate("Math.max(0, ...window.longTasks)")
    return float(page.evaluate("window.rate")), float(longest)


def limit(limits: dict[int, float], size: int) -> float:
    """The limit of the least size that is not below this one."""
    return limits[min((known for known in limits if known >= size), default=max(limits))]


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run: builds are long, and what they time is not what a reader waits for."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(bool(main([int(size) for size in sys.argv[1:]] or SIZES)))

"""Pictures of the page for the documentation. Run by ``make screenshots``; needs a Chromium.

Builds the seed documents into a temporary folder, opens the page without a network and writes
PNG files into ``docs/images``.
"""

from __future__ import annotations

import base64
import shutil
import struct
import sys
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page, sync_playwright

from kg import export, pipeline
from kg.graph import entities
from kg.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
ROOM = 300_000  # bytes of a picture
DESK, PHONE = (1366, 768), (390, 844)
# Name and steps of each picture, one after the other on the same page.
PICTURES = (
    ("view", ()),
    ("formula", ("search {formula}",)),
    ("reader", ("click #panel .source a.place >> nth=0",)),
    ("matrix", ("key Escape", "key 3")),
    ("map", ("key 2",)),
    ("communities", ("click [data-by=group]",)),
    ("timeline", ("click [data-by=kind]", "key 4")),
)
DARK = (("dark", ("search {formula}",)),)
SMALL = (("phone", ("click #open-find", "search {formula}")),)
PIXELS = """async (picture) => {
  const image = new Image();
  image.src = picture;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const ctx = canvas.getContext("2d");
  ctx.drawImage(image, 0, 0);
  const bytes = ctx.getImageData(0, 0, image.width, image.height).data;
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}"""


def main() -> None:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("no Chromium: install the package chromium")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        formula = build(Path(name))
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for pictures, (wide, high), scheme in (
            (PICTURES, DESK, "light"),
            (DARK, DESK, "dark"),
            (SMALL, PHONE, "light"),
        ):
            context = browser.new_context(
                viewport={"width": wide, "height": high},
                color_scheme=scheme,
                locale="zh-CN",
                offline=True,
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto((Path(name) / "graph.html").as_uri())
            page.wait_for_selector("html[data-ready=yes]", state="attached")
            encoder = context.new_page()
            page.bring_to_front()
            for title, steps in pictures:
                take(page, encoder, title, [step.format(formula=formula) for step in steps])
            context.close()
        browser.close()


def build(folder: Path) -> str:
    """Write the exports of the seeds; returns the most frequent formula whose list is complete."""
    graph = pipeline.build(ROOT / "seeds", Settings()).graph
    export.write(graph, folder, Settings())
    complete = [e for e in entities(graph, "Formula") if e.attributes.get("status") == "complete"]
    best = max(complete, key=lambda e: (int(e.attributes.get("number", 0)) > 2, len(e.mentions)))
    return best.name


def take(page: Page, encoder: Page, name: str, steps: Sequence[str]) -> None:
    """Take these steps on the page, then write ``<name>.png``."""
    for step in steps:
        act, _, rest = step.partition(" ")
        if act == "search":
            page.fill("#search", rest)
            page.press("#search", "Enter")
            page.evaluate("document.getElementById('search').value = ''")
            page.evaluate("document.activeElement.blur()")
        elif act == "click":
            page.click(rest)
        else:
            page.keyboard.press(rest)
    page.mouse.move(1, 1)
    page.wait_for_timeout(500)
    shot = base64.b64encode(page.screenshot()).decode()
    pixels = base64.b64decode(encoder.evaluate(PIXELS, f"data:image/png;base64,{shot}"))
    path = IMAGES / f"{name}.png"
    window = page.viewport_size or {"width": DESK[0], "height": DESK[1]}
    shape = window["height"], window["width"], 4
    path.write_bytes(png(np.frombuffer(pixels, np.uint8).reshape(shape)[:, :, :3]))
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {size:,} bytes")
    if size > ROOM:
        sys.exit(f"{path.name} is larger than {ROOM:,} bytes")


def png(picture: NDArray[np.uint8]) -> bytes:
    """A picture (height, width, 3) as PNG with a palette of at most 256 colours."""
    high, wide = picture.shape[:2]
    numbers = picture.reshape(-1, 3).astype(np.int64) @ np.array((1 << 16, 1 << 8, 1))
    colours, places = palette(numbers)
    shades = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1)
    rows = np.zeros((high, wide + 1), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = places.reshape(high, wide)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 3, 0, 0, 0)),
        (b"PLTE", shades.astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def palette(numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Colours of a picture, and which each pixel has: frequent ones exact, others nearly so."""
    colours, counts = np.unique(numbers, return_counts=True)
    frequent = colours[np.argsort(-counts, kind="stable")[:120]]
    rare = ~np.isin(numbers, frequent)
    for step in (8, 12, 16, 24, 32, 48, 64):
        coarse = numbers.copy()
        for shift in (16, 8, 0):
            part = numbers >> shift & 255
            near = np.minimum(255, (part + step // 2) // step * step)
            coarse = np.where(rare, coarse + ((near - part) << shift), coarse)
        found, places = np.unique(coarse, return_inverse=True)
        if len(found) <= 256:
            break
    return found, places


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


if __name__ == "__main__":
    main()

# ruff: noqa: E501
"""PDF: pages set in columns by the test itself are read back whole and in order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from own_sentences import paragraphs, share_in_order
from reportlab.lib.pagesizes import A3, A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kg import read, repair
from kg.errors import SourceError
from kg.model import Document
from kg.raw import RawText
from kg.read import limits, pdf

FONT = "STSong-Light"  # built into readers of PDF: the test needs no font file
NO_START = "，。、；：！？”’）》"
NO_END = "“‘（《"


def broken(text: str, width: int) -> Iterator[str]:
    """Lines of a paragraph, indented by two characters; no mark begins a line."""
    room, line, at = width - 2, "", 0.0
    for index, char in enumerate(text):
        wide = 0.5 if char.isascii() else 1.0
        following = text[index + 1 : index + 2]
        full = at + wide > room or (
            at + wide > room - 1 and (following in NO_START or char in NO_END)
        )
        if line and full and char not in NO_START:
            yield line
            room, line, at = width, "", 0.0
        line, at = line + char, at + wide
    yield line


@dataclass
class Setter:
    """Sets paragraphs in columns on as many pages as they need."""

    columns: int
    size: float = 10
    paper: tuple[float, float] = A4
    gutter: float = 2.0  # characters
    headline: str = ""
    every: bool = False  # a headline on every page
    picture: bool = False
    stream: io.BytesIO = field(default_factory=io.BytesIO)
    page: int = 0
    column: int = -1
    y: float = 0

    def __post_init__(self) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.canvas = Canvas(self.stream, pagesize=self.paper, invariant=1)
        room = (self.paper[0] - 100) / self.size - self.gutter * (self.columns - 1)
        self.width = int(room / self.columns)

    def set(self, texts: list[str]) -> bytes:
        for text in texts:
            for number, line in enumerate(broken(text, self.width)):
                self.line(line, 0 if number else 2)
        self.canvas.showPage()
        self.canvas.save()
        return self.stream.getvalue()

    def line(self, text: str, indent: int) -> None:
        if self.column < 0 or self.y < 70:
            self.next()
        x = 50 + self.column * (self.width + self.gutter) * self.size + indent * self.size
        self.put(x, self.y, text, self.size)
        self.y -= 1.5 * self.size

    def next(self) -> None:
        self.column += 1
        if self.column in (0, self.columns):
            if self.page:
                self.canvas.showPage()
            self.column, self.page = 0, self.page + 1
            self.put(50, self.paper[1] - 40, "某某农业报 2021年第5期", 8)
            self.put(self.paper[0] / 2 - 10, 35, f"— {self.page} —", 8)
            self.top = self.paper[1] - 80
            if self.headline and (self.page == 1 or self.every):
                self.put(60, self.paper[1] - 90, self.headline, 22)
                self.top -= 50
        self.y = self.top
        if self.picture and self.column == 1 and self.page == 1:
            self.draw()

    def draw(self) -> None:
        """A picture with its caption in mid-column."""
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        for _ in range(6):  # lines above the picture
            self.y -= 0
        x = 50 + self.column * (self.width + self.gutter) * self.size
        image = ImageReader(Image.new("RGB", (40, 30), "gray"))
        self.canvas.drawImage(image, x, self.y - 100, self.width * self.size, 100)
        self.put(x, self.y - 115, "图为技术员在田间察看苗情。李小林摄", 8)
        self.y -= 140

    def put(self, x: float, y: float, text: str, size: float) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, y, text)


def raw(data: bytes) -> RawText:
    return pdf.read(data, "a.pdf", "")


def document(data: bytes) -> Document:
    found = repair.repair(raw(data))
    for passage in found.passages:
        for piece in found.evidence(passage.span):
            assert piece.quote == found.raw[piece.begin : piece.end]
    return found


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
@pytest.mark.parametrize("kind", ["plain", "headline", "headlines", "picture", "narrow"])
def test_columns_are_read_in_order(columns: int, kind: str) -> None:
    texts = paragraphs(30)
    setter = Setter(
        columns,
        paper=A3 if columns > 2 else A4,
        headline="" if kind == "plain" else "秋收时节看农技服务下乡",
        every=kind == "headlines",
        picture=kind == "picture" and columns > 1,
        gutter=1.9 if kind == "narrow" else 2.0,
    )
    found = document(setter.set(texts))
    assert share_in_order(texts, found.clean.text) >= 0.99
    whole = {p.text for p in found.passages}
    assert sum(text in whole for text in texts) >= 0.96 * len(texts)
    assert "— 1 —" not in found.clean.text and "— 1 —" in found.raw
    if setter.page > 1:  # on one page nothing tells a running head from a masthead
        assert "某某农业报" not in found.clean.text
    assert "某某农业报" in found.raw
    if setter.headline:
        assert [p.text for p in found.passages if p.kind == "title"] == [setter.headline]
    if setter.picture:
        assert [p.text for p in found.passages if p.kind == "caption"] == [
            "图为技术员在田间察看苗情。李小林摄"
        ]


def test_pages_are_counted() -> None:
    texts = paragraphs(30)
    setter = Setter(2, size=18)
    found = document(setter.set(texts))
    assert len(found.pages) == setter.page > 1 and found.pages[0] == 0
    pages = [e.page for p in found.passages for e in found.evidence(p.span)]
    assert pages == sorted(pages) and set(pages) == set(range(1, setter.page + 1))


def test_reading_twice_gives_the_same() -> None:
    data = Setter(3).set(paragraphs(10))
    assert raw(data) == raw(data)


def test_words_and_hyphens() -> None:
    setter = Setter(1)
    setter.next()
    for text in (
        "The station keeps a careful re-",
        "cord of rain and wind and",
        "sends it on every day.",
    ):
        setter.line(text, 0)
        setter.y += 0
    setter.canvas.showPage()
    setter.canvas.save()
    text = document(setter.stream.getvalue()).clean.text
    assert "a careful record of rain" in text


def test_rows_of_a_table_stay_together() -> None:
    setter = Setter(1)
    rows = [
        ("单位", "人数", "面积"),
        ("一队", "12", "300亩"),
        ("二队", "15", "420亩"),
        ("三队", "9", "280亩"),
    ]
    for text in paragraphs(3):
        for number, line in enumerate(broken(text, setter.width)):
            setter.line(line, 0 if number else 2)
    setter.y -= 20
    for row in rows:
        for number, cell in enumerate(row):
            setter.put(60 + 120 * number, setter.y, cell, 10)
        setter.y -= 16
    setter.canvas.showPage()
    setter.canvas.save()
    texts = [p.text for p in document(setter.stream.getvalue()).passages]
    assert [" ".join(row) for row in rows] == texts[-4:]


def pictures() -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, *A4)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def locked() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, encrypt=StandardEncryption("secret", ownerPassword="own"))
    canvas.drawString(50, 700, "text")
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def empty(pages: int) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pictures(), "scanned"),
        (locked(), "locked with a password"),
        (empty(1), "holds no text"),
        (Setter(1).set(paragraphs(3))[:700], "damaged"),
        (b"%PDF-1.7\n" + b"\x00\xff" * 5000, "damaged"),
        (empty(limits.PAGES + 1), "too large: 2,001 pages"),
    ],
)
def test_what_cannot_be_read_has_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        raw(data)


def test_a_page_that_calls_itself_over_and_over_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 2)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        b"<</Length 4>>stream\n/F Do\nendstream",
    ]
    for number in range(5, 20):  # each form draws the next one twelve times
        body = b"/F Do " * 12 if number < 19 else b"0 0 1 1 re f"
        after = b"/XObject<</F %d 0 R>>" % (number + 1) if number < 19 else b""
        objects.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<<%s>>/Length %d>>stream\n%s\nendstream"
            % (after, len(body), body)
        )
    data = b"%PDF-1.4\n" + b"".join(
        b"%d 0 obj%sendobj\n" % (n, o) for n, o in enumerate(objects, 1)
    )
    with pytest.raises(SourceError):
        raw(data + b"trailer<</Root 1 0 R>>\n%%EOF")


def test_by_its_bytes_not_its_name(tmp_path: Path) -> None:
    data = Setter(1).set(paragraphs(2))
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.pdf").write_text("<html><body><p>找不到网页。</p></body></html>", "utf-8")
    first, second = (read.read(source) for source in read.sources(tmp_path)[0])
    assert first.extracted and first.pages and "it is a PDF file" in first.problems[0]
    assert "it is a HTML file" in second.problems[0]

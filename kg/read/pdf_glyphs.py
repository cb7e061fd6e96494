"""Glyphs: every character of a PDF file with its place, written as JSON by a process of its own.

This file is run as a program, apart from the build: a hostile file can break or fill up that
process and nothing else. It imports the standard library and pypdfium2 alone. In: the limits as
arguments, the PDF on standard input. Out: one line for each page, or one with an ``error``.
Places are in tenths of a point, from the top left of the page as it is seen.
"""

from __future__ import annotations

import ctypes
import json
import sys

_LEAST = 8.0  # points that a picture is wide and high at least


def main(pages: int, seconds: int, memory: int) -> None:
    """Read the PDF on standard input and write its pages."""
    _bound(seconds, memory)
    data = sys.stdin.buffer.read()
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        kind = "password" if "assword" in str(error) else "damaged"
        _put({"error": kind})
        return
    if len(document) > pages:
        _put({"error": "pages", "count": len(document)})
        return
    for number in range(len(document)):
        try:
            page = document[number]
            _put(_page(page, pdfium))
            page.close()
        except pypdfium2.PdfiumError:
            _put({"fault": True})
    _put({"end": len(document)})


def _bound(seconds: int, memory: int) -> None:
    """Hold this process to so much time and memory, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, hard))


def _put(row: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(row) + "\n")


def _page(page: object, pdfium: object) -> dict[str, object]:
    """Size, pictures and characters of a page; of a character its left, right, baseline and
    height."""
    rotation = page.get_rotation()  # type: ignore[attr-defined]
    left, bottom, right, top = page.get_bbox()  # type: ignore[attr-defined]

    def seen(x: float, y: float) -> tuple[float, float]:
        """A place from the top left of the page as it is seen."""
        if rotation == 90:
            return y - bottom, x - left
        if rotation == 180:
            return right - x, y - bottom
        if rotation == 270:
            return top - y, right - x
        return x - left, top - y

    size = (right - left, top - bottom)
    width, height = size if rotation in (0, 180) else (size[1], size[0])
    codes, places = _characters(page, pdfium, seen)
    pictures: list[list[int]] = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):  # type: ignore[attr-defined]
        a, b, c, d = item.get_bounds()
        (x0, y0), (x1, y1) = seen(a, b), seen(c, d)
        if abs(x1 - x0) >= _LEAST and abs(y1 - y0) >= _LEAST and len(pictures) < 200:
            pictures.append(
                [round(10 * v) for v in (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))]
            )
    return {
        "size": [round(10 * width), round(10 * height)],
        "pictures": pictures,
        "text": "".join(map(chr, codes)),
        "places": places,
    }


def _characters(page: object, pdfium: object, seen: object) -> tuple[list[int], list[int]]:
    text = page.get_textpage()  # type: ignore[attr-defined]
    raw = text.raw
    box = pdfium.FS_RECTF()  # type: ignore[attr-defined]
    x, y = ctypes.c_double(), ctypes.c_double()
    boxed, at_x, at_y = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    unicode, loose = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox  # type: ignore[attr-defined]
    origin, made = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_IsGenerated  # type: ignore[attr-defined]
    codes: list[int] = []
    places: list[int] = []
    for index in range(pdfium.FPDFText_CountChars(raw)):  # type: ignore[attr-defined]
        code = unicode(raw, index)
        if code == 2:  # a hyphen at the end of a line
            code = 45
        elif code <= 32 and (code != 32 or made(raw, index) == 1):
            continue
        if not loose(raw, index, boxed) or not origin(raw, index, at_x, at_y):
            continue
        if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            code = 0xFFFD
        x0, y0 = seen(box.left, box.bottom)  # type: ignore[operator]
        x1, y1 = seen(box.right, box.top)  # type: ignore[operator]
        base = seen(x.value, y.value)[1]  # type: ignore[operator]
        codes.append(code)
        places += (
            round(10 * min(x0, x1)),
            round(10 * max(x0, x1)),
            round(10 * base),
            round(10 * abs(y1 - y0)),
        )
    text.close()
    return codes, places


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

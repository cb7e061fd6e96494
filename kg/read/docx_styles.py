"""Styles of DOCX: which paragraphs are titles, headings, captions or a table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lxml import etree

from kg import tables

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY_LEVEL = 9  # outline level of what is no heading


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles = {
            style.get(f"{W}styleId"): style
            for style in (root.iter(f"{W}style") if root is not None else ())
            if style.get(f"{W}type", "paragraph") == "paragraph"
        }
        self._default = next(
            (key for key, s in self._styles.items() if s.get(f"{W}default") in ("1", "true")), ""
        )

    def kind(self, paragraph: etree._Element) -> str:
        """Kind of a paragraph: title, subtitle, heading, caption, furniture or paragraph."""
        level = _value(paragraph, "outlineLvl")
        for style in self._chain(paragraph):
            name = (_child(style, "name") or "").lower()
            for kind, pattern in _names():
                if pattern.fullmatch(name):
                    return kind
            if level is None:
                level = _value(style, "outlineLvl")
        is_heading = level is not None and level.isdigit() and int(level) < _BODY_LEVEL
        return "heading" if is_heading else "paragraph"

    def numbering(self, paragraph: etree._Element) -> tuple[str, str]:
        """Id of the list and level of a paragraph as it or its style says; both may be empty."""
        for element in (paragraph, *self._chain(paragraph)):
            found = element.find(f"{W}pPr/{W}numPr")
            if found is not None:
                return _child(found, "numId") or "", _child(found, "ilvl") or "0"
        return "", ""

    def _chain(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        """The style of a paragraph and those that it is based on."""
        name = _value(paragraph, "pStyle") or self._default
        seen: set[str] = set()
        while name and name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = _child(self._styles[name], "basedOn") or ""


def _value(element: etree._Element, name: str) -> str | None:
    return _child(element, f"pPr/{W}{name}")


def _child(element: etree._Element, path: str) -> str | None:
    found = element.find(f"{W}{path}")
    return None if found is None else found.get(f"{W}val")


@cache
def _names() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Kinds by the names of styles, from ``data/patterns/read_docx.toml``."""
    table = tables.patterns("read_docx")["style"]
    return tuple((row["kind"], re.compile(row["name"])) for row in table)

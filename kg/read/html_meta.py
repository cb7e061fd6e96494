"""What a page tells about itself: title, day, source and author."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from lxml import etree

from kg import tables
from kg.edtf import valid
from kg.model import Meta, Sourced
from kg.read.extracted import tidy

_LONGEST = 120  # characters of a value that is believed
_MOST = 1 << 20  # characters of structured data that are looked at


def told(page: etree._Element, meta: Meta) -> Meta:
    """``meta`` with what the page says in its head and in structured data."""
    said = dict(_names(page))
    for key, value in _structured(page):
        said.setdefault(key, value)
    author = _first(said, "author")
    if author and re.fullmatch(wording("nobody"), author, re.I):
        author = ""
    names = re.split("[、,，;； ]+", author) if author else []
    title = _title(page, said)
    day = _day(_first(said, "issued")) or _time(page)
    publisher = re.sub("^" + wording("source_label"), "", _first(said, "publisher"))
    return replace(
        meta,
        title=Sourced(title, "page title") if title else None,
        authors=tuple(Sourced(name, "page author") for name in names if name),
        publisher=Sourced(publisher, "page source") if _is_chinese(publisher) else None,
        issued=Sourced(day, "page date") if day else None,
    )


@cache
def wording(name: str) -> str:
    """A wording of ``data/patterns/read_html.toml`` by its name."""
    return str(tables.patterns("read_html")[name])


def _names(page: etree._Element) -> Iterator[tuple[str, str]]:
    """Lower-case name and content of each <meta>, the first of a name last, so that it stays."""
    for element in reversed(list(page.iter("meta"))):
        name = element.get("name") or element.get("property") or element.get("itemprop")
        content = tidy(element.get("content") or "")
        if name and content and len(content) <= _LONGEST:
            yield name.strip().lower(), content


def _structured(page: etree._Element) -> Iterator[tuple[str, str]]:
    """Headline, day and source from JSON-LD."""
    for script in page.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                data = json.loads((script.text or "")[:_MOST])
            except (ValueError, RecursionError):
                continue
            for item in data if isinstance(data, list) else [data]:
                if isinstance(item, dict):
                    yield from _item(item)


def _item(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, name in (("headline", "headline"), ("datePublished", "datepublished")):
        if isinstance(item.get(key), str):
            yield name, tidy(item[key])[:_LONGEST]
    for key in ("publisher", "author"):
        value = item.get(key)
        value = value.get("name") if isinstance(value, dict) else value
        if isinstance(value, str):
            yield "source" if key == "publisher" else key, tidy(value)[:_LONGEST]


def _first(said: dict[str, str], kind: str) -> str:
    names = tables.patterns("read_html")[kind]
    return next((said[name] for name in names if said.get(name)), "")


def _title(page: etree._Element, said: dict[str, str]) -> str:
    """Title of the document: as the page says, else its only main heading, else the title of
    the page without the name of the site."""
    given = _first(said, "title")
    element = next(page.iter("title"), None)
    whole = tidy("".join(element.itertext())) if element is not None else ""
    heads = [tidy("".join(head.itertext())) for head in page.iter("h1")]
    heads = [head for head in heads if _is_chinese(head)]
    if len(set(heads)) == 1 and len(heads[0]) <= _LONGEST:
        return heads[0]
    parts = re.split(wording("title_border"), given or whole)
    best = max(parts, key=len, default="")
    return best if _is_chinese(best) and 4 <= len(best) <= _LONGEST else ""


def _time(page: etree._Element) -> str:
    """The day of the only <time> element of the page."""
    days = {_day(element.get("datetime") or "") for element in page.iter("time")} - {""}
    return days.pop() if len(days) == 1 else ""


def _day(text: str) -> str:
    found = re.search(wording("day"), text)
    if not found:
        return ""
    day = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
    return day if valid(day) else ""


def _is_chinese(text: str) -> bool:
    return bool(re.search("[\u3400-\u9fff]", text))

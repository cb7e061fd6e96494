"""Body: which part of a page is the document, and its passages in order.

The document is the smallest part of the page that holds most of its text, links apart; what is
known for chrome by its tag, its name or its links is left out. Where that leaves too little,
all the text of the page is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lxml import etree

from kg.read import html_meta, html_rows
from kg.read.extracted import Writer

_DROPPED = frozenset(
    re.findall(
        "[a-z0-9]+",
        "script style noscript template iframe object embed svg canvas math select option "
        "button input textarea audio video map head meta link title datalist dialog frameset "
        "frame",
    )
)
_CHROME = frozenset(["nav", "footer", "aside"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
BLOCKS = _HEADINGS | frozenset(
    re.findall(
        "[a-z0-9]+",
        "address article aside blockquote body caption center dd details dir div dl dt "
        "fieldset figcaption figure footer form header hgroup hr html legend li main menu nav "
        "ol p pre section summary table tbody td tfoot th thead tr ul",
    )
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_WORDS = re.compile(r"[a-z]+|[A-Z][a-z]*")
_SHARE = 0.7  # of the text of an element that one child holds when the document lies in it
_MOST = 0.5  # of the text of a page, which no chrome holds
_LINKED = 0.6  # share of links in what is a list of links
_ENOUGH = 60  # characters of a document; with less, all the text of the page is taken
_BAR = 200  # characters of what may be told for chrome by its words
_IN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff])[ \t]*[\r\n]\s*(?=[\u3400-\u9fff])")
_SOURCE_LINE = re.compile(r"[ \t]*[\r\n\f]\s*")
_SENTENCES = re.compile("[。！？；]")


@dataclass(slots=True)
class Weight:
    """Characters of text in an element, and how many of them stand in links."""

    text: int = 0
    links: int = 0


def write(page: etree._Element, writer: Writer, title: str) -> None:
    """Add the passages of the document that ``page`` holds, ``title`` first if it stands there."""
    body = next(page.iter("body"), page)
    _prune(body)
    weights = _weighed(body)
    total = weights[body].text
    kept = _without_chrome(body, weights, total)
    weights = _weighed(body)
    main = _main(body, weights) if kept >= _ENOUGH else body
    head = _head(body, main, title, weights)
    for element in head:
        _passages(element, writer, "title" if element is head[0] else "")
    _passages(main, writer, "")


def _prune(body: etree._Element) -> None:
    """Take out what is never text that a reader sees."""
    for element in list(body.iter()):
        if not isinstance(element.tag, str) or element is body:
            continue
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
        if element.tag in _DROPPED or hidden:
            _remove(element)


def _remove(element: etree._Element) -> None:
    """Take an element out of the tree, and leave the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
        element.tail = None
    parent.remove(element)


def _weighed(body: etree._Element) -> dict[etree._Element, Weight]:
    """Weight of every element, its children's included."""
    found: dict[etree._Element, Weight] = {}
    for _, element in etree.iterwalk(body, events=("end",)):
        own = Weight(_ink(element.text))
        for child in element:
            inner = found.get(child, Weight())
            own.text += inner.text + _ink(child.tail)
            own.links += inner.links
        if element.tag == "a" and element.get("href"):
            own.links = own.text
        found[element] = own
    return found


def _ink(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _without_chrome(body: etree._Element, weights: dict[etree._Element, Weight], total: int) -> int:
    """Take out navigation and its like; how many characters of text are left."""
    left = total
    gone: set[etree._Element] = set()
    for element in list(body.iter()):
        if element is body or element.getparent() is None or _is_inside(element, gone):
            gone.add(element)
            continue
        weight = weights[element]
        if weight.text <= _MOST * total and _is_chrome(element, weights):
            gone.add(element)
            left -= weight.text
            _remove(element)
    gone.discard(body)
    return left


def _is_inside(element: etree._Element, gone: set[etree._Element]) -> bool:
    return element.getparent() in gone and element.getparent().tag != "body"


def _is_chrome(element: etree._Element, weights: dict[etree._Element, Weight]) -> bool:
    if element.tag in _CHROME:
        return True
    if element.tag not in BLOCKS or element.tag in _HEADINGS:
        return False
    weight = weights[element]
    if weight.text <= _BAR and not _is_wrapper(element, weights):
        if _wording("bar").fullmatch(_inked(element)):
            return True
        if weight.links == weight.text and _is_row_of_links(element):
            return True
    said = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    if said.strip() and _chrome().intersection(word.lower() for word in _WORDS.findall(said)):
        return not _SENTENCES.search("".join(element.itertext())) or weight.text < 400
    return element.tag != "p" and weight.text > 20 and weight.links > _LINKED * weight.text


def _is_wrapper(element: etree._Element, weights: dict[etree._Element, Weight]) -> bool:
    """Whether one block within an element holds all its text."""
    own = weights[element].text
    return any(weights[child].text == own for child in element if child.tag in BLOCKS)


def _is_row_of_links(element: etree._Element) -> bool:
    """Whether an element holds several links and nothing else, and is no part of a text."""
    links = sum(1 for link in element.iter("a") if link.get("href"))
    return links >= 2 and not _wording("attached").search("".join(element.itertext()))


@cache
def _wording(name: str) -> re.Pattern[str]:
    return re.compile(html_meta.wording(name))


@cache
def _chrome() -> frozenset[str]:
    return frozenset(html_meta.wording("chrome").split("|"))


def _main(body: etree._Element, weights: dict[etree._Element, Weight]) -> etree._Element:
    """The smallest element that holds most of the text that is no link."""

    def own(element: etree._Element) -> int:
        return weights[element].text - weights[element].links

    at = body
    while True:
        blocks = [child for child in at if child.tag in BLOCKS or len(child)]
        best = max(blocks, key=own, default=None)
        if best is None or own(best) < _SHARE * own(at) or best.tag in ("p", "pre", "tr", "li"):
            return at
        at = best


def _head(
    body: etree._Element,
    main: etree._Element,
    title: str,
    weights: dict[etree._Element, Weight],
) -> list[etree._Element]:
    """The elements before the document that hold its title, and what stands between."""
    wanted = "".join(title.split())
    if not wanted or _stands_in(main, wanted, weights):
        return []
    found: list[etree._Element] = []
    above = set(main.iterancestors())
    for element in body.iter():
        if element is main:
            return found if len(found) <= 12 else found[:1]
        if not isinstance(element.tag, str) or element in above or element.tag not in BLOCKS:
            continue
        if found and found[-1] in element.iterancestors():
            continue
        size = weights[element].text
        if size == len(wanted) and _inked(element) == wanted:
            found = [element]
        elif found and 0 < size < _BAR:
            found.append(element)
    return []


def _stands_in(main: etree._Element, title: str, weights: dict[etree._Element, Weight]) -> bool:
    """Whether the document has its title within: as its first words or a block of its own."""
    if _inked(main).startswith(title):
        return True
    return any(
        weights[element].text == len(title)
        and not _is_wrapper(element, weights)
        and _inked(element) == title
        for element in main.iter(*BLOCKS)
    )


def _inked(element: etree._Element) -> str:
    return "".join("".join(element.itertext()).split())


def _passages(main: etree._Element, writer: Writer, kind: str) -> None:
    """Add the passages of an element in order."""
    lines = [""]  # the lines of the passage under way
    state = ["paragraph"]

    def flush() -> None:
        if not _wording("bar").fullmatch("".join("".join(lines).split())[: _BAR + 1]):
            writer.broken(lines, kind or state[-1])
        lines[:] = [""]

    walk = etree.iterwalk(main, events=("start", "end"))
    for event, element in walk:
        block = element.tag in BLOCKS
        if block:
            flush()
        if event == "end":
            if block:
                state.pop()
            lines[-1] += _flat(element.tail) if element is not main else ""
            continue
        if block:
            state.append(_kind(element, state[-1]))
        if element.tag == "br":
            lines.append("")
        elif element.tag == "table" and not html_rows.is_layout(element):
            html_rows.write(element, writer)
            walk.skip_subtree()  # its end still comes
        elif element.tag == "pre":
            writer.lines("".join(element.itertext()))
            walk.skip_subtree()
        else:
            lines[-1] += _flat(element.text)
    flush()


def _flat(text: str | None) -> str:
    """Text in which the line ends of the page's source are blanks, or nothing within Chinese."""
    return _SOURCE_LINE.sub(" ", _IN_CHINESE.sub("", text or ""))


def _kind(element: etree._Element, outer: str) -> str:
    if element.tag in _HEADINGS:
        return "heading"
    if element.tag in ("figcaption", "caption"):
        return "caption"
    if element.tag in ("li", "dd", "dt"):
        return "item"
    return outer if outer in ("heading", "item", "caption") else "paragraph"

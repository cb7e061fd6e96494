"""List marks: items that numbers or dashes open, across sentences and passages.

Sections (一、 …) are such items too; a list inside a section or an article ends with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg import tables
from kg.model import Document, ItemList, ListItem, Passage, Span
from kg.recognize.formula_numbers import NUMERAL, value
from kg.recognize.list_text import Stretch
from kg.recognize.list_trim import LIMIT, shared_head, shared_tail

FAR = 6000  # characters between two marks of one list
FARTHER = 20_000  # between two sections of a document
CLOSING = ("close", "section")  # what ends the lists inside it
SIDES = frozenset("种个类条")
NEAR = 80  # characters from one 一个是 (one is) to the next
WORDS = ("首先", "其次", "再次", "最后")
FEWEST = 3  # items that can show that they end alike
MOST = 99  # marks of one list
REACH = 600  # characters behind a mark in which its head sentence ends
SHORT = 24  # a head sentence up to this length is an item as it stands
BARE = frozenset({"caption", "credit", "masthead", "byline"})  # kinds that are no part of a list
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NUM = rf"[{NUMERAL}]{{1,3}}"
_BEFORE = "。；：！？;:”』」）)\n　 "  # what a mark may follow, besides the beginning of a passage
# Where a mark can begin: far cheaper to look for than the marks themselves.
_PLACE = re.compile(rf"(?:^|[，,{_BEFORE}])\s{{0,4}}(?=[{NUMERAL}0-9第（(①-⑳—首其再最另还-])")
_BRACKET = re.compile(r"\s*[（(][^（()）]*[)）]?\s*$")
_ASIDE = re.compile(r"[（(][^（()）]*[)）][，,]")
_LABEL = re.compile(r"([^\W\d_]{2,12})[：:](?=.)")
_CLAUSE_END = re.compile(r"[，,：:]|(?<=\w)[（(]")
_ADVERBIAL_END = re.compile("(?:时|上|中|下|后|前|看|讲|说|际|间|内|外|方面|同时|起|以来|会议)$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: its sort and number, where it begins and where its item's text begins (clean)."""

    sort: str
    number: int
    start: int
    end: int
    passage: int  # index among the passages


def find(document: Document) -> tuple[ItemList, ...]:
    """Every marked list of at least two items, by place."""
    passages = [p for p in document.passages if p.searched and p.kind not in BARE]
    found = []
    for marks in _sequences(list(_marks(passages)), passages):
        made = _list(marks, passages)
        if made is not None:
            found.append(made)
    return tuple(sorted(found, key=lambda made: made.span))


def _marks(passages: Sequence[Passage]) -> Iterator[Mark]:
    for index, passage in enumerate(passages):
        for match in _found(passage.text):
            sort = match.lastgroup or ""
            for told in ("verb", "kind", "side", "noun", "after"):
                sort = match[told] or sort
            start, end = match.start() + passage.span.start, match.end() + passage.span.start
            yield Mark(sort, _number(match), start, end, index)


@cache
def _mark() -> re.Pattern[str]:
    """The marks, each sort a group."""
    steps = "|".join(tables.patterns("formulas")["mark"]["steps"])
    return re.compile(
        rf"(?:^|(?<=[{_BEFORE}]))\s{{0,4}}(?:"
        rf"(?P<close>第{_NUM}[条章节编部])|(?P<section>{_NUM})、"
        rf"|第(?P<ordinal>{_NUM})(?:[，,、：:]|。，)"
        rf"|第(?P<step>{_NUM})个?(?P<noun>{steps})(?:[，,：:]|是)"
        rf"|[（(](?P<round>{_NUM})[)）][、，]?"
        r"|[（(](?P<digit>[0-9]{1,2})[)）]"
        r"|(?P<plain>[0-9]{1,2})(?P<after>[】)）．、]|\.(?![0-9]))"
        r"|(?P<circle>[①-⑳])"
        r"|(?P<dash>——|--|—(?!—))(?=\s*\w)"
        r"|(?P<word>首先|其次|再次|最后)[，,是要]"
        rf"|第(?P<nth>{_NUM})个?是)"
        rf"|(?:^|(?<=[，,{_BEFORE}]))\s{{0,4}}"
        rf"(?:其(?P<among>{_NUM})[，,、]|(?P<is>{_NUM})(?P<verb>是|要|曰)(?!一(?:[，,、。；;]|$)))"
        r"|(?:^|(?<=[。；：，;:,]))(?P<one>(?:另|再|还有)?一)(?:(?P<kind>[种个类条])是|(?P<side>方面)[，,])"
    )


def _found(text: str) -> Iterator[re.Match[str]]:
    """The matches of marks, from left to right."""
    mark, behind = _mark(), 0
    for place in _PLACE.finditer(text):
        start = place.start()
        for at in (start + 1,) if start else (0, 1):  # behind the border, if there is one
            match = mark.match(text, at) if at >= behind else None
            if match is not None:
                behind = match.end()
                yield match
                break


def _number(match: re.Match[str]) -> int:
    if match["one"]:
        return 1 if match["one"] == "一" else 2  # another one
    if match["word"]:
        return WORDS.index(match["word"]) + 1
    if match["circle"]:
        return ord(match["circle"]) - ord("①") + 1
    groups = ("section", "ordinal", "nth", "step", "round", "among", "is")
    word = next((match[group] for group in groups if match[group]), "")
    return value(word) if word else int(match["digit"] or match["plain"] or 0)


def _sequences(marks: Sequence[Mark], passages: Sequence[Passage]) -> Iterator[list[Mark]]:
    """Marks that count on from one, each sort by itself; a list inside an item ends with it."""
    open_: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.sort in CLOSING:
            yield from (marks for sort, marks in open_.items() if sort != mark.sort)
            open_ = {s: m for s, m in open_.items() if s == mark.sort}
        if mark.sort == "close":
            continue
        current = open_.get(mark.sort)
        follows = current is not None and _follows(current, mark, passages)
        if follows and current is not None:
            inner = [
                s for s, m in open_.items() if s != mark.sort and m[0].start > current[-1].start
            ]
            for sort in inner:
                yield open_.pop(sort)
            current.append(mark)
        elif mark.number == 1 or mark.sort == "dash":
            if current is not None:
                yield current
            open_[mark.sort] = [mark]
    yield from open_.values()


def _follows(current: list[Mark], mark: Mark, passages: Sequence[Passage]) -> bool:
    last = current[-1]
    if mark.start - last.start > (FAR if mark.sort != "section" else FARTHER):
        return False
    if mark.sort == "dash":
        first = passages[mark.passage].span.start
        return mark.passage == last.passage or (
            mark.passage == last.passage + 1
            and not passages[mark.passage].text[: mark.start - first].strip()
        )
    if mark.sort in SIDES and mark.number >= last.number:  # 一个是…，一个是…，再一个是…
        return mark.passage == last.passage and mark.start - last.start < NEAR
    if mark.sort == "word" and mark.number == len(WORDS):
        return 1 < last.number < len(WORDS)
    return mark.number == last.number + 1


def _list(marks: Sequence[Mark], passages: Sequence[Passage]) -> ItemList | None:
    if not 2 <= len(marks) <= MOST:
        return None
    items = []
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        item = _item(mark, after, passages[mark.passage])
        if item is None:
            return None
        items.append(item)
    items = _first_clauses(items)
    texts = [item.text for item in items]
    if len(set(texts)) != len(texts):
        return None
    form = "dashes" if marks[0].sort == "dash" else "marked"
    span = Span(marks[0].start, items[-1].span.end)
    return ItemList(
        tuple(items),
        span,
        form,
        f"marked-list:{marks[0].sort}",
        None,
        shared_head(texts),
        shared_tail(texts),
    )


def _first_clauses(items: list[ListItem]) -> list[ListItem]:
    """The items cut to their first clauses, where those alone end alike: 大旱关，…; 大汛关，…"""
    ends = [at for item in items if (at := item.text.find("，")) > 1]
    if len(items) < FEWEST or len(ends) < len(items) or shared_tail([i.text for i in items]):
        return items
    firsts = [item.text[:end] for item, end in zip(items, ends, strict=True)]
    if not shared_tail(firsts) or any(len(i.text) != len(i.span) for i in items):
        return items
    return [
        ListItem(first, Span(item.span.start, item.span.start + len(first)))
        for item, first in zip(items, firsts, strict=True)
    ]


def _item(mark: Mark, after: Mark | None, passage: Passage) -> ListItem | None:
    """The head sentence behind a mark, in its shortest natural form."""
    at = mark.end - passage.span.start
    stop = min(len(passage.text), at + REACH)
    if after is not None and after.passage == mark.passage:
        stop = min(stop, after.start - passage.span.start)
    stretch = Stretch(passage.text, passage.text, passage.span.start)
    sentence = _sentence(passage.text, at, stop)
    start, end = natural(passage.text, *sentence)
    item = stretch.item(start, end)
    if item is None or not _HAN.search(item.text) or len(item.text) > LIMIT:
        return None
    return item


def _sentence(text: str, start: int, stop: int) -> tuple[int, int]:
    match = re.compile("[。；！？\n]").search(text, start, stop)
    return start, match.start() if match else stop


@cache
def _words() -> tuple[re.Pattern[str], tuple[str, ...]]:
    mark = tables.patterns("formulas")["mark"]
    openers = rf"\s*(?:第{_NUM}[，,、]\s*)?(?:(?:{'|'.join(mark['openers'])})[，,]?\s*)?"
    return re.compile(openers), tuple(mark["adverbials"])


def adverbials() -> tuple[str, ...]:
    """What a clause begins with that is no sentence without the next one."""
    return _words()[1]


def natural(text: str, start: int, end: int) -> tuple[int, int]:
    """The shortest natural form of an item: its head clause, or the whole when it is short.

    Brackets at its end and words such as 首先 (first) at its beginning are left out.
    """
    openers, adverbials = _words()
    end = min(end, start + 6 * LIMIT)
    start = openers.match(text, start, end).end()  # type: ignore[union-attr]
    while bracket := _BRACKET.search(text, start + 4, end):
        end = bracket.start()
    aside = _ASIDE.search(text, start + 4, end)
    if aside:
        end = aside.start()
    label = _LABEL.match(text, start, end)
    if label:
        return start, label.end(1)
    if end - start <= SHORT:
        return start, end
    borders = [m.start() for m in _CLAUSE_END.finditer(text, start + 4, end)]
    for border in borders:
        if border - start > LIMIT:
            break
        if not (text.startswith(adverbials, start) and _ADVERBIAL_END.search(text, start, border)):
            return start, border
        adverbials = ()
    return start, end

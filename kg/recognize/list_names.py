"""List names: the list that stands beside the name of a formula or spirit."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from kg import tables
from kg.model import Document, FormulaName, ItemList, Mention, Passage, Span
from kg.recognize import (
    formula_cues,
    list_after,
    list_before,
    list_clauses,
    list_counted,
    list_essence,
    list_near,
    list_parts,
    list_split,
)
from kg.recognize.formula_numbers import NUMERAL
from kg.recognize.list_head import carried
from kg.recognize.list_marks import BARE
from kg.recognize.list_runs import Run
from kg.recognize.list_text import Cut, Stretch

ABOVE = 4000  # characters between the end of a marked list and 以上 + name
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SKIPPED = re.compile(r"\s*(?:[（(].{0,60}[）)]|[^\u4e00-\u9fff]*|[\u4e00-\u9fff]{1,8}[：:])\s*")
_REST = re.compile(
    r"[”’」』\s]*(?:[^\W\d_]{0,6}[：:])?(?:\s*[（(][^（()）]{0,40}[）)])*\s*[：:]?\s*"
)
_HEADED = re.compile(r"[”’」』]?[：:]?(?:[^\W\d_]{1,6}|[，,]\s*[^\W_]{2,10})?")
_SECTION = re.compile(rf"\s*(?:第?[{NUMERAL}]{{1,3}}[章节条编、]|[0-9]{{1,2}}[.、．])")
_HEADING = 80  # letters of a heading
SHORT = 30  # letters of a short one
OPENING = 300  # Chinese characters between a heading and the sections below it


class Surroundings:
    """The passages of a document, cut into stretches when asked, and its marked lists."""

    def __init__(self, document: Document, marked: Sequence[ItemList]) -> None:
        self.document = document
        self.passages = [p for p in document.passages if p.searched and p.kind not in BARE]
        self._starts = [p.span.start for p in self.passages]
        self._cut: dict[int, Cut] = {}
        self.marked = marked
        self._marked_at = [made.span.start for made in marked]
        self._marked_ends = sorted((made.span.end, index) for index, made in enumerate(marked))

    def passage_at(self, at: int) -> int:
        """Index of the searched passage that holds ``at``; -1 when none does."""
        index = bisect_right(self._starts, at) - 1
        return index if index >= 0 and at < self.passages[index].span.end else -1

    def cut(self, index: int) -> Cut:
        """The stretches of a passage."""
        if index not in self._cut:
            self._cut[index] = Cut(self.passages[index])
        return self._cut[index]

    def marked_from(self, start: int, reach: int) -> ItemList | None:
        """The first marked list that begins at or after ``start``, at most ``reach`` letters on."""
        at = bisect_left(self._marked_at, start)
        if at == len(self.marked) or self.marked[at].span.start - start > 3000:
            return None
        between = _HAN.finditer(self.document.clean.text, start, self.marked[at].span.start)
        return self.marked[at] if next(islice(between, reach, None), None) is None else None

    def marked_before(self, end: int) -> ItemList | None:
        at = bisect_left(self._marked_ends, (end, 0)) - 1
        if at < 0 or end - self._marked_ends[at][0] > ABOVE:
            return None
        return self.marked[self._marked_ends[at][1]]


def find(around: Surroundings, mentions: Sequence[Mention]) -> Iterator[ItemList]:
    """Lists that stand beside the names among ``mentions``."""
    for mention in mentions:
        index = around.passage_at(mention.span.start)
        if index < 0:
            continue
        if mention.kind == "Spirit":
            yield from _spirit(around, index, mention)
        elif isinstance(mention.detail, FormulaName):
            made = _formula(around, index, mention, mention.detail)
            if made is not None:
                yield made
            yield from _parts(around, index, mention)


def _place(around: Surroundings, index: int, span: Span) -> tuple[Stretch, int, int, bool]:
    """The narrowest stretch around a name with its quotation marks, and the place in it."""
    passage = around.passages[index]
    start = span.start - passage.span.start
    quoted = start > 0 and passage.text[start - 1] in "“‘「『"
    left = span.start - 1 if quoted else span.start
    right = span.end + 1 if quoted else span.end
    stretch = around.cut(index).around(left, right)
    return stretch, left - stretch.base, min(right - stretch.base, len(stretch.raw)), quoted


def _made(run: Run, rule: str, name: Mention) -> ItemList:
    span = Span(run.items[0].span.start, run.items[-1].span.end)
    return ItemList(run.items, span, run.form, rule, name, run.head, run.tail, run.partial)


def _formula(
    around: Surroundings, index: int, name: Mention, detail: FormulaName
) -> ItemList | None:
    stretch, start, end, quoted = _place(around, index, name.span)
    number = detail.number
    before = list_before.lead(stretch, start)
    run = list_before.find(stretch, before, detail, quoted=quoted)
    if run is None:
        run = list_before.quoted_run(stretch, before.end, around.cut(index), number)
    of = before.of and not list_before.defines(stretch, before.end)
    if run is not None and not run.partial and (not of or _carries(run, detail)):
        return _made(run, "list-before-name", name)
    outer = around.cut(index).outer
    run = run or list_counted.find(outer, name.span.shift(-outer.base), number, detail.head)
    if run is not None and run.form == "counted":
        return _made(run, "counted-clauses", name)
    if detail.form == "compound" and (told := list_parts.told(outer, name)) is not None:
        return _made(told, "definition", name)
    beside = _after(around, index, name, number, stretch, end)
    if beside is not None:
        return beside
    near = _above(around, name, detail, before) or _near(around, index, name, detail)
    if near is not None:
        return near
    here = name.span.shift(-outer.base)
    if formula_cues.told_behind(outer.raw, here.start, here.end, number):
        told = list_after.segments_behind(outer, here.end, number)
        if told is not None:
            return _made(told, "list-after-name", name)
    partial = run if run is not None and run.partial else list_after.part(stretch, end, number)
    return _made(partial, "part-of-list", name) if partial is not None else None


def _parts(around: Surroundings, index: int, compound: Mention) -> Iterator[ItemList]:
    """Lists of the names inside a compound name, in its passage or the next one."""
    for part in list_parts.names(compound):
        for at in range(index, min(index + 2, len(around.passages))):
            detail = part.detail
            if not isinstance(detail, FormulaName):
                continue
            run = list_parts.labelled(around.cut(at), detail, compound.span.end)
            if run is not None:
                yield _made(run, "definition", part)
                break


def _near(around: Surroundings, index: int, name: Mention, detail: FormulaName) -> ItemList | None:
    """Items beside the name that carry its head; they may stand outside its quotation marks."""
    outer = around.cut(index).outer
    start, end = (at - outer.base for at in (name.span.start, name.span.end))
    if start > 0 and outer.raw[start - 1] in "“‘「『":
        start, end = start - 1, min(end + 1, len(outer.raw))
    run = list_near.find(outer, start, end, detail)
    return _made(run, "list-near-name", name) if run is not None else None


def _above(
    around: Surroundings, name: Mention, detail: FormulaName, before: list_before.Lead
) -> ItemList | None:
    """The marked list above that 以上 (the above) or 这 (these) points back at."""
    above = around.marked_before(name.span.start) if before.this else None
    if above is None or len(above.items) != detail.number:
        return None
    points = "上" in before.word or _next_to(around, name, detail, above)
    return replace(above, name=name, rule="list-above-name") if points else None


def _next_to(around: Surroundings, name: Mention, detail: FormulaName, above: ItemList) -> bool:
    """Whether a list ends where the sentence of the name begins.

    Text may stand between, up to the passage before, when the items carry the head of the
    name or the head is a common noun.
    """
    last = around.passage_at(above.items[-1].span.start)
    if last < around.passage_at(name.span.start) - 1:
        return False
    bound = carried([item.text for item in above.items], detail) or list_before.is_class(
        detail.head
    )
    between = around.document.clean.text[above.items[-1].span.end : name.span.start]
    return bound or len(re.findall("[。！？]", between)) < 2


def _carries(run: Run, detail: FormulaName) -> bool:
    """Whether every item begins or ends with the head of a name whose head is one letter.

    不 (not) and its like may stand inside.
    """
    if detail.form != "bare" or len(detail.head) > 1:
        return True
    inside = detail.head in tables.patterns("formulas")["cue"]["inside"]
    return (inside and carried(run.texts, detail)) or detail.head in (run.head[:1], run.tail[-1:])


def _after(
    around: Surroundings, index: int, name: Mention, number: int, stretch: Stretch, end: int
) -> ItemList | None:
    opening = list_after.opening(stretch, end)
    begin = stretch.base + (opening[0] if opening else end)
    marked = around.marked_from(begin, 2 if opening else 6)
    if marked is not None and _follows(around, begin if opening else name.span.end, marked):
        next_ = around.marked_from(begin, 0) is marked
        fits = opening is not None or next_ or _fits(name, marked)
        right = len(marked.items) == number and fits
        return replace(marked, name=name, rule="list-after-name") if right else None
    inline = list_after.inline(stretch, around.cut(index), end, number, _head(name), opening)
    if inline is not None:
        rule = "list-after-name" if inline[1] in "：（" else "definition"
        return _made(inline[0], rule, name)
    passage = around.passages[index]
    below = _below(around, index, name, number) if _closes(passage, name.span.end) else None
    if below is None and _titles(passage, name.span.end):
        return _under(around, index, name)
    return below


def _head(name: Mention) -> str:
    return name.detail.head if isinstance(name.detail, FormulaName) else ""


def _fits(name: Mention, marked: ItemList) -> bool:
    """Whether marks that only come next may be the list: by the head, or for want of one."""
    detail = name.detail
    if not isinstance(detail, FormulaName):
        return False
    if carried([item.text for item in marked.items], detail):
        return True
    if detail.form != "classifier":
        return False
    quoted = name.rule == "quoted-name"
    headed = marked.head.startswith(detail.head) or marked.tail.endswith(detail.head)
    return headed or not quoted


def _follows(around: Surroundings, end: int, marked: ItemList) -> bool:
    """Whether nothing but the end of the sentence parts ``end`` from the marks.

    The name ends there, or the words behind it that open its list.
    """
    between = around.document.clean.text[end : marked.span.start]
    latin = re.sub(r"[\x20-\x7e\u2010-\u2027\n]{12,}", "", between)
    return re.search(r"[。！？；].*[\u4e00-\u9fff]", latin, re.DOTALL) is None and "、" not in latin


def _closes(passage: Passage, end: int) -> bool:
    """Whether the name ends a heading, or a passage that closes with a colon."""
    if _REST.fullmatch(passage.text, end - passage.span.start) is None:
        return False
    colon = passage.text.rstrip().endswith(("：", ":"))
    return colon or (len(passage.text) <= _HEADING and "。" not in passage.text)


def _titles(passage: Passage, end: int) -> bool:
    """Whether the name ends a short heading, or all but a few words: 抓好“两查”活动."""
    rest = passage.text[end - passage.span.start :]
    return len(passage.text) <= SHORT and _HEADED.fullmatch(rest) is not None


def _under(around: Surroundings, index: int, name: Mention) -> ItemList | None:
    """The items below a heading that carry the head of the name, or head its sentences."""
    if index + 1 >= len(around.passages) or not isinstance(name.detail, FormulaName):
        return None
    sections = _sections(around, index, name, name.detail)
    if sections is not None:
        return sections
    outer = around.cut(index + 1).outer
    run = list_near.below(outer, name.detail) or list_near.spread(outer, name.detail)
    run = run or list_near.segments(outer, name.detail)
    if run is None and name.detail.number >= list_clauses.FEWEST:
        runs = [r for r in list_clauses.openings(outer) if len(r.items) == name.detail.number]
        run = runs[0] if len(runs) == 1 else None
    return _made(run, "list-below-name", name) if run is not None else None


def _sections(
    around: Surroundings, index: int, name: Mention, detail: FormulaName
) -> ItemList | None:
    """The titles of the sections below a heading that all begin or end with the head of the name.

    A paragraph may stand between, which opens the whole.
    """
    marked = around.marked_from(around.passages[index + 1].span.start, OPENING)
    if marked is None or marked.form != "marked" or len(marked.items) != detail.number:
        return None
    ends = marked.head.startswith(detail.head) or marked.tail.endswith(detail.head)
    own = all(around.passage_at(item.span.start) > index for item in marked.items)
    return replace(marked, name=name, rule="list-below-name") if ends and own else None


def _below(around: Surroundings, index: int, name: Mention, number: int) -> ItemList | None:
    """The list in the passages below a heading, or below a passage that ends with the name."""
    at = index + 1
    while at < min(index + 4, len(around.passages)) and _SKIPPED.fullmatch(
        around.passages[at].text
    ):
        at += 1
    if at >= len(around.passages):
        return None
    marked = around.marked_from(around.passages[at].span.start, 0)
    if marked is not None:
        right = len(marked.items) == number
        return replace(marked, name=name, rule="list-below-name") if right else None
    run = _lines(around, at, number)
    return _made(run, "list-below-name", name) if run is not None else None


def _lines(around: Surroundings, at: int, number: int) -> Run | None:
    """One passage that is nothing but the list, or several that ； joins."""
    first = around.passages[at]
    last = at
    while last + 1 < len(around.passages) and re.search(r"[；;]\s*$", around.passages[last].text):
        last += 1
    end = around.passages[last].span.end
    raw = around.document.clean.text[first.span.start : end]
    if len(raw) > 60 * number or re.search(r"[。！？].*[\u4e00-\u9fff]", raw, re.DOTALL):
        return None
    if _SECTION.match(raw) or not re.search("[、，；]", raw):
        return None
    joined = Cut(Passage(Span(first.span.start, end), raw.replace("\n", " "))).outer
    run = list_after.body(joined, 0, number, weak=number == 2)
    return run if run is not None and max(map(len, run.texts)) <= list_split.LONGEST else None


def _spirit(around: Surroundings, index: int, name: Mention) -> Iterator[ItemList]:
    stretch, start, end, _ = _place(around, index, name.span)
    cut = around.cut(index)
    run = list_before.content(stretch, start, end, cut) or list_essence.find(stretch, end, cut)
    if run is not None:
        yield _made(run, "spirit-content", name)

"""List parts: the lists of the names that a compound name holds.

“一个中心、两个支点” (中心：A　支点：B，C): the label is the head of the part.
“三查一改” (三查即A、B、C，一改即D): each part is told by itself, and together they are the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import FormulaName, ListItem, Mention, Span
from kg.recognize import list_after
from kg.recognize.formula_names import announced, grammar
from kg.recognize.formula_numbers import value
from kg.recognize.list_runs import Run
from kg.recognize.list_text import Cut, Stretch

NEAR = 80  # characters between the compound name and a label
FAR = 300  # characters between what is told of one part and the next part
_PART = re.compile("[^、]+")


def names(compound: Mention) -> Iterator[Mention]:
    """The parts of a compound with 、 that count two or more with a classifier."""
    detail = compound.detail
    if not isinstance(detail, FormulaName) or detail.form != "compound":
        return
    if "、" not in compound.name or len(compound.span) != len(compound.name):
        return
    for match in _PART.finditer(compound.name):
        part = announced(match.group())
        if part is not None and part.form == "classifier":
            span = Span(*match.span()).shift(compound.span.start)
            yield Mention(span, compound.kind, match.group(), "compound-part", part)


def labelled(cut: Cut, part: FormulaName, after: int) -> Run | None:
    """The items behind the head of the part and a colon, from the clean offset ``after`` on."""
    outer = cut.outer
    begin = max(after - outer.base, 0)
    match = re.compile(re.escape(part.head) + "[：:]").search(outer.raw, begin, begin + NEAR)
    if match is None:
        return None
    stretch = cut.around(outer.base + match.start(), outer.base + match.end())
    return list_after.body(stretch, outer.base + match.end() - stretch.base, part.number)


def told(outer: Stretch, compound: Mention) -> Run | None:
    """The items of all parts, each behind 即 (that is) or its like: 三查即A、B、C，一改即D."""
    at = compound.span.end - outer.base
    items: list[ListItem] = []
    for part in grammar().segment.finditer(compound.name):
        place = outer.raw.find(part.group(), at, at + FAR)
        opening = list_after.opening(outer, place + len(part.group())) if place >= 0 else None
        if opening is None:
            return None
        found = _items(outer, opening[0], value(part["number"]))
        if not found:
            return None
        items += found
        at = items[-1].span.end - outer.base
    distinct = len({item.text for item in items}) == len(items)
    return Run(tuple(items), "clauses") if distinct and items else None


def _items(outer: Stretch, start: int, number: int) -> list[ListItem]:
    """The ``number`` items that begin at ``start``; one item is the rest of the clause."""
    if number > 1:
        run = list_after.body(outer, start, number)
        return list(run.items) if run is not None else []
    clause = outer.clauses[outer.clause_at(start)]
    item = outer.item(start, clause.end)
    return [item] if item is not None and "、" not in item.text else []

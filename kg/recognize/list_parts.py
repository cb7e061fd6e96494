"""List parts: the lists of the names that a compound name holds, behind labels.

“一个中心、两个支点” (中心：A　支点：B，C): the label is the head of the part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import FormulaName, Mention, Span
from kg.recognize import list_after
from kg.recognize.formula_names import announced
from kg.recognize.list_runs import Run
from kg.recognize.list_text import Cut

NEAR = 80  # characters between the compound name and a label
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

"""Formula heads: what the wording of a name and of a list's items says of each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from kg import tables
from kg.model import FormulaName, ItemList, Mention, Span

LONGEST = 12  # items of a list in which a common word is looked for
_PART = re.compile("([一二三四五六七八九十两双]{1,2})([^一二三四五六七八九十两双、]+)")
_NAMED_PART = re.compile(
    "(?<![^、])([一二三四五六七八九十两]{1,2})[个大项种条类]([^一二三四五六七八九十两、]{2,6})(?![^、])"
)
_VALUE = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "双": 2}


@cache
def uses() -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
    """Uses of head nouns, and the verbs that govern lists."""
    heads = {
        row["name"]: frozenset(tables.split(row["use"]))
        for row in tables.rows("lexicons/formula_heads")
    }
    verbs = frozenset(
        row["name"]
        for row in tables.rows("lexicons/formula_verbs")
        if tables.split(row["use"])[0] in ("govern", "frame") and len(row["name"]) > 1
    )
    return heads, verbs


def is_generic(detail: FormulaName) -> bool:
    """Whether the head is a common noun (方面, 任务), so that each text has its own list."""
    heads, _ = uses()
    if detail.form != "classifier":
        return False
    head = re.sub("^(?:基本|主要|重要|重点|突出|具体|明显|关键|核心)", "", detail.head)
    return not head or "generic" in heads.get(head, frozenset())


def has_head(made: ItemList, head: str, side: str) -> bool:
    if side == "tail":
        return made.tail.endswith(head)
    return made.head.startswith(head) or made.head.endswith(head)


def frames(made: ItemList, head: str) -> bool:
    """Whether the head is what all items begin with and what they end with, as one word."""
    first, last = made.head, made.tail
    return any(
        first.startswith(head[:at]) and last.endswith(head[at:]) for at in range(1, len(head))
    )


def inside(texts: Sequence[str]) -> list[str]:
    """Words of two to four letters that every item holds, neither at its beginning nor end.

    >>> inside(["用水优先保障", "用电优先供应"])
    ['优先']
    """
    shortest, *others = sorted(texts, key=len)
    if len(shortest) < 4 or len(texts) > LONGEST:
        return []
    found = []
    for size in (4, 3, 2):
        for at in range(1, len(shortest) - size):
            word = shortest[at : at + size]
            if word not in found and all(word in other[1:-1] for other in others):
                found.append(word)
    return found


def carries(made: ItemList, detail: FormulaName) -> bool:
    """Whether the list has the number of a formula and its head at one place."""
    head = detail.head
    if len(made.items) != detail.number or len(head) < 2:
        return False
    return has_head(made, head, "head") or has_head(made, head, "tail")


def parts_of(compound: str) -> list[tuple[int, str]]:
    """Number and body of each part of a compound name.

    >>> parts_of("三查一改")
    [(3, '查'), (1, '改')]
    """
    return [(_VALUE.get(number, 0), body) for number, body in _PART.findall(compound)]


def named_parts(compound: Mention) -> list[Mention]:
    """The parts of a compound name that are names themselves: 两个支点 in 一个中心、两个支点."""
    detail = compound.detail
    if (
        not isinstance(detail, FormulaName)
        or detail.form != "compound"
        or "、" not in compound.name
    ):
        return []
    if len(compound.span) != len(compound.name):
        return []
    found = []
    for match in _NAMED_PART.finditer(compound.name):
        span = Span(match.start(), match.end()).shift(compound.span.start)
        part = FormulaName(_VALUE.get(match[1], 0), match[2], "classifier")
        if part.number > 1:
            found.append(Mention(span, "Formula", match.group(), "compound-part", part))
    return found


def fits_parts(texts: Sequence[str], parts: Sequence[tuple[int, str]]) -> bool:
    """Whether the items fall into the groups of a compound: 三查一改 is 3 with 查, 1 with 改."""
    at = 0
    for number, body in parts:
        group = texts[at : at + number]
        if not (all(t.startswith(body) for t in group) or all(t.endswith(body) for t in group)):
            return False
        at += number
    return at == len(texts)


def speaks(name: str, detail: FormulaName, made: ItemList) -> bool:
    """Whether the wording of a list whose items end with the head is that of a formula."""
    if made.form == "clauses" and (len(made.head) > 1 or len(made.items) > 2):
        return True
    even = len({len(item.text) for item in made.items}) == 1
    counted = name[1:2] == "个" or detail.form != "classifier"
    return even and counted and made.form == "run" and detail.number > 2

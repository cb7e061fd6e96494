"""List head: whether items carry the head of a name, as 看 stands in every item of 三看."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import FormulaName
from kg.recognize.formula_names import parts_of

UNEVEN = 3  # letters by which items may differ that share one letter only
FAR = 6  # the same where it ends them


def carried(texts: Sequence[str], detail: FormulaName) -> bool:
    """Whether every item holds the head of the name at a place of its own.

    A head of several letters may stand anywhere in the items. One letter must stand at one
    place, from the beginning or from the end, in three items or more.
    """
    if len(texts) != detail.number or len(set(texts)) != len(texts):
        return False
    if detail.form == "compound":
        return fits(texts, detail.head)
    if detail.form not in ("classifier", "bare", "modifier") or not detail.head:
        return False
    head = detail.head
    if len(head) > 1 and all(head in text and text != head for text in texts):
        return True
    if detail.form == "classifier" and len(head) > 1:
        return False
    if head == "一":  # one of a thing in every item, wherever
        return len(texts) > 2 and all(head in text[1:] for text in texts)
    return _at_one_place(texts, head[0])


def fits(texts: Sequence[str], compound: str, *, ends: bool = False) -> bool:
    """Whether the items fall into the parts of a compound, each group with a letter of its part.

    With ``ends`` the letter must end every item of the group.

    >>> fits(["查灯", "查锁", "改线路"], "两查一改")
    True
    """
    parts = parts_of(compound)
    if len(parts) < 2 or sum(number for number, _ in parts) != len(texts):
        return False
    at = 0
    for number, body in parts:
        group = texts[at : at + number]
        if not any(_share(group, letter, ends=ends) for letter in body):
            return False
        at += number
    return True


def _share(group: Sequence[str], letter: str, *, ends: bool) -> bool:
    if ends:
        return all(text.endswith(letter) for text in group)
    return all(letter in text for text in group)


def _at_one_place(texts: Sequence[str], letter: str) -> bool:
    sizes = [len(text) for text in texts]
    most = FAR if all(text.endswith(letter) for text in texts) else UNEVEN
    if len(texts) < 3 or max(sizes) - min(sizes) > most:
        return False
    if any(text.count(letter) != 1 for text in texts):
        return False
    starts = {text.index(letter) for text in texts}
    ends = {len(text) - text.index(letter) for text in texts}
    return len(starts) == 1 or len(ends) == 1

"""Formulas: names of numbered formulas (数字提法) in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import FormulaName, Mention, Passage
from kg.recognize import formula_cues
from kg.recognize.formula_names import (
    LIMIT,
    announced,
    classified,
    grammar,
    head_at,
    head_uses,
    parts_of,
    vetoed,
)
from kg.recognize.formula_numbers import value
from kg.recognize.list_trim import begins_with_verb, is_verb

_INNER = re.compile(r"[“‘「『]([^“”‘’「」『』，。；]{1,10})[”’」』]([^\W\d_]{0,6})")


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in a text: where it stands, its wording, what it announces."""

    start: int
    end: int
    name: str
    detail: FormulaName
    rule: str


class Formulas:
    """Finds names of numbered formulas (kind Formula)."""

    name = "formulas"

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Mentions in ``passage``; the span of a quoted name lies inside its quotes."""
        text = passage.text
        quoted = list(_quoted(text))
        found = [*quoted, *_parts(text, quoted), *_plain(text, quoted)]
        for item in sorted(found, key=lambda n: (n.start, n.end)):
            yield passage.mention(
                item.start, item.end, "Formula", rule=item.rule, name=item.name, detail=item.detail
            )


def _quoted(text: str) -> Iterator[Name]:
    for match in grammar().quoted.finditer(text):
        wording = re.sub(r"\s+", "", match["name"])
        detail = announced(wording)
        if detail is not None:
            yield Name(*match.span("name"), wording, detail, "quoted-name")


def _parts(text: str, quoted: Sequence[Name]) -> Iterator[Name]:
    """Parts of a compound name that the text defines on their own: 三样茶是A、B、C."""
    inside = {at for name in quoted for at in range(name.start, name.end)}
    for name in quoted:
        if name.detail.form != "compound":
            continue
        for part in grammar().segment.finditer(name.name):
            wording = part.group().split("多")[0]  # 两园 of 一带两园多站
            detail = announced(wording)
            at = text.find(wording) if detail is not None else -1
            while detail is not None and at >= 0:
                end = at + len(wording)
                free = at not in inside and not formula_cues.in_number(text, at)
                if free and formula_cues.tells(text, end):
                    yield Name(at, end, wording, detail, "compound-part")
                at = text.find(wording, end)


def _plain(text: str, quoted: list[Name]) -> Iterator[Name]:
    found = list(_programs(text)) if "”" in text else []
    waiting = []
    inside = {at for name in quoted for at in range(name.start, name.end)}
    for match in grammar().plain.finditer(text):
        if match.start() in inside:
            continue
        candidate = _candidate(text, match)
        if candidate is None:
            continue
        name, free = candidate
        if free or formula_cues.beside(text, name.start, name.end, name.detail.number):
            found.append(name)
        else:
            waiting.append(name)
    # A name that a cue has shown once stands without one elsewhere in the passage.
    known = {name.name for name in (*found, *quoted)}
    yield from found
    yield from (name for name in waiting if name.name in known)


def _programs(text: str) -> Iterator[Name]:
    """NUM + letter + 工程 (project) and its like behind as many quoted items with that letter."""
    for match in grammar().program.finditer(text):
        number, letter = value(match["number"]), match["letter"]
        items = match["items"].split("、")
        if len(items) == number > 1 and all(letter in item for item in items):
            detail = FormulaName(number, letter, "bare")
            yield Name(*match.span("name"), match["name"], detail, "program-name")


def _candidate(text: str, match: re.Match[str]) -> tuple[Name, bool] | None:
    """The name that begins at a number, and whether it stands without a cue."""
    start = match.start()
    if formula_cues.ordinal(text, start) or formula_cues.in_number(text, start):
        return None
    number = value(match["number"])
    if not 2 <= number <= LIMIT or vetoed(text[start : start + 6]):
        return None
    if match["fold"]:
        detail = FormulaName(number, "位一体", "fold")
        return Name(start, match.end(), text[start : match.end()], detail, "fold-name"), True
    if match["twin"]:
        return _plain_compound(text, match)
    if match["modified"] and not match["kind"]:
        return _plain_modified(text, match)
    return _plain_classified(text, match)


def _plain_compound(text: str, match: re.Match[str]) -> tuple[Name, bool] | None:
    start, end = match.span()
    wording = match.group()
    after = text[end : end + 2]
    bounded = not after[:1].isalpha() or after in grammar().after_compound
    detail = announced(wording)
    if not bounded or detail is None or detail.form != "compound":
        return None
    if any("countable" in head_uses(body) for _, body in parts_of(wording)):
        return None
    free = not text[start - 1 : start].isalpha() or formula_cues.governed(text, start)
    return Name(start, end, wording, detail, "compound-name"), free


def _plain_modified(text: str, match: re.Match[str]) -> tuple[Name, bool] | None:
    start, end = match.start() - 1, match.end()
    if start < 0 or text[max(start - 1, 0) : start + 1] in grammar().modifier_words:
        return None
    detail = announced(text[start:end])
    if detail is None or detail.form != "modifier":
        return None
    return Name(start, end, text[start:end], detail, "modifier-name"), False


def _plain_classified(text: str, match: re.Match[str]) -> tuple[Name, bool] | None:
    start, at = match.span()
    kind, number = match["kind"], match["number"]
    if kind is None or number == "双":
        return None
    if text[at : at + 1] in "“「『‘":
        return _quote_inside(text, match)
    head, repeated = head_at(text, at), _repeated(text, start, at)
    if repeated and not len(repeated) <= len(head) <= len(repeated) + 2:
        head = repeated  # 空间 of 三类空间协调布局, but 经济成分 behind 个体经济五种经济成分
    if not head:
        if kind not in "条点项" or not formula_cues.above(text, start):
            return None
        detail = FormulaName(value(number), "", "classifier")
        return Name(start, at, text[start:at], detail, "classifier-name"), True
    found = classified(number, kind, head, "countable")
    if _counts(head) or (kind == "步" and is_verb(head)):  # 分三步实施 (done in three steps)
        return None
    if found is None or (kind == "大" and value(number) >= 7 and not head_uses(head)):
        return None
    end = at + len(head)
    free = _free(text, end, kind, head) and "generic" not in head_uses(text[end : end + 2])
    return Name(start, end, text[start:end], found, "classifier-name"), free or kind == "大"


def _repeated(text: str, start: int, at: int) -> str:
    """The letters behind the number that end the text before it: A空间、B空间两类空间."""
    sizes = range(min(8, start, len(text) - at), 1, -1)
    repeats = (text[at : at + n] for n in sizes if text[at : at + n] == text[start - n : start])
    return next((head for head in repeats if head.isalpha()), "")


def _counts(head: str) -> bool:
    """Whether the head ends with a noun of things that are merely counted, such as 企业."""
    return any("countable" in head_uses(head[at:]) for at in range(1, len(head) - 1))


def _free(text: str, end: int, kind: str, head: str) -> bool:
    """Whether the name stands without a cue: 项 + set noun, 个 + abstract noun or verb phrase."""
    uses = head_uses(head)
    if "generic" in uses or "generic" in head_uses(head[-2:]):
        return False
    if kind == "个":
        return "noun" in uses or (_is_phrase(head) and _is_border(text, end))
    return kind in grammar().free and ("noun" in uses or len(head) <= 4)


def _is_phrase(head: str) -> bool:
    """Whether the head is a short verb phrase such as 不放松 (never slacken)."""
    nominal = any(head_uses(head[at:]) for at in range(len(head)))
    return 2 <= len(head) <= 5 and not nominal and begins_with_verb(head)


def _is_border(text: str, at: int) -> bool:
    after = text[at : at + 1]
    return not after.isalpha() or after in "的和与及要"


def _is_noun(tail: str) -> bool:
    """Whether the letters end with a noun of the lexicon, or are short and no verb."""
    known = any(head_uses(tail[at:]) for at in range(len(tail) - 1))
    return known or (len(tail) < 3 and not begins_with_verb(tail + "一"))


def _quote_inside(text: str, match: re.Match[str]) -> tuple[Name, bool] | None:
    """NUM + classifier + “…” + noun: the quotation marks stand inside the name."""
    inner = _INNER.match(text, match.end())
    if inner is None:
        return None
    tail = inner[2]
    if tail and (len(tail) > 4 or grammar().function.search(tail) or not _is_noun(tail)):
        tail = ""
    end = inner.end(1) + 1 + len(tail)
    wording = match.group() + inner[1] + tail
    detail = classified(match["number"], match["kind"], inner[1] + tail, "unit")
    if detail is None:
        return None
    return Name(match.start(), end, wording, detail, "quote-inside-name"), True

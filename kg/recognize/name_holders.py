"""Holders: persons whose names stand beside their titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.recognize.name_foreign import japanese_end, sound_run, sound_start
from kg.recognize.name_lexicon import CJK, Found, bodies, places, wording
from kg.recognize.name_people import end_of_name, is_name, start_of_name
from kg.recognize.name_titles import Title, departmental, spoken

CHAIN = re.compile(r"[ \u3000]*[、，,]?[ \u3000]*(?:并?兼任?|和|及|暨)?[ \u3000]*")
COLON = re.compile(r"[ \u3000]*[:：/／|｜丨][ \u3000]*")
SPACE = re.compile(r"[ \u3000]{0,4}")
WIDE = re.compile(r"[ \u3000]+")
NEXT = re.compile(r"[ \u3000]*[、，,/／][ \u3000]*|[ \u3000]+")
_MARKS = frozenset(" \u3000:：/／|｜丨")  # with which these begin
NOTE = re.compile(r"[（(][^（）()]{1,10}[）)]")
HAN_ONLY = re.compile(rf"[{CJK}]+")
_FOREIGN = ("country", "international", "foreign")
_JAPAN = "日本"
_ROW = re.compile(rf"[{CJK}]{{2,4}}(?:、[{CJK}]{{2,4}})*(?=[）)])")


def person(text: str, start: int, end: int, rule: str) -> Found:
    """The person ``text[start:end]``."""
    name = WIDE.sub("", text[start:end])
    return Found(start, end, "Person", name, rule)


def past_note(text: str, index: int) -> int:
    """Past a note in brackets such as （女） (female), which may stand at ``index``."""
    match = NOTE.match(text, index)
    return match.end() if match else index


def after_mark(text: str, index: int) -> int:
    """Where the name begins that a title ending at ``index`` announces, past spaces or a colon."""
    if text[index : index + 1] not in _MARKS:
        return index
    mark = COLON.match(text, index) or SPACE.match(text, index)
    return mark.end() if mark else index


def after_titles(text: str, titles: Sequence[Title], ends: dict[int, Found]) -> Iterator[Found]:
    """Persons after titles; a chain of titles that begins at a body leads to a name."""
    last, must = -1, False
    for title in titles:
        kind = title.role.kind
        if kind in ("address", "tail"):
            continue
        body = ends.get(title.open) or ends.get(title.start)
        if kind == "party":
            yield from _names(text, title.end, False, "party", False, False, True)
            continue
        if kind in ("credit", "occupation") and text[title.open - 1 : title.open] in ("（", "("):
            yield from _bracketed(text, title.end)
        chained = must and last >= 0 and bool(CHAIN.fullmatch(text, last, title.open))
        must = body is not None and (body.kind == "Organization" or kind == "territorial")
        must = (must or chained or bool(title.role.body)) and kind in ("office", "territorial")
        last = title.end
        colon = COLON.match(text, title.end)
        if colon and (kind in ("credit", "label") or colon.group().strip() in ":："):
            yield from _names(text, colon.end(), kind != "office", "credit")
        elif kind == "credit":
            space = WIDE.match(text, title.end)
            if space:
                yield from _names(text, space.end(), False, "credit")
        elif kind != "label":
            yield from _holders(text, title, body, must)
            if text.startswith("的", title.end) and kind in ("office", "territorial", "occupation"):
                end = end_of_name(text, title.end + 1, near=True)
                if end > 0 and text.startswith(spoken(), end):
                    yield person(text, title.end + 1, end, "title")


def _bracketed(text: str, start: int) -> Iterator[Found]:
    """The names that go on to the bracket's end, whatever words they are: （记者许可、乌日汗）."""
    match = _ROW.match(text, start)
    at = start
    for name in match.group().split("、") if match else ():
        if is_name(text, at, at + len(name), firm=True):
            yield person(text, at, at + len(name), "credit")
        at += len(name) + 1


def _names(
    text: str,
    start: int,
    sure: bool,
    rule: str,
    spaced: bool = True,
    must: bool = False,
    near: bool = False,
) -> Iterator[Found]:
    """The names that follow one another from ``start``; ``must`` when the first has to."""
    while True:
        end = spaced_end(text, start) if spaced else -1
        if end < 0:
            end = end_of_name(text, start, sure=sure, must=must, near=near)
        if end < 0:
            return
        yield person(text, start, end, rule)
        must = False
        gap = NEXT.match(text, end)
        if gap is None or (not spaced and not gap.group().strip()):
            return
        start = gap.end()


def spaced_end(text: str, start: int) -> int:
    """End of a name of two characters set apart by a space, 张　某, or -1."""
    space = WIDE.match(text, start + 1)
    if space is None or space.end() >= len(text):
        return -1
    end = space.end() + 1
    alone = end >= len(text) or not HAN_ONLY.match(text[end])
    return end if alone and is_name(text[start] + text[end - 1], 0, 2, sure=True) else -1


def _holders(text: str, title: Title, body: Found | None, must: bool) -> Iterator[Found]:
    """Persons that stand after a title: 主席某某某, 副主席某某、某某."""
    start = SPACE.match(text, past_note(text, title.end)).end()  # type: ignore[union-attr]
    if body is not None:
        end = _foreign_end(text, start, body)
        if end > 0:
            yield person(text, start, end, "foreign")
            return
    many = title.role.many or "副" in title.name
    spaced = title.role.kind == "occupation" or start > title.end
    near = title.role.kind == "rank" or (
        title.role.kind in ("office", "territorial") and title.role.called
    )
    found = False
    for one in _names(text, start, start > title.end, "title", spaced, must, near):
        found = True
        yield one
        if not many:
            return
    if not found and title.role.kind == "occupation" and body is not None:
        end = _before_deed(text, start)
        if end > 0:
            yield person(text, start, end, "title")


def _before_deed(text: str, start: int) -> int:
    """End of a name that is also a word, before what only a person does: 毛豆|荣获; or -1."""
    for end in (start + 2, start + 3):
        if text.startswith(wording("deeds"), end) and is_name(text, start, end, firm=True):
            return end
    return -1


def _foreign_end(text: str, start: int, body: Found) -> int:
    """End of a foreign name after a title of a foreign state or an international body."""
    if body.name.startswith(_JAPAN) or text.startswith(_JAPAN, body.start - len(_JAPAN)):
        return japanese_end(text, start)
    known = places().get(body.name) or bodies().get(body.name)
    if known is None or known.sort not in _FOREIGN:
        return -1
    end = end_of_name(text, start)
    return end if end > 0 else sound_run(text, start)


def before_titles(text: str, titles: Sequence[Title], ends: dict[int, Found]) -> Iterator[Found]:
    """Persons that stand before a title: 某某某部长, 某某同志."""
    for title in titles:
        kind = title.role.kind
        if kind in ("occupation", "credit", "label", "party"):
            continue
        if kind != "tail" and not title.role.called:
            continue
        if title.open in ends or departmental(title):
            continue
        end = title.open
        if kind in ("office", "territorial") and text[end - 1 : end] in ("（", "("):
            end -= 1  # 某某（市委书记）
        if kind == "tail":
            end = len(text[:end].rstrip(" \u3000")) if text[end - 1 : end].isspace() else end
        start = start_of_name(text, end, sure=title.role.unique or kind == "address")
        if start < 0:  # right after the name of a body: 某学院|白雪|教授
            start = next(
                (s for s in (end - 3, end - 2) if s in ends and is_name(text, s, end, sure=True)),
                -1,
            )
        if start < 0 and kind == "territorial" and end_of_name(text, title.end, must=True) < 0:
            start = sound_start(text, end)
        if start >= 0:
            yield person(text, start, end, "title")

"""Lives: posts that a sentence tells of the person it opens with, and the body a text is about.

某某某，男，汉族，1988年生，某支队某站站长。: the titles stand far from the name, but the sentence
names nobody else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kg.model import Document, Mention, Passage
from kg.tables import rows

_SENTENCE = re.compile("[。；！？\n]")
_NOTE = re.compile(r"[（(][^（）()]{1,20}[）)]")
_CLOSE = tuple("，。；、）：\n")
LEAST = 2  # times a body is named to be what the document is about


def openings(
    passage: Passage, marks: Sequence[Mention | None]
) -> Iterator[tuple[int, int, Mention]]:
    """``(low, high, person)``: the marks after a person who opens a sentence and is alone in it."""
    text, base = passage.text, passage.span.start
    for index, mark in enumerate(marks):
        if mark is None or mark.kind != "Person":
            continue
        start, end = mark.span.start - base, mark.span.end - base
        if start and not _SENTENCE.match(text[start - 1]):
            continue
        note = _NOTE.match(text, end)
        end = note.end() if note else end
        if not text.startswith("，", end):
            continue
        stop = _SENTENCE.search(text, end)
        limit = base + (stop.start() if stop else len(text))
        high = index + 1
        alone = True
        while high < len(marks):
            other = marks[high]
            if other is not None and other.span.start >= limit:
                break
            alone = alone and (other is None or other.kind != "Person" or other.name == mark.name)
            high += 1
        if alone:
            yield index + 1, high, mark


def closes(passage: Passage, role: Mention) -> bool:
    """Whether a clause ends behind a title."""
    end = role.span.end - passage.span.start
    return end == len(passage.text) or passage.text[end] in _CLOSE


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {row["word"]: tuple(row["endings"].split(";")) for row in rows("lexicons/role_hosts")}


def hosts(document: Document, mentions: Sequence[Mention]) -> Mapping[str, Mention]:
    """Word for a body of some sort (校, school) -> the one such body that the text is about.

    The one its title names, or the one it names most often.
    """
    bodies = [m for m in mentions if m.kind == "Organization"]
    counted = Counter(body.label for body in bodies)
    title = document.meta.title.value if document.meta.title else ""
    found: dict[str, Mention] = {}
    for word, endings in _words().items():
        fitting = [b for b in bodies if b.name.endswith(endings)]
        titled = {b.label for b in fitting if b.name in title}
        ranked = Counter({b.label: counted[b.label] for b in fitting}).most_common(2)
        label = ""
        if len(titled) == 1:
            label = next(iter(titled))
        elif (
            ranked
            and ranked[0][1] >= LEAST
            and (len(ranked) < 2 or ranked[0][1] > 2 * ranked[1][1])
        ):
            label = ranked[0][0]
        if label:
            found[word] = next(b for b in fitting if b.label == label)
    return found


def host_of(passage: Passage, role: Mention, found: Mapping[str, Mention]) -> Mention | None:
    """The body that the word right before a title stands for: 校|党委书记."""
    before = passage.text[: role.span.start - passage.span.start]
    return next((found[word] for word in sorted(found) if before.endswith(word)), None)

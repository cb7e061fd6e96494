"""Senders: who writes a letter, and the date that stands beside."""

from __future__ import annotations

import re
from functools import cache

from kg.model import Mention
from kg.relate import first_person
from kg.relate.statements_text import Sentence, is_date
from kg.tables import patterns

NEAR = 40  # characters between a sender and its verb

_NOTHING = re.compile(r"[\s、，]*")


@cache
def _words(name: str) -> tuple[str, ...]:
    words = patterns("letters")["words"][name]
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


def senders(
    sentence: Sentence, frame: int, topic: Mention | None = None, me: Mention | None = None
) -> list[Mention]:
    """Who sends the letter whose frame (给 …, 致信 …) begins at the clean offset ``frame``.

    The subject right before it, several joined by 、; or the person that the sentence is
    about, where the clause itself has no subject; or the person that follows 在给…的回信中;
    or ``topic``, the one person of the sentence before, where the clause says he or she; or
    ``me``, whose speech the text is, where it says 我 (I).
    """
    able = [m for m in sentence.mentions if _able(m)]
    before = [m for m in able if m.span.end <= frame]
    near = [m for m in before if _gap(sentence, m.span.end, frame) == ""]
    if near:
        if near[-1].kind == "Organization" and _officer(sentence, near[-1].span.end, frame):
            return []  # 国务院|总理|给…回信: who that was is not said
        persons = [m for m in near if m.kind == "Person"] or _for(sentence, near[-1], before)
        return _joined(sentence, (persons or near)[-1], before)
    clause = sentence.clause(frame)
    left = _gap(sentence, clause, frame)
    if topic and left in ("他", "她") and not any(m.kind == "Person" for m in before):
        return [topic]
    if me and left in first_person.words():
        return [me]
    if left:
        return []  # the clause has a subject of its own that is none of the mentions
    for mention in before:
        if mention.kind != "Organization" and _leads(sentence, mention):
            return [_person_of(mention, able)]
    after = [m for m in able if 0 <= m.span.start - sentence.clause_end(frame) <= 1]
    return [_person_of(m, able) for m in after if m.kind != "Organization"][:1]


def _officer(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a title stands between two places."""
    inside = (m for m in sentence.mentions if start <= m.span.start and m.span.end <= end)
    return any(m.kind == "Role" for m in inside)


def _for(sentence: Sentence, body: Mention, before: list[Mention]) -> list[Mention]:
    """The person who writes for a body: 某某|代表某省人民政府."""
    people = [m for m in before if m.kind == "Person" and m.span.end <= body.span.start]
    if people and sentence.within(people[-1].span.end, body.span.start) in _words("for"):
        return [people[-1]]
    return []


def _joined(sentence: Sentence, last: Mention, others: list[Mention]) -> list[Mention]:
    """A sender with those before it in a list: 甲、乙."""
    found = [last]
    for other in reversed(others):
        first = found[0].span.start
        if sentence.within(other.span.end, first) == "、":
            found.insert(0, other)
    return found


def _able(mention: Mention) -> bool:
    if mention.kind == "Role":
        return mention.name in _words("unique")
    return mention.kind in ("Person", "Organization")


def _gap(sentence: Sentence, start: int, end: int) -> str:
    """What stands between two places besides titles, times and adverbs."""
    if end - start > NEAR:
        return "far"
    text = list(sentence.within(start, end))
    for mention in sentence.mentions:
        inside = start <= mention.span.start and mention.span.end <= end
        if mention.kind in ("Time", "Role") and inside:
            for at in range(mention.span.start - start, mention.span.end - start):
                text[at] = " "
    left = "".join(text)
    for word in (*_words("titles"), *_words("between")):
        left = left.replace(word, " ")
    return _NOTHING.sub("", left)


def _leads(sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention is the subject of its clause: it stands at the clause's beginning."""
    clause = sentence.clause(mention.span.start)
    return _gap(sentence, clause, mention.span.start) == ""


def _person_of(mention: Mention, others: list[Mention]) -> Mention:
    """The person right behind a title: 总书记|某某."""
    for other in others:
        if other.kind == "Person" and other.span.start == mention.span.end:
            return other
    return mention


def dated(sentence: Sentence, frame: int) -> Mention | None:
    """The date of the frame: in its own clause, or alone in the clause before."""
    clause = sentence.clause(frame)
    before = sentence.clause(max(sentence.span.start, clause - 1))
    times = [m for m in sentence.mentions if is_date(m) and m.span.end <= frame]
    for time in reversed(times):
        if time.span.start >= clause:
            return time
        alone = _gap(sentence, before, time.span.start) == ""
        if alone and time.span.start >= before and clause - time.span.end <= 6:
            return time
    return None

"""Award subjects: who receives what a verb of receiving takes."""

from __future__ import annotations

import re
from functools import cache

from kg.model import Mention
from kg.relate.statements_text import Sentence
from kg.tables import patterns, rows

NEAR = 30  # characters between a person and the verb

ITEM = 30  # characters of what stands unknown in a list before a body

_SPACE = re.compile(r"[\s、，　]+")
_BRACKETS = re.compile(r"（[^（）]{0,30}）")
_PRONOUN = re.compile("[他她](?![们人乡国省市山])")
_ASIDE = frozenset({"Organization", "Role", "Honour", "Time", "Place"})


@cache
def words(name: str) -> tuple[str, ...]:
    """A word set of the awards, longest first."""
    found = patterns("statements")["awards"][name]
    return tuple(sorted(found, key=lambda w: (-len(w), w)))


def without(sentence: Sentence, start: int, end: int) -> str:
    """The text between two places without the bodies, roles and honours in it."""
    text = list(sentence.within(start, end))
    for mention in sentence.mentions:
        inside = start <= mention.span.start and mention.span.end <= end
        if inside and mention.kind in _ASIDE:
            for at in range(mention.span.start - start, mention.span.end - start):
                text[at] = ""
    return "".join(text)


def rest(sentence: Sentence, start: int, end: int) -> str:
    """What stands between a subject and the verb besides times, titles and adverbs."""
    if end - start > 2 * NEAR:
        return "far"
    text = _BRACKETS.sub("", without(sentence, start, end))
    for word in words("between"):
        text = text.replace(word, "")
    text = _SPACE.sub("", text)
    return "far" if len(text) > NEAR else text


def subjects(sentence: Sentence, verb: int, topic: Mention | None) -> list[Mention]:
    """The persons who are the subject of the verb at a clean offset.

    Those in its clause, joined by 、 and the like; or the one who leads a clause before; or
    ``topic``, the one person of the sentence before, where this one says he or she, or
    leaves its subject out from the beginning.
    """
    clause = sentence.clause(verb)
    persons = [m for m in sentence.mentions if m.kind == "Person" and m.span.end <= verb]
    if persons and persons[-1].span.start >= clause:
        return [] if rest(sentence, persons[-1].span.end, verb) else _joined(sentence, persons)
    said = _PRONOUN.match(sentence.text, _opening(sentence, clause))
    if rest(sentence, sentence.span.start + said.end() if said else clause, verb):
        return []
    for person in persons:
        if _leads(sentence, person):
            return [] if _of_others(sentence, person.span.end) else [person]
    if topic and not persons and _left_out(sentence, verb, bool(said)):
        return [topic]
    return []


def body_subject(sentence: Sentence, verb: int) -> list[Mention]:
    """The bodies that are the subject of the verb: they open the clause, and nobody is named."""
    clause = sentence.clause(verb)
    inside = [m for m in sentence.mentions if clause <= m.span.start and m.span.end <= verb]
    bodies = [m for m in inside if m.kind == "Organization"]
    if not bodies or any(m.kind == "Person" for m in inside):
        return []
    found = _joined(sentence, bodies)
    before = without(sentence, clause, found[0].span.start).strip("，、 \u3000“")
    listed = len(before) <= ITEM and sentence.within(clause, found[0].span.start).endswith("、")
    verbs = (*words("receive"), *words("give"))
    if before and (not listed or any(len(word) > 1 and word in before for word in verbs)):
        return []
    if len(found) < len(bodies) and not listed:
        return []
    return found if not rest(sentence, found[-1].span.end, verb).strip("”") else []


def _joined(sentence: Sentence, persons: list[Mention]) -> list[Mention]:
    """The last of ``persons``, or bodies, with those listed before: 甲、乙和丙."""
    found = [persons[-1]]
    for other in reversed(persons[:-1]):
        if sentence.within(other.span.end, found[0].span.start) not in words("joints"):
            break
        found.insert(0, other)
    return found


def _leads(sentence: Sentence, person: Mention) -> bool:
    """Whether a person opens a clause: only what the person is called stands before."""
    begin = sentence.clause(person.span.start)
    left = _SPACE.sub("", without(sentence, begin, person.span.start))
    if not left:
        return True
    return called(sentence, person, left)


def called(sentence: Sentence, person: Mention, left: str) -> bool:
    """Whether ``left``, which stands before a titled name in its clause, only calls the person."""
    titled = any(m.span.end == person.span.start and m.kind in _ASIDE for m in sentence.mentions)
    return titled and not any(word in left for word in _verbs())


@cache
def _verbs() -> tuple[str, ...]:
    """Words that show more than the titles of a person to stand before the name."""
    table = rows("lexicons/verbs_borders")
    return tuple(row["word"] for row in table if row["strength"] in ("hard", "adverb"))


def _of_others(sentence: Sentence, at: int) -> bool:
    """Whether what follows a name makes others the subject: 某某|的徒弟, 某某|带领团队."""
    return sentence.text.startswith(words("others"), at - sentence.span.start)


def _opening(sentence: Sentence, clause: int) -> int:
    """Offset in the sentence's text from which the clause says something beyond its time."""
    at = clause
    for mention in sentence.mentions:
        if mention.kind == "Time" and at <= mention.span.start <= at + 1:
            at = mention.span.end
    text = sentence.text
    at -= sentence.span.start
    ago = _ago().match(text, at)
    at = ago.end() if ago else at
    while at < len(text) and text[at] in "，、 　于":
        at += 1
    return at


@cache
def _ago() -> re.Pattern[str]:
    """Times that open a sentence and have no mention of their own, as long as no year is known."""
    return re.compile("|".join(patterns("statements")["awards"]["times"]))


def _left_out(sentence: Sentence, verb: int, said: bool) -> bool:
    """Whether the sentence opens with he or she, or has no subject before the verb."""
    if said:
        return True
    start = sentence.span.start
    opening = start + _opening(sentence, start)
    pronoun = _PRONOUN.match(sentence.text, opening - start)
    if pronoun:
        return not _of_others(sentence, start + pronoun.end())
    return not rest(sentence, start, verb)


def topic_of(sentence: Sentence, topic: Mention | None) -> Mention | None:
    """The person that the next sentence may call he or she."""
    persons = {m.label: m for m in reversed(sentence.mentions) if m.kind == "Person"}
    if not persons:
        return topic
    return next(iter(persons.values())) if len(persons) == 1 else None

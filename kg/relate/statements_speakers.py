"""Speakers: who stands before a verb of saying."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.model import Mention, Span
from kg.relate import first_person
from kg.relate.awards_subjects import called
from kg.relate.statements_text import Sentence, is_date
from kg.tables import patterns

NEAR = 60  # characters between a speaker and the verb

_SPACE = re.compile(r"[\s、]+")
_MARK = re.compile(r"^(?:[（(][0-9一二三四五六七八九十]+[）)]|[0-9一二三四五六七八九十]+[.．、是])")
_PRONOUN = re.compile("[他她](?![们人乡国省市的和与])")
_OPENED = ("：“", "，“")
_BRACKETS = re.compile(r"（[^（）]*）")


@dataclass(frozen=True)
class Speaker:
    """A speaker, the clean offset from which dates belong to the frame, and who speaks too."""

    mention: Mention
    low: int
    others: tuple[Mention, ...] = ()
    inferred: bool = False  # who it is stands elsewhere: in the byline of the speech


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(patterns("statements")[name], key=lambda w: (-len(w), w)))


@cache
def _held() -> re.Pattern[str]:
    return re.compile(patterns("statements")["held"])


@cache
def _occasion() -> re.Pattern[str]:
    ends = "|".join(_words("occasion_ends"))
    return re.compile(rf"(在[^，。；：“”]{{1,40}}(?:{ends}))")


@cache
def _occasion_before() -> re.Pattern[str]:
    ends = "|".join(_words("occasion_ends"))
    titles = "|".join(_words("titles"))
    return re.compile(rf"(在[^，。；：“”]{{1,40}}(?:{ends}))[，,]?(?:{titles}|、)*$")


def occasion_of(sentence: Sentence, speaker: Mention, at: int) -> Span | None:
    """Clean span of the occasion that the sentence tells: 在…时 between speaker and verb, or
    right before the speaker."""
    base = sentence.span.start
    if not sentence.span.contains(speaker.span):
        return None
    start, end = speaker.span.end - base, at - base
    found = _occasion().search(sentence.text, start, end)
    if found is None:
        found = _occasion_before().search(sentence.text, 0, speaker.span.start - base)
    return Span(*found.span(1)).shift(base) if found else None


def speaker_of(
    sentence: Sentence,
    at: int,
    verb: str,
    said: Mention | None,
    who: Mention | None = None,
    me: Mention | None = None,
) -> Speaker | None:
    """Who says what the verb at the clean offset ``at`` reports.

    A person, a title of one person only, a body or a meeting right before the verb, with
    nothing between but titles, adverbs, dates and an occasion (在…时). 会议 (the meeting)
    stands for ``said``, the meeting last reported, 他 (he) for the one person of the sentence,
    or, at its beginning, for ``who``, the one person of the sentence before; 我 (I) stands for
    ``me``, whose speech the text is.
    Without a verb (某某关于“…”的论述) the speaker need not be the subject of the clause.
    """
    before = [m for m in sentence.mentions if _able(m) and m.span.end <= at]
    before.sort(key=lambda m: (m.span.end, m.kind != "Person"))
    named = _named(sentence, before, at, verb)
    if named:
        return named
    clause = sentence.clause(at)
    if verb in _words("direct") or verb in _words("starting"):
        left_out = _left_out(sentence, before, clause, at)
        if left_out:
            return Speaker(left_out, _frame(sentence, left_out.span.start))
    opened = sentence.text.startswith(_OPENED, at + len(verb) - sentence.span.start)
    if opened and verb in _words("paused"):
        acting = _acting(sentence, before, clause, at)
        if acting:
            return Speaker(acting, _frame(sentence, acting.span.start))
    meant = _meant(sentence, before, at, who, me if verb else None)
    if meant:
        return meant
    generic = sentence.within(clause, at)
    if said and verb in _words("meeting_verbs") and generic.strip() in _words("meeting"):
        return Speaker(said, clause)
    return None


def _named(sentence: Sentence, before: list[Mention], at: int, verb: str) -> Speaker | None:
    """The speaker right before the verb, with those who speak together with it."""
    for mention in reversed(before):
        if at - mention.span.end > NEAR:
            return None
        if _rest(sentence, mention.span.end, at):
            continue
        if verb and not (_leads(sentence, mention) and _speaks(mention, verb)):
            return None
        if mention.kind == "Organization" and _somebody(sentence, mention.span.end, at):
            return None
        person = _person(mention, before)
        others = _together(sentence, person, before)
        if any(other.kind != "Organization" for other in (person, *others) if others):
            return None  # two persons with one voice: neither alone said it
        first = others[0] if others else person
        return Speaker(person, _frame(sentence, first.span.start), others)
    return None


def _meant(
    sentence: Sentence, before: list[Mention], at: int, who: Mention | None, me: Mention | None
) -> Speaker | None:
    """Whom 他 (he) or 我 (I) means at the beginning of the verb's clause."""
    clause = sentence.clause(at)
    if me and _is_self(sentence, clause, at):
        return Speaker(me, clause, inferred=True)
    if not _is_pronoun(sentence, clause, at):
        return None
    persons = {m.label: m for m in before if m.kind == "Person"}
    only = next(iter(persons.values())) if len(persons) == 1 else None
    if only and _leads(sentence, only):
        return Speaker(only, _frame(sentence, only.span.start))
    if who and not before and clause == sentence.span.start:
        return Speaker(who, clause)
    return None


def _is_pronoun(sentence: Sentence, clause: int, at: int) -> bool:
    """Whether 他 (he) opens the clause of the verb, with nothing between."""
    pronoun = _PRONOUN.match(sentence.text, clause - sentence.span.start)
    if not pronoun:
        return False
    return not _rest(sentence, sentence.span.start + pronoun.end(), at)


def _is_self(sentence: Sentence, clause: int, at: int) -> bool:
    """Whether 我 (I) opens the clause of the verb, with nothing between."""
    text = sentence.within(clause, at).lstrip("“ \u3000")
    size = next((len(word) for word in first_person.words() if text.startswith(word)), 0)
    return size > 0 and not _rest(sentence, at - len(text) + size, at)


def _left_out(sentence: Sentence, before: list[Mention], clause: int, at: int) -> Mention | None:
    """The person of the clause before, where the verb's clause has no subject (…，勉励大家)."""
    previous = sentence.clause(clause - 1) if clause > sentence.span.start else clause
    if previous == clause or _rest(sentence, clause, at):
        return None
    for mention in before:
        if not (previous <= mention.span.start < clause and _leads(sentence, mention)):
            continue
        if mention.kind in ("Person", "Role"):
            return _person(mention, before)
        said = sentence.within(mention.span.end, clause)
        if mention.kind == "Organization" and any(word in said for word in _words("issues")):
            return mention
    return None


def _acting(sentence: Sentence, before: list[Mention], clause: int, at: int) -> Mention | None:
    """The one person of the sentence, its subject, who does something and then speaks in a
    clause without a subject: PERSON放下锄头，说：“…”."""
    persons = {m.label: m for m in before if m.kind == "Person"}
    if len(persons) != 1 or _rest(sentence, clause, at):
        return None
    (person,) = persons.values()
    between = sentence.within(person.span.end, clause)
    alone = between.count("，") == 1 and not any(m.kind != "Person" for m in before)
    return person if alone and _leads(sentence, person) else None


def _together(sentence: Sentence, last: Mention, before: list[Mention]) -> tuple[Mention, ...]:
    """Who stands before the last speaker of a row: 省委、省政府要求."""
    found: list[Mention] = []
    start = last.span.start
    for other in sorted(before, key=lambda m: -m.span.start):
        joint = sentence.within(other.span.end, start)
        if other.kind in ("Person", "Organization") and joint in _words("together"):
            found.append(other)
            start = other.span.start
    return tuple(reversed(found))


def _able(mention: Mention) -> bool:
    if mention.kind == "Role":
        return mention.name in _words("unique")
    return mention.kind in ("Person", "Organization", "Event")


def _speaks(mention: Mention, verb: str) -> bool:
    if mention.kind == "Event":
        return verb in _words("meeting_verbs") and mention.name.endswith(_words("speaking_events"))
    return True


def _somebody(sentence: Sentence, start: int, at: int) -> bool:
    """Whether a post stands right behind a body: 某部部长 is somebody of it, not the body."""
    if sentence.text.startswith(_words("for_body"), start - sentence.span.start):
        return False
    post = any(m.kind == "Role" and m.span.start == start < at for m in sentence.mentions)
    return post or sentence.within(start, at).startswith(_words("titles"))


def _person(mention: Mention, others: list[Mention]) -> Mention:
    """The person beside a title: 某某|总书记."""
    if mention.kind == "Role":
        for other in others:
            if other.kind == "Person" and other.span.end == mention.span.start:
                return other
    return mention


def _rest(sentence: Sentence, start: int, end: int) -> str:
    """What stands between a speaker and the verb besides what may."""
    text = list(sentence.within(start, end))
    for mention in sentence.mentions:
        inside = start <= mention.span.start and mention.span.end <= end
        if inside and mention.kind in ("Time", "Role"):
            for place in range(mention.span.start - start, mention.span.end - start):
                text[place] = ""
    left = _BRACKETS.sub("", "".join(text))
    left = _occasion().sub("", left, count=1)
    for word in (*_words("titles"), *_words("adverbs")):
        left = left.replace(word, "")
    return _SPACE.sub("", left).strip("，") if left.count("，") < 2 else left


def _leads(sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention is the subject: only a date, a post or an occasion stands before it."""
    clause = sentence.clause(mention.span.start)
    text = list(sentence.within(clause, mention.span.start))
    for other in sentence.mentions:
        inside = clause <= other.span.start and other.span.end <= mention.span.start
        if inside and other.kind in ("Time", "Role", "Organization", "Person", "Honour", "Place"):
            for place in range(other.span.start - clause, other.span.end - clause):
                text[place] = ""
    left = _MARK.sub("", "".join(text).strip("“”— \u3000"))
    left = _occasion().sub("", left, count=1)
    for word in (*_words("titles"), *_words("openers")):
        left = left.replace(word, "")
    left = _SPACE.sub("", left)
    return not left or (mention.kind == "Person" and called(sentence, mention, left))


def _frame(sentence: Sentence, start: int) -> int:
    """Where the frame of a speaker begins: a clause of nothing but a date belongs to it."""
    clause = sentence.clause(start)
    before = sentence.clause(max(sentence.span.start, clause - 1))
    for mention in sentence.mentions:
        if mention.kind != "Time" or not before <= mention.span.start < clause:
            continue
        opens = sentence.within(before, mention.span.start) in _words("before_dates")
        alone = opens and 0 < clause - mention.span.end <= 4
        if alone and is_date(mention):
            return before
    return clause


def titled(sentence: Sentence, *, headline: bool = False) -> Mention | None:
    """The meeting that a sentence reports as held: EVENT …召开, or a title, EVENT 公报.

    A meeting whose words another one studies (传达学习 EVENT 精神) is not the one held.
    """
    held = patterns("statements")["reported"]
    for mention in sentence.mentions:
        if mention.kind != "Event" or not mention.name.endswith(_words("speaking_events")):
            continue
        start, end = mention.span.start, mention.span.end
        behind = sentence.within(end, end + 40)
        before = sentence.within(start - 30, start)
        if before.endswith(_words("studied")) or behind.startswith(_words("studied_behind")):
            continue
        window = sentence.within(start - 30, end + 40)
        if any(word in window for word in held) or (headline and behind in _words("of_title")):
            return mention
    return None


def unnamed(sentence: Sentence, said: Mention | None) -> bool:
    """Whether a sentence reports a meeting as held that is no event of the graph, and no short
    name of the meeting ``said``."""
    match = _held().search(sentence.text)
    if match is None or (said and said.name.endswith(match["meeting"])):
        return False
    end = sentence.span.start + match.end()
    return not any(m.kind == "Event" and m.span.end == end for m in sentence.mentions)

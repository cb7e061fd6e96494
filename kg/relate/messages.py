"""Messages: letters: from, to, date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import Claim, Document, Mention, Passage, Span
from kg.relate import first_person
from kg.relate.awards_subjects import topic_of, without
from kg.relate.base import Told, passages
from kg.relate.messages_people import dated, senders
from kg.relate.statements_text import Sentence, exactly
from kg.tables import patterns

RULE = "letter"
_ABLE = ("Organization", "Person", "Place")
FAR = 150  # characters from a sender to the letter that one piece of evidence may hold
GROUP = 24  # characters of a group of people behind a verb
_CLAUSE_END = re.compile("[，。；：！？]")
LONGEST = 60  # characters of the wording of the recipients


@dataclass(frozen=True)
class _Letter:
    """A letter as one sentence reports it, in clean offsets."""

    frame: int  # where 给 or the verb begins: the sender stands before it
    to: Span
    end: int
    noun: str


@cache
def _acts() -> re.Pattern[str]:
    words = sorted({*_table("acts"), *_table("before")}, key=lambda w: (-len(w), w))
    return re.compile("|".join(words))


@cache
def _table(name: str) -> dict[str, str]:
    """Acts with what is written; verbs of writing go with every kind of letter."""
    table = dict(patterns("letters")[name])
    if name == "acts":
        for verb in _words("letter_verbs"):
            for noun in _words("letter_nouns"):
                table.setdefault(verb + noun, noun)
    return table


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(patterns("letters")["words"][name])


def find(
    document: Document, mentions: Sequence[Mention], told: Sequence[Told] = ()
) -> Iterator[Claim]:
    """Claims of the document: who wrote to whom, and when.

    Each recipient has a letter of its own; a recipient that is neither person, body nor
    event is a new mention of kind Group.
    """
    authors = first_person.authors(document, mentions)
    for each in told or passages(document, mentions):
        passage = each.passage
        if _acts().search(passage.text):
            topic: Mention | None = None
            for sentence in each.sentences:
                for letter in _letters(sentence):
                    yield from _claims(
                        passage, sentence, letter, (topic, authors.get(passage.part))
                    )
                topic = topic_of(sentence, topic)


def _letters(sentence: Sentence) -> Iterator[_Letter]:
    base = sentence.span.start
    done = 0
    for match in _acts().finditer(sentence.text):
        clause = sentence.clause(base + match.start()) - base
        letter = _after(sentence, match, max(clause, done)) or _before(sentence, match)
        if letter:
            done = letter.end - base
            yield letter


def _after(sentence: Sentence, match: re.Match[str], low: int) -> _Letter | None:
    """给 RECIPIENT 回信, 致 RECIPIENT 的贺信."""
    text, base = sentence.text, sentence.span.start
    noun = _table("acts").get(match.group())
    if noun is None:
        return None
    for word in _words("to"):
        at = text.rfind(word, low, match.start())
        start = at + len(word)
        if at >= 0 and 2 <= match.start() - start <= LONGEST:
            if word == "致" and not match.group().startswith("的"):
                continue
            text_end = _cut(text, start, match.start())
            if text_end - start < 2:
                continue
            span = Span(base + start, base + text_end)
            return _Letter(base + at, span, base + match.end(), noun)
    return None


def _cut(text: str, start: int, end: int) -> int:
    """Where the recipient in ``text[start:end]`` ends: at ``end``, or before another verb."""
    places = [text.find(word, start + 2, end) for word in _words("cuts")]
    return min((place for place in places if place >= 0), default=end)


def _before(sentence: Sentence, match: re.Match[str]) -> _Letter | None:
    """致信 RECIPIENT: where a mention that can receive letters follows at once, or people."""
    base, text = sentence.span.start, sentence.text
    noun = _table("before").get(match.group())
    if noun is None or text.startswith(_words("not_after"), match.end()):
        return None
    at = match.end()
    aim = next((aim for aim in _table("aims") if text.startswith(aim, at)), "")
    at += len(aim)
    noun = _table("aims")[aim] + noun if aim and noun in ("信", "电") else noun
    whole = _people(text, at)
    for kind in ("Event", "Organization", "Person"):
        for mention in sentence.mentions:
            if mention.kind == kind and mention.span.start == base + at:
                longer = whole > mention.span.end - base and kind != "Person"
                span = Span(base + at, base + whole) if longer else mention.span
                return _Letter(base + match.start(), span, span.end, noun)
    if whole:
        span = Span(base + at, base + whole)
        return _Letter(base + match.start(), span, span.end, noun)
    return None


def _people(text: str, at: int) -> int:
    """End of the group of people that the clause from ``at`` on is (全体官兵); or 0."""
    stop = _CLAUSE_END.search(text, at)
    end = stop.start() if stop else len(text)
    group = text[at:end]
    people = group.endswith(_words("people")) or any(word in group for word in _words("all"))
    fits = 3 <= len(group) <= GROUP and people
    return end if fits and not any(word in group for word in _words("pronouns")) else 0


def _claims(
    passage: Passage,
    sentence: Sentence,
    letter: _Letter,
    persons: tuple[Mention | None, Mention | None],
) -> Iterator[Claim]:
    """``persons``: whom 他 (he) and 我 (I) mean."""
    who = senders(sentence, letter.frame, *persons)
    if not who:
        return
    time = dated(sentence, letter.frame)
    near = [m for m in who if passage.span.contains(m.span)]
    inferred = len(near) < len(who)  # who it is stands elsewhere: in the byline of the speech
    near = [m for m in near if letter.frame - m.span.start <= FAR]
    places = [m.span for m in (*near, *((time,) if time else ()))]
    start = min([letter.frame, *(span.start for span in places)])
    span = Span(start, max([letter.end, *(span.end for span in places)]))
    names = "、".join(m.name for m in who)
    for recipient in _recipients(passage, sentence, letter.to):
        name = f"{names}致{recipient.name}：{letter.noun}"
        at, end = span.start - passage.span.start, span.end - passage.span.start
        message = passage.mention(at, end, "Message", rule=RULE, name=name)
        for mention in who:
            yield Claim("sender", message, mention, span, RULE, (), inferred)
        yield Claim("recipient", message, recipient, span, RULE)
        if time:
            yield Claim("sentOn", message, time, span, RULE)


def _recipients(passage: Passage, sentence: Sentence, span: Span) -> Iterator[Mention]:
    pieces = _pieces(sentence, _trimmed(sentence, span))
    for piece in pieces:
        known = _known(sentence, piece)
        if known:
            yield known
        elif len(piece) >= 2:
            at = piece.start - passage.span.start
            yield passage.mention(at, at + len(piece), "Group", rule="letter-recipient")


def _trimmed(sentence: Sentence, span: Span) -> Span:
    """A span without a pronoun at its head: 我们|班组职工 (the workers of our team)."""
    text = sentence.within(span.start, span.end)
    for word in _words("pronouns"):
        if text.startswith(word):
            return Span(span.start + len(word), span.end)
    cut = span.start + text.rfind("的") + 1
    if cut > span.start and any(m.span.start == cut for m in sentence.mentions if m.kind in _ABLE):
        return Span(cut, span.end)  # 奋战在一线的|某某队全体队员
    person = _titled_person(sentence, span.end) if cut > span.start else None
    return person.span if person is not None else span  # 坚守海岛的哨所所长|某某


def _titled_person(sentence: Sentence, end: int) -> Mention | None:
    """The person with a title right before the name that ends at a clean offset."""
    for person in sentence.mentions:
        if person.kind == "Person" and person.span.end == end:
            titled = any(
                m.kind == "Role" and m.span.end == person.span.start for m in sentence.mentions
            )
            return person if titled else None
    return None


def _pieces(sentence: Sentence, span: Span) -> list[Span]:
    """Recipients one by one; a phrase whose parts do not stand alone stays whole."""
    text = sentence.within(span.start, span.end)
    found, at = [], span.start
    for part in re.split("[、]", text):
        found.append(Span(at, at + len(part)))
        at += len(part) + 1
    if len(found) == 1:
        both = re.split("[和与及]", text)
        cut = Span(span.start, span.start + len(both[0]))
        rest = Span(cut.end + 1, span.end)
        if len(both) == 2 and _known(sentence, cut) and _known(sentence, rest):
            return [cut, rest]
    alone = all(len(piece) >= 5 or _known(sentence, piece) for piece in found)
    return found if alone else [span]


def _known(sentence: Sentence, span: Span) -> Mention | None:
    """The mention that a recipient's wording is, a title behind a person's name apart."""
    mention = exactly(sentence, span, "Event", "Organization", "Person", "Group", "Role")
    if mention:
        return mention
    for person in sentence.mentions:
        if (
            person.kind == "Person"
            and person.span.end == span.end
            and _titled(sentence, span, person)
        ):
            return person
        if person.kind == "Person" and person.span.start == span.start:
            rest = sentence.within(person.span.end, span.end)
            if rest in _words("titles"):
                return person
    return None


def _titled(sentence: Sentence, span: Span, person: Mention) -> bool:
    """Whether only the person's titles stand before the name: 某国某会主席|某某."""
    left = without(sentence, span.start, person.span.start)
    return person.span.start > span.start and not left.strip("、和兼，")

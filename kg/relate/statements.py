"""Statements: quotations: who said what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.model import Claim, Document, Mention, Passage, Saying, Span
from kg.relate import first_person
from kg.relate.awards_subjects import topic_of
from kg.relate.base import Told, passages
from kg.relate.statements_speakers import Speaker, occasion_of, speaker_of, titled, unnamed
from kg.relate.statements_text import Sentence, is_date
from kg.tables import patterns

RULE = "attribution"
CONTINUED = "attribution-continued"
ABOUT = frozenset({"Formula", "Spirit", "Policy", "Campaign", "Concept"})
FAR = 120  # characters from a speaker to what is said that one piece of evidence may hold
REACH = 600  # characters of evidence from a speaker to a sentence that goes on the speech
ADJACENT = 3  # passages after which 会议 (the meeting) is no longer the one last reported
SHORTEST = 5  # characters of what is said; less is an object of the verb

_PAUSE = re.compile("[，：:]?“|[，：:]")
_SO = re.compile("的(?:那样)?(?=[，：])")  # 正如某某所说的，… (as somebody has said)
_STOPS = "。！？!?”；："
_END = "。！？!?；; \n　"


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(patterns("statements")[name], key=lambda w: (-len(w), w)))


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join(_words("verbs")))


@cache
def _comment() -> re.Pattern[str]:
    return re.compile(patterns("statements")["comment"])


@cache
def _topic() -> re.Pattern[str]:
    topics = "|".join(_words("topics"))
    return re.compile(rf"关于“([^“”]{{6,300}})”的(?:一系列)?({topics})")


@dataclass(frozen=True)
class _Said:
    """What somebody said, where a sentence reports it. Offsets are clean."""

    speaker: Speaker
    verb: str
    span: Span  # the words themselves
    occasion: Span | None = None
    open: bool = False  # reported speech that reaches to the end of its sentence
    reported: bool = False  # by a meeting that the text reports as held


def find(
    document: Document, mentions: Sequence[Mention], told: Sequence[Told] = ()
) -> Iterator[Claim]:
    """Claims of the document: quotations, with who said them, on what, where and when.

    A quotation reaches from the verb of saying to the end of the sentence; where it stands
    in quotation marks, to the closing mark. Sentences behind it go on the speech only where a
    rule says so: see ``_goes_on``.
    """
    said: Mention | None = None  # the meeting last reported
    since = 0  # passages since it was reported, spoke or did something
    authors = first_person.authors(document, mentions)
    for each in told or passages(document, mentions):
        passage = each.passage
        before: Sentence | None = None
        reports = False  # whether a verb in the sentence before reports its words
        who: Mention | None = None  # the person whom 他 (he) means
        speech: _Said | None = None  # what the sentence may go on
        since += 1
        for sentence in each.sentences:
            if since <= ADJACENT and sentence.text.startswith(_words("goes_on")):
                since = 0
            yield from _topics(passage, sentence)
            meeting = titled(sentence, headline=passage.kind == "title")
            if meeting is None and unnamed(sentence, said):
                said = None  # another meeting, without a node
            met = (meeting, said if since <= ADJACENT else None)
            found = list(_attributed(sentence, met, (who, authors.get(passage.part))))
            for one in found:
                since = 0 if one.speaker.mention is said else since
                yield from _claims(passage, sentence, one)
            if found:
                speech = found[-1] if _goes_on(passage, found[-1]) else None
            elif speech and _continues(sentence):
                yield from _continued(passage, sentence, speech)
            else:
                speech = None
            if before and before.text.endswith("”") and not reports:
                yield from _behind(passage, before, sentence, who)
            said, since = (meeting, 0) if meeting else (said, since)
            before, reports, who = sentence, bool(found), topic_of(sentence, who)


def _goes_on(passage: Passage, said: _Said) -> bool:
    """Whether sentences that begin with 要 (must) right behind it go on the same speech.

    News of a meeting tells what the meeting demands in a row of such sentences, news of a
    speech what the speaker demands, where it names the occasion and the speech is a demand.
    An article that quotes somebody demands things in its own name: there none goes on.
    """
    if not said.open:
        return False
    if said.speaker.mention.kind == "Event":
        return said.reported
    begins = passage.within(said.span).startswith(_words("demands"))
    return said.occasion is not None and begins and said.verb in _words("meeting_verbs")


def _continues(sentence: Sentence) -> bool:
    text = sentence.text
    begins = text.startswith(_words("continues")) and not text.startswith(_words("no_demand"))
    return begins and text[-1] in _STOPS


def _continued(passage: Passage, sentence: Sentence, speech: _Said) -> Iterator[Claim]:
    """A sentence that goes on a speech, as a quotation of its own."""
    end = sentence.span.start + len(sentence.text.rstrip(_END))
    span = Span(sentence.span.start, end)
    begin = min(speech.speaker.low, speech.speaker.mention.span.start)
    whole = Span(begin, end)
    evidence = whole if begin >= passage.span.start and len(whole) <= REACH else span
    quotation = _quotation(passage, replace(speech, span=span), CONTINUED)
    yield Claim("spokenBy", quotation, speech.speaker.mention, evidence, CONTINUED, (), True)
    yield from _about(sentence, quotation)


def _attributed(
    sentence: Sentence,
    met: tuple[Mention | None, Mention | None],
    persons: tuple[Mention | None, Mention | None],
) -> Iterator[_Said]:
    """What the verbs of a sentence report. ``met``: the meeting that it reports itself, which
    speaks behind its name, and the one reported before; ``persons``: whom 他 (he) and 我 (I)
    mean."""
    here, before = met
    text, base = sentence.text, sentence.span.start
    done = 0
    for match in _verbs().finditer(text):
        if match.start() < done or _quoted(text, match.start()):
            continue
        content = _content(text, match)
        if content is None:
            continue
        at = base + match.start()
        said = here if here and here.span.end < at else before
        speaker = speaker_of(sentence, at, match.group(), said, *persons)
        if speaker is None:
            continue
        done = content[1]
        span = Span(base + content[0], base + content[1])
        occasion = occasion_of(sentence, speaker.mention, at)
        reaches = content[1] == len(text.rstrip(_END))
        reported = speaker.mention in (here, before)
        yield _Said(speaker, match.group(), span, occasion, reaches, reported)


def _quoted(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at)


def _content(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """Where what is said begins and ends; None when the verb reports no words."""
    verb, at = match.group(), match.end()
    so = _SO.match(text, at) if verb.startswith("所") else None
    at = so.end() if so else at
    pause = _PAUSE.match(text, at)
    if pause and pause.group().endswith("“"):
        if pause.group() != "“" or verb not in _words("paused"):
            return _inside(text, pause)
    elif not pause and not _runs_on(text, verb, at):
        return None
    begin = pause.end() if pause else at
    end = len(text)
    if text[-1] not in _STOPS:
        return None  # cut off by the page
    judged = _comment().search(text, begin)
    end = judged.start() if judged else end
    while end > begin and text[end - 1] in _END:
        end -= 1
    return (begin, end) if end - begin >= SHORTEST else None


def _runs_on(text: str, verb: str, at: int) -> bool:
    """Whether words of the speaker may follow a verb at once: 要求|各级…, 强调|要…"""
    if text.startswith(_words("empty"), at):
        return False
    starting = verb in _words("starting") and text.startswith(_words("starters"), at)
    return starting or verb in _words("direct")


def _inside(text: str, pause: re.Match[str]) -> tuple[int, int] | None:
    """What stands in the quotation marks; the whole rest where they hold a part of it."""
    close = text.find("”", pause.end())
    if close < 0:
        return None
    rest = text[close + 1 : close + 2]
    if pause.group() == "“" and rest not in ("", "。", "，", "；", "！"):
        end = len(text.rstrip(_END))
        return (pause.end() - 1, end) if end - pause.end() >= SHORTEST else None
    if close - pause.end() < SHORTEST:
        return None
    return pause.end(), close


def _topics(passage: Passage, sentence: Sentence) -> Iterator[Claim]:
    """PERSON 关于“…”的重要论述 (PERSON's important remarks on …)."""
    base = sentence.span.start
    for match in _topic().finditer(sentence.text):
        speaker = speaker_of(sentence, base + match.start(), "", None)
        if speaker:
            span = Span(base + match.start(1), base + match.end(1))
            yield from _claims(passage, sentence, _Said(speaker, match[2], span))


@cache
def _behind_verbs() -> re.Pattern[str]:
    verbs = sorted(patterns("statements")["after"]["verbs"], key=lambda w: (-len(w), w))
    return re.compile(rf"({'|'.join(verbs)})(?=[。，；]|$)")


def _behind(
    passage: Passage, quoted: Sentence, sentence: Sentence, who: Mention | None
) -> Iterator[Claim]:
    """“…。” PERSON 说: the quotation stands in the sentence before its speaker; 他 (he) is
    ``who``."""
    match = _behind_verbs().search(sentence.text, 0, 40)
    opened = quoted.text.rfind("“")
    if not match or len(quoted.text) - opened - 2 < SHORTEST or opened < 0:
        return
    closes = sentence.text[match.end() : match.end() + 1] in ("。", "")
    who = who if closes else None  # “…。”他介绍，… (he told …) may begin something new
    speaker = speaker_of(sentence, sentence.span.start + match.start(), match[1], None, who)
    if speaker and speaker.mention.kind == "Person":
        span = Span(quoted.span.start + opened + 1, quoted.span.end - 1)
        yield from _claims(passage, quoted, _Said(speaker, match[1], span))


def _quotation(passage: Passage, said: _Said, rule: str) -> Mention:
    begin = said.span.start - passage.span.start
    occasion = passage.within(said.occasion) if said.occasion else ""
    return passage.mention(
        begin, begin + len(said.span), "Quotation", rule=rule, detail=Saying(said.verb, occasion)
    )


def _claims(passage: Passage, sentence: Sentence, said: _Said) -> Iterator[Claim]:
    span, speaker = said.span, said.speaker
    quotation = _quotation(passage, said, RULE)
    who = speaker.mention.span
    evidence = Span(min(who.start, span.start), max(who.end, span.end))
    if not passage.span.contains(who) or len(evidence) > len(span) + FAR:
        evidence = Span(min(speaker.low, span.start), max(speaker.low, span.end))
    yield Claim("spokenBy", quotation, speaker.mention, evidence, RULE, (), speaker.inferred)
    for other in speaker.others:
        begin = min(other.span.start, evidence.start)
        yield Claim("spokenBy", quotation, other, Span(begin, evidence.end), RULE)
    yield from _about(sentence, quotation)
    for mention in sentence.mentions if said.occasion else ():
        at = said.occasion is not None and said.occasion.contains(mention.span)
        if at and mention.kind == "Event" and mention is not speaker.mention:
            frame = Span(min(mention.span.start, evidence.start), evidence.end)
            yield Claim("saidAt", quotation, mention, frame, RULE)
    times = [m for m in sentence.mentions if is_date(m) and m.span.end <= span.start]
    near = [m for m in times if m.span.start >= speaker.low]
    if near:
        frame = Span(min(near[-1].span.start, evidence.start), span.end)
        yield Claim("saidOn", quotation, near[-1], frame, RULE)


def _about(sentence: Sentence, quotation: Mention) -> Iterator[Claim]:
    """What is spoken of: formulas, spirits and their like in the words."""
    for mention in sentence.mentions:
        if mention.kind in ABOUT and quotation.span.contains(mention.span):
            yield Claim("about", quotation, mention, quotation.span, quotation.rule)

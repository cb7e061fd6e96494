"""Statements: quotations: who said what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.model import Claim, Document, Mention, Passage, Saying, Span
from kg.relate.awards_subjects import topic_of
from kg.relate.base import by_passage
from kg.relate.statements_speakers import Speaker, speaker_of, titled
from kg.relate.statements_text import Sentence, is_date, sentences
from kg.tables import patterns

RULE = "attribution"
ABOUT = frozenset({"Formula", "Spirit", "Policy", "Campaign", "Concept"})
FAR = 120  # characters from a speaker to what is said that one piece of evidence may hold
ADJACENT = 3  # passages after which 会议 (the meeting) is no longer the one last reported
SHORTEST = 5  # characters of what is said; less is an object of the verb

_PAUSE = re.compile("[，：:]?“|[，：:]")
_STOPS = "。！？!?”；："
_END = "。！？!?；; \n　"


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(patterns("statements")[name], key=lambda w: (-len(w), w)))


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join(_words("verbs")))


@cache
def _topic() -> re.Pattern[str]:
    topics = "|".join(_words("topics"))
    return re.compile(rf"关于“([^“”]{{6,300}})”的(?:一系列)?({topics})")


def find(document: Document, mentions: Sequence[Mention]) -> Iterator[Claim]:
    """Claims of the document: quotations, with who said them, on what, and when.

    A quotation reaches from the verb of saying to the end of the sentence; where it stands
    in quotation marks, to the closing mark.
    """
    said: Mention | None = None  # the meeting last reported
    since = 0  # passages since it was reported, spoke or did something
    for passage, inside in by_passage(document, mentions):
        before: Sentence | None = None
        who: Mention | None = None  # the person whom 他 (he) means
        since += 1
        for sentence in sentences(passage, inside):
            if since <= ADJACENT and sentence.text.startswith(_words("goes_on")):
                since = 0
            yield from _topics(passage, sentence)
            meeting = titled(sentence)
            met = (meeting, said if since <= ADJACENT else None)
            for claim in _attributed(passage, sentence, met, who):
                since = 0 if claim.object is said else since
                yield claim
            if before and before.text.endswith("”"):
                yield from _behind(passage, before, sentence)
            said, since = (meeting, 0) if meeting else (said, since)
            before, who = sentence, topic_of(sentence, who)


def _attributed(
    passage: Passage,
    sentence: Sentence,
    met: tuple[Mention | None, Mention | None],
    who: Mention | None,
) -> Iterator[Claim]:
    """What the verbs of a sentence report. ``met``: the meeting that it reports itself, which
    speaks behind its name, and the one reported before."""
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
        speaker = speaker_of(sentence, at, match.group(), said, who)
        if speaker is None:
            continue
        done = content[1]
        span = Span(base + content[0], base + content[1])
        yield from _claims(passage, sentence, span, speaker, match.group())


def _quoted(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at)


def _content(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """Where what is said begins and ends; None when the verb reports no words."""
    verb, at = match.group(), match.end()
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
            yield from _claims(passage, sentence, span, speaker, match[2])


@cache
def _behind_verbs() -> re.Pattern[str]:
    verbs = sorted(patterns("statements")["after"]["verbs"], key=lambda w: (-len(w), w))
    return re.compile(rf"({'|'.join(verbs)})(?=[。，；]|$)")


def _behind(passage: Passage, quoted: Sentence, sentence: Sentence) -> Iterator[Claim]:
    """“…。” PERSON 说: the quotation stands in the sentence before its speaker."""
    match = _behind_verbs().search(sentence.text, 0, 40)
    opened = quoted.text.rfind("“")
    if not match or len(quoted.text) - opened - 2 < SHORTEST or opened < 0:
        return
    speaker = speaker_of(sentence, sentence.span.start + match.start(), match[1], None)
    if speaker and speaker.mention.kind == "Person":
        begin, end = quoted.span.start + opened + 1, quoted.span.end - 1
        yield from _claims(passage, quoted, Span(begin, end), speaker, match[1])


def _claims(
    passage: Passage, sentence: Sentence, span: Span, speaker: Speaker, verb: str
) -> Iterator[Claim]:
    begin = span.start - passage.span.start
    quotation = passage.mention(
        begin, begin + len(span), "Quotation", rule=RULE, detail=Saying(verb)
    )
    who = speaker.mention.span
    evidence = Span(min(who.start, span.start), max(who.end, span.end))
    if not passage.span.contains(who) or len(evidence) > len(span) + FAR:
        evidence = Span(min(speaker.low, span.start), max(speaker.low, span.end))
    yield Claim("spokenBy", quotation, speaker.mention, evidence, RULE)
    for mention in sentence.mentions:
        if mention.kind in ABOUT and span.contains(mention.span):
            yield Claim("about", quotation, mention, span, RULE)
    times = [m for m in sentence.mentions if is_date(m) and m.span.end <= span.start]
    near = [m for m in times if m.span.start >= speaker.low]
    if near:
        frame = Span(min(near[-1].span.start, evidence.start), span.end)
        yield Claim("saidOn", quotation, near[-1], frame, RULE)

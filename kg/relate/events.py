"""Events: date, place and organiser of events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import Claim, Document, Mention, Passage, Span
from kg.relate.base import Told, passages
from kg.relate.statements_text import Sentence, is_date
from kg.tables import patterns

RULE = "event-frame"
PARTS = ("Time", "Place", "Organization")
NEAR = 48  # characters between an event and its verb

_SPACE = re.compile(r"[\s、，]+")


@cache
def _words(name: str) -> tuple[str, ...]:
    words = patterns("events_frames")[name]
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


@cache
def _verbs(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_words(name)))


@cache
def _part() -> re.Pattern[str]:
    parts = "|".join(_words("parts"))
    return re.compile(rf"的?(?:第[一二三四五六七八九十]{{1,3}}次(?:全体)?会议|{parts})")


def find(
    document: Document, mentions: Sequence[Mention], told: Sequence[Told] = ()
) -> Iterator[Claim]:
    """Claims of the document: when, where and by whom an event is held.

    Only what one sentence says in a frame of holding: EVENT 于 DATE 在 PLACE 召开, or
    DATE，BODY 在 PLACE 召开 EVENT, or DATE，PERSON 在 PLACE 考察.
    """
    for each in told or passages(document, mentions):
        for sentence in each.sentences if "Event" in each.kinds else ():
            for event in sentence.mentions:
                if event.kind == "Event":
                    claims = _visit if event.rule == "visit" else _claims
                    yield from claims(sentence, event)
                    yield from _super(each.passage, sentence, event)


def _claims(sentence: Sentence, event: Mention) -> Iterator[Claim]:
    seen: set[str] = set()
    for frame in (_after(sentence, event), _before(sentence, event)):
        if frame is None:
            continue
        for mention in frame.beside:
            predicate = {"Time": "heldOn", "Place": "location"}.get(mention.kind, "")
            if predicate and predicate not in seen and (predicate != "heldOn" or is_date(mention)):
                seen.add(predicate)
                yield Claim(predicate, event, mention, frame.span, RULE)
        for body in frame.bodies:
            yield Claim("organizer", event, body, frame.span, RULE)


@dataclass(frozen=True)
class _Frame:
    """A frame of holding: its clean span, the times and places in it, who holds the event."""

    span: Span
    beside: tuple[Mention, ...]
    bodies: tuple[Mention, ...] = ()


def _after(sentence: Sentence, event: Mention) -> _Frame | None:
    """EVENT (于 DATE)(在 PLACE) 召开, EVENT 由 BODY 主办; with what stands right before."""
    base, end = sentence.span.start, event.span.end
    by = sentence.text.startswith("由", end - base)
    match = _verbs("organizes" if by else "held").search(sentence.text, end - base)
    if not match or match.start() + base - end > NEAR:
        return None
    verb = base + match.start()
    beside = [m for m in sentence.mentions if end <= m.span.start and m.span.end <= verb]
    beside = [m for m in beside if m.kind in PARTS]
    if _rest(sentence, end, verb, beside):
        return None
    bodies = [m for m in beside if m.kind == "Organization" and by]
    beside += [m for m in _leading(sentence, event.span.start) if m.kind != "Organization"]
    start = min([event.span.start, *(m.span.start for m in beside)])
    return _Frame(Span(start, base + match.end()), tuple(beside), tuple(bodies))


def _before(sentence: Sentence, event: Mention) -> _Frame | None:
    """DATE，BODY 在 PLACE 召开 EVENT."""
    base = sentence.span.start
    at = event.span.start - base
    low = max(0, at - 8)
    window = sentence.text[low:at].rstrip("“了的")
    verb = next((v for v in _words("holds") if window.endswith(v)), "")
    if not verb:
        return None
    begin = base + low + len(window) - len(verb)
    beside = _leading(sentence, begin)
    bodies = [m for m in beside if m.kind == "Organization" and verb in _words("organizes")]
    start = min([begin, *(m.span.start for m in beside)])
    return _Frame(Span(start, event.span.end), tuple(beside), tuple(bodies))


def _leading(sentence: Sentence, at: int) -> list[Mention]:
    """Times, places and bodies that stand before a place with nothing else between."""
    found: list[Mention] = []
    edge = at
    for mention in reversed(sentence.mentions):
        if mention.span.end > edge or mention.kind not in PARTS:
            continue
        if edge - mention.span.end > NEAR or _left(sentence.within(mention.span.end, edge)):
            break
        found.insert(0, mention)
        edge = mention.span.start
    return found


def _rest(sentence: Sentence, start: int, end: int, without: list[Mention]) -> str:
    """What stands between two places besides mentions and the small words of the frame."""
    text = list(sentence.within(start, end))
    for mention in without:
        for at in range(mention.span.start - start, mention.span.end - start):
            text[at] = " "
    return _left("".join(text))


def _left(text: str) -> str:
    for word in _words("between"):
        text = text.replace(word, " ")
    return _SPACE.sub("", text)


def _visit(sentence: Sentence, event: Mention) -> Iterator[Claim]:
    """DATE，PERSON 在 PLACE 考察: the place inside the wording, the date before it."""
    span = event.span
    low = sentence.clause(span.start)
    places = [m for m in sentence.mentions if m.kind == "Place" and span.contains(m.span)]
    before = [m for m in sentence.mentions if m.kind == "Place" and low <= m.span.start]
    near = [m for m in before if sentence.within(m.span.end, span.start) == ""]
    times = [m for m in sentence.mentions if is_date(m) and m.span.end <= span.start]
    start = min([span.start, *(m.span.start for m in times[-1:] + near)])
    evidence = Span(start, span.end)
    if times:
        yield Claim("heldOn", event, times[-1], evidence, RULE)
    for place in (places or near)[:1]:
        yield Claim("location", event, place, evidence, RULE)


def _super(passage: Passage, sentence: Sentence, event: Mention) -> Iterator[Claim]:
    """EVENT 第一次全体会议, EVENT 开幕式: a part, which is an event of its own."""
    match = _part().match(sentence.text, event.span.end - sentence.span.start)
    if match:
        begin = event.span.start - passage.span.start
        end = sentence.span.start + match.end() - passage.span.start
        part = passage.mention(begin, end, "Event", rule="event-part")
        yield Claim("superEvent", part, event, part.span, RULE)

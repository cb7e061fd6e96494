"""Awards: which person or body holds which honour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.model import Claim, Document, Mention, Span
from kg.relate import awards_given, first_person
from kg.relate.awards_subjects import (
    NEAR,
    body_subject,
    called,
    rest,
    subjects,
    topic_of,
    without,
    words,
)
from kg.relate.base import Told, passages
from kg.relate.statements_text import Sentence

RULE = "honour"
TITLE = 10  # characters of a title that no recognizer knows, behind 获得者 (holder of …)
REACH = 60  # characters from the words of giving to the honour

# Between a verb and its honour: 荣获|第七届“X”, 获|2021年度“X”.
_ORDINAL = re.compile("(?:第[一二三四五六七八九十百0-9]{1,4}[届批次]|[0-9]{4}年度?)$")
_SPACE = re.compile(r"[\s、，　]+")
_COUNT = re.compile(r"等?(?:[0-9]+|[一二两三四五六七八九十]+)?[名位个]?(?:同志|人|集体|同学|战士)*")


def find(
    document: Document, mentions: Sequence[Mention], told: Sequence[Told] = ()
) -> Iterator[Claim]:
    """Claims of the document: PERSON 获得 HONOUR, PERSON 被 BODY 授予 HONOUR, 授予 PERSON HONOUR,
    HONOUR 获得者 PERSON, HONOUR PERSON; of a speaker who says 我是 PERSON (I am …), or whom the
    byline of a speech names, also 我获得 HONOUR (I received …)."""
    if not any(mention.kind == "Honour" for mention in mentions):
        return
    authors = first_person.authors(document, mentions)
    speaker: Mention | None = None
    part = 0
    for each in told or passages(document, mentions):
        if each.passage.part != part:  # another speech
            part, speaker = each.passage.part, authors.get(each.passage.part)
        topic: Mention | None = None
        for sentence in each.sentences:
            speaker = _names_self(sentence) or speaker
            honours = [m for m in sentence.mentions if m.kind == "Honour"]
            done: set[tuple[Mention, Mention]] = set()
            for honour in honours:
                for person, span in _holders(sentence, honour, honours, (speaker, topic)):
                    if (person, honour) not in done:
                        done.add((person, honour))
                        inferred = person is authors.get(part) and not span.contains(person.span)
                        yield Claim("honour", person, honour, span, RULE, (), inferred)
            topic = topic_of(sentence, topic)


def _names_self(sentence: Sentence) -> Mention | None:
    """The person of 我是 PERSON (I am …)."""
    for mention in sentence.mentions:
        if mention.kind == "Person":
            before = sentence.within(mention.span.start - 3, mention.span.start)
            if before.endswith(words("names_self")):
                return mention
    return None


def _holders(
    sentence: Sentence,
    honour: Mention,
    honours: list[Mention],
    others: tuple[Mention | None, Mention | None],
) -> Iterator[tuple[Mention, Span]]:
    speaker, topic = others
    listed = _list(sentence, honour, honours)
    first = listed[0]
    if _unreal(sentence, honour):
        for person in _after(sentence, honour) if _apposed(sentence, honour) else ():
            yield person, Span(honour.span.start, person.span.end)
        return
    given = _given(sentence, first) or awards_given.listed(sentence, first)
    if given:
        for person in given:
            yield person, Span(min(m.span.start for m in given), honour.span.end)
        return
    verb = _verb(sentence, first)
    if verb is not None:
        persons = body_subject(sentence, verb) or subjects(sentence, verb, topic)
        if not persons and speaker and _is_self(sentence, verb):
            persons = [speaker]
        for person in _distributed(sentence, persons, honour, listed, verb):
            yield person, _evidence(sentence, person, honour, verb)
        if persons or sentence.within(verb, honour.span.end).startswith(words("received")):
            return
    for person in _after(sentence, honour):
        yield person, Span(honour.span.start, person.span.end)


def _evidence(sentence: Sentence, person: Mention, honour: Mention, verb: int) -> Span:
    """From the person to the honour; from the verb's clause where the person is far off."""
    start = person.span.start
    near = sentence.span.start - 100 <= start <= verb
    return Span(start if near else sentence.clause(verb), honour.span.end)


def _distributed(
    sentence: Sentence, persons: list[Mention], honour: Mention, listed: list[Mention], verb: int
) -> list[Mention]:
    """All persons; one each where 分别 (respectively) stands before the verb."""
    if len(persons) < 2:
        return persons
    if "分别" not in sentence.within(persons[-1].span.end, verb + 3):
        return persons
    every = _whole(sentence, listed)
    return [persons[every.index(honour)]] if len(every) == len(persons) else []


def _whole(sentence: Sentence, listed: list[Mention]) -> list[Mention]:
    """A list of honours with those that follow."""
    found = list(listed)
    for mention in sentence.mentions:
        if mention.kind == "Honour" and mention.span.start >= found[-1].span.end:
            gap = sentence.within(found[-1].span.end, mention.span.start).strip("“”")
            if gap not in words("list_joints"):
                break
            found.append(mention)
    return found


def _after(sentence: Sentence, honour: Mention) -> list[Mention]:
    """The persons behind an honour: HONOUR 获得者 PERSON、PERSON, HONOUR、BODY PERSON."""
    found: list[Mention] = []
    for mention in sentence.mentions:
        if mention.kind != "Person" or mention.span.start < honour.span.end:
            continue
        if found:
            joint = sentence.within(found[-1].span.end, mention.span.start)
            if joint not in words("joints"):
                break
            found.append(mention)
            continue
        text = without(sentence, honour.span.end, mention.span.start)
        far = mention.span.start - honour.span.end > NEAR
        if far or any(mark in text for mark in "，；：。"):
            return []
        holder = "获得者" in text
        for word in words("holders"):
            text = text.replace(word, "")
        text = _SPACE.sub("", text.replace("”", "").replace("称号", ""))
        if text and not (holder and len(text) <= TITLE and called(sentence, mention, text)):
            return []
        found.append(mention)
    several = found and "获得者" in sentence.within(honour.span.end, found[0].span.start)
    return found if several else found[:1]


def _list(sentence: Sentence, honour: Mention, honours: list[Mention]) -> list[Mention]:
    """The honours that are listed with this one, up to it."""
    found = [honour]
    for other in reversed(honours):
        first = found[0]
        if other.span.end <= first.span.start:
            gap = sentence.within(other.span.end, first.span.start)
            if gap.strip("“”") not in words("list_joints") and not _TIMES.fullmatch(gap):
                break
            found.insert(0, other)
    return found


_TIMES = re.compile("(?:[0-9]{1,2}|[一二两三四五六七八九十])次[、和及]?")


def _unreal(sentence: Sentence, honour: Mention) -> bool:
    """Whether the clause only wishes, proposes or teaches."""
    begin = sentence.clause(honour.span.start)
    text = sentence.within(begin, min(sentence.clause_end(honour.span.end), honour.span.end + 12))
    before = text[: honour.span.start - begin]
    behind = text[honour.span.end - begin :]
    return before.endswith(words("wishes")) or any(
        word in before + "|" + behind for word in words("unreal")
    )


def _apposed(sentence: Sentence, honour: Mention) -> bool:
    """Whether who is meant stands behind the honour: 学习“X”、某某同志的事迹 has a holder."""
    behind = sentence.within(honour.span.end, sentence.clause_end(honour.span.end))
    if any(word in behind for word in words("unreal")):
        return False
    begins = {m.span.start for m in sentence.mentions if m.kind == "Person"}
    at_once = not begins.isdisjoint((honour.span.end, honour.span.end + behind.startswith("”")))
    return at_once or behind.lstrip("”").startswith(("、", "获得者"))


def _verb(sentence: Sentence, honour: Mention) -> int | None:
    """Clean offset of the verb of receiving before an honour; of 被 where it is passive."""
    low = max(sentence.span.start, honour.span.start - 14)
    window = _ORDINAL.sub("", sentence.within(low, honour.span.start).rstrip("“ ")).rstrip("“了过 ")
    passive = _passive(sentence, honour)
    if passive is not None:
        return passive
    verb = next((v for v in words("receive") if window.endswith(v)), "")
    return low + len(window) - len(verb) if verb else None


@cache
def _by() -> re.Pattern[str]:
    verbs = "|".join(words("give"))
    return re.compile(rf"[被经由]([^被，；：。]{{2,40}}?)(?:{verbs})[了“]*$")


_BODY = re.compile("[\u4e00-\u9fff]{1,20}[委府部局会院厅省市县区团军署办社司协盟校组处队国行台]")


def _passive(sentence: Sentence, honour: Mention) -> int | None:
    """被 BODY 授予 HONOUR: place of 被."""
    begin = max(sentence.clause(honour.span.start), honour.span.start - REACH)
    match = _by().search(sentence.within(begin, honour.span.start))
    if not match:
        return None
    left = without(sentence, begin + match.start(1), begin + match.end(1))
    for word in words("between"):
        left = left.replace(word, "")
    pieces = [piece for piece in re.split("[、和及与]", left) if piece]
    return begin + match.start() if all(_BODY.fullmatch(piece) for piece in pieces) else None


def _given(sentence: Sentence, honour: Mention) -> list[Mention]:
    """The persons or bodies of 授予 PERSON、PERSON HONOUR, or of 给 PERSON 记 HONOUR."""
    begin = sentence.clause(honour.span.start)
    low = max(begin, honour.span.start - REACH)
    able = [m for m in sentence.mentions if low <= m.span.start and m.span.end <= honour.span.start]
    persons = [m for m in able if m.kind == "Person"]
    bodies = [m for m in able if m.kind == "Organization"]
    for holders in (persons, _behind(sentence, low, bodies)):
        if holders and _is_given(sentence, low, holders, honour):
            return holders
    return []


def _behind(sentence: Sentence, low: int, bodies: list[Mention]) -> list[Mention]:
    """The bodies behind a verb of giving: some may stand before it, who give."""
    for at, body in enumerate(bodies):
        if sentence.within(low, body.span.start).endswith(words("give")):
            return bodies[at:]
    return []


def _is_given(sentence: Sentence, low: int, holders: list[Mention], honour: Mention) -> bool:
    before = sentence.within(low, holders[0].span.start)
    titles = without(sentence, low, holders[0].span.start)
    between = without(sentence, holders[0].span.start, honour.span.start)
    for holder in holders:
        between = between.replace(sentence.within(holder.span.start, holder.span.end), "")
    between = between.strip("“了 ")
    if before.endswith(words("give")) or titles.endswith(words("give")):
        return not _COUNT.sub("", _SPACE.sub("", between)).strip("和及与的")
    if titles.endswith(words("to")) and between.endswith(words("present")):
        verb = next(v for v in words("present") if between.endswith(v))
        return not _COUNT.sub("", _SPACE.sub("", between[: -len(verb)])).strip("和及与")
    return False


def _is_self(sentence: Sentence, verb: int) -> bool:
    """Whether the subject of the verb is the speaker: 我获得…, 我从…，成长为…"""
    clause = sentence.clause(verb)
    text = sentence.within(clause, verb)
    if text.startswith(words("selves")):
        size = next(len(w) for w in words("selves") if text.startswith(w))
        return not rest(sentence, clause + size, verb)
    opens = sentence.text.startswith("我") and not sentence.text.startswith("我们")
    return opens and not rest(sentence, clause, verb)

"""Statistics: what a figure counts, of whom, when, where, and against what it is compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg import tables
from kg.model import Amount, Claim, Document, Mention, Passage, Span, TimeValue
from kg.relate import statistics_pairs
from kg.relate.base import Told, passages
from kg.relate.statistics_scene import CLAUSE, SENTENCE, Figure, Scene, Words, listed, opens
from kg.relate.statistics_things import figure as read

_KINDS = ("Statistic", "Time", "Organization", "Place", "Person")
_OWNERS = ("Organization", "Place", "Person")
ERA = "calendar:eras"
TOLD = "statistic-told"
HEADED = "statistic-headed"
HEADING = "heading"  # where an anchor comes from that a heading gives
_OF = "的"
_COMMAS = "，,、 \u3000"
_AND = ("、", "和", "与", "及", "以及")
_ETC = "等"
_PREPOSITIONS = "在于从对向给把被按以因较"
_BASES = ("比", "较", "与", "同")  # 比2017年 (than in 2017): the date of another figure
_BASE = re.compile("(?:比(?![重例率分值])|较)[^，。；]{1,8}的$")  # 较历史最高的2020年
_IN = "在"
_FROM = ("由", "从")
_TURNED = "转为"
_PERCENT = "%"
_RATES = ("%", "‰", "个百分点")
_AS_MUCH = ("恢复到", "恢复至", "相当于", "达到", "占")
_OF_THAT = re.compile("(?:同期|全年|年均|平均|水平|总量|总额|末|底|初)*的")
_MULTIPLES = ("倍", "", "成")
_EQUALS = ("是", "相当于", "等于", "超过", "高于", "低于", "多于", "好于")
_TOLD_REACH = 300  # characters from a period to a figure of it in a sentence behind
_BASE_REACH = 60  # characters from a number to the base of its comparison


def find(
    document: Document,
    mentions: Sequence[Mention],
    words: Words | None = None,
    told: Sequence[Told] = (),
) -> Iterator[Claim]:
    """Claims of the document: the indicator, the subject and the date of each figure."""
    headed: Claim | None = None  # the year of the heading above
    for each in told or passages(document, mentions):
        passage, inside = each.passage, each.of(*_KINDS)
        if passage.kind == HEADING:
            headed = _heading(passage, inside)
        scene = Scene(passage, tuple(inside), tuple(m.span.start for m in inside), words)
        before: Figure | None = None
        pairs = statistics_pairs.Pairs(scene)
        last: tuple[Mention | None, Mention | None] | None = None  # its indicator and time
        period: Mention | None = None  # the one that the sentences before tell of
        for mention in inside:
            if mention.kind != "Statistic" or not isinstance(mention.detail, Amount):
                continue
            figure = before = pairs.named(read(scene, mention, mention.detail, before))
            owners = _subjects(scene, figure)
            first = pairs.first(figure)
            time = _time(scene, first)
            if time is None and last is not None and figure.indicator is not None:
                # how much the same thing changed: …达到96亿元，同比增长6.9%
                told_with = last[1] if last[0] is figure.indicator else None
                time = told_with if told_with and not _leaves(scene, told_with, figure) else None
            last = (figure.indicator, time)
            period = _period(scene, time) if time else period and _still(scene, figure, period)
            if period is not None and time is None:
                span = _cover(mention.span, period.span)
                yield Claim("observedOn", mention, period, span, TOLD, (), True)
            elif headed is not None and time is None and _under(scene, figure, headed):
                yield replace(headed, subject=mention)
            ends = (
                ("measuredProperty", figure.indicator),
                *(("observationAbout", owner) for owner in owners),
                ("observedIn", None if owners else _place(scene, figure)),
                ("observedOn", time),
                ("comparedWith", _base(scene, first, mention.detail)),
            )
            for predicate, target in ends:
                if target is not None:
                    span = _cover(mention.span, target.span)
                    yield Claim(predicate, mention, target, span, f"statistic-{predicate}")


def _heading(passage: Passage, inside: Sequence[Mention]) -> Claim | None:
    """A claim, still without its figure, that gives the year of a heading: 2023年工作回顾."""
    anchor = passage.anchor
    if anchor is None or anchor.source != HEADING:
        return None
    for time in inside:
        if isinstance(time.detail, TimeValue) and time.detail.edtf == anchor.year:
            return Claim("observedOn", None, time, passage.span, HEADED, (), True)
    return None


def _under(scene: Scene, figure: Figure, headed: Claim) -> bool:
    """Whether the year of a heading is that of a figure: the passage is read from it, and the
    sentence tells a level or a change of something and no other time. Of a year to come only
    rates are told: what else a plan names may hold for long."""
    anchor, time = scene.passage.anchor, headed.object
    if anchor is None or anchor.source != HEADING or figure.indicator is None or time is None:
        return False
    if not isinstance(time.detail, TimeValue) or time.detail.edtf != anchor.year:
        return False
    if anchor.year >= anchor.edtf[:4] and figure.unit not in _RATES:
        return False
    sentence = scene.begin(figure.number, SENTENCE)
    stop = SENTENCE.search(scene.text, figure.end)
    end = stop.start() if stop else len(scene.text)
    times = scene.between(sentence, end, "Time")
    if any(_dates(scene, other) and not _equals(scene, other) for other in times):
        return False
    words = scene.text[sentence : figure.end]
    return not any(word in words for word in sorted(listed("apart")))


def _place(scene: Scene, figure: Figure) -> Mention | None:
    """The place in which the clause says that it was counted: 在云南设立8个观测站."""
    clause = scene.begin(figure.number, CLAUSE)
    for place in reversed(scene.between(clause, figure.number, "Place")):
        span = scene.place(place)
        if scene.text.endswith(_IN, 0, span.start) and not scene.text.startswith(_ETC, span.end):
            return place
    return None


def _base(scene: Scene, figure: Figure, amount: Amount) -> Mention | None:
    """The time that a change is measured against: 较2012年增长12%."""
    for time in scene.between(max(0, figure.number - _BASE_REACH), figure.number, "Time"):
        if _measures(scene, time, figure):
            return time
    if not amount.against:
        return None
    least = max(0, figure.number - _BASE_REACH)
    at = scene.text.rfind(amount.against, least, figure.number)
    for time in scene.between(at, at + len(amount.against), "Time") if at >= 0 else ():
        value = time.detail
        if isinstance(value, TimeValue) and value.edtf:
            return time
    return None


def _subjects(scene: Scene, figure: Figure) -> list[Mention]:
    """The bodies, places or persons that begin the clause, or else the sentence."""
    if scene.text.startswith(_OF, figure.end):
        return []  # 4900米的高地: it describes a thing, no subject has it
    clause = scene.begin(figure.number, CLAUSE)
    if _with_others(scene.text, figure.start):
        return []
    owners = scene.between(clause, figure.number, *_OWNERS)
    if owners:
        return _joined(scene, owners) if _is_opening(scene, clause, owners[0]) else []
    if not scene.bare(clause, figure.start).strip(_COMMAS):
        return []  # the thing counted is the subject of its clause
    sentence = scene.begin(figure.number, SENTENCE)
    owners = scene.between(sentence, clause, *_OWNERS)
    if not owners or not _is_opening(scene, sentence, owners[0]):
        return []
    found = _joined(scene, owners)
    if len(found) != len(owners) or any(owner.kind == "Person" for owner in owners):
        return []
    last = scene.place(found[-1]).end
    after = scene.text[last : figure.number]
    said = any(word in after for word in sorted(listed("say")))
    stop = CLAUSE.search(scene.text, last)
    described = stop is not None and _OF in scene.text[last : stop.start()]
    return [] if said or described else found


def _with_others(text: str, at: int) -> bool:
    """Whether the figure counts those with whom something is done: 会同8部委."""
    sizes = range(1, min(at, max(map(len, listed("with")))) + 1)
    return any(text[at - size : at] in listed("with") for size in sizes)


def _joined(scene: Scene, owners: Sequence[Mention]) -> list[Mention]:
    """The first of the mentions and those that 、 or 和 (and) joins to it; none before 等."""
    found = [owners[0]]
    for owner in owners[1:]:
        gap = scene.text[scene.place(found[-1]).end : scene.place(owner).start]
        if gap not in _AND:
            break
        found.append(owner)
    last = scene.place(found[-1])
    return [] if scene.text.startswith(_ETC, last.end) else found


def _is_opening(scene: Scene, begin: int, owner: Mention) -> bool:
    """Whether nothing but times, commas and adverbs stands between ``begin`` and the mention."""
    at = scene.place(owner).start
    if at and scene.text[at - 1] in _PREPOSITIONS:
        return False
    rest = scene.bare(begin, at).strip(_COMMAS)
    while rest and (stop := opens(rest, 0, "lead")):
        rest = rest[stop:].lstrip(_COMMAS)
    return not rest


def _time(scene: Scene, figure: Figure) -> Mention | None:
    """The nearest date in the clause, else the only one that its sentence tells before it."""
    clause = scene.begin(figure.number, CLAUSE)
    for time in reversed(scene.between(clause, figure.number, "Time")):
        if _dates(scene, time) and not _measures(scene, time, figure):
            return None if _leaves(scene, time, figure) else time
    stop = CLAUSE.search(scene.text, figure.end)
    end = stop.start() if stop else len(scene.text)
    for time in scene.between(figure.end, end, "Time"):
        if _dates(scene, time):
            return time
    if any(_names_era(time) for time in scene.between(clause, figure.number, "Time")):
        return None  # 抗战期间经历战斗300次: of an era, no earlier date
    sentence = scene.begin(figure.number, SENTENCE)
    earlier = [m for m in scene.between(sentence, clause, "Time") if _dates(scene, m)]
    earlier = [m for m in earlier if not _equals(scene, m) and _carries(scene, m)]
    if len(earlier) != 1:
        return None
    words = scene.text[scene.place(earlier[0]).end : figure.number]
    return None if any(word in words for word in _now()) else earlier[0]


@cache
def _now() -> tuple[str, ...]:
    """目前 (now) and its like: what follows is not told of a time before them."""
    return tuple(sorted(listed("now")))


def _leaves(scene: Scene, time: Mention, figure: Figure) -> bool:
    """Whether the figure is the second one of a change from a time: 由2015年的86座增加到97座."""
    span = scene.place(time)
    turned = _TURNED in scene.text[span.end : figure.number]  # 由上年同期下降7%转为增长2%
    starts = scene.text.endswith(_FROM, 0, span.start)
    starts = starts and (turned or scene.text.startswith(_OF, span.end))
    return starts and len(scene.between(span.end, figure.end, "Statistic")) > 1


def _names_era(time: Mention) -> bool:
    value = time.detail
    return isinstance(value, TimeValue) and value.inferred.startswith(ERA)


def _carries(scene: Scene, time: Mention) -> bool:
    """Whether a time dates what stands in the clauses behind its own: one that is open
    (2016年以来) only where nothing else stands in its clause."""
    value, span = time.detail, scene.place(time)
    if not isinstance(value, TimeValue) or value.end:
        return True
    stop = CLAUSE.search(scene.text, span.end)
    end = stop.start() if stop else len(scene.text)
    return not scene.bare(scene.begin(span.start, CLAUSE), end).strip(_COMMAS)


def _period(scene: Scene, time: Mention) -> Mention | None:
    """The time, where it is a period of more than a day and opens its sentence: 2021年，…"""
    value, at = time.detail, scene.place(time).start
    if not isinstance(value, TimeValue) or not value.begin or not value.end:
        return None
    opening = not scene.bare(scene.begin(at, SENTENCE), at).strip(_COMMAS)
    return time if opening and value.begin != value.end else None


def _still(scene: Scene, figure: Figure, told: Mention) -> Mention | None:
    """The period, where no other time is told from there to the figure's sentence and in it,
    and that sentence tells levels: 城镇化率为63.75%."""
    last = scene.place(told).end
    sentence = scene.begin(figure.number, SENTENCE)
    if not last < sentence < figure.number <= last + _TOLD_REACH:
        return None
    stop = SENTENCE.search(scene.text, figure.end)
    end = stop.start() if stop else len(scene.text)
    if any(_dates(scene, time) for time in scene.between(last, end, "Time")):
        return None
    if scene.between(sentence, figure.end, "Statistic")[0] is figure.mention:
        if figure.indicator is None:
            return None
        lead = scene.text[sentence : scene.place(figure.indicator).start]
        if lead and lead not in listed("scope"):
            return None  # a sentence of levels begins with what it tells the level of
    words = scene.text[sentence : figure.end]
    return None if any(word in words for word in sorted(listed("apart"))) else told


def _equals(scene: Scene, time: Mention) -> bool:
    """Whether a time is that of another figure: …，是1950年到2002年的总和 (the sum of)."""
    span = scene.place(time)
    if scene.text.endswith(_AS_MUCH, 0, span.start) and _OF_THAT.match(scene.text, span.end):
        return True  # 恢复到2019年同期的113%
    return scene.text.startswith(_EQUALS, scene.begin(span.start, CLAUSE))


def _measures(scene: Scene, time: Mention, figure: Figure) -> bool:
    """Whether a time is what the figure is a multiple or share of: 是2012年的3.4倍."""
    span = scene.place(time)
    multiple = figure.unit[:1] in _MULTIPLES
    if figure.unit[:1] == _PERCENT:  # 恢复到2019年同期的113%
        multiple = scene.text.endswith(_AS_MUCH, 0, span.start)
    return multiple and _OF_THAT.fullmatch(scene.text, span.end, figure.number) is not None


def _dates(scene: Scene, time: Mention) -> bool:
    value = time.detail
    if not isinstance(value, TimeValue) or not value.edtf or value.in_name:
        return False
    if value.inferred.startswith(ERA) or time.name in _lately():
        return False  # of an era, or of recent years, no figure is told
    start = scene.place(time).start
    clause = scene.begin(start, CLAUSE)
    return not scene.text.endswith(_BASES, clause, start) and not _BASE.search(
        scene.text, clause, start
    )


@cache
def _lately() -> frozenset[str]:
    rows = tables.rows("lexicons/time_words")
    return frozenset(row["word"] for row in rows if row["kind"] == "lately")


def _cover(left: Span, right: Span) -> Span:
    return Span(min(left.start, right.start), max(left.end, right.end))

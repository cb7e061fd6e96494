"""Statistics: what a figure counts, of whom, when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg import tables
from kg.model import Amount, Claim, Document, Mention, Passage, Span, TimeValue
from kg.relate.base import by_passage

_KINDS = ("Statistic", "Time", "Organization", "Place", "Person")
_CLAUSE = re.compile("[，,。；;：:！!？?\n]")
_SENTENCE = re.compile("[。！!？?\n]")
_HAN_RUN = re.compile("[\u4e00-\u9fff]{1,40}")
_SHUT = re.compile("[是在有为被把将从对与和及或等并都已均由到至使让占超近约仅共]")
_DOING = re.compile("[着了]")  # a verb, so no noun
_OF = "的"
ERA = "calendar:eras"
_LEAST, _MOST = 2, 24  # characters of an indicator
_COMMAS = "，,、 \u3000"
_AND = ("、", "和", "与", "及", "以及")
_ETC = "等"
_PREPOSITIONS = "在于从对向给把被按以因较"
_BASES = ("比", "较", "与", "同")  # 比2017年 (than in 2017): the date of another figure
_IN = "在"
_CHANGE_REACH = 40  # characters between a figure and the change of the same thing
_REACH = 400  # characters within which a sentence is looked for


def find(document: Document, mentions: Sequence[Mention]) -> Iterator[Claim]:
    """Claims of the document: the indicator, the subject and the date of each figure."""
    for passage, inside in by_passage(document, mentions, *_KINDS):
        scene = _Scene(passage, tuple(inside), tuple(m.span.start for m in inside))
        before: _Figure | None = None
        for mention in inside:
            if mention.kind != "Statistic" or not isinstance(mention.detail, Amount):
                continue
            figure = _figure(scene, mention, mention.detail, before)
            before = figure
            owners = _subjects(scene, figure)
            ends = (
                ("measuredProperty", figure.indicator),
                *(("observationAbout", owner) for owner in owners),
                ("observedIn", None if owners else _place(scene, figure)),
                ("observedOn", _time(scene, figure)),
                ("comparedWith", _base(scene, figure, mention.detail)),
            )
            for predicate, target in ends:
                if target is not None:
                    span = _cover(mention.span, target.span)
                    yield Claim(predicate, mention, target, span, f"statistic-{predicate}")


@dataclass(frozen=True, slots=True)
class _Scene:
    """A passage and its mentions; all offsets below count in the passage."""

    passage: Passage
    mentions: tuple[Mention, ...]  # by place
    starts: tuple[int, ...]  # of the mentions, in the document

    @property
    def text(self) -> str:
        return self.passage.text

    def place(self, mention: Mention) -> Span:
        return mention.span.shift(-self.passage.span.start)

    def between(self, start: int, end: int, *kinds: str) -> list[Mention]:
        """Mentions of the kinds that lie between two offsets, by place."""
        window = Span(start, end).shift(self.passage.span.start)
        low = bisect_left(self.starts, window.start)
        high = bisect_left(self.starts, window.end)
        inside = self.mentions[low:high]
        return [m for m in inside if m.kind in kinds and m.span.end <= window.end]

    def bare(self, start: int, end: int) -> str:
        """The text between two offsets without the times in it."""
        pieces, at = [], start
        for time in self.between(start, end, "Time"):
            span = self.place(time)
            pieces.append(self.text[at : span.start])
            at = span.end
        return "".join((*pieces, self.text[at:end]))


@dataclass(frozen=True, slots=True)
class _Figure:
    """A statistic in its passage: where it begins, its number and its end, and its indicator."""

    mention: Mention
    start: int
    number: int
    end: int
    indicator: Mention | None = None


def _figure(scene: _Scene, mention: Mention, amount: Amount, before: _Figure | None) -> _Figure:
    span = scene.place(mention)
    number = span.start + _number_at(scene.text[span.start : span.end], amount.text)
    found = _Figure(mention, span.start, number, span.end)
    indicator = _own(scene, found, amount) or _right(scene, found, amount) or _left(scene, found)
    if (
        indicator is None
        and before is not None
        and (_continues(scene, before, found) or _changes(scene, before, found, amount))
    ):
        indicator = before.indicator
    return _Figure(mention, span.start, number, span.end, indicator)


def _number_at(wording: str, number: str) -> int:
    """Offset of the number in the wording of its mention."""
    at = wording.rfind(number) if number else 0
    return max(at, 0)


def _indicator(scene: _Scene, start: int, end: int) -> Mention | None:
    bracketed = end - start == 1 and scene.text.startswith(("（", "("), end)  # 省（区、市）
    if not (_LEAST <= end - start <= _MOST or bracketed):
        return None
    name = scene.text[start:end]
    return scene.passage.mention(start, end, "Indicator", rule="indicator", name=name)


def _own(scene: _Scene, figure: _Figure, amount: Amount) -> Mention | None:
    """A unit that is the noun: 8部委 (eight ministries)."""
    if amount.unit not in _noun_units() or not scene.text.endswith(amount.unit, 0, figure.end):
        return None
    return _indicator(scene, figure.end - len(amount.unit), figure.end)


def _right(scene: _Scene, figure: _Figure, amount: Amount) -> Mention | None:
    """The noun behind the unit: 6个文件 (six documents)."""
    if figure.start < figure.number or amount.unit.lstrip("十百千万亿") in _words("self"):
        return None  # the recognizer found that the noun stands before the number
    start = figure.end + scene.text.startswith(_OF, figure.end)
    run = _HAN_RUN.match(scene.text, start)
    if run is None or _opens(scene.text, start, "stop"):
        return None
    start, end = _head(scene.text, start, run.end())
    return _indicator(scene, start, end) if not _DOING.search(scene.text, start, end) else None


def _head(text: str, start: int, end: int) -> tuple[int, int]:
    """The noun in a run of characters: behind the 的 of a clause, before that of an owner."""
    shut = _shut(text, start, end)
    of = text.find(_OF, start, end)
    if of < 0 or shut < of:
        of = text.rfind(_OF, start, end) if of >= 0 and _SHUT.search(text, start + 1, of) else -1
        return (of + 1, _shut(text, of + 1, end)) if of >= 0 else (start, shut)
    return start, of


def _shut(text: str, start: int, end: int) -> int:
    """Where the noun that begins at ``start`` ends: before a verb, a link or a particle."""
    found = _SHUT.search(text, start + 1, end)
    end = found.start() if found else end
    for at in range(start + 1, end):
        if _opens(text, at, "stop", 2) or _opens(text, at, "verb", 2):
            return at
    return end


def _left(scene: _Scene, figure: _Figure) -> Mention | None:
    """The noun before the number, without the body that has it and the words between."""
    if figure.start == figure.number:
        return None
    start, end = figure.start, figure.number
    while (shorter := _closes(scene.text, start, end, "link")) != end:
        end = shorter
    for owner in scene.between(start, end, "Organization", "Person", "Place"):
        span = scene.place(owner)
        if span.start == start and span.end < end:
            start = span.end + scene.text.startswith(_OF, span.end)
            while later := _opens(scene.text, start, "lead") or _opens(scene.text, start, "verb"):
                start += later
    return _indicator(scene, start, end)


def _continues(scene: _Scene, before: _Figure, figure: _Figure) -> bool:
    """Whether the figure is the other end of a change: 由A增加到B (from A to B)."""
    gap = scene.bare(before.end, figure.number)
    if _CLAUSE.search(gap) or len(gap) > _MOST:
        return False
    gap = gap.removeprefix(_OF).removesuffix(_OF)
    while gap:
        shorter = gap[: _closes(gap, 0, len(gap), "link")]
        shorter = shorter[: _closes(shorter, 0, len(shorter), "change")]
        if shorter == gap:
            return False
        gap = shorter
    return True


def _changes(scene: _Scene, before: _Figure, figure: _Figure, amount: Amount) -> bool:
    """Whether the figure is how much the one before it changed: …达到96亿元，比上年增长6.9%."""
    if not amount.change or _SENTENCE.search(scene.text, before.end, figure.number):
        return False
    if figure.start != figure.number or len(amount.unit.lstrip("十百千万亿")) == 0:
        return False
    gap = scene.text[before.end : figure.number]
    if len(gap) > _CHANGE_REACH or amount.against not in gap:
        return False
    head, _, tail = gap.rpartition(amount.against) if amount.against else ("", "", gap)
    rest = _moving().sub("", head + tail)
    return not rest.strip(_COMMAS + "；;（(")


@cache
def _moving() -> re.Pattern[str]:
    data = tables.patterns("quantities")["comparison"]
    words = {row["word"] for row in tables.rows("lexicons/quantity_changes")}
    moved = "|".join(sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(f"{data['aside']}|{data['between']}|{moved}")


def _place(scene: _Scene, figure: _Figure) -> Mention | None:
    """The place in which the clause says that it was counted: 在云南设立8个观测站."""
    clause = _begin(scene, figure.number, _CLAUSE)
    for place in reversed(scene.between(clause, figure.number, "Place")):
        if scene.text.endswith(_IN, 0, scene.place(place).start):
            return place
    return None


def _base(scene: _Scene, figure: _Figure, amount: Amount) -> Mention | None:
    """The time that a change is measured against: 较2012年增长12%."""
    if not amount.against:
        return None
    at = scene.text.rfind(amount.against, max(0, figure.number - _REACH), figure.number)
    for time in scene.between(at, at + len(amount.against), "Time") if at >= 0 else ():
        value = time.detail
        if isinstance(value, TimeValue) and value.edtf:
            return time
    return None


def _subjects(scene: _Scene, figure: _Figure) -> list[Mention]:
    """The bodies, places or persons that begin the clause, or else the sentence."""
    clause = _begin(scene, figure.number, _CLAUSE)
    owners = scene.between(clause, figure.number, "Organization", "Place", "Person")
    if owners:
        return _joined(scene, owners) if _is_opening(scene, clause, owners[0]) else []
    if not scene.bare(clause, figure.start).strip(_COMMAS):
        return []  # the thing counted is the subject of its clause
    sentence = _begin(scene, figure.number, _SENTENCE)
    owners = scene.between(sentence, clause, "Organization", "Place", "Person")
    if not owners or not _is_opening(scene, sentence, owners[0]):
        return []
    found = _joined(scene, owners)
    after = scene.text[scene.place(found[-1]).end : figure.number] if found else ""
    said = any(word in after for word in sorted(_words("say")))
    persons = any(owner.kind == "Person" for owner in owners)
    return found if len(found) == len(owners) and not said and not persons else []


def _joined(scene: _Scene, owners: Sequence[Mention]) -> list[Mention]:
    """The first of the mentions and those that 、 or 和 (and) joins to it; none before 等."""
    found = [owners[0]]
    for owner in owners[1:]:
        gap = scene.text[scene.place(found[-1]).end : scene.place(owner).start]
        if gap not in _AND:
            break
        found.append(owner)
    last = scene.place(found[-1])
    return [] if scene.text.startswith(_ETC, last.end) else found


def _is_opening(scene: _Scene, begin: int, owner: Mention) -> bool:
    """Whether nothing but times, commas and adverbs stands between ``begin`` and the mention."""
    at = scene.place(owner).start
    if at and scene.text[at - 1] in _PREPOSITIONS:
        return False
    rest = scene.bare(begin, at).strip(_COMMAS)
    while rest and (stop := _opens(rest, 0, "lead")):
        rest = rest[stop:].lstrip(_COMMAS)
    return not rest


def _time(scene: _Scene, figure: _Figure) -> Mention | None:
    """The nearest date in the clause, else the only one that its sentence tells before it."""
    clause = _begin(scene, figure.number, _CLAUSE)
    for time in reversed(scene.between(clause, figure.number, "Time")):
        if _dates(scene, time):
            return time
    stop = _CLAUSE.search(scene.text, figure.end)
    end = stop.start() if stop else len(scene.text)
    for time in scene.between(figure.end, end, "Time"):
        if _dates(scene, time):
            return time
    sentence = _begin(scene, figure.number, _SENTENCE)
    earlier = [m for m in scene.between(sentence, clause, "Time") if _dates(scene, m)]
    return earlier[0] if len(earlier) == 1 else None


def _dates(scene: _Scene, time: Mention) -> bool:
    value = time.detail
    if not isinstance(value, TimeValue) or not value.edtf or value.in_name:
        return False
    if value.inferred.startswith(ERA):
        return False  # of an era no figure is told
    start = scene.place(time).start
    return not scene.text.endswith(_BASES, 0, start)


def _begin(scene: _Scene, at: int, border: re.Pattern[str]) -> int:
    """Where the clause or sentence of ``at`` begins."""
    begin = max(0, at - _REACH)
    for mark in border.finditer(scene.text, begin, at):
        begin = mark.end()
    return begin


def _cover(left: Span, right: Span) -> Span:
    return Span(min(left.start, right.start), max(left.end, right.end))


@cache
def _words(role: str) -> frozenset[str]:
    rows = tables.rows("lexicons/quantity_words")
    return frozenset(row["word"] for row in rows if row["role"] == role)


@cache
def _noun_units() -> frozenset[str]:
    rows = tables.rows("lexicons/quantity_units")
    return frozenset(row["unit"] for row in rows if row["class"] == "noun")


@cache
def _longest(role: str) -> int:
    return max(map(len, _words(role)))


def _opens(text: str, at: int, role: str, least: int = 1) -> int:
    """Length of the longest word of a role that begins at ``at``, 0 when none does."""
    for length in range(_longest(role), least - 1, -1):
        if text[at : at + length] in _words(role) and at + length <= len(text):
            return length
    return 0


def _closes(text: str, start: int, end: int, role: str) -> int:
    """``end`` before the longest word of a role that ends there."""
    for begin in range(max(start, end - _longest(role)), end):
        if text[begin:end] in _words(role):
            return begin
    return end

"""Things: what a figure counts or measures, in the words of the text."""

from __future__ import annotations

import re
from functools import cache

from kg import tables
from kg.model import Amount, Mention
from kg.relate import statistics_words
from kg.relate.statistics_scene import CLAUSE, SENTENCE, Figure, Scene, closes, listed, opens

_HAN_RUN = re.compile("[\u4e00-\u9fff]{1,40}")
_DOING = re.compile("[着了]")  # a verb, so no noun
_OF = "的"
_FROM = ("由", "从")
_ORDINAL = "第"
_SECTOR = re.compile("第[一二三]产业")
_NOMINAL = "业额量率费者员度面性力金款品"  # 服务 (to serve) before one of them is part of a noun
_SHARE = re.compile("[，,](?:约|共|大约)?占(?:比)?(?:[^，。；、“”]{0,12}的)?(?:近|约|超过?)?")
_ASIDE = re.compile("[（(][^（()）]{1,12}[)）]$")
_SCALE = "十百千万亿"
_LEAST, _MOST = 2, 24  # characters of an indicator
_COMMAS = "，,、 \u3000"
_CHANGE_REACH = 40  # characters between a figure and the change of the same thing
_SHARES = ("%", "‰", "成", "")  # 71%的机组: a share counts what follows, 2米的桥 does not


def figure(scene: Scene, mention: Mention, amount: Amount, before: Figure | None) -> Figure:
    """A figure of the scene with its indicator. ``before`` is the figure before it."""
    span = scene.place(mention)
    number = span.start + _number_at(scene.text[span.start : span.end], amount.text)
    found = Figure(mention, span.start, number, span.end, amount.unit)
    name = _own(scene, found) or _right(scene, found) or _left(scene, found, amount)
    if name is None and before is not None and _goes_on(scene, before, found, amount):
        name = before.indicator
    return Figure(mention, span.start, number, span.end, amount.unit, name)


def _number_at(wording: str, number: str) -> int:
    """Offset of the number in the wording of its mention."""
    at = wording.rfind(number) if number else 0
    return max(at, 0)


def indicator(scene: Scene, start: int, end: int, *, behind: bool = False) -> Mention | None:
    """The noun between two offsets, without the words at its edges that are no part of it.

    ``behind``: it stands behind the number, so that it ends where a verb begins; one before the
    number begins where the verb has ended.
    """
    start, end = _stripped(scene.text, start, end)
    if scene.words is not None and scene.text[start:end] not in _noun_units():
        cut = statistics_words.noun(scene.words(scene.text[start:end]), behind=behind)
        start, end = start + cut[0], start + cut[1]
        start, end = _stripped(scene.text, start, end)
    name = scene.text[start:end]
    single = name in _noun_units() or (len(name) == 1 and scene.text.startswith(("（", "("), end))
    if not (_LEAST <= len(name) <= _MOST or single) or (
        name[0] == _ORDINAL and not _SECTOR.match(name)
    ):
        return None
    if name in listed("whole"):
        return None
    return scene.passage.mention(start, end, "Indicator", rule="indicator", name=name)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """A noun without adverbs, verbs and 全市 (the whole city) before it, and adverbs behind."""
    while start < end:
        more = _edge("strip").match(text, start, end)
        size = more.end() - start if more else opens(text, start, "scope")
        size = size or opens(text, start, "verb") or opens(text, start, "lead")
        if not size or (start + size < end and text[start + size] in _NOMINAL):
            break
        if opens(text, start, "noun") > size:
            break  # 建成区 is a noun, 建成 (to build) a verb
        if start + size > end - _LEAST:
            return (end, end) if start + size >= end else (start, end)
        start += size
    while tail := _edge("strip_end").search(text, start, end):
        end = tail.start()
    return start, end


@cache
def _edge(role: str) -> re.Pattern[str]:
    rows = tables.patterns("quantities")["indicator"]
    parts = "|".join(f"(?:{row['pattern']})" for row in rows if row["role"] == role)
    return re.compile(f"(?:{parts})$" if role == "strip_end" else parts)


def _own(scene: Scene, found: Figure) -> Mention | None:
    """A unit that is the noun: 8部委 (eight ministries)."""
    if found.unit not in _noun_units() or not scene.text.endswith(found.unit, 0, found.end):
        return None
    return indicator(scene, found.end - len(found.unit), found.end)


def _right(scene: Scene, found: Figure) -> Mention | None:
    """The noun behind the unit: 6个文件 (six documents)."""
    unit = found.unit.lstrip(_SCALE)
    if found.start < found.number or unit in listed("self"):
        return None  # the recognizer found that the noun stands before the number
    of = scene.text.startswith(_OF, found.end)
    if of and _is_measure(unit):
        return None
    start = found.end + of
    run = _HAN_RUN.match(scene.text, start)
    stopped = opens(scene.text, start, "stop") and not opens(scene.text, start, "noun")
    acting = _is_measure(unit) and (
        opens(scene.text, start, "verb") or opens(scene.text, start, "lead")
    )
    if run is None or stopped or acting:
        return None  # 投资1480万元实施改造: what is done with it
    start, end = _head(scene.text, start, run.end())
    if _DOING.search(scene.text, start, end):
        return None
    return indicator(scene, start, end, behind=True)


def _head(text: str, start: int, end: int) -> tuple[int, int]:
    """The noun in a run of characters: behind the 的 of a clause, before that of an owner."""
    shut = _shut(text, start, end)
    of = text.find(_OF, start, end)
    if of < 0 or shut < of:
        within = of >= 0 and _edge("end").search(text, start + 1, of)
        of = text.rfind(_OF, start, end) if within else -1
        return (of + 1, _shut(text, of + 1, end)) if of >= 0 else (start, shut)
    return start, of


def _shut(text: str, start: int, end: int) -> int:
    """Where the noun that begins at ``start`` ends: before a verb, a link or a particle."""
    found = _edge("end").search(text, start + 1, end)
    end = found.start() if found else end
    for at in range(start + 1, end):
        if opens(text, at, "stop", 2) or opens(text, at, "verb", 2):
            return at
    return end


def _left(scene: Scene, found: Figure, amount: Amount) -> Mention | None:
    """The noun before the number, without the body that has it and the words between."""
    if found.start == found.number:
        return (
            _before_times(scene, found)
            or _before_base(scene, found, amount)
            or _before_length(scene, found)
        )
    start, end = found.start, found.number
    aside = _ASIDE.search(scene.text, start, end)
    end = aside.start() if aside else end
    while (shorter := closes(scene.text, start, end, "link")) != end:
        end = shorter
    if amount.change:
        base = scene.text.rfind(amount.against, max(0, start - _CHANGE_REACH), end)
        if amount.against and base < start:
            return None  # 比去年春运增长两成: the noun is that of the base
        moved = _moved().search(scene.text, start, base if amount.against else end)
        end = moved.start() if moved else base if amount.against else end
    for owner in scene.between(start, end, "Organization", "Person", "Place"):
        span = scene.place(owner)
        if span.start == start and span.end < end:
            start = span.end + scene.text.startswith(_OF, span.end)
            while later := opens(scene.text, start, "lead") or opens(scene.text, start, "verb"):
                start += later
    return indicator(scene, start, end)


def _before_times(scene: Scene, found: Figure) -> Mention | None:
    """The noun of 森林面积由2015年的86万亩增加到…: before the preposition of the time."""
    times = scene.between(max(0, found.number - _MOST), found.number, "Time")
    if not times or scene.text[scene.place(times[-1]).end : found.number] != _OF:
        return None
    at = scene.place(times[-1]).start - 1
    return _opening(scene, at) if scene.text[at : at + 1] in _FROM else None


def _before_length(scene: Scene, found: Figure) -> Mention | None:
    """The noun of 产量连续9年稳定在… and 能耗五年累计下降…: before a time, behind which nothing
    but what becomes of it stands."""
    times = scene.between(max(0, found.number - _MOST), found.number, "Time")
    if not times:
        return None
    span = scene.place(times[-1])
    end = found.number
    while (shorter := closes(scene.text, span.end, end, "link")) != end:
        end = shorter
    moved = _moved().fullmatch(scene.text, span.end, end)
    if end > span.end and moved is None:
        return None
    if end == found.number and moved is None:
        return None  # the number is right behind the time
    return _opening(scene, span.start)


def _before_base(scene: Scene, found: Figure, amount: Amount) -> Mention | None:
    """The noun of 税收收入较2015年增长12%: before that with which it is compared."""
    if not amount.change or not amount.against:
        return None
    at = scene.text.rfind(amount.against, max(0, found.number - _CHANGE_REACH), found.number)
    return _opening(scene, at) if at >= 0 else None


def _opening(scene: Scene, at: int) -> Mention | None:
    """The noun from the beginning of the clause to ``at``, where nothing but it stands there."""
    clause = scene.begin(at, CLAUSE)
    for owner in scene.between(clause, at, "Organization", "Place", "Time"):
        if scene.place(owner).start == clause:
            clause = scene.place(owner).end + scene.text.startswith(_OF, scene.place(owner).end)
    named = _HAN_RUN.fullmatch(scene.text, clause, at) if 0 < at - clause <= _MOST else None
    return indicator(scene, clause, at) if named else None


def _goes_on(scene: Scene, before: Figure, found: Figure, amount: Amount) -> bool:
    """Whether a figure without a noun of its own is of the same thing as the one before it."""
    return (
        _continues(scene, before, found)
        or _changes(scene, before, found, amount)
        or _is_share(scene, before, found)
        or _elides(scene, before, found, amount)
    )


def _continues(scene: Scene, before: Figure, found: Figure) -> bool:
    """Whether the figure is the other end of a change: 由A增加到B (from A to B)."""
    gap = scene.bare(before.end, found.number)
    if not gap or CLAUSE.search(gap) or len(gap) > _MOST:
        return False
    gap = gap.removeprefix(_OF).removesuffix(_OF)
    while gap:
        shorter = gap[: closes(gap, 0, len(gap), "link")]
        shorter = shorter[: closes(shorter, 0, len(shorter), "change")]
        if shorter == gap:
            return False
        gap = shorter
    return True


def _changes(scene: Scene, before: Figure, found: Figure, amount: Amount) -> bool:
    """Whether the figure is how much the one before it changed: …达到96亿元，比上年增长6.9%."""
    if not amount.change or SENTENCE.search(scene.text, before.end, found.number):
        return False
    gap = scene.text[before.end : found.number]
    told = before.mention.detail  # 比上年减少4.1万名，下降1.7%: both against one time
    against = "" if isinstance(told, Amount) and told.against == amount.against else amount.against
    if len(gap) > _CHANGE_REACH or against not in gap:
        return False
    head, _, tail = gap.rpartition(against) if against else ("", "", gap)
    rest = _moving().sub("", head + tail)
    return not rest.strip(_COMMAS + "；;（(")


def _is_share(scene: Scene, before: Figure, found: Figure) -> bool:
    """Whether the figure is which share the thing before it has: 女工30人，占全厂的30%."""
    if found.unit.lstrip(_SCALE)[:1] not in _SHARES or before.unit[:1] in _SHARES:
        return False
    return _SHARE.fullmatch(scene.text, before.end, found.number) is not None


def _elides(scene: Scene, before: Figure, found: Figure, amount: Amount) -> bool:
    """Whether the clause leaves its noun out: 受理案件862件，办结819件 (the same unit, a verb, or
    a body and a verb)."""
    if amount.change or found.unit.lstrip(_SCALE) != before.unit.lstrip(_SCALE):
        return False
    if _is_measure(found.unit.lstrip(_SCALE)) or before.indicator is None:
        return False
    gap = scene.bare(before.end, found.number)
    if len(gap) > _MOST or SENTENCE.search(gap) or gap[:1] not in tuple("，,、；"):
        return False
    begin = scene.begin(found.number, CLAUSE)
    owners = scene.between(begin, found.number, "Organization", "Place")
    begin = scene.place(owners[0]).end if owners else begin
    clause = scene.bare(begin, found.number)
    while clause and (size := opens(clause, 0, "lead")):
        clause = clause[size:]
    return opens(clause, 0, "verb") == len(clause) > 0


@cache
def _moved() -> re.Pattern[str]:
    return re.compile(f"(?:{_moving().pattern})+$")


@cache
def _moving() -> re.Pattern[str]:
    data = tables.patterns("quantities")["comparison"]
    found = {row["word"] for row in tables.rows("lexicons/quantity_changes")}
    moved = "|".join(sorted(found, key=lambda word: (-len(word), word)))
    return re.compile(f"{data['aside']}|{data['between']}|{moved}")


@cache
def _classes() -> dict[str, str]:
    return {row["unit"]: row["class"] for row in tables.rows("lexicons/quantity_units")}


def _is_measure(unit: str) -> bool:
    return _classes().get(unit) == "measure" and unit not in _SHARES


@cache
def _noun_units() -> frozenset[str]:
    return frozenset(unit for unit, kind in _classes().items() if kind == "noun")

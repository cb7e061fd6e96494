"""Plain names: campaigns whose name stands without quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Mention, Passage
from kg.recognize.base import Matcher, shared
from kg.recognize.events_phrases import BUT_VERBS, border_spans, clause_start, last_border
from kg.tables import patterns, rows

LONGEST = 24  # characters of a name

_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9+·]+$")
_STOP = re.compile("[，。；：！？\n]")
_NUMBERED = re.compile(r"^[一二三四五六七八九十两]{1,2}大|[一二三四五六七八九十两]大$")
_YEAR_GOES_ON = frozenset("限代度份终内均来底初轻月")


@cache
def _endings() -> dict[str, str]:
    table = rows("lexicons/campaigns_suffixes")
    return {row["word"]: row["plain"] for row in table if row["plain"] != "no"}


@shared
def _matcher() -> Matcher:
    return Matcher(_endings())


@cache
def _set(name: str) -> tuple[str, ...]:
    return tuple(patterns("campaigns")[name])


def find(passage: Passage) -> Iterator[Mention]:
    """实施…行动, 打好…攻坚战, …服务月, and names that stand in one list with them."""
    text = passage.text
    chained = -1  # where a name of the same list would begin
    for start, end, ending in _matcher().find(text):
        if _goes_on(text, end):
            continue
        low = clause_start(text, start, LONGEST)
        if _endings()[ending] == "wide":
            yield from _wide(passage, low, start, end)
            continue
        begin = _begin(text, low, start, ending, chained)
        if begin is not None:
            yield passage.mention(begin, end, "Campaign", rule="launched")
            chained = end + 1 if text[end : end + 1] == "、" else -1
    yield from _series(passage)


def _wide(passage: Passage, low: int, start: int, end: int) -> Iterator[Mention]:
    """开展…系列活动: a name that may hold verbs, from the verb of launching on."""
    places = [(passage.text.rfind(v, low, start), len(v)) for v in _set("wide_verbs")]
    at, size = max(places)
    topic = passage.text[at + size : start] if at >= 0 else ""
    if not any(word in topic for word in _set("not_wide")) and _is_topic(topic, "wide"):
        yield passage.mention(at + size, end, "Campaign", rule="launched")


def _goes_on(text: str, end: int) -> bool:
    if text.startswith(_set("longer"), end):
        return True
    return text[end - 1] == "年" and end < len(text) and text[end] in _YEAR_GOES_ON


def _begin(text: str, low: int, start: int, ending: str, chained: int) -> int | None:
    """Where the name whose ending begins at ``start`` begins; None when it is no name.

    A verb of launching opens the name; other verbs may stand inside it (实施…巩固提升工程).
    """
    plain = _endings()[ending]
    cut = last_border(text, low, start, BUT_VERBS)
    places = [cut, *_launches(text, cut, start)]
    for begin in reversed(places):
        launched = text[max(0, begin - 5) : begin].endswith(_set("launch"))
        headed = plain != "head" or text.startswith(_set("heads"), begin)
        opened = (launched and headed) or begin == chained or _beside(text, begin)
        site = ending == "工程" and text[begin:start].endswith(_set("sites"))
        if opened and not site and _is_topic(text[begin:start], plain):
            return begin
    free = last_border(text, low, start)
    return free if plain == "free" and _is_topic(text[free:start], plain) else None


def _beside(text: str, begin: int) -> bool:
    """Whether a launched campaign stands right before: 实施“甲”行动和|乙工程."""
    if text[begin - 1 : begin] not in tuple("、和及与"):
        return False
    window = text[max(0, begin - 40) : begin - 1]
    clause = _STOP.split(window)[-1]
    return clause.endswith(_launched()) and any(verb in clause for verb in _set("launch"))


@cache
def _launched() -> tuple[str, ...]:
    return tuple(word for word, plain in _endings().items() if plain == "verb")


def _launches(text: str, low: int, high: int) -> list[int]:
    """Ends of the verbs of launching in ``text[low:high]``, by place."""
    return sorted(low + end for _, end, _ in _launch().find(text[low:high]))


@cache
def _launch() -> Matcher:
    return Matcher(_set("launch"))


def _is_topic(topic: str, plain: str) -> bool:
    if not {"free": 2, "wide": 4}.get(plain, 3) <= len(topic) <= LONGEST or not _HAN.match(topic):
        return False
    if topic.startswith(_set("not_first")) or topic.endswith(_set("not_last")):
        return False
    if _NUMBERED.search(topic):  # 三大… (three great …) is a formula
        return False
    return topic not in _set("not_topic") and not topic.isascii()


@cache
def _series_frame() -> re.Pattern[str]:
    verbs = "|".join(_set("series_verbs"))
    return re.compile(
        rf"(?:{verbs})([^，。；：！？（）\n]{{6,90}}?)等(?=[。，；]|系列|活动|行动|工程|项目)"
    )


def _series(passage: Passage) -> Iterator[Mention]:
    """实施甲工程、乙、丙等: the items beside one that is marked as a campaign."""
    if "等" not in passage.text or "、" not in passage.text:
        return
    for match in _series_frame().finditer(passage.text):
        items = _items(match[1], match.start(1))
        marks = _set("series_marks")
        if len(items) < 2 or not any(word.rstrip("”").endswith(marks) for _, word in items):
            continue
        for start, word in items:
            if _is_item(passage.text, start, word):
                rule = "launched-series"
                yield passage.mention(start, start + len(word), "Campaign", rule=rule)


def _items(listed: str, at: int) -> list[tuple[int, str]]:
    found = []
    for word in listed.split("、"):
        found.append((at, word))
        at += len(word) + 1
    return found


def _is_item(text: str, start: int, word: str) -> bool:
    if not 4 <= len(word) <= 14 or not _HAN.match(word) or word.endswith(_set("generic")):
        return False
    if word.startswith(_set("not_first")):
        return False
    return not border_spans(text, start, start + len(word))

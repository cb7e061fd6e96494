"""Policies: policies and strategies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Mention, Passage
from kg.recognize.base import Matcher, shared
from kg.recognize.events_phrases import border_spans, clause_start, last_border
from kg.tables import patterns, rows

LONGEST = 18  # characters of a name

_QUOTES = {ord(mark): None for mark in "“” "}
_NUMERAL = re.compile(r"[一二三四五六七八九十两百]{2,}|[“]?[一二三四五六七八九十两]")
_YEAR = re.compile(r"20[2-9][05](?![0-9年月日.．%％\-－—])")
_BEFORE_YEAR = re.compile(r"[\u4e00-\u9fff]{2,12} ?$")
_FIVES = "[一二三四五六七八九]|十[一二三四五六七八九]?"
_PLAN = re.compile(rf"(?:“({_FIVES})五”|(?<![\u4e00-\u9fff])({_FIVES})五|第({_FIVES})个五年)")


class Policies:
    """Finds policies, strategies and national plans (kind Policy)."""

    name = "policies"

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Mentions in ``passage``."""
        yield from _strategies(passage)
        yield from _national(passage)
        yield from _year_goals(passage)
        yield from _plans(passage)


@cache
def _set(name: str) -> tuple[str, ...]:
    return tuple(patterns("policies")[name])


def _strategies(passage: Passage) -> Iterator[Mention]:
    """X战略 (the strategy of X); generic ones and 战略 as an adjective left out."""
    text, word = passage.text, str(patterns("policies")["strategy"])
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not text.startswith(_set("longer"), end) or _firm(text, at, end):
            low = clause_start(text, at, LONGEST)
            begin = last_border(text, low, at)
            if at - low < LONGEST and _is_topic(text[begin:at]):
                name = text[begin:end].translate(_QUOTES)
                yield passage.mention(begin, end, "Policy", rule="strategy", name=name)
        at = text.find(word, end)


def _firm(text: str, at: int, end: int) -> bool:
    """Whether the strategy before its deployment has a name: 人才强国|战略|部署."""
    topic = text[max(0, at - 6) : at].rstrip("”")
    return topic.endswith(_set("firm_topics")) and text.startswith(_set("firm_after"), end)


def _is_topic(topic: str) -> bool:
    bare = topic.translate(_QUOTES)
    if len(bare) < 2 or _NUMERAL.match(topic) or bare in _set("generic"):
        return False
    return not bare.endswith(_set("generic_last")) and not bare.startswith(_set("first"))


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Wording -> name, full name where it differs. Quoted wordings keep their marks."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows("lexicons/policies_national"):
        name = row["name"].translate(_QUOTES)
        full = row["full"].translate(_QUOTES)
        known = full if full != name else ""
        if row["bare"] == "yes":
            found[row["name"]] = (name, known)
        if row["bare"] != "no":
            found[f"“{row['name']}”"] = (name, known)
    return found


@shared
def _matcher() -> Matcher:
    return Matcher(_names())


def _national(passage: Passage) -> Iterator[Mention]:
    for start, end, wording in _matcher().find(passage.text):
        name, known = _names()[wording]
        yield passage.mention(
            start,
            end,
            "Policy",
            rule="national-policy",
            name=name,
            known_as=known,
            known_by="policies_national" if known else "",
        )


def _year_goals(passage: Passage) -> Iterator[Mention]:
    """A goal called by its year, such as 健康中国2030 (Healthy China 2030)."""
    text = passage.text
    for match in _YEAR.finditer(text):
        at = match.start()
        before = _BEFORE_YEAR.search(text[max(0, at - 13) : at])
        if not before:
            continue
        begin = last_border(text, at - len(before.group()), at)
        name = text[begin : match.end()]
        quoted = text[begin - 1 : begin] == "“" and text[match.end() : match.end() + 1] == "”"
        topic = name[:-4].rstrip()
        if topic.endswith(_set("not_year")) or len(topic) < 3:
            continue
        if quoted or name.startswith(_set("year_heads")):
            rule = "year-goal"
            name = name.translate(_QUOTES)
            yield passage.mention(begin, match.end(), "Policy", rule=rule, name=name)


def _plans(passage: Passage) -> Iterator[Mention]:
    """Five-year plans, and the works and plans that carry their number."""
    text = passage.text
    for match in _PLAN.finditer(text) if "五" in text else ():
        end = match.end()
        noun = next((n for n in _set("plan_after") if text.startswith(n, end)), "")
        if noun:
            number = match[1] or match[2] or match[3]
            full = f"第{number}个五年{_plan_noun(number)}"
            name = text[match.start() : end + len(noun)].translate(_QUOTES)
            known = full if full != name else ""
            yield passage.mention(
                match.start(),
                end + len(noun),
                "Policy",
                rule="five-year-plan",
                name=name,
                known_as=known,
                known_by="rule:five-year-plan" if known else "",
            )
        elif match[1] and (stop := _plan_part(text, end)):
            yield passage.mention(match.start(), stop, "Policy", rule="five-year-plan")


def _plan_noun(number: str) -> str:
    """From the eleventh on, five-year plans are called 规划 instead of 计划."""
    return "规划" if len(number) > 1 else "计划"


def _plan_part(text: str, at: int) -> int:
    """End of a work or plan named after the five-year plan whose number ends at ``at``; or 0."""
    match = _part().match(text, at)
    if not match or match[1].startswith(_set("not_part")):
        return 0
    return 0 if border_spans(text, at, match.end(1)) else match.end()


@cache
def _part() -> re.Pattern[str]:
    nouns = "|".join(_set("plan_tail"))
    return re.compile(rf"([\u4e00-\u9fff]{{2,24}}?)(?:{nouns})")

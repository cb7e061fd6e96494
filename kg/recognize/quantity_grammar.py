"""Grammar of quantities: numbers with modifiers, scales, fractions and ranges -> values."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from kg.recognize import quantity_lexicon as lexicon
from kg.recognize.numerals import number
from kg.recognize.quantity_lexicon import COUNT, NOUN, OPEN, Modifier, Unit

HAN = "〇零一二两三四五六七八九十百千万亿廿卅"
DIGIT = "一二两三四五六七八九"
_DIGITS = r"[0-9]{1,3}+(?:,[0-9]{3})++(?:\.[0-9]+)?|[0-9]{1,15}+(?:\.[0-9]{1,8}+)?"
# The look-behinds and possessive quantifiers keep a long run of digits from being tried twice.
NUMBER = re.compile(
    rf"(?<![0-9.,])(?<![0-9][:∶])(?P<arabic>(?:{_DIGITS})(?:[千万亿][0-9]{{1,4}}+(?:\.[0-9]{{1,4}}+)?){{0,3}})"
    rf"(?![0-9])[ ]?(?P<more>[多余几])?"
    rf"(?P<scale>[十百千]?[万亿]{{1,2}}+|[百千](?![瓦米克伏]))?(?P<rest>[多余])?"
    rf"(?P<last>[万亿]{{1,2}}+)?"
    rf"|(?<![{HAN}])(?P<han>[{HAN}]{{1,15}}+(?:点[{HAN[:2]}{DIGIT}]{{1,6}}+)?)"
    rf"(?P<hmore>[多余几来])?(?P<hscale>[万亿]{{1,2}}+)?(?P<hrest>[多余])?"
)
_RANGE = re.compile(r" ?(?:[-~—–]{1,2}|至|到) ?")
_RANGE_FIRSTS = frozenset(" -~—–至到%‰")  # what a range may go on with
_SCALE_END = re.compile("(?:万|亿)+$")
_ROUND = frozenset("十百千万亿")
_SECOND = "二"
_TWO = re.compile(f"[{DIGIT}]{{2}}")
_SIMPLE = re.compile("[0-9.,]+")
_PAIR = re.compile(
    f"(?P<ten>[{DIGIT}]?十)?(?P<low>[{DIGIT}])(?P<high>[{DIGIT}])(?P<scale>[十百千万亿]*)"
)
_BEHIND_AN_ORDINAL = "第前几数逐初届"
_SINGLE = frozenset(("倍", "个百分点", "百分点"))  # 一倍 (by once), but no 一公里, 一家
_MINUS, _FROST = "-负", "零下"
_BELOW_ZERO = ("%", "‰", "℃")  # 同比-3.2%
_MOST_OPEN = 20  # 三个X to 二十个X name formulas
_GOES_ON = "点.,， 多余几来分成番/半-~—–至到"  # what else may stand behind a run of numerals


def run(follows: str) -> str:
    """A pattern of a run of numerals: with a scale at its end, or before what may follow it."""
    return f"[0-9{HAN}]++(?:(?<=[万亿])|(?=[{re.escape(follows + _GOES_ON)}]))"


class Figure(NamedTuple):
    """A number as it stands: its value or bounds, and where its wording begins and ends."""

    start: int
    end: int
    value: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None
    written: float | int | None = None  # 8.2 of 8.2万
    scale: str = ""  # 万 of 8.2万家
    spelled: bool = False  # in Chinese numerals
    bare: bool = False  # 百, 上千: no digit before the first place value
    approximate: bool = False
    second: bool = False  # 二, which counts nothing: two are 两


def figure(text: str, match: re.Match[str]) -> Figure | None:
    """The number that ``match`` of ``NUMBER`` found, None when it is no count."""
    start, end = match.span()
    if start and text[start - 1] in _BEHIND_AN_ORDINAL:
        return None
    arabic, some, scale, rest, last, han, hsome, hscale, hrest = match.groups()
    if arabic:
        numeral, scale, rest = arabic, (scale or "") + (last or ""), some or rest
    else:
        numeral, scale, rest = han, hscale or "", hsome or hrest
        pair = _pair(numeral + scale) if len(numeral) > 1 else None
        if pair or _adjacent(numeral):
            return pair._replace(start=start, end=end) if pair and not rest else None
        tail = None if scale else _SCALE_END.search(numeral)
        if tail and tail.start():
            numeral, scale = numeral[: tail.start()], tail[0]
    written = number(numeral)
    value = number(numeral + scale) if scale else written
    if value is None or written is None:
        return None
    first = numeral[0]
    if arabic and not _SIMPLE.fullmatch(numeral):
        written, scale = value, ""  # 1万6千: no single number is written
    bare = first in _ROUND and first != "十"
    spelled = not arabic
    if not rest:
        second = han == _SECOND
        return Figure(start, end, value, None, None, written, scale, spelled, bare, False, second)
    found = Figure(start, end, value, None, None, written, scale, spelled, bare, rest == "来")
    return found if rest == "来" else more(found)


def _adjacent(numeral: str) -> bool:
    """Two digits side by side, as in 三五 or 一九四九: no count."""
    return len(numeral) > 1 and _TWO.search(numeral) is not None


def _pair(numeral: str) -> Figure | None:
    """两三 (two or three), 七八十, 十五六: a range of neighbours."""
    match = _PAIR.fullmatch(numeral)
    if match is None:
        return None
    low, high = number(match["low"]), number(match["high"])
    factor = number(match["scale"]) if match["scale"] else 1
    if low is None or high is None or factor is None or high != low + 1:
        return None
    ten = number(match["ten"]) if match["ten"] else 0
    if ten is None or (ten and match["scale"]):
        return None
    return Figure(
        0, 0, None, ten + low * factor, ten + high * factor, spelled=True, approximate=True
    )


def more(found: Figure) -> Figure:
    """90多 is from 90 to 100: less than one step of the last digit that is not zero."""
    value = Decimal(str(found.value))
    if not value:
        return found
    exponent = value.normalize().as_tuple().exponent
    low, high = plain(value), plain(value + Decimal(1).scaleb(int(exponent)))
    return found._replace(value=None, low=low, high=high, written=None, approximate=True)


def plain(value: Decimal) -> int | float:
    """A number without a point where it needs none."""
    return int(value) if value == value.to_integral_value() else float(value)


def ranged(text: str, low: Figure) -> Figure | None:
    """``low`` with the number that a dash or 至 (to) joins to it; both share scale and unit."""
    at = low.end
    follows = text[at : at + 1]
    if follows not in _RANGE_FIRSTS:
        return None
    share = follows if follows in "%‰" else ""
    mark = _RANGE.match(text, at + len(share))
    match = NUMBER.match(text, mark.end()) if mark else None
    high = figure(text, match) if match else None
    if high is None or low.value is None or high.value is None or low.spelled != high.spelled:
        return None
    if mark is None or text[low.start - 1 : low.start] in ("从", "由"):
        return None  # from one to the other: a change, two values
    least = low.value
    if high.scale and not low.scale:
        least = number(f"{low.written}{high.scale}") or least
    if least >= high.value or (share and not text.startswith(share, high.end)):
        return None
    return high._replace(start=low.start, value=None, low=least, high=high.value, written=None)


def spanned(text: str, low: Figure, unit: Unit) -> Figure | None:
    """``low`` with the number that 至 (to) joins to its unit: 800元至1200元."""
    at = low.end + len(unit.name)
    if text[at : at + 1] not in _RANGE_FIRSTS:
        return None
    mark = _RANGE.match(text, at) if low.value is not None and low.low is None else None
    match = NUMBER.match(text, mark.end()) if mark else None
    high = figure(text, match) if match else None
    if high is None or high.value is None or low.value is None or low.value >= high.value:
        return None
    if text[low.start - 1 : low.start] in ("从", "由") or lexicon.unit(text, high.end) != unit:
        return None
    return high._replace(start=low.start, value=None, low=low.value, high=high.value, written=None)


def signed(text: str, found: Figure) -> Figure:
    """The figure with the minus before it, if there is one."""
    at = found.start
    if found.value is None or at == 0:
        return found
    if text.startswith(_FROST, at - len(_FROST)) and at >= len(_FROST):
        below = -(found.written or 0)
        return found._replace(start=at - len(_FROST), value=-found.value, written=below)
    if text[at - 1] not in _MINUS:
        return found
    joins = at > 1 and text[at - 2].isalnum() and text[at - 1] == _MINUS[0]
    sure = not text[at - 2].isascii() and text[found.end : found.end + 1] in _BELOW_ZERO
    if joins and not sure and lexicon.cut_end(text, max(0, at - 6), at - 1, "link") == at - 1:
        return found  # a dash between two things
    return found._replace(start=at - 1, value=-found.value, written=-(found.written or 0))


def bounded(found: Figure, modifier: Modifier | None) -> Figure:
    """The figure as 超过 (more than), 不足, 约 or 以上 changes it."""
    if modifier is None:
        return found
    open_end = found.approximate or modifier.approximate
    if found.low is not None and found.high is not None:
        return found._replace(approximate=open_end)  # 至少一至两次: the range says more
    if modifier.effect == "low":
        return found._replace(value=None, low=found.value, high=None, approximate=open_end)
    if modifier.effect == "high":
        return found._replace(value=None, low=None, high=found.value, approximate=open_end)
    return found._replace(approximate=open_end)


def counts(found: Figure, unit: Unit, *, modified: bool, closes: bool) -> bool:
    """Whether a number with this unit is a quantity and no name, idiom or article."""
    if not found.spelled:
        return True
    value = found.value if found.value is not None else found.high
    if value is None or value == 0:
        return False
    if found.second and unit.kind in (COUNT, OPEN):
        return closes and unit.name == "人"
    if found.bare and not modified:
        return False
    if unit.kind == NOUN:
        return False
    if unit.kind == OPEN:
        return value > _MOST_OPEN
    if value > 1 or modified or value != int(value):
        return True
    return unit.name in _SINGLE or (closes and unit.name == "人")

"""Parts: fractions, shares and folds: 百分之五, 三分之一, 1/4, 八成, 一半, 翻一番."""

from __future__ import annotations

import re

from kg.recognize import quantity_lexicon as lexicon
from kg.recognize.numerals import number
from kg.recognize.quantity_grammar import DIGIT, NUMBER, Figure, figure
from kg.recognize.quantity_lexicon import MEASURE, Unit

_OF = "分之"
_HUNDRED = "百"
_HALF_ENDS = re.compile("以上|以下|左右|[的，。；、]|$")
_TENTH = "成"
_TENTHS = range(1, 10)
_ONE_TENTH = "以左多，。；、）"
_NOT_TENTH = "为立功员果长就熟效绩本品交都因分型人"
_AND_MORE = "多余"
_HALF_TENTH = re.compile(f"[{DIGIT}](?=[以，。；、左的])")
_SLASH = re.compile(r"/([0-9]{1,2})(?![0-9./])")
_OF_WHOLE = re.compile("以上|以下|左右|的")
_MOST = 10  # 3/15 is a date; nothing doubles more often
_FOLD, _TURNED = "番", ("翻", "翻了")
_FIRSTS = frozenset("分/番半成")

Part = tuple[Figure, Unit]


def fraction(text: str, found: Figure) -> Part | None:
    """What the words behind a number make of it: a part of a whole, or how often it doubled."""
    mark = text[found.end : found.end + 1]
    if mark not in _FIRSTS:
        return None
    if mark == "分":
        return _share(text, found) if text.startswith(_OF, found.end) else None
    if mark == "/":
        return _slashed(text, found)
    if mark == _FOLD:
        return _folds(text, found)
    return _tenths(text, found) if mark == _TENTH else _half(text, found)


def _share(text: str, found: Figure) -> Part | None:
    """百分之五 (5 %), 三分之一 (0.333333)."""
    match = NUMBER.match(text, found.end + len(_OF))
    part = figure(text, match) if match else None
    if part is None or part.value is None or not found.value:
        return None
    if text[found.start : found.end] == _HUNDRED:
        unit = Unit("%", MEASURE, "P1", "")
        return part._replace(start=found.start, scale="", bare=False), unit
    value = round(part.value / found.value, 6)
    return part._replace(start=found.start, value=value, written=value, scale=""), _plain()


def _slashed(text: str, found: Figure) -> Part | None:
    """1/4 behind a word: a fraction, no date."""
    match = _SLASH.match(text, found.end)
    if match is None or found.spelled:
        return None
    behind_word = found.start and text[found.start - 1].isalpha()
    if not behind_word and not _OF_WHOLE.match(text, match.end()):
        return None
    part, whole = found.value or 0, int(match[1])
    if found.scale or not 0 < part < whole <= _MOST:
        return None
    value = round(part / whole, 6)
    return found._replace(end=match.end(), value=value, written=value), _plain()


def _folds(text: str, found: Figure) -> Part | None:
    """翻两番 (to double twice): four times as much."""
    times = found.value or 0
    verb = lexicon.modifier_before(text, found.start, "before")[0]  # 翻了近一番: nearly doubled
    if not (text.endswith(_TURNED, 0, verb) and 0 < times < _MOST):
        return None
    return found._replace(value=2 ** int(times)), Unit(_FOLD, MEASURE, "", "")


def _half(text: str, found: Figure) -> Part | None:
    """一半 (one half)."""
    if not found.spelled or found.value != 1 or not _HALF_ENDS.match(text, found.end + 1):
        return None
    return found._replace(end=found.end + 1, value=0.5, written=0.5), _plain()


def _tenths(text: str, found: Figure) -> Part | None:
    """八成 (80 %), 七成多 (more than 70 %), 九成五 (95 %), 一到两成 (10 to 20 %)."""
    after = text[found.end + 1 : found.end + 2]
    whole = found.value or 0
    if not found.spelled or (after and after in _NOT_TENTH):
        return None
    if found.low is not None and found.high is not None and 1 <= found.low < found.high < _MOST:
        low, high = round(found.low / 10, 6), round(found.high / 10, 6)
        return found._replace(low=low, high=high), Unit(_TENTH, MEASURE, "", "")
    if whole not in _TENTHS:
        return None
    if whole == 1 and after and after not in _ONE_TENTH:
        return None  # 一成不变 (never changing)
    value = round(whole / 10, 6)
    if _HALF_TENTH.match(text, found.end + 1):
        value = round((whole * 10 + (number(after) or 0)) / 100, 6)
        return found._replace(value=value), Unit(_TENTH + after, MEASURE, "", "")
    if after and after in _AND_MORE:
        high = round((whole + 1) / 10, 6)
        done = found._replace(value=None, low=value, high=high, approximate=True)
        return done, Unit(_TENTH + after, MEASURE, "", "")
    return found._replace(value=value), Unit(_TENTH, MEASURE, "", "")


def _plain() -> Unit:
    return Unit("", MEASURE, "", "")

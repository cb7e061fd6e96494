"""Numbers that a word processor sets before the paragraphs of a list: 一、 (1) 第三条 …

They are part of what a reader sees, and no part of the text that the file holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    [
        "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting",
        "japaneseDigitalTenThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    ]
)  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_PLACE = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    form: str
    text: str  # %1 stands for the number of the first level
    start: int


class Numbers:
    """The lists of a document, counted as its paragraphs come."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}  # list -> its abstract list, which counts
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is not None:
            self._load(root)

    def label(self, paragraph: etree._Element, place: tuple[str, str]) -> tuple[str, bool]:
        """The number before a paragraph, empty for a bullet, and whether it is in a list."""
        name, level = place
        abstract = self._lists.get(name, "")
        levels = self._levels.get(abstract, {})
        depth = int(level) if level.isdigit() else 0
        if depth not in levels or name == "0" or not _has_text(paragraph):
            return "", False
        form = levels[depth]
        counts = self._counts[abstract]
        counts[depth] = counts.get(depth, form.start - 1) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        if form.form in ("bullet", "none"):
            return "", True

        def said(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, form)
            return _written(counts.get(at, other.start), other.form)

        return _PLACE.sub(said, form.text), True

    def _load(self, root: etree._Element) -> None:
        for abstract in root.findall(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId") or ""
            self._levels[key] = {
                int(level.get(f"{W}ilvl") or 0): _level(level)
                for level in abstract.findall(f"{W}lvl")
                if (level.get(f"{W}ilvl") or "0").isdigit()
            }
        for number in root.findall(f"{W}num"):
            name, own = number.get(f"{W}numId") or "", number.find(f"{W}abstractNumId")
            abstract = (own.get(f"{W}val") or "") if own is not None else ""
            if number.find(f"{W}lvlOverride") is not None:  # it counts anew
                key = f"{abstract}/{name}"
                self._levels[key] = dict(self._levels.get(abstract, {}))
                for over in number.findall(f"{W}lvlOverride/{W}lvl"):
                    if (over.get(f"{W}ilvl") or "0").isdigit():
                        self._levels[key][int(over.get(f"{W}ilvl") or 0)] = _level(over)
                abstract = key
            self._lists[name] = abstract


def _level(element: etree._Element) -> Level:
    def said(name: str, default: str) -> str:
        found = element.find(f"{W}{name}")
        return default if found is None else found.get(f"{W}val") or default

    start = said("start", "1")
    number = int(start) if start.isdigit() and len(start) < 6 else 1
    return Level(said("numFmt", "decimal"), said("lvlText", ""), number)


def _has_text(paragraph: etree._Element) -> bool:
    return any((text.text or "").strip() for text in paragraph.iter(f"{W}t"))


def _written(number: int, form: str) -> str:
    """A number as a list writes it.

    >>> _written(12, "chineseCounting"), _written(3, "lowerLetter"), _written(2, "decimal")
    ('十二', 'c', '2')
    """
    if form in _CHINESE:
        return _chinese(number)
    if form == "ideographTraditional" and 1 <= number <= 10:
        return _STEMS[number - 1]
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("lowerRoman", "upperRoman") and 1 <= number < 40:
        roman = (
            "X" * (number // 10)
            + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][number % 10]
        )
        return roman.lower() if form == "lowerRoman" else roman
    return str(number)


def _chinese(number: int) -> str:
    """A number below a thousand in Chinese numerals, a larger one in digits."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones else "")

"""Languages: which passages are English, so that they are not read as Chinese."""

from __future__ import annotations

import re

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile("[A-Za-z][A-Za-z’'-]*")
_NOT_BLANK = re.compile(r"\S")
_FEW = 0.1  # Chinese characters that may stand among so many Latin letters


def told(text: str) -> str:
    """BCP 47 tag of a passage: English when hardly any of it is Chinese and most is Latin words.

    >>> told("The plan (规划) was adopted by the union."), told("WTO"), told("水利规划")
    ('en', 'zh', 'zh')
    """
    words = _WORD.findall(text)
    letters = sum(map(len, words))
    if letters < 4 or (all(word.isupper() for word in words) and len(words) < 3):
        return "zh"
    han = len(_HAN.findall(text))
    if han > _FEW * letters:
        return "zh"
    return "en" if 2 * letters >= len(_NOT_BLANK.findall(text)) else "zh"

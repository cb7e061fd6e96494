"""Script: text in traditional characters is matched through its simplified form."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

from kg import tables
from kg.model import Document

SHARE = 50  # one traditional character in so many makes a traditional text
SAMPLE = 20_000  # characters from the beginning that tell


def simplified(document: Document) -> Document:
    """The document as recognizers see it: the same offsets, simplified characters.

    A text in simplified characters is given back as it is. A passage whose simplified form
    (OpenCC, ``t2s``) has another length is turned character by character.
    """
    if not traditional(document.clean.text):
        return document
    passages = tuple(replace(p, text=_convert(p.text)) for p in document.passages)
    text = document.clean.text
    pieces, at = [], 0
    for passage in passages:
        pieces += [text[at : passage.span.start], passage.text]
        at = passage.span.end
    clean = replace(document.clean, text="".join(pieces) + text[at:])
    return replace(document, clean=clean, passages=passages)


def traditional(text: str) -> bool:
    """Whether a text is written in traditional characters.

    >>> traditional("全國代表大會"), traditional("全国代表大会")
    (True, False)
    """
    sample = text[:SAMPLE]
    return len(_signs().findall(sample)) * SHARE > len(sample)


def simplified_name(name: str) -> str:
    """A name in the characters through which traditional texts are matched.

    >>> simplified_name("張海棠")
    '张海棠'
    """
    return _convert(name)


def _convert(text: str) -> str:
    whole: str = _converter().convert(text)
    if len(whole) == len(text):
        return whole
    single = (_converter().convert(character) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, single, strict=True))


@cache
def _signs() -> re.Pattern[str]:
    signs = sorted(tables.words("lexicons/script_traditional", "character"))
    return re.compile(f"[{re.escape(''.join(signs))}]")


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")

"""Masked: units of the forces whose number or name a text keeps back: 海军某扫雷舰大队."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.recognize.name_lexicon import CJK, HAN, Found, is_everyday, name_ends, title_starts, wording
from kg.recognize.name_people import MASK

RULE = "masked-unit"
LONGEST = 7  # characters between 某 (a certain) and the last word


@cache
def _begun() -> re.Pattern[str]:
    return re.compile(f"({'|'.join(wording('masked_heads'))})?{MASK}(?=[{CJK}])")


def find(text: str, bodies: Sequence[Found]) -> list[Found]:
    """``bodies``, by place, with the units: each right behind a body, or behind a force's name."""
    if MASK not in text:
        return list(bodies)
    found = {body.start: body for body in bodies}
    ends = {body.end: body for body in bodies}
    for match in _begun().finditer(text):
        body = ends.get(match.start()) or ends.get(match.end() - 1) or ends.get(match.start(1))
        if body is None and match[1] is None:
            continue
        start = body.start if body else match.start()
        stems = (*body.stems, body.end) if body else ()
        end = _end(text, match.end())
        if end > 0:
            found[start] = Found(start, end, "Organization", text[start:end], RULE, stems=stems)
    return sorted(found.values(), key=lambda body: body.start)


def _end(text: str, start: int) -> int:
    """Where the unit ends whose name begins with 某 right before ``start``, or -1."""
    for at in range(start, min(start + LONGEST + 1, len(text))):
        if not HAN.match(text[at]) or text[at] in "和与及同":
            return -1
        for unit in wording("masked_units"):
            end = at + len(unit)
            longer = text.startswith(wording("masked_units"), end)  # 某扫雷舰|大队
            if text.startswith(unit, at) and not longer and _ends(text, end):
                return end
    return -1


def _ends(text: str, end: int) -> bool:
    if text[end : end + 1] in tuple("长级员门分队"):
        return False  # 某旅|旅长, but 某旅长
    after = text[end : end + 2]
    return name_ends(text, end) or title_starts(text, end) or after[:1] == "“" or is_everyday(after)

"""Parts: units that a document names in full once and by their own last part later on.

Of 北方某集团炼钢总厂 the part behind the body that it belongs to, 炼钢总厂, stands alone later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Document, Mention
from kg.recognize.base import Matcher
from kg.recognize.name_bodies import NONE, endings
from kg.recognize.name_lexicon import name_ends, opens, title_starts
from kg.recognize.name_runs import generic

RULE = "unit-part"
KIND = "Organization"
LEAST = 4  # characters of a part that stands for its unit
LONGEST = 60  # longest name that is looked into, in characters


def find(document: Document, mentions: Sequence[Mention], known_by: str) -> Iterator[Mention]:
    """Further mentions of units, each with its unit's full name, which ``known_by`` gave."""
    parts = _parts(mentions)
    if not parts:
        return
    bodies = [m.span for m in mentions if m.kind == KIND]
    taken = bytearray(document.passages[-1].span.end + 1)
    for span in bodies:
        taken[span.start : span.end] = b"\x01" * len(span)
    matcher = Matcher(parts)
    for passage in document.passages:
        if not passage.searched:
            continue
        text, base = passage.text, passage.span.start
        for start, end, part in matcher.find(text):
            if any(taken[base + start : base + end]) or not opens(text, start):
                continue
            if name_ends(text, end) or title_starts(text, end):
                yield passage.mention(
                    start, end, KIND, rule=RULE, known_as=parts[part], known_by=known_by
                )


def _parts(mentions: Sequence[Mention]) -> dict[str, str]:
    """Last parts of the names of units -> their full names, where only one unit has it."""
    names = {m.name: m.label for m in reversed(mentions) if m.kind == KIND}
    found: dict[str, set[str]] = {}
    for name, label in names.items():
        if len(name) < 2 * LEAST:
            continue
        for size in range(min(len(name), LONGEST) - LEAST, LEAST - 1, -1):
            if name[:size] in names or _is_body(name[:size]):
                if _is_name(name[size:]):
                    found.setdefault(name[size:], set()).add(label)
                break
    return {part: next(iter(full)) for part, full in found.items() if len(full) == 1}


def _is_body(name: str) -> bool:
    """Whether a name ends like that of a body that may have units."""
    return any(endings().get(name[-n:], NONE).kind in ("authority", "free") for n in (2, 3, 4, 5))


def _is_name(part: str) -> bool:
    """Whether a part ends like a body's name and says more than what sort of body it is."""
    ending = next((n for n in range(len(part), 0, -1) if endings().get(part[-n:], NONE).kind), 0)
    core = part[: len(part) - ending]
    return 0 < ending < len(part) and len(core) >= 2 and not generic().fullmatch(core)

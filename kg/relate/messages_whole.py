"""Whole letters: a heading such as 感谢信 (letter of thanks), who is addressed, who signs, when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.model import Claim, Document, Mention, Passage, Span
from kg.relate.base import Told, passages
from kg.relate.statements_text import is_date
from kg.tables import patterns

RULE = "letter-signed"
HEADING = 40  # characters of a heading that names a letter
ADDRESS = 60  # characters of the line that says who is addressed
LONGEST = 60  # passages of a letter
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.．、])")
_BREAKS = re.compile("[，。；！？]")
_HEADS = ("title", "heading", "subtitle")


@cache
def _heading() -> re.Pattern[str]:
    nouns = "|".join(sorted(patterns("letters")["words"]["signed_nouns"], key=lambda w: -len(w)))
    return re.compile(rf"(?:致(?P<to>[^，。；]{{2,24}}?)的?)?(?P<noun>{nouns})")


def find(
    document: Document, mentions: Sequence[Mention], told: Sequence[Told] = ()
) -> Iterator[Claim]:
    """Claims ``sender``, ``recipient``, ``sentOn`` of the letters that a document holds whole."""
    heads = [at for at, p in enumerate(document.passages) if _opens(p)]
    if not heads:
        return
    known = {each.passage: each for each in told or passages(document, mentions)}
    parts = [known.get(passage) or Told(passage, ()) for passage in document.passages]
    for at, stop in zip(heads, [*heads[1:], len(parts)], strict=True):
        yield from _letter(parts[at : min(stop, at + LONGEST)])


def _opens(passage: Passage) -> bool:
    text = _NUMBER.sub("", passage.text.strip())
    return (
        passage.kind in _HEADS
        and passage.searched
        and len(text) <= HEADING
        and _heading().fullmatch(text) is not None
    )


def _letter(parts: Sequence[Told]) -> Iterator[Claim]:
    head = parts[0].passage
    named = _heading().search(head.text)
    assert named is not None
    at = 1
    recipients: list[Mention] = []
    if len(parts) > 1:
        recipients = list(_addressed(parts[1]))
        at += bool(recipients)
    if not recipients and named["to"]:
        recipients = [_whom(parts[0], named.start("to"), named.end("to"))]
    signed, date = _signed(parts[at:])
    if not recipients or not signed:
        return
    senders = "、".join(one.name for one in signed)
    noun = named["noun"]
    for whom in recipients:
        name = f"{senders}致{whom.name}：{noun}"
        message = head.mention(0, len(head.text), "Message", rule=RULE, name=name)
        for one in signed:
            yield Claim("sender", message, one, one.span, RULE)
        yield Claim("recipient", message, whom, whom.span, RULE)
        if date is not None:
            yield Claim("sentOn", message, date, date.span, RULE)


def _addressed(part: Told) -> Iterator[Mention]:
    """Who the line with a colon at its end names: 某某总队：."""
    text = part.passage.text.rstrip()
    if not text.endswith(("：", ":")) or len(text) > ADDRESS or _BREAKS.search(text):
        return
    at = 0
    for piece in re.split("[、]", text[:-1]):
        if piece.strip():
            yield _whom(part, at, at + len(piece))
        at += len(piece) + 1


def _whom(part: Told, start: int, end: int) -> Mention:
    """The mention that is just ``text[start:end]`` of a passage, else a group of that name."""
    span = Span(part.passage.span.start + start, part.passage.span.start + end)
    for mention in part.mentions:
        if mention.span == span and mention.kind in ("Organization", "Person", "Group"):
            return mention
    return part.passage.mention(start, end, "Group", rule="letter-recipient")


def _signed(parts: Sequence[Told]) -> tuple[list[Mention], Mention | None]:
    """Who signs, each on a line of nothing but names and titles; and the date below."""
    signed: list[Mention] = []
    for part in parts:
        names, rest = _names(part)
        if names and not rest:
            signed += names
            continue
        if not signed:
            continue
        date = next((m for m in part.mentions if is_date(m)), None)
        alone = date is not None and len(date.span) >= len(part.passage.text.strip()) - 1
        return signed, date if alone else None
    return signed, None


def _names(part: Told) -> tuple[list[Mention], str]:
    """The persons or bodies of a passage, and what it says besides them and their titles."""
    text = list(part.passage.text)
    base = part.passage.span.start
    for mention in part.mentions:
        if mention.kind in ("Person", "Organization", "Role"):
            text[mention.span.start - base : mention.span.end - base] = [""] * len(mention.span)
    people = [m for m in part.mentions if m.kind == "Person"]
    bodies = [m for m in part.mentions if m.kind == "Organization"]
    return people or bodies, "".join(text).strip("、 \u3000")

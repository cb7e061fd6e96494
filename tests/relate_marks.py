"""Texts with marked mentions, for tests of what is said between them.

``[Person|王某某]`` is a mention of kind Person; ``[Time=2022-11-12|11月12日]`` one with an
EDTF value; ``[Time=P3D|三天]`` one with a duration.
"""

from __future__ import annotations

import re

from kg.model import Claim, CleanText, Document, Mention, Meta, Passage, Span, TimeValue

_MARK = re.compile(r"\[(?P<kind>[A-Z][a-z]+)(?:=(?P<value>[^|\]]+))?\|(?P<name>[^\]]+)\]")


def marked(*paragraphs: str, kind: str = "paragraph") -> tuple[Document, tuple[Mention, ...]]:
    """A document of the given paragraphs, and the mentions that are marked in them."""
    text, mentions, passages = "", [], []
    for paragraph in paragraphs:
        begin, at = len(text), 0
        for match in _MARK.finditer(paragraph):
            text += paragraph[at : match.start()]
            mentions.append(_mention(match, len(text)))
            text += match["name"]
            at = match.end()
        text += paragraph[at:]
        passages.append(Passage(Span(begin, len(text)), text[begin:], kind))
        text += "\n"
    clean = CleanText(text, ((0, 0),))
    document = Document("d/test", text, clean, tuple(passages), Meta("test.txt"))
    return document, tuple(mentions)


def _mention(match: re.Match[str], at: int) -> Mention:
    name, value = match["name"], match["value"]
    detail = None
    if match["kind"] == "Time":
        length = bool(value) and value.startswith(("P", "R"))
        detail = TimeValue(duration=value) if length else TimeValue(value or "")
    span = Span(at, at + len(name))
    bare = name.strip("《》“”")
    return Mention(span, match["kind"], bare, "test", detail)


def facts(claims: list[Claim]) -> list[tuple[str, str, str]]:
    """Claims as (predicate, name of the subject, name of the object), sorted."""
    return sorted(
        (c.predicate, c.subject.name if c.subject else "", c.object.name if c.object else "")
        for c in claims
    )

"""Metadata: what a document says of itself in its title, masthead, byline and end note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from kg.model import Meta, Sourced
from kg.repair import shapes
from kg.repair.dates import first_date, last_date
from kg.repair.shapes import wording

_AFTER_DATE = ("note", "credit", "furniture")


@dataclass(frozen=True, slots=True)
class Part:
    """A passage as metadata is read from it."""

    kind: str
    text: str


def completed(meta: Meta, parts: Sequence[Part]) -> Meta:
    """``meta`` with what the parts of the document say; what the manifest said stays."""
    stop = next((i for i, p in enumerate(parts) if p.kind in ("paragraph", "heading")), len(parts))
    head, body = parts[:stop], parts[stop:]
    if all(part.kind != "title" for part in head):
        behind = next((i for i, part in enumerate(parts) if part.kind == "title"), len(parts))
        head = [*head, *parts[behind:]]
    dateline = wording("dateline").match(body[0].text) if body else None
    return replace(
        meta,
        title=meta.title or _title(head),
        authors=meta.authors or _authors(head, dateline),
        publisher=meta.publisher or _publisher(parts, dateline),
        issued=meta.issued or _issued(head, body, dateline),
        spoken=meta.spoken or _spoken(head, parts),
        occasion=meta.occasion or _occasion(head, parts),
    )


def _title(head: Sequence[Part]) -> Sourced | None:
    titles = [part.text for part in head if part.kind == "title"]
    said = headline(titles, [part.text for part in head if part.kind == "subtitle"])
    return Sourced(said, "title") if said else None


def headline(titles: Sequence[str], subtitles: Sequence[str]) -> str:
    """The lines of a title without its label and its note marks; empty when there are none."""
    bare = wording("title_label").sub("", " ".join(titles)).rstrip("※*＊ ")
    return bare + "".join(subtitles) if bare else ""


def _authors(head: Sequence[Part], dateline: re.Match[str] | None) -> tuple[Sourced, ...]:
    for part in head:
        if part.kind in ("byline", "masthead"):
            found = names(part.text, is_byline=part.kind == "byline")
            if found:
                return tuple(Sourced(name, "byline") for name in found)
    if dateline and dateline["names"]:
        return tuple(Sourced(name, "dateline") for name in re.split("[、 ]", dateline["names"]))
    return ()


def names(text: str, *, is_byline: bool) -> tuple[str, ...]:
    """Names in a masthead or byline: after a label, or the last words of a byline."""
    label = wording("author_label").search(text)
    said = label["names"] if label else ""
    if is_byline and not label:
        end = wording("names_at_end").search(text)
        said = end["names"] if end else ""
    return tuple(takewhile(re.compile(shapes.name()).fullmatch, re.split("[、 ]", said)))


def _publisher(parts: Sequence[Part], dateline: re.Match[str] | None) -> Sourced | None:
    mastheads = [part.text for part in parts if part.kind == "masthead"]
    for text in mastheads:
        label = wording("source_label").search(text)
        if label:
            return Sourced(label["name"], "masthead")
    for text in mastheads:
        name = wording("masthead_source").match(text)
        if name:
            return Sourced(name["name"], "masthead")
    if dateline and dateline["source"]:
        return Sourced(dateline["source"], "dateline")
    return None


def _issued(
    head: Sequence[Part], body: Sequence[Part], dateline: re.Match[str] | None
) -> Sourced | None:
    for part in (*head, *body):
        if part.kind == "masthead" and not shapes.is_date(part.text):
            label = wording("issued_label").search(part.text)
            found = first_date(part.text[label.end() :] if label else part.text)
            if found:
                return Sourced(found, "masthead")
    ends = [part for part in body if part.kind not in _AFTER_DATE]
    if ends and ends[-1].kind == "masthead" and shapes.is_date(ends[-1].text):
        return Sourced(first_date(ends[-1].text), "signature")
    for part in head:
        if part.kind == "note" and wording("adopted").search(part.text) and last_date(part.text):
            return Sourced(last_date(part.text), "note")
    alone = _date_alone(head)
    if alone and not _is_speech(head):
        return Sourced(alone, "masthead")
    said = first_date(dateline.group()) if dateline else ""
    return Sourced(said, "dateline") if said else None


def _spoken(head: Sequence[Part], parts: Sequence[Part]) -> Sourced | None:
    for part in reversed(parts):
        if part.kind == "note" and wording("spoken").search(part.text) and first_date(part.text):
            return Sourced(first_date(part.text), "end note")
    for part in head:
        if part.kind in ("subtitle", "title") and (
            wording("meeting").search(part.text) or wording("spoken").search(part.text)
        ):
            found = first_date(part.text)
            if found:
                return Sourced(found, "subtitle")
    alone = _date_alone(head)
    return Sourced(alone, "masthead") if alone and _is_speech(head) else None


def _occasion(head: Sequence[Part], parts: Sequence[Part]) -> Sourced | None:
    """The meeting or visit at which a text was spoken, as it is called in the end note or title."""
    notes = [part for part in reversed(parts) if part.kind == "note"]
    for part in (*notes, *head):
        if part.kind in ("note", "title", "subtitle"):
            found = wording("occasion").search(part.text)
            if found:
                source = "end note" if part.kind == "note" else part.kind
                return Sourced(found["at"] or found["of"], source)
    return None


def _date_alone(head: Sequence[Part]) -> str:
    """The date that stands alone under the title."""
    dates = (first_date(part.text) for part in head if shapes.is_date(part.text))
    return next(dates, "")


def _is_speech(head: Sequence[Part]) -> bool:
    """Whether title or subtitle says that the text was spoken at a meeting."""
    said = " ".join(part.text for part in head if part.kind in ("title", "subtitle"))
    return bool(wording("spoken").search(said) and wording("meeting").search(said))

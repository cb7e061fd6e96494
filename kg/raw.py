"""Raw: what reading a source gives, before it is repaired."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Meta, Span


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of raw text whose kind the file's format tells: a heading, a table row …

    Kinds are those of Passage, and for blocks alone: lines, item, row, cell (goes on after a
    blank) and the empty kind (goes on where the block before it ended).
    """

    span: Span
    kind: str  # as in Passage
    language: str = ""  # BCP 47, where the format tells it


@dataclass(frozen=True, slots=True)
class RawText:
    """What reading a source gives: its raw text and what the file itself tells about it.

    ``blocks`` are in order and do not overlap; where there are none, repair finds paragraphs
    itself. ``pages`` are the raw offsets at which pages begin, for formats that have pages.
    ``extracted`` is True where the raw text is not the decoded file but taken out of it.
    """

    text: str
    meta: Meta
    problems: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    pages: tuple[int, ...] = ()
    extracted: bool = False

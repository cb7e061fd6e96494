"""Types that travel between the stages. Imports the standard library only.

All offsets are code points, half-open. *Raw* is the decoded source file without its
byte-order mark; *clean* is the repaired text that recognizers read. Offsets into clean
text are plain ``Span``s; offsets into raw text appear only in ``Evidence``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from sys import intern
from unicodedata import category, normalize

_SHORT = 24  # characters of a quote that is likely a name

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class CleanText:
    """Repaired text whose every character knows its place in the raw text.

    ``runs`` holds ``(clean start, raw start)`` pairs in clean order; inside a run the two texts
    advance together. The first run starts at clean 0; an empty text has no run.
    """

    text: str
    runs: tuple[tuple[int, int], ...]

    def origin(self, index: int) -> int:
        """Raw offset of the clean character at ``index``."""
        clean, raw = self.runs[bisect_right(self.runs, (index, 1 << 62)) - 1]
        return raw + index - clean

    def pieces(self, span: Span) -> list[Span]:
        """Raw spans of the clean ``span``, in clean order, one for each run it touches."""
        at = bisect_right(self.runs, (span.start, 1 << 62)) - 1
        found, start = [], span.start
        while start < span.end:
            clean, raw = self.runs[at]
            stop = self.runs[at + 1][0] if at + 1 < len(self.runs) else span.end
            stop = min(stop, span.end)
            found.append(Span(raw + start - clean, raw + stop - clean))
            start, at = stop, at + 1
        return found


@dataclass(frozen=True, slots=True)
class Sourced:
    """A piece of metadata and where it came from (manifest, masthead, byline, end note …)."""

    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known about a document. Dates are EDTF."""

    path: str
    sha256: str = ""
    encoding: str = ""
    title: Sourced | None = None
    authors: tuple[Sourced, ...] = ()
    publisher: Sourced | None = None
    issued: Sourced | None = None
    spoken: Sourced | None = None
    occasion: Sourced | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the source folder that is a document. ``meta`` holds what the manifest says."""

    path: str  # relative to the source folder, NFC, with /
    file: str  # where to open it
    meta: Meta
    encoding: str = ""  # as the manifest demands it


@dataclass(frozen=True, slots=True)
class Failure:
    """A source file that gave nothing, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date from which 今年 (this year), 22日 (the 22nd) and their like are counted.

    ``year`` is set where the document's kind tells in which year the months lie that it names
    without one: a notice looks over its own year, a yearly report over the one in its title.
    """

    edtf: str
    source: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class TimeValue:
    """Value of a time expression: EDTF with day bounds, or an ISO 8601 duration."""

    edtf: str = ""
    duration: str = ""
    begin: str = ""  # ISO day, inclusive; empty where open
    end: str = ""
    in_name: bool = False  # stands inside a name or title: linked, but dates nothing
    inferred: str = ""  # the calendar table or rule that completed it, empty when stated


@dataclass(frozen=True, slots=True)
class Amount:
    """Value of a counted or measured quantity."""

    value: float | int | None = None  # in base units: 8.2万 -> 82000; None for a bound or range
    low: float | int | None = None
    high: float | int | None = None
    number: float | int | None = None  # as written: 8.2
    text: str = ""  # as written, with modifiers: 超过1.4
    unit: str = ""  # as written: 万家
    unit_code: str = ""
    approximate: bool = False
    change: str = ""  # up, down: the number is the amount of a change
    against: str = ""  # with what it is compared, as written: 同比, 比上年


@dataclass(frozen=True, slots=True)
class FormulaName:
    """What the name of a numbered formula announces."""

    number: int
    head: str  # what is counted: 贯通 in 三个贯通
    form: str  # classifier, bare, modifier, fold, compound …


@dataclass(frozen=True, slots=True)
class Saying:
    """Verb of an attributed statement, and on what occasion it was made, as written."""

    verb: str
    occasion: str = ""  # 在海边考察时


Detail = TimeValue | Amount | FormulaName | Saying


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of clean text that names or states one thing of one kind.

    ``span`` counts in the document's clean text. ``name`` is the form that stands in the text;
    ``known_as`` a fuller name that general knowledge gives, ``known_by`` its table.
    """

    span: Span
    kind: str
    name: str
    rule: str
    detail: Detail | None = None
    known_as: str = ""
    known_by: str = ""

    def __hash__(self) -> int:  # mentions are keys by the million: what tells them apart will do
        return self.span.start << 24 ^ self.span.end

    @property
    def label(self) -> str:
        return self.known_as or self.name


@dataclass(frozen=True, slots=True)
class Passage:
    """A title, heading, paragraph, caption … of the clean text.

    ``text`` is ``clean.text[span.start:span.end]``. Kinds: title, subtitle, byline,
    heading, paragraph, caption, credit, masthead, note, furniture.
    """

    span: Span
    text: str
    kind: str = "paragraph"
    anchor: Anchor | None = None
    repeats: Span | None = None  # the clean span of the passage that says the same
    language: str = "zh"
    part: int = 0  # its number in the document's ``parts``, from 1; 0 for none
    torn: str = ""  # start, end, both: a sentence is broken off there, and not clear where it goes

    @property
    def searched(self) -> bool:
        """Whether recognizers look into it: Chinese, and no repeat."""
        return self.repeats is None and self.language.startswith("zh")

    def mention(
        self,
        start: int,
        end: int,
        kind: str,
        *,
        rule: str,
        name: str | None = None,
        detail: Detail | None = None,
        known_as: str = "",
        known_by: str = "",
    ) -> Mention:
        """A mention of ``text[start:end]``: the only place that adds offsets."""
        name = self.text[start:end] if name is None else name
        base = self.span.start
        span = Span(base + start, base + end)
        return Mention(span, kind, name, rule, detail, known_as, known_by)

    def within(self, span: Span) -> str:
        """The text of a clean span that lies inside this passage."""
        return self.text[span.start - self.span.start : span.end - self.span.start]


@dataclass(frozen=True, slots=True)
class Part:
    """A speech or article of a document that prints several. Title and authors are empty where
    the text does not tell; ``headline`` and ``byline`` are the clean spans that say so."""

    span: Span  # of its passages, headline and byline included
    title: str = ""
    authors: tuple[str, ...] = ()
    headline: Span | None = None
    byline: Span | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact characters that say so: ``quote == raw[begin:end]`` of the document."""

    document_id: str
    begin: int
    end: int
    quote: str
    text: str = ""  # repaired wording where it differs from the quote
    page: int = 0  # of the source, from 1; 0 where it has no pages
    inferred: str = ""  # the table or rule by which these words mean the thing they stand for
    in_name: bool = False  # a time that is part of a name, and dates nothing

    def __hash__(self) -> int:  # as for mentions: its place, without the words
        return hash((self.document_id, self.begin, self.end))

    @property
    def wording(self) -> str:
        return self.text or self.quote


@dataclass(frozen=True)
class Document:
    """A source file: its raw text, its repaired text cut into passages, and its metadata."""

    id: str
    raw: str
    clean: CleanText
    passages: tuple[Passage, ...]
    meta: Meta
    problems: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()  # raw offsets at which pages begin
    extracted: bool = False
    parts: tuple[Part, ...] = ()  # where it prints several pieces

    def part(self, passage: Passage) -> Part | None:
        return self.parts[passage.part - 1] if passage.part else None

    def evidence(self, span: Span) -> tuple[Evidence, ...]:
        """Raw evidence of a clean span: one piece, unless characters that repair took out, or a
        jump to another place of the raw text, stand between its characters."""
        runs, text = self.clean.runs, self.clean.text[span.start : span.end]
        at = bisect_right(runs, (span.start, 1 << 62))
        if span and (at == len(runs) or span.end <= runs[at][0]):  # as nearly always: one run
            begin = runs[at - 1][1] + span.start - runs[at - 1][0]
            return (self._evidence(begin, begin + len(span), text),)
        found: list[tuple[int, int, str]] = []
        for piece in self.clean.pieces(span):
            words = self.raw[piece.start : piece.end]
            if found and _joins(self.raw, found[-1][1], piece):
                found[-1] = found[-1][0], piece.end, found[-1][2] + words
            else:
                found.append((piece.start, piece.end, words))
        if len(found) == 1:
            return (self._evidence(*found[0][:2], text),)
        return tuple(self._evidence(*group) for group in found)

    def _evidence(self, begin: int, end: int, text: str) -> Evidence:
        quote, page = self.raw[begin:end], bisect_right(self.pages, begin)
        # A name stands in a corpus a thousand times; its letters are kept once.
        quote = intern(quote) if len(quote) <= _SHORT else quote
        return Evidence(self.id, begin, end, quote, "" if text == quote else text, page)


def _joins(raw: str, end: int, right: Span) -> bool:
    gap = raw[end : right.start]
    return right.start >= end and not any(not c.isspace() and category(c) != "Cf" for c in gap)


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list, in clean offsets. ``text`` is its shortest natural form."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of parallel items that stands in one document.

    ``name`` is the formula or spirit it stands beside, if any; ``head`` and ``tail`` are what all
    items share at their ends. A partial list names some members only.
    """

    items: tuple[ListItem, ...]
    span: Span
    form: str  # run, clauses, marked, dashes, frame
    rule: str  # list-before-name, list-after-name, definition, parallel-run, marked-list …
    name: Mention | None = None
    head: str = ""
    tail: str = ""
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What one passage says of its mentions, before entities are known.

    ``subject`` None stands for the document itself. Qualifier values are scalars or mentions.
    """

    predicate: str
    subject: Mention | None
    object: Mention | None
    span: Span
    rule: str
    qualifiers: tuple[tuple[str, Scalar | Mention], ...] = ()
    inferred: bool = False


@dataclass(frozen=True)
class Extraction:
    """All that one document gives. A pure function of its bytes and the settings."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    lists: tuple[ItemList, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """Another form of an entity's name that stands in a text, or the name that knowledge gives."""

    name: str
    evidence: tuple[Evidence, ...]
    rule: str
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A node of the graph.

    ``id`` is the local part of its IRI: ``e/person-…``, ``s/…``, ``d/…``. ``name`` is its one
    preferred label; ``naming`` is set when that stands in no text and general knowledge gave it.
    ``mentions`` are the passages that name it, or that state a statement (Quotation, Message …).
    """

    id: str
    kind: str
    name: str
    aliases: tuple[Alias, ...] = ()
    attributes: Mapping[str, Scalar] = field(default_factory=dict)
    mentions: tuple[Evidence, ...] = ()
    naming: Alias | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge of the graph. ``evidence`` is never empty.

    ``qualifiers`` hold what the relation says beside its two ends (position, date, body); a value
    that begins with ``e/`` under a key that the ontology declares as a node is an entity's id.
    """

    subject: str
    predicate: str
    object: str
    evidence: tuple[Evidence, ...]
    rule: str
    qualifiers: Mapping[str, Scalar] = field(default_factory=dict)
    inferred: bool = False

    @property
    def id(self) -> str:
        """Local part of the statement's IRI: all it says but the evidence."""
        said = [f"{key}={self.qualifiers[key]}" for key in sorted(self.qualifiers)]
        return "s/" + fingerprint(self.subject, self.predicate, self.object, *said)


def fingerprint(*fields: str) -> str:
    """16 hex digits of SHA-256 over the fields joined by U+001F (unit separator)."""
    joined = "\x1f".join(fields).encode("utf-8", "surrogatepass")
    return sha256(joined).hexdigest()[:16]


def entity_id(slug: str, name: str, *apart: str) -> str:
    """Id of an entity from its kind's slug, its name and what tells namesakes apart."""
    return f"e/{slug}-{fingerprint(slug, normalize('NFC', name), *apart)}"


def document_id(path: str) -> str:
    """Id of a document from its path relative to the source folder, with ``/``."""
    return "d/" + fingerprint(normalize("NFC", path.replace("\\", "/")))

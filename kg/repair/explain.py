"""Explain: what repair changed in a document, told by comparing its raw and its clean text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category

from kg.model import Document, Span

WHY = {
    "wrap": "the layout broke a line here; the sentence goes on",
    "blank": "blanks or blank lines of the layout between two passages or words",
    "form": "a blank or line end in another form",
    "space": "a space of the layout inside words or beside a mark",
    "unseen": "control or zero-width characters that no reader sees",
    "outside": "no part of the text, as the format of the source tells",
    "cut": "the source ran two things together in one line",
    "join": "a column was torn: the sentence goes on elsewhere",
    "torn": "a sentence is broken off here; where it goes on is not clear",
    "repeat": "said before in the same document; not read again",
}
_AROUND = 8  # characters shown on either side of a change
_LONGEST = 60  # characters of a change that are shown
_FEEDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_SHOWN = {"\n": "⏎", "\r": "␍", "\t": "⇥", " ": "␠", "\u3000": "□"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its raw offset, its kind (a key of ``WHY``), and the words around it before
    and after. ``before`` has what no reader sees written out."""

    offset: int
    kind: str
    before: str
    after: str

    @property
    def why(self) -> str:
        return WHY[self.kind]

    @property
    def columns(self) -> tuple[str, ...]:
        """Raw offset, kind, the words before and after, and why."""
        return str(self.offset), self.kind, f"{self.before} → {self.after}", self.why


def explain(document: Document) -> list[Change]:
    """Every change that repair made to a document, in order of the raw text.

    >>> from kg.model import Meta
    >>> from kg.raw import RawText
    >>> from kg.repair import repair
    >>> [(c.offset, c.kind, c.before, c.after) for c in explain(
    ...     repair(RawText("水，\\n好。", Meta("a.txt"))))]
    [(2, 'wrap', '水，⏎好。', '水，好。')]
    """
    found = [*_edits(document), *_jumps(document), *_cuts(document)]
    found += [*_repeats(document), *_torn(document)]
    return sorted(found, key=lambda change: (change.offset, list(WHY).index(change.kind)))


def table(document: Document) -> Iterator[tuple[str, str, str]]:
    """Kind, raw places and text of every passage.

    One that is said again is marked ``=``, one that is broken off ``~`` where it is. Above the
    passages of a piece of the document stands under which headline it is, and by whom.
    """
    last = 0
    for passage in document.passages:
        part = document.part(passage)
        if part and passage.part != last:
            said = " | ".join(filter(None, (part.title, "、".join(part.authors))))
            yield f"part {passage.part}", places(document, part.span), said
        last = passage.part
        kind = passage.kind if passage.repeats is None else f"={passage.kind}"
        kind = "~" * (passage.torn in ("start", "both")) + kind
        kind += "~" * (passage.torn in ("end", "both"))
        yield kind, places(document, passage.span), passage.text


def places(document: Document, span: Span) -> str:
    """Raw places of a clean span: ``begin-end``, several parted by ``;`` where it was torn."""
    return ";".join(f"{e.begin}-{e.end}" for e in document.evidence(span))


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch that raw and clean text have in common but for the form of its blanks."""

    raw: int
    clean: int
    size: int


def _runs(document: Document) -> list[_Run]:
    runs = document.clean.runs
    ends = [clean for clean, _ in runs[1:]] + [len(document.clean.text)]
    return [_Run(raw, clean, end - clean) for (clean, raw), end in zip(runs, ends, strict=False)]


def _edits(document: Document) -> Iterator[Change]:
    """What was taken out, and blanks that took another form."""
    raw, clean = document.raw, document.clean.text
    runs = sorted(_runs(document), key=lambda run: run.raw)
    at = 0
    last = 0  # where the clean text stands before what is taken out
    kept = ""  # the blank that stands for it
    for run in runs:
        if run.raw > at or kept:
            start = at - len(kept)
            goes_on = run.clean == last or not start
            yield _edit(document, start, run.raw, last - len(kept), kept, goes_on)
        kept = ""
        text, source = clean[run.clean : run.clean + run.size], raw[run.raw : run.raw + run.size]
        for number in range(run.size if text != source else 0):
            if text[number] != source[number] and number + 1 < run.size:
                where = run.raw + number
                yield _edit(document, where, where + 1, run.clean + number, text[number])
        at, last = run.raw + run.size, run.clean + run.size
        if text[-1:].isspace():
            following = bisect_left(runs, at, key=lambda other: other.raw)
            gap = following == len(runs) or runs[following].raw > at
            kept = text[-1] if gap or text[-1] != source[-1] else ""
    if at < len(raw) or kept:
        yield _edit(document, at - len(kept), len(raw), last - len(kept), kept)


def _edit(
    document: Document, start: int, end: int, clean: int, kept: str, goes_on: bool = True
) -> Change:
    """The change of ``raw[start:end]`` to what is kept of it, at a place of the clean text;
    ``goes_on`` where the clean text goes on with what stands behind it."""
    taken = document.raw[start:end]
    kind = "space"
    if any(not c.isspace() and category(c) not in ("Cc", "Cf", "Cs", "Mn") for c in taken):
        kind = "outside"
    elif not any(c.isspace() for c in taken):
        kind = "unseen"
    elif kept and (taken == "\r\n" or len(taken) == 1):
        kind = "form"
    elif any(c in _FEEDS for c in taken):
        inside = goes_on and kept != "\n" and start and end < len(document.raw)
        kind = "wrap" if inside else "blank"
    elif kept or not start or end == len(document.raw) or document.raw[start - 1] in _FEEDS:
        kind = "blank"
    return _change(document, kind, Span(start, end), Span(clean, clean + len(kept)))


def _change(document: Document, kind: str, raw: Span, clean: Span) -> Change:
    return Change(raw.start, kind, _around(document.raw, raw), _around(document.clean.text, clean))


def _around(text: str, span: Span) -> str:
    middle = text[span.start : span.end]
    if len(middle) > _LONGEST:
        middle = middle[: _LONGEST // 2] + "…" + middle[-_LONGEST // 2 :]
    before = text[max(span.start - _AROUND, 0) : span.start]
    return _visible_all(before + middle + text[span.end : span.end + _AROUND])


def _visible_all(text: str) -> str:
    return "".join(map(_visible, text))


def _visible(char: str) -> str:
    if char in _SHOWN:
        return _SHOWN[char]
    if char.isspace() or category(char) in ("Cc", "Cf", "Cs"):
        return f"<{ord(char):04X}>"
    return char


def _jumps(document: Document) -> Iterator[Change]:
    """Where the clean text goes on elsewhere in the raw text."""
    runs = _runs(document)
    starts = sorted(run.raw for run in runs)
    for left, right in pairwise(runs):
        end = left.raw + left.size
        between = bisect_left(starts, right.raw) - bisect_left(starts, end)
        if right.raw < end or between:
            at = right.clean
            if "\n" in document.clean.text[at - 1 : at + 1]:
                continue  # the next passage
            raw = document.raw
            before = _around(raw, Span(end, end)) + " … " + _around(raw, Span(right.raw, right.raw))
            yield Change(end, "join", before, _around(document.clean.text, Span(at, at)))


def _cuts(document: Document) -> Iterator[Change]:
    """Passages that the source ran together in one line."""
    text = document.clean.text
    for left, right in pairwise(document.passages):
        if "\n" not in text[left.span.end : right.span.start]:
            one, other = left.text[-_AROUND:], right.text[:_AROUND]
            before = _around(text, Span(left.span.end, right.span.start))
            yield Change(
                document.clean.origin(right.span.start),
                "cut",
                before,
                _visible_all(f"{one}\n{other}"),
            )


def _repeats(document: Document) -> Iterator[Change]:
    for passage in document.passages:
        if passage.repeats is not None:
            at = document.clean.origin(passage.span.start)
            first = places(document, passage.repeats)
            begin = passage.text[: 2 * _AROUND]
            yield Change(at, "repeat", _visible_all(begin), f"= {first}")


def _torn(document: Document) -> Iterator[Change]:
    """Passages that begin or end in mid-sentence and were not joined to any other."""
    for passage in document.passages:
        if not passage.searched:
            continue
        if passage.torn in ("start", "both"):
            words = _visible_all(passage.text[: 2 * _AROUND])
            yield Change(document.clean.origin(passage.span.start), "torn", words, "…" + words)
        if passage.torn in ("end", "both"):
            end = document.clean.origin(passage.span.end - 1) + 1
            words = _visible_all(passage.text[-2 * _AROUND :])
            yield Change(end, "torn", words, words + "…")

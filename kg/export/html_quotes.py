"""Quotes: evidence inside its sentence, each sentence kept once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from unicodedata import category

from kg.model import Evidence

REACH = 120  # characters of a long sentence shown on either side of the quoted words
WHOLE = 280  # characters of a sentence that is shown whole, so that its quotes share it
LONGEST = 1200  # characters of one quote; a longer one is cut in the page, never in the graph
ENDS = "。！？!?"
CLOSERS = "”’」』）)》"
CUT = "…"

Marks = list[tuple[int, int]]

_BREAK = re.compile(r"\s*\n\s*")
_SPACES = re.compile(r"\s+")


@dataclass
class Quotes:
    """Tables of quotes as the page wants them: one row per evidence, one text per sentence.

    ``rows`` hold document number, begin, end (code points of the raw text), number of the
    sentence, and where the quoted words begin and end in it (UTF-16 units, as JavaScript
    counts).
    """

    texts: Mapping[str, str]  # raw text by document id; may be empty
    numbers: Mapping[str, int]  # place of a document in the page's table
    rows: list[tuple[int, int, int, int, int, int]] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    _row: dict[tuple[str, int, int], int] = field(default_factory=dict)
    _sentence: dict[str, int] = field(default_factory=dict)
    _wrapped: dict[str, bool] = field(default_factory=dict)

    def number(self, evidence: Evidence) -> int:
        """Row of an evidence, added when it is new."""
        key = (evidence.document_id, evidence.begin, evidence.end)
        if key not in self._row:
            self._row[key] = len(self.rows)
            before, quote, after = self._parts(evidence)
            sentence = self._sentence_number(before + quote + after)
            document = self.numbers.get(evidence.document_id, -1)
            start = units(before)
            self.rows.append(
                (document, evidence.begin, evidence.end, sentence, start, start + units(quote))
            )
        return self._row[key]

    def joint(self, evidence: Iterable[Evidence]) -> tuple[int, int, int, int, Marks] | None:
        """One passage that holds several pieces of evidence of a document, each marked.

        Document number, begin, end, number of the sentence, and the marks. None for a single
        piece, for pieces that lie too far apart, or when the text is not at hand.
        """
        pieces: list[Evidence] = []
        for item in sorted(set(evidence), key=lambda e: (e.begin, -e.end)):
            if not pieces or item.begin >= pieces[-1].end:
                pieces.append(item)
        if len(pieces) < 2 or pieces[-1].end - pieces[0].begin > LONGEST // 2:
            return None
        raw = self.texts.get(pieces[0].document_id, "")
        if any(raw[p.begin : p.end] != p.quote for p in pieces):
            return None
        wrapped = self._is_wrapped(pieces[0].document_id)
        text = tidy(_before(raw, pieces[0].begin, wrapped, REACH) + "\0")[:-1]
        marks = []
        for at, piece in enumerate(pieces):
            if at:
                gap = raw[pieces[at - 1].end : piece.begin]
                text += tidy(f"\0{gap}\0")[1:-1]
            start = units(text)
            text += tidy(piece.wording)
            marks.append((start, units(text)))
        text += tidy("\0" + _after(raw, pieces[-1].end, wrapped, REACH))[1:]
        number = self.numbers.get(pieces[0].document_id, -1)
        return number, pieces[0].begin, pieces[-1].end, self._sentence_number(text), marks

    def _sentence_number(self, text: str) -> int:
        number = self._sentence.setdefault(text, len(self.sentences))
        if number == len(self.sentences):
            self.sentences.append(text)
        return number

    def _is_wrapped(self, document: str) -> bool:
        if document not in self._wrapped:
            self._wrapped[document] = hard_wrapped(self.texts[document])
        return self._wrapped[document]

    def _parts(self, evidence: Evidence) -> tuple[str, str, str]:
        quote = tidy(shorten(evidence.wording))
        raw = self.texts.get(evidence.document_id, "")
        if raw[evidence.begin : evidence.end] != evidence.quote:
            return "", quote.strip(), ""
        wrapped = self._is_wrapped(evidence.document_id)
        before = _before(raw, evidence.begin, wrapped, WHOLE)
        after = _after(raw, evidence.end, wrapped, WHOLE)
        if len(before) + len(quote) + len(after) > WHOLE:
            before = _before(raw, evidence.begin, wrapped, REACH)
            after = _after(raw, evidence.end, wrapped, REACH)
        return tidy(before + "\0")[:-1], quote, tidy("\0" + after)[1:]


def units(text: str) -> int:
    """Length of a text in UTF-16 units.

    >>> units("工会"), units("𠮷")
    (2, 2)
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str) -> str:
    """A quote that is too long for the page, cut in its middle."""
    if len(text) <= LONGEST:
        return text
    half = LONGEST // 2
    return text[:half] + CUT + text[-half:]


def tidy(text: str) -> str:
    """Text as it is read: line breaks closed up, spaces single, control characters gone.

    >>> tidy("劳动\\n者  之歌")
    '劳动者 之歌'
    """
    text = _BREAK.sub(_joint, text)
    text = _SPACES.sub(" ", text)
    if text.replace("\0", "").isprintable():
        return text  # nearly always
    return "".join(c for c in text if c == "\0" or category(c) not in ("Cc", "Cf", "Cs"))


def _joint(match: re.Match[str]) -> str:
    left = match.string[: match.start()][-1:]
    right = match.string[match.end() : match.end() + 1]
    return " " if left.isascii() and right.isascii() and left and right else ""


def hard_wrapped(raw: str) -> bool:
    """Whether most lines end in mid-sentence, so that a line break is no border."""
    lines = [line.strip() for line in raw.split("\n")]
    lines = [line for line in lines if line]
    open_ends = sum(1 for line in lines if line[-1] not in ENDS + CLOSERS + "：；:;")
    return len(lines) >= 8 and open_ends * 2 > len(lines)


def _before(raw: str, begin: int, wrapped: bool, reach: int) -> str:
    least = max(0, begin - reach)
    at = max(raw.rfind(border, least, begin) for border in _borders(wrapped))
    if at >= 0:
        return raw[at + 1 : begin].lstrip(CLOSERS + " \t\r\n\u3000")
    text = raw[least:begin].lstrip()
    return CUT + text if least > 0 and text else text


def _after(raw: str, end: int, wrapped: bool, reach: int) -> str:
    if end > 0 and raw[end - 1] in ENDS:
        return ""
    most = min(len(raw), end + reach)
    found = (raw.find(border, end, most) for border in _borders(wrapped))
    at = min((place for place in found if place >= 0), default=most)
    if at < most:
        at += 2 if raw[at + 1 : at + 2] in tuple(CLOSERS) else 1
        return raw[end:at].rstrip()
    text = raw[end:most].rstrip()
    return text + CUT if most < len(raw) and text else text


def _borders(wrapped: bool) -> str:
    """Characters that end what a quote is shown in; a line end is none where lines are wrapped."""
    return ENDS if wrapped else ENDS + "\n"

"""List runs: items between 、 in one clause, and what they share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import ListItem
from kg.recognize import list_trim
from kg.recognize.formula_numbers import NUMERAL
from kg.recognize.list_text import Piece, Stretch
from kg.recognize.list_trim import lexicon, shared_head, shared_tail

FEWEST = 3
MOST = 60  # items of a list; what counts more is a register
SLOGANS = ({3}, {4}, {5})  # letters of items such as 天上看 and 开放共享
_NOUN = re.compile(r"的[^\W\d_]{0,10}?([^\W\d_]{2})")
QUOTES = "“”‘’「」『』（）"


@dataclass(frozen=True, slots=True)
class Run:
    """Items of one stretch, with what they share and whether the text names some only."""

    items: tuple[ListItem, ...]
    form: str
    head: str = ""
    tail: str = ""
    partial: bool = False
    framing: str = ""  # the noun of A、B、C的 + noun

    @property
    def texts(self) -> list[str]:
        return [item.text for item in self.items]


def runs(stretch: Stretch) -> Iterator[Run]:
    """Every run of at least three items that share a frame."""
    if "、" not in stretch.text and "”“" not in stretch.text:
        return
    for clause in stretch.clauses:
        if "、" in (words := stretch.text[clause.start : clause.end]) or "”“" in words:
            for chunks in _parted(stretch, stretch.chunks(clause)):
                run = read(stretch, chunks) if _may_be(stretch, chunks) else None
                if run is not None and len(run.items) >= FEWEST and framed(run):
                    yield run


def _may_be(stretch: Stretch, chunks: Sequence[Piece]) -> bool:
    """Whether chunks can be three items: two and a last 和 (and), or more."""
    last = chunks[-1]
    return len(chunks) > 2 or (
        len(chunks) == 2 and lexicon().link.search(stretch.text, last.start, last.end) is not None
    )


def _parted(stretch: Stretch, chunks: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The chunks, divided behind 等 (and so on) where another run begins in the same clause."""
    part: list[Piece] = []
    for chunk in chunks:
        words = stretch.words(chunk)
        end, partial = list_trim.cut_et(words) if "等" in words else (0, False)
        part.append(chunk)
        if partial and chunk is not chunks[-1]:
            yield part
            part = [Piece(chunk.start + end + 1, chunk.end, chunk.sep)]
    yield part


def read(stretch: Stretch, chunks: Sequence[Piece]) -> Run | None:
    """The run that the chunks of a clause hold: first and last item trimmed, 和 split."""
    chunks = _until_predicate([stretch.words(chunk) for chunk in chunks], chunks)
    words = [stretch.words(chunk) for chunk in chunks]
    last, partial = list_trim.cut_et(words[-1])
    chunks = [*chunks[:-1], Piece(chunks[-1].start, chunks[-1].start + last)]
    words[-1] = words[-1][:last]
    if not all(words) or len(words[0]) > 200 or len(words) > MOST:
        return None
    parts = _split_last(chunks, words)
    if len(parts) < FEWEST:
        return None
    texts = [stretch.words(part) for part in parts]
    whole = stretch.closed and chunks[0].start == 0 and chunks[-1].end == len(stretch.text)
    start = 0 if whole else list_trim.first_start(texts[0], texts[1:-1], texts[-1])
    start = stretch.outside(parts[0].start + start)
    texts[0] = stretch.raw[start : parts[0].end]
    sized = texts[:-1] if len(texts[0]) == len(texts[1]) else texts[1:-1]
    end = list_trim.last_end(
        texts[-1], sized, head=shared_head(texts), tail=shared_tail(texts[:-1])
    )
    end = stretch.outside(parts[-1].start + end, 1)
    pieces = [Piece(start, parts[0].end), *parts[1:-1], Piece(parts[-1].start, end)]
    rest = stretch.raw[end : parts[-1].end]
    run = make(stretch, pieces, "run", partial=partial, framing=_framing(rest))
    return run if run is None or framed(run) else replace(run, framing=_slogans(run.texts, rest))


def make(
    stretch: Stretch,
    pieces: Sequence[Piece],
    form: str,
    *,
    partial: bool = False,
    framing: str = "",
) -> Run | None:
    """A run of the given ranges, None when one is empty, too long, or stands twice."""
    if len(pieces) > MOST:
        return None
    items = [stretch.item(piece.start, piece.end) for piece in pieces]
    found = tuple(item for item in items if item is not None)
    texts = [item.text for item in found]
    if len(found) != len(pieces) or len(set(texts)) != len(texts):
        return None
    if max(map(len, texts)) > list_trim.LIMIT:
        return None
    head, tail = shared_head(texts), shared_tail(texts)
    if not head:
        head = shared_inside(texts)
    return Run(found, form, head.lstrip(QUOTES), tail.rstrip(QUOTES), partial, framing)


def _until_predicate(words: Sequence[str], chunks: Sequence[Piece]) -> Sequence[Piece]:
    """The chunks up to the one that goes on after the tail that all before it end with."""
    tail = words[0]
    for at, word in enumerate(words[:-1]):
        if at >= 2 and len(tail) >= 2 and tail in word[1:] and not word.endswith(tail):
            return chunks[: at + 1]
        tail = shared_tail(["\0" + word, "\1" + tail])
    return chunks


def _split_last(chunks: Sequence[Piece], words: Sequence[str]) -> list[Piece]:
    """The chunks, the last divided at 和 (and) where both sides are items like the others."""
    *others, last = words
    for start, end in list_trim.link_splits(last):
        left, right = last[:start], last[end:]
        if alike(others, left, right):
            at = chunks[-1].start
            return [*chunks[:-1], Piece(at, at + start), Piece(at + end, chunks[-1].end)]
    return list(chunks)


def alike(others: Sequence[str], left: str, right: str) -> bool:
    tail = shared_tail([*others, left])
    head = shared_head([*others[1:], left, right]) if len(others) > 1 else ""
    if len(tail) >= 2 or (tail and len(others) > 1) or len(head) >= 2:
        return True
    sizes = {len(other) for other in others[1:]} | {len(left)}
    return len(sizes) == 1 and len(left) >= 2 and (len(right) == len(left) or len(others) > 1)


def _framing(rest: str) -> str:
    """The noun of 的 + noun after the last item, when it is one that lists of set parts have."""
    if not rest.startswith("的"):
        return ""
    for start, end, noun in lexicon().framing.find(rest[1:13]):
        if end - start > 1 or start == 0:
            return noun
    return ""


def _slogans(texts: Sequence[str], rest: str) -> str:
    """The noun of 的 + noun behind four items or more of one length, short but no words."""
    match = _NOUN.fullmatch(rest)
    even = len(texts) > FEWEST and {len(text) for text in texts} in SLOGANS
    return match[1] if match and even else ""


def shared_inside(texts: Sequence[str]) -> str:
    """What items share behind verbs of their own: 百里 in 修筑百里渠、看护百里林."""
    if len({text[:2] for text in texts}) < len(texts):
        return ""
    rests = [text[2:] for text in texts]
    if not all(rests) or not all(list_trim.is_verb(text[:2]) for text in texts):
        return ""
    inside = shared_head(rests)
    return inside if len(inside) >= 2 else ""


def framed(run: Run) -> bool:
    """Whether the items share a frame, so that they are a list without a name."""
    texts = [text.strip(QUOTES) or text for text in run.texts]
    firsts = {text[0] for text in texts}
    if any(first.isdigit() for first in firsts) or firsts == {"第"}:
        return False
    if firsts <= set(NUMERAL) and firsts != {"一"}:
        return False
    if max(map(len, texts)) > 30 or (run.partial and max(len(run.head), len(run.tail)) < 2):
        return False
    return bool(
        run.head
        or run.tail
        or run.framing
        or _same_places(texts)
        or _nearly(texts)
        or _grouped(texts)
    )


def _same_places(texts: Sequence[str]) -> bool:
    """Items of one length that share a letter at one place: 春有所播、秋有所收."""
    if len({len(text) for text in texts}) > 1 or len(texts[0]) < 3:
        return False
    return any(len(set(letters)) == 1 for letters in zip(*texts, strict=True))


def _nearly(texts: Sequence[str]) -> bool:
    """All items but one share two letters at their end or beginning."""
    if len(texts) < 4:
        return False
    ends = [text[-2:] for text in texts]
    starts = [text[:2] for text in texts]
    return any(max(map(side.count, side)) >= len(texts) - 1 for side in (ends, starts))


def _grouped(texts: Sequence[str]) -> bool:
    """Three neighbours share their first or last letter, and all begin like short slogans."""
    if len(texts) < 4:
        return False
    for letters in ([t[0] for t in texts], [t[-1] for t in texts]):
        if any(letters[i] == letters[i + 1] == letters[i + 2] for i in range(len(texts) - 2)):
            return True
    same = len({len(text) for text in texts}) == 1 and len(texts[0]) in (3, 4)
    return same and all(list_trim.begins_with_verb(text) for text in texts)

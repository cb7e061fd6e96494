"""List runs: items between 、 in one clause, and what they share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.model import ListItem
from kg.recognize import list_trim
from kg.recognize.formula_numbers import NUMERAL, value
from kg.recognize.list_text import Piece, Stretch, separator
from kg.recognize.list_trim import lexicon, shared_head, shared_tail

FEWEST = 3
MOST = 60  # items of a list; what counts more is a register
SLOGANS = ({3}, {4}, {5}, {6}, {7}, {8})  # letters of items such as 天上看 and 开放共享
_NOUN = re.compile(r"的[^\W\d_]{0,10}?([^\W\d_]{2})")
_LETTERS = re.compile(f"([{NUMERAL}]{{1,3}})个?字")
_NAMED = re.compile(f"[^“”]+(“[{NUMERAL}][^“”]+”)")
QUOTES = "“”‘’「」『』（）"
_BRACKETING = frozenset(QUOTES)
_COUNTING = frozenset(NUMERAL + "第")


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
    for clause in _parted_clauses(stretch):
        for chunks in _parted(stretch, _quoted_only(stretch, stretch.chunks(clause))):
            run = read(stretch, chunks) if _may_be(stretch, chunks) else None
            if run is None or len(run.items) < FEWEST:
                continue
            if framed(run) or _is_slogan(stretch, run, clause):
                yield run
            elif noun := _slogans(stretch, run, chunks[-1].end):
                yield replace(run, framing=noun)


def lettered(stretch: Stretch, behind: str) -> Run | None:
    """The items of a quotation with as many letters as the words behind it count: “A、B”八字."""
    match = _LETTERS.match(behind)
    chunks = stretch.chunks(Piece(0, len(stretch.text))) if match else []
    if match is None or len(chunks) < FEWEST:
        return None
    run = make(stretch, chunks, "run")
    letters = sum(len(text) for text in run.texts) if run is not None else 0
    even = run is not None and len({len(text) for text in run.texts}) == 1
    return run if even and letters == value(match[1]) else None


def _parted_clauses(stretch: Stretch) -> Iterator[Piece]:
    """The clauses that hold two borders of items, or one and a 和 (and)."""
    text, link = stretch.text, lexicon().link
    places = [match.start() for match in separator(text).finditer(text)]
    at, end = 0, len(places)
    for clause in stretch.clauses:
        if at == end:
            return
        first = at
        while at < end and places[at] < clause.end:
            at += 1
        if at - first > 1 or (at > first and link.search(text, places[first] + 1, clause.end)):
            yield clause


def _is_slogan(stretch: Stretch, run: Run, clause: Piece) -> bool:
    """Whether short items of one length say what is done: 知民情、解民忧、暖民心 as a clause of
    its own, or 部门牵头、街道落实、群众参与 that end with verbs."""
    texts, size = run.texts, len(run.items[0].text)
    if run.partial or any(len(text) != size for text in texts):
        return False
    if size == FEWEST and clause.sep in "，。；" and clause.sep:
        start, end = (at - stretch.base for at in (run.items[0].span.start, run.items[-1].span.end))
        verbs = sum(map(list_trim.begins_with_verb, texts))
        return (start, end) == clause[:2] and verbs >= len(texts) - 1
    acts = sum(text[2:] in lexicon().acts for text in texts)
    return size == 4 and len(texts) > FEWEST and acts >= len(texts) - 1


def _may_be(stretch: Stretch, chunks: Sequence[Piece]) -> bool:
    """Whether chunks can be three items: two and a last 和 (and), or more; and such as share."""
    words = [stretch.words(chunk) for chunk in chunks]
    if len(chunks) > 2:
        return _promises(words)
    return len(chunks) == 2 and any(
        words[0][-2:] == words[1][:at][-2:] or at == len(words[1]) - end > 1
        for at, end in list_trim.link_splits(words[1])
    )


def _promises(words: Sequence[str]) -> bool:
    """Whether the chunks can be framed, by what is cheap to see.

    The end of the first item and the beginning of the last one are known, those between are
    known as a whole; wherever the rest may lie, a frame shows in them.
    """
    first, *middle, last = words
    if {len(word) for word in words} == {FEWEST} or _may_act(middle):
        return True
    if not all(words) or ("的" in last and _may_frame(last, len(words))):
        return True
    ends = [word[-1] for word in words[:-1]]
    starts = [word[0] for word in words[1:]]
    if ends.count(ends[0]) == len(ends) or starts.count(starts[0]) == len(starts):
        return True
    if not _BRACKETING.isdisjoint(starts) or not _BRACKETING.isdisjoint(ends):
        return True
    if len(words) > FEWEST and _may_be_mixed(words, ends, starts):
        return True
    if len({word[2:3] for word in words[1:]}) == 1:  # shared behind verbs of two letters
        return True
    size = len(middle[0])
    if len(first) < size > len(last) or any(len(word) != size for word in middle):
        return False
    return any(
        len(set(letters)) == 1 for letters in zip(first[-size:], *middle, last, strict=False)
    )


def _may_act(middle: Sequence[str]) -> bool:
    """Whether the chunks between the first and the last can be four letters that say who acts."""
    acts = sum(len(word) == 4 and word[2:] in lexicon().acts for word in middle)
    return 0 < acts >= len(middle) - 1


def _may_frame(last: str, count: int) -> bool:
    """Whether a noun that frames items may stand in the last chunk."""
    return count > FEWEST or next(lexicon().framing.find(last), None) is not None


def _may_be_mixed(words: Sequence[str], ends: Sequence[str], starts: Sequence[str]) -> bool:
    """Whether four chunks or more can share something in all items but one, or in three."""
    if len(words[1]) in (3, 4) and list_trim.begins_with_verb(words[1]):
        return True
    if any(left == right for left, right in pairwise(ends)):
        return True
    if any(left == right for left, right in pairwise(starts)):
        return True
    return any(words[-1][at - 1] == ends[-1] for at, _ in list_trim.link_splits(words[-1]))


def _quoted_only(stretch: Stretch, chunks: list[Piece]) -> list[Piece]:
    """The chunks from the last one on that only ends with a quotation, where all behind it are
    quotations: 市委、市政府破除“A”“B”“C”."""
    if len(chunks) <= FEWEST or stretch.text[chunks[-1].start : chunks[-1].end][:1] != "“":
        return chunks
    quoted = [
        at for at, chunk in enumerate(chunks) if stretch.text[chunk.end - 1 : chunk.end] == "”"
    ]
    first = next((at for at in quoted if not stretch.text.startswith("“", chunks[at].start)), 0)
    behind = all(stretch.text.startswith("“", c.start) for c in chunks[first + 1 :])
    return chunks[first:] if behind and first and len(chunks) - first >= FEWEST else chunks


def _parted(stretch: Stretch, chunks: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The chunks, divided behind 等 (and so on) where another run begins in the same clause."""
    text = stretch.text[chunks[0].start : chunks[-1].end]
    if "等" not in text and "”" not in text:
        yield list(chunks)
        return
    part: list[Piece] = []
    for chunk in chunks:
        words = stretch.words(chunk)
        named = _NAMED.match(words) if part and chunk is not chunks[-1] else None
        if named and list_trim.begins_governing(words[named.end() :]):  # …C“NUM…”做到D、E、F
            part.append(Piece(chunk.start, chunk.start + named.start(1), chunk.sep))
            yield part
            part = [Piece(chunk.start + named.end(), chunk.end, chunk.sep)]
            continue
        end, partial = list_trim.cut_et(words) if "等" in words else (0, False)
        part.append(chunk)
        if partial and chunk is not chunks[-1]:
            yield part
            part = [Piece(chunk.start + end + 1, chunk.end, chunk.sep)]
    yield part


def read(stretch: Stretch, chunks: Sequence[Piece]) -> Run | None:
    """The run that the chunks of a clause hold: first and last item trimmed, 和 split."""
    words = [stretch.words(chunk) for chunk in chunks]
    count = _until_predicate(words)
    chunks, words = chunks[:count], words[:count]
    last, partial = list_trim.cut_et(words[-1]) if "等" in words[-1] else (len(words[-1]), False)
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
    joint = lexicon().link.match(stretch.text, start, parts[0].end - 1)
    start = joint.end() if joint else start  # A与B、C: the run that shares something begins at B
    texts[0] = stretch.raw[start : parts[0].end]
    sized = texts[:-1] if len(texts[0]) == len(texts[1]) else texts[1:-1]
    end = list_trim.last_end(
        texts[-1], sized, head=shared_head(texts), tail=shared_tail(texts[:-1])
    )
    end = stretch.outside(parts[-1].start + end, 1)
    pieces = [Piece(start, parts[0].end), *parts[1:-1], Piece(parts[-1].start, end)]
    rest = stretch.raw[end : parts[-1].end]
    return make(stretch, pieces, "run", partial=partial, framing=_framing(rest))


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


def _until_predicate(words: Sequence[str]) -> int:
    """How many chunks there are up to one that goes on after the tail of all before it."""
    tail = words[0] if len(words) > FEWEST else ""
    for at in range(1, len(words) - 1):
        if len(tail) < 2:
            break
        if at > 1 and tail in words[at][1:] and not words[at].endswith(tail):
            return at + 1
        tail = shared_tail(["\0" + words[at], "\1" + tail])
    return len(words)


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


def _slogans(stretch: Stretch, run: Run, end: int) -> str:
    """The noun of 的 + noun behind four items or more of one length, short but no words."""
    if run.partial or len(run.items) <= FEWEST or {len(text) for text in run.texts} not in SLOGANS:
        return ""
    match = _NOUN.fullmatch(stretch.raw, run.items[-1].span.end - stretch.base, end)
    return match[1] if match else ""


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
    texts = run.texts
    if any(not text.isalnum() for text in texts):
        texts = [text.strip(QUOTES) or text for text in texts]
    firsts = {text[0] for text in texts}
    if firsts <= _COUNTING and firsts != {"一"}:
        return False
    if any(first.isdigit() for first in firsts):
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

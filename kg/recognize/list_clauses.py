"""List clauses: neighbouring clauses or segments that repeat a frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from kg import tables
from kg.model import ListItem
from kg.recognize import list_runs, list_trim
from kg.recognize.list_runs import Run
from kg.recognize.list_text import HIDDEN, Piece, Stretch
from kg.recognize.list_trim import begins_with_verb, shared_head, shared_tail

LONGEST_HEAD = 12
FEWEST = list_runs.FEWEST
UNEVEN = 4  # letters by which neighbours with one adverb may differ
FAR = 2500  # characters between two sentences of one list
_END = "。！？…\n"
_SHORT = re.compile("(?<![^。！？…\n])[^，。；：！？…\n]{6,48}。")  # a sentence of one clause
_PARTED = re.compile("[，；,;]")
_AS = re.compile("以[^，、]{2,30}为[^，、]{2,10}")


@cache
def _frame() -> dict[str, tuple[str, ...]]:
    return {key: tuple(words) for key, words in tables.patterns("formulas")["frame"].items()}


def frames(stretch: Stretch) -> Iterator[Run]:
    """Runs of clauses that share their beginning or end, and of segments between ；."""
    if _PARTED.search(stretch.text) is None:
        return
    for sentence in sentences(stretch):
        if len(sentence) < 2:
            continue
        segments = list(_segments(sentence))
        if len(segments) >= list_runs.FEWEST:
            run = _segment_run(stretch, segments)
            if run is not None:
                yield run
        for segment in segments:
            if len(segment) > 1:
                found = list(_clause_runs(stretch, segment))
                if not found and len(segment) >= list_runs.FEWEST:
                    found = list(_framing(stretch, segment)) or list(_inner(stretch, segment))
                yield from found


def sentences(stretch: Stretch) -> Iterator[list[Piece]]:
    """Clauses of each sentence."""
    sentence: list[Piece] = []
    for clause in stretch.clauses:
        sentence.append(clause)
        if clause.sep in _END:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _segments(sentence: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Clauses between ； of one sentence; what stands before ： is left out."""
    segment: list[Piece] = []
    for clause in sentence:
        if clause.sep in "：:":
            segment = []
            continue
        if clause.end > clause.start:
            segment.append(clause)
        if clause.sep in "；;" and segment:
            yield segment
            segment = []
    if segment:
        yield segment


def _segment_run(stretch: Stretch, segments: Sequence[Sequence[Piece]]) -> Run | None:
    """Segments that begin alike: each gives its first clause."""
    firsts = [segment[0] for segment in segments]
    head = shared_head([stretch.words(piece) for piece in firsts[1:]])
    if len(head) < 2 or not _bears(head, len(firsts)):
        return None
    words = stretch.words(firsts[0])
    start = 0 if words.startswith(head) else words.rfind(head)
    if start < 0:
        return None
    firsts[0] = Piece(firsts[0].start + start, firsts[0].end)
    return list_runs.make(stretch, firsts, "clauses")


def _framing(stretch: Stretch, clauses: Sequence[Piece]) -> Iterator[Run]:
    """At least three clauses in a row of the build 以A为B (with A as B)."""
    row: list[Piece] = []
    for clause in (*clauses, None):
        opens = clause is not None and stretch.text.startswith("以", clause.start)
        if clause and opens and _AS.fullmatch(stretch.text, clause.start, clause.end):
            row.append(clause)
            continue
        if len(row) >= FEWEST:
            yield from _listed(stretch, row)
        row = []


def _inner(stretch: Stretch, clauses: Sequence[Piece]) -> Iterator[Run]:
    """At least three clauses in a row, of about one length, that hold one adverb inside."""
    sizes = [clause.end - clause.start for clause in clauses]
    if not any(
        abs(a - b) <= UNEVEN >= abs(b - c)
        for a, b, c in zip(sizes, sizes[1:], sizes[2:], strict=False)
    ):
        return
    row: list[Piece] = []
    shared = ""
    for clause in (*clauses, None):
        words = stretch.text[clause.start : clause.end] if clause else ""
        match = _adverb().search(words, 2) if 6 <= len(words) <= 16 else None
        word = match.group() if match and match.end() < len(words) else ""
        alike = row and abs(len(words) - (row[-1].end - row[-1].start)) <= UNEVEN
        if clause and word and word == shared and alike:
            row.append(clause)
            continue
        if len(row) >= FEWEST:
            yield from _listed(stretch, row)
        row, shared = [clause] if clause and word else [], word


def _listed(stretch: Stretch, row: Sequence[Piece]) -> Iterator[Run]:
    """The run that clauses in a row are."""
    run = list_runs.make(stretch, row, "clauses")
    if run is not None:
        yield run


@cache
def _adverb() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_frame()["inner"], key=len, reverse=True)))


def _clause_runs(stretch: Stretch, clauses: Sequence[Piece]) -> Iterator[Run]:
    at, text = 0, stretch.text
    sizes = [clause.end - clause.start for clause in clauses]
    while at < len(clauses) - 1:
        (start, end, _), (begin, stop, _) = clauses[at : at + 2]
        run, after = None, at
        if text.find(text[begin : begin + 2], start, end) >= 0:
            run, after = _headed(stretch, clauses, at)
        if run is None and (
            sizes[at] == sizes[at + 1] or text[end - 2 : end] == text[stop - 2 : stop]
        ):
            run, beyond = _tailed(stretch, clauses, at)
            after = max(after, beyond)
        if run is None and sizes[at + 1 : at + 2] == sizes[at + 2 : at + 3]:
            run, beyond = _patterned(stretch, clauses, at)
            after = max(after, beyond)
        if run is not None:
            yield run
        at = after if run is not None or after - at > list_runs.MOST else at + 1


def _headed(stretch: Stretch, clauses: Sequence[Piece], at: int) -> tuple[Run | None, int]:
    """The clauses from ``at`` on that begin alike; the first may have words before the head."""
    text, begin = stretch.text, clauses[at + 1].start
    start = text.find(text[begin : begin + 2], clauses[at].start, clauses[at].end)
    if start < 0 or start - clauses[at].start > 12:
        return None, at
    first, second = (text[piece.start : piece.end] for piece in clauses[at : at + 2])
    size = 2
    while size < min(LONGEST_HEAD, len(second) - 1) and second[: size + 1] in first:
        size += 1
    head = second[:size]
    end = at + 2
    while end < len(clauses):
        after = text[clauses[end].start : clauses[end].end]
        shared = shared_head([head + "\0", after + "\1"])
        if len(shared) < 2:
            break
        head = shared
        end += 1
    start = first.rfind(head)
    lead = first[:start]
    if start < 0 or not _leads(lead) or not _bears(head, end - at):
        return None, end
    pieces = [Piece(clauses[at].start + start, clauses[at].end), *clauses[at + 1 : end]]
    pieces[-1] = _until_et(stretch, pieces[-1])
    return list_runs.make(stretch, pieces, "clauses"), end


def _leads(lead: str) -> bool:
    """Whether the words before the head of the first clause can govern all clauses."""
    return len(lead) <= 12 and "、" not in lead


def _until_et(stretch: Stretch, piece: Piece) -> Piece:
    words = stretch.words(piece)
    end, cut = list_trim.cut_et(words)
    return Piece(piece.start, piece.start + end) if cut and len(words) - end <= 4 else piece


def _bears(head: str, count: int) -> bool:
    """Whether clauses that begin with ``head`` are a list rather than running prose."""
    if head.startswith(_frame()["idle"]) or re.search(f"[0-9“”（）、{HIDDEN}]", head):
        return False
    if count == 2:
        return head.startswith(_frame()["emphatic"]) and len(head) >= 2
    return begins_with_verb(head + "一") or len(head) >= 4 or head.startswith(_frame()["emphatic"])


def _tailed(stretch: Stretch, clauses: Sequence[Piece], at: int) -> tuple[Run | None, int]:
    """At least three clauses that end alike in three letters or more, or are of one length."""
    if at + list_runs.FEWEST > len(clauses):
        return None, at
    raw, (first, second) = stretch.raw, clauses[at : at + 2]
    tail = raw[first.end - 3 : first.end]
    head, size = raw[first.start : first.start + 2], first.end - first.start
    tailed = tail == raw[second.end - 3 : second.end] and size > 3
    even = size == second.end - second.start and raw.startswith(head, second.start)
    even = even and 3 <= size <= 8 and not head.startswith(_frame()["idle"])
    last = raw[first.end - 1]
    if not tailed and not even:
        return _lettered(stretch, clauses, at) if last == raw[second.end - 1] else (None, at)
    end = at + 1
    while end < len(clauses):
        piece = clauses[end]
        same = piece.end - piece.start == size and raw.startswith(head, piece.start)
        if not (tailed and raw.endswith(tail, piece.start, piece.end)) and not (even and same):
            break
        end += 1
    if end - at < list_runs.FEWEST:
        return None, at
    pieces = [_behind_lead(stretch, clauses[at:end]), *clauses[at + 1 : end]]
    return list_runs.make(stretch, pieces, "clauses"), end


def _lettered(stretch: Stretch, clauses: Sequence[Piece], at: int) -> tuple[Run | None, int]:
    """At least four clauses of one length that end with one letter: 水清了，鱼多了 …"""
    raw, size = stretch.raw, clauses[at].end - clauses[at].start
    last, end = raw[clauses[at].end - 1], at
    while end < len(clauses) and clauses[end].end - clauses[end].start == size:
        if raw[clauses[end].end - 1] != last:
            break
        end += 1
    if end - at <= list_runs.FEWEST or not 3 <= size <= 8:
        return None, at
    return list_runs.make(stretch, clauses[at:end], "clauses"), end


def _patterned(stretch: Stretch, clauses: Sequence[Piece], at: int) -> tuple[Run | None, int]:
    """At least three clauses of one pattern: one length, and two letters or more at one place.

    谁A谁B，谁C谁D，谁E谁F, or 以A促B，以C促D，以E促F.
    """
    if at + list_runs.FEWEST > len(clauses):
        return None, at
    text, (first, second, third) = stretch.text, clauses[at : at + list_runs.FEWEST]
    size = second.end - second.start
    lead = first.end - first.start - size
    if not 4 <= size <= 12 or third.end - third.start != size or not 0 <= lead <= 6:
        return None, at
    words = [text[piece.end - size : piece.end] for piece in clauses[at : at + 3]]
    pattern = _pattern(words)
    initial = 0 in pattern and pattern[0] not in _frame()["unmarked"]
    doubled = bool(pattern) and all(word[0] == word[1] for word in words)
    if not doubled and (
        len(pattern) < 2 or not (initial or any(i + 1 in pattern for i in pattern if i))
    ):
        return None, at
    governing = text[first.start : first.start + lead].lstrip("要须应都")
    if governing and governing not in _frame()["leads"] and not list_trim.is_verb(governing):
        return None, at
    end = at + list_runs.FEWEST
    while end < len(clauses):
        piece = clauses[end]
        after = text[piece.start : piece.end]
        if len(after) != size or any(after[i] != letter for i, letter in pattern.items()):
            break
        end += 1
    pieces = [Piece(first.start + lead, first.end), *clauses[at + 1 : end]]
    return list_runs.make(stretch, pieces, "clauses"), end


def _pattern(words: Sequence[str]) -> dict[int, str]:
    """Letters that stand at one place in words of one length, those that bind alone."""
    pairs = enumerate(zip(*words, strict=True))
    return {i: letters[0] for i, letters in pairs if len(set(letters)) == 1}


def _behind_lead(stretch: Stretch, clauses: Sequence[Piece]) -> Piece:
    """The first clause without the words before what all others begin with."""
    head = shared_head([stretch.words(clause) for clause in clauses[1:]])
    first = clauses[0]
    at = stretch.raw.find(head, first.start, first.end) if len(head) > 1 else -1
    return Piece(at, first.end) if at > 0 else first


def headlines(stretches: Iterable[Stretch]) -> Iterator[Run]:
    """Short sentences that begin with one head of four letters, wherever they stand.

    必须做A。… 必须做B。… : what is said between them is left out.
    """
    open_: dict[str, dict[str, ListItem]] = {}
    for stretch in stretches:
        for item in _short_sentences(stretch):
            if not begins_with_verb(item.text):
                continue
            group = open_.setdefault(item.text[:4], {})
            last = next(reversed(group.values())) if group else None
            if last is not None and item.span.start - last.span.end > FAR:
                yield from _headlined(list(group.values()))
                group = open_[item.text[:4]] = {}
            group.setdefault(item.text, item)
    for group in open_.values():
        yield from _headlined(list(group.values()))


def openings(stretch: Stretch) -> Iterator[Run]:
    """Short sentences of one passage with one build: A工作要强。… B工作要实。… C工作要新。…

    They have subjects of two letters, the four letters behind those are the same.
    """
    groups: dict[str, list[ListItem]] = {}
    for item in _short_sentences(stretch):
        groups.setdefault(item.text[2:6], []).append(item)
    for group in groups.values():
        texts = [item.text for item in group]
        if FEWEST <= len(set(texts)) == len(texts) <= list_runs.MOST:
            yield Run(tuple(group), "clauses", "", shared_tail(texts))


def _short_sentences(stretch: Stretch) -> Iterator[ListItem]:
    """Sentences of one clause of 6 to 24 letters that begin with a verb or adverb."""
    if _SHORT.search(stretch.text) is None:
        return
    for sentence in sentences(stretch):
        if len(sentence) > 3:  # more than one clause and empty ones
            continue
        pieces = [piece for piece in sentence if piece.end > piece.start]
        if (
            len(pieces) == 1
            and 6 <= pieces[0].end - pieces[0].start <= 24
            and pieces[0].sep == "。"
        ):
            item = stretch.item(pieces[0].start, pieces[0].end)
            if item is not None and len(item.text) >= 6:
                yield item


def _headlined(group: Sequence[ListItem]) -> Iterator[Run]:
    texts = [item.text for item in group]
    if list_runs.FEWEST <= len(texts) <= list_runs.MOST and _bears(
        shared_head(texts)[:4], len(texts)
    ):
        yield Run(tuple(group), "clauses", shared_head(texts), shared_tail(texts))

"""List after: the items that a name announces, as in NUM…：A、B、C or in marked paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg import tables
from kg.recognize import list_before, list_head, list_marks, list_runs, list_split, list_trim
from kg.recognize.formula_names import parts_of
from kg.recognize.formula_numbers import NUMERAL
from kg.recognize.list_runs import Run
from kg.recognize.list_text import Cut, Piece, Stretch

_END = "。！？…\n"
_HAN = re.compile(r"[\u4e00-\u9fff]")
# A clause that tells what another name means: “两带”即…, 而两带是….
_DEFINED = re.compile(
    rf"而?(?:[“‘「『][^“”‘’「」『』]{{1,14}}[”’」』]|[{NUMERAL}]{{1,2}}[^\W\d_{NUMERAL}]{{1,6}}?)"
    r"\s*(?:[，,]?(?:即|就是|是指|则?是|指|为)|：|——)"
)
# A segment that names another formula: 要练“三功”，….
_NAMED = re.compile(f"^[^“‘「『]{{0,8}}[“‘「『][{NUMERAL}]{{1,2}}[^“”‘’「」『』]{{1,8}}[”’」』]")
_WORD = re.compile(r"[^\W\d_]{0,7}")
_LINKING = re.compile("[等和与及的是在为对把将]")
_PHRASE = re.compile(r"[^\W\d_]{1,14}")
_HOLDING = "在从于"
_PLACE = re.compile(r"(?:等?(?:方面|领域|环节)|[上中])(?=.{0,14}$)")
WEAK = frozenset({"是", "为", "指", "包括", "主要包括", "具体包括"})


@cache
def _cue() -> tuple[re.Pattern[str], re.Pattern[str]]:
    cue = tables.patterns("formulas")["cue"]
    after = "|".join(
        word + (f"(?![{cue['not_after_zhi']}])" if word.endswith("指") else "")
        for word in sorted(cue["after"], key=len, reverse=True)
    )
    partial = "|".join(sorted(cue["partial"], key=len, reverse=True))
    return (
        re.compile(
            rf"(?P<colon>[：:]|——)\s*(?:即|就是|一般指)?|(?P<comma>[，,]?)\s*(?P<word>{after})[：:，,]?\s*"
        ),
        re.compile(rf"[”’」』]?[，,]?\s*(?:{partial})(?!的)"),
    )


def opening(stretch: Stretch, end: int) -> tuple[int, str] | None:
    """Where the list begins that a cue behind the name at ``end`` opens, and the cue."""
    cue, text = _cue()[0], stretch.text
    start = _quote_end(text, end)
    trail = _WORD.match(text, start).end()  # type: ignore[union-attr]
    places = (start, trail) if trail > start and _is_plain(text, start, trail) else (start,)
    for at in places:
        match = cue.match(text, at)
        if match and not (match["word"] in WEAK and match["comma"]):
            return match.end(), match["word"] or "："
    far = _PHRASE.match(text, start)  # as in “…”的关键时期，即
    match = cue.match(text, far.end()) if far else None
    if match and match["word"] not in WEAK:
        return match.end(), match["word"] or "："
    told = _telling().match(text, trail if _is_plain(text, start, trail) else start)
    return (told.end(), told.group()) if told else None


@cache
def _telling() -> re.Pattern[str]:
    """The end of a sentence and the beginning of one that tells: “…”。具体包括：."""
    telling = tables.patterns("formulas")["cue"]["telling"]
    return re.compile(rf"。\s*(?:{telling})[：:，,]?\s*")


def _quote_end(text: str, end: int) -> int:
    while end < len(text) and text[end] in "”’」』 ":
        end += 1
    return end


def _is_plain(text: str, start: int, end: int) -> bool:
    """Whether a short word stands there, as 要求 (demands) in “…”要求，即."""
    return _LINKING.search(text, start, end - 1) is None


def inline(
    stretch: Stretch, cut: Cut, end: int, number: int, head: str, found: tuple[int, str] | None
) -> tuple[Run, str] | None:
    """Exactly ``number`` items behind the name, in its own stretch; with the cue.

    ``head`` is the head of the name, ``found`` the opening of the list.
    """
    start = _quote_end(stretch.text, end)
    trail = _WORD.match(stretch.text, start).end()  # type: ignore[union-attr]
    at = trail if _is_plain(stretch.text, start, trail) else start
    if stretch.raw[at : at + 1] in ("（", "("):
        bracket = cut.beginning(stretch.base + at + 1)
        if bracket is None:
            return None
        begin = _behind_word(bracket)
        run = body(bracket, begin, number, weak=number < 3)
        return (run, "（") if run is not None else None
    if found is None or found[0] >= len(stretch.text):
        run = _behind_comma(stretch, end, number) if list_before.is_class(head) else None
        return (run, "，") if run is not None else None
    start, cue = found
    if stretch.text[start] in "“「『":
        quote = cut.beginning(stretch.base + start + 1)
        run = body(quote, 0, number, head=head) if quote is not None else None
        if run is not None:
            return run, cue
    run = body(stretch, start, number, weak=cue in WEAK, head=head)
    return (run, cue) if run is not None else None


def _behind_word(bracket: Stretch) -> int:
    """Where the items begin behind 即 (that is) and its like at the beginning of a bracket."""
    match = _cue()[0].match(bracket.text)
    return match.end() if match and match["word"] not in (None, "为", "是") else 0


def _behind_comma(stretch: Stretch, end: int, number: int) -> Run | None:
    """Even items that are the whole rest of the sentence: three measures, A、B、C."""
    index = stretch.clause_at(end)
    if number < list_runs.FEWEST or index + 1 >= len(stretch.clauses):
        return None
    clause = stretch.clauses[index + 1]
    closes = stretch.clauses[index].end == _quote_end(stretch.text, end)
    if not closes or stretch.clauses[index].sep not in "，," or clause.sep not in _END + "；":
        return None
    chunks = list_split.split(stretch, clause, number)
    return _chunk_run(stretch, chunks, weak=True) if chunks is not None else None


def segments_behind(stretch: Stretch, end: int, number: int) -> Run | None:
    """The segments of the sentence behind the one that the name at ``end`` closes."""
    index = stretch.clause_at(end)
    clause = stretch.clauses[index]
    if clause.end != end or clause.sep != "。" or index + 1 >= len(stretch.clauses):
        return None
    segments = _by(_sentence(stretch, stretch.clauses[index + 1].start), "；;")
    if len(segments) != number:
        return None
    firsts = [stretch.words(segment[0]) for segment in segments]
    if any(len(text) < 3 or text.startswith(list_marks.adverbials()) for text in firsts):
        return _natural(stretch, segments)
    return list_runs.make(stretch, [segment[0] for segment in segments], "clauses")


def body(
    stretch: Stretch, start: int, number: int, *, weak: bool = False, head: str = ""
) -> Run | None:
    """The ``number`` items that begin at ``start``, by the highest mark that divides so many."""
    sentence = _sentence(stretch, start)
    if not sentence or sentence[-1].end - start > list_split.REACH * 4:
        return None
    segments = _by(sentence, "；;")
    if len(segments) == number:
        return _framed(stretch, segments[0], number) or _natural(stretch, segments)
    if len(segments) > 1:
        return None
    clauses = [piece for piece in sentence if piece.end > piece.start]
    first = _first_clause(stretch, clauses, number, head) if clauses and head else None
    if first is not None:
        return first
    if not clauses:
        return None
    chunks = list_split.split(stretch, clauses[0], number)
    if len(clauses) == number:
        run = list_runs.make(stretch, _without_et(stretch, clauses), "clauses")
        alike = run is not None and bool(run.head or run.tail)
        if alike or (chunks is None and not weak):
            return run
    if chunks is not None:
        return _chunk_run(stretch, chunks, weak=weak)
    grouped = _grouped(stretch, clauses[0], number, head)
    if grouped is not None:
        return grouped
    if len(clauses) > number:
        run = list_runs.make(stretch, clauses[:number], "clauses")
        after = stretch.words(clauses[number])
        if run is not None and (len(run.head) > 1 or len(run.tail) > 1):
            goes_on = (run.head and after.startswith(run.head)) or (
                run.tail and after.endswith(run.tail)
            )
            return None if goes_on else run
    return _mixed(stretch, clauses, number, head)


def _framed(stretch: Stretch, clauses: Sequence[Piece], number: int) -> Run | None:
    """The clauses of one segment, where they are as many as announced and share a frame."""
    run = list_runs.make(stretch, clauses, "clauses") if len(clauses) == number else None
    return run if run is not None and (run.head or run.tail) else None


def _first_clause(stretch: Stretch, clauses: Sequence[Piece], number: int, head: str) -> Run | None:
    """The first clause, where it alone is the list: all its items end with the head.

    What goes on behind the comma is no item: ——A单、B单、C单，让….
    """
    chunks = list_split.split(stretch, clauses[0], number) if len(clauses) > 1 else None
    run = _chunk_run(stretch, chunks, weak=False) if chunks is not None else None
    if run is None or not run.tail.endswith(head):
        return None
    others = [stretch.words(clause) for clause in clauses[1:]]
    return run if not any(other.endswith(head) for other in others) else None


def _sentence(stretch: Stretch, start: int) -> list[Piece]:
    pieces: list[Piece] = []
    for index in range(stretch.clause_at(start), len(stretch.clauses)):
        clause = stretch.clauses[index]
        begin = max(clause.start, start)
        if pieces and _DEFINED.match(stretch.raw, clause.start):
            break
        if (
            pieces
            and pieces[-1].sep in "；;"
            and _NAMED.search(stretch.raw, clause.start, clause.end)
        ):
            break
        if begin <= clause.end:
            pieces.append(Piece(begin, clause.end, clause.sep))
        if (clause.sep in _END and clause.sep) or len(pieces) > 60:
            break
    return pieces


def _by(pieces: Sequence[Piece], marks: str) -> list[list[Piece]]:
    """Non-empty pieces between the given marks."""
    groups: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.end > piece.start:
            groups[-1].append(piece)
        if piece.sep and piece.sep in marks:
            groups.append([])
    return [group for group in groups if group]


def _natural(stretch: Stretch, segments: Sequence[Sequence[Piece]]) -> Run | None:
    """Segments between ；, each in its shortest natural form."""
    pieces = [
        Piece(*list_marks.natural(stretch.raw, segment[0].start, segment[-1].end))
        for segment in segments
    ]
    return list_runs.make(stretch, _without_et(stretch, pieces), "clauses")


def _without_et(stretch: Stretch, pieces: Sequence[Piece]) -> list[Piece]:
    last = pieces[-1]
    end, cut = list_trim.cut_et(stretch.words(last))
    if cut and last.end - last.start - end <= 4:
        last = Piece(last.start, last.start + end)
    return [*pieces[:-1], last]


def _chunk_run(stretch: Stretch, chunks: Sequence[Piece], *, weak: bool) -> Run | None:
    chunks = _inside(stretch, chunks)
    words = [stretch.words(chunk) for chunk in chunks]
    if not all(words):
        return None
    tail = list_trim.shared_tail(words[:-1]) if len(words) > 2 else ""
    end, partial = list_trim.cut_et(words[-1])
    if partial and len(words[-1]) - end <= 3:
        words[-1] = words[-1][:end]
    end = len(words[-1])
    size = len(words[0])
    even = len(words) > 2 and {len(word) for word in words[:-1]} == {size}
    if even and list_trim.shared_head(words) and words[-1][size:] in _closing():
        end = size  # 稳预期 of 稳预期工作
    elif len(tail) >= 2 and tail in words[-1][1:]:
        end = list_trim.last_end(words[-1], words[:-1], tail=tail)
    last = Piece(chunks[-1].start, stretch.outside(chunks[-1].start + end, 1))
    run = list_runs.make(stretch, [*chunks[:-1], last], "run")
    if run is None:
        return None
    even = len(set(map(len, run.texts))) == 1
    return run if not weak or even or run.head or run.tail else None


@cache
def _reaching() -> re.Pattern[str]:
    """Verbs before the second group of a compound, which are no part of its first item."""
    return re.compile("|".join(tables.patterns("formulas")["link"]["reaching"]))


@cache
def _closing() -> frozenset[str]:
    """Nouns behind the last item of one length that are no part of it."""
    return frozenset(tables.patterns("formulas")["link"]["closing"])


def _inside(stretch: Stretch, chunks: Sequence[Piece]) -> Sequence[Piece]:
    """The chunks without what holds them all: 在A、B、C上 + verb (in A, B, C)."""
    first, last = chunks[0], chunks[-1]
    place = _PLACE.search(stretch.text, last.start + 1, last.end)
    if stretch.text[first.start] not in _HOLDING or place is None:
        return chunks
    inner = [Piece(first.start + 1, first.end), *chunks[1:]]
    return [*inner[:-1], Piece(last.start, place.start())]


def _grouped(stretch: Stretch, clause: Piece, number: int, compound: str) -> Run | None:
    """Items of a compound whose parts 和 joins: 两区三中心, A区、B区和C中心、D中心、E中心."""
    chunks = stretch.chunks(clause)
    if len(chunks) != number - 1 or len(parts_of(compound)) < 2:
        return None
    for at, chunk in enumerate(chunks):
        for left, right in list_trim.link_splits(stretch.text[chunk.start : chunk.end]):
            halves = [Piece(chunk.start, chunk.start + left), Piece(chunk.start + right, chunk.end)]
            pieces = [*chunks[:at], *halves, *chunks[at + 1 :]]
            if list_head.fits([stretch.words(piece) for piece in pieces], compound, ends=True):
                return list_runs.make(stretch, pieces, "run")
    return None


def _mixed(stretch: Stretch, clauses: Sequence[Piece], number: int, head: str) -> Run | None:
    """Items parted by 、 and ， alike: A、B，C、D. ``head`` may be a compound that they fit."""
    if not 1 < len(clauses) < number:
        return None
    chunks = [chunk for clause in clauses for chunk in stretch.chunks(clause)]
    if len(chunks) != number or any(c.end <= c.start for c in chunks):
        return None
    borders = {clause.start for clause in clauses[1:]}
    chunks = [
        Piece(match.end(), chunk.end, chunk.sep)
        if chunk.start in borders and (match := _reaching().match(stretch.raw, chunk.start))
        else chunk
        for chunk in chunks
    ]
    run = list_runs.make(stretch, chunks, "run")
    if run is None:
        return None
    even = len(set(map(len, run.texts))) == 1
    return run if even or run.head or run.tail or list_head.fits(run.texts, head) else None


def part(stretch: Stretch, end: int, number: int) -> Run | None:
    """Fewer items than announced behind 特别是 (above all) and its like."""
    match = _cue()[1].match(stretch.text, end)
    if match is None or match.end() >= len(stretch.text):
        return None
    index = stretch.clause_at(match.end())
    clause = Piece(match.end(), stretch.clauses[index].end)
    if clause.end - clause.start > list_split.REACH:
        return None
    chunks = [c for c in stretch.chunks(clause) if c.end > c.start]
    if not 1 < len(chunks) < number:
        return None
    run = _chunk_run(stretch, chunks, weak=False)
    if run is None or max(map(len, run.texts)) > 12:
        return None
    return Run(run.items, run.form, run.head, run.tail, True)

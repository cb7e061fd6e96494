"""List near: items beside a name that carry its head, though no word joins the two.

The clauses right behind the name, the sentence that follows it, the clauses right before it.
Nothing but the number and the head binds them, so each item must show the head, and the text
beside the items must not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg import tables
from kg.model import FormulaName
from kg.recognize import list_before, list_runs, list_trim
from kg.recognize.formula_names import head_uses
from kg.recognize.list_counted import NUMERALS
from kg.recognize.list_head import carried, fits
from kg.recognize.list_runs import Run
from kg.recognize.list_split import linked
from kg.recognize.list_text import Piece, Stretch
from kg.recognize.list_trim import shared_head, shared_tail

_END = "。！？…\n"
CLOSING = 8  # letters between a name and the end of its clause
LEADING = 8  # letters between the beginning of a clause and a name
_MUST = "要"  # before the head of each item no part of it: 要常学, 要常思
_IN = "在"  # before items that end with the head: 在谋划环节
_WITH = "同与向对从以由"  # prepositions that begin each of two items
_AND = re.compile("[与和同]")
SHORT = 8  # letters of a party
UNEVEN = 4  # letters by which the items of a compound may differ
LONGEST = 40  # characters of an item
FARTHEST = 60  # clauses of a passage in which segments are looked for


def find(stretch: Stretch, start: int, end: int, detail: FormulaName) -> Run | None:
    """The items beside the name at ``start``..``end`` (with its quotation marks), if any."""
    here = stretch.clause_at(start)
    clause = stretch.clauses[here]
    if clause.end - end <= CLOSING and "、" not in stretch.text[end : clause.end]:
        for clauses in _behind(stretch, here):
            run = _first_items(stretch, clauses, detail)
            if run is not None:
                return run
    if start - clause.start <= LEADING and "、" not in stretch.text[clause.start : start]:
        return _last_clauses(stretch, here, detail)
    return None


def _behind(stretch: Stretch, here: int) -> Iterator[list[Piece]]:
    """The rest of the sentence behind a clause; the next sentence where it ends one."""
    rest: list[Piece] = []
    at = here + 1
    if stretch.clauses[here].sep not in "，：:":
        while at < len(stretch.clauses) and _is_empty(stretch.clauses[at]):
            at += 1
    for clause in stretch.clauses[at : at + list_runs.MOST]:
        if not _is_empty(clause):
            rest.append(clause)
        if clause.sep in _END and rest:
            break
    yield rest


def _is_empty(clause: Piece) -> bool:
    return clause.end <= clause.start


def _first_items(stretch: Stretch, clauses: Sequence[Piece], detail: FormulaName) -> Run | None:
    """Exactly the announced number of items at the beginning of a sentence."""
    if not clauses:
        return None
    marks = ["；", *(clause.sep for clause in clauses)]
    segments = [clause for clause, mark in zip(clauses, marks, strict=False) if mark in "；;"]
    if len(segments) == detail.number:
        run = _made(stretch, segments, detail) or _segmented(stretch, clauses, detail)
        if run is not None:
            return run
    if len(segments) == 1 and len(clauses) >= detail.number:
        run = _made(stretch, clauses[: detail.number], detail, clauses[detail.number :])
        if run is not None:
            return run
    return (
        _chunked(stretch, clauses, detail)
        or _pair(stretch, clauses[0], detail)
        or _joint(stretch, clauses[0], detail)
        or _alike(stretch, clauses[0], detail)
        or _related(stretch, clauses[0], detail)
        or _led(stretch, clauses, detail)
    )


def _segmented(stretch: Stretch, clauses: Sequence[Piece], detail: FormulaName) -> Run | None:
    """Whole segments between ； that carry the head behind a comma: 对A的，一律B；对C的，一律D."""
    segments: list[Piece] = []
    opens = True
    for clause in clauses:
        start = clause.start if opens else segments.pop().start
        segments.append(Piece(start, clause.end, clause.sep))
        opens = clause.sep in "；;"
    return _made(stretch, segments, detail) if len(detail.head) > 1 else None


def _led(stretch: Stretch, clauses: Sequence[Piece], detail: FormulaName) -> Run | None:
    """Clauses behind one that says when: 收到…后，应当 + items."""
    if len(clauses) != detail.number + 1 or len(detail.head) < 2:
        return None
    if detail.head in stretch.words(clauses[0]):
        return None
    return _made(stretch, clauses[1:], detail)


def _related(stretch: Stretch, clause: Piece, detail: FormulaName) -> Run | None:
    """Pairs behind a name that counts relations: 两对关系，…A与B、C与D的辩证统一."""
    chunks = stretch.chunks(clause)
    if not detail.head.endswith("关系") or len(chunks) != detail.number or len(chunks) < 2:
        return None
    if not all(_AND.search(stretch.text, chunk.start + 1, chunk.end - 1) for chunk in chunks):
        return None
    run = list_runs.read(stretch, chunks) if len(chunks) > 2 else None
    return run if run is not None and len(run.items) == len(chunks) else None


def below(stretch: Stretch, detail: FormulaName) -> Run | None:
    """The items in the first sentence of a passage below the heading that ends with the name."""
    clauses = []
    for clause in stretch.clauses[: list_runs.MOST]:
        if not _is_empty(clause):
            clauses.append(clause)
        if clause.sep in _END and clauses:
            break
    return _first_items(stretch, clauses, detail)


def segments(stretch: Stretch, detail: FormulaName) -> Run | None:
    """The segments of one sentence below a heading, each with the head of the name in its first
    clause: 要A，…；要B，…；要C，…. Other sentences stand before it."""
    runs = []
    sentence: list[Piece] = []
    for clause in stretch.clauses[:FARTHEST]:
        if not _is_empty(clause):
            sentence.append(clause)
        if clause.sep in _END:
            marks = ["；", *(piece.sep for piece in sentence)]
            firsts = [p for p, mark in zip(sentence, marks, strict=False) if mark in "；;"]
            if len(firsts) == detail.number > 2 and (run := _made(stretch, firsts, detail)):
                runs.append(run)
            sentence = []
    return runs[0] if len(runs) == 1 else None


def spread(stretch: Stretch, detail: FormulaName) -> Run | None:
    """First clauses of sentences that carry the head at one end; other sentences stand between.

    清好渠道，…。清好闸门，…。清好滩涂，…。 below a heading with the name. Or one run inside.
    """
    word = detail.head if detail.form == "classifier" else detail.head[:1]
    if detail.number < list_runs.FEWEST or not word or "generic" in head_uses(word):
        return None
    openers = list(_openers(stretch))
    short = [
        (piece, stretch.words(piece)) for piece in openers if len(stretch.words(piece)) <= SHORT
    ]
    for found in (
        [piece for piece, words in short if words.startswith(word)],
        [piece for piece, words in short if words.endswith(word)],
    ):
        if len(found) == detail.number:
            return list_runs.make(stretch, found, "clauses")
    runs = [run for piece in openers if (run := _chunked(stretch, [piece], detail)) is not None]
    return runs[0] if len(runs) == 1 else None


def _openers(stretch: Stretch) -> Iterator[Piece]:
    """The first clause of each sentence."""
    opens = True
    for clause in stretch.clauses:
        if not _is_empty(clause):
            if opens:
                yield clause
            opens = False
        opens = opens or clause.sep in _END


def _alike(stretch: Stretch, clause: Piece, detail: FormulaName) -> Run | None:
    """Persons or things with one ending, where the name counts such: 三类船工. A员、B员 …"""
    if detail.form != "classifier" or not list_before.is_class(detail.head):
        return None
    chunks = stretch.chunks(clause)
    run = list_runs.read(stretch, chunks) if len(chunks) == detail.number > 2 else None
    if run is None or len(run.tail) < 2 or run.items[0].span.start != stretch.base + clause.start:
        return None
    return run if len(run.items) == detail.number and run.tail[-1] in "人员者工户" else None


def _pair(stretch: Stretch, clause: Piece, detail: FormulaName) -> Run | None:
    """Two words of one length that end with the letter a name of two counts: 车证、船证 …"""
    chunks = stretch.chunks(clause)
    if detail.number != 2 or len(detail.head) != 1 or len(chunks) != 2:
        return None
    first, last = chunks
    size = first.end - first.start
    words = [stretch.words(first), stretch.words(last)[:size]]
    if not 2 <= size <= 4 or any(not word.endswith(detail.head) for word in words):
        return None
    return list_runs.make(stretch, [first, Piece(last.start, last.start + size)], "run")


def _joint(stretch: Stretch, clause: Piece, detail: FormulaName) -> Run | None:
    """Parties that act together, where the name says so: 三户共护, A、B、C共同 ….

    The name has a letter for it, and a word for it stands behind the last party.
    """
    words = _joining()
    chunks = stretch.chunks(clause)
    if len(chunks) != detail.number > 2 or not words[0].search(detail.head):
        return None
    last = words[1].search(stretch.text, chunks[-1].start + 2, chunks[-1].end)
    if last is None:
        return None
    others = [stretch.words(chunk) for chunk in chunks[1:-1]]
    start = chunks[0].start + list_trim.first_start(stretch.words(chunks[0]), others)
    pieces = [Piece(start, chunks[0].end), *chunks[1:-1], Piece(chunks[-1].start, last.start())]
    texts = [stretch.words(piece) for piece in pieces]
    end = list_trim.last_end(texts[-1], texts[:-1], tail=shared_tail(texts[:-1]))
    pieces[-1] = Piece(pieces[-1].start, pieces[-1].start + end)  # 调解 of 调解衔接联动
    run = list_runs.make(stretch, pieces, "run")
    return run if run is not None and max(map(len, run.texts)) <= SHORT else None


@cache
def _joining() -> tuple[re.Pattern[str], re.Pattern[str]]:
    cue = tables.patterns("formulas")["cue"]
    return re.compile(f"[{cue['joint']}]"), re.compile("|".join(cue["jointly"]))


def _chunked(stretch: Stretch, clauses: Sequence[Piece], detail: FormulaName) -> Run | None:
    """Items parted by 、 in the first clause; for a compound, by 、 and ， alike."""
    chunks: list[Piece] = []
    for index, clause in enumerate(clauses):
        chunks += stretch.chunks(clause)
        if len(chunks) == detail.number and (index == 0 or detail.form == "compound"):
            return _made(stretch, chunks, detail, clauses[index + 1 :]) or _tailed(
                stretch, chunks, detail
            )
        if index == 0 and len(chunks) == detail.number - 1 and detail.form == "compound":
            parted = linked(stretch, chunks)
            run = _made(stretch, parted, detail) if parted is not None else None
            if run is not None:
                return run
        if len(chunks) > detail.number:
            return None
    return None


def _tailed(stretch: Stretch, chunks: Sequence[Piece], detail: FormulaName) -> Run | None:
    """Items of which the last alone ends with the head that all share: A、B、C全覆盖."""
    last, head = chunks[-1], detail.head
    cut = last.end - len(head)
    if len(head) < 2 or len(chunks) < list_runs.FEWEST or cut - last.start < 2:
        return None
    if stretch.text[cut : last.end] != head or any(head in stretch.words(c) for c in chunks[:-1]):
        return None
    words = [stretch.words(chunk) for chunk in chunks[:-1]] + [stretch.text[last.start : cut]]
    start = stretch.outside(chunks[0].start + list_trim.first_start(words[0], words[1:]))
    first = Piece(start, chunks[0].end)
    return list_runs.make(stretch, [first, *chunks[1:-1], Piece(last.start, cut)], "run")


def _last_clauses(stretch: Stretch, here: int, detail: FormulaName) -> Run | None:
    """The clauses that end where the clause of the name begins, or the run of the last one."""
    at = here
    while at > 0 and here - at <= detail.number and stretch.clauses[at - 1].sep in "，":
        at -= 1
    clauses = [clause for clause in stretch.clauses[at:here] if not _is_empty(clause)]
    chunks = stretch.chunks(clauses[-1]) if clauses else []
    if len(chunks) == detail.number and (run := _made(stretch, chunks, detail)) is not None:
        return run
    if len(clauses) < detail.number:
        return None
    return _made(
        stretch, clauses[-detail.number :], detail, clauses[-detail.number - 1 : -detail.number]
    )


def _made(
    stretch: Stretch, pieces: Sequence[Piece], detail: FormulaName, beside: Sequence[Piece] = ()
) -> Run | None:
    """A run of the pieces where they carry the head and the piece beside them does not."""
    pieces = [_behind_lead(stretch, pieces, detail), *pieces[1:]]
    texts = [stretch.words(piece) for piece in pieces]
    sizes = [len(text) for text in texts]
    if max(sizes) > LONGEST or not carried(texts, detail):
        return None
    if detail.form == "compound":
        ends = fits(texts, detail.head, ends=True)
        if not ends and max(sizes) - min(sizes) > UNEVEN:
            return None
        at = list_trim.first_start(texts[0], texts[1:]) if ends else list_trim.led(texts[0])
        pieces = [Piece(pieces[0].start + at, pieces[0].end, pieces[0].sep), *pieces[1:]]
    if beside and pieces[0].sep != "、":
        more = replace(detail, number=detail.number + 1)
        if carried([*texts, stretch.words(beside[0])], more):
            return None
    if not _is_bound(texts, detail):
        return None
    pieces = _uncounted(stretch, pieces)
    if detail.head and _opened(stretch, pieces, detail.head):
        pieces = [Piece(piece.start + 1, piece.end, piece.sep) for piece in pieces]
    return list_runs.make(stretch, pieces, "run" if pieces[0].sep == "、" else "clauses")


def _uncounted(stretch: Stretch, pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces without the numbers and the verb that open them: 一把A关，二把B关."""
    opened = [stretch.raw[piece.start : piece.start + 2] for piece in pieces]
    verb = opened[0][1:]
    if len(pieces) > len(NUMERALS) or opened != [f"{n}{verb}" for n in NUMERALS[: len(pieces)]]:
        return pieces
    return [Piece(piece.start + 2, piece.end, piece.sep) for piece in pieces]


def _opened(stretch: Stretch, pieces: Sequence[Piece], head: str) -> bool:
    """Whether 要 opens each item right before the head, or 在 each item that ends with it."""
    texts = [stretch.words(piece) for piece in pieces]
    must = all(text.startswith(_MUST + head) for text in texts)
    return must or all(text.startswith(_IN) and text.endswith(head) for text in texts)


def _is_bound(texts: Sequence[str], detail: FormulaName) -> bool:
    """Whether the head stands where it counts: a noun begins or ends the items, as do pairs."""
    head, first, last = detail.head, shared_head(texts), shared_tail(texts)
    uses = head_uses(head)
    if "generic" in uses and len(texts) == 2:
        return False
    if detail.form == "classifier" and uses:
        return first.startswith(head) or last.endswith(head) or (len(texts) > 2 and first != "")
    return len(texts) > 2 or bool(first or last)


def _behind_lead(stretch: Stretch, pieces: Sequence[Piece], detail: FormulaName) -> Piece:
    """The first piece from where its item begins, by the place of the head in the others."""
    first, others = pieces[0], [stretch.words(piece) for piece in pieces[1:]]
    words = stretch.words(first)
    head = shared_head(others) if len(others) > 1 else ""
    if head:
        at = words.find(head)
        return Piece(first.start + max(at, 0), first.end, first.sep)
    key = detail.head if len(detail.head) > 1 and detail.head in words else detail.head[:1]
    if len(others) == 1 and others[0][0] in _WITH:  # 把A同B相结合、同C相结合
        at = words.rfind(others[0][0], 0, max(words.find(key), 0))
        return Piece(first.start + max(at, 0), first.end, first.sep)
    places = {other.find(key) for other in others}
    at = words.find(key) - min(places)
    if len(places) > 1 and first.sep == "、" and len(shared_tail([words, *others])):
        at = list_trim.first_start(words, others)  # each item ends with the head
    elif len(places) > 1:
        return first
    return Piece(first.start + at, first.end, first.sep) if at > 0 else first

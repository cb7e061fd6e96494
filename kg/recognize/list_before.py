"""List before: the items that reach up to a name, as in A、B、C + NUM…"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg import tables
from kg.recognize import list_runs, list_trim
from kg.recognize.formula_names import head_uses
from kg.recognize.list_runs import Run
from kg.recognize.list_text import Cut, Piece, Stretch
from kg.recognize.list_trim import governs, lexicon, shared_head, shared_tail

LONGEST = 40  # letters of an item
REACH = 600  # characters before a name in which its list begins
_END = "。！？…\n"
_AROUND = re.compile("以.{1,12}为")  # 以…为核心 (with … as the core) is no part of a spirit
_GOVERNING = frozenset("办做抓有设提给作为让使将把被搞干打订列推")
_JOINT = re.compile(r"[-－—→/]")


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands between a list, which ends at ``end``, and the name: 等, 这, 的, 以上 …"""

    end: int
    et: bool
    word: str
    of: bool

    @property
    def this(self) -> bool:
        return bool(self.word)


@cache
def _joints() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """即 (that is) and its like before a name; the verb between a subject and a name; 为…内容."""
    cue = tables.patterns("formulas")["cue"]
    naming = re.compile(rf"(?:{'|'.join(cue['naming'])})[“‘「『]?")
    return naming, re.compile(cue["predicate"]), re.compile(rf"(?:{cue['content']})$")


def is_class(head: str) -> bool:
    """Whether the head is a noun whose members need not be alike, such as 队伍 (corps)."""
    cue = tables.patterns("formulas")["cue"]
    generic = "generic" in head_uses(head) and not head.endswith(tuple(cue["given"]))
    return generic or head.endswith(tuple(cue["classes"]))


@cache
def _lead() -> re.Pattern[str]:
    cue = tables.patterns("formulas")["cue"]
    this, made = (
        "|".join(sorted(cue[key], key=len, reverse=True)) for key in ("above", "made_into")
    )
    return re.compile(
        rf"(?P<et>等)?(?:{made})?(?P<of>的)?(?P<this>{this})?(?:[共的]|新的?)?[\s“‘「『]*$"
    )


def lead(stretch: Stretch, start: int) -> Lead:
    """The words before a name that begins at ``start``."""
    left = max(start - 12, 0)
    match = _lead().search(stretch.text, left, start)
    if match is None:
        return Lead(start, False, "", False)
    return Lead(match.start(), bool(match["et"]), match["this"] or "", bool(match["of"]))


def find(
    stretch: Stretch, start: int, number: int, head: str, *, quoted: bool, counted: bool = False
) -> Run | None:
    """Exactly ``number`` items that end where the name at ``start`` begins.

    ``head`` is the head of the name; ``counted`` tells that it is a noun with a classifier,
    which takes items that are not alike. A list that 等 closes too early is partial.
    """
    before = lead(stretch, start)
    index = stretch.clause_at(before.end)
    clause = Piece(stretch.clauses[index].start, before.end)
    if clause.end - clause.start > REACH:
        return None
    if clause.end <= clause.start:
        if not before.this:
            return None
        return (
            _chunks_before(stretch, index, number)
            or _clauses(stretch, index, before, number)
            or _sentence(stretch, index, number)
        )
    naming, predicate, content_ = _joints()
    named = naming.fullmatch(stretch.text, clause.start, clause.end)
    if named and index > 0:
        return _named_run(stretch, stretch.clauses[index - 1], number)
    if before.of and (made := content_.search(stretch.text, clause.start, clause.end)):
        return _content_of(stretch, Piece(clause.start, made.start()), number)
    pieces = split(stretch, clause, number)
    if predicate.search(stretch.text, clause.start, clause.end):
        subject = _subject(stretch, index, clause, number)
        if subject is not None:
            return subject
    if pieces is not None:
        run = _trimmed(stretch, pieces)
        if run is not None and (
            _trusted(run, before, head, quoted) or (counted and _short(stretch, run))
        ):
            return run
        return None
    if before.this or not quoted:
        run = _clauses(stretch, index, before, number)
        if run is not None:
            return run
    return _partial(stretch, clause, number) if before.et else None


def defines(stretch: Stretch, start: int) -> bool:
    """Whether 以…为主要内容的 (with … as its main content) stands before a name at ``start``."""
    end = lead(stretch, start).end
    return _joints()[2].search(stretch.text, max(end - 8, 0), end) is not None


def _content_of(stretch: Stretch, clause: Piece, number: int) -> Run | None:
    """The items of 以A、B、C为主要内容的 + name (with A, B, C as its main content)."""
    first = stretch.chunks(clause)[0]
    start = stretch.text.rfind("以", first.start, first.end)
    if start < 0:
        return None
    pieces = split(stretch, Piece(start + 1, clause.end), number)
    return _trimmed(stretch, pieces, trim=False) if pieces is not None else None


def split(stretch: Stretch, piece: Piece, number: int) -> list[Piece] | None:
    """The piece cut into ``number`` items: at 、, at 、 and a last 和, or at hyphens."""
    chunks = stretch.chunks(piece)
    if len(chunks) == number:
        return chunks
    linked = _linked(stretch, chunks) if len(chunks) == number - 1 else None
    if linked is None and len(chunks) == 1:
        joints = [m.start() for m in _JOINT.finditer(stretch.text, piece.start, piece.end)]
        if len(joints) == number - 1:
            edges = [piece.start - 1, *joints, piece.end]
            return [Piece(a + 1, b) for a, b in itertools.pairwise(edges)]
        if number == 2:
            return _twins(stretch, piece)
    return linked


def _twins(stretch: Stretch, piece: Piece) -> list[Piece] | None:
    """Two words of two letters that share one, with nothing between: 线上线下."""
    at = piece.end - 4
    if at < piece.start:
        return None
    left, right = stretch.text[at : at + 2], stretch.text[at + 2 : piece.end]
    lead = stretch.text[max(at - 3, piece.start) : at]
    uses = lexicon().uses
    governed = any(uses.get(lead[n:]) in ("govern", "frame") for n in range(len(lead)))
    shares = (left[0] == right[0]) != (left[1] == right[1])
    if not (left + right).isalpha() or not shares or (lead and not governed):
        return None
    return [Piece(at, at + 2), Piece(at + 2, piece.end)]


def _linked(stretch: Stretch, chunks: Sequence[Piece]) -> list[Piece] | None:
    """The last chunk divided at 和; of several places the one that makes the sides most alike."""
    last = chunks[-1]
    words = stretch.text[last.start : last.end]
    others = [stretch.words(chunk) for chunk in chunks[1:-1]]
    places = list_trim.link_splits(words)
    if not places:
        return None

    def unlike(place: tuple[int, int]) -> tuple[bool, int]:
        left, right = words[: place[0]], words[place[1] :]
        alike = shared_tail([left, right]) or shared_head([left, right])
        size = len(others[0]) if others else len(right)
        return not alike, abs(len(left) - size)

    at, end = min(places, key=unlike)
    return [*chunks[:-1], Piece(last.start, last.start + at), Piece(last.start + end, last.end)]


def _trimmed(stretch: Stretch, pieces: Sequence[Piece], *, trim: bool = True) -> Run | None:
    if any(not 0 < piece.end - piece.start <= REACH for piece in pieces):
        return None
    words = [stretch.words(piece) for piece in pieces]
    even = len({len(word) for word in words[1:]}) == 1 < len(words) - 1
    if not even and governs(words[-1]) and not all(governs(word) for word in words[1:]):
        return None
    start = pieces[0].start
    if trim:
        start = stretch.outside(start + list_trim.first_start(words[0], words[1:]))
    run = list_runs.make(stretch, [Piece(start, pieces[0].end), *pieces[1:]], "run")
    return run if run is not None and max(map(len, run.texts)) <= LONGEST else None


def _trusted(run: Run, before: Lead, head: str, quoted: bool) -> bool:
    """Whether the items are alike enough for what binds them to the name."""
    texts = run.texts
    if _ends_with_verb(texts):
        return False
    if head and (run.tail.endswith(head) or run.head.startswith(head)):
        return True
    even = len({len(text) for text in texts}) == 1
    alike = even or bool(run.tail) or bool(run.head)
    if before.this or before.et:
        return True
    if len(texts) == 2:
        return not quoted and (even or len(run.tail) >= 2 or len(run.head) >= 2)
    rest = texts[1:]
    sizes = [len(text) for text in texts]
    alike = alike or len({len(text) for text in rest}) == 1 or bool(shared_tail(rest))
    alike = alike or (len(texts) > 3 and max(map(sizes.count, sizes)) >= len(texts) - 1)
    return alike or before.of or not quoted


def _short(stretch: Stretch, run: Run) -> bool:
    """Whether the items are short nouns behind the verb that governs them."""
    texts = run.texts
    if len(texts) < 3 or max(map(len, texts)) > 6 or _ends_with_verb(texts):
        return False
    start = run.items[0].span.start - stretch.base
    index = stretch.clause_at(start)
    lead_ = stretch.raw[stretch.clauses[index].start : start]
    return governs(lead_) and not any(list_trim.begins_with_verb(text) for text in texts)


def _ends_with_verb(texts: Sequence[str]) -> bool:
    """Whether the last item goes on into the verb that governs the name: 为A、B、C办好 + name."""
    last, others = texts[-1], texts[:-1]
    end, goes_on = list_trim.cut_et(last)
    if goes_on and end < len(last) - 1:
        return True
    if last[-1] in _GOVERNING and not any(text[-1] == last[-1] for text in others):
        return True
    even = {len(text) for text in others[1:] or others} == {len(last)}
    return not even and _verbal_end(last) and not any(map(_verbal_end, others))


def _verbal_end(text: str) -> bool:
    words = [text[-size:] for size in (2, 3, 4)]
    uses, actions = lexicon().uses, lexicon().actions
    return any(uses.get(w) in ("govern", "frame") and w not in actions for w in words)


def _clauses(stretch: Stretch, index: int, before: Lead, number: int) -> Run | None:
    """The last ``number`` clauses before the name, in one sentence."""
    pieces: list[Piece] = []
    marks = set()
    at = index
    while at >= 0:
        clause = stretch.clauses[at]
        if at != index and clause.sep in _END + "：:":
            break
        if at != index:
            marks.add(clause.sep)
        end = before.end if at == index else clause.end
        if end > clause.start:
            pieces.insert(0, Piece(clause.start, end, clause.sep))
        at -= 1
        if len(pieces) > number:
            break
    if "；" in marks and (before.this and pieces):
        return None
    exact = len(pieces) == number
    taken = pieces[-number:]
    if len(taken) < number or number < 2:
        return None
    run = _trimmed(stretch, taken)
    if run is None:
        return None
    inner = {stretch.text.count("、", p.start, p.end) for p in taken}
    framed = len(run.head) >= 2 or len(run.tail) >= 2 or (len(inner) == 1 and 0 not in inner)
    if exact and (before.this or framed):
        return run
    return run if before.this and framed and not _goes_on(stretch, pieces, run) else None


def _chunks_before(stretch: Stretch, index: int, number: int) -> Run | None:
    """The items of the clause before 这 + name: A、B、C，这 + name."""
    if index == 0 or stretch.clauses[index - 1].sep not in "，。":
        return None
    clause = stretch.clauses[index - 1]
    pieces = split(stretch, clause, number) if "、" in stretch.words(clause) else None
    run = _trimmed(stretch, pieces) if pieces is not None else None
    return None if run is None or _ends_with_verb(run.texts) else run


def _named_run(stretch: Stretch, clause: Piece, number: int) -> Run | None:
    """The run of the clause before 即 + name, alike in its items."""
    chunks = stretch.chunks(clause) if clause.end - clause.start <= REACH else []
    run = list_runs.read(stretch, chunks) if len(chunks) > 1 else None
    if run is None or len(run.items) != number:
        return None
    return run if list_runs.framed(run) else None


def _sentence(stretch: Stretch, index: int, number: int) -> Run | None:
    """The sentence before 这 + name, when it is a list of clauses that share a frame."""
    at = index - 1
    while at >= 0 and stretch.clauses[at].end <= stretch.clauses[at].start:
        at -= 1
    last = at
    while at > 0 and last - at < number and stretch.clauses[at - 1].sep not in _END + "：:；":
        at -= 1
    if last < 0 or last - at + 1 != number:
        return None
    run = list_runs.make(stretch, stretch.clauses[at : last + 1], "clauses")
    return run if run is not None and (len(run.head) > 1 or len(run.tail) > 1) else None


def _goes_on(stretch: Stretch, pieces: Sequence[Piece], run: Run) -> bool:
    """Whether the clause before the run shares its frame, so that the run is longer than told."""
    words = stretch.words(pieces[0])
    return bool(run.head and run.head in words) or bool(run.tail and words.endswith(run.tail))


def _partial(stretch: Stretch, clause: Piece, number: int) -> Run | None:
    """The last chunk, and those like it before it, of a list that 等 leaves open."""
    chunks = stretch.chunks(clause)
    if len(chunks) >= number:
        return None
    words = [stretch.words(chunk) for chunk in chunks]
    first = len(chunks) - 1
    while first > 0 and (
        len(words[first - 1]) == len(words[-1])
        or len(shared_tail([words[first - 1], words[-1]])) > 1
    ):
        first -= 1
    if first == 0 and len(chunks) > 1:
        run = _trimmed(stretch, chunks)
        return _open(run)
    word = words[-1]
    start = chunks[first].start
    if first == len(chunks) - 1:
        start += list_trim.noun_start(word)
        return _open(list_runs.make(stretch, [Piece(start, chunks[-1].end)], "run"))
    return _open(list_runs.make(stretch, chunks[first:], "run"))


def _open(run: Run | None) -> Run | None:
    """The run as one that names some members only."""
    if run is None:
        return None
    single = len(run.items) == 1
    return Run(run.items, run.form, "" if single else run.head, "" if single else run.tail, True)


def _subject(stretch: Stretch, index: int, clause: Piece, number: int) -> Run | None:
    """A和B是…的 + name: the items are the subject of the clause, which begins a sentence."""
    starts = index == 0 or stretch.clauses[index - 1].sep in _END + "；：;: "
    match = _joints()[1].search(stretch.text, clause.start, clause.end)
    if match is None or "、" in stretch.text[match.end() : clause.end]:
        return None
    subject = Piece(clause.start, match.start())
    if subject.end <= subject.start and index > 0 and not starts:
        subject = stretch.clauses[index - 1]
        starts = index == 1 or stretch.clauses[index - 2].sep in _END + "；：;: "
    if not starts or subject.end <= subject.start:
        return None
    pieces = split(stretch, subject, number)
    if pieces is None:
        return None
    run = _trimmed(stretch, pieces, trim=False)
    return (
        run
        if run is not None and not any("的" in text[:-1] and len(text) > 16 for text in run.texts)
        else None
    )


def quoted_run(stretch: Stretch, end: int, cut: Cut, number: int) -> Run | None:
    """The list inside the quotation marks that close at ``end``; of any length for 0."""
    if end < 4 or stretch.raw[end - 1] not in "”’」』":
        return None
    quote = cut.ending(stretch.base + end - 1)
    if quote is None or not quote.closed or len(quote.clauses) > 1:
        return None
    chunks = quote.chunks(quote.clauses[0])
    if len(chunks) < 2 or (number and len(chunks) != number):
        return None
    return list_runs.make(quote, chunks, "run")


def content(stretch: Stretch, start: int, end: int, cut: Cut) -> Run | None:
    """A、B、C的 + name: what a spirit consists of. At least two items."""
    before = lead(stretch, start)
    if not before.of or before.et or stretch.text[end : end + 1] == "、":
        return None
    index = stretch.clause_at(before.end)
    clause = Piece(stretch.clauses[index].start, before.end)
    if clause.end - clause.start > REACH:
        return None
    chunks = stretch.chunks(clause)
    if len(chunks) < 2:
        return quoted_run(stretch, before.end, cut, 0)
    pieces = list(chunks)
    if len(chunks) == 2:
        pieces = [clause]
        at = index - 1
        while at >= 0 and stretch.clauses[at].sep == "，":
            if len(stretch.chunks(stretch.clauses[at])) != len(chunks):
                break
            pieces.insert(0, stretch.clauses[at])
            at -= 1
        if len(pieces) == 1:
            pieces = list(chunks)
    else:
        linked = _linked(stretch, chunks)
        if linked is not None and list_runs.alike(
            [stretch.words(c) for c in chunks[:-1]],
            stretch.words(linked[-2]),
            stretch.words(linked[-1]),
        ):
            pieces = linked
    run = _trimmed(stretch, pieces)
    if run is None or any(_AROUND.match(text) for text in run.texts):
        return None
    return run

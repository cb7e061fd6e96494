"""List before: the items that reach up to a name, as in A、B、C + NUM…"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg import tables
from kg.model import FormulaName
from kg.recognize import list_above, list_runs, list_trim
from kg.recognize.formula_names import head_uses
from kg.recognize.list_above import END
from kg.recognize.list_runs import Run
from kg.recognize.list_split import REACH, ends_with_verb, linked, split, trimmed
from kg.recognize.list_text import Cut, Piece, Stretch
from kg.recognize.list_trim import begins_with_verb, governs, lexicon, shared_tail

SHORT = 8  # letters of a verb before 这 + name: 做到这 (if one does these)
SETS = frozenset("项大条种类")  # classifiers of what is numbered as a set
WORD = 12  # letters of items that need not be alike
_PREPOSITIONS = frozenset("从对向由以在给把将为用")
_AROUND = re.compile("以.{1,12}为")  # 以…为核心 (with … as the core) is no part of a spirit


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


def find(stretch: Stretch, before: Lead, detail: FormulaName, *, quoted: bool) -> Run | None:
    """Exactly the announced number of items that end where a name and its lead begin.

    A noun with a classifier takes items that are not alike. A list that 等 closes too early
    is partial.
    """
    index = stretch.clause_at(before.end)
    clause = Piece(stretch.clauses[index].start, before.end)
    if clause.end - clause.start > REACH:
        return None
    if before.this and clause.end - clause.start <= SHORT:
        run = list_above.pointed(stretch, index, detail)
        if run is not None:
            return run
    if clause.end <= clause.start:
        return None
    naming, predicate, content_ = _joints()
    if index > 0 and naming.fullmatch(stretch.text, clause.start, clause.end):
        return _named_run(stretch, stretch.clauses[index - 1], detail.number)
    if before.of and (made := content_.search(stretch.text, clause.start, clause.end)):
        return _content_of(stretch, Piece(clause.start, made.start()), detail.number)
    if predicate.search(stretch.text, clause.start, clause.end):
        subject = _subject(stretch, index, clause, detail.number)
        if subject is not None:
            return subject
    return _up_to(stretch, clause, before, detail, quoted=quoted)


def _up_to(
    stretch: Stretch, clause: Piece, before: Lead, detail: FormulaName, *, quoted: bool
) -> Run | None:
    """The items of the clause that runs up to the name, or the clauses that end there."""
    if not before.this and lexicon().link.search(stretch.text, clause.end - 1, clause.end):
        return None  # A、B、C和 + name: one more thing
    pieces = split(stretch, clause, detail.number)
    if pieces is not None:
        run = trimmed(stretch, pieces)
        trusted = run is not None and (
            _trusted(run, before, detail, quoted)
            or (_counts(stretch, before, detail, run.texts) and _short(stretch, run))
            or (detail.form == "modifier" and _alone(stretch, clause, run))
        )
        return run if trusted else None
    if before.this or not quoted:
        index = stretch.clause_at(before.end)
        run = list_above.clauses(stretch, index, before.end, detail.number, this=before.this)
        if run is not None:
            return run
    return _partial(stretch, clause, detail.number) if before.et else None


def defines(stretch: Stretch, end: int) -> bool:
    """Whether 以…为主要内容 (with … as its main content) ends at ``end``."""
    return _joints()[2].search(stretch.text, max(end - 8, 0), end) is not None


def _content_of(stretch: Stretch, clause: Piece, number: int) -> Run | None:
    """The items of 以A、B、C为主要内容的 + name (with A, B, C as its main content)."""
    first = stretch.chunks(clause)[0]
    start = stretch.text.rfind("以", first.start, first.end)
    if start < 0:
        return None
    pieces = split(stretch, Piece(start + 1, clause.end), number)
    return trimmed(stretch, pieces, trim=False) if pieces is not None else None


def _counts(stretch: Stretch, before: Lead, detail: FormulaName, texts: Sequence[str]) -> bool:
    """Whether the name counts things that need not be alike.

    个 (a piece) counts anything, and what somebody is given is paid to those who stand before it.
    """
    if detail.form != "classifier" or len(detail.head) < 2 or begins_with_verb(detail.head):
        return False
    at = stretch.raw.find(detail.head, before.end)
    given = tuple(tables.patterns("formulas")["cue"]["given"])
    numbered = stretch.raw[at - 1 : at] in SETS and not detail.head.endswith(given)
    return is_class(detail.head) or (numbered and not _goes_on(texts))


def _trusted(run: Run, before: Lead, detail: FormulaName, quoted: bool) -> bool:
    """Whether the items are alike enough for what binds them to the name."""
    texts, head = run.texts, detail.head
    even = len({len(text) for text in texts}) == 1
    if ends_with_verb(texts) and not (before.of and even):
        return False
    ends = sum(bool(head) and (text.startswith(head) or text.endswith(head)) for text in texts)
    if ends >= len(texts) - 1 > 1:
        return True
    if head and (run.tail.endswith(head) or run.head.startswith(head)):
        return True
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


def _goes_on(texts: Sequence[str]) -> bool:
    """Whether the last item alone ends with a verb, which then governs the name."""
    verbs = [text[-2:] in tables.words("lexicons/person_follow", "word") for text in texts]
    return verbs[-1] and not any(verbs[:-1])


def _short(stretch: Stretch, run: Run) -> bool:
    """Whether the items are short nouns behind the verb that governs them."""
    texts = run.texts
    if len(texts) < 3 or max(map(len, texts)) > WORD or ends_with_verb(texts):
        return False
    start = run.items[0].span.start - stretch.base
    index = stretch.clause_at(start)
    lead_ = stretch.raw[stretch.clauses[index].start : start]
    governed = governs(lead_) or lead_[-1:] in _PREPOSITIONS or _obliges(lead_)
    return governed and not any(map(list_trim.begins_governing, texts))


def _alone(stretch: Stretch, clause: Piece, run: Run) -> bool:
    """Whether three short nouns or more are all that stands in the clause before the name.

    A first one that is longer than the others has words of the sentence with it.
    """
    texts = run.texts
    if len(texts[0]) > max(map(len, texts[1:])) + 1:
        return False
    nouns = not ends_with_verb(texts) and not any(map(begins_with_verb, texts))
    whole = run.items[0].span.start == stretch.base + clause.start
    return whole and nouns and len(texts) > 2 and max(map(len, texts)) <= SHORT


@cache
def _obliged() -> re.Pattern[str]:
    return re.compile(f"(?:{tables.patterns('formulas')['link']['obliging']})([^要须应需]{{2,5}})$")


def _obliges(lead_: str) -> bool:
    """Whether a verb with an object ends the words before a list, 要 (must) before it: 要守住."""
    match = _obliged().search(lead_)
    return match is not None and governs(match[1])


def _named_run(stretch: Stretch, clause: Piece, number: int) -> Run | None:
    """The run of the clause before 即 + name, alike in its items."""
    chunks = stretch.chunks(clause) if clause.end - clause.start <= REACH else []
    run = list_runs.read(stretch, chunks) if len(chunks) > 1 else None
    if run is None or len(run.items) != number:
        return None
    return run if list_runs.framed(run) else None


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
        run = trimmed(stretch, chunks)
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
    starts = index == 0 or stretch.clauses[index - 1].sep in END + "；：;: "
    match = _joints()[1].search(stretch.text, clause.start, clause.end)
    if match is None or "、" in stretch.text[match.end() : clause.end]:
        return None
    subject = Piece(clause.start, match.start())
    if subject.end <= subject.start and index > 0 and not starts:
        subject = stretch.clauses[index - 1]
        starts = index == 1 or stretch.clauses[index - 2].sep in END + "；：;: "
    if not starts or subject.end <= subject.start:
        return None
    pieces = split(stretch, subject, number)
    if pieces is None:
        return None
    run = trimmed(stretch, pieces, trim=False)
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
        parted = linked(stretch, chunks)
        if parted is not None and list_runs.alike(
            [stretch.words(c) for c in chunks[:-1]],
            stretch.words(parted[-2]),
            stretch.words(parted[-1]),
        ):
            pieces = parted
    run = trimmed(stretch, pieces)
    if run is None or any(_AROUND.match(text) for text in run.texts):
        return None
    return run

"""Lists: parallel items, named or not, in one document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.model import Document, ItemList, Mention, Span
from kg.recognize import list_clauses, list_marks, list_names, list_runs
from kg.recognize.list_runs import FEWEST, Run
from kg.recognize.list_text import Stretch

_PARTED = re.compile("[、，；,;]|”“|》《")
# Lists of these are lists of persons, places or figures and bind no formulation.
PLAIN = frozenset(
    {"Person", "Organization", "Place", "Time", "Statistic", "Role", "Group", "Event"}
)


def find(document: Document, mentions: Sequence[Mention]) -> tuple[ItemList, ...]:
    """Every list of the document, by place. ``mentions`` are settled."""
    marked = list_marks.find(document)
    around = list_names.Surroundings(document, marked)
    names = [m for m in mentions if m.kind in ("Formula", "Spirit")]
    named = list(list_names.find(around, names))
    unnamed = [made for made in marked if len(made.items) >= FEWEST and not _titles(made)]
    unnamed += _unnamed(around)
    plain = _Plain(mentions)
    kept = [made for made in unnamed if not plain.holds(made)]
    found = [*named, *_apart(kept, [made for made in named if not made.partial], names)]
    return tuple(sorted(found, key=lambda made: (made.span, made.rule, made.name is None)))


def _titles(made: ItemList) -> bool:
    """Whether a list is but the titles of sections, which share nothing."""
    shared = max(len(re.sub("[0-9年]", "", made.head)), len(made.tail))
    return made.rule.endswith(":section") and shared < 2


def _unnamed(around: list_names.Surroundings) -> Iterator[ItemList]:
    outer = []
    for index in range(len(around.passages)):
        cut = around.cut(index)
        outer.append(cut.outer)
        for stretch in cut:
            if _PARTED.search(stretch.text) is None:
                continue
            if stretch.closed and (run := list_runs.lettered(stretch, _behind(around, stretch))):
                yield _made(run, "lettered-run")
                continue
            for run in list_runs.runs(stretch):
                yield _made(run, "framed-run" if run.framing and not run.tail else "parallel-run")
            for run in list_clauses.frames(stretch):
                yield _made(run, "frame")
    for run in list_clauses.headlines(outer):
        yield _made(run, "headlines")


def _behind(around: list_names.Surroundings, stretch: Stretch) -> str:
    """A few letters behind the closing mark of a quotation."""
    end = stretch.base + len(stretch.raw) + 1
    return around.document.clean.text[end : end + 4]


def _made(run: Run, rule: str) -> ItemList:
    span = Span(run.items[0].span.start, run.items[-1].span.end)
    tail = run.tail or run.framing
    return ItemList(run.items, span, run.form, rule, None, run.head, tail, run.partial)


class _Plain:
    """Which items are nothing but a person, a place, a date …"""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        spans = sorted({(m.span.start, m.span.end) for m in mentions if m.kind in PLAIN})
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def holds(self, made: ItemList) -> bool:
        """Whether most items of a run are such."""
        if made.form != "run":
            return False
        plain = sum(self._is_plain(item.span) for item in made.items)
        return 2 * plain >= len(made.items)

    def _is_plain(self, item: Span) -> bool:
        at = bisect_left(self._starts, item.start - 6)
        while at < len(self._starts) and self._starts[at] < item.end:
            common = min(self._ends[at], item.end) - max(self._starts[at], item.start)
            if common > 0 and 10 * common >= 7 * len(item):
                return True
            at += 1
        return False


def _apart(
    unnamed: Sequence[ItemList], named: Sequence[ItemList], names: Sequence[Mention]
) -> Iterator[ItemList]:
    """The unnamed lists that are no part of a named one and do not run into a name."""
    taken = sorted({(item.span, made.span) for made in named for item in made.items})
    starts = [item.start for item, _ in taken]
    formulas = sorted({m.span for m in names if m.kind == "Formula"})
    for made in unnamed:
        if not _clashes(made, starts, taken) and not _runs_into(made, formulas):
            yield made


def _clashes(made: ItemList, starts: Sequence[int], taken: Sequence[tuple[Span, Span]]) -> bool:
    """Whether items of both lists overlap and no item holds the whole other list."""
    for item in made.items:
        at = bisect_left(starts, item.span.end) - 1
        while at >= 0 and at >= bisect_left(starts, item.span.start) - 1:
            other, whole = taken[at]
            if other.overlaps(item.span):
                inside = other.contains(made.span) and other != item.span
                if not inside and not (item.span.contains(whole) and item.span != other):
                    return True
            at -= 1
    return False


def _runs_into(made: ItemList, names: Sequence[Span]) -> bool:
    """Whether the last item of a run goes on into a name that has no list of its own here."""
    if made.form != "run":
        return False
    last = made.items[-1].span
    at = bisect_left(names, last)
    return any(last.overlaps(span) and span != last for span in names[max(at - 1, 0) : at + 2])

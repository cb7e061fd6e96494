"""Decisions: what a person says of nodes in ``kg.merges.tsv``: merge, keep apart, rename.

The file is an edited copy of ``merges.tsv`` of an earlier build; see docs/merges.md. Reading it
checks its form; whether the names are known is checked by ``kg.resolve``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from kg.errors import DataError
from kg.ontology import ontology
from kg.tables import lines

FILE = "kg.merges.tsv"
ADVICE = "correct these lines; a row that begins with ? decides nothing"
COLUMNS = ("decision", "kind", "keep", "merge", "reason", "score", "evidence")
NEEDED = COLUMNS[:4]
MERGE, APART, RENAME = "merge", "apart", "rename"
MERGED, PARTED, RENAMED = (f"{verb} by {FILE}" for verb in (MERGE, APART, RENAME))  # rules
OPEN, MADE = "?", "made"  # a proposal; what a build merged by itself
VERBS: Mapping[str, str] = {
    "merge": MERGE, "accept": MERGE, "add": MERGE,
    "apart": APART, "reject": APART,
    "rename": RENAME,
    OPEN: "", MADE: "", "": "",
}  # fmt: skip
# Kinds whose nodes are no names but what lists and dates make of them.
UNSTEERED = ("Principle", "Enumeration", "ListVersion", "Time")

_KIND = re.compile(r"([A-Z][A-Za-z]+):(?=.)")
_PLACES = re.compile(r"\s@\s")
_RULE = re.compile(rf"({MERGE}|{RENAME}) by {re.escape(FILE)}(?: \((\w+)\))?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A node as a row names it: ``name``, ``Kind:name`` or ``name @ path; path``."""

    name: str
    kind: str = ""  # where it is another than the row's
    paths: tuple[str, ...] = ()  # the documents that mean another by that name


@dataclass(frozen=True, slots=True)
class Row:
    """One decision: ``merge`` goes into ``keep``, stays apart from it, or gets its name."""

    line: int
    verb: str
    kind: str
    keep: Cell
    merge: Cell


@dataclass(frozen=True, slots=True)
class Decisions:
    """The rows of a file. ``whole`` False: only a part of the corpus that it is about is read."""

    rows: tuple[Row, ...] = ()
    file: str = FILE
    whole: bool = True


NONE = Decisions()


def load(folder: Path) -> Decisions:
    """The decisions of a source folder, none when it holds no such file.

    Raises DataError that names every fault of form with its line.
    """
    file = folder / FILE
    if not file.is_file():
        return NONE
    try:
        found = list(lines(file.read_text("utf-8-sig")))
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", str(file)) from None
    except UnicodeDecodeError as error:
        raise DataError(f"not UTF-8 at byte {error.start}", str(file)) from None
    if not found:
        return NONE
    number, columns = found[0]
    wrong = [f"unknown column {column!r}" for column in columns if column not in COLUMNS]
    wrong += [f"no column {column!r}" for column in NEEDED if columns.count(column) != 1]
    if wrong:
        said = f"line {number}: {', '.join(wrong)}; the first line names the columns"
        raise DataError(said, str(file), f"known: {', '.join(COLUMNS)}")
    rows, faults = [], []
    for number, cells in found[1:]:
        if len(cells) > len(columns):
            said = f"{len(cells)} cells, not {len(columns)}; part them with one tab each"
            faults.append(f"line {number}: {said}")
            continue
        cells += [""] * (len(columns) - len(cells))
        row, fault = _row(number, dict(zip(columns, cells, strict=True)))
        faults += [f"line {number}: {fault}"] if fault else []
        rows += [row] if row else []
    if faults:
        raise DataError("; ".join(faults), str(file), ADVICE)
    return Decisions(tuple(rows), str(file))


def merged(kind: str = "") -> str:
    """The rule of a merge; ``kind`` is that of the node that went into one of another kind.

    >>> merged("Honour")
    'merge by kg.merges.tsv (Honour)'
    """
    return f"{MERGED} ({kind})" if kind else MERGED


def decided(rule: str) -> tuple[str, str]:
    """The decision that a rule rests on, and the kind it tells; empty where there is none.

    >>> decided("merge by kg.merges.tsv (Honour)"), decided("post")
    (('merge', 'Honour'), ('', ''))
    """
    match = _RULE.fullmatch(rule)
    return (match[1], match[2] or "") if match else ("", "")


def cell(text: str) -> Cell:
    """A cell of the columns ``keep`` and ``merge``.

    >>> cell("李明 @ a.txt; b/c.txt")
    Cell(name='李明', kind='', paths=('a.txt', 'b/c.txt'))
    >>> cell("Policy:碧水行动").kind
    'Policy'
    """
    text = text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text  # held for spreadsheets
    named, *places = _PLACES.split(text, maxsplit=1)
    kind = match[1] if (match := _KIND.match(named)) and match[1] in ontology().kinds else ""
    name = named[len(kind) + 1 :] if kind else named
    paths = tuple(
        normalize("NFC", path.strip())
        for path in (places[0] if places else "").split(";")
        if path.strip()
    )
    return Cell(name.strip(), kind, paths)


def _row(number: int, row: Mapping[str, str]) -> tuple[Row | None, str]:
    """A row and what is wrong with it; neither where it decides nothing."""
    verb = VERBS.get(row["decision"].lower())
    if verb is None:
        return None, f"unknown decision {row['decision']!r}, known: {MERGE}, {APART}, {RENAME}, ?"
    if not verb:
        return None, ""
    kind = row["kind"]
    if kind not in ontology().kinds:
        return None, f"unknown kind {kind!r}"
    keep, merge = cell(row["keep"]), cell(row["merge"])
    for one in (kind, merge.kind or kind):
        if ontology().kind(one).layer != "entity" or one in UNSTEERED:
            return None, f"nodes of the kind {one} are not named, and cannot be steered"
    if not keep.name or not merge.name:
        return None, "keep and merge must each hold a name"
    if keep.kind or keep.paths:
        return None, "keep holds a plain name: kind and documents belong to merge"
    if merge.paths and verb == RENAME:
        return None, f"documents after @ go with {MERGE} and {APART} only"
    if keep.name == merge.name and not merge.paths and merge.kind in ("", kind):
        advice = f": say which documents mean another, as in {merge.name} @ a.txt"
        return None, f"keep and merge are the same{advice if verb == APART else ''}"
    return Row(number, verb, kind, keep, merge), ""

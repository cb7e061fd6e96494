"""Lexicons: a person's own names of things, read from a folder of TSV tables, checked strictly.

Columns: ``name`` and ``kind``, and where wanted ``aliases`` (several parted by ``;``), ``parent``
and ``note``. See docs/lexicons.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from unicodedata import category

from kg.errors import DataError
from kg.tables import lines, split

COLUMNS = ("name", "kind", "aliases", "parent", "note")
NEEDED = ("name", "kind")
NOTHING = "Nothing"  # kind of what only looks like a name
GUARD = "!"  # before an alias whose characters also meet by chance
LONGEST = 100  # characters of a name

BROADER = ("Concept", "Policy", "Campaign", "Honour", "Spirit")
# Kind of a row -> the predicate that leads to its parent ("" where there is none), and the
# kinds that a parent may be of.
PARENTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Person": ("memberOf", ("Organization",)),
    "Group": ("memberOf", ("Organization",)),
    "Organization": ("subOrganizationOf", ("Organization",)),
    "Place": ("containedInPlace", ("Place",)),
    "Event": ("superEvent", ("Event",)),
    **dict.fromkeys(BROADER, ("broader", BROADER)),
    "Role": ("", ()),
    "Work": ("", ()),
    "Law": ("", ()),
    NOTHING: ("", ()),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing: its name, its kind, its other names (``!`` still before the guarded ones)."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    place: str = ""  # file:line

    @property
    def rule(self) -> str:
        """What says so: the rule of all that this row gives."""
        return f"lexicon:{self.place}"

    @property
    def forms(self) -> Iterator[str]:
        """The name and the aliases, without marks."""
        yield self.name
        for alias in self.aliases:
            yield alias.removeprefix(GUARD)


@dataclass(frozen=True)
class Lexicon:
    """All entries of a folder, in order of file and line. Equal lexicons have equal digests."""

    digest: str = ""
    entries: tuple[Entry, ...] = field(default=(), compare=False)

    @cached_property
    def by_form(self) -> Mapping[str, Entry]:
        """The entry of every name and alias."""
        return {form: entry for entry in self.entries for form in entry.forms}

    def ancestors(self, entry: Entry) -> Iterator[str]:
        """Names of the parent, its parent, and so on, as far as the rows tell."""
        name = entry.parent
        while name:
            yield name
            above = self.by_form.get(name)
            name = above.parent if above else ""


EMPTY = Lexicon()


def load(folder: str | Path) -> Lexicon:
    """The lexicon in the ``*.tsv`` files of a folder; an empty one for no folder.

    Raises DataError that names every fault of every file with its line.
    """
    if not folder:
        return EMPTY
    path = Path(folder)
    files = sorted(path.glob("*.tsv"), key=lambda file: file.name) if path.is_dir() else []
    if not files:
        what = "holds no .tsv file" if path.is_dir() else "no such folder of lexicons"
        raise DataError(what, str(path), "see docs/lexicons.md")
    digest = sha256()
    check = _Check()
    for file in files:
        try:
            data = file.read_bytes()
        except OSError as error:
            check.fault(file.name, 0, f"cannot be read: {error.strerror}")
            continue
        digest.update(file.name.encode("utf-8", "surrogateescape") + b"\x1f" + data + b"\x1f")
        check.file(file.name, data)
    check.parents()
    if check.faults:
        raise DataError("; ".join(check.faults), str(path), "correct these lines")
    return Lexicon(digest.hexdigest(), tuple(check.entries))


def files_in(folder: str | Path, base: Path) -> frozenset[str]:
    """The tables of a lexicon that lies inside the folder ``base``, by their paths in it."""
    if not folder or base.resolve() not in Path(folder).resolve().parents:
        return frozenset()
    inside = Path(folder).resolve().relative_to(base.resolve())
    return frozenset((inside / file.name).as_posix() for file in Path(folder).glob("*.tsv"))


class _Check:
    """One pass over the files that collects entries and faults."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.faults: list[str] = []
        self._owners: dict[str, Entry] = {}

    def fault(self, name: str, number: int, text: str) -> None:
        self.faults.append(f"{name}:{number}: {text}" if number else f"{name}: {text}")

    def file(self, name: str, data: bytes) -> None:
        """Check a file's rows and keep those that hold a name."""
        try:
            found = list(lines(data.decode("utf-8-sig")))
        except UnicodeDecodeError as error:
            self.fault(name, 0, f"not UTF-8 at byte {error.start}")
            return
        if not found:
            self.fault(name, 0, f"empty; the first line names the columns: {', '.join(COLUMNS)}")
            return
        number, columns = found[0]
        wrong = [f"unknown column {column!r}" for column in columns if column not in COLUMNS]
        wrong += [f"no column {column!r}" for column in NEEDED if column not in columns]
        wrong += ["a column stands twice"] if len(set(columns)) < len(columns) else []
        if wrong:
            self.fault(name, number, f"{', '.join(wrong)}; known: {', '.join(COLUMNS)}")
            return
        for number, cells in found[1:]:
            if len(cells) > len(columns):
                said = f"{len(cells)} cells, not {len(columns)}; part them with one tab each"
                self.fault(name, number, said)
            else:
                cells += [""] * (len(columns) - len(cells))
                self._row(name, number, dict(zip(columns, cells, strict=True)))

    def _row(self, name: str, number: int, row: Mapping[str, str]) -> None:
        entry = Entry(
            row["name"],
            row["kind"],
            tuple(split(row.get("aliases", ""))),
            row.get("parent", ""),
            f"{name}:{number}",
        )
        for text in _faults(entry):
            self.fault(name, number, text)
        forms = list(entry.forms)
        for form in dict.fromkeys(forms):
            owner = self._owners.setdefault(form, entry)
            if form and owner is not entry:
                self.fault(name, number, f"{form!r} stands in {owner.place} too")
            elif forms.count(form) > 1:
                self.fault(name, number, f"{form!r} stands twice in the row")
        self.entries.append(entry)

    def parents(self) -> None:
        """Check what only all files together tell: whether each parent can be one."""
        for entry in self.entries:
            if not entry.parent or entry.kind not in PARENTS:
                continue
            place, _, number = entry.place.rpartition(":")
            for text in self._parent_faults(entry):
                self.fault(place, int(number), text)

    def _parent_faults(self, entry: Entry) -> Iterator[str]:
        predicate, kinds = PARENTS[entry.kind]
        parent = self._owners.get(entry.parent)
        if not predicate:
            yield f"a {entry.kind} has no parent"
        elif entry.parent in entry.forms:
            yield f"{entry.name!r} is its own parent"
        elif parent is not None and parent.name != entry.parent:
            yield f"the parent {entry.parent!r} is another name of {parent.name!r}: write that"
        elif parent is not None and parent.kind not in kinds:
            said = " or ".join(kinds)
            yield f"the parent {entry.parent!r} is a {parent.kind}, not a {said}"
        elif entry.name in _up(entry, self._owners):
            yield f"{entry.name!r} stands above itself"


def _faults(entry: Entry) -> Iterator[str]:
    """What is wrong with a row by itself."""
    if entry.kind not in PARENTS:
        yield f"unknown kind {entry.kind!r}, known: {', '.join(PARENTS)}"
    if entry.name.startswith(GUARD):
        yield f"{GUARD} stands before aliases only"
    for form in (*entry.forms, *([entry.parent] if entry.parent else [])):
        if len(form) < 2:
            yield f"{form!r} is too short for a name" if form else "an empty name"
        elif len(form) > LONGEST:
            yield f"{form[:12]!r}… has more than {LONGEST} characters"
        if any(category(character) in ("Cc", "Cs", "Cn") for character in form):
            yield f"{form!r} holds a character that no text shows"


def _up(entry: Entry, owners: Mapping[str, Entry]) -> Sequence[str]:
    """Names above an entry, up to the first that comes again."""
    found: list[str] = []
    name = entry.parent
    while name and name not in found:
        found.append(name)
        above = owners.get(name)
        name = above.parent if above else ""
    return found

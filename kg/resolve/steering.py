"""Steering: obeys what a person decided about nodes, checked against the corpus first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.decisions import ADVICE, APART, MERGE, PARTED, RENAME, RENAMED, Row, merged
from kg.errors import DataError
from kg.model import Entity, Mention, Relation
from kg.resolve.names import Naming
from kg.resolve.roll import place
from kg.resolve.roster import Node, Roster, node

LISTED = ("formula", "spirit")  # slugs of the kinds whose nodes the registry of lists makes


@dataclass(frozen=True, slots=True)
class Target:
    """Where a node goes by the decisions, and the rule that says so."""

    node: Node
    kind: str
    rule: str
    unnamed: bool  # whether the name of the node that goes there stands in no text


@dataclass(frozen=True)
class Steering:
    """Checked decisions, ready to be applied."""

    targets: Mapping[Node, Target] = field(default_factory=dict)
    split: frozenset[tuple[Node, str]] = frozenset()  # wordings that name nodes of their own
    namesakes: Mapping[tuple[Node, str], str] = field(default_factory=dict)  # path -> apart
    joined: frozenset[tuple[Node, str]] = frozenset()  # paths that mean the first of the name
    apart: tuple[tuple[Node, Node, str], ...] = ()  # what tells the second from a namesake

    def naming(self, path: str, mention: Mention, given: Naming) -> Naming:
        """What a mention in the document at ``path`` is called by the decisions."""
        own = node(given.kind, given.label)
        if (own, mention.name) in self.split:
            given = Naming(mention.kind, mention.name)
            own = node(given.kind, given.label)
        tells = self.namesakes.get((own, path))
        if tells is not None:
            return replace(given, apart=(tells,))
        if (own, path) in self.joined:
            given = replace(given, apart=())
        if given.apart:
            return given
        target = self.targets.get(own)
        if target is None:
            return given
        by_name = mention.name == given.label or target.unnamed or not given.rule
        rule = target.rule if by_name else given.rule
        label, alias = target.node.label, given.alias
        return Naming(target.kind, label, rule, alias, inferred=True, known=rule == RENAMED)

    def relations(self, entities: Mapping[str, Entity]) -> Iterator[Relation]:
        """That nodes which a person keeps apart differ, with a place that names each."""
        for first, second, tells in self.apart:
            one = entities.get(self._end(first).id())
            other = entities.get(second.id(tells) if tells else self._end(second).id())
            if one and other and one.mentions and other.mentions:
                evidence = tuple(sorted((one.mentions[0], other.mentions[0]), key=place))
                yield Relation(one.id, "differentFrom", other.id, evidence, PARTED, inferred=True)

    def _end(self, start: Node) -> Node:
        target = self.targets.get(start)
        return target.node if target else start


def steer(rows: Sequence[Row], roster: Roster, where: str, *, whole: bool) -> Steering:
    """What the rows come to over the nodes of ``roster``, which is changed by it.

    Where not the ``whole`` corpus was read, rows with unknown names are left out. Raises
    DataError that names every fault with its line.
    """
    plan = _Plan(roster, whole)
    for row in sorted(rows, key=lambda row: row.verb != APART):  # they make nodes of their own
        plan.take(row)
    found = plan.steering()
    if plan.faults:
        said = "; ".join(f"line {line}: {text}" for line, text in sorted(plan.faults))
        raise DataError(said, where, ADVICE)
    return found


class _Plan:
    """One pass over the rows that collects decisions and faults."""

    def __init__(self, roster: Roster, whole: bool) -> None:
        self.faults: list[tuple[int, str]] = []
        self._roster, self._whole = roster, whole
        self._into: dict[Node, tuple[Node, int]] = {}
        self._named: dict[Node, tuple[str, int]] = {}
        self._split: list[tuple[Node, str]] = []
        self._namesakes: dict[tuple[Node, str], str] = {}
        self._joined: set[tuple[Node, str]] = set()
        self._apart: list[tuple[Node, Node, str, int]] = []

    def take(self, row: Row) -> None:
        """Look up the names of a row and note what it decides, or what is wrong with it."""
        if row.verb == RENAME:
            old = self._find(row, row.kind, row.merge.name)
            if old:
                self._rename(row, old)
            return
        keep = self._find(row, row.kind, row.keep.name)
        if keep is None or self._parted(row, keep):
            return
        old = self._find(row, row.merge.kind or row.kind, row.merge.name)
        if old is None:
            return
        if old == keep:
            self._fault(row, f"{row.merge.name!r} and {row.keep.name!r} are one node already")
        elif row.verb == APART:
            self._apart.append((keep, old, "", row.line))
        else:
            self._merge(row, keep, old)

    def steering(self) -> Steering:
        """What all rows together come to; adds the faults that only all of them show."""
        targets: dict[Node, Target] = {}
        for start in (*self._into, *self._named):
            end = self._end(start)
            if end is None:
                continue
            known = self._roster.nodes[end]
            label, _ = self._named.get(end, (end.label, 0))
            other = self._roster.nodes[start].kind if start.slug != end.slug else ""
            rule = merged(other) if start in self._into else RENAMED
            unnamed = start.label not in self._roster.nodes[start].wordings
            targets[start] = Target(node(known.kind, label), known.kind, rule, unnamed)
        for keep, old, _, line in self._apart:
            if keep != old and self._end(keep) == self._end(old):
                self.faults.append((line, f"{keep.label!r} and {old.label!r} are merged as well"))
        apart = tuple((keep, old, tells) for keep, old, tells, _ in self._apart)
        split, joined = frozenset(self._split), frozenset(self._joined)
        return Steering(targets, split, self._namesakes, joined, apart)

    def _find(self, row: Row, kind: str, name: str) -> Node | None:
        found = self._roster.find(kind, name)
        if isinstance(found, Node):
            return found
        if self._whole:
            self._fault(row, found)
        return None

    def _fault(self, row: Row, text: str) -> None:
        self.faults.append((row.line, text))

    def _merge(self, row: Row, keep: Node, old: Node) -> None:
        goes, line = self._into.setdefault(old, (keep, row.line))
        if keep.slug != old.slug and (keep.slug in LISTED or old.slug in LISTED):
            self._fault(row, "formulas and spirits are merged with their like only")
        elif goes != keep:
            self._fault(row, f"{old.label!r} goes into {goes.label!r} by line {line} already")
        elif old in self._named:
            self._fault(row, f"{old.label!r} is renamed by line {self._named[old][1]}")

    def _rename(self, row: Row, old: Node) -> None:
        name = row.keep.name
        bearer = Node(old.slug, name)
        given, line = self._named.setdefault(old, (name, row.line))
        if bearer in self._roster.nodes:
            self._fault(row, f"{name!r} is the name of another node: merge them instead")
        elif given != name:
            self._fault(row, f"{old.label!r} is renamed {given!r} by line {line} already")
        elif old in self._into:
            goes, line = self._into[old]
            self._fault(row, f"{old.label!r} goes into {goes.label!r} by line {line}: rename that")
        elif any(
            n == name and o != old and o.slug == old.slug for o, (n, _) in self._named.items()
        ):
            self._fault(row, f"two nodes are renamed {name!r}: merge them first")

    def _parted(self, row: Row, keep: Node) -> bool:
        """Whether a row is about mentions of one node, rather than about two nodes."""
        name, known = row.merge.name, self._roster.nodes[keep]
        if row.merge.paths:
            self._namesake(row, keep)
            return True
        if row.verb != APART or name == keep.label or name not in known.wordings:
            return False
        if keep.slug in LISTED:
            self._fault(row, f"{name!r} and {keep.label!r} are one name in two writings")
            return True
        self._split.append((keep, name))
        self._apart.append((keep, self._roster.part(keep, name), "", row.line))
        return True

    def _namesake(self, row: Row, keep: Node) -> None:
        """A row that says whether a name means the same thing in some documents."""
        name, paths, known = row.merge.name, row.merge.paths, self._roster.nodes[keep]
        lost = [path for path in paths if path not in known.paths] if self._whole else []
        if name != row.keep.name or row.merge.kind:
            self._fault(row, f"before @ stands the name of the node itself, {row.keep.name!r}")
        elif keep.slug in LISTED:
            self._fault(row, "formulas and spirits are told apart by their lists")
        elif lost:
            self._fault(row, f"{keep.label!r} does not stand in {', '.join(lost)}")
        elif any((keep, path) in (*self._namesakes, *self._joined) for path in paths):
            self._fault(row, "one of these documents stands in another row of that name")
        elif row.verb == MERGE:
            self._joined.update((keep, path) for path in paths)
        elif not known.paths - set(paths):
            self._fault(row, f"these are all the documents that name {keep.label!r}")
        else:
            self._namesakes.update(((keep, path), paths[0]) for path in paths)
            self._apart.append((keep, keep, paths[0], row.line))

    def _end(self, start: Node) -> Node | None:
        """The node that a chain of merges ends in; None, and a fault, for a circle."""
        seen = [start]
        while (goes := self._into.get(seen[-1])) is not None:
            if goes[0] in seen:
                circle = seen[seen.index(goes[0]) :]
                line = max(self._into[one][1] for one in circle)
                said = " into ".join(repr(one.label) for one in (*circle, goes[0]))
                fault = (line, f"a circle: {said}")
                if not any(at == line and text.startswith("a circle") for at, text in self.faults):
                    self.faults.append(fault)
                return None
            seen.append(goes[0])
        return seen[-1]

"""Formulas: the registry that joins the names of formulas and spirits with their lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Entity, Evidence, Extraction, FormulaName, Mention, Relation, Scalar
from kg.resolve.formula_heads import is_generic, named_parts
from kg.resolve.formula_join import Joiner, Name
from kg.resolve.formula_lists import Placed, Version, placed, together, versions
from kg.resolve.formula_members import named
from kg.resolve.formula_nodes import Nodes

WHOLE = 300  # characters up to which a list is quoted as a whole
_GREAT = "伟大"  # great: the same spirit with and without it
_NUMERALS = str.maketrans("123456789", "一二三四五六七八九")


@dataclass(frozen=True)
class Registry:
    """Entities and relations of formulas, spirits and lists, and what their mentions stand for.

    ``ids`` maps (document id, mention) to an entity id.
    """

    entities: tuple[Entity, ...]
    ids: Mapping[tuple[str, Mention], str]
    relations: tuple[Relation, ...]


def register(extractions: Sequence[Extraction]) -> Registry:
    """The registry of a corpus. ``extractions`` are in order of path.

    A list beside a name is stated; one that stands elsewhere is joined by number and head
    and marked ``inferred``. No member comes from anywhere but a text of the corpus.
    """
    return _Register(extractions).made()


class _Register:
    """One run over a corpus."""

    def __init__(self, extractions: Sequence[Extraction]) -> None:
        self.extractions = extractions
        self.nodes = Nodes()
        self.ids: dict[tuple[str, Mention], str] = {}
        self.names = _names(extractions)
        self.beside: dict[str, list[Placed]] = defaultdict(list)
        self.parts: dict[str, list[Placed]] = defaultdict(list)
        self.contents: dict[str, list[Placed]] = defaultdict(list)
        self.unnamed: list[Placed] = []
        lists = placed(extractions)
        self.own = dict(named(extractions, lists))  # items that are something by themselves
        for made in lists:
            self._sort(made)
        self.by_keys: dict[tuple[str, ...], list[Placed]] = defaultdict(list)
        for made in self.unnamed:
            self.by_keys[made.keys].append(made)
        self.used: set[tuple[str, ...]] = set()

    def _sort(self, made: Placed) -> None:
        name = made.list.name
        if name is None:
            self.unnamed.append(made)
        elif name.kind == "Spirit":
            self.contents[_spirit_key(name.name)].append(made)
        elif made.list.partial or len(made.list.items) < _number(name):
            self.parts[_key(name)].append(made)
        elif len(made.list.items) == _number(name):
            self.beside[_key(name)].append(made)

    def made(self) -> Registry:
        self._spirits()
        joiner = Joiner(self.extractions, self.names, self.unnamed)
        for name in self.names.values():
            if is_generic(name.detail):
                self._generic(name)
            else:
                self._formula(name, joiner)
        self._enumerations()
        return Registry(self.nodes.entities(), self.ids, self.nodes.relations())

    # ---- formulas

    def _formula(self, name: Name, joiner: Joiner) -> None:
        found = _trusted(versions(self.beside[name.name]))
        joined = None if found else joiner.join(name)
        if found:
            versions_, rule = found, found[0].first.list.rule
        elif joined is not None:
            versions_, rule = [joined.version], joined.rule
        else:
            self._without_list(name)
            return
        chosen = max(versions_, key=lambda v: (v.date, len(v.places)))
        status = "conflicting" if len(versions_) > 1 else "complete"
        ident = self._named(name, name.mentions, status)
        self._list(ident, chosen, chosen.first.list.rule if found else rule, inferred=not found)
        for other in versions_:
            if other is not chosen:
                self._other_version(ident, name, other)

    def _named(
        self, name: Name, mentions: Iterable[tuple[int, Mention]], status: str, *apart: str
    ) -> str:
        attributes: dict[str, Scalar] = {"number": name.detail.number, "status": status}
        ident = self.nodes.add("Formula", name.name, (), *apart, attributes=attributes)
        for place, mention in mentions:
            document = self.extractions[place].document
            evidence = document.evidence(mention.span)
            self.nodes.add("Formula", name.name, evidence, *apart)
            self.nodes.alias(ident, mention.name, evidence)
            self.ids[document.id, mention] = ident
        return ident

    def _list(self, ident: str, version: Version, rule: str, *, inferred: bool) -> None:
        self.used.add(version.first.keys)
        whole = version.with_more(self.by_keys.get(version.first.keys, ()))
        self.nodes.members(
            ident, "hasMember", "Principle", whole, rule, inferred=inferred, own=self.own
        )

    def _other_version(self, ident: str, name: Name, version: Version) -> None:
        evidence = _name_evidence(version)
        attributes: dict[str, Scalar] = {"number": version.size}
        if version.date:
            attributes["issued"] = version.date
        other = self.nodes.add(
            "ListVersion", name.name, evidence, *version.texts, attributes=attributes
        )
        self._list(other, version, version.first.list.rule, inferred=False)
        self.nodes.relate(other, "variantOf", ident, evidence, "list-version")

    def _without_list(self, name: Name) -> None:
        parts = self.parts[name.name]
        ident = self._named(name, name.mentions, "partial" if parts else "unlisted")
        for made in parts:
            for index, item in enumerate(made.list.items):
                evidence = made.evidence(index)
                member = self.own.get(item.text) or self.nodes.add("Principle", item.text, evidence)
                self.nodes.relate(ident, "hasPart", member, evidence, made.list.rule)

    def _generic(self, name: Name) -> None:
        """A common noun with a number: every list is a formula of its own."""
        left = list(name.mentions)
        for version in _trusted(versions(self.beside[name.name])):
            inside = [(p, m) for p, m in left if p in version.places]
            own = {(made.place, made.list.name) for made in version.lists}
            mine = [pair for pair in inside if pair in own] or inside
            taken = set(mine)
            left = [pair for pair in left if pair not in taken]
            ident = self._named(name, mine, "complete", *version.texts)
            self._list(ident, version, version.first.list.rule, inferred=False)
        if left:
            self._named(name, left, "unlisted")

    # ---- spirits

    def _spirits(self) -> None:
        """Spirits with their content."""
        groups: dict[str, list[tuple[int, Mention]]] = defaultdict(list)
        for place, extraction in enumerate(self.extractions):
            for mention in extraction.mentions:
                if mention.kind == "Spirit":
                    groups[_spirit_key(mention.name)].append((place, mention))
        for key, mentions in groups.items():
            counts = Counter(mention.name for _, mention in mentions)
            label = min(counts, key=lambda name: (-counts[name], len(name), name))
            ident = self.nodes.add("Spirit", label, ())
            for place, mention in mentions:
                document = self.extractions[place].document
                evidence = document.evidence(mention.span)
                self.nodes.add("Spirit", label, evidence)
                self.nodes.alias(ident, mention.name, evidence)
                self.ids[document.id, mention] = ident
                self.own[mention.name] = ident
            self._content(ident, self.contents[key])

    def _content(self, ident: str, lists: Sequence[Placed]) -> None:
        known = versions(lists)
        if known:
            best = max(known, key=lambda v: (len(v.places), v.date))
            self.used.add(best.first.keys)
            whole = best.with_more(self.by_keys.get(best.first.keys, ()))
            self.nodes.members(ident, "hasContent", "Concept", whole, "spirit-content")

    # ---- unnamed lists

    def _enumerations(self) -> None:
        left = [lists for keys, lists in self.by_keys.items() if keys not in self.used]
        for version in together(left):
            lists = version.lists
            evidence = [e for made in lists for e in _list_evidence(made)]
            attributes: dict[str, Scalar] = {}
            if all(made.list.partial for made in lists):
                attributes["status"] = "partial"
            ident = self.nodes.add(
                "Enumeration", "、".join(version.texts), evidence, attributes=attributes
            )
            rule = version.first.list.rule
            self.nodes.members(ident, "hasMember", "Concept", version, rule, own=self.own)


def _names(extractions: Sequence[Extraction]) -> dict[str, Name]:
    """Formulas by name, in order of document and place."""
    found: dict[str, Name] = {}
    for place, extraction in enumerate(extractions):
        for mention in extraction.mentions:
            if not isinstance(mention.detail, FormulaName):
                continue
            for said in (mention, *named_parts(mention)):
                if said.kind == "Formula" and isinstance(said.detail, FormulaName):
                    name = found.setdefault(_key(said), Name(_key(said), said.detail))
                    name.mentions.append((place, said))
    return found


def _key(mention: Mention) -> str:
    """The name with Chinese numerals, under which its mentions come together."""
    return mention.name.translate(_NUMERALS) if mention.name[:1].isdigit() else mention.name


def _spirit_key(name: str) -> str:
    short = name.removeprefix(_GREAT)
    return short if len(short) > 3 else name


def _number(mention: Mention) -> int:
    return mention.detail.number if isinstance(mention.detail, FormulaName) else 0


def _trusted(found: Sequence[Version]) -> list[Version]:
    """The versions that are bound best; a list below a heading yields to one in the sentence."""
    if not found:
        return []
    best = min(version.rank for version in found)
    return [version for version in found if version.rank == best]


def _name_evidence(version: Version) -> tuple[Evidence, ...]:
    return tuple(
        evidence
        for made in version.lists
        if made.list.name is not None
        for evidence in made.extraction.document.evidence(made.list.name.span)
    )


def _list_evidence(made: Placed) -> tuple[Evidence, ...]:
    """The stretch that holds the list, or each item where the items stand far apart."""
    if len(made.list.span) <= WHOLE:
        return made.extraction.document.evidence(made.list.span)
    places = range(len(made.list.items))
    return tuple(evidence for index in places for evidence in made.evidence(index))

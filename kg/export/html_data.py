"""Data: the whole graph as the compact tables that the page reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import networkx as nx

from kg import edtf
from kg import graph as graphs
from kg.export.excerpt import WHOLE
from kg.export.html_opening import MEMBERS, Picture
from kg.export.html_quotes import Quotes
from kg.export.survey import date
from kg.model import Alias, Entity, Evidence, Relation, Scalar
from kg.ontology import ontology

LONG = ("text", "passages")  # attributes of documents that the page keeps apart

Json: TypeAlias = "Scalar | Sequence[Json] | Mapping[str, Json] | None"


@dataclass
class Tables:
    """Columns of the page's data. Numbers stand for rows of other tables, all from 0."""

    kinds: list[Json] = field(default_factory=list)  # name, zh, en, glyph, colour, layer, comments
    predicates: list[Json] = field(default_factory=list)  # name, zh, en
    rules: list[str] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)  # nodes, the oldest first
    ids: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    node_kinds: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    aliases: dict[str, Json] = field(default_factory=dict)  # node -> (name, rule, inferred, quotes)
    naming: dict[str, Json] = field(default_factory=dict)
    attributes: dict[str, Json] = field(default_factory=dict)
    mentions: list[list[int]] = field(default_factory=list)  # quotes of each node
    subjects: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    edge_predicates: list[int] = field(default_factory=list)
    edge_rules: list[int] = field(default_factory=list)
    inferred: list[int] = field(default_factory=list)  # relations that no text states outright
    quiet: list[int] = field(default_factory=list)  # relations drawn only around what is chosen
    qualifiers: dict[str, Json] = field(default_factory=dict)  # relation -> (key, value, is node)
    evidence: list[list[int]] = field(default_factory=list)  # quotes of each relation
    whole: list[int] = field(default_factory=list)  # documents, nodes, relations before an excerpt
    listings: dict[str, Json] = field(default_factory=dict)  # node -> passages that list it all
    quotes: list[tuple[int, ...]] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


def tables(graph: nx.MultiDiGraph, picture: Picture) -> dict[str, Json]:
    """Everything the page knows, ready for JSON."""
    found = Tables(whole=list(graph.graph.get(WHOLE, ())))
    order = list(picture.weights)
    rows = {ident: row for row, ident in enumerate(order)}
    documents = by_date(graph)
    found.documents = [rows[document.id] for document in documents]
    texts = {document.id: str(document.attributes.get("text", "")) for document in documents}
    quotes = Quotes(texts, {document.id: at for at, document in enumerate(documents)})
    writer = _Writer(found, rows, quotes)
    writer.ontology()
    for ident in order:
        writer.node(graphs.entity(graph, ident), picture.weights[ident])
    listed: dict[str, list[Evidence]] = defaultdict(list)
    for relation in graphs.relations(graph):
        writer.edge(relation, quiet=relation.id in picture.quiet)
        if relation.predicate in MEMBERS:
            listed[relation.subject].extend(relation.evidence)
    for ident, evidence in sorted(listed.items()):
        writer.listing(ident, evidence)
    found.quotes, found.sentences = list(quotes.rows), quotes.sentences
    return dict(vars(found))


def by_date(graph: nx.MultiDiGraph) -> list[Entity]:
    """The documents: by the first day of their dates, then by path; undated ones last."""
    return sorted(graphs.entities(graph, "Document"), key=_first_day)


def _first_day(document: Entity) -> tuple[str, str]:
    begin, _ = edtf.bounds(date(document))
    return begin or "~", str(document.attributes.get("path", document.name))


@dataclass
class _Writer:
    """Fills the tables row by row."""

    tables: Tables
    rows: Mapping[str, int]
    quotes: Quotes
    kinds: dict[str, int] = field(default_factory=dict)
    predicates: dict[str, int] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)

    def ontology(self) -> None:
        for kind in ontology().kinds.values():
            self.kinds[kind.name] = len(self.kinds)
            self.tables.kinds.append(
                (
                    kind.name,
                    kind.label_zh,
                    kind.label_en,
                    kind.glyph,
                    kind.colour,
                    kind.layer,
                    kind.comment_zh,
                    kind.comment_en,
                )
            )
        for predicate in ontology().predicates.values():
            self.predicates[predicate.name] = len(self.predicates)
            self.tables.predicates.append((predicate.name, predicate.label_zh, predicate.label_en))

    def node(self, entity: Entity, weight: float) -> None:
        row = str(len(self.tables.ids))
        self.tables.ids.append(entity.id)
        self.tables.names.append(entity.name)
        self.tables.node_kinds.append(self.kinds[entity.kind])
        self.tables.weights.append(round(weight, 2))
        self.tables.mentions.append(self._quotes(entity.mentions))
        if entity.aliases:
            self.tables.aliases[row] = [self._alias(alias) for alias in entity.aliases]
        if entity.naming:
            self.tables.naming[row] = self._alias(entity.naming)
        values = dict(sorted(entity.attributes.items()))
        if entity.kind == "Document":
            for key in LONG:
                values.pop(key, None)
        if values:
            self.tables.attributes[row] = values

    def edge(self, relation: Relation, *, quiet: bool) -> None:
        row = len(self.tables.subjects)
        self.tables.subjects.append(self.rows[relation.subject])
        self.tables.objects.append(self.rows[relation.object])
        self.tables.edge_predicates.append(self.predicates[relation.predicate])
        self.tables.edge_rules.append(self._rule(relation.rule))
        self.tables.evidence.append(self._quotes(relation.evidence))
        if relation.inferred:
            self.tables.inferred.append(row)
        if quiet:
            self.tables.quiet.append(row)
        if relation.qualifiers:
            self.tables.qualifiers[str(row)] = self._qualifiers(relation)

    def listing(self, ident: str, evidence: Iterable[Evidence]) -> None:
        """The passages that hold a list, with all its members marked."""
        places: dict[str, list[Evidence]] = defaultdict(list)
        for item in evidence:
            places[item.document_id].append(item)
        passages = [self.quotes.joint(places[document]) for document in sorted(places)]
        found: list[Json] = [passage for passage in passages if passage]
        if found:
            self.tables.listings[str(self.rows[ident])] = found

    def _qualifiers(self, relation: Relation) -> list[Json]:
        nodes = ontology().predicate(relation.predicate).node_qualifiers
        found: list[Json] = []
        for key, value in sorted(relation.qualifiers.items()):
            if key in nodes and str(value) in self.rows:
                found.append((key, self.rows[str(value)], True))
            else:
                found.append((key, value, False))
        return found

    def _alias(self, alias: Alias) -> Json:
        quotes = self._quotes(alias.evidence)
        return (alias.name, self._rule(alias.rule), int(alias.inferred), quotes)

    def _rule(self, rule: str) -> int:
        number = self.rules.setdefault(rule, len(self.rules))
        if number == len(self.tables.rules):
            self.tables.rules.append(rule)
        return number

    def _quotes(self, evidence: Iterable[Evidence]) -> list[int]:
        return list(dict.fromkeys(self.quotes.number(item) for item in evidence))

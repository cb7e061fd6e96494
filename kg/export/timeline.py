"""Timeline: what the texts date, by date: documents, events, letters, posts, figures, quotations.

``timeline.json`` is one JSON object: ``format`` (1), ``kinds`` (how many items there are of each
kind) and ``items``, one a line, by first day, last day, kind and label. An item has

- ``date``: EDTF as the graph has it; ``from``, ``until``: its first and last ISO day, ``""`` where
  open; ``approximate``: whether the date is (``2018-12~``);
- ``kind``: document, event, letter, post, statistic or quotation; ``what``: what the date is of:
  spoken, issued, held, sent, attested, held from … until, observed, said;
- ``id``: the node it is about (of a post, of the person); ``label``: in words;
- ``inferred``: whether a table or rule, not the text, gives the date;
- ``evidence``: places that say so, each ``{"document": path, "begin": , "end": , "quote": }`` in
  code points of the raw text; a document's own date has none but its ``source`` (manifest …).

What has no date with a year is left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg import edtf
from kg import graph as graphs
from kg.export import quotations, statistics
from kg.model import Entity, Evidence, Relation
from kg.settings import Settings

FORMAT = 1
KINDS = ("document", "event", "letter", "post", "statistic", "quotation")
_LABEL = 60  # characters of a quotation in a label
_LAST = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Item:
    """One dated thing; the fields are those of the file."""

    date: str
    begin: str
    end: str
    kind: str
    what: str
    id: str
    label: str
    inferred: bool = False
    evidence: tuple[tuple[str, int, int, str], ...] = ()  # path, begin, end, quote
    source: str = ""

    @property
    def order(self) -> tuple[str, str, int, str, str, str]:
        """By first day, last day, kind and label; what is open at its begin, by its end."""
        first = self.begin or self.end
        return first, self.end or _LAST, KINDS.index(self.kind), self.label, self.id, self.what


def items(graph: nx.MultiDiGraph) -> list[Item]:
    """Every dated thing of a graph, in order."""
    paths = {
        e.id: str(e.attributes.get("path", e.name)) for e in graphs.entities(graph, "Document")
    }
    found = [
        *_documents(graph),
        *_events(graph, paths),
        *_letters(graph, paths),
        *_posts(graph, paths),
        *_figures(graph),
        *_quotations(graph),
    ]
    return sorted(set(found), key=lambda i: (i.order, i.date, i.inferred, i.evidence, i.source))


def within(
    found: Iterable[Item], begin: str = "", end: str = "", kinds: Sequence[str] = ()
) -> Iterator[Item]:
    """Items of these kinds (none: of all) with a day from ``begin`` to ``end`` (ISO days)."""
    for item in found:
        early = begin and item.end and item.end < begin
        first = item.begin or item.end  # 截至2020年底 (up to the end of 2020) is no figure of 1900
        late = end and first > end
        if not early and not late and (not kinds or item.kind in kinds):
            yield item


def lines(graph: nx.MultiDiGraph, settings: Settings) -> Iterator[str]:
    """The file, line by line."""
    found = items(graph)
    counts = Counter(item.kind for item in found)
    head = {"format": FORMAT, "kinds": {kind: counts[kind] for kind in KINDS if counts[kind]}}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "items": ['
    for number, item in enumerate(found):
        row = json.dumps(as_data(item), ensure_ascii=False)
        yield ("," if number else "") + "\n" + row.encode("utf-8", "replace").decode("utf-8")
    yield "\n]}\n"


def as_data(item: Item) -> dict[str, Any]:
    """An item for programs, as the file has it."""
    row: dict[str, Any] = {
        "date": item.date,
        "from": item.begin,
        "until": item.end,
        "approximate": "~" in item.date or "?" in item.date,
        "kind": item.kind,
        "what": item.what,
        "id": item.id,
        "label": item.label,
        "inferred": item.inferred,
        "evidence": [
            {"document": path, "begin": begin, "end": end, "quote": quote}
            for path, begin, end, quote in item.evidence
        ],
    }
    return {**row, "source": item.source} if item.source else row


def _documents(graph: nx.MultiDiGraph) -> Iterator[Item]:
    for document in graphs.entities(graph, "Document"):
        for what in ("spoken", "issued"):
            date = str(document.attributes.get(what, ""))
            source = str(document.attributes.get(f"{what}Source", ""))
            yield from _item(date, "document", what, document, document.name, source=source)


def _events(graph: nx.MultiDiGraph, paths: Mapping[str, str]) -> Iterator[Item]:
    for event in graphs.entities(graph, "Event"):
        dated = graphs.outgoing(graph, event.id, "heldOn")
        date = str(event.attributes.get("edtf", ""))
        yield from _item(date, "event", "held", event, event.name, dated, paths)


def _letters(graph: nx.MultiDiGraph, paths: Mapping[str, str]) -> Iterator[Item]:
    for letter in graphs.entities(graph, "Message"):
        linked = graphs.outgoing(graph, letter.id)
        ends = {
            predicate: "、".join(
                str(graph.nodes[r.object]["name"]) for r in linked if r.predicate == predicate
            )
            for predicate in ("sender", "recipient")
        }
        dated = [relation for relation in linked if relation.predicate == "sentOn"]
        date = str(letter.attributes.get("edtf", ""))
        label = f"{ends['sender']} → {ends['recipient']}: {letter.name}"
        yield from _item(date, "letter", "sent", letter, label.lstrip(" →:"), dated, paths)


def _posts(graph: nx.MultiDiGraph, paths: Mapping[str, str]) -> Iterator[Item]:
    for post in graphs.relations(graph, "holdsPost"):
        given = post.qualifiers
        person = graphs.entity(graph, post.subject)
        body = str(given.get("organization", ""))
        place = str(graph.nodes[body]["name"]) if body in graph else ""
        label = f"{person.name}：{place}{graph.nodes[post.object]['name']}"
        first, last = str(given.get("from", "")), str(given.get("until", ""))
        if first or last:
            date = f"{first or '..'}/{last or '..'}"
            yield from _item(date, "post", "held from … until", person, label, [post], paths)
        else:
            date = str(given.get("asOf", ""))
            yield from _item(date, "post", "attested", person, label, [post], paths)


def _figures(graph: nx.MultiDiGraph) -> Iterator[Item]:
    for figure in statistics.figures(graph):
        parts = ("、".join(figure.who), figure.what, figure.wording)
        label = " ".join(part for part in parts if part)
        place = (figure.document, figure.begin, figure.end, figure.quote)
        begin, end = edtf.bounds(figure.when)
        if begin or end:
            yield Item(
                figure.when, begin, end, "statistic", "observed", figure.id, label,
                figure.inferred, (place,),
            )  # fmt: skip


def _quotations(graph: nx.MultiDiGraph) -> Iterator[Item]:
    for said in quotations.quotations(graph):
        begin, end = edtf.bounds(said.date)
        if begin or end:
            text = said.text if len(said.text) <= _LABEL else said.text[: _LABEL - 1] + "…"
            label = f"{'、'.join(said.speaker)}{said.verb}：{text}"
            place = (said.document, said.begin, said.end, said.quote)
            yield Item(
                said.date, begin, end, "quotation", "said", said.id, label, said.inferred, (place,)
            )


def _item(
    date: str,
    kind: str,
    what: str,
    entity: Entity,
    label: str,
    relations: Sequence[Relation] = (),
    paths: Mapping[str, str] | None = None,
    *,
    source: str = "",
) -> Iterator[Item]:
    """The item of a thing, where its date has a year."""
    begin, end = edtf.bounds(date)
    if not begin and not end:
        return
    stated = [relation for relation in relations if not relation.inferred]
    places = dict.fromkeys(e for r in stated or relations for e in r.evidence)
    evidence = tuple(_place(place, paths or {}) for place in places)
    inferred = bool(relations) and not stated
    yield Item(date, begin, end, kind, what, entity.id, label, inferred, evidence, source)


def _place(evidence: Evidence, paths: Mapping[str, str]) -> tuple[str, int, int, str]:
    path = paths.get(evidence.document_id, evidence.document_id)
    return path, evidence.begin, evidence.end, evidence.quote

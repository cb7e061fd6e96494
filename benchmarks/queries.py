"""Milliseconds of every ready query, on the seeds and on a synthetic graph. Run by ``make bench``.

They are milliseconds of processor time, in oxigraph, with every row fetched. The synthetic graph
is made of invented documents and goes through the project's own writer.
``python benchmarks/queries.py [TRIPLES]`` runs this table alone; the default is 1,000,000.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import networkx as nx
from pyoxigraph import RdfFormat, Store

import kg
from kg import graph
from kg.export import rdf, rdf_terms
from kg.model import Alias, Entity, Evidence, Relation, Scalar, document_id, entity_id, fingerprint
from kg.query import ready, titles
from kg.query.ready import Parameter, Ready
from kg.settings import Settings

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
TRIPLES = 1_000_000
PER_DOCUMENT = 1_340  # triples that one invented document gives, about
DIGITS = "甲乙丙丁戊己庚辛壬癸"
RUNS = 5
KNOWN = rdf_terms.prefixes(Settings().base_iri)
VALUES = {
    "since": "2015", "until": "2018", "kind": "Spirit", "least": "2", "part": "坚持",
    "status": "complete",
}  # fmt: skip
# Where a value for a parameter is found: by its name, or by query and name.
NAMED = "?x a {} ; skos:prefLabel ?value"
SOUGHT = {
    "name": NAMED.format("kg:Concept"),
    "members name": NAMED.format("kg:Formula"),
    "formula-uses name": NAMED.format("kg:Formula"),
    "versions name": NAMED.format("kg:Formula"),
    "spirits name": NAMED.format("kg:Spirit"),
    "bodies name": NAMED.format("org:FormalOrganization"),
    "units name": NAMED.format("org:FormalOrganization"),
    "body": NAMED.format("org:FormalOrganization"),
    "role": NAMED.format("org:Role"),
    "person": NAMED.format("foaf:Person"),
    "speaker": NAMED.format("foaf:Person"),
    "topic": NAMED.format("kg:Concept"),
    "work": NAMED.format("schema:CreativeWork"),
    "indicator": NAMED.format("kg:Indicator"),
    "unit": "?x schema:unitText ?value",
    "document": "?x dct:identifier ?value",
    "first": "?x dct:identifier ?value",
    "second": "?x dct:identifier ?value",
}


@dataclass
class Corpus:
    """Entities and relations of invented documents, as they grow."""

    kinds: dict[str, tuple[str, str, dict[str, Scalar]]] = field(default_factory=dict)
    aliases: dict[str, tuple[Alias]] = field(default_factory=dict)
    places: dict[str, dict[Evidence, None]] = field(default_factory=dict)
    edges: dict[tuple[str, str, str, tuple[tuple[str, Scalar], ...]], dict[Evidence, None]] = field(
        default_factory=dict
    )

    def entity(self, slug: str, kind: str, name: str, *places: Evidence, **given: Scalar) -> str:
        """An entity of that name, with one more place that names it; returns its id."""
        ident = entity_id(slug, name)
        self.kinds.setdefault(ident, (kind, name, given))
        self.places.setdefault(ident, {}).update(dict.fromkeys(places))
        return ident

    def statement(self, kind: str, name: str, *places: Evidence, **given: Scalar) -> str:
        """A node that is a statement; returns its id."""
        ident = "s/" + fingerprint(kind, name, *(f"{p.document_id}{p.begin}" for p in places))
        self.kinds.setdefault(ident, (kind, name, {"rule": kind.lower(), **given}))
        self.places.setdefault(ident, {}).update(dict.fromkeys(places))
        return ident

    def relate(self, one: str, predicate: str, two: str, place: Evidence, **given: Scalar) -> None:
        """A relation, or one more place that states it."""
        key = (one, predicate, two, tuple(sorted(given.items())))
        self.edges.setdefault(key, {})[place] = None

    def graph(self) -> nx.MultiDiGraph:
        """The whole as a graph."""
        entities = [
            Entity(ident, kind, name, self.aliases.get(ident, ()), given, tuple(self.places[ident]))
            for ident, (kind, name, given) in self.kinds.items()
        ]
        relations = [
            Relation(one, predicate, two, tuple(places), "rule", dict(given))
            for (one, predicate, two, given), places in self.edges.items()
        ]
        return graph.assemble(entities, relations)


@dataclass
class Writing:
    """One invented document as it is written; ``put`` tells where its words stand."""

    ident: str
    parts: list[str] = field(default_factory=list)
    length: int = 0

    def put(self, words: str) -> Evidence:
        begin, self.length = self.length, self.length + len(words)
        self.parts.append(words)
        return Evidence(self.ident, begin, self.length, words)

    def since(self, begin: int) -> Evidence:
        """All that was written from an offset on."""
        text = "".join(self.parts)
        return Evidence(self.ident, begin, len(text), text[begin:])


def synthetic(triples: int) -> nx.MultiDiGraph:
    """A graph of about that many triples over invented documents, always the same."""
    corpus, size = Corpus(), max(triples // PER_DOCUMENT, 2)
    before: Evidence | None = None
    for at in range(size):
        path = f"{at:06}.txt"
        writing = Writing(document_id(path))
        day = f"{2000 + at % 25}-{at % 12 + 1:02}-{at % 28 + 1:02}"
        for turn in range(6):
            _paragraph(corpus, writing, at * 6 + turn, size)
        before = _repeat(corpus, writing, before, at)
        text = "".join(writing.parts)
        given: dict[str, Scalar] = {"path": path, "issued": day, "text": text}
        corpus.kinds[writing.ident] = ("Document", f"文献{name(at)}", given)
        corpus.places[writing.ident] = {}
    _introductions(corpus)
    return corpus.graph()


def name(number: int) -> str:
    """A number in Chinese signs that are no numerals: an invented name."""
    return "".join(DIGITS[int(digit)] for digit in str(number))


def _paragraph(corpus: Corpus, writing: Writing, at: int, size: int) -> None:
    _formula(corpus, writing, at, at % (size // 2 + 1))
    put, entity = writing.put, corpus.entity
    begin = writing.length
    body = entity("organization", "Organization", b := f"机构{name(at % (size + 7))}", put(b))
    if body not in corpus.aliases:
        other = Alias(b.replace("机构", "简称"), (writing.since(begin),), "rule")
        corpus.aliases[body] = (other,)
    role = entity("role", "Role", r := f"职务{name(at % 40)}", put(r))
    person = entity("person", "Person", p := f"人物{name(at % (size * 3 + 1))}", put(p))
    corpus.relate(
        person, "holdsPost", role, writing.since(begin), organization=body,
        asOf=f"{2000 + at % 25}",
    )  # fmt: skip
    upper = entity("organization", "Organization", f"机构{name(at % (size + 7) // 10)}")
    if upper != body:
        corpus.relate(body, "unitOf", upper, writing.since(begin))
    put("指出：")
    said = put(f"事项{name(at)}是长远之计")
    begin = said.begin
    topic = entity("concept", "Concept", c := f"概念{name(at % 60)}", put(c))
    other = entity("concept", "Concept", c := f"概念{name(at * 7 % 59)}", put(c))
    saying = corpus.statement("Quotation", said.quote, said, text=said.quote, verb="指出")
    corpus.relate(saying, "spokenBy", person, said)
    corpus.relate(saying, "about", topic, said)
    if other != topic:
        corpus.relate(
            min(topic, other), "related", max(topic, other), writing.since(begin), weight=2
        )
    put("。")
    _facts(corpus, writing, at, size, body)
    _deeds(corpus, writing, at, person)


def _formula(corpus: Corpus, writing: Writing, at: int, which: int) -> None:
    number = which % 5 + 3
    label = f"{number}个坚持{name(which)}"
    formula = corpus.entity(
        "formula", "Formula", label, writing.put(label), number=number, status="complete"
    )
    writing.put("：")
    for position in range(1, number + 1):
        words = f"坚持{name(which)}第{name(position)}"
        place = writing.put(words)
        member = corpus.entity("principle", "Principle", words, place)
        corpus.relate(formula, "hasMember", member, place, position=position)
    writing.put("。")


def _facts(corpus: Corpus, writing: Writing, at: int, size: int, body: str) -> None:
    put, entity = writing.put, corpus.entity
    begin, year = writing.length, 2000 + at % 25
    thing = entity("indicator", "Indicator", i := f"指标{name(at % 200)}", put(i))
    put(f"{at % 97}.{at % 10}万户")
    place = writing.since(begin)
    figure = corpus.statement(
        "Statistic", place.quote, place, value=at % 97 + at % 10 / 10, unitText="万户",
        valueText=f"{at % 97}.{at % 10}", baseValue=at % 97 * 10_000, edtf=str(year),
    )  # fmt: skip
    corpus.relate(figure, "measuredProperty", thing, place)
    corpus.relate(figure, "observationAbout", body, place)
    begin = writing.length
    event = entity(
        "event", "Event", e := f"会议{name(at % (size * 2))}", put(e), edtf=f"{year}-03-05"
    )
    city = entity("place", "Place", p := f"地方{name(at % 300)}", put(p))
    corpus.relate(event, "location", city, writing.since(begin))
    day = entity("time", "Time", d := f"{year}年3月5日", put(d), edtf=f"{year}-03-05")
    corpus.relate(event, "heldOn", day, writing.since(begin))
    law = entity("work", "Law", w := f"条例{name(at % 500)}", place := put(w))
    corpus.relate(writing.ident, "cites", law, place)
    put("。")


def _deeds(corpus: Corpus, writing: Writing, at: int, person: str) -> None:
    """An honour, a letter, the content of a spirit: one of them in each paragraph."""
    put, entity, begin = writing.put, corpus.entity, writing.length
    if at % 3 == 0:
        medal = entity("honour", "Honour", h := f"奖章{name(at % 100)}", put(h))
        corpus.relate(person, "honour", medal, writing.since(begin))
    elif at % 3 == 1:
        group = entity("group", "Group", g := f"班组{name(at % 200)}", put(g))
        letter = corpus.statement("Message", g, writing.since(begin), edtf=str(2000 + at % 25))
        corpus.relate(letter, "sender", person, writing.since(begin))
        corpus.relate(letter, "recipient", group, writing.since(begin))
    else:
        spirit = entity("spirit", "Spirit", s := f"精神{name(at % 50)}", put(s))
        for position in (1, 2, 3):
            place = put(f"内涵{name(at % 50)}第{name(position)}")
            content = entity("concept", "Concept", place.quote, place)
            corpus.relate(spirit, "hasContent", content, place, position=position)
    put("。")


def _repeat(corpus: Corpus, writing: Writing, before: Evidence | None, at: int) -> Evidence:
    begin = writing.length
    writing.put(f"共同的一句话{name(at // 3)}，各份文献都照样写下。")
    place = writing.since(begin)
    if before is not None and before.quote == place.quote:
        reuse = corpus.statement("Reuse", place.quote, before, place, score=1.0)
        corpus.relate(reuse, "earlier", before.document_id, before)
        corpus.relate(reuse, "later", writing.ident, place)
    return place


def _introductions(corpus: Corpus) -> None:
    dates = {
        ident: (str(given["issued"]), ident)
        for ident, (kind, _, given) in corpus.kinds.items()
        if kind == "Document"
    }
    for ident, places in list(corpus.places.items()):
        if places and not ident.startswith("s/"):
            first = min(places, key=lambda place: dates[place.document_id])
            corpus.relate(first.document_id, "introduces", ident, first)


def stores(triples: int) -> Iterator[tuple[str, Store]]:
    """The seeds and the synthetic graph, each loaded, with a title that tells its size."""
    for title, make in (
        ("seeds", lambda: kg.build(SEEDS).networkx),
        ("synthetic", lambda: synthetic(triples)),
    ):
        store = Store()
        with rdf.spooled(make(), Settings()) as lines:
            store.bulk_load("".join(lines).encode(), RdfFormat.N_TRIPLES)
        yield f"{title}, {len(store):,} triples", store


def asked(store: Store, question: Ready) -> Iterator[dict[str, str]]:
    """What a question is asked: as little as it takes, then with each parameter of its own."""
    needed = {p.name: value(store, question, p) for p in question.parameters if p.required}
    yield needed
    for parameter in question.parameters:
        if not parameter.required:
            yield {**needed, parameter.name: value(store, question, parameter)}


def value(store: Store, question: Ready, parameter: Parameter) -> str:
    """A value that the graph has an answer to."""
    if parameter.type != "label" and parameter.name in VALUES:
        return VALUES[parameter.name]
    pattern = SOUGHT.get(f"{question.name} {parameter.name}") or SOUGHT[parameter.name]
    text = f"SELECT ?value {{ {pattern} }} ORDER BY ?value LIMIT 2"
    rows = list(store.query(text, prefixes=KNOWN))
    return str(rows[-1 if parameter.name == "second" else 0]["value"].value)


def milliseconds(store: Store, text: str) -> tuple[float, int]:
    """Median processor time of a query, after one run that warms up, and its number of rows."""
    spent, rows = [], 0
    for run in range(RUNS + 1):
        started = time.process_time()
        rows = sum(1 for _ in store.query(text, prefixes=KNOWN))
        if run:
            spent.append((time.process_time() - started) * 1000)
    return statistics.median(spent), rows


def table(triples: int) -> Iterator[str]:
    """A line for each graph, and one for each query: rows and milliseconds."""
    for title, store in stores(triples):
        yield f"ready queries ({title}){'rows':>{46 - len(title)}}{'ms':>10}"
        for name in titles():
            question = ready(name)
            for given in asked(store, question):
                spent, rows = milliseconds(store, question.filled(given))
                shown = " ".join([name, *given])
                yield f"{shown:<55}{rows:>7,}{spent:>10.1f}"


if __name__ == "__main__":
    for line in table(int(sys.argv[1]) if len(sys.argv) > 1 else TRIPLES):
        print(line, flush=True)

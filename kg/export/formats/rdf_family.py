"""RDF family: the triples of an export as JSON-LD, TriG, RDF 1.2 and compressed shards."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any

import networkx as nx

from kg.export import rdf, rdf_terms
from kg.namespaces import NIF, PROV, RDF
from kg.settings import Settings

SHARD = 1_000_000  # triples of a shard
_TRIPLE = re.compile(r"(<[^>]*>) (<[^>]*>) (.*) \.\n")
_PARTS = {f"<{RDF}{name}>": name for name in ("subject", "predicate", "object")}
_TYPE = f"<{RDF}type> <{RDF}Statement> .\n"


def json_ld(graph: nx.MultiDiGraph, settings: Settings) -> Mapping[str, bytes]:
    """``graph.jsonld``: one object a subject, IRIs shortened by the prefixes of the context."""
    from pyoxigraph import RdfFormat, parse, serialize

    data = rdf.render_nt(graph, settings).encode()
    triples = (quad.triple for quad in parse(data, RdfFormat.N_TRIPLES, lenient=True))
    expanded = json.loads(serialize(triples, format=RdfFormat.JSON_LD) or b"[]")
    prefixes = dict(sorted(rdf_terms.prefixes(settings.base_iri).items()))
    # The longest first: an instance's IRI may begin as a vocabulary's does.
    shorts = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))

    def short(iri: str) -> str:
        for prefix, start in shorts:
            if iri.startswith(start) and iri != start:
                return f"{prefix}:{iri.removeprefix(start)}"
        return iri

    document = {"@context": prefixes, "@graph": [_compact(node, short) for node in expanded]}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return {"graph.jsonld": text.encode() + b"\n"}


def trig(graph: nx.MultiDiGraph, settings: Settings) -> Mapping[str, bytes]:
    """``graph.trig``: what one document alone says stands in the graph named by its IRI.

    That is the document itself, its passages, and the statements derived from no other. What
    several say, and the things they speak of, stand in the default graph.
    """
    from pyoxigraph import RdfFormat, parse, serialize

    lines = rdf.triples(graph, settings)
    owners = _owners(lines)
    quads = "".join(
        f"{line[:-3]} {owner} .\n" if (owner := owners.get(_subject(line))) else line
        for line in lines
    )
    found = sorted(
        parse(quads.encode(), RdfFormat.N_QUADS, lenient=True),
        key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)),
    )
    prefixes = dict(sorted(rdf_terms.prefixes(settings.base_iri).items()))
    data = serialize(found, format=RdfFormat.TRIG, prefixes=prefixes) or b""
    return {"graph.trig": _ordered_head(data)}


def rdf12(graph: nx.MultiDiGraph, settings: Settings) -> Mapping[str, bytes]:
    """``graph.rdf12.nt``: each rdf:Statement as the reifier of a triple term.

    ``s rdf:reifies <<( subject predicate object )>>`` takes the place of the four triples of
    RDF 1.1 reification; all else is the same. rdflib cannot read it yet.
    """
    out: list[str] = []
    for _, lines in groupby(rdf.triples(graph, settings), key=_subject):
        out.extend(_reified(list(lines)))
    return {"graph.rdf12.nt": "".join(out).encode()}


def shards(graph: nx.MultiDiGraph, settings: Settings) -> Mapping[str, bytes]:
    """``nt/part-00000.nt.gz`` …: the sorted triples, a million to a file."""
    lines = iter(rdf.triples(graph, settings))
    found = {}
    for number in range(1 << 30):
        part = "".join(islice(lines, SHARD))
        if not part and number:
            break
        # No time in the header: the same triples give the same bytes.
        found[f"nt/part-{number:05}.nt.gz"] = gzip.compress(part.encode(), 6, mtime=0)
    return found


def _compact(value: Any, short: Callable[[str], str]) -> Any:
    """Expanded JSON-LD with short IRIs; a list of one stands for itself."""
    if isinstance(value, list):
        found = [_compact(item, short) for item in value]
        return found[0] if len(found) == 1 else found
    if not isinstance(value, dict):
        return value
    if value.keys() == {"@value"}:
        return value["@value"]
    compact: dict[str, Any] = {}
    for key, item in value.items():
        if key == "@id":
            compact[key] = short(item)
        elif key == "@type":
            types = [item] if isinstance(item, str) else item
            shorter = [short(name) for name in types]
            compact[key] = shorter[0] if len(shorter) == 1 else shorter
        elif key.startswith("@"):
            compact[key] = item
        else:
            compact[short(key)] = _compact(item, short)
    return compact


def _subject(line: str) -> str:
    return line[: line.index(" ")]


def _owners(lines: Iterable[str]) -> Mapping[str, str]:
    """The document that alone speaks in a subject: of a passage, a statement, a document."""
    document: dict[str, str] = {}
    derived: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        subject, predicate, value = _split(line)
        if predicate == f"<{NIF}referenceContext>":
            document[subject] = value
        elif predicate == f"<{PROV}wasDerivedFrom>":
            derived[subject].add(value)
    owners = dict(document)
    owners.update((value, value) for value in document.values())
    for subject, passages in derived.items():
        sources = {document.get(passage, "") for passage in passages}
        if len(sources) == 1 and "/s/" in subject:
            owners[subject] = sources.pop()
    return owners


def _reified(lines: list[str]) -> Iterator[str]:
    """The triples of one subject, with a triple term where it is a statement about one."""
    parts: dict[str, str] = {}
    rest = []
    for line in lines:
        _, predicate, value = _split(line)
        if predicate in _PARTS:
            parts[_PARTS[predicate]] = value
        elif not line.endswith(_TYPE):
            rest.append(line)
    if len(parts) < len(_PARTS):
        return iter(lines)
    term = f"<<( {parts['subject']} {parts['predicate']} {parts['object']} )>>"
    return iter(sorted([*rest, f"{_subject(lines[0])} <{RDF}reifies> {term} .\n"]))


def _split(line: str) -> tuple[str, str, str]:
    found = _TRIPLE.fullmatch(line)
    assert found, "N-Triples as the export writes them"
    return found[1], found[2], found[3]


def _ordered_head(data: bytes) -> bytes:
    """The prefixes in order of name; the serialiser's own are in the order of a hash table."""
    head = []
    while data.startswith(b"@prefix"):
        end = data.index(b"\n") + 1
        head.append(data[:end])
        data = data[end:]
    return b"".join(sorted(head)) + data

"""Shapes: what holds of every graph (SHACL), from ``data/shapes.ttl`` and from the ontology.

The ontology tells of what kinds the subjects and objects of a predicate are; the shapes that
demand it are made from it, so that a new predicate needs no second entry.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from kg.ontology import ontology

AGAIN = "build again; the graph was changed after kg wrote it"
FACTS = ("binary", "part")  # shapes of predicates whose direct triple a statement may be about
# Beside the predicates: what statements are about, and what leads from node to node.
TOLD = ("skos:prefLabel", "skos:altLabel", "kg:edtf", "schema:startDate", "schema:endDate")
LINKS = (
    "itsrdf:taIdentRef", "nif:referenceContext", "org:member", "org:organization", "org:role",
    "prov:wasDerivedFrom", "rdf:subject", "schema:item", "schema:itemListElement",
)  # fmt: skip
_PREFIX = re.compile(r"@prefix (\w+): <([^>]+)> \.")


@cache
def source() -> str:
    """The shapes as Turtle, as they are published beside an export."""
    text = (files("kg") / "data" / "shapes.ttl").read_text("utf-8")
    return (
        text + "\n# ---- made from the ontology\n" + "\n".join(_made(dict(_PREFIX.findall(text))))
    )


def _made(prefixes: Mapping[str, str]) -> Iterator[str]:
    """Shapes of statements, of links, and of the ends of every predicate."""
    found = ontology().predicates.values()
    short = {p.name: _short(p.iri, prefixes) for p in found}
    about = _listed([*TOLD, *(short[p.name] for p in found if p.shape in FACTS)])
    yield _property(
        "statement-predicate", "rdf:predicate",
        f"sh:minCount 1 ; sh:maxCount 1 ; sh:in ( {about} )",
        "a statement is about one property that facts of a graph have",
        "陈述应针对图中事实所用的一个属性",
    )  # fmt: skip
    links = _listed([*LINKS, *short.values()], " , ")
    yield (
        f"shape:known a sh:NodeShape ; sh:targetObjectsOf {links} ;\n  sh:nodeKind sh:IRI ; "
        f"{_said('a node is spoken of that has no IRI', '图中有没有 IRI 的节点')} ;\n"
        "  sh:property shape:known-kind ."
    )
    yield _property(
        "known-kind", "rdf:type", "sh:minCount 1",
        "a node is spoken of that the graph does not hold", "图中提到的节点不存在",
    )  # fmt: skip
    facts = [short[p.name] for p in found if p.shape == "binary" and p.name != "hasPart"]
    yield _stated(["skos:altLabel", *facts])
    yield from _ends(prefixes)


def _ends(prefixes: Mapping[str, str]) -> Iterator[str]:
    """Of each property: of what kinds the subjects and the objects of its predicates are."""
    kinds = ontology().kinds.keys()
    subjects: dict[str, set[str]] = defaultdict(set)
    objects: dict[str, set[str]] = defaultdict(set)
    for predicate in ontology().predicates.values():
        if predicate.shape != "membership":  # written as a node of its own
            subjects[predicate.iri] |= predicate.subjects & kinds
            objects[predicate.iri] |= predicate.objects & kinds
    for iri in sorted(subjects):
        name, path = re.split("[/#]", iri)[-1], _short(iri, prefixes)
        if ends := subjects[iri]:
            text, text_zh = _labels(ends)
            said = _said(f"{path} is said of: {text}", f"{path} 的主语应为{text_zh}")
            yield (
                f"shape:of-{name} a sh:NodeShape ; sh:targetSubjectsOf {path} ;\n"
                f"  {_classes(ends, prefixes)} ;\n  {said} ."
            )
        if ends := objects[iri]:
            text, text_zh = _labels(ends)
            yield f"shape:with-{name} a sh:NodeShape ; sh:targetSubjectsOf {path} ;"
            yield f"  sh:property shape:to-{name} ."
            yield _property(
                f"to-{name}", path, _classes(ends, prefixes),
                f"{path} leads to: {text}", f"{path} 的宾语应为{text_zh}",
            )  # fmt: skip


def _stated(properties: Iterable[str]) -> str:
    """Facts whose direct triple needs a statement that leads to the evidence."""
    cases = "\n      UNION ".join(f"{{ ?value {p} ?o BIND({p} AS ?p) }}" for p in properties)
    said = _said("a fact has no statement that leads to its evidence", "事实缺少带证据的陈述")
    return f'''shape:fact-statement a sh:NodeShape ; sh:targetNode <https://example.org/kg/ns> ;
  sh:sparql shape:fact-statement-query .
shape:fact-statement-query a sh:SPARQLConstraint ; sh:prefixes <https://example.org/kg/shapes> ;
  {said} ;
  sh:select """
    SELECT $this ?value WHERE {{
      {cases}
      FILTER NOT EXISTS {{ ?s rdf:subject ?value ; rdf:predicate ?p ; rdf:object ?o }}
    }}""" .'''


def _property(name: str, path: str, rules: str, text: str, text_zh: str) -> str:
    return (
        f"shape:{name} a sh:PropertyShape ; sh:path {path} ;\n  {rules} ;\n"
        f"  {_said(text, text_zh)} ."
    )


def _said(text: str, text_zh: str) -> str:
    return f'sh:message "{text}"@en , "{text_zh}"@zh ; rdfs:comment "{AGAIN}"'


def _labels(kinds: Iterable[str]) -> tuple[str, str]:
    found = [kind for name, kind in ontology().kinds.items() if name in set(kinds)]
    return ", ".join(k.label_en.lower() for k in found), "、".join(k.label_zh for k in found)


def _classes(kinds: Iterable[str], prefixes: Mapping[str, str]) -> str:
    """A thing of one of the kinds, known by the first class of each."""
    wanted = set(kinds)
    names = [_short(kind.types[0], prefixes) for n, kind in ontology().kinds.items() if n in wanted]
    return f"sh:or ( {' '.join(f'[ sh:class {name} ]' for name in names)} )"


def _listed(names: Iterable[str], sign: str = " ") -> str:
    return sign.join(dict.fromkeys(names))


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    fits = max((p for p in prefixes.items() if iri.startswith(p[1])), key=lambda p: len(p[1]))
    return f"{fits[0]}:{iri.removeprefix(fits[1])}"

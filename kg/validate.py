"""Validate: hold the Turtle of an export against the shapes of the vocabulary (SHACL)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import shapes
from kg.errors import OutputError, UsageError, extra
from kg.namespaces import DCT, NIF, PROV, RDF, RDFS, SH, SKOS
from kg.query import prefixes, to_rdflib

if TYPE_CHECKING:
    import rdflib

SHAPES = "https://example.org/kg/shapes#"
SHOWN = 40  # characters of a value or name that a fault repeats


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong, where, and what to do; ``node`` is the IRI of the node at fault."""

    shape: str  # local name in shapes.ttl
    where: str  # for people: a document with offsets, a kind with a name
    node: str
    what: str
    what_zh: str
    value: str  # the value at fault, empty when one is missing
    do: str

    def __str__(self) -> str:
        found = f": {self.value}" if self.value else ""
        return f"{self.where}: {self.what}{found} ({self.do}) [{self.shape}]"


@dataclass(frozen=True)
class Report:
    """How many triples were checked, and what is wrong, by shape and place."""

    triples: int
    faults: tuple[Fault, ...]


def validate(folder: Path) -> Report:
    """Check the export in ``folder`` against the shapes.

    Raises UsageError when pyshacl is not installed, OutputError when there is no graph or it
    is damaged.
    """
    try:
        import pyshacl
    except ImportError:
        advice = extra("validate")
        raise UsageError("pyshacl is not installed", "kg validate", advice) from None
    import rdflib

    known = prefixes(folder)
    try:
        graph = to_rdflib(folder)
    except SyntaxError as error:
        reason = " ".join(str(error).split())[:200]
        raise OutputError(f"a damaged graph: {reason}", str(folder), "build again") from None
    demanded = _demanded()
    logging.getLogger("pyshacl.validate").setLevel(logging.CRITICAL)
    _, results, _ = pyshacl.validate(graph, shacl_graph=demanded, inference="none", inplace=True)
    if not isinstance(results, rdflib.Graph):
        raise OutputError("the graph could not be validated", str(folder), str(results))
    faults = set(_faults(_Places(graph, known), demanded, results))
    return Report(len(graph), tuple(sorted(faults)))


@cache
def _demanded() -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(data=shapes.source(), format="turtle")


def _faults(places: _Places, demanded: rdflib.Graph, results: rdflib.Graph) -> Iterator[Fault]:
    from rdflib import RDF as TYPES
    from rdflib import URIRef

    for result in results.subjects(TYPES.type, URIRef(SH + "ValidationResult")):
        given = {str(key): value for key, value in results.predicate_objects(result)}
        query = given.get(SH + "sourceConstraint")
        shape = query if query is not None else given[SH + "sourceShape"]
        value = given.get(SH + "value")
        node = value if query is not None and value is not None else given[SH + "focusNode"]
        said = [str(m) for m in results.objects(result, URIRef(SH + "resultMessage"))]
        said.sort(key=_is_chinese)  # pyshacl drops the language of a message with values in it
        yield Fault(
            shape=str(shape).removeprefix(SHAPES).removesuffix("-query"),
            where=places.of(node),
            node=str(node),
            what=said[0],
            what_zh=said[-1],
            value=_short(places.short(value)) if value is not None and value != node else "",
            do=str(demanded.value(shape, URIRef(RDFS + "comment")) or ""),
        )


@dataclass(frozen=True)
class _Places:
    """Where the nodes of a graph stand, told for people."""

    graph: rdflib.Graph
    prefixes: dict[str, str]

    def of(self, node: Any) -> str:
        """A passage by document and offsets, a named thing by kind and name, else its IRI."""
        if self._value(node, NIF + "referenceContext") or self._value(node, NIF + "beginIndex"):
            return self._passage(node)
        if path := self._value(node, DCT + "identifier"):
            return f"document {path}"
        kinds = sorted(self.short(kind) for kind in self._all(node, RDF + "type"))
        kind = next((k for k in kinds if not k.startswith(("skos:", "schema:ItemList"))), "")
        kind = kind or (kinds[0] if kinds else "no kind")
        if name := self._value(node, SKOS + "prefLabel"):
            return f"{kind} {_short(str(name))} ({self.short(node)})"
        passages = sorted(map(self._passage, self._all(node, PROV + "wasDerivedFrom")))
        return f"{kind} {self.short(node)}" + (f" at {passages[0]}" if passages else "")

    def short(self, node: Any) -> str:
        """An IRI with its prefix; a literal as it is."""
        from rdflib import URIRef

        text = str(node)
        if not isinstance(node, URIRef):
            return text
        fits = [(iri, name) for name, iri in self.prefixes.items() if text.startswith(iri)]
        return f"{max(fits)[1]}:{text.removeprefix(max(fits)[0])}" if fits else text

    def _passage(self, node: Any) -> str:
        document = self._value(node, NIF + "referenceContext")
        path = self._value(document, DCT + "identifier") if document else None
        begin, end = (self._value(node, NIF + key) for key in ("beginIndex", "endIndex"))
        if path is None or begin is None or end is None:
            return f"passage {self.short(node)}"
        return f"{path}:{begin}-{end}"

    def _value(self, node: Any, predicate: str) -> Any:
        return min(self._all(node, predicate), default=None)

    def _all(self, node: Any, predicate: str) -> list[Any]:
        from rdflib import URIRef

        return sorted(self.graph.objects(node, URIRef(predicate)))


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"

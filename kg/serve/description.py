"""Description: what the endpoint tells of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Mapping

from kg.namespaces import RDF, SD
from kg.query.sparql import Result, Term

FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip


def describe(endpoint: str, prefixes: Mapping[str, str]) -> Result:
    """The triples of the description of the service at the URL ``endpoint``."""
    service, dataset = f"{endpoint}#service", f"{endpoint}#dataset"
    graph = f"{endpoint}#graph"
    facts = [
        (service, RDF + "type", SD + "Service"),
        (service, SD + "endpoint", endpoint),
        (service, SD + "supportedLanguage", SD + "SPARQL11Query"),
        *((service, SD + "resultFormat", FORMATS + name) for name in _RESULTS),
        (service, SD + "defaultDataset", dataset),
        (dataset, RDF + "type", SD + "Dataset"),
        (dataset, SD + "defaultGraph", graph),
        (graph, RDF + "type", SD + "Graph"),
    ]
    terms = tuple(tuple(Term(part, "uri") for part in fact) for fact in facts)
    return Result(("subject", "predicate", "object"), terms, "construct", {**prefixes, "sd": SD})

"""Formats: what ``kg export`` writes beside the files of a build; the table is ``FORMATS``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import networkx as nx

from kg.errors import UsageError
from kg.export.formats import graphml, graphology, neo4j, parquet, rdf_family
from kg.settings import Settings

#: File names and their bytes.
Files = Mapping[str, bytes]
Make = Callable[[nx.MultiDiGraph, Settings], Files]


@dataclass(frozen=True)
class Format:
    """A format by name: what it is for, in a line, and what makes its files."""

    title: str
    make: Make


FORMATS: Mapping[str, Format] = {
    "jsonld": Format("JSON-LD 1.1 with a context", rdf_family.json_ld),
    "trig": Format("TriG, one named graph for what one document alone says", rdf_family.trig),
    "rdf12": Format("RDF 1.2 N-Triples: statements as reifiers of triple terms", rdf_family.rdf12),
    "shards": Format("sorted N-Triples in gzip shards, for bulk loaders", rdf_family.shards),
    "graphml": Format("GraphML, for yEd, Cytoscape, igraph", graphml.make),
    "neo4j": Format("CSV files for neo4j-admin database import", neo4j.make),
    "graphology": Format("JSON for graphology and Sigma", graphology.make),
    "parquet": Format("Parquet tables in the schema of GraphRAG (extra: parquet)", parquet.make),
}


def make(name: str, graph: nx.MultiDiGraph, settings: Settings) -> Files:
    """The files of one format; raises UsageError for an unknown name or a missing package."""
    if name not in FORMATS:
        raise UsageError(
            f"no format is called {name!r}", "--format", f"known: {', '.join(FORMATS)}"
        )
    return FORMATS[name].make(graph, settings)

"""Evaluate: score a graph against answer keys made by reading.

A folder of keys holds any of ``entities.json``, ``formulas.json``, ``times.jsonl`` and
``quantities.jsonl``; each gives one section or two.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx

from kg.errors import DataError, UsageError
from kg.evaluate_compare import Score, Section
from kg.evaluate_entities import entities, positions
from kg.evaluate_formulas import formulas
from kg.evaluate_values import quantities, times
from kg.export import rdf
from kg.namespaces import ORG, PROV, RDF, SCHEMA
from kg.settings import Settings

Judge = Callable[[nx.MultiDiGraph, Any], Section]

# Section -> the file of its key and what judges it.
SECTIONS: Mapping[str, tuple[str, Judge]] = {
    "entities": ("entities.json", entities),
    "positions": ("entities.json", positions),
    "formulas": ("formulas.json", formulas),
    "times": ("times.jsonl", times),
    "quantities": ("quantities.jsonl", quantities),
}
# Classes whose every instance must say where it comes from.
STATEMENTS = (
    RDF + "Statement", ORG + "Membership", SCHEMA + "Observation", SCHEMA + "Quotation",
    SCHEMA + "ListItem", SCHEMA + "Message",
)  # fmt: skip


@dataclass(frozen=True)
class Scores:
    """Sections by name."""

    sections: Mapping[str, Section]

    def as_data(self) -> dict[str, dict[str, object]]:
        """Scores and differences for programs."""
        return {
            name: {"scores": dict(section.scores), "differences": list(section.differences)}
            for name, section in self.sections.items()
        }

    def lines(self, *, differences: bool = True) -> Iterator[str]:
        """Scores, and what they rest on, for a person."""
        for name, section in self.sections.items():
            yield f"== {name}"
            yield from (f"  {key}: {_said(score)}" for key, score in section.scores.items())
            if differences:
                yield from (f"    {line}" for line in section.differences)


def evaluate(
    graph: nx.MultiDiGraph, gold: Path, *, quotes: tuple[int, Sequence[str]] | None = None
) -> Scores:
    """Score ``graph`` by the answer keys in the folder ``gold``.

    ``quotes`` are the number of quotes that ``kg.verify`` checked and the faults it found, for
    a section of their own. Raises UsageError when the folder holds no key, DataError when a
    key is faulty.
    """
    found: dict[str, Section] = {}
    for name, (file, judge) in SECTIONS.items():
        path = gold / file
        if path.is_file():
            key = _key(path)
            try:
                found[name] = judge(graph, key)
            except (LookupError, TypeError, AttributeError) as error:
                lacks = f", an entry has no {error}" if isinstance(error, KeyError) else ""
                advice = "tests/quality/gold in the source holds keys to go by"
                raise DataError(f"not an answer key for {name}{lacks}", str(path), advice) from None
    if not found:
        files = ", ".join(sorted({file for file, _ in SECTIONS.values()}))
        raise UsageError("holds no answer key", str(gold), f"put any of {files} in it")
    if quotes is not None:
        found["quotes"] = _quotes(graph, *quotes)
    return Scores(found)


def _key(path: Path) -> Any:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"not a readable answer key: {error}", str(path)) from None
    if path.suffix == ".json":
        return _parsed(text, str(path))
    lines = enumerate(text.split("\n"), 1)
    return [_parsed(line, f"{path}:{number}") for number, line in lines if line.strip()]


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise DataError(f"not valid JSON: {error}", where, "correct the file") from None


def _quotes(graph: nx.MultiDiGraph, checked: int, faults: Sequence[str]) -> Section:
    """Quotes that are not what the source says, and statements of the export without one."""
    types: dict[str, set[str]] = {}
    derived = set()
    for line in rdf.triples(graph, Settings()):
        subject, predicate, value = line.split(" ", 2)
        if predicate == f"<{PROV}wasDerivedFrom>":
            derived.add(subject)
        elif predicate == f"<{RDF}type>":
            types.setdefault(value.removesuffix(" .\n"), set()).add(subject)
    statements = {subject for name in STATEMENTS for subject in types.get(f"<{name}>", ())}
    bare = sorted(statements - derived)
    scores: dict[str, Score] = {
        "quotes": checked,
        "wrong": len(faults),
        "statements": len(statements),
        "without evidence": len(bare),
    }
    return Section(scores, [*faults, *(f"no evidence: {subject}" for subject in bare)])


def _said(score: Score) -> str:
    if isinstance(score, Mapping):
        return "  ".join(f"{key} {value}" for key, value in score.items())
    return str(score)

"""The ready queries on the five documents: two engines, the same rows, and rows there are."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from kg.query import Limits, prefixes, ready, sparql, titles, to_rdflib

# What they do not hold, whatever is recognized in them.
EMPTY = {"check-quotes", "check-evidence", "check-names", "check-lists"}
# What may or may not be there.
OPEN = {"everywhere", "shared-members", "versions", "units", "inferred", "honours"}
FIRST, SECOND = "002_9d3b66fbc6c23908.txt", "003_a785434c8f6dec59.txt"
ASKED: dict[str, list[dict[str, str]]] = {
    "about": [{"name": "四个意识"}],
    "concordance": [{"name": "四个意识"}],
    "find": [{"part": "工会"}, {"kind": "Spirit"}],
    "members": [{}, {"name": "四个意识"}],
    "newcomers": [{"kind": "Spirit"}],
    "repeats": [{"document": FIRST}],
    "shared-things": [{"first": FIRST, "second": SECOND}],
    "timeline": [{"since": "2018"}],
    "together": [{"least": "3"}],
}
CASES = [(name, given) for name in titles() for given in ASKED.get(name, [{}])]


@pytest.fixture(scope="module")
def graph(seeds_output: Path) -> rdflib.Graph:
    return to_rdflib(seeds_output)


@pytest.mark.xdist_group("seed queries")
@pytest.mark.parametrize(("name", "given"), CASES, ids=str)
def test_two_engines_give_the_same_rows(
    name: str, given: dict[str, str], seeds_output: Path, graph: rdflib.Graph
) -> None:
    text = ready(name).filled(given)
    fast = sparql(seeds_output, text, Limits(seconds=300)).terms
    slow = graph.query(text, initNs=prefixes(seeds_output))
    one = [tuple(value(t.value, t.datatype) if t else None for t in row) for row in fast]
    two = [
        tuple(None if t is None else value(str(t), str(getattr(t, "datatype", "") or ""))
              for t in row)  # type: ignore[union-attr]
        for row in slow
    ]  # fmt: skip
    assert sorted(one, key=str) == sorted(two, key=str)
    if name not in OPEN:
        assert bool(one) != (name in EMPTY)


def value(text: str, datatype: str) -> object:
    """Engines write one number in several ways."""
    return float(text) if datatype.endswith(("decimal", "integer", "double")) else text

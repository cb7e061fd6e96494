"""Turtle: sorted N-Triples with each subject said once, and short names for IRIs and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.namespaces import RDF, XSD

KEPT = 100_000  # short forms that are kept; most terms come again soon
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")  # needs no escape behind a prefix
_TYPED = re.compile(r'"(.*)"\^\^(<[^>]*>)')
_BARE = {
    f"<{XSD}boolean>": re.compile("true|false"),
    f"<{XSD}integer>": re.compile("[+-]?[0-9]+"),
    f"<{XSD}decimal>": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}


class Terms(dict[str, str]):
    """Terms as N-Triples writes them -> as Turtle does."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {iri: f"{short}:" for short, iri in prefixes.items()}

    def __missing__(self, term: str) -> str:
        if len(self) >= KEPT:
            self.clear()
        if term[0] == "<":
            found = self[term] = self._iri(term)
        elif term[-1] == ">":
            found = self[term] = self._typed(term)
        else:
            return term
        return found

    def _iri(self, term: str) -> str:
        begin = max(term.rfind("/"), term.rfind("#")) + 1
        local = term[begin:-1]
        prefix = self._prefixes.get(term[1:begin])
        return f"{prefix}{local}" if prefix and _LOCAL.fullmatch(local) else term

    def _typed(self, term: str) -> str:
        match = _TYPED.fullmatch(term)
        assert match, "N-Triples as the export writes them"
        bare = _BARE.get(match[2])
        return match[1] if bare and bare.fullmatch(match[1]) else f'"{match[1]}"^^{self[match[2]]}'


def lines(triples: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Sorted lines of N-Triples as Turtle: prefixes, then a line for each predicate."""
    yield from (f"@prefix {short}: <{iri}> .\n" for short, iri in sorted(prefixes.items()))
    yield "\n"
    short = Terms(prefixes)
    predicates = Terms(prefixes)
    predicates[f"<{RDF}type>"] = "a"
    subject = predicate = end = ""
    for line in triples:
        one, two, value = line.split(" ", 2)
        if one != subject:
            yield f"{end}{short[one]} {predicates[two]} {short[value[:-3]]}"
            subject, predicate, end = one, two, " .\n"
        elif two != predicate:
            yield f" ;\n\t{predicates[two]} {short[value[:-3]]}"
            predicate = two
        else:
            yield f" , {short[value[:-3]]}"
    yield end

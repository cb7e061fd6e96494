"""Hints: what in a valid query can match nothing, and what may be meant.

A misspelt property, or a namespace that is nearly the graph's, is no fault for SPARQL: it gives
no rows and no word. The ontology describes every class and property that an export writes, so
a name of the same vocabularies that it does not describe is in no graph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import islice, pairwise

from kg.namespaces import FOAF, KG, ORG, OWL, RDF, RDFS, SCHEMA, SKOS
from kg.ontology import source
from kg.query.refusals import TOKEN

MOST = 5  # hints for a query
SHOWN = 30  # characters of a text
NEAR, LIKE = 2, 0.75  # names that are proposed, and how like the misspelt one they are at least
LABEL = SKOS + "prefLabel"
LABELS = frozenset({LABEL, SKOS + "altLabel", SKOS + "hiddenLabel"})
# What people who know other graphs write, and what stands for it in this one.
INSTEAD = {
    KG + "label": LABEL,
    KG + "name": LABEL,
    RDFS + "label": LABEL,
    SCHEMA + "name": LABEL,
    FOAF + "name": LABEL,
    KG + "holdsPost": ORG + "member",
    ORG + "hasMembership": ORG + "member",
}
_DESCRIBED = "ontology.ttl beside the graph describes all there are"
_LOCAL = re.compile(r"[^/#]+$")

Hint = tuple[int, str, str]  # place in the text, what can match nothing, what to do


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The classes and properties that an export writes, as IRIs."""

    names: frozenset[str]
    spaces: frozenset[str]  # namespaces of which nothing else is written
    written: Mapping[str, str]  # kind or predicate of the ontology -> what is written for it


def hints(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """What can match nothing in a valid query, at most ``MOST``, each with line and column.

    ``known`` are the prefixes that need no declaration. The template of a CONSTRUCT is not
    looked at: names there are the asker's own.

    >>> hints("ASK { ?x a kg:Formul }", {"kg": KG})
    ('query:1:12: no graph has kg:Formul (is kg:Formula meant?)',)
    """
    tokens = [token for token in TOKEN.finditer(text) if token[0][0] not in "# \t\r\n\f\v"]
    found = []
    for begin, what, advice in islice(_hints(_pattern(tokens), known), MOST):
        before = text[:begin]
        line, column = before.count("\n") + 1, begin - before.rfind("\n")
        found.append(f"query:{line}:{column}: {what} ({advice})")
    return tuple(found)


def _pattern(tokens: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    """The tokens without the template of a CONSTRUCT."""
    words = [token[0] for token in tokens]
    for at, (word, following) in enumerate(pairwise(words)):
        if following == "{" and word.upper() == "CONSTRUCT" and "}" in words[at:]:
            return [*tokens[:at], *tokens[words.index("}", at) + 1 :]]
    return tokens


def _hints(tokens: Sequence[re.Match[str]], known: Mapping[str, str]) -> Iterator[Hint]:
    spaces, seen = dict(known), set[str]()
    words = ["", "", *(token[0] for token in tokens), ""]
    named = ""  # the property whose value comes
    for token, (first, before, sign, after) in zip(
        tokens, zip(words, words[1:], words[2:], words[3:], strict=False), strict=True
    ):
        if first.upper() == "PREFIX" and before.endswith(":"):
            spaces[before[:-1]] = sign[1:-1]
            yield from _declared(token.start(), before[:-1], sign[1:-1], known)
            continue
        if sign[0] in "\"'" and named in LABELS and after not in ("@", "^"):
            shown = " ".join(sign.split())
            shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"
            yield token.start(), f"{shown} has no language, names have", f"write {shown}@zh"
        iri = _iri(sign, spaces)
        if iri and iri not in seen:
            seen.add(iri)
            yield from _named(token.start(), iri, spaces)
        named = iri or (named if sign in (",", "|", ")") else "")


def _iri(sign: str, spaces: Mapping[str, str]) -> str:
    """The IRI that a token stands for; empty where it stands for none."""
    if sign[0] == "<" and sign[-1] == ">":
        return sign[1:-1]
    prefix, colon, local = sign.partition(":")
    local = local.rstrip(".").replace("\\", "")
    return spaces[prefix] + local if colon and local and prefix in spaces else ""


def _declared(begin: int, prefix: str, iri: str, known: Mapping[str, str]) -> Iterator[Hint]:
    """A prefix that is declared for nearly a namespace of the graph."""
    for name, own in known.items():
        if iri == own or (name != prefix and _core(iri) != _core(own)):
            continue
        if iri not in known.values():
            what = f"no graph has names in <{iri}>"
            yield begin, what, f"is <{own}> meant? {name}: is known without PREFIX"
            return


def _core(iri: str) -> str:
    return iri.removeprefix("http://").removeprefix("https://").rstrip("#/").casefold()


def _named(begin: int, iri: str, spaces: Mapping[str, str]) -> Iterator[Hint]:
    """A name of a vocabulary of the graph that is written in no graph."""
    words = vocabulary()
    if iri in words.names or _LOCAL.sub("", iri) not in words.spaces or iri in words.spaces:
        return
    near = [_short(one, spaces) for one in _near(iri, words)]
    advice = f"is {' or '.join(near)} meant?" if near else _DESCRIBED
    yield begin, f"no graph has {_short(iri, spaces)}", advice


def _near(iri: str, words: Vocabulary) -> list[str]:
    """Names that are written and may be meant, the likeliest first."""
    if instead := INSTEAD.get(iri) or words.written.get(iri):
        return [instead]
    space = _LOCAL.sub("", iri)
    written = {one: one for one in words.names} | dict(words.written) | INSTEAD
    by_name: dict[str, list[str]] = {}
    for one in sorted(written, key=lambda one: (not one.startswith(space), one)):
        by_name.setdefault(_local(one), []).append(written[one])
    found = get_close_matches(_local(iri), by_name, NEAR, LIKE)
    return list(dict.fromkeys(one for name in found for one in by_name[name]))[:NEAR]


def _local(iri: str) -> str:
    return "".join(_LOCAL.findall(iri)).casefold()


def _short(iri: str, spaces: Mapping[str, str]) -> str:
    fits = [prefix for prefix, start in spaces.items() if start == _LOCAL.sub("", iri)]
    return f"{min(fits)}:{iri.removeprefix(spaces[min(fits)])}" if fits else f"<{iri}>"


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, from the ontology of the package."""
    from pyoxigraph import NamedNode, RdfFormat, parse

    types: dict[str, set[str]] = {}
    forms: dict[str, set[str]] = {}
    for quad in parse(source().encode(), format=RdfFormat.TURTLE):
        table = {RDF + "type": types, KG + "writtenAs": forms}.get(quad.predicate.value)
        if table is not None and isinstance(quad.object, NamedNode):
            table.setdefault(quad.subject.value, set()).add(quad.object.value)
    used = Counter(form for several in forms.values() for form in several)
    written = {
        iri: min(several, key=lambda form: (used[form], form))  # what says most
        for iri, several in forms.items()
        if iri not in several
    }
    about = {OWL + "Ontology", OWL + "AnnotationProperty"}
    names = {iri for iri in types if not types[iri] & about} - written.keys() - INSTEAD.keys()
    names -= {KG + "NodeKind", KG + "Predicate"}
    spaces = {_LOCAL.sub("", iri) for iri in names} | {RDFS, OWL}
    return Vocabulary(frozenset(names), frozenset(spaces - {RDF}), written)

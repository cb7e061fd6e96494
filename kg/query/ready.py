"""Ready: the questions that come with the package, each a file with its title and parameters.

A file begins with comments: its title in English and in Chinese, more about it, and a line
``# @name type example what it is`` for each parameter. A parameter enters the query in one
``VALUES ?name { … }``, whose braces hold its default: UNDEF for any value at all, nothing when
a value must be given. So a file is SPARQL that runs everywhere as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from kg.errors import DataError, UsageError
from kg.query.arguments import TYPES, term

NEAR = 3  # names that are suggested
_PARAMETER = re.compile(r"# @(\w+) (\w+) (\S+) (.+)")
_ENTRY = re.compile(r"VALUES \?(\w+) \{ ?([^{}]*?) ?\}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question may be told."""

    name: str
    type: str  # a name in kg.query.arguments.TYPES
    example: str
    about: str
    default: str  # as SPARQL writes it; UNDEF for any value, empty when a value must be given

    @property
    def required(self) -> bool:
        """Whether the question has no answer without it."""
        return not self.default


@dataclass(frozen=True, slots=True)
class Ready:
    """A question: its name, its titles, what it tells, its parameters and its SPARQL."""

    name: str
    title: str
    title_zh: str
    about: str
    parameters: tuple[Parameter, ...]
    text: str

    def filled(self, given: Mapping[str, str]) -> str:
        """The SPARQL with values in place.

        A value is written as one term and stays one, whatever characters it holds. Raises
        UsageError for a parameter that is unknown or missing and for a value of the wrong type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        unknown = [name for name in given if name not in known]
        if unknown:
            raise self._wrong(f"it has no parameter {', '.join(unknown)}")
        missing = [p.name for p in self.parameters if p.required and p.name not in given]
        if missing:
            raise self._wrong(f"a value is wanted for {', '.join(missing)}")
        terms = {name: term(name, known[name].type, value) for name, value in given.items()}
        # In one pass over the file's own text: a value is never searched for entries.
        return _ENTRY.sub(
            lambda m: f"VALUES ?{m[1]} {{ {terms[m[1]]} }}" if m[1] in terms else m[0], self.text
        )

    def _wrong(self, what: str) -> UsageError:
        listed = [
            f"{p.name} ({p.type}{', required' if p.required else ''})" for p in self.parameters
        ]
        return UsageError(what, f"query {self.name}", f"known: {', '.join(listed) or 'none'}")


@cache
def titles() -> Mapping[str, str]:
    """Title of every ready question, by its name, in order of name.

    >>> titles()["posts"]
    'Who holds which post where, and when a text says so'
    """
    return {name: question.title for name, question in _all().items()}


def ready(name: str) -> Ready:
    """A ready question; raises UsageError when there is none of that name."""
    known = _all()
    if name not in known:
        part = [other for other in known if name.strip() and name.strip().lower() in other]
        near = [*part, *(o for o in get_close_matches(name, known, NEAR) if o not in part)][:NEAR]
        meant = f"is {' or '.join(near)} meant? " if near else ""
        raise UsageError(f"no ready query {name!r}", do=f"{meant}kg query --list names them all")
    return known[name]


@cache
def _all() -> Mapping[str, Ready]:
    folder = files("kg") / "query" / "queries"
    found = [file for file in folder.iterdir() if file.name.endswith(".rq")]
    return {
        file.name.removesuffix(".rq"): parse(file.name, file.read_text("utf-8"))
        for file in sorted(found, key=lambda file: file.name)
    }


def parse(file: str, text: str) -> Ready:
    """A question from its file; raises DataError with every fault of it."""
    head: list[str] = []
    for line in text.splitlines():
        if not line.startswith("# "):
            break
        head.append(line)
    matches = {line: _PARAMETER.fullmatch(line) for line in head}
    prose = [line.removeprefix("# ") for line in head if not line.startswith("# @")]
    faults = [f"no parameter: {line}" for line in head if line[2] == "@" and not matches[line]]
    if len(prose) < 2:
        faults.append("a title in English and one in Chinese are wanted")
    parameters = tuple(_parameter(match, text, faults) for match in matches.values() if match)
    if faults:
        raise DataError("; ".join(faults), file)
    name = file.removesuffix(".rq")
    return Ready(name, prose[0], prose[1], " ".join(prose[2:]), parameters, text)


def _parameter(match: re.Match[str], text: str, faults: list[str]) -> Parameter:
    name, type_, example, about = match.groups()
    if type_ not in TYPES:
        faults.append(f"{name}: unknown type {type_!r}, known: {', '.join(TYPES)}")
    entries = [entry for variable, entry in _ENTRY.findall(text) if variable == name]
    if len(entries) != 1:
        faults.append(f"{name}: {len(entries)} places for its value, one is wanted")
    return Parameter(name, type_, example, about, entries[0] if entries else "")


def arguments(pairs: Iterable[str]) -> dict[str, str]:
    """Parameters from ``key=value``; raises UsageError for what is not of that form.

    >>> arguments(["name=a=b"])
    {'name': 'a=b'}
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise UsageError(f"no parameter and value: {pair!r}", "--arg", "write KEY=VALUE")
        if name in found:
            raise UsageError(f"{name!r} is given twice", "--arg", "give it once")
        found[name] = value
    return found

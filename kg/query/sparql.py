"""SPARQL: a query over an export, answered by oxigraph in memory, read-only and offline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import OutputError, UsageError
from kg.model import Scalar

if TYPE_CHECKING:
    from pyoxigraph import Store

GRAPH = "graph.ttl"
XSD = "http://www.w3.org/2001/XMLSchema#"
UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})
_PREFIX = re.compile(rb"@prefix ([A-Za-z]\w*): <([^>]+)> \.")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.S)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# Tokens of SPARQL, as far as is needed to tell keywords from names, strings and comments.
_TOKEN = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<comment>\#[^\n\r]*)
    |(?P<variable>[?$]\w+)
    |(?P<prefixed>[\w.-]*:(?:[\w.:%-]|\\.)*)
    |(?P<word>[A-Za-z_]\w*)
    |.""",
    re.X | re.S,
)


@dataclass(frozen=True, slots=True)
class Term:
    """An IRI, or a literal with its datatype or language."""

    value: str
    kind: str = "literal"  # uri, literal, bnode
    datatype: str = ""
    language: str = ""

    def plain(self) -> Scalar:
        """The value as Python has it: numbers and truth values; else its text."""
        if self.datatype == XSD + "integer":
            return int(self.value)
        if self.datatype in (XSD + "decimal", XSD + "double", XSD + "float"):
            return float(self.value)
        if self.datatype == XSD + "boolean":
            return self.value in ("true", "1")
        return self.value


@dataclass(frozen=True)
class Result:
    """What a query gives. ``terms`` has one row a solution, None where a column is unbound.

    An ASK query gives the one column ``answer``; CONSTRUCT and DESCRIBE give the columns
    subject, predicate and object.
    """

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    form: str = "select"  # select, ask, construct
    prefixes: Mapping[str, str] | None = None

    @property
    def rows(self) -> tuple[tuple[Scalar | None, ...], ...]:
        """The rows as Python values."""
        return tuple(
            tuple(None if term is None else term.plain() for term in row) for row in self.terms
        )


def sparql(folder: Path, text: str) -> Result:
    """Answer a query over the export in ``folder``. The prefixes of the export are known.

    Raises UsageError for what is no query, with its line and column, and for updates, SERVICE
    and FROM: nothing is written and nothing else is read. Raises OutputError when the folder
    holds no export.
    """
    _refuse(text)
    store, known = _opened(folder)
    try:
        return _result(store.query(text, prefixes=dict(known)), known)
    except SyntaxError as error:
        raise _unreadable(str(error), known) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError(f"the SPARQL query failed: {_line(str(error))}", "query") from None


def prefixes(folder: Path) -> dict[str, str]:
    """Prefixes that the export in ``folder`` declares; raises OutputError without an export."""
    return dict(_opened(folder)[1])


def _opened(folder: Path) -> tuple[Store, Mapping[str, str]]:
    file = folder / GRAPH
    try:
        state = file.stat()
        return _loaded(file.resolve(), state.st_mtime_ns, state.st_size)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"no graph to ask: {reason}", str(file), "run kg build, or name its output folder"
        ) from None
    except SyntaxError as error:
        raise OutputError(
            f"a damaged graph: {_line(str(error))}", str(file), "build again"
        ) from None


@lru_cache(maxsize=1)
def _loaded(file: Path, _changed: int, _size: int) -> tuple[Store, Mapping[str, str]]:
    from pyoxigraph import RdfFormat, Store

    data = file.read_bytes()
    known: dict[str, str] = {}
    for line in data.split(b"\n"):
        match = _PREFIX.fullmatch(line)
        if match is None:
            break
        known[match[1].decode()] = match[2].decode()
    store = Store()
    store.bulk_load(data, RdfFormat.TURTLE)
    return store, known


def _refuse(text: str) -> None:
    decoded = _ESCAPE.sub(_character, text)
    for form in (text, decoded):  # a keyword may be spelt with \u escapes
        words = [m["word"].upper() for m in _TOKEN.finditer(form) if m["word"]]
        first = next((word for word in words if word not in ("PREFIX", "BASE")), "")
        if first in UPDATES:
            raise UsageError(
                f"SPARQL updates are refused ({first})", "query", "an export is read-only"
            )
        if "SERVICE" in words:
            raise UsageError("SPARQL SERVICE is refused", "query", "kg never uses the network")
        if "FROM" in words:
            raise UsageError(
                "SPARQL FROM is refused", "query", "an export is one graph: leave FROM out"
            )


def _character(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 else match[0]


def _result(answer: Any, known: Mapping[str, str]) -> Result:
    from pyoxigraph import QueryBoolean, QuerySolutions

    if isinstance(answer, QueryBoolean):
        said = Term("true" if answer else "false", datatype=XSD + "boolean")
        return Result(("answer",), ((said,),), "ask", known)
    if isinstance(answer, QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        found = tuple(tuple(_term(row[column]) for column in columns) for row in answer)
        return Result(columns, found, "select", known)
    triples = [(_term(t.subject), _term(t.predicate), _term(t.object)) for t in answer]
    ordered = tuple(sorted(set(triples), key=str))
    return Result(("subject", "predicate", "object"), ordered, "construct", known)


def _term(given: Any) -> Term | None:
    from pyoxigraph import BlankNode, Literal, NamedNode

    if isinstance(given, NamedNode):
        return Term(given.value, "uri")
    if isinstance(given, BlankNode):
        return Term(given.value, "bnode")
    if isinstance(given, Literal):
        if given.language:
            return Term(given.value, language=given.language)
        datatype = given.datatype.value
        return Term(given.value, datatype="" if datatype == XSD + "string" else datatype)
    return None if given is None else Term(str(given))


def _unreadable(message: str, known: Mapping[str, str]) -> UsageError:
    match = _PLACE.match(message)
    where = f"query:{match[1]}:{match[2]}" if match else "query"
    what = match[3] if match else message
    if "Prefix not found" in what:
        advice = f"declare it with PREFIX; known: {', '.join(sorted(known))}"
        return UsageError("no valid SPARQL: an unknown prefix", where, advice)
    wanted = what.removeprefix("expected one of ").removeprefix("expected ").split(", ")
    readable = [item for item in wanted if "[" not in item and ".." not in item][:8]
    expected = f": expected {' or '.join(readable)}" if readable else ""
    return UsageError(_line(f"no valid SPARQL{expected}"), where)


def _line(text: str) -> str:
    return " ".join(text.split())

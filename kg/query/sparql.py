"""SPARQL: a query over an export, answered in a process of its own, read-only and offline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import OutputError, UsageError
from kg.model import Scalar
from kg.namespaces import XSD
from kg.query import faults
from kg.query.refusals import refusal, refuse
from kg.query.worker import Limits, Worker

if TYPE_CHECKING:
    from kg.query.engine import Answer

GRAPH = "graph.ttl"
_PREFIX = re.compile(rb"@prefix ([A-Za-z]\w*): <([^>]+)> \.\n")


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
    cut: bool = False  # there were more rows than the limit

    @property
    def rows(self) -> tuple[tuple[Scalar | None, ...], ...]:
        """The rows as Python values."""
        return tuple(
            tuple(None if term is None else term.plain() for term in row) for row in self.terms
        )


def sparql(folder: Path, text: str, limits: Limits | None = None) -> Result:
    """Answer a query over the export in ``folder``. The prefixes of the export are known.

    Raises UsageError for what is no query, with its line and column, and for updates, SERVICE
    and FROM: nothing is written and nothing else is read. Raises LimitError when it takes more
    time or memory than it may, OutputError when the folder holds no export. A result of more
    rows than ``limits`` allow is cut, and says so.
    """
    refuse(text)
    worker, known = _opened(folder)
    return result(worker.ask(text, known, limits or Limits()), known, text)


def result(answer: Answer, known: Mapping[str, str], text: str) -> Result:
    """What a worker answered to a query as a result; raises UsageError for what is wrong there."""
    if "error" in answer:
        raise _fault(answer, known, text)
    if answer["form"] == "ask":
        said = Term("true" if answer["answer"] else "false", datatype=XSD + "boolean")
        return Result(("answer",), ((said,),), "ask", known)
    terms = tuple(
        tuple(None if term is None else Term(*term) for term in row) for row in answer["rows"]
    )
    return Result(tuple(answer["columns"]), terms, answer["form"], known, answer["cut"])


def prefixes(folder: Path) -> dict[str, str]:
    """Prefixes that the export in ``folder`` declares; raises OutputError without an export."""
    return dict(_opened(folder)[1])


def _opened(folder: Path) -> tuple[Worker, Mapping[str, str]]:
    file = folder / GRAPH
    try:
        state = file.stat()
        return _loaded(file.resolve(), state.st_mtime_ns, state.st_size)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"no graph to ask: {reason}", str(file), "run kg build, or name its output folder"
        ) from None


@lru_cache(maxsize=1)
def _loaded(file: Path, _changed: int, _size: int) -> tuple[Worker, Mapping[str, str]]:
    known: dict[str, str] = {}
    with file.open("rb") as lines:
        while match := _PREFIX.fullmatch(lines.readline()):
            known[match[1].decode()] = match[2].decode()
    return Worker(file), known


def _fault(said: Answer, known: Mapping[str, str], text: str) -> UsageError:
    kind, message = said["error"], said["message"]
    if kind == "refused":
        return refusal(message)
    if kind == "failed":
        return UsageError(f"the SPARQL query failed: {' '.join(message.split())}", "query")
    return faults.fault(text, message, known)

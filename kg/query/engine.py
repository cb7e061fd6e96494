"""Engine: the process that holds a graph and answers queries; nothing else can be reached from it.

It is started by ``kg.query.worker`` and speaks JSON in frames (a length of eight bytes, then
the text) on standard input and output. Once the graph is loaded the process can open no file
and no connection any more, so that a query that slips past every check still reads nothing.
"""

from __future__ import annotations

import json
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.namespaces import XSD
from kg.query.refusals import ADVICE

if TYPE_CHECKING:
    from pyoxigraph import Store

GRACE = 2  # seconds after the limit at which the process ends itself if nobody has ended it
END = "\n\x01"  # what no query can hold: parsing stops here at the latest
_PLACE = re.compile(r"error at (\d+):")

Row = list[list[str] | None]
Answer = dict[str, Any]
READY: Answer = {"ready": True}


def packed(message: Answer) -> bytes:
    """A message as JSON."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def framed(data: bytes) -> bytes:
    """Bytes as one frame: their length goes before them."""
    return len(data).to_bytes(8, "big") + data


def send(stream: IO[bytes], message: Answer) -> None:
    """Write one frame that holds a message."""
    stream.write(framed(packed(message)))
    stream.flush()


def receive(stream: IO[bytes]) -> Answer | None:
    """Read one frame that holds a message; None where the stream ends before it is whole."""
    head = stream.read(8)
    size = int.from_bytes(head, "big")
    data = stream.read(size) if len(head) == 8 else b""
    return json.loads(data) if len(head) == 8 and len(data) == size else None


def main(file: str) -> None:
    """Load the Turtle in ``file``, then answer until the other side goes away."""
    from pyoxigraph import RdfFormat, Store

    inward, outward = sys.stdin.buffer, sys.stdout.buffer
    store = Store()
    try:
        store.bulk_load(path=file, format=RdfFormat.TURTLE)
    except (OSError, SyntaxError) as error:
        send(outward, {"error": "graph", "message": str(error)})
        return
    warm(store)
    loop(store, inward, outward)


def warm(store: Store) -> None:
    """Load now whatever is loaded when it is first used."""
    answer(store, "ASK {}", {}, 1)


def told(store: Store, asked: Answer) -> bytes:
    """What a query found, as a message."""
    return packed(answer(store, asked["text"], asked["prefixes"], asked["rows"]))


def loop(
    store: Store,
    inward: IO[bytes],
    outward: IO[bytes],
    respond: Callable[[Store, Answer], bytes] = told,
) -> None:
    """Answer what comes until the other side goes away; no file can be opened from here on.

    ``respond`` makes the bytes of an answer, within the limits of the query.
    """
    size = _memory()
    _close_doors()
    send(outward, READY)
    while (asked := receive(inward)) is not None:
        _limit(asked["seconds"] + GRACE, size and size + asked["megabytes"] * 1_048_576)
        try:
            data = respond(store, asked)
        except MemoryError:
            data = packed({"error": "memory", "message": ""})
        outward.write(framed(data))
        outward.flush()
        _limit(0, 0)


def answer(store: Store, text: str, prefixes: dict[str, str], limit: int) -> Answer:
    """The rows of a query, at most ``limit``, or what is wrong with it."""
    try:
        for word in ADVICE:
            if _has_keyword(store, text, prefixes, word):
                return {"error": "refused", "message": word}
        return _rows(store.query(text, prefixes=prefixes), limit)
    except SyntaxError as error:
        return {"error": "syntax", "message": str(error)}
    except (OSError, RuntimeError, ValueError) as error:
        return {"error": "failed", "message": str(error)}


def _has_keyword(store: Store, text: str, prefixes: dict[str, str], word: str) -> bool:
    """Whether a valid query holds ``word`` as a keyword: misspelt, it is then valid no more."""
    misspelt = re.sub(word, word[:-1] + "_", text, flags=re.I)
    if misspelt == text or not _valid(store, text, prefixes):
        return False
    return not _valid(store, misspelt, prefixes)


def _valid(store: Store, text: str, prefixes: dict[str, str]) -> bool:
    """Whether a text is a query, found by parsing alone: nothing is evaluated."""
    wrong = text + END
    try:
        store.query(wrong, prefixes=prefixes)
    except SyntaxError as error:
        place = _PLACE.match(str(error))
        return place is not None and int(place[1]) == wrong.count("\n") + 1
    return False


def _rows(found: Any, limit: int) -> Answer:
    from pyoxigraph import QueryBoolean, QuerySolutions

    if isinstance(found, QueryBoolean):
        return {"form": "ask", "answer": bool(found)}
    rows: list[Row] = []
    cut = False
    if isinstance(found, QuerySolutions):
        columns = [variable.value for variable in found.variables]
        for solution in found:
            if cut := len(rows) == limit:
                break
            rows.append([_packed(term) for term in solution])
        return {"form": "select", "columns": columns, "rows": rows, "cut": cut}
    seen: set[Any] = set()
    for triple in found:
        if cut := len(seen) == limit and triple not in seen:
            break
        seen.add(triple)
    for triple in sorted(seen, key=str):
        rows.append([_packed(term) for term in (triple.subject, triple.predicate, triple.object)])
    columns = ["subject", "predicate", "object"]
    return {"form": "construct", "columns": columns, "rows": rows, "cut": cut}


def _packed(term: Any) -> list[str] | None:
    """Value, kind, datatype, language; the empty ones at the end are left out."""
    match type(term).__name__:
        case "Literal" if term.language:
            return [term.value, "literal", "", term.language]
        case "Literal":
            datatype = term.datatype.value
            return [term.value] if datatype == XSD + "string" else [term.value, "literal", datatype]
        case "NamedNode":
            return [term.value, "uri"]
        case "BlankNode":
            return [term.value, "bnode"]
    return None if term is None else [str(term)]


def _close_doors() -> None:
    """No file and no connection can be opened from here on, where the system can see to it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other side decides


def _memory() -> int:
    """Bytes of address space in use; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return 0
    import resource

    return pages * resource.getpagesize()


def _limit(seconds: float, memory: int) -> None:
    """End this process after so many seconds and refuse it more memory; 0 lifts a limit.

    The signal is left to the system: Python would hear of it after the query only.
    """
    if sys.platform == "win32":
        return
    import resource

    signal.setitimer(signal.ITIMER_REAL, seconds)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = memory or hard
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    main(sys.argv[1])

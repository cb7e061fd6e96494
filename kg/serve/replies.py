"""Reply: what goes back over HTTP; made in the process that answered, so that only bytes travel."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.errors import KgError, LimitError, RefusedError, RequestError, UsageError
from kg.query import engine
from kg.query.hints import hints
from kg.query.refusals import refuse
from kg.query.sparql import Result, result
from kg.query.worker import Limits, exceeded
from kg.serve.results import GRAPHS, ROWS, chosen

if TYPE_CHECKING:
    from pyoxigraph import Store


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, media type, bytes and further headers of an answer."""

    status: int
    kind: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def respond(store: Store, asked: engine.Answer) -> bytes:
    """The reply to a query, packed: a line of JSON, then the body."""
    try:
        refuse(asked["text"])
        said = engine.answer(store, asked["text"], asked["prefixes"], asked["rows"])
        if said.get("error") == "memory":
            raise MemoryError
        reply = written(result(said, asked["prefixes"], asked["text"]), asked["accept"])
        if asked["hints"] and (found := hints(asked["text"], asked["prefixes"])):
            reply = replace(reply, headers={**reply.headers, "X-Hints": json.dumps(found)})
    except KgError as error:
        reply = of_error(error)
    head = {"status": reply.status, "kind": reply.kind, "headers": dict(reply.headers)}
    return engine.packed(head) + b"\n" + reply.body


def unpacked(data: bytes, limits: Limits) -> Reply:
    """What ``respond`` has packed; raises LimitError when the query wanted too much memory."""
    line, _, body = data.partition(b"\n")
    head = json.loads(line)
    if head.get("error") == "memory":
        raise exceeded(limits, late=False)
    return Reply(head["status"], head["kind"], body, head["headers"])


def written(found: Result, accept: str) -> Reply:
    """A result in the media type that a client likes best; raises RequestError without one."""
    table = GRAPHS if found.form == "construct" else ROWS
    kind = chosen(accept, list(table))
    if not kind:
        raise RequestError(406, f"this query can be answered as {', '.join(table)}")
    headers = {"Vary": "Accept"}
    if found.cut:
        headers["X-Rows-Cut"] = str(len(found.terms))
    return Reply(200, kind, table[kind](found), headers)


def of_error(error: KgError) -> Reply:
    """What is wrong, as a text with the status that fits."""
    headers = {"Retry-After": "1"} if isinstance(error, LimitError) else {}
    body = str(error).rstrip("\n") + "\n"
    return Reply(_status(error), "text/plain", body.encode("utf-8", "replace"), headers)


def _status(error: KgError) -> int:
    if isinstance(error, RequestError):
        return error.status
    for kind, status in ((LimitError, 503), (RefusedError, 403), (UsageError, 400)):
        if isinstance(error, kind):
            return status
    return 500

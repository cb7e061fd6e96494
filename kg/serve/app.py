"""App: the pages, the SPARQL endpoint and the files of one export, over HTTP, read-only."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qsl

import anyio.to_thread
from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from kg.errors import KgError, LimitError, RequestError, UsageError
from kg.query.refusals import LONGEST, refuse
from kg.query.sparql import Result, prefixes, result
from kg.serve import description, page
from kg.serve.pool import Pool
from kg.serve.results import GRAPHS, ROWS, chosen

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
PARAMETERS = frozenset({"query", "format"})
_SHORT = {"json": "application/sparql-results+json", "csv": "text/csv",
          "tsv": "text/tab-separated-values", "xml": "application/sparql-results+xml",
          "turtle": "text/turtle", "nt": "application/n-triples"}  # fmt: skip
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def application(folder: Path, pool: Pool, hosts: Sequence[str], waiting: int = 64) -> Starlette:
    """The web application over the export in ``folder``.

    ``hosts`` are the names under which it may be asked (a page of another site that points its
    own name here is refused); at most ``waiting`` queries are in hand at once.
    """
    known = prefixes(folder)
    limiter = CapacityLimiter(waiting)

    async def endpoint(request: Request) -> Response:
        try:
            text, wanted = await _asked(request)
            if text is None:
                return _without_query(request, wanted, known)
            refuse(text)
            answer = await anyio.to_thread.run_sync(pool.ask, text, known, limiter=limiter)
            return _written(result(answer, known), wanted)
        except RequestError as error:
            return _error(error.status, str(error))
        except LimitError as error:
            return _error(503, str(error), {"Retry-After": "1"})
        except UsageError as error:
            refusals = ("refused", "bytes, more than")
            status = 403 if refusals[0] in error.what else 413 if refusals[1] in error.what else 400
            return _error(status, str(error))
        except KgError as error:
            return _error(500, str(error))

    async def explorer(request: Request) -> Response:
        return FileResponse(folder / "graph.html", headers=SAFE)

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _files(folder):
            return _error(404, f"no file {name}: see summary.json for those there are")
        return FileResponse(folder / name, headers=SAFE)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        yield
        pool.close()

    routes = [
        Route("/", explorer),
        Route("/sparql", endpoint, methods=["GET", "POST"]),
        Route("/files/{name:path}", file),
    ]
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    return Starlette(routes=routes, middleware=[guard], lifespan=life)


async def _asked(request: Request) -> tuple[str | None, str]:
    """The query of a request and the media types it takes; raises RequestError."""
    pairs = parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=20)
    if request.method == "POST":
        body = await _body(request)
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind == QUERY:
            pairs.append(("query", _decoded(body)))
        elif kind == FORM:
            pairs += parse_qsl(_decoded(body), keep_blank_values=True, max_num_fields=20)
        else:
            raise RequestError(415, f"send {FORM} or {QUERY}")
    names = [name for name, _ in pairs]
    if "update" in names:
        raise RequestError(403, "SPARQL updates are refused: an export is read-only")
    if unknown := sorted(set(names) - PARAMETERS):
        raise RequestError(400, f"unknown parameter {', '.join(unknown)}: an export is one graph")
    if names.count("query") > 1:
        raise RequestError(400, "two queries at once")
    given = dict(pairs)
    if given.get("format", "json") not in _SHORT:
        raise RequestError(400, f"unknown format: known are {', '.join(_SHORT)}")
    accept = _SHORT[given["format"]] if "format" in given else request.headers.get("accept", "")
    return given.get("query"), accept


async def _body(request: Request) -> bytes:
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > 4 * LONGEST:  # a form may write a byte as three
            raise RequestError(413, f"the query has more than {LONGEST:,} bytes")
    return data


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise RequestError(400, "the query is not UTF-8 text") from None


def _without_query(request: Request, wanted: str, known: Mapping[str, str]) -> Response:
    """The query page for people, the service description for programs."""
    kind = chosen(wanted, ["text/html", *GRAPHS])
    if request.method == "POST" or not kind:
        raise RequestError(400, "no query: send it as the parameter query")
    if kind == "text/html":
        html, policy = page.render(known)
        return Response(html, headers={**SAFE, "Content-Security-Policy": policy},
                        media_type="text/html")  # fmt: skip
    found = description.describe(str(request.url.replace(query="")), known)
    return Response(GRAPHS[kind](found), headers={**SAFE, "Vary": "Accept"}, media_type=kind)


def _written(found: Result, wanted: str) -> Response:
    table = GRAPHS if found.form == "construct" else ROWS
    kind = chosen(wanted, list(table))
    if not kind:
        raise RequestError(406, f"this query can be answered as {', '.join(table)}")
    headers = {**SAFE, "Vary": "Accept"}
    if found.cut:
        headers["X-Rows-Cut"] = str(len(found.terms))
    return Response(table[kind](found), headers=headers, media_type=kind)


def _error(status: int, reason: str, headers: Mapping[str, str] | None = None) -> Response:
    text = reason.rstrip("\n") + "\n"
    return Response(text, status, headers={**SAFE, **(headers or {})}, media_type="text/plain")


def _files(folder: Path) -> frozenset[str]:
    """The files that a build states it has written; no other can be had."""
    try:
        stated = json.loads((folder / "summary.json").read_text("utf-8"))["files"]
    except (OSError, ValueError, LookupError):
        return frozenset()
    return frozenset(stated) | {"summary.json"}

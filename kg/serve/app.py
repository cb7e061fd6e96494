"""App: the pages, the SPARQL endpoint and the files of one export, over HTTP, read-only."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from kg.errors import KgError, RequestError
from kg.query.refusals import LONGEST
from kg.query.sparql import prefixes
from kg.serve import description, page
from kg.serve.pool import Pool
from kg.serve.replies import Reply, of_error, unpacked
from kg.serve.results import GRAPHS, chosen

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
FIELDS = 20  # parameters of a request, at most
PARAMETERS = frozenset({"query", "format"})
_SHORT = {"json": "application/sparql-results+json", "csv": "text/csv",
          "tsv": "text/tab-separated-values", "xml": "application/sparql-results+xml",
          "turtle": "text/turtle", "nt": "application/n-triples"}  # fmt: skip
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def application(folder: Path, pool: Pool, hosts: Sequence[str]) -> Starlette:
    """The web application over the export in ``folder``.

    ``hosts`` are the names under which it may be asked: a page of another site that points its
    own name here is refused.
    """
    known = prefixes(folder)

    async def endpoint(request: Request) -> Response:
        try:
            text, accept = await _asked(request)
            if text is None:
                return _without_query(request, accept, known)
            hints = request.headers.get("prefer", "").strip().lower() == "hints"
            asked = {"text": text, "prefixes": known, "accept": accept, "hints": hints}
            data = await pool.ask(asked)
            return _sent(unpacked(data, pool.limits))
        except KgError as error:
            return _sent(of_error(error))

    async def explorer(request: Request) -> Response:
        return _file(folder, "graph.html")

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        return _file(folder, name if name in _files(folder) else "")

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        await pool.start()
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
    pairs = _pairs(request.url.query)
    if request.method == "POST":
        body = await _body(request)
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind == QUERY:
            pairs.append(("query", _decoded(body)))
        elif kind == FORM:
            pairs += _pairs(_decoded(body))
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
    text = given.get("query")
    if text is not None and len(text.encode("utf-8", "replace")) > LONGEST:
        raise _too_long()
    return text, accept


async def _body(request: Request) -> bytes:
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > 4 * LONGEST:  # a form may write a byte as three
            raise _too_long()
    return data


def _too_long() -> RequestError:
    return RequestError(413, f"the query has more than {LONGEST:,} bytes: ask in several")


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise _no_text() from None


def _pairs(form: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(form, keep_blank_values=True, max_num_fields=FIELDS, errors="strict")
    except UnicodeDecodeError:
        raise _no_text() from None
    except ValueError:
        raise RequestError(400, f"more than {FIELDS} parameters") from None


def _no_text() -> RequestError:
    return RequestError(400, "the query is not UTF-8 text")


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


def _sent(reply: Reply) -> Response:
    return Response(reply.body, reply.status, {**SAFE, **reply.headers}, reply.kind)


def _file(folder: Path, name: str) -> Response:
    if not name or not (folder / name).is_file():
        what = "the export has no such file: summary.json names those there are"
        return _sent(of_error(RequestError(404, what)))
    return FileResponse(folder / name, headers=SAFE)


def _files(folder: Path) -> frozenset[str]:
    """The files that a build states it has written; no other can be had."""
    try:
        stated = json.loads((folder / "summary.json").read_text("utf-8"))["files"]
    except (OSError, ValueError, LookupError):
        return frozenset()
    return frozenset(stated) | {"summary.json"}

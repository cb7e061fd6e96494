"""Serve: a local web app over one export: the explorer, a SPARQL endpoint, the files."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

from kg.errors import UsageError, extra
from kg.query import Limits

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
BACKLOG = 1024  # connections that may wait to be taken


def run(
    folder: Path, *, host: str, port: int, limits: Limits, processes: int = 0,
    ready: Callable[[int], object] = bool,
) -> None:  # fmt: skip
    """Serve the export in ``folder`` until interrupted.

    ``processes`` is how many short queries may run at once, and how many long ones beside them;
    0 for two for each core. ``ready`` is called with the port when queries can come. Raises
    UsageError when the packages of the extra are missing or nothing can listen at the address,
    OutputError when the folder holds no export.
    """
    try:
        import uvicorn

        from kg.serve.app import application
        from kg.serve.pool import Pool
    except ImportError as error:
        advice = extra("serve")
        raise UsageError(f"the package {error.name} is not installed", "kg serve", advice) from None
    from kg.query.sparql import GRAPH, prefixes

    prefixes(folder)  # is there an export at all?
    hosts = [*LOOPBACK, host] if is_loopback(host) else ["*"]
    with _listening(host, port) as listener:
        pool = Pool(folder / GRAPH, processes or 2 * (os.cpu_count() or 1), limits)
        config = uvicorn.Config(
            application(folder, pool, hosts), log_level="warning", access_log=False,
            server_header=False, proxy_headers=False, timeout_graceful_shutdown=1,
        )  # fmt: skip
        ready(listener.getsockname()[1])
        with suppress(KeyboardInterrupt):  # which ends it as it should
            uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named: asyncio sends at once (TCP_NODELAY) where it sees that it is TCP.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
        return listener
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        where, do = f"{host}:{port}", "choose another --port or --host"
        raise UsageError(f"cannot listen there: {reason}", where, do) from None


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
    (True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

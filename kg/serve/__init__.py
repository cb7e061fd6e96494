"""Serve: a local web app over one export: the explorer, a SPARQL endpoint, the files."""

from __future__ import annotations

import os
from ipaddress import ip_address
from pathlib import Path

from kg.errors import UsageError
from kg.query import Limits

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


def run(folder: Path, *, host: str, port: int, limits: Limits, processes: int = 0) -> None:
    """Serve the export in ``folder`` until interrupted.

    ``processes`` is how many short queries may run at once, and how many long ones beside them;
    0 for two for each core. Raises UsageError when the packages of the extra are missing,
    OutputError when the folder holds no export.
    """
    try:
        import uvicorn

        from kg.serve.app import application
        from kg.serve.pool import Pool
    except ImportError as error:
        advice = "pip install 'tifa-kg[serve]'"
        raise UsageError(f"the package {error.name} is not installed", "kg serve", advice) from None
    from kg.query.sparql import GRAPH, prefixes

    prefixes(folder)  # is there an export at all?
    most = processes or 2 * (os.cpu_count() or 1)
    pool = Pool(folder / GRAPH, most, limits)
    hosts = [*LOOPBACK, host] if is_loopback(host) else ["*"]
    app = application(folder, pool, hosts)
    uvicorn.run(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False,
        proxy_headers=False, timeout_graceful_shutdown=1,
    )  # fmt: skip


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

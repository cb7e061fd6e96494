"""Pool: processes that answer queries over one graph, side by side, each within its limits."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, LifoQueue

from kg.errors import LimitError, OutputError
from kg.query import engine
from kg.query.worker import PACKAGE, Limits, exceeded
from kg.serve import forkserver


class _Process:
    """A forked process and the socket on which it answers."""

    def __init__(self, pid: int, side: socket.socket) -> None:
        self.pid = pid
        self._side = side
        self._in, self._out = side.makefile("rb"), side.makefile("wb")

    def is_ready(self) -> bool:
        """Whether it has come up."""
        return engine.receive(self._in) == {"ready": True}

    def ask(self, message: engine.Answer, seconds: float) -> tuple[engine.Answer | None, bool]:
        """What it answers, None when it died; and whether it was killed for being late."""
        late = threading.Event()
        timer = threading.Timer(seconds, self._end, (late,))
        timer.daemon = True
        timer.start()
        try:
            engine.send(self._out, message)
            return engine.receive(self._in), late.is_set()
        except (OSError, ValueError):
            return None, late.is_set()
        finally:
            timer.cancel()

    def _end(self, late: threading.Event) -> None:
        late.set()
        self.kill()

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        self.kill()
        for stream in (self._in, self._out, self._side):
            with suppress(OSError):
                stream.close()


class Pool:
    """Up to ``most`` processes over the Turtle of ``file``; safe to ask from many threads.

    Raises OutputError when the graph is damaged. A query that finds every process taken waits
    for one at most as long as a query may run.
    """

    def __init__(self, file: Path, most: int, limits: Limits) -> None:
        self.limits = limits
        self._file = file
        self._idle: LifoQueue[_Process] = LifoQueue()
        self._places = threading.Semaphore(most)
        self._forking = threading.Lock()
        ours, theirs = socket.socketpair()
        self._control = ours
        paths = [PACKAGE, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._server = subprocess.Popen(  # noqa: S603  our own module
            forkserver.command(file, theirs.fileno()),
            pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )  # fmt: skip
        theirs.close()
        first = ours.recv(2000)
        if first != b"r":
            self._server.kill()
            self._server.wait()
            said = first[1:].decode("utf-8", "replace") or "it needs more memory than there is"
            what = f"a damaged graph: {' '.join(said.split())}"
            raise OutputError(what, str(file), "build again")

    def ask(self, text: str, prefixes: Mapping[str, str]) -> engine.Answer:
        """The frame that answers a query.

        Raises LimitError when the query takes more than it may, or no process gets free in time.
        """
        limits = self.limits
        asked = {
            "text": text, "prefixes": dict(prefixes), "rows": limits.rows,
            "seconds": limits.seconds, "megabytes": limits.megabytes,
        }  # fmt: skip
        if not self._places.acquire(timeout=limits.seconds):
            raise LimitError("every process is busy", "query", "try again in a moment")
        try:
            process = self._taken()
            found, late = process.ask(asked, limits.seconds)
            if found is None:
                process.close()
            else:
                self._idle.put(process)
        finally:
            self._places.release()
        if found is None or found.get("error") == "memory":
            raise exceeded(limits, late)
        return found

    def close(self) -> None:
        """End every process."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()
        self._control.close()
        self._server.terminate()
        self._server.wait()

    def _taken(self) -> _Process:
        with suppress(Empty):
            return self._idle.get_nowait()
        ours, theirs = socket.socketpair()
        with self._forking:
            socket.send_fds(self._control, [b"f"], [theirs.fileno()])
            pid = int.from_bytes(self._control.recv(8), "big")
        theirs.close()
        process = _Process(pid, ours) if pid else None
        if process is None or not process.is_ready():
            raise LimitError("the process that holds the graph has ended", "query", "start again")
        return process

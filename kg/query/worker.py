"""Worker: a process that answers queries over one graph, ended when a query takes too much."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from weakref import finalize

from kg.errors import LimitError, OutputError
from kg.query import engine

PACKAGE = str(Path(__file__).resolve().parents[2])  # where the package kg stands


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take."""

    seconds: float = 30.0
    rows: int = 100_000
    megabytes: int = 1024  # of memory, beside the graph


class Worker:
    """One process with the Turtle of ``file`` loaded; started when it is first asked.

    Safe to ask from several threads; they are answered one after the other. A process that
    was ended at a limit is replaced when the next query comes.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Load the graph now; raises OutputError when it is damaged."""
        with self._turn:
            self._started()

    def ask(self, text: str, prefixes: Mapping[str, str], limits: Limits) -> engine.Answer:
        """The frame that answers a query.

        Raises LimitError when the query takes more time or memory than it may, OutputError when
        the graph is damaged.
        """
        asked = {
            "text": text, "prefixes": dict(prefixes), "rows": limits.rows,
            "seconds": limits.seconds, "megabytes": limits.megabytes,
        }  # fmt: skip
        with self._turn:
            process = self._started()
            late = threading.Event()
            timer = threading.Timer(limits.seconds, _end, (process, late))
            timer.start()
            found = None
            try:
                found = _exchange(process, asked)
            finally:
                timer.cancel()
                if found is None:
                    self._stop()
        if found is None or found.get("error") == "memory":
            raise exceeded(limits, late.is_set())
        return found

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._stop()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._stop()
        paths = [PACKAGE, *filter(None, [os.environ.get("PYTHONPATH")])]
        process = subprocess.Popen(  # noqa: S603  our own module, whose argument is a path
            [sys.executable, "-P", "-m", engine.__name__, str(self.file)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )  # fmt: skip
        finalize(self, process.kill)
        assert process.stdout is not None
        first = engine.receive(process.stdout) or {"message": "it needs more memory than there is"}
        if "ready" not in first:
            process.kill()
            process.wait()
            what = f"a damaged graph: {' '.join(str(first['message']).split())}"
            raise OutputError(what, str(self.file), "build again")
        self._process = process
        return process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()


def _exchange(process: subprocess.Popen[bytes], asked: engine.Answer) -> engine.Answer | None:
    """Send a frame and receive one; None when the process ended before it answered."""
    assert process.stdin is not None and process.stdout is not None
    try:
        engine.send(process.stdin, asked)
        return engine.receive(process.stdout)
    except OSError:
        return None


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def exceeded(limits: Limits, late: bool) -> LimitError:
    """The error for a query that took more time (``late``) or memory than it may."""
    if late:
        what = f"the query was stopped after {limits.seconds:g} seconds"
        return LimitError(what, "query", "ask for less, or allow more time")
    what = f"the query needs more than {limits.megabytes} MB of memory, or is nested too deeply"
    return LimitError(what, "query", "ask for less: fewer variables, no endless paths")

"""Pool: processes that answer queries over one graph, side by side, each within its limits.

Short queries have places of their own. One that is not answered soon goes on among the long
ones, at a low priority, so that whatever they ask the short ones are answered at once.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

from kg.errors import LimitError, OutputError
from kg.query import engine
from kg.query.worker import PACKAGE, Limits, exceeded
from kg.serve import forkserver

SOON = 0.1  # seconds after which a query counts as long
WAITING = 64  # long queries that may wait for a place
NICENESS = 10  # of long queries
PATIENCE = 60  # seconds until a forked process is there
PIECE = 1 << 18  # bytes that are read at once


class Pool:
    """Up to ``most`` short queries at once over the Turtle of ``file``, and as many long ones.

    Raises OutputError when the graph is damaged. A query that finds every place taken waits for
    one at most as long as a query may run.
    """

    def __init__(self, file: Path, most: int, limits: Limits) -> None:
        self.limits = limits
        self._idle: list[_Process] = []
        self._short, self._long = asyncio.Semaphore(most), asyncio.Semaphore(most)
        self._waiting = 0
        self._forking = asyncio.Lock()
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
        ours.setblocking(False)

    async def ask(self, asked: engine.Answer) -> bytes:
        """The bytes that answer a query.

        Raises LimitError when the query takes more than it may, or no process gets free in time.
        """
        limits = self.limits
        given = {"rows": limits.rows, "seconds": limits.seconds, "megabytes": limits.megabytes}
        message = engine.framed(engine.packed({**given, **asked}))
        async with self._short:
            process = self._idle.pop() if self._idle else await self._forked()
            try:
                process.ask(message)
                found = await process.answer(min(SOON, limits.seconds))
            except asyncio.CancelledError:
                process.close()
                raise
            if found:
                self._idle.append(process)
                return found
            if found is not None or self._long.locked():  # it begins again when there is a place
                process.close()
        if found is not None:
            raise exceeded(limits, late=False)
        return await self._at_length(process, message)

    async def _at_length(self, process: _Process, message: bytes) -> bytes:
        """The answer to a long query, by the process at work or, if that is closed, another."""
        await self._place()
        seconds = self.limits.seconds
        try:
            if process.is_closed:
                process = await self._forked()
                process.ask(message)
            else:
                seconds -= min(SOON, seconds)
            process.give_way()
            found = await process.answer(seconds)
        finally:
            process.close()  # its priority cannot be raised again
            self._long.release()
        if not found:
            raise exceeded(self.limits, late=found is None)
        return found

    async def _place(self) -> None:
        """Wait for a place among the long queries; raises LimitError when there is none."""
        if not self._long.locked():
            await self._long.acquire()  # at once: nothing else gets a turn between
            return
        busy = LimitError("every process is busy", "query", "try again in a moment")
        if self._waiting == WAITING:
            raise busy
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.seconds):
                await self._long.acquire()
        except TimeoutError:
            raise busy from None
        finally:
            self._waiting -= 1

    async def _forked(self) -> _Process:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            async with self._forking:
                socket.send_fds(self._control, [b"f"], [theirs.fileno()])
                said = await asyncio.get_running_loop().sock_recv(self._control, 8)
        process = _Process(int.from_bytes(said, "big"), ours)
        process.ask(b"")
        if await process.answer(PATIENCE) != engine.packed(engine.READY):
            process.close()
            raise LimitError("the process that holds the graph has ended", "query", "start again")
        return process

    def close(self) -> None:
        """End every process."""
        while self._idle:
            self._idle.pop().close()
        self._control.close()
        self._server.terminate()
        self._server.wait()


class _Process:
    """A forked process and the socket on which it answers."""

    def __init__(self, pid: int, side: socket.socket) -> None:
        self._pid, self._side = pid, side
        self._answer: asyncio.Task[bytes] | None = None
        self.is_closed = False

    def ask(self, message: bytes) -> None:
        """Hand it a query."""
        self._answer = asyncio.create_task(self._exchange(message))

    async def answer(self, seconds: float) -> bytes | None:
        """What it answers, empty when it died; None when that is not there in so many seconds."""
        assert self._answer is not None, "it was asked something"
        done, _ = await asyncio.wait([self._answer], timeout=seconds)
        return self._answer.result() if done else None

    async def _exchange(self, message: bytes) -> bytes:
        loop = asyncio.get_running_loop()
        data = bytearray()
        try:
            await loop.sock_sendall(self._side, message)
            while len(data) < 8 or len(data) - 8 < int.from_bytes(data[:8], "big"):
                piece = await loop.sock_recv(self._side, PIECE)
                if not piece:
                    return b""
                data += piece
        except OSError:
            return b""
        return bytes(data[8:])

    def give_way(self) -> None:
        """Lower its priority."""
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._pid, NICENESS)

    def close(self) -> None:
        """End it."""
        if self.is_closed:
            return
        self.is_closed = True
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        if self._answer is None or self._answer.done():
            self._side.close()
        else:  # not under the eyes of the loop, which knows sockets by their number
            self._answer.add_done_callback(lambda _: self._side.close())
            self._answer.cancel()

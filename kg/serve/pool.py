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
from math import inf
from pathlib import Path

from kg.errors import LimitError, OutputError
from kg.query import engine
from kg.query.worker import PACKAGE, Limits, exceeded
from kg.serve import forkserver

BUSY = "every process is busy"
SOON = 0.1  # seconds after which it is asked whether a query is a long one
WORK = 0.05  # seconds of processor time beyond that which make it one
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
        self._most = most
        self._idle: asyncio.LifoQueue[_Process] = asyncio.LifoQueue()  # for short queries
        self._long = asyncio.Semaphore(most)
        self._waiting = 0
        self._forking = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
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

    async def start(self) -> None:
        """Have processes ready for the first queries."""
        for _ in range(self._most):
            await self._supply()

    async def ask(self, asked: engine.Answer) -> bytes:
        """The bytes that answer a query.

        Raises LimitError when the query takes more than it may, or no process gets free in time.
        """
        limits = self.limits
        given = {"rows": limits.rows, "seconds": limits.seconds, "megabytes": limits.megabytes}
        message = engine.framed(engine.packed({**given, **asked}))
        try:
            async with asyncio.timeout(limits.seconds):
                process = await self._idle.get()
        except TimeoutError:
            raise LimitError(BUSY, "query", "try again in a moment") from None
        ends = asyncio.get_running_loop().time() + limits.seconds
        try:
            process.ask(message)
            found = await process.soon(limits.seconds)
        except BaseException:
            process.close()
            self._replace()
            raise
        if found:
            self._idle.put_nowait(process)
            return found
        self._replace()
        if found is None:
            return await self._at_length(process, message, ends)
        process.close()
        raise exceeded(limits, late=False)

    async def _at_length(self, process: _Process, message: bytes, ends: float) -> bytes:
        """The answer to a long query, by the process at work or, if there is no place, later."""
        loop = asyncio.get_running_loop()
        if self._long.locked():
            process.close()
        await self._place()
        try:
            if process.is_closed:
                process = await self._forked()
                process.ask(message)
                ends = loop.time() + self.limits.seconds
            process.give_way()
            found = await process.answer(max(0, ends - loop.time()))
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
        busy = LimitError(BUSY, "query", "try again in a moment")
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

    async def _supply(self) -> None:
        self._idle.put_nowait(await self._forked())

    def _replace(self) -> None:
        """Have another process for short queries, in place of one that is lost to them."""
        task = asyncio.create_task(self._supply())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """End every process."""
        for task in self._tasks:
            task.cancel()
        while not self._idle.empty():
            self._idle.get_nowait().close()
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

    async def soon(self, seconds: float) -> bytes | None:
        """What it answers; None when it has much work with that, or after so many seconds.

        Where the processor is busy with other things, a short query waits and is still short.
        """
        found = await self.answer(min(SOON, seconds))
        begun, left = self._work(), seconds - SOON
        while found is None and left > 0 and self._work() < begun + WORK:
            found = await self.answer(min(WORK, left))
            left -= WORK
        return found

    def _work(self) -> float:
        """Processor time it has used, in seconds; endless where the system does not tell."""
        try:
            fields = Path(f"/proc/{self._pid}/stat").read_text("ascii").rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except OSError:
            return inf

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

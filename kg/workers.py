"""Workers: processes that take one task after the other, each task held to a time and a memory.

``concurrent.futures`` gives up all its work when one process dies. A corpus of a million files
holds some that crash a parser, never end, or eat all memory; here each costs itself only.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from kg.errors import KgError

_LOG = logging.getLogger(__name__)

_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_DAYS = 1_000_000  # seconds: as long as it takes

T = TypeVar("T")
R = TypeVar("R")

Work = Callable[[T], R]


@dataclass(frozen=True)
class Lost:
    """A task that gave nothing, because it took too much or broke the process it ran in.

    ``trace`` tells programmers where in the program it broke off.
    """

    reason: str
    trace: str = field(default="", compare=False)


@dataclass(frozen=True)
class Workers:
    """How many processes there are, and what one task may take.

    ``seconds`` is the time of one task by the clock; ``megabytes`` is the memory that a
    process may allocate (on Linux; elsewhere memory is not limited), 0 for any.
    """

    jobs: int = 1
    seconds: int = 600
    megabytes: int = 4096

    def map(self, work: Work[T, R], tasks: Sequence[T]) -> Iterator[tuple[int, R | Lost]]:
        """``(place of the task, what work gave for it)``, as they end, in no order.

        ``work`` and what it gives must be picklable. An exception in ``work`` makes a Lost.
        """
        # A forked process has every module and table loaded; other systems start afresh.
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        waiting = deque(enumerate(tasks))
        crew: dict[Connection, _Worker[T, R]] = {}
        try:
            while waiting or crew:
                while waiting and len(crew) < self.jobs:
                    worker: _Worker[T, R] = _Worker(context, work, self)
                    worker.give(*waiting.popleft())
                    crew[worker.connection] = worker
                for connection in self._ready(crew):
                    worker = crew[connection]
                    place, result = worker.take()
                    if isinstance(result, Lost) and result.trace:
                        _LOG.debug("%s\n%s", result.reason, result.trace)
                    yield place, result
                    if isinstance(result, Lost) or not waiting:
                        del crew[connection]
                        worker.stop()
                    else:
                        worker.give(*waiting.popleft())
        finally:
            for worker in crew.values():
                worker.stop()

    def _ready(self, crew: dict[Connection, _Worker[T, R]]) -> list[Connection]:
        """Connections of workers that have answered, died, or are out of time."""
        nearest = min(worker.deadline for worker in crew.values())
        ready = wait(list(crew), max(0.0, nearest - time.monotonic()))
        if not ready:
            now = time.monotonic()
            ready = [connection for connection, worker in crew.items() if worker.deadline <= now]
        return [connection for connection in crew if connection in ready]


def apart(works: Sequence[Callable[[], R]], jobs: int, doing: str) -> list[R]:
    """What each of ``works`` gives, made in a process of its own, which gives its memory back.

    ``jobs`` of them run at a time; where the system cannot fork a process they run here, one
    after the other. What they raise is raised here; raises KgError when a process dies, with
    ``doing`` to tell at what.
    """
    if sys.platform != "linux" or multiprocessing.current_process().daemon:
        return [work() for work in works]

    def attempt(place: int) -> R | Exception:
        try:
            return works[place]()
        except Exception as error:
            error.add_note(traceback.format_exc())  # for programmers: where it was raised
            return error

    found: dict[int, R] = {}
    for place, result in Workers(jobs, _DAYS, 0).map(attempt, range(len(works))):
        if isinstance(result, Lost):
            raise KgError(f"{doing} {result.reason}", "", "more memory may help: docs/scale.md")
        if isinstance(result, Exception):
            raise result
        found[place] = result
    return [found[place] for place in range(len(works))]


class _Worker(Generic[T, R]):
    """One process and the task it has in hand."""

    def __init__(self, context: Any, work: Work[T, R], limits: Workers) -> None:
        self.connection, theirs = context.Pipe()
        self._limits = limits
        arguments = (theirs, work, limits.megabytes)
        self._process = context.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        theirs.close()
        self.deadline = 0.0
        self._place = 0

    def give(self, place: int, task: T) -> None:
        self.deadline = time.monotonic() + self._limits.seconds
        self._place = place
        with suppress(OSError):  # it has died: ``take`` will tell
            self.connection.send(task)

    def take(self) -> tuple[int, R | Lost]:
        """What it answers; a Lost when it cannot any more."""
        if not self.connection.poll():
            said = f"takes more than {self._limits.seconds} seconds"
            return self._place, Lost(said)
        try:
            return self._place, self.connection.recv()
        except (EOFError, OSError):
            self._process.join()
            return self._place, Lost(_death(self._process.exitcode))

    def stop(self) -> None:
        self._process.kill()
        self._process.join()
        self.connection.close()


def _serve(connection: Connection, work: Work[T, R], megabytes: int) -> None:
    """The life of a process: take a task, do it, answer; end when nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asked decides when to end
    _die_with_parent()
    _limit(megabytes)
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        try:
            connection.send(work(task))
        except MemoryError:
            connection.send(Lost(f"needs more than {megabytes} MB of memory"))
        except Exception as error:
            said = f"a fault in the program: {type(error).__name__}: {error}"
            connection.send(Lost(said, traceback.format_exc()))


def _die_with_parent() -> None:
    """Whoever holds a task to its time may be killed; an endless one would go on for ever."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)


def _limit(megabytes: int) -> None:
    if sys.platform == "linux" and megabytes:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, hard))


def _death(code: int | None) -> str:
    """Why a process died, for people.

    >>> _death(-11)
    'breaks the process that works on it (SIGSEGV)'
    """
    if code is not None and code < 0:
        with suppress(ValueError):
            return f"breaks the process that works on it ({signal.Signals(-code).name})"
    return f"breaks the process that works on it (exit status {code})"

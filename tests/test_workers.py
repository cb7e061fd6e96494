"""Workers: one bad task costs itself, whatever it does to its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.workers import Lost, Workers

LIMITED = sys.platform == "linux"


def work(task: str) -> str:
    if task == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if task == "leave":
        os._exit(3)
    if task == "hang":
        time.sleep(3600)
    if task == "eat":
        return "x" * len(bytearray(3 << 30))
    if task == "raise":
        raise ValueError("no such word")
    return task.upper()


def results(workers: Workers, *tasks: str) -> list[str | Lost]:
    found = dict(workers.map(work, tasks))
    return [found[place] for place in range(len(tasks))]


ORPHAN = """
import os, time
from kg.workers import Workers

def work(task):
    print(os.getpid(), flush=True)
    time.sleep(3600)

list(Workers().map(work, [1]))
"""


@pytest.mark.skipif(not LIMITED, reason="asks the kernel of Linux")
def test_a_task_ends_with_the_process_that_gave_it() -> None:
    parent = subprocess.Popen([sys.executable, "-c", ORPHAN], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate(timeout=60)
    until = time.monotonic() + 60
    while _runs(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(child)


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"  # nobody may have asked for its end yet


@pytest.mark.parametrize("jobs", [1, 3])
def test_every_task_is_done_once(jobs: int) -> None:
    tasks = [f"task {number}" for number in range(40)]
    assert results(Workers(jobs), *tasks) == [task.upper() for task in tasks]


def test_no_task_needs_no_worker() -> None:
    assert list(Workers().map(work, [])) == []


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        ("crash", "breaks the process that works on it (SIGSEGV)"),
        ("leave", "breaks the process that works on it (exit status 3)"),
        ("hang", "takes more than 2 seconds"),
        ("raise", "a fault in the program: ValueError: no such word"),
    ],
)
def test_a_bad_task_costs_itself(task: str, reason: str) -> None:
    workers = Workers(2, seconds=2)
    assert results(workers, "a", task, "b", "c") == ["A", Lost(reason), "B", "C"]


def test_where_the_program_broke_off_is_told_to_programmers(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level("DEBUG", "kg.workers"):
        results(Workers(), "raise", "hold on")
    (record,) = caplog.records
    assert record.levelname == "DEBUG" and 'raise ValueError("no such word")' in record.message


@pytest.mark.skipif(not LIMITED, reason="memory is limited on Linux only")
def test_a_task_that_eats_memory_costs_itself() -> None:
    lost = Lost("needs more than 1024 MB of memory")
    assert results(Workers(1, megabytes=1024), "a", "eat", "b") == ["A", lost, "B"]


def test_two_bad_tasks_in_a_row() -> None:
    found = results(Workers(1), "crash", "leave", "d")
    assert [isinstance(result, Lost) for result in found] == [True, True, False]


def test_workers_end_with_the_one_who_asked() -> None:
    asked = Workers(2).map(work, ["a", "b", "hang", "hang"])
    assert next(asked)[1] in ("A", "B")
    asked.close()  # does not wait an hour

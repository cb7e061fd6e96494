"""A Dask cluster on this machine: a real scheduler, real workers, one of them killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess, Popen

import pytest
from samples import NOTICE, REPORT

Client = pytest.importorskip("distributed").Client
Run = Callable[..., CompletedProcess[str]]
pytestmark = pytest.mark.xdist_group("cluster")


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def started(*args: str) -> Popen[str]:
    return Popen(
        [sys.executable, "-m", "distributed.cli." + args[0], *args[1:]],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def worker(address: str) -> Popen[str]:
    options = ("--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard")
    return started("dask_worker", address, "--host", "127.0.0.1", *options)


@pytest.fixture
def scheduler() -> Iterator[str]:
    """The address of a scheduler with a port of its own."""
    process = started("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"Scheduler at:\s+(tcp://\S+)", line):
            yield found[1]
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_a_killed_worker_costs_nothing(kg_run: Run, folder: Path, scheduler: str) -> None:
    for number in range(30):
        (folder / f"more{number:02}.txt").write_text(f"第{number}期\n{REPORT}\n{NOTICE}", "utf-8")
    assert kg_run("build", folder, "-o", "plain", "--no-cache").returncode == 0
    workers = [worker(scheduler), worker(scheduler)]
    try:
        build = Popen(
            [sys.executable, "-m", "kg", "build", str(folder), "-o", "out", "--no-cache",
             "--cluster", scheduler],
            cwd=folder.parent, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        with Client(scheduler) as client:
            wait_until(lambda: sum(bool(tasks) for tasks in client.processing().values()) == 2)
        os.killpg(workers[0].pid, signal.SIGKILL)
        _, said = build.communicate(timeout=240)
        assert build.returncode == 0, said
    finally:
        for process in workers:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    for name in ("graph.jsonl", "graph.ttl", "formulas.tsv"):
        one, other = (folder.parent / where / name for where in ("out", "plain"))
        assert one.read_bytes() == other.read_bytes()


def test_no_scheduler_is_told(kg_run: Run, folder: Path) -> None:
    result = kg_run("build", folder, "-o", "out", "--cluster", "tcp://127.0.0.1:9")
    assert result.returncode == 2
    assert "127.0.0.1:9" in result.stderr and "Traceback" not in result.stderr

"""Large builds: poisonous documents, kills at any moment, changes between builds, clusters."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from samples import NOTICE, REPORT, SPEECH

import kg
from kg.extract import Crew, extract_all
from kg.model import Extraction, Failure
from kg.read import sources
from kg.settings import Settings

Run = Callable[..., CompletedProcess[str]]
POISON = """
import os, signal, time
from kg.model import Meta
from kg.raw import RawText

def read(data, where, encoding):
    said = data.decode()
    if said == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if said == "hang":
        time.sleep(3600)
    if said == "eat":
        bytearray(3 << 30)
    return RawText(said, Meta(where))
"""


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    """A folder for PYTHONPATH with a reader of ``.poison`` files."""
    home = tmp_path / "plugin"
    facts = home / "poison-1.0.dist-info"
    facts.mkdir(parents=True)
    (home / "poison_reader.py").write_text(POISON, "utf-8")
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: poison\nVersion: 1.0\n", "utf-8")
    (facts / "entry_points.txt").write_text("[kg.readers]\npoison = poison_reader:read\n", "utf-8")
    return home


def fingerprints(output: Path) -> dict[str, str]:
    files = (p for p in output.rglob("*") if p.is_file())
    return {p.relative_to(output).as_posix(): sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_poisonous_documents_cost_themselves(
    jobs: str, kg_run: Run, folder: Path, plugin: Path, tmp_path: Path
) -> None:
    reasons = {"crash": "SIGSEGV", "hang": "more than 10 seconds", "good": ""}
    if sys.platform == "linux":
        reasons["eat"] = "more than 2048 MB"
    for word in reasons:
        (folder / f"{word}.poison").write_text(word, "utf-8")
    limits = ("--seconds", "10", "--megabytes", "2048", "--jobs", jobs)
    result = kg_run("build", folder, "-o", "out", *limits, PYTHONPATH=str(plugin))
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr
    rows = map(json.loads, (tmp_path / "out" / "graph.jsonl").read_text("utf-8").splitlines())
    paths = {row["attributes"]["path"] for row in rows if row.get("kind") == "Document"}
    assert paths == {"good.poison", "notice.txt", "report.txt", "speech.txt"}
    for word, reason in reasons.items():
        lines = [line for line in result.stderr.splitlines() if f"{word}.poison" in line]
        assert len(lines) == bool(reason) and all(reason in line for line in lines), result.stderr


@pytest.mark.xdist_group("kills")
def test_kills_at_any_moment_lose_nothing(folder: Path, tmp_path: Path) -> None:
    """Kill a build twenty times; what stands is always a whole one, and the last is as clean."""
    for number in range(12):
        (folder / f"more{number}.txt").write_text(f"第{number}期\n{REPORT}\n{NOTICE}", "utf-8")
    out, cache = tmp_path / "out", tmp_path / "cache"
    command = [sys.executable, "-m", "kg", "build", str(folder), "-o", str(out)]
    command += ["--jobs", "2", "--cache-dir", str(cache)]
    started = time.monotonic()
    subprocess.run([*command, "--no-cache"], check=True, capture_output=True)
    whole = time.monotonic() - started
    clean = fingerprints(out)
    draw = random.Random(8)
    for number in range(20):
        (folder / "change.txt").write_text(f"{SPEECH}\n第{number}次修改。", "utf-8")
        build = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            build.wait(draw.uniform(0, whole))
        except subprocess.TimeoutExpired:
            os.killpg(build.pid, signal.SIGKILL)
            build.wait()
        if number % 5 == 0:  # as a kill in mid-write leaves it
            (out / f".kg-partial-{build.pid}-x").mkdir()
        stated = json.loads((out / "summary.json").read_text("utf-8"))["files"]
        assert stated.keys() | {"summary.json"} <= fingerprints(out).keys()
    (folder / "change.txt").unlink()
    subprocess.run(command, check=True, capture_output=True)
    assert fingerprints(out) == clean
    assert not list(out.glob(".kg-partial-*")), "what a killed build left is cleared away"


def test_fifty_changes_give_what_a_clean_build_gives(folder: Path, tmp_path: Path) -> None:
    draw = random.Random(3)
    pieces = [*REPORT.split("\n"), *NOTICE.split("\n"), *SPEECH.split("\n")]
    for step in range(50):
        present = sorted(folder.glob("*.txt"))
        action = draw.choice(("add", "add", "edit", "delete"))
        if action == "add" or len(present) < 2:
            file = folder / f"{draw.randint(0, 30):02}.txt"
            file.write_text("\n".join(draw.sample(pieces, min(6, len(pieces)))), "utf-8")
        elif action == "edit":
            file = draw.choice(present)
            file.write_bytes(file.read_bytes()[: -draw.randint(3, 30)] + "。".encode())
        else:
            draw.choice(present).unlink()
        kept = kg.build(folder, cache=tmp_path / "cache")
        clean = kg.build(folder)
        if step % 10 == 9:
            one, other = kept.write(tmp_path / "kept"), clean.write(tmp_path / "clean")
            assert fingerprints(one) == fingerprints(other)
        else:
            assert list(kept.networkx.nodes(data=True)) == list(clean.networkx.nodes(data=True))
            assert list(kept.networkx.edges(data=True)) == list(clean.networkx.edges(data=True))


def test_any_executor_does(folder: Path) -> None:
    plain = kg.build(folder)
    with ProcessPoolExecutor(2) as pool:
        built = kg.build(folder, executor=pool)
    assert list(built.networkx.edges(data=True)) == list(plain.networkx.edges(data=True))


def test_a_worker_that_dies_is_told(folder: Path) -> None:
    (found, _), settings = sources(folder), Settings()
    with ProcessPoolExecutor(1) as pool:
        pool.submit(os._exit, 1)
        results = extract_all(found, settings, Crew(pool))
    assert all(isinstance(result, Failure | Extraction) for result in results)
    assert any(isinstance(r, Failure) and "its worker failed" in r.reason for r in results)

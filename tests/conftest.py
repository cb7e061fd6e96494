"""Shared by all tests: named tools, strict mode, small source folders."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from samples import NOTICE, REPORT, ROOT, SPEECH

STRICT = bool(os.environ.get("STRICT"))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a user's cache holds has no part in the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In strict mode (continuous integration) a test that was skipped has failed."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in strict mode: {report.longrepr}"


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """Path of a program, or the test is skipped by the program's name."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{name} is not installed")
        return path

    return find


@pytest.fixture
def kg_run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command ``kg`` in a process of its own, in an empty folder."""

    def run(*args: str | Path, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kg", *map(str, args)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            input=stdin,
            cwd=tmp_path,
            env={**os.environ, **env},
            timeout=300,
            check=False,
        )

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three small documents."""
    source = tmp_path / "sources"
    source.mkdir()
    (source / "report.txt").write_text(REPORT, "utf-8")
    (source / "notice.txt").write_text(NOTICE, "utf-8")
    (source / "speech.txt").write_text(SPEECH, "gb18030")
    return source


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five documents in the checkout."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def seeds_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the five documents, built once for all tests of a process."""
    import kg

    return kg.build(ROOT / "seeds").write(tmp_path_factory.mktemp("seeds") / "output")

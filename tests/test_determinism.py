"""Same input, same bytes: whatever the hash seed, processes, order, locale, time zone or day."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

VARIANTS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "hash seed 1, two processes": ({"PYTHONHASHSEED": "1"}, ("--jobs", "2")),
    "hash seed 2, C locale, UTC": ({"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "UTC"}, ()),
}


def fingerprints(output: Path) -> dict[str, str]:
    """SHA-256 of every file under a folder."""
    files = (p for p in output.rglob("*") if p.is_file())
    return {
        p.relative_to(output).as_posix(): sha256(p.read_bytes()).hexdigest() for p in sorted(files)
    }


def build(
    source: Path, output: Path, env: dict[str, str], *options: str, before: tuple[str, ...] = ()
) -> dict[str, str]:
    command = [*before, sys.executable, "-m", "kg", "build", str(source), "-o", str(output)]
    command.append("--no-cache")  # every variant does all the work
    done = subprocess.run(
        [*command, *options], env={**os.environ, **env}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return fingerprints(output)


@pytest.fixture(scope="module")
def plain(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    env = {"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}
    return build(seeds, tmp_path_factory.mktemp("plain") / "output", env)


@pytest.mark.parametrize("variant", VARIANTS)
def test_variants(variant: str, plain: dict[str, str], seeds: Path, tmp_path: Path) -> None:
    env, options = VARIANTS[variant]
    assert build(seeds, tmp_path / "elsewhere", env, *options) == plain


def test_chinese_locale(plain: dict[str, str], seeds: Path, tmp_path: Path) -> None:
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout
    if "zh_CN.utf8" not in known:
        pytest.skip("the zh_CN locale is not installed")
    assert build(seeds, tmp_path / "out", {"LC_ALL": "zh_CN.UTF-8"}) == plain


@pytest.mark.parametrize("day", ["2019-02-28 23:59:50", "2031-07-01 12:00:00"])
def test_other_days(
    day: str, plain: dict[str, str], seeds: Path, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    before = (tool("faketime"), "-f", f"@{day}")
    assert build(seeds, tmp_path / "out", {"TZ": "UTC"}, before=before) == plain


def test_reversed_file_order(plain: dict[str, str], seeds: Path, tmp_path: Path) -> None:
    """The files are made in the opposite order, so that the folder lists them otherwise."""
    (tmp_path / "seeds").mkdir()
    for path in sorted(seeds.iterdir(), reverse=True):
        shutil.copy(path, tmp_path / "seeds" / path.name)
    assert build(tmp_path / "seeds", tmp_path / "out", {}) == plain


def test_api_writes_the_same(plain: dict[str, str], seeds_output: Path) -> None:
    assert fingerprints(seeds_output) == plain


def test_nothing_names_the_machine(seeds_output: Path) -> None:
    folder = str(seeds_output).encode()
    for path in seeds_output.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert folder not in data and str(Path.home()).encode() + b"/" not in data, path.name

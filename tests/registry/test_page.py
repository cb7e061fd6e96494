"""The page docs/formulas.md: what it prints is what the commands print."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from samples import ROOT

from kg.cli import cli

PAGE = (ROOT / "docs" / "formulas.md").read_text("utf-8")
PRINTED = re.findall(r"```sh\nkg ([^\n]*)\n```\n```text\n(.*?)```", PAGE, re.S)
CODE = re.findall(r"```python\n(.*?)```", PAGE, re.S)


@pytest.mark.parametrize(("command", "shown"), PRINTED, ids=[c for c, _ in PRINTED])
def test_what_a_command_prints(command: str, shown: str, seeds_output: Path) -> None:
    args = [str(seeds_output) if word == "output" else word for word in shlex.split(command)]
    result = CliRunner().invoke(cli, args)
    assert result.exit_code == 0
    printed, at = result.stdout.splitlines(), 0
    for line in shown.splitlines():
        if line != "…":
            assert line in printed[at:], line
            at = printed.index(line, at) + 1


def test_the_page_has_examples() -> None:
    assert len(PRINTED) == PAGE.count("```sh") == 4 and len(CODE) == 2


@pytest.mark.parametrize("code", CODE)
def test_code_runs(code: str, seeds_output: Path) -> None:
    pytest.importorskip("pandas")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], cwd=seeds_output.parent, capture_output=True,
        text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()

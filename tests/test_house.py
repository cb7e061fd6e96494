"""The house: what the layout, the documentation and the files promise about themselves."""

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from samples import ROOT

PACKAGE = sorted((ROOT / "kg").rglob("*.py"))
README = (ROOT / "README.md").read_text("utf-8")
BASES = {  # inheritance is for what demands it
    "Enum", "Generic[T, R]", "HTMLParser", "NamedTuple", "Protocol", "StrEnum", "pickle.Unpickler",
    "dict[int, int]", "dict[str, str]",  # with __missing__: a table that fills itself
    "nx.MultiDiGraph", "MutableMapping[str, Any]", "Attributes",  # what NetworkX asks of attributes
}  # fmt: skip
TOP = {
    ".ci", ".git", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
    "Makefile", "README.md", "README.zh.md", "benchmarks", "constraints.txt", "docs", "kg",
    "output", "pyproject.toml", "seeds", "tests",
}  # fmt: skip


def tracked() -> list[str]:
    """Files under version control; all files where there is no git."""
    done = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.splitlines()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


def test_top_level_is_what_people_expect() -> None:
    assert {name.split("/")[0] for name in tracked()} <= TOP


@pytest.mark.parametrize("path", PACKAGE, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_modules_are_small_and_say_what_they_are(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module's first line says its noun or verb"
    assert text.count("\n") <= 440
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 60, f"{node.name} is too long"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print" or path.parent.name == "cli"
        if isinstance(node, ast.ClassDef) and path.name != "errors.py":
            bases = {ast.unparse(base) for base in node.bases}
            assert bases <= BASES, node.name


def test_code_holds_little_chinese() -> None:
    """Vocabulary is data: a string in the code with many Han characters is a word list."""
    found = []
    for path in PACKAGE:
        tree = ast.parse(path.read_text("utf-8"))
        docs = {
            ast.get_docstring(n, clean=False)
            for n in ast.walk(tree)
            if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = re.sub(r"\[[^\]]*\]", "", node.value)  # numerals and function characters
                if len(re.findall(r"[\u4e00-\u9fff]", words)) > 24 and node.value not in docs:
                    found.append(f"{path.name}:{node.lineno} {words[:40]}")
    assert not found


@pytest.mark.parametrize("name", [n for n in tracked() if not n.startswith("seeds/0")])
def test_files_name_no_machine_and_no_registry(name: str) -> None:
    path = ROOT / name
    if not path.is_file():
        return
    text = path.read_text("utf-8", errors="ignore")
    for pattern in (
        r"(^|[^A-Za-z0-9_.])/(wor[k]|far[m]|roo[t])/", r"pyp[i]\.org", r"pythonhoste[d]",
        r"registry\.npmj[s]", r"deb\.debia[n]\.org", r"\.\./share[d]",
    ):  # fmt: skip
        assert not re.search(pattern, text), f"{name}: {pattern}"


def test_readme_lists_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for requirement in project["dependencies"]:
        assert f"| {re.split(r'[<>=]', requirement)[0]} |" in README


def test_readme_names_every_command() -> None:
    from kg.cli import cli

    for name, command in cli.commands.items():
        assert f"`kg {name}" in README, name
        assert command.help


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the checkout: seeds, docs, and .venv/bin/kg."""
    home = tmp_path_factory.mktemp("workshop")
    shutil.copytree(ROOT / "seeds", home / "seeds")
    shutil.copytree(ROOT / "docs", home / "docs")
    (home / ".venv" / "bin").mkdir(parents=True)
    script = home / ".venv" / "bin" / "kg"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', "utf-8")
    script.chmod(0o755)
    return home


@pytest.mark.xdist_group("readme")
def test_readme_commands_run(workshop: Path) -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.strip()]
    assert len(lines) >= 5
    for line in lines:
        words = shlex.split(line)
        if words[0] == "make":  # installs from the network; that its rule exists is checked here
            command, where = ["make", "-n", *words[1:]], ROOT
        else:
            command, where = words, workshop
        done = subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}: {done.stderr}"
        assert done.stdout.strip(), line


@pytest.mark.xdist_group("readme")
def test_readme_python_runs(workshop: Path) -> None:
    code = blocks("python")
    assert len(code) == 2
    for block in reversed(code):  # the second builds what the first loads
        done = subprocess.run(
            [sys.executable, "-c", block], cwd=workshop, capture_output=True, text=True,
            encoding="utf-8", check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert len(done.stdout.splitlines()) >= 3


def test_start_is_lazy() -> None:
    """``kg --help`` loads none of the heavy packages."""
    code = "import sys, kg.cli; print([m for m in HEAVY if m in sys.modules])"
    heavy = ["networkx", "rdflib", "jieba", "pyvis", "numpy", "pyoxigraph"]
    done = subprocess.run(
        [sys.executable, "-c", f"HEAVY = {heavy}; {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"

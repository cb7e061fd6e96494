"""Recognizers of other packages: one that is really installed, and ones that break their word."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from samples import ROOT

import kg
from kg import graph, recognize
from kg.errors import DataError

EXAMPLE = ROOT / "docs" / "recognizer-example"
TEXT = "泵站按GB/T 50265—2022设计，水质执行GB 3838-2002的规定。"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    return folder


def test_an_installed_package_finds_its_mentions(source: Path, tmp_path: Path) -> None:
    copy = tmp_path / "package"
    copy.mkdir()
    for file in EXAMPLE.iterdir():
        if file.is_file():
            (copy / file.name).write_bytes(file.read_bytes())
    site = tmp_path / "site"
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"),
            *("--no-build-isolation", "--target", site, copy),
        ],
        check=True,
    )
    command = [sys.executable, "-m", "kg", "build", source, "--no-cache"]
    without = subprocess.run(
        [*command, "-o", tmp_path / "without"], capture_output=True, text=True, check=True
    )
    assert "failed" not in without.stderr
    path = os.pathsep.join(filter(None, [str(site), os.environ.get("PYTHONPATH", "")]))
    for jobs in ("1", "2"):
        subprocess.run(
            [*command, "-o", tmp_path / jobs, "--jobs", jobs],
            check=True, capture_output=True, env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip
    assert not works(tmp_path / "without")
    assert works(tmp_path / "1") == ["GB 3838-2002", "GB/T 50265—2022"]
    one, two = ((tmp_path / jobs / "graph.nt").read_bytes() for jobs in ("1", "2"))
    assert one == two
    loaded = kg.load(tmp_path / "1")
    found = loaded.find("GB 3838-2002")
    assert found is not None and found.kind == "Work" and found.quotes[0].quote == found.name


def works(folder: Path) -> list[str]:
    rows = map(json.loads, (folder / "graph.jsonl").read_text("utf-8").splitlines())
    return sorted(row["name"] for row in rows if row.get("kind") == "Work")


def install(folder: Path, code: str, value: str = "mine:Mine") -> None:
    """A package as an installer leaves it: a module and what is told about it."""
    (folder / "mine.py").write_text(code, "utf-8")
    told = folder / "mine-2.5.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: mine\nVersion: 2.5\n", "utf-8")
    (told / "entry_points.txt").write_text(f"[kg.recognizers]\nships = {value}\n", "utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    recognize.recognizers.cache_clear()
    monkeypatch.delitem(sys.modules, "mine", raising=False)
    yield folder
    sys.modules.pop("mine", None)
    recognize.recognizers.cache_clear()


FIND = "class Mine:\n    name = 'ships'\n    def find(self, passage):\n        "
BAD = [
    (FIND + "raise RuntimeError('no sea')", "RuntimeError: no sea"),
    (FIND + "yield 1 / 0", "fails on the passage '泵站按GB/T"),
    (FIND + "return None", "TypeError"),
    (FIND + "return ['GB']", "gives what is no mention: 'GB'"),
    (FIND + "return [passage.mention(0, 2, 'Ship', rule='x')]", "an unknown kind: 'Ship'"),
    (FIND + "return [passage.mention(0, 900, 'Work', rule='x')]", "outside its passage"),
    (FIND + "return [passage.mention(3, 3, 'Work', rule='x')]", "outside its passage"),
    (FIND + "return [passage.mention(-9, -4, 'Work', rule='x')]", "outside its passage"),
    (FIND + "return [passage.mention(0, 2, 'Work', rule='')]", "without name or rule"),
]


@pytest.mark.parametrize(("code", "said"), BAD, ids=lambda value: value[-30:])
def test_a_recognizer_that_breaks_its_word(code: str, said: str, source: Path, site: Path) -> None:
    install(site, code)
    done = kg.build(source)
    (failure,) = done.failures
    assert failure.path == "a.txt" and said in failure.reason
    assert "recognizer 'ships' of the package mine 2.5" in failure.reason
    assert "mend or uninstall" in failure.reason


@pytest.mark.parametrize(
    ("code", "value", "said"),
    [
        ("raise ImportError('no such sea')", "mine:Mine", "ImportError: no such sea"),
        ("Mine = 3", "mine:Mine", "TypeError"),
        ("", "mine:Mine", "AttributeError"),
        ("class Mine:\n    find = 3", "mine:Mine", "find is no function"),
        ("class Mine:\n    def __init__(self, sea): ...", "mine:Mine", "TypeError"),
    ],
)
def test_one_that_cannot_be_loaded_stops_the_build(
    code: str, value: str, said: str, source: Path, site: Path
) -> None:
    install(site, code, value)
    with pytest.raises(DataError) as caught:
        kg.build(source)
    assert said in str(caught.value)
    assert "recognizer 'ships' of the package mine 2.5 cannot be loaded" in str(caught.value)


def test_a_good_one_shares_the_rules_of_overlap(source: Path, site: Path) -> None:
    install(site, FIND + "yield passage.mention(0, 2, 'Organization', rule='ship')")
    (ship,) = graph.entities(kg.build(source).networkx, "Organization")
    assert ship.name == "泵站" and ship.mentions[0].quote == "泵站"

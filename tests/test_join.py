"""Join: the same graph in one process and in several; whatever goes wrong there is told."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from errno import ENOSPC
from pathlib import Path
from typing import NoReturn

import pytest

from kg import export, join, pipeline, resolve
from kg.errors import DataError, KgError, OutputError
from kg.export import rdf
from kg.extract import Crew
from kg.settings import Settings
from kg.shelf import Shelf
from kg.workers import Workers

FORKS = sys.platform == "linux"


def all_files(folder: Path) -> dict[str, bytes]:
    return export.render(pipeline.build(folder, Settings()).graph, Settings())


@pytest.fixture
def parts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many parts are joined at a time, in builds of few documents that count as many."""
    done: list[int] = []
    apart = join._apart

    def told(makes: Sequence[Callable[[], join.Rows]], jobs: int) -> list[join.Rows]:
        done.append(jobs)
        return apart(makes, jobs)

    monkeypatch.setattr(join, "MANY", -1)
    monkeypatch.setattr(join, "_apart", told)
    return done


def test_processes_of_their_own_give_the_same_bytes(
    folder: Path, parts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = all_files(folder)
    assert parts == [1]
    monkeypatch.setattr(join, "MANY", 1 << 30)
    assert all_files(folder) == apart and parts == [1]


def test_several_jobs_write_the_same_bytes(folder: Path, parts: list[int], tmp_path: Path) -> None:
    for jobs in (1, 2, 4):
        crew = Crew(Workers(jobs))
        built = pipeline.build(folder, Settings(), crew=crew)
        export.write(built.graph, tmp_path / str(jobs), Settings(), jobs=crew.jobs)
    assert parts == [1, 2, 4]
    one, *others = (
        {file.name: file.read_bytes() for file in (tmp_path / str(jobs)).iterdir()}
        for jobs in (1, 2, 4)
    )
    assert "graph.html" in one and "summary.json" in one
    assert others == [one, one]


@pytest.mark.skipif(not FORKS, reason="processes are not forked here")
def test_what_a_writing_process_meets_is_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(ENOSPC, "No space left on device")

    built = pipeline.build(folder, Settings())
    monkeypatch.setattr(export, "_put", full)
    with pytest.raises(OutputError, match="No space left"):
        export.write(built.graph, tmp_path / "out", Settings(), jobs=2)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.skipif(not FORKS, reason="processes are not forked here")
def test_the_memory_is_another_process_s(folder: Path, parts: list[int]) -> None:
    seen: list[int] = []
    choose = resolve.choose

    def told(*given: object) -> frozenset[str]:
        seen.append(os.getpid())
        return choose(*given)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resolve, "choose", told)
        pipeline.build(folder, Settings())
    assert parts == [1] and seen == []


def test_a_wrong_decision_is_told_as_ever(folder: Path, parts: list[int]) -> None:
    (folder / "kg.merges.tsv").write_text(
        "decision\tkind\tkeep\tmerge\nmerge\tPerson\t无此人\t也无此人\n", "utf-8"
    )
    with pytest.raises(DataError, match=r"kg\.merges\.tsv: line 2"):
        pipeline.build(folder, Settings())


@pytest.mark.skipif(not FORKS, reason="processes are not forked here")
@pytest.mark.parametrize(
    ("end", "part"),
    [
        (lambda *_: os.kill(os.getpid(), signal.SIGKILL), "SIGKILL"),
        (lambda *_: os._exit(3), "exit status 3"),
    ],
)
def test_a_process_that_dies_is_told(
    end: Callable[..., NoReturn],
    part: str,
    folder: Path,
    parts: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(resolve, "choose", end)
    with pytest.raises(KgError, match=f"joining the documents .*{part}.*docs/scale"):
        pipeline.build(folder, Settings())


def test_a_shelf_refuses_what_is_no_extraction() -> None:
    shelf = Shelf(1)
    shelf.put(0, b"something else")
    with pytest.raises(KgError, match="no extraction"):
        list(shelf)


def test_rows_are_those_of_the_graph(folder: Path, parts: list[int]) -> None:
    built = pipeline.build(folder, Settings()).graph
    assert list(built) == sorted(built)
    assert rdf.render_nt(built, Settings()).count("\n") > 100

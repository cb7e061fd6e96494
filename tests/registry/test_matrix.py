"""Matrix: formulas by documents, as rows, as a DataFrame, as CSV."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import networkx as nx
import pytest
from registry_corpus import write

import kg
from kg.api import Graph
from kg.errors import UsageError
from kg.export import formulas
from kg.graph import assemble
from kg.model import Entity, Evidence
from kg.registry.matrix import FACTS, matrix
from kg.settings import Settings

SETTINGS = Settings()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return kg.build(write(tmp_path_factory.mktemp("dated")))


def rendered(graph: nx.MultiDiGraph) -> list[list[str]]:
    text = "".join(formulas.matrix_lines(graph, SETTINGS))
    return list(csv.reader(io.StringIO(text, newline="")))


def test_documents_stand_in_order_of_date(built: Graph) -> None:
    assert built.formula_matrix().paths == (
        "a-2015.txt", "b-2016.txt", "c-2018.txt", "d-2019.txt", "e-window.txt", "f-2021.txt",
        "h-2021.txt", "g-undated.txt",
    )  # fmt: skip


def test_rows(built: Graph) -> None:
    rows = {row.name: row for row in built.formula_matrix().rows}
    assert list(rows) == sorted(rows)
    assert rows["三个严禁"].counts == {"a-2015.txt": 1, "b-2016.txt": 2, "g-undated.txt": 1}
    coming = rows["两个守护"]
    assert coming.counts == {"d-2019.txt": 1, "e-window.txt": 1, "h-2021.txt": 1}
    assert coming.first is not None and coming.first.document.path == "d-2019.txt"
    assert rows["五条红线"].facts[-6:] == ("", "", "", "", "", "")


def test_csv_says_the_same_as_the_rows(built: Graph) -> None:
    found = built.formula_matrix()
    head, *lines = rendered(built.networkx)
    assert head == [*FACTS, *found.paths]
    for row, line in zip(found.rows, lines, strict=True):
        assert line[: len(FACTS)] == [str(fact) for fact in row.facts]
        cells = dict(zip(found.paths, map(int, line[len(FACTS) :]), strict=True))
        assert {path: count for path, count in cells.items() if count} == row.counts
        assert sum(cells.values()) == int(line[FACTS.index("mentions")])


def test_data_frame(built: Graph, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    found = built.formula_matrix()
    frame = found.to_pandas()
    assert frame.shape == (5, len(FACTS) + 8)
    assert frame[list(found.paths)].sum().sum() == sum(frame["mentions"]) == 13
    built.write(tmp_path)
    read = pandas.read_csv(tmp_path / "formula_matrix.csv", keep_default_na=False)
    assert read.astype(str).equals(frame.astype(str))


def test_without_pandas(built: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    for ask in (built.formula_matrix().to_pandas, built.trends().to_pandas):
        with pytest.raises(UsageError, match=r"pip install 'tifa-kg\[pandas\]'"):
            ask()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "＝1"])
def test_formulas_of_a_spreadsheet_are_disarmed(text: str) -> None:
    nodes = [
        Entity("d/1", "Document", text, attributes={"path": text}),
        Entity("e/formula-1", "Formula", text, mentions=(Evidence("d/1", 0, 1, text),)),
    ]
    head, line = rendered(assemble(nodes, []))
    assert head[-1] == line[0] == "'" + text and line[-1] == "1"
    assert line[2] == "", "a name that announces no number"


def test_a_graph_without_formulas() -> None:
    graph = assemble([Entity("d/1", "Document", "x", attributes={"path": "x.txt"})], [])
    assert rendered(graph) == [[*FACTS, "x.txt"]]
    assert matrix(graph).rows == () and matrix(assemble([], [])).documents == ()

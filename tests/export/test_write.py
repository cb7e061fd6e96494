"""Write: an export comes whole or not at all, and every file tells the same graph."""

from __future__ import annotations

import csv
import io
import json
import sys
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from sample_graph import sample

from kg import export
from kg.errors import OutputError
from kg.export import html
from kg.graph import assemble
from kg.model import Entity, Failure
from kg.ontology import source
from kg.settings import Settings

SETTINGS = Settings()
NAMES = {
    "graph.jsonl", "graph.nt", "graph.ttl", "graph.gexf", "graph.html", "nodes.csv",
    "edges.csv", "formulas.tsv", "formula_matrix.csv", "trends.json", "reuse.html", "ontology.ttl",
    "graph.dynamic.gexf", "merges.tsv", "summary.json",
    "timeline.json", "statistics.csv", "quotations.csv", "shapes.ttl",
}  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_every_file_and_nothing_else(tmp_path: Path) -> None:
    export.write(sample(), tmp_path / "deep" / "out", SETTINGS)
    assert set(contents(tmp_path / "deep" / "out")) == NAMES
    assert (tmp_path / "deep" / "out" / "ontology.ttl").read_text("utf-8") == source()


def test_same_bytes_twice_over_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    export.write(sample(), tmp_path, SETTINGS)
    first = contents(tmp_path)
    export.write(sample(), tmp_path, SETTINGS)
    assert contents(tmp_path) == first and first["mine.txt"] == b"mine"


def test_the_graph_is_not_changed(tmp_path: Path) -> None:
    graph = sample()
    export.write(graph, tmp_path, SETTINGS)
    assert nx.utils.graphs_equal(graph, sample())


def test_counts_agree_everywhere(tmp_path: Path) -> None:
    graph = sample()
    export.write(graph, tmp_path, SETTINGS)
    nodes, edges = graph.number_of_nodes(), graph.number_of_edges()
    rows = [json.loads(x) for x in (tmp_path / "graph.jsonl").read_text("utf-8").splitlines()]
    root = ET.fromstring((tmp_path / "graph.gexf").read_bytes())
    summary = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    for name, wanted, tag in (("nodes", nodes, "node"), ("edges", edges, "edge")):
        text = (tmp_path / f"{name}.csv").read_text("utf-8")
        assert len(list(csv.reader(io.StringIO(text, newline="")))) - 1 == wanted
        assert sum(tag in row for row in rows) == wanted
        assert len(root.findall(f".//{{http://gexf.net/1.3}}{tag}")) == wanted
    assert (summary["nodes"], summary["relations"]) == (nodes, edges)


def test_summary(tmp_path: Path) -> None:
    failures = [Failure("bad.txt", "bad.txt: empty")]
    export.write(sample(), tmp_path, SETTINGS, failures=failures, skipped=["x.doc"])
    summary = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert summary["failures"] == [{"path": "bad.txt", "reason": "bad.txt: empty"}]
    assert summary["skipped"] == ["x.doc"]
    assert [d["path"] for d in summary["documents"]] == ["letter.txt", "plan.txt", "speech.txt"]
    assert summary["documents"][1]["issued"] == "2021-03-06"
    assert summary["formulas by status"] == {"conflicting": 1, "partial": 1}
    assert any(f["summary"].startswith("三条底线: announced 3") for f in summary["formulas"])
    assert summary["nodes by kind"]["Formula"] == 2
    assert sum(summary["nodes by kind"].values()) == summary["nodes"]
    assert sum(summary["relations by predicate"].values()) == summary["relations"]
    files = contents(tmp_path)
    del files["summary.json"]
    assert summary["files"] == {
        name: {"bytes": len(data), "sha256": sha256(data).hexdigest()}
        for name, data in sorted(files.items())
    }
    assert str(tmp_path) not in json.dumps(summary)


def test_a_write_that_fails_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export.write(sample(), tmp_path, SETTINGS)
    before = contents(tmp_path)

    def broken(graph: nx.MultiDiGraph, settings: Settings) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(export, "FILES", {**export.FILES, "trends.json": broken})
    with pytest.raises(KeyboardInterrupt):
        export.write(assemble([], []), tmp_path, SETTINGS)
    assert contents(tmp_path) == before


def test_a_disk_that_fills_up_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export.write(sample(), tmp_path, SETTINGS)
    before = contents(tmp_path)
    put = export._put

    def full(path: Path, data: bytes) -> None:
        if path.name == "edges.csv":
            raise OSError(28, "No space left on device", str(path))
        put(path, data)

    monkeypatch.setattr(export, "_put", full)
    with pytest.raises(OutputError, match="No space left"):
        export.write(assemble([], []), tmp_path, SETTINGS)
    assert contents(tmp_path) == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_folder_in_the_way_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").mkdir()
    with pytest.raises(OutputError, match="in the way"):
        export.write(sample(), tmp_path, SETTINGS)
    assert contents(tmp_path) == {}


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(OutputError, match="cannot write"):
            export.check_folder(folder)
        with pytest.raises(OutputError, match="cannot write"):
            export.write(sample(), folder, SETTINGS)


def test_read_gives_back_what_was_written(tmp_path: Path) -> None:
    export.write(sample(), tmp_path, Settings(concepts=7))
    graph, settings = export.read(tmp_path)
    assert nx.utils.graphs_equal(graph, sample()) and settings == Settings(concepts=7)


def test_read_names_what_is_missing_or_damaged(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"graph\.jsonl.*kg build"):
        export.read(tmp_path)
    export.write(sample(), tmp_path, SETTINGS)
    file = tmp_path / "graph.jsonl"
    good = file.read_bytes()
    file.write_bytes(good[:400])
    with pytest.raises(OutputError, match="cut off"):
        export.read(tmp_path)
    file.write_bytes(good.replace(b'"kind":"Spirit"', b'"kind":"Ghost"'))
    with pytest.raises(OutputError, match="Ghost"):
        export.read(tmp_path)


def test_extracted_text_stands_beside_the_export(tmp_path: Path) -> None:
    name = "text/0123456789abcdef.txt"
    attributes = {"path": "a.pdf", "extractedText": name, "text": "甲\r\n乙"}
    outside = {"path": "b.pdf", "extractedText": "../evil.txt", "text": "丙"}
    nodes = [
        Entity("d/0123456789abcdef", "Document", "a", attributes=attributes),
        Entity("d/1", "Document", "b", attributes=outside),
    ]
    export.write(assemble(nodes, []), tmp_path / "out", SETTINGS)
    assert (tmp_path / "out" / name).read_bytes() == "甲\r\n乙".encode()
    assert not (tmp_path / "evil.txt").exists()
    summary = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))
    assert name in summary["files"]


def test_an_empty_graph_can_be_written(tmp_path: Path) -> None:
    export.write(assemble([], []), tmp_path, SETTINGS)
    assert export.read(tmp_path)[0].number_of_nodes() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_files_are_readable_by_others(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_text("x", "utf-8")
    export.write(sample(), tmp_path / "out", SETTINGS)
    assert (tmp_path / "out" / "graph.ttl").stat().st_mode == plain.stat().st_mode


@pytest.fixture(autouse=True)
def quick_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page has tests of its own: a stub keeps these quick."""
    monkeypatch.setattr(html, "render", lambda graph, settings: "<!doctype html>")
    files = {
        **export.PICTURES, "graph.html": lambda graph, settings, places: "<!doctype html>"
    }  # fmt: skip
    monkeypatch.setattr(export, "PICTURES", files)

"""CSV and TSV: tables that spreadsheets, pandas and Gephi read, and that run nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

import pytest
from sample_graph import sample

from kg.export import formulas, tables_csv
from kg.graph import assemble
from kg.model import Entity, Evidence, Relation
from kg.settings import Settings

SETTINGS = Settings()


def read(lines: Iterable[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(lines), newline="")))


def test_nodes() -> None:
    graph = sample()
    rows = read(tables_csv.node_lines(graph, SETTINGS))
    assert [row["id"] for row in rows] == sorted(graph)
    for row in rows:
        data = graph.nodes[row["id"]]
        assert (row["label"], row["kind"]) == (data["name"], data["kind"])
        assert int(row["mentions"]) == len(data["mentions"])
        others = json.loads(row["attributes"] or "{}")
        assert "text" not in others
        assert others == {k: v for k, v in data["attributes"].items() if k != "text"}
    bureau = next(row for row in rows if row["label"] == "临江市水务局")
    assert bureau["aliases"] == "市水务局; 临江水务"
    assert bureau["document_names"] == "speech.txt" and bureau["first_date"] == "2021-03-01"


def test_edges() -> None:
    graph = sample()
    rows = read(tables_csv.edge_lines(graph, SETTINGS))
    assert len(rows) == graph.number_of_edges()
    for row in rows:
        data = graph.edges[row["source"], row["target"], row["id"]]
        assert row["type"] == "Directed" and row["relation"] == data["predicate"]
        assert row["inferred"] == str(data["inferred"]).lower()
        assert int(row["weight"]) == len(data["evidence"])
        assert row["source_label"] == graph.nodes[row["source"]]["name"]
        assert json.loads(row["qualifiers"] or "{}") == data["qualifiers"]


def test_rfc_4180() -> None:
    text = tables_csv.table([("a", "b"), ('say "x"', "1,2"), ("two\r\nlines", "")])
    assert text == 'a,b\r\n"say ""x""","1,2"\r\n"two\r\nlines",\r\n'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "＠x"])
def test_formulas_of_a_spreadsheet_are_disarmed(text: str) -> None:
    place = Evidence("d/1", 0, 1, text)
    nodes = [
        Entity("d/1", "Document", text, attributes={"path": text}),
        Entity("e/concept-1", "Concept", text, mentions=(place,)),
    ]
    graph = assemble(nodes, [Relation("d/1", "mentions", "e/concept-1", (place,), text)])
    for table in (tables_csv.node_lines, tables_csv.edge_lines):
        for row in read(table(graph, SETTINGS)):
            assert all(not v.startswith(tables_csv._FORMULA) for v in row.values())
            assert any(v == "'" + text for v in row.values())


def test_numbers_stay_numbers() -> None:
    assert tables_csv.table([(-1, 2.5, True)]) == "-1,2.5,True\r\n"


def test_formula_table() -> None:
    lines = formulas.render(sample(), SETTINGS).split("\n")
    rows = [dict(zip(formulas.COLUMNS, line.split("\t"), strict=True)) for line in lines[1:-1]]
    assert lines[0].split("\t") == list(formulas.COLUMNS) and lines[-1] == ""
    first, version, partial = rows
    assert first["members"] == "1 统筹上游下游; 2 统筹城市农村; 3 统筹建设管护"
    assert (first["announced"], first["found"], first["status"]) == ("3", "3", "conflicting")
    assert first["named in"] == "letter.txt:56-60; plan.txt:35-39; speech.txt:38-42"
    assert "plan.txt:48-54" in first["listed in"] and first["rule"] == "list-after-name"
    assert version["version"] == "2021-05-02" and version["members"].startswith("1 统筹点线面")
    assert partial["summary"] == "三条底线: announced 3, found 1 (安全) in speech.txt: partial"
    assert (version["listed from"], version["listed until"]) == ("2021-05-02", "2021-05-02")
    assert (first["listed from"], first["listed until"]) == ("2021-03-06", "2021-05-02")


def test_a_formula_that_nothing_is_known_of() -> None:
    graph = assemble([Entity("e/formula-1", "Formula", "=三\t个\n省", attributes={})], [])
    row = formulas.render(graph, SETTINGS).split("\n")[1].split("\t")
    assert row[0] == "'=三 个 省" and row[3] == "unlisted" and len(row) == len(formulas.COLUMNS)
    assert row[-1].endswith("announced ?, found 0: unlisted")

"""Verify: every quote is held against its source, and each fault names document and place."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_graph import TEXTS, sample, sources

from kg.errors import UsageError
from kg.graph import assemble
from kg.model import Alias, Entity, Evidence, Relation, document_id
from kg.verify import passages, verify


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sources(tmp_path / "sources")


def test_a_true_graph_has_no_fault(folder: Path) -> None:
    report = verify(sample(), folder)
    assert report.faults == ()
    assert report.quotes == sum(len(found) for found in passages(sample()).values()) > 40


def test_a_changed_source_is_found_at_its_place(folder: Path) -> None:
    text = TEXTS["speech.txt"]
    place = text.index("规划科")
    changed = text.replace("规划科", "规划处")
    (folder / "speech.txt").write_bytes(changed.encode())
    faults = verify(sample(), folder).faults
    assert {fault.document for fault in faults} == {"speech.txt"}
    assert (place, place + 3) in {(fault.begin, fault.end) for fault in faults}
    assert any(
        str(fault) == f"speech.txt:{place}-{place + 3}: the source says '规划处', not '规划科'"
        for fault in faults
    )


def test_a_shorter_source(folder: Path) -> None:
    (folder / "plan.txt").write_text(TEXTS["plan.txt"][:30], "utf-8")
    faults = verify(sample(), folder).faults
    assert faults and all(f.document == "plan.txt" for f in faults)
    assert any("stands nowhere: the source has 30 characters" in f.what for f in faults)


def test_a_missing_source_is_one_fault(folder: Path) -> None:
    (folder / "letter.txt").unlink()
    faults = verify(sample(), folder).faults
    assert [str(fault) for fault in faults] == ["letter.txt: the source file is missing"]


def test_a_source_that_cannot_be_read(folder: Path) -> None:
    (folder / "letter.txt").write_bytes(b"")
    faults = verify(sample(), folder).faults
    assert [f.document for f in faults] == ["letter.txt"] and "cannot be read" in faults[0].what


def test_line_ends_and_byte_order_mark_do_not_matter(folder: Path) -> None:
    (folder / "plan.txt").write_bytes(b"\xef\xbb\xbf" + TEXTS["plan.txt"].encode())
    assert not verify(sample(), folder).faults
    (folder / "plan.txt").write_bytes(TEXTS["plan.txt"].replace("\r\n", "\n").encode())
    assert verify(sample(), folder).faults, "offsets count every character of a line end"


def test_every_place_that_holds_evidence_is_read(folder: Path) -> None:
    """A false quote is found in a mention, an alias, a naming and a relation."""
    document = document_id("plan.txt")
    false = [Evidence(document, n, n + 2, "假话") for n in range(4)]
    nodes = [
        Entity(document, "Document", "x", attributes={"path": "plan.txt"}),
        Entity(
            "e/person-1", "Person", "甲", (Alias("乙", (false[0],), "r"),),
            mentions=(false[1],), naming=Alias("甲", (false[2],), "r"),
        ),
    ]  # fmt: skip
    relation = Relation(document, "mentions", "e/person-1", (false[3],), "r")
    faults = verify(assemble(nodes, [relation]), folder).faults
    assert [fault.begin for fault in faults] == [0, 1, 2, 3]


@pytest.mark.parametrize(("begin", "end"), [(-1, 2), (3, 3), (5, 4), (0, 10_000)])
def test_offsets_that_cannot_be(begin: int, end: int, folder: Path) -> None:
    document = document_id("plan.txt")
    quote = TEXTS["plan.txt"][begin:end]
    nodes = [
        Entity(document, "Document", "x", attributes={"path": "plan.txt"}),
        Entity("e/person-1", "Person", "甲", mentions=(Evidence(document, begin, end, quote),)),
    ]
    assert len(verify(assemble(nodes, []), folder).faults) == 1


def test_a_document_that_the_graph_does_not_list(folder: Path) -> None:
    place = Evidence(document_id("plan.txt"), 0, 3, "临江市")
    graph = assemble([Entity("e/place-1", "Place", "临江市", mentions=(place,))], [])
    assert [f.what for f in verify(graph, folder).faults] == [
        "the graph quotes a document that it does not list"
    ]


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        verify(sample(), tmp_path / "nowhere")

"""Diff: what changed between two builds, told for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import kg
from kg.diff import diff

Run = Callable[..., CompletedProcess[str]]


def test_nothing_differs_from_itself(folder: Path) -> None:
    one, other = kg.build(folder).networkx, kg.build(folder).networkx
    assert not diff(one, other)
    assert list(diff(one, other).lines()) == ["nothing differs"]


def test_a_new_document_and_its_facts(folder: Path) -> None:
    old = kg.build(folder).networkx
    (folder / "new.txt").write_text("各乡要做到“两个看清”，即看清家底、看清需求。", "utf-8")
    found = diff(old, kg.build(folder).networkx)
    assert [(c.name, c.old) for c in found.documents] == [("new.txt", "")]
    assert ("Formula", "两个看清") in found.things and not found.gone
    assert [(c.name, c.new) for c in found.formulas] == [("两个看清", "看清家底、看清需求")]
    assert {"hasMember"} <= {fact.predicate for fact in found.facts} and not found.lost
    back = diff(kg.build(folder).networkx, old)
    assert back.lost == found.facts and back.gone == found.things


def test_changed_members_of_a_formula(folder: Path) -> None:
    old = kg.build(folder).networkx
    text = (folder / "notice.txt").read_text("utf-8")
    (folder / "notice.txt").write_text(text.replace("统筹上游下游", "统筹左岸右岸"), "utf-8")
    found = diff(old, kg.build(folder).networkx)
    (change,) = [c for c in found.formulas if c.name == "四个统筹" and c.what == "members"]
    assert change.old.startswith("统筹上游下游、") and change.new.startswith("统筹左岸右岸、")
    assert [c.name for c in found.documents] == ["notice.txt"]
    assert any(fact.object == "统筹上游下游" for fact in found.lost)


def test_the_command(kg_run: Run, folder: Path) -> None:
    assert kg_run("build", folder, "-o", "old").returncode == 0
    assert kg_run("diff", "old", "old").stdout == "nothing differs\n"
    (folder / "report.txt").unlink()
    assert kg_run("build", folder, "-o", "new").returncode == 0
    told = kg_run("diff", "old", "new").stdout
    assert "- report.txt: text" in told
    data = json.loads(kg_run("diff", "old", "new", "--json").stdout)
    assert data["documents"][0]["name"] == "report.txt" and data["documents"][0]["new"] == ""
    gone = kg_run("diff", "old", "nowhere")
    assert gone.returncode == 2 and "nowhere" in gone.stderr

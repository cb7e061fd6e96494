"""Spool: lines come out sorted and once each, from memory or from disk."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sample_graph import sample

from kg.export import rdf, rdf_spool
from kg.export.rdf_spool import Spool
from kg.settings import Settings

ENDS = ("", "/b", "-", "~", "#c", "é")


@pytest.mark.parametrize("shared", [0, 3])
@pytest.mark.parametrize("held", [1, 7, 100, 10_000])
def test_lines_come_out_sorted_and_once(held: int, shared: int) -> None:
    draw = random.Random(held)
    triples = [
        (
            f"<a:{draw.randint(0, 99)}{draw.choice(ENDS)}>",
            f"八\u2028\x85{chr(0x20000 + at % 9)} .\n",
        )
        for at in range(900)
    ]
    lines = {f"{subject} {rest}" for subject, rest in triples}
    with Spool(shared, held * 20) as spool:
        for subject, rest in triples:
            spool.add(subject, f"{subject} {rest}")
            if spool.is_full:
                spool.spill()
        assert list(spool) == sorted(lines)
        assert list(spool) == sorted(lines), "it can be gone through again"


def test_several_lines_at_once() -> None:
    with Spool() as spool:
        spool.add("<a:b>", "<a:b> c\n<a:b> a\u2028\n")
        spool.add("<a:b>", "<a:b> b\n<a:b> c\n")
        assert list(spool) == ["<a:b> a\u2028\n", "<a:b> b\n", "<a:b> c\n"]


def test_what_lies_on_disk_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Spool(held=1) as spool:
        spool.add("<a:b>", "<a:b> a\n")
        spool.spill()
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


def test_an_export_through_the_disk_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rdf.triples(sample(), Settings()), rdf.render_ttl(sample(), Settings())
    monkeypatch.setattr(rdf_spool.Spool.__init__, "__defaults__", (0, 8000))
    spills: list[int] = []
    spill = Spool.spill
    monkeypatch.setattr(Spool, "spill", lambda self: (spills.append(1), spill(self))[1])
    assert (rdf.triples(sample(), Settings()), rdf.render_ttl(sample(), Settings())) == whole
    assert len(spills) > 3

"""Tables: every data file of the package reads, and faults are told all at once."""

from __future__ import annotations

import pytest
from samples import ROOT

from kg import tables
from kg.errors import DataError

DATA = ROOT / "kg" / "data"
TSV = sorted(p.relative_to(DATA).with_suffix("").as_posix() for p in DATA.rglob("*.tsv"))
TOML = sorted(p.stem for p in (DATA / "patterns").glob("*.toml"))


@pytest.mark.parametrize("name", TSV)
def test_tables_read(name: str) -> None:
    rows = tables.rows(name)
    assert rows
    first = next(iter(rows[0]))
    keys = [tuple(row.values()) for row in rows]
    assert len(keys) == len(set(keys)), "the same row twice"
    assert all(row[first] for row in rows)


@pytest.mark.parametrize("name", TOML)
def test_patterns_read(name: str) -> None:
    assert tables.patterns(name)


def test_faults_are_told_together() -> None:
    with pytest.raises(DataError, match=r"line 3 has 1 cells.*line 4 has an empty"):
        tables.parse("a\tb\n1\t2\nx\n\t4", "x.tsv")

"""Quotations of invented documents: speaker and extent as the key has them, and nothing else.

A quotation is right when a name of its speaker is the one of the key and its words begin and end
where the key says, marks at the edges aside.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg.export.quotations import Quotation, quotations

HERE = Path(__file__).parent
MARKS = "。！，“” \n"
RIGHT = {"dated_third": 18, "dated_fourth": 12}  # of 18 and 12


@pytest.mark.parametrize("name", sorted(RIGHT))
def test_quotations(name: str) -> None:
    lines = (HERE / name / "gold" / "quotations.jsonl").read_text("utf-8").splitlines()
    key = [json.loads(line) for line in lines]
    found = list(quotations(kg.build(HERE / name).networkx))
    right = [row for row in key if any(_agrees(row, one) for one in found)]
    strange = [one for one in found if not any(_agrees(row, one) for row in key)]
    missed = [row["text"] for row in key if row not in right]
    assert len(right) >= RIGHT[name], missed
    assert not strange, [(one.speaker, one.text) for one in strange]


def _agrees(row: dict[str, str], one: Quotation) -> bool:
    same = one.document == row["doc"] and one.quote.strip(MARKS) == row["text"].strip(MARKS)
    return same and row["verb"] == one.verb and row["speaker"] in one.speaker


@pytest.mark.parametrize("name", sorted(RIGHT))
def test_the_words_of_the_key_stand_where_it_says(name: str) -> None:
    for line in (HERE / name / "gold" / "quotations.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        raw = (HERE / name / row["doc"]).read_text("utf-8")
        assert raw[row["start"] : row["end"]] == row["text"]

"""Quotations of invented documents: speaker and extent as the key has them, and nothing else.

A quotation is right when a name of its speaker is the one of the key and its words begin and end
where the key says, marks at the edges aside.
"""

from __future__ import annotations

import json
from pathlib import Path

import kg
from kg.export.quotations import Quotation, quotations

FOLDER = Path(__file__).parent / "dated_third"
MARKS = "。！，“” \n"
RIGHT = 18  # of 18


def test_quotations() -> None:
    lines = (FOLDER / "gold" / "quotations.jsonl").read_text("utf-8").splitlines()
    key = [json.loads(line) for line in lines]
    found = list(quotations(kg.build(FOLDER).networkx))
    right = [row for row in key if any(_agrees(row, one) for one in found)]
    strange = [one for one in found if not any(_agrees(row, one) for row in key)]
    missed = [row["text"] for row in key if row not in right]
    assert len(right) >= RIGHT, missed
    assert not strange, [(one.speaker, one.text) for one in strange]


def _agrees(row: dict[str, str], one: Quotation) -> bool:
    same = one.document == row["doc"] and one.quote.strip(MARKS) == row["text"].strip(MARKS)
    return same and row["verb"] == one.verb and row["speaker"] in one.speaker


def test_the_words_of_the_key_stand_where_it_says() -> None:
    for line in (FOLDER / "gold" / "quotations.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        raw = (FOLDER / row["doc"]).read_text("utf-8")
        assert raw[row["start"] : row["end"]] == row["text"]

"""Floors of names and posts on seven more sets of documents with keys: see their READMEs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kg
from kg.evaluate import evaluate

HERE = Path(__file__).parent

# set -> floors of F1: entities of all kinds, persons, bodies, places, posts
FLOORS = {
    "own": (0.93, 0.98, 0.93, 0.98, 0.98),
    "blind": (0.95, 0.95, 0.92, 0.87, 0.9),
    "dev": (0.96, 0.95, 0.96, 0.96, 0.94),
    "fresh": (0.94, 0.95, 0.91, 0.95, 0.93),
    "last": (0.96, 0.97, 0.95, 0.95, 0.95),
    "names_second": (0.96, 0.95, 0.96, 0.95, 0.0),  # its key holds no posts
    "names_third": (0.95, 0.95, 0.94, 0.92, 0.94),
}
KINDS = ("ALL", "Person", "Organization", "Place")


@pytest.fixture(scope="module", params=sorted(FLOORS))
def measured(request: pytest.FixtureRequest, seeds: Path) -> tuple[str, dict[str, Any]]:
    name = str(request.param)
    folder, key = (seeds, HERE / "own") if name == "own" else (HERE / name, HERE / name / "gold")
    return name, dict(evaluate(kg.build(folder).networkx, key).as_data())


def test_entities(measured: tuple[str, dict[str, Any]]) -> None:
    name, data = measured
    found = data["entities"]["scores"]
    low = {
        k: found[k]["f1"] for k, f in zip(KINDS, FLOORS[name], strict=False) if found[k]["f1"] < f
    }
    assert not low, data["entities"]["differences"]


def test_posts(measured: tuple[str, dict[str, Any]]) -> None:
    name, data = measured
    assert data["positions"]["scores"]["positions"]["f1"] >= FLOORS[name][-1]

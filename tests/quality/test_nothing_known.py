"""Nothing is known by heart: no name of the answer keys stands in the package, code or data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from samples import ROOT

GOLD = Path(__file__).parent / "gold"

# General knowledge that any document of the field may name, each with its reason.
ALLOWED = {
    "习近平": "holder of a national office",
    "金秋助学": "national relief programme of the unions since 2005",
    "先进性": "ordinary word; in the name of a national campaign of 2005",
    "工人先锋号": "national honour of the unions",
    "一带一路": "national initiative",
    "中国制造2025": "national plan of the State Council (2015)",
    "送温暖工程": "national relief programme of the unions since 1992",
}
SHORT = 2  # names of so few characters are ordinary words: 企业, 团结


def names() -> set[str]:
    found: set[str] = set()
    for document in json.loads((GOLD / "entities.json").read_text("utf-8")):
        for kind in ("Person", "Spirit", "Campaign", "Policy"):
            found.update(row["name"] for row in document["entities"][kind])
    for row in json.loads((GOLD / "formulas.json").read_text("utf-8")):
        found.update(row["members"])
        found.add(row["formula"] or "")
    return {name for name in found if len(name) > SHORT and name not in ALLOWED}


def text_of_package() -> str:
    files = sorted(p for p in (ROOT / "kg").rglob("*") if p.suffix in {".py", ".tsv", ".toml"})
    return "\n".join(p.read_text("utf-8") for p in files)


@pytest.mark.parametrize("name", sorted(names()))
def test_no_name_of_the_keys_stands_in_the_package(name: str) -> None:
    place = re.search(rf".*{re.escape(name)}.*", text_of_package())
    assert place is None, place.group()[:200]

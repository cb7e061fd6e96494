"""Parts: a unit named in full once is known by its own last part later on."""

from __future__ import annotations

import pytest

from kg.model import CleanText, Document, Meta, Passage, Span
from kg.recognize import mentions
from kg.settings import Settings

FULL = "北岭特钢集团炼钢总厂"
CASES = {
    f"{FULL}副厂长沈默到会，炼钢总厂受到表扬。": [("炼钢总厂", FULL)],
    f"阎石任炼钢总厂厂长，{FULL}扩建。": [("炼钢总厂", FULL)],
    # another body's, two that may be meant, a part that only says of what sort it is
    f"{FULL}扩建，南山炼钢总厂停产。": [],
    f"{FULL}扩建，南山特钢集团炼钢总厂停产，炼钢总厂检修。": [],
    "云江大学附属医院扩建，附属医院检修。": [],
}


@pytest.mark.parametrize("text", CASES)
def test_parts(text: str) -> None:
    passage = Passage(Span(0, len(text)), text, "paragraph")
    document = Document("d/0", text, CleanText(text, ((0, 0),)), (passage,), Meta("a.txt"))
    found = mentions(document, Settings(names="lexicon"))
    assert [(m.name, m.known_as) for m in found if m.rule == "unit-part"] == CASES[text]

"""Pages as government and newspaper sites lay them out: the whole document and nothing else."""

from __future__ import annotations

import pytest
from page_skeletons import PAGES, Page

from kg import repair
from kg.read import html

#: What stands around a text and is told apart from it, but kept.
ASIDE = ("masthead", "credit", "furniture", "note")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_whole_document_and_nothing_else(page: Page) -> None:
    raw = html.read(page.html.encode(page.encoding), "a.html", "")
    made = repair.repair(raw)
    found = [(p.kind, p.text) for p in made.passages]
    wanted = {text for _, text in page.passages}
    assert [row for row in found if row[1] in wanted] == list(page.passages)
    other = [row for row in found if row[1] not in wanted and row[0] not in ASIDE]
    text = "\n".join(text for kind, text in found if kind != "furniture")
    assert [words for words in page.chrome if words in text] == []
    assert all(kind in ("heading", "byline", "paragraph") for kind, _ in other)
    assert sum(len(words) for _, words in other) <= 30, other


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_tells_of_itself(page: Page) -> None:
    meta = repair.repair(html.read(page.html.encode(page.encoding), "a.html", "")).meta
    assert meta.title is not None and meta.title.value.startswith(page.passages[0][1])

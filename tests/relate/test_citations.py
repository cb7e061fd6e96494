"""Citations: works and laws that a document cites."""

from __future__ import annotations

import pytest
from relate_marks import marked

from kg.relate import citations


def test_the_document_cites_every_work_of_its_text() -> None:
    document, mentions = marked(
        "依照[Law|《示例法》]和[Work|《示例意见》]办理，重申[Law|《示例法》]。"
    )
    claims = list(citations.find(document, mentions))
    assert [c.object.name for c in claims if c.object] == ["示例法", "示例意见", "示例法"]
    assert all(c.subject is None and c.predicate == "cites" for c in claims)
    assert document.clean.text[claims[0].span.start : claims[0].span.end] == "《示例法》"


@pytest.mark.parametrize("kind", ["title", "masthead", "credit", "byline"])
def test_what_names_the_document_or_its_publisher_is_no_citation(kind: str) -> None:
    assert not list(citations.find(*marked("学习[Work|《示例意见》]", kind=kind)))


def test_other_mentions_are_not_cited() -> None:
    assert not list(citations.find(*marked("[Event|示例会议]通过了[Policy|示例战略]。")))

"""Letters: from, to, date."""

from __future__ import annotations

import pytest
from named_cases import marked_cases
from relate_marks import facts, marked

from kg.relate import messages

CASES = marked_cases("letters")


@pytest.mark.parametrize("text, expect, why", CASES, ids=[why for *_, why in CASES])
def test_cases(text: str, expect: list[tuple[str, str, str]], why: str) -> None:
    assert facts(list(messages.find(*marked(text)))) == sorted(expect), why


def test_the_evidence_holds_sender_and_recipient() -> None:
    document, mentions = marked("近日，[Person|吴某某]给[Organization|某厂]青年职工回信。")
    claims = list(messages.find(document, mentions))
    for claim in claims:
        quote = document.clean.text[claim.span.start : claim.span.end]
        assert quote == "吴某某给某厂青年职工回信"


def test_recipients_that_are_no_body_are_groups() -> None:
    document, mentions = marked("[Person|吴某某]给参训学员们写信。")
    ends = {c.predicate: c.object for c in messages.find(document, mentions) if c.object}
    assert (ends["recipient"].kind, ends["recipient"].rule) == ("Group", "letter-recipient")


def test_offsets_count_from_the_document() -> None:
    document, mentions = marked("上一段。", "[Person|吴某某]给参训学员们写信。")
    for claim in messages.find(document, mentions):
        for mention in (claim.subject, claim.object):
            assert mention is not None
            wording = document.clean.text[mention.span.start : mention.span.end]
            assert mention.kind == "Message" or wording == mention.name

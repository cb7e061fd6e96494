"""Quotations: who said what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from named_cases import marked_cases
from relate_marks import facts, marked

from kg.model import Saying
from kg.relate import statements
from kg.relate.statements_text import sentences

CASES = marked_cases("quotations")


@pytest.mark.parametrize("text, expect, why", CASES, ids=[why for *_, why in CASES])
def test_cases(text: str, expect: list[tuple[str, str, str]], why: str) -> None:
    assert facts(list(statements.find(*marked(text)))) == sorted(expect), why


def test_a_quotation_carries_its_verb_and_its_words() -> None:
    document, mentions = marked("前文。", "[Person|郑某某]反复强调，教育是国之大计。")
    (claim,) = statements.find(document, mentions)
    quotation = claim.subject
    assert quotation is not None
    assert quotation.detail == Saying("反复强调")
    assert document.clean.text[quotation.span.start : quotation.span.end] == quotation.name
    assert document.clean.text[claim.span.start : claim.span.end].startswith("郑某某")


def test_a_full_stop_in_quotation_marks_ends_no_sentence_unless_it_is_last() -> None:
    document, mentions = marked("他说：“先做。再说。”众人称是。这个“好。”字写得好。")
    found = [s.text for s in sentences(document.passages[0], mentions)]
    assert found == ["他说：“先做。再说。”", "众人称是。", "这个“好。”", "字写得好。"]


def test_a_quotation_that_never_closes_does_not_join_the_rest() -> None:
    document, mentions = marked("他说：“先做。再说。众人称是。")
    assert len(list(sentences(document.passages[0], mentions))) == 3


def test_endless_sentences_are_cut() -> None:
    document, mentions = marked("一，" * 5000)
    pieces = [s.text for s in sentences(document.passages[0], mentions)]
    assert "".join(pieces) == "一，" * 5000
    assert max(map(len, pieces)) <= 1000


def test_the_meeting_last_reported_speaks_only_near_its_report() -> None:
    report = "[Event|全国防汛工作会议]昨日召开。"
    near = marked(report, "会议指出，汛情十分严峻。", "会议强调，要压实责任。")
    far = marked(report, "各地响应。", "雨势渐强。", "水位上涨。", "会议指出，汛情十分严峻。")
    claims = list(statements.find(*near))
    text = near[0].clean.text
    quotes = [text[c.span.start : c.span.end] for c in claims]
    assert quotes == ["会议指出，汛情十分严峻", "会议强调，要压实责任"]
    assert not list(statements.find(*far))


def test_a_meeting_that_goes_on_through_several_passages_still_speaks() -> None:
    document, mentions = marked(
        "[Event|某市河长制领导小组第三次会议]召开。",
        "市领导出席。",
        "本报讯。",
        "会议听取了治水情况的汇报。",
        "会议审议了两个方案。",
        "会议强调，要把水治好。",
    )
    found = [c for c in statements.find(document, mentions) if c.predicate == "spokenBy"]
    assert [c.object.name for c in found if c.object] == ["某市河长制领导小组第三次会议"]


def test_a_meeting_in_which_others_speak_first_still_speaks() -> None:
    document, mentions = marked(
        "[Event|全省护林工作会议]召开。",
        "[Person|郑某某]作了动员。",
        "[Person|孟某]作了说明。",
        "会上，两个县作了发言。",
        "会议明确，各县十月底前完成巡查。",
    )
    found = [c for c in statements.find(document, mentions) if c.predicate == "spokenBy"]
    assert [c.object.name for c in found if c.object] == ["全省护林工作会议"]


def test_a_communique_is_what_the_meeting_of_its_title_says() -> None:
    body = "全会提出，要守住生态红线。"
    document, mentions = marked("[Event|某省委第六次全体会议]公报", body)
    title, text = document.passages
    as_title = replace(document, passages=(replace(title, kind="title"), text))
    found = [c for c in statements.find(as_title, mentions) if c.predicate == "spokenBy"]
    assert [c.object.name for c in found if c.object] == ["某省委第六次全体会议"]
    assert not list(statements.find(document, mentions)), "a paragraph that names it is no title"

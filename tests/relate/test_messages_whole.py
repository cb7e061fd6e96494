"""Whole letters: heading, who is addressed, who signs, and when."""

from __future__ import annotations

import pytest
from relate_marks import facts, marked

from kg.model import CleanText, Document, Meta, Passage, Span
from kg.relate import messages_whole

CASES = {
    (
        "感谢信",
        "[Organization|某总队]：",
        "贵总队官兵昼夜奋战，谨致谢意！",
        "[Organization|某县委]",
        "[Organization|某县政府]",
        "[Time=2024-10-30|2024年10月30日]",
    ): [
        ("recipient", "某县委、某县政府致某总队：感谢信", "某总队"),
        ("sender", "某县委、某县政府致某总队：感谢信", "某县委"),
        ("sender", "某县委、某县政府致某总队：感谢信", "某县政府"),
        ("sentOn", "某县委、某县政府致某总队：感谢信", "2024年10月30日"),
    ],
    ("致全市职工的慰问信", "大家辛苦了！", "[Organization|某市总工会]"): [
        ("recipient", "某市总工会致全市职工：慰问信", "全市职工"),
        ("sender", "某市总工会致全市职工：慰问信", "某市总工会"),
    ],
    # nobody signs, nobody is addressed, a report on a letter
    ("感谢信", "[Organization|某总队]：", "谨致谢意！"): [],
    ("感谢信", "谨致谢意！", "[Organization|某县委]"): [],
    ("某县收到感谢信", "[Organization|某总队]：", "[Organization|某县委]"): [],
}


@pytest.mark.parametrize("texts", CASES, ids=["".join(texts)[:12] for texts in CASES])
def test_letters(texts: tuple[str, ...]) -> None:
    document, mentions = marked(*texts)
    first = document.passages[0]
    head = Passage(first.span, first.text, "heading")
    whole = Document(
        document.id, document.raw, document.clean, (head, *document.passages[1:]), document.meta
    )
    assert facts(list(messages_whole.find(whole, mentions))) == CASES[texts]


def test_a_document_without_letters() -> None:
    text = "工作报告"
    passage = Passage(Span(0, len(text)), text, "title")
    document = Document("d/0", text, CleanText(text, ((0, 0),)), (passage,), Meta("a.txt"))
    assert not list(messages_whole.find(document, ()))

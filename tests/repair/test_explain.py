"""Explain: what was changed, where and why; nothing that was not changed."""

from __future__ import annotations

import pytest

from kg.model import CleanText, Document, Meta, Passage, Span
from kg.raw import RawText
from kg.repair import repair
from kg.repair.explain import WHY, explain, places

LONG = (
    "各乡镇要把水利建设摆在更加突出的位置，"
    "统筹推进水库除险加固、河道治理和灌区改造，确保群众用水安全。"
)


def changes(raw: str) -> list[tuple[int, str, str, str]]:
    found = explain(repair(RawText(raw, Meta("a.txt"))))
    return [(c.offset, c.kind, c.before, c.after) for c in found]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("治水兴水。", []),
        ("甲县乙县。\n丙县。", []),
        ("要 ，治水。", [(1, "space", "要␠，治水。", "要，治水。")]),
        ("治\x00水。", [(1, "unseen", "治<0000>水。", "治水。")]),
        ("甲县。\r\n乙县。", [(3, "form", "甲县。␍⏎乙县。", "甲县。⏎乙县。")]),
        ("甲县。\n\n\n乙县。", [(3, "blank", "甲县。⏎⏎⏎乙县。", "甲县。⏎乙县。")]),
        (
            "\u3000甲县。\n",
            [(0, "blank", "□甲县。⏎", "甲县。"), (4, "blank", "□甲县。⏎", "甲县。")],
        ),
        ("要治水，\n也要兴水。", [(4, "wrap", "要治水，⏎也要兴水。", "要治水，也要兴水。")]),
    ],
)
def test_each_change_is_told(raw: str, expected: list[tuple[int, str, str, str]]) -> None:
    assert changes(raw) == expected


def test_a_passage_said_again_is_told() -> None:
    found = changes(f"{LONG}\n治水。\n{LONG}")
    assert [(o, k, a) for o, k, _, a in found] == [(len(LONG) + 5, "repeat", f"= 0-{len(LONG)}")]


def test_a_jump_is_told_as_a_join() -> None:
    raw = "甲乙丙\n戊己。\n丁。"
    text = CleanText("甲乙丙丁。\n戊己。", ((0, 0), (3, 8), (5, 3)))
    whole = (Passage(Span(0, 5), "甲乙丙丁。"), Passage(Span(6, 9), "戊己。"))
    document = Document("d/a", raw, text, whole, Meta("a"))
    kinds = [(c.offset, c.kind) for c in explain(document)]
    assert (3, "join") in kinds
    assert places(document, Span(0, 5)) == "0-3;8-10"


def test_what_the_changes_say_makes_the_clean_text() -> None:
    """Raw text without what was taken out is the clean text, but for the form of blanks."""
    raw = (
        "  关于治 水的报告\r\n\r\n" + LONG[:20] + "\n" + LONG[20:40] + "\n" + LONG[40:] + "\u200b\n"
    )
    document = repair(RawText(raw, Meta("a.txt")))
    assert "".join(raw.split()).replace("\u200b", "") == "".join(document.clean.text.split())
    assert {c.kind for c in explain(document)} <= set(WHY)
    assert all(c.why for c in explain(document))


def test_an_empty_document_has_no_changes() -> None:
    assert explain(repair(RawText("", Meta("a.txt")))) == []

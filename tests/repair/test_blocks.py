"""Blocks: what a format tells becomes passages, and every character keeps its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Meta, Span
from kg.raw import Block, RawText
from kg.repair import repair


def laid(*parts: tuple[str, str]) -> Document:
    """A document of parts: the text and kind of each block; a kind of - is outside all blocks."""
    text, blocks = "", []
    for part, kind in parts:
        if kind != "-":
            blocks.append(Block(Span(len(text), len(text) + len(part)), kind))
        text += part
    return repair(RawText(text, Meta("a.md"), blocks=tuple(blocks)))


def passages(document: Document) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in document.passages]


END = ("\n", "-")


def test_what_stands_outside_the_blocks_is_left_out() -> None:
    found = laid(
        ("# ", "-"),
        ("读书的通知", "title"),
        END,
        ("各科室要认真组织。", "paragraph"),
        ("\n页脚", "-"),
    )
    assert passages(found) == [("title", "读书的通知"), ("paragraph", "各科室要认真组织。")]


def test_a_block_that_goes_on() -> None:
    found = laid(
        ("坚持", "paragraph"), ("**", "-"), ("学用结合", ""), ("**", "-"), ("，做到知行合一。", "")
    )
    assert passages(found) == [("paragraph", "坚持学用结合，做到知行合一。")]
    evidence = found.evidence(Span(0, 4))
    assert "".join(e.wording for e in evidence) == "坚持学用"


def test_cells_are_parted_by_a_blank() -> None:
    found = laid(("一队", "row"), ("|", "-"), ("12人", "cell"), END, ("二队\t\t15人", "row"))
    assert passages(found) == [("paragraph", "一队 12人"), ("paragraph", "二队 15人")]


def test_line_ends_in_a_paragraph_say_nothing() -> None:
    found = laid(("坚持学用结合，\r\n  做到\n知行合一。The union\nmet.", "paragraph"))
    assert [text for _, text in passages(found)] == ["坚持学用结合，做到知行合一。The union met."]


def test_line_ends_in_lines_may_end_passages() -> None:
    found = laid(
        ("第一条 为加强管理，制定本办法。\n第二条 本办法自公布之日起施行。", "lines"),
        END,
        ("附则", "heading"),
    )
    assert passages(found) == [
        ("paragraph", "第一条 为加强管理，制定本办法。"),
        ("paragraph", "第二条 本办法自公布之日起施行。"),
        ("heading", "附则"),
    ]  # fmt: skip


def test_the_text_may_tell_what_the_format_does_not() -> None:
    found = laid(
        ("城市供水条例", "title"), END, ("2021年3月5日", "paragraph"), END,
        ("第一章 总则", "paragraph"), END, ("为保障城市供水，制定本条例。", "paragraph"),
    )  # fmt: skip
    assert [kind for kind, _ in passages(found)] == ["title", "masthead", "heading", "paragraph"]
    assert found.meta.issued and found.meta.issued.value == "2021-03-05"


def test_english_does_not_count_among_the_chinese() -> None:
    found = laid(
        ("城市供水条例", "title"), END, ("Regulations on Urban Water Supply", "paragraph"), END,
        ("为保障城市供水，制定本条例。", "paragraph"),
    )  # fmt: skip
    assert [p.language for p in found.passages] == ["zh", "en", "zh"]
    assert [p.searched for p in found.passages] == [True, False, True]
    assert found.meta.title and found.meta.title.value == "城市供水条例"


def test_a_language_that_the_format_tells() -> None:
    text = "Abc def ghi."
    raw = RawText(text, Meta("a.md"), blocks=(Block(Span(0, len(text)), "paragraph", "fr"),))
    assert repair(raw).passages[0].language == "fr"


def test_pages_come_with_the_evidence() -> None:
    text = "甲方案。\n乙方案。\n"
    blocks = (Block(Span(0, 4), "paragraph"), Block(Span(5, 9), "paragraph"))
    found = repair(RawText(text, Meta("a.pdf"), blocks=blocks, pages=(0, 5), extracted=True))
    assert [found.evidence(p.span)[0].page for p in found.passages] == [1, 2]


KINDS = [
    "title",
    "heading",
    "paragraph",
    "item",
    "row",
    "cell",
    "lines",
    "",
    "caption",
    "note",
    "-",
]
TEXTS = st.text(st.sampled_from("甲乙，。 \t\n\r\u3000\x00ab1一、（）—"), max_size=12)


@settings(deadline=None)  # tables are loaded by the first
@given(st.lists(st.tuples(TEXTS, st.sampled_from(KINDS)), max_size=12))
def test_offsets_hold_for_any_blocks(parts: list[tuple[str, str]]) -> None:
    found = laid(*parts)
    clean = found.clean
    for passage in found.passages:
        assert clean.text[passage.span.start : passage.span.end] == passage.text
        for piece in found.evidence(passage.span):
            assert piece.quote == found.raw[piece.begin : piece.end]
    for index, char in enumerate(clean.text):
        if not char.isspace():
            assert found.raw[clean.origin(index)] == char


@pytest.mark.parametrize("blocks", [(), (Block(Span(0, 0), "paragraph"),)])
def test_an_empty_document(blocks: tuple[Block, ...]) -> None:
    assert repair(RawText("", Meta("a.md"), blocks=blocks)).passages == ()

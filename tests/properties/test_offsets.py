"""Whatever a file holds, each repaired character knows its place and none is lost."""

from __future__ import annotations

import unicodedata
from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.model import Document, Meta, Span
from kg.raw import RawText
from kg.repair import repair
from kg.repair.offsets import Edit, edited, whole

BRICKS = [
    "工会", "坚持", "学习。", "，", "、", "：", "“", "”", "——", "（一）", "一、", "第一，", "一是",
    "2018年10月29日", " 星期一", "本版编辑：", "来源：", "原标题：", "某某日报", "责任编辑：",
    "王小明", "张 三", " ", "  ", "\u3000", "\u3000\u3000", "\n", "\n\n", "\r\n", "\r", "\t",
    "\x00", "\x07", "\x0b", "\x0c", "\x85", "\u2028", "\u200b", "\ufeff", "\u00a0", "\u00ad",
    "\ufe0f", "\ufffd",
    "A", "word", "12", "3.5", "%", "𠮷", "👨‍👩‍👧", "e\u0301", "新华社记者 李华 摄", "图为", "※这是",
    "全国某某总工会主席 ", "实事求是、与时俱进、开拓创新", "各级党委要加强领导",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(BRICKS), max_size=60).map("".join),
    st.lists(
        st.lists(st.sampled_from(BRICKS), min_size=1, max_size=8).map("".join), max_size=30
    ).map("\n".join),
)


def document(text: str) -> Document:
    return repair(RawText(text, Meta("x.txt")))


def is_visible(char: str) -> bool:
    return (
        not char.isspace()
        and unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zs")
        and (not 0xFE00 <= ord(char) <= 0xFE0F and not 0xE0100 <= ord(char) <= 0xE01EF)
    )


@settings(max_examples=300, deadline=None)
@given(texts)
@example("")
@example("\ufeff \r\n\x00")
@example("本版编辑：王小 版式：张 三四 五 六")
def test_each_character_is_that_of_its_origin(text: str) -> None:
    made = document(text)
    seen: set[int] = set()
    for index, char in enumerate(made.clean.text):
        origin = made.clean.origin(index)
        assert origin not in seen  # a torn sentence that is joined jumps, but takes nothing twice
        assert text[origin] == char or (text[origin].isspace() and char in " \n")
        seen.add(origin)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_no_visible_character_is_lost(text: str) -> None:
    made = document(text)
    kept = "".join(passage.text for passage in made.passages)
    # Counted, for a torn sentence that is joined stands in another order than in the source.
    assert Counter(filter(is_visible, kept)) == Counter(filter(is_visible, text))


@settings(max_examples=300, deadline=None)
@given(texts)
def test_passages_are_stretches_of_clean_text_in_order(text: str) -> None:
    made = document(text)
    end = 0
    for passage in made.passages:
        assert passage.span.start >= end
        assert made.clean.text[passage.span.start : passage.span.end] == passage.text
        assert passage.text == passage.text.strip()
        assert passage.text
        assert "\n" not in passage.text
        assert not made.clean.text[end : passage.span.start].strip()
        end = passage.span.end
    assert not made.clean.text[end:].strip()


@settings(max_examples=300, deadline=None)
@given(texts)
@example("某某省厅长 王小明\n他说好。\n某某市局长 李一华\n她说好。")
def test_pieces_are_runs_of_passages_in_order(text: str) -> None:
    made = document(text)
    numbers = [passage.part for passage in made.passages if passage.part]
    assert numbers == sorted(numbers) and set(numbers) == set(range(1, len(made.parts) + 1))
    for number, part in enumerate(made.parts, 1):
        own = [p for p in made.passages if part.span.contains(p.span)]
        assert {p.part for p in own} == {number}
        assert (own[0].span.start, own[-1].span.end) == (part.span.start, part.span.end)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_clean_text_has_no_control_and_no_strange_blank(text: str) -> None:
    for char in document(text).clean.text:
        assert char in " \n" or is_visible(char)


@settings(max_examples=200, deadline=None)
@given(texts, st.data())
def test_evidence_quotes_raw_text(text: str, data: st.DataObject) -> None:
    made = document(text)
    if not made.clean.text:
        return
    start = data.draw(st.integers(0, len(made.clean.text) - 1))
    end = data.draw(st.integers(start + 1, len(made.clean.text)))
    for evidence in made.evidence(Span(start, end)):
        assert evidence.quote == text[evidence.begin : evidence.end]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.data())
def test_edits_compose(text: str, data: st.DataObject) -> None:
    made = whole(text)
    for _ in range(3):
        length = len(made.text)
        cuts = sorted(data.draw(st.lists(st.integers(0, length), max_size=6)))
        pairs = zip(cuts[::2], cuts[1::2], strict=False)
        made = edited(made, [Edit(a, b, data.draw(st.sampled_from(["", " "]))) for a, b in pairs])
        origins = [made.origin(i) for i in range(len(made.text))]
        assert origins == sorted(set(origins))
        assert all(made.text[i] in (text[o], " ") for i, o in enumerate(origins))

"""Markdown: the raw text is the file; what is told apart, and which marks are left out."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg import read, repair
from kg.model import Document, Meta, Source
from kg.raw import RawText
from kg.read import markdown


def raw(text: str) -> RawText:
    return markdown.read(text.encode(), "a.md", "")


def document(text: str) -> Document:
    found = repair.repair(raw(text))
    for passage in found.passages:
        place = passage.span
        assert found.clean.text[place.start : place.end] == passage.text
    return found


def passages(text: str) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in document(text).passages]


def body(text: str) -> list[str]:
    return [p.text for p in document("# 关于读书的通知\n\n" + text).passages][1:]


PLAIN = """---
title: "关于开展读书活动的通知"
date: 2021-04-23
author: 办公室
---

# 关于开展读书活动的**通知**

各科室：

## 一、总体要求

坚持*学用结合*，读`好书`、[善读书](https://example.org/a_(b).htm "题")。

- 读经典
- 读**新书**
* [x] 写笔记

1. 每月一书
2. 每季一讲

> 书籍是人类进步的阶梯。

| 科室 | 人数 |
| :-- | --: |
| 规划科 | 12人 |
| 财务科 |  |

---

![封面](cover.png)
<!-- 不要印出来 -->
"""


def test_each_kind_of_line() -> None:
    assert passages(PLAIN) == [
        ("title", "关于开展读书活动的通知"),
        ("paragraph", "各科室："),
        ("heading", "一、总体要求"),
        ("paragraph", "坚持学用结合，读好书、善读书。"),
        ("paragraph", "读经典"),
        ("paragraph", "读新书"),
        ("paragraph", "写笔记"),
        ("paragraph", "1.每月一书"),
        ("paragraph", "2.每季一讲"),
        ("paragraph", "书籍是人类进步的阶梯。"),
        ("paragraph", "科室 人数"),
        ("paragraph", "规划科 12人"),
        ("paragraph", "财务科"),
    ]


def test_front_matter() -> None:
    meta = raw(PLAIN).meta
    assert meta.title and meta.title.value == "关于开展读书活动的通知"
    assert meta.issued and meta.issued.value == "2021-04-23"
    assert [author.value for author in meta.authors] == ["办公室"]
    assert {meta.title.source, meta.issued.source} == {"front matter"}


def test_a_title_in_another_language_is_a_stop_gap() -> None:
    assert raw("---\ntitle: Hello\n---\n# 章程\n").meta.title is None


def test_front_matter_without_an_end_is_text() -> None:
    assert passages("---\n会议强调，要抓好落实。\n")[-1][1] == "会议强调，要抓好落实。"


def test_quotes_are_what_stands_in_the_file() -> None:
    found = document(PLAIN)
    assert found.raw == PLAIN and not found.extracted and found.pages == ()
    passage = next(p for p in found.passages if "学用" in p.text)
    for piece in found.evidence(passage.span):
        assert piece.quote == PLAIN[piece.begin : piece.end]
    assert "".join(e.wording for e in found.evidence(passage.span)) == passage.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**落实**责任", "落实责任"),
        ("***从严***治理", "从严治理"),
        ("增长3*4倍", "增长3*4倍"),
        ("~~取消~~保留", "取消保留"),
        ("保留 \\*星号\\*", "保留*星号*"),
        ("文件file_name_one的名", "文件file_name_one的名"),
        ("__加强__学习", "加强学习"),
        ("`一条`规定", "一条规定"),
        ("见<https://example.org>网站", "见网站"),
        ("<u>重点</u>工作", "重点工作"),
        ("说明[^1]如下", "说明如下"),
        ("[**强调**](a)质量", "强调质量"),
        ("未合上的**粗体", "未合上的**粗体"),
        ("［全角］保留", "［全角］保留"),
        ("[方括号]保留", "[方括号]保留"),
    ],
)  # fmt: skip
def test_marks(text: str, expected: str) -> None:
    assert body(text + "，各部门要认真执行。") == [expected + "，各部门要认真执行。"]


def test_underlined_headings_and_closing_marks() -> None:
    text = (
        "总则\n====\n\n第一条 本办法自公布之日起施行。\n\n### 附则 ###\n\n第二条 由财务科解释。\n"
    )
    assert [kind for kind, _ in passages(text)] == ["title", "paragraph", "heading", "paragraph"]
    assert passages(text)[2][1] == "附则"


def test_lines_of_one_paragraph_go_on_or_not() -> None:
    wrapped = "要加强学习，坚持理论联系实际，\n不断提高解决问题的本领。"
    assert body(wrapped) == ["要加强学习，坚持理论联系实际，不断提高解决问题的本领。"]
    clauses = "第一条 为加强管理，制定本办法。\n第二条 本办法适用于各科室。"
    assert body(clauses) == clauses.split("\n")
    assert body(clauses.replace("\n", "\r\n")) == clauses.split("\n")


def test_english_is_marked_and_not_searched() -> None:
    found = document(
        "# 章程\n\nCONSTITUTION\n\n第一条 会员有选举权。\n\nArticle 1 Members may vote and stand.\n"
    )
    assert [(p.language, p.searched) for p in found.passages] == [
        ("zh", True), ("zh", True), ("zh", True), ("en", False),
    ]  # fmt: skip


def test_a_code_fence_and_a_template() -> None:
    assert body("```text\n第一行\n\n# 不是标题\n```\n{: .note}\n{% include a %}\n") == [
        "第一行", "#不是标题",
    ]  # fmt: skip


def test_no_text_but_marks_is_an_empty_document() -> None:
    found = document("# \n\n---\n\n![图](a.png)\n")
    assert all(passage.text for passage in found.passages)


@pytest.mark.parametrize(
    "part", ["*", "**甲", "[", "![", "`", "<a", "|", "> ", "\\", "_a_", "\n#", "- "]
)
def test_hostile_repetition_is_survived(part: str) -> None:
    start = time.process_time()
    raw(part * 100_000)
    assert time.process_time() - start < 10


def test_through_the_folder(tmp_path: Path) -> None:
    (tmp_path / "通知.md").write_text(PLAIN, "utf-8")
    (sources, skipped) = read.sources(tmp_path)
    assert not skipped and [s.path for s in sources] == ["通知.md"]
    found = read.read(sources[0])
    assert found.text == PLAIN and found.meta.encoding == "utf-8" and found.meta.sha256
    named = Meta("通知.md")
    assert read.read(Source("通知.md", str(tmp_path / "通知.md"), named)).blocks == found.blocks

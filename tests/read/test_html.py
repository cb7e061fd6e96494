# ruff: noqa: E501
"""HTML: the document of a page is read, what surrounds it is not, nothing on it is run."""

from __future__ import annotations

import time

import pytest
from own_sentences import paragraphs, share_in_order

from kg import repair
from kg.errors import SourceError
from kg.model import Document
from kg.raw import RawText
from kg.read import html

BODY = """<h1>关于加强校园绿化工作的意见</h1>
<div class="info">发布时间：2021-05-06 08:30 来源：市园林局</div>
<div id="zoom"><p>　　各区教育局：</p><p>坚持因地制宜，<b>绿化</b><a href="x">校园</a>。</p>
<h2>一、总体要求</h2><p>做到<span>四季</span>有花，\n    三季有果，各校要明确专人负责，按季度报送进展。<br>　　力求实效。</p>
<table><caption>任务表</caption><tr><th>学校</th><th>面积</th></tr>
<tr><td>一中</td><td><p>1200平方米</p></td></tr></table>
<ul><li>种树</li><li>种花</li></ul></div>"""
PAGE = f"""<!doctype html><html><head><meta charset="utf-8">
<title>关于加强校园绿化工作的意见_某某市人民政府</title>
<meta name="PubDate" content="2021-05-06 08:30"><meta name="ContentSource" content="市园林局">
<meta name="Author" content="admin"><style>p {{color: red}}</style>
<script>document.write("脚本写的字")</script></head><body>
<div class="topNav"><a href="/">首页</a><a href="/a">政务公开</a><a href="/b">互动交流</a></div>
<div class="crumbs">您的位置：<a href="/">首页</a> &gt; <a href="/x">文件</a></div>
<main>{BODY}</main><p style="display:none">看不见的字</p>
<div class="related"><h3>相关文件</h3><ul><li><a href="1">关于道路绿化的通知</a></li></ul></div>
<iframe src="http://example.org"></iframe><img src="http://example.org/a.png" onerror="alert(1)">
<footer>某某市人民政府办公室 联系我们</footer></body></html>"""


def raw(page: str | bytes) -> RawText:
    return html.read(page if isinstance(page, bytes) else page.encode(), "a.html", "")


def document(page: str) -> Document:
    found = repair.repair(raw(page))
    for passage in found.passages:
        for piece in found.evidence(passage.span):
            assert piece.quote == found.raw[piece.begin : piece.end]
    return found


def passages(page: str) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in document(page).passages]


def test_the_document_and_nothing_else() -> None:
    assert passages(PAGE) == [
        ("title", "关于加强校园绿化工作的意见"),
        ("masthead", "发布时间：2021-05-06 08:30 来源：市园林局"),
        ("paragraph", "各区教育局："),
        ("paragraph", "坚持因地制宜，绿化校园。"),
        ("heading", "一、总体要求"),
        ("paragraph", "做到四季有花，三季有果，各校要明确专人负责，按季度报送进展。"),
        ("paragraph", "力求实效。"),
        ("caption", "任务表"),
        ("paragraph", "学校 面积"),
        ("paragraph", "一中 1200平方米"),
        ("paragraph", "种树"),
        ("paragraph", "种花"),
    ]


def test_what_the_page_tells() -> None:
    meta = raw(PAGE).meta
    assert meta.title and meta.title.value == "关于加强校园绿化工作的意见"
    assert meta.issued and meta.issued.value == "2021-05-06"
    assert meta.publisher and meta.publisher.value == "市园林局"
    assert meta.authors == () and meta.encoding == "utf-8"


def test_the_raw_text_is_extracted() -> None:
    found = raw(PAGE)
    assert found.extracted and found.pages == ()
    assert [found.text[b.span.start : b.span.end] for b in found.blocks][2] == "各区教育局："
    assert raw(PAGE) == found


def test_the_title_above_the_document_is_part_of_it() -> None:
    page = PAGE.replace("<main>", "<div>").replace("</main>", "</div>")
    page = page.replace("</h1>", "</h1></div><div>", 1)
    assert passages(page) == passages(PAGE)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>城市供水条例 - 某某市水务局</title>", "城市供水条例"),
        ("<title>城市供水条例</title>", "城市供水条例"),
        ("<title>首页</title>", ""),
        ('<title>水务局</title><meta property="og:title" content="城市供水条例">', "城市供水条例"),
        ("<title>Untitled Document</title>", ""),
    ],
)
def test_titles(head: str, title: str) -> None:
    page = f"<html><head>{head}</head><body><p>第一条 本条例自公布之日起施行。</p></body></html>"
    found = raw(page).meta.title
    assert (found.value if found else "") == title


def test_structured_data() -> None:
    data = (
        '{"@type": "NewsArticle", "headline": "丰收时节话农机", "datePublished": "2020-09-22T08:00",'
        ' "author": {"name": "李小林"}, "publisher": {"name": "某某农机报"}}'
    )
    script = f'<script type="application/ld+json">{data}</script>'
    page = f"<html><head>{script}</head><body><p>农机手们忙着收割。</p></body></html>"
    meta = raw(page).meta
    assert meta.issued and meta.issued.value == "2020-09-22"
    assert meta.publisher and meta.publisher.value == "某某农机报"
    assert [author.value for author in meta.authors] == ["李小林"]


@pytest.mark.parametrize("name", ["gb2312", "gb18030", "big5", "utf-8"])
def test_the_encoding_that_the_page_says(name: str) -> None:
    text = "<html><head><meta charset={}></head><body><p>全面推行河长制，落实工作任务。</p></body></html>"
    if name == "big5":
        text = text.replace("全面推行河长制，落实工作任务", "全面推行河長制，落實工作任務")
    found = raw(text.format(name).encode(name))
    assert "工作任" in found.text


def test_a_page_that_lies_about_its_encoding() -> None:
    page = "<html><head><meta charset=gb2312></head><body><p>全面推行河长制。</p></body></html>"
    assert raw(page).text == "全面推行河长制。\n"


def test_a_document_in_the_cell_of_a_table() -> None:
    inner = "".join(f"<p>第{n}条 各单位要按照规定落实责任。</p>" for n in "一二三四五")
    page = f"<table><tr><td><a href=a>目录</a></td><td><table><tr><td>{inner}</td></tr></table></td></tr></table>"
    texts = [text for _, text in passages(page)]
    assert [text[:3] for text in texts if "规定" in text] == [f"第{n}条" for n in "一二三四五"]


def test_text_set_in_lines() -> None:
    page = "<body><pre>一要加强学习，坚持理论联系实际，\n不断提高解决问题的本领。\n二要改进作风。</pre></body>"
    assert [text for _, text in passages(page)] == [
        "一要加强学习，坚持理论联系实际，不断提高解决问题的本领。", "二要改进作风。",
    ]  # fmt: skip


def test_parts_that_a_server_fills_in_are_no_text() -> None:
    assert passages("<%@page a%><html><body><?php echo 1 ?><p>会议强调安全。</p></body></html>")[0][
        1
    ] == ("会议强调安全。")


@pytest.mark.parametrize(
    "page",
    ["<html><body></body></html>", "<html><script>var a = '字';</script></html>", "<p> </p>"],
)
def test_a_page_without_text(page: str) -> None:
    with pytest.raises(SourceError, match="no text"):
        raw(page)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "落实责任。",
        "<p>落实责任。</p>" + "<b><i>" * 50_000,
        "<p>落实责任。" * 50_000,
        "<table><tr><td>" * 3_000 + "落实责任。",
        "<title>落实责任的通知</title>" + "<div><span>首页</span>" * 20_000 + "落实责任。",
        "<title>落实责任的通知</title>" + "<div>落实责任的通知</div>" * 20_000 + "落<br>" * 20_000,
        "<!-- " * 100_000 + "<p>落实责任。</p>",
        "<p>落实责任。</p>" + "<%" * 200_000,
        "<ul>" + "<li><a href=a>落实责任</a>" * 50_000 + "</ul><p>落实责任。</p>",
        "<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><p>落实责任。&a;</p>",
    ],
)
def test_hostile_pages_end_soon(page: str) -> None:
    start = time.process_time()
    try:
        assert "root:" not in raw(page).text
    except SourceError as error:
        assert str(error).startswith("a.html: ")
    assert time.process_time() - start < 20


LINE = "今年全县新建水闸十二座，整修渠道五百公里"  # 20 characters


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<p>要修水闸，<br>也要修渠。</p>", [("paragraph", "要修水闸，也要修渠。")]),
        (
            f"<p>{LINE}。<br>明年还要修。</p>",
            [("paragraph", f"{LINE}。"), ("paragraph", "明年还要修。")],
        ),
        (
            f"<div>　　{LINE}。<br>　　明年还要修。<br><br>　　后年接着修。</div>",
            [("paragraph", f"{LINE}。"), ("paragraph", "明年还要修。"), ("paragraph", "后年接着修。")],
        ),
        ("<p>会议通过了\n  决定，<br/>\n大家鼓掌。</p>", [("paragraph", "会议通过了决定，大家鼓掌。")]),
        ("<ul><li>修水闸<br>和渠道</li></ul>", [("paragraph", "修水闸和渠道")]),
        ("<h2>全面推进<br>水利建设</h2><p>修渠。</p>",
         [("heading", "全面推进水利建设"), ("paragraph", "修渠。")]),
        ("<h2>兴修水利保丰收<br>加固堤防保平安</h2><p>修渠。</p>",
         [("heading", "兴修水利保丰收 加固堤防保平安"), ("paragraph", "修渠。")]),
        ("<p>修渠。<br></p><p><br></p><p>筑坝。</p>",
         [("paragraph", "修渠。"), ("paragraph", "筑坝。")]),
        ("没有段落的话。<div>又一句话。</div>还有一句话。",
         [("paragraph", "没有段落的话。"), ("paragraph", "又一句话。"), ("paragraph", "还有一句话。")]),
    ],
)  # fmt: skip
def test_line_breaks(inner: str, expected: list[tuple[str, str]]) -> None:
    page = f"<html><body><h1>治水兴水</h1><p>{LINE}，早稻丰收已成定局。</p>{inner}</body></html>"
    assert passages(page)[2:] == expected


@pytest.mark.parametrize(
    "markup",
    ["<p>{}</p>", "<div>　　{}</div>", "　　{}<br>", "{}<br><br>", "<tr><td>{}</td></tr>",
     "<p><span>{}</span></p>\n", "<li>{}</li>", "<section><p>{}</p></section>"],
)  # fmt: skip
def test_a_long_page_is_read_whole_and_in_order(markup: str) -> None:
    texts = paragraphs(30)
    body = "".join(markup.format(text) for text in texts)
    body = f"<table>{body}</table>" if "<tr>" in markup else body
    links = "".join(f"<li><a href='{n}'>第{n}号公告</a></li>" for n in range(30))
    made = document(
        f"<html><body><ul>{links}</ul><h1>农技服务下乡</h1><div>{body}</div><ul>{links}</ul></body></html>"
    )
    assert share_in_order(texts, made.clean.text) == 1.0
    assert [p.text for p in made.passages if p.text in texts] == texts
    assert "号公告" not in made.clean.text


@pytest.mark.parametrize(
    ("inner", "kept"),
    [
        ("<div><a href='1'>首页</a><a href='2'>要闻</a></div>", False),
        ("<div>您的位置：首页 &gt; 公告</div>", False),
        ("<p>【打印本页】【关闭窗口】</p>", False),
        ("<div>某ICP备12345号 版权所有</div>", False),
        ("<p>附件：<a href='1'>任务表</a><a href='2'>名单</a></p>", True),
        ("<div>附件：<a href='1'>任务表</a> <a href='2'>名单</a></div>", True),
        ("<p>打印机要及时关闭。</p>", True),
        ("<p>加强版权保护工作。</p>", True),
    ],
)
def test_what_a_page_can_do_is_no_part_of_a_document(inner: str, kept: bool) -> None:
    page = f"<html><body><h1>治水兴水</h1><p>{LINE}，早稻丰收已成定局。</p>{inner}</body></html>"
    assert len(passages(page)) == 2 + kept

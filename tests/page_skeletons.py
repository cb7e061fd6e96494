"""Pages laid out as those of government and newspaper sites are, filled with sentences of our own.

Each page: its HTML, the kind and words of each passage of its document in order, and words of its
chrome that are no part of it.
"""

# ruff: noqa: E501  (pages have long lines)
from __future__ import annotations

from dataclasses import dataclass

TITLE = "某某市人民政府办公室关于做好冬春农田水利建设的通知"
TEXTS = (
    "入冬以来，各县区抢抓农闲时节，组织群众清淤渠道、加固塘坝，农田水利建设开局良好。",
    "要把病险水库除险加固放在第一位，逐库落实责任人，汛期到来之前全部完成主体工程。",
    "市财政安排专项资金三千二百万元，重点支持山区小型灌区改造，不足部分由县区统筹解决。",
    "各有关部门要加强技术指导，严格质量监督，对偷工减料的施工单位依法予以处理。",
)
HEADS = ("一、突出建设重点", "二、强化资金保障")
LINKS = "".join(
    f'<li><a href="/a/{n}.html">某某市召开第{n}次工作推进会议研究部署有关事项</a><span>03-0{n}</span></li>'
    for n in range(1, 7)
)
FOOT = "主办单位：某某市人民政府办公室　技术支持：某某科技公司　某ICP备12345678号　网站标识码：1234567890"


@dataclass(frozen=True)
class Page:
    """A page, what is read of it, and what must not be."""

    name: str
    html: str
    passages: tuple[tuple[str, str], ...]
    chrome: tuple[str, ...]
    encoding: str = "utf-8"


def paragraphs(*texts: str) -> tuple[tuple[str, str], ...]:
    return tuple(("paragraph", text) for text in texts)


def central() -> Page:
    """A central government site: a table of data about the paper, a content division, bars."""
    body = "".join(f'<p style="text-indent:2em">{text}</p>' for text in TEXTS)
    html = f"""<!DOCTYPE html><html><head><title>{TITLE}_某某政策_某某市政府网</title>
<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2021-12-03 09:30">
<meta name="ContentSource" content="某某市政府网"></head><body>
<div class="header"><div class="hd_menu"><a href="/">首页</a>|<a href="/zc">政策</a>|<a href="/xx">信息公开</a></div></div>
<div class="BreadcrumbNav">首页 &gt; 政策 &gt; 正文</div>
<div class="wrap"><table class="bd1"><tr><td>索 引 号：</td><td>0145-2021-0088</td><td>主题分类：</td><td>农业\\水利</td></tr>
<tr><td>发文机关：</td><td>某某市人民政府办公室</td><td>成文日期：</td><td>2021年12月01日</td></tr></table>
<div class="pages-title">{TITLE}</div>
<div class="pages_content"><div class="pages-date">2021-12-03 09:30 <span class="font">来源： 某某市政府网</span></div>
<div class="pages_print"><span>字号：默认 大 超大</span>|<a href="javascript:window.print()">打印</a>|<a href="#">收藏</a></div>
<div id="UCAP-CONTENT">{body}<p style="text-align:right">某某市人民政府办公室</p><p style="text-align:right">2021年12月1日</p></div>
<div class="editor">责任编辑：王小明</div>
<div class="sharebox"><span>扫一扫在手机打开当前页</span><span>分享：</span><a>微博</a><a>微信</a></div></div>
<div class="related"><h4>相关稿件</h4><ul>{LINKS}</ul></div></div>
<div class="footer">{FOOT}</div></body></html>"""
    return Page(
        "central government site",
        html,
        (("title", TITLE), *paragraphs(*TEXTS)),
        ("首页", "打印", "收藏", "扫一扫", "分享", "相关稿件", "推进会议", "标识码", "超大"),
    )


def editor() -> Page:
    """A provincial site: the division of a widespread editor with its style sheet, nested tables
    for the layout, a share bar within the document."""
    body = "".join(f'<p align="justify">　　{text}</p>\n' for text in TEXTS)
    html = f"""<html><head><meta charset="utf-8"><title>{TITLE}-某某省水利厅</title></head><body>
<table width="1000"><tr><td><table><tr><td><a href="/">网站首页</a></td><td><a href="/a">机构职能</a></td><td><a href="/b">政务公开</a></td></tr></table></td></tr>
<tr><td>您现在的位置：<a href="/">首页</a> &gt; <a href="/tz">通知公告</a></td></tr>
<tr><td><table width="96%"><tr><td class="title" align="center">{TITLE}</td></tr>
<tr><td align="center">发布时间：2021-12-03　　来源：某某省水利厅　　浏览次数：<script>document.write(12)</script></td></tr>
<tr><td><div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{line-height:2;font-family:宋体}}</style>
<div class="Custom_UnionStyle">{body}</div></div></td></tr>
<tr><td align="right">【<a href="javascript:window.print()">打印本页</a>】【<a href="javascript:window.close()">关闭窗口</a>】</td></tr></table></td></tr>
<tr><td><div class="bdsharebuttonbox"><a>分享到：</a><a>QQ空间</a><a>新浪微博</a></div></td></tr>
<tr><td bgcolor="#eee">{FOOT}</td></tr></table></body></html>"""
    return Page(
        "nested tables and a widespread editor",
        html,
        (("title", TITLE), *paragraphs(*TEXTS)),
        (
            "网站首页",
            "机构职能",
            "line-height",
            "打印本页",
            "关闭窗口",
            "QQ空间",
            "标识码",
            "document",
        ),
    )


def news() -> Page:
    """A news site: headline, source line, text, who edited it, recommended articles."""
    body = "".join(f"<p>\n\t{text}</p>\n" for text in TEXTS)
    html = f"""<!DOCTYPE html><html><head><title>农田水利建设开局良好--地方--某某网</title>
<meta name="publishdate" content="2021-12-03"><meta name="source" content="来源：某某日报"></head><body>
<div class="nav"><a href="/1">时政</a><a href="/2">财经</a><a href="/3">社会</a></div>
<div class="path"><a href="/">某某网</a>&gt;&gt;<a href="/df">地方</a></div>
<div class="layout rm_txt"><div class="col col-1"><h4>冬春时节农事忙</h4><h1>农田水利建设开局良好</h1>
<div class="author cf">本报记者 李华</div><div class="channel"><div class="col-1-1">2021年12月03日08:12 | 来源：<a href="http://paper.invalid">某某日报</a></div>
<span>小字号</span></div><div class="rm_txt_con cf">{body}<div class="box_pic"></div>
<p class="paper_num">《 某某日报 》（ 2021年12月03日 第 04 版）</p><div class="edit cf">(责编：张三、赵一)</div></div>
<div class="bottom_share"><p>分享让更多人看到 <span>分享</span></p></div></div>
<div class="col col-2"><h2>热门排行</h2><ul>{LINKS}</ul></div></div><div class="copyright">{FOOT}</div></body></html>"""
    return Page(
        "news site",
        html,
        (("title", "农田水利建设开局良好"), *paragraphs(*TEXTS)),
        ("时政", "财经", "热门排行", "推进会议", "分享让更多人", "标识码"),
    )


def paper() -> Page:
    """A newspaper online: the page's contents in a column of links, headlines above and below."""
    body = "".join(f"<P>　　{text}</P>" for text in TEXTS)
    html = f"""<html><head><title>某某日报-农田水利建设开局良好</title></head><body><div class="main w1000">
<div class="left paper-box"><div class="swiper-container">{"".join(f'<div class="swiper-slide"><a href="n{n}.htm">第0{n}版：要闻</a></div>' for n in range(1, 9))}</div>
<ul class="news-list">{LINKS}</ul></div>
<div class="right right-main"><p class="date-box">2021年12月03日 星期五 <span>上一期</span><span>下一期</span></p>
<div class="art-box"><div class="art-btn"><a href="#">上一篇</a><a href="#">下一篇</a><a>放大</a><a>缩小</a></div>
<div class="article-box"><div class="article"><h3>冬春时节农事忙</h3><h1>农田水利建设开局良好</h1><h2>——来自某某市的报道</h2>
<p class="sec">本报记者 李华</p><div id="ozoom"><founder-content>{body}</founder-content></div></div></div></div></div></div></body></html>"""
    return Page(
        "newspaper online",
        html,
        (
            ("title", "农田水利建设开局良好"),
            ("subtitle", "——来自某某市的报道"),
            ("byline", "本报记者 李华"),
            *paragraphs(*TEXTS),
        ),
        ("要闻", "推进会议", "上一篇", "放大", "下一期"),
    )


def county() -> Page:
    """An old county site: no paragraphs at all, lines broken and indented with blanks."""
    pad = "&nbsp;&nbsp;&nbsp;&nbsp;"
    body = (
        f"{pad}{TEXTS[0]}<BR>\n{pad}<b>{HEADS[0]}</b><br>{pad}{TEXTS[1]}<br><br>"
        f"{pad}{HEADS[1]}<br>{pad}{TEXTS[2]}<br/>{pad}{TEXTS[3]}"
    )
    html = f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>{TITLE}</TITLE></HEAD>
<BODY><TABLE width=778 align=center><TR><TD><A href="/">首页</A> <A href="/1">县情概况</A> <A href="/2">办事指南</A></TD></TR>
<TR><TD align=center><FONT size=5>{TITLE}</FONT></TD></TR><TR><TD align=center>作者：佚名　日期：2005-12-3　点击：88</TD></TR>
<TR><TD class=content><FONT style="font-size:14px">{body}</FONT></TD></TR>
<TR><TD align=right>[<A href="#">打印</A>] [<A href="#">关闭</A>]</TD></TR><TR><TD>{FOOT}</TD></TR></TABLE></BODY></HTML>"""
    return Page(
        "old county site without paragraphs",
        html,
        (
            ("title", TITLE),
            ("paragraph", TEXTS[0]),
            ("heading", HEADS[0]),
            ("paragraph", TEXTS[1]),
            ("heading", HEADS[1]),
            *paragraphs(TEXTS[2], TEXTS[3]),
        ),
        ("县情概况", "办事指南", "关闭", "标识码"),
        encoding="gb18030",
    )


def broken() -> Page:
    """A text pasted from a printed page: lines broken in mid-sentence, blank lines between
    paragraphs."""

    def lines(text: str) -> str:
        return "<br>".join(text[at : at + 16] for at in range(0, len(text), 16))

    body = "<br><br>".join(lines("　　" + text) for text in TEXTS)
    html = f"""<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><div id="nav"><a href="/">首页</a></div>
<div class="content"><h1>关于做好冬春农田<br>水利建设的通知</h1><div id="zoom">{body}</div>
<p class="tools"><a href="#">收藏本页</a> <a href="#">打印</a></p></div><div id="footer">{FOOT}</div></body></html>"""
    return Page(
        "lines broken as on a printed page",
        html,
        (("title", "关于做好冬春农田水利建设的通知"), *paragraphs(*TEXTS)),
        ("首页", "标识码"),
    )


def pasted() -> Page:
    """A text pasted from a word processor: a paragraph of its own for each, headings in bold,
    spans within words, attachments at the end."""

    def one(text: str) -> str:
        return (
            f'<p class="MsoNormal" style="text-indent:32pt"><span lang="EN-US"><o:p></o:p></span>'
            f"<span>{text[:5]}</span><span style='color:#000'>{text[5:]}</span></p>"
        )

    body = (
        one(TEXTS[0]) + one(f"<b>{HEADS[0]}</b>") + one(TEXTS[1]) + one(f"<b>{HEADS[1]}</b>")
        + one(TEXTS[2]) + one(TEXTS[3])
    )  # fmt: skip
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE} - 某某市</title></head><body>
<header><a href="/">首页</a><a href="/zwgk">政务公开</a></header><main><div class="article-detail"><h1>{TITLE}</h1>
<div class="info"><span>发布时间：2021-12-03</span><span>来源：某某市人民政府</span></div><div class="article-content">{body}
<p>附件：<a href="1.docx">冬春农田水利建设任务表</a></p></div>
<div class="prev-next"><p>上一篇：<a href="/1">关于开展某某工作的公告</a></p><p>下一篇：<a href="/2">关于表彰某某单位的决定</a></p></div></div></main>
<footer>{FOOT}</footer></body></html>"""
    return Page(
        "pasted from a word processor",
        html,
        (
            ("title", TITLE),
            ("paragraph", TEXTS[0]),
            ("heading", HEADS[0]),
            ("paragraph", TEXTS[1]),
            ("heading", HEADS[1]),
            *paragraphs(TEXTS[2], TEXTS[3]),
            ("paragraph", "附件：冬春农田水利建设任务表"),
        ),
        ("政务公开", "上一篇", "下一篇", "公告", "标识码"),
    )


def questions() -> Page:
    """A department's page: questions and answers in divisions, a table of data, a side bar."""
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>冬春水利建设政策解读</title></head><body>
<div class="top"><a href="/">设为首页</a><a href="/">加入收藏</a></div><div class="container"><div class="sidebar"><ul>{LINKS}</ul></div>
<div class="con"><h2>冬春水利建设政策解读</h2><p class="source">2021-12-03　来源：某某市水利局</p><div class="txt">
<div>问：今年的重点是什么？</div><div>答：{TEXTS[1]}</div><div>问：资金从哪里来？</div><div>答：{TEXTS[2]}</div>
<table border="1"><tr><th>县区</th><th>任务（处）</th></tr><tr><td>东山县</td><td>18</td></tr><tr><td>西河区</td><td>7</td></tr></table>
<div>{TEXTS[3]}</div></div><div class="qrcode"><img src="q.png"><p>手机扫一扫打开</p></div></div></div>
<div class="link"><select><option>友情链接</option></select></div><div id="copyright">{FOOT}</div></body></html>"""
    return Page(
        "questions, answers and a table",
        html,
        (
            ("title", "冬春水利建设政策解读"),
            ("paragraph", "问：今年的重点是什么？"),
            ("paragraph", f"答：{TEXTS[1]}"),
            ("paragraph", "问：资金从哪里来？"),
            ("paragraph", f"答：{TEXTS[2]}"),
            *paragraphs("县区 任务（处）", "东山县 18", "西河区 7", TEXTS[3]),
        ),
        ("设为首页", "推进会议", "友情链接", "手机扫一扫", "标识码"),
    )


PAGES = (central(), editor(), news(), paper(), county(), broken(), pasted(), questions())

"""DOCX: paragraphs, headings, numbers of lists, tables; damaged and hostile files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.api import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from own_sentences import paragraphs, share_in_order

from kg import read, repair
from kg.errors import SourceError
from kg.model import Span
from kg.raw import RawText
from kg.read import docx, limits

WORDS = "各单位要结合实际制定方案，明确责任，确保按期完成任务。"


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def plan() -> bytes:
    document = Document()
    document.add_paragraph("关于做好防汛工作的方案", "Title")
    document.add_paragraph("各乡镇：")
    document.add_heading("一、工作目标", 1)
    paragraph = document.add_paragraph("坚持")
    paragraph.add_run("预防").bold = True
    paragraph.add_run("为主，做到早准备、\t早排查。")
    paragraph.add_run().add_break()
    paragraph.add_run("确保安全度汛。")
    document.add_paragraph("", "Normal")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("单位", "任务", "水利站", "检查水闸12座"), strict=True):
        cell.text = text
    document.add_paragraph("图1 水闸位置", "Caption")
    document.add_paragraph("编好预案", "List Bullet")
    document.sections[0].header.paragraphs[0].text = "某某县人民政府文件"
    return saved(document)


def raw(data: bytes) -> RawText:
    return docx.read(data, "a.docx", "")


def passages(data: bytes) -> list[tuple[str, str]]:
    found = repair.repair(raw(data))
    for passage in found.passages:
        for piece in found.evidence(passage.span):
            assert piece.quote == found.raw[piece.begin : piece.end]
    return [(p.kind, p.text) for p in found.passages]


def test_each_kind_of_paragraph() -> None:
    assert passages(plan()) == [
        ("title", "关于做好防汛工作的方案"),
        ("paragraph", "各乡镇："),
        ("heading", "一、工作目标"),
        ("paragraph", "坚持预防为主，做到早准备、早排查。"),
        ("paragraph", "确保安全度汛。"),
        ("paragraph", "单位 任务"),
        ("paragraph", "水利站 检查水闸12座"),
        ("caption", "图1水闸位置"),
        ("paragraph", "编好预案"),
    ]
    assert raw(plan()).extracted and raw(plan()) == raw(plan())


def test_numbers_of_a_list_are_part_of_the_text() -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    levels = (("chineseCounting", "%1、"), ("decimal", "（%2）"))
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    own = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{inner}</w:abstractNum>'
    numbering.insert(0, parse_xml(own))
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    for level, text in (
        (0, "加强领导。"),
        (1, "成立小组。"),
        (1, "明确分工。"),
        (0, "抓好落实。"),
        (1, "开展检查。"),
    ):
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            )
        )
    assert [text for _, text in passages(saved(document))] == [
        "一、加强领导。", "（1）成立小组。", "（2）明确分工。", "二、抓好落实。", "（1）开展检查。",
    ]  # fmt: skip


def changed(tag: str, text: str) -> bytes:
    """A document with a paragraph whose second run stands in ``tag``."""
    document = Document()
    paragraph = document.add_paragraph("工作要点")
    wrapper = OxmlElement(tag)
    run = paragraph.add_run(text)._r
    if tag == "w:del":
        run[0].tag = qn("w:delText")
    paragraph._p.append(wrapper)
    wrapper.append(run)
    return saved(document)


def test_tracked_changes_links_and_controls() -> None:
    assert passages(changed("w:ins", "（修订稿）"))[0][1] == "工作要点（修订稿）"
    assert passages(changed("w:hyperlink", "网址"))[0][1] == "工作要点网址"
    assert passages(changed("w:del", "（草稿）"))[0][1] == "工作要点"


def test_a_text_box_stands_once() -> None:
    document = Document()
    box = (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>框里的话。"
        "</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
        "<w:p><w:r><w:t>框里的话。</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    paragraph = document.add_paragraph("框外的话。")
    paragraph._p.append(parse_xml(box))
    assert [text for _, text in passages(saved(document))] == ["框外的话。", "框里的话。"]


def test_a_table_that_lays_out_a_text() -> None:
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = WORDS
    cell.add_paragraph(WORDS.replace("各单位", "各部门"))
    assert len(passages(saved(document))) == 2


@pytest.mark.parametrize("pages", [False, True])
def test_a_long_document_is_read_whole_and_in_order(pages: bool) -> None:
    document = Document()
    document.add_paragraph("秋收时节看农技服务下乡", "Title")
    texts = paragraphs(30)
    for number, text in enumerate(texts):
        if number % 10 == 0:
            document.add_heading(f"第{number // 10 + 1}部分工作", 1)
        paragraph = document.add_paragraph(text[:20])
        if pages and number % 7 == 0:
            paragraph.add_run()._r.append(OxmlElement("w:lastRenderedPageBreak"))
        paragraph.add_run(text[20:])
        if number % 15 == 0:
            document.add_table(1, 2).cell(0, 0).text = "县区"
            document.add_paragraph("图1 水闸位置", "Caption")
    made = repair.repair(raw(saved(document)))
    assert share_in_order(texts, made.clean.text) == 1.0
    assert [p.text for p in made.passages if p.text in texts] == texts
    assert sum(p.kind == "heading" for p in made.passages) == 3
    assert len(made.pages) == (6 if pages else 0)


def rewritten(change: Callable[[str, bytes], bytes], data: bytes = b"") -> bytes:
    """A document whose parts were changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or plan())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as found,
    ):
        for name in old.namelist():
            found.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def strict(name: str, data: bytes) -> bytes:
    """A part as the strict form of the format names its namespaces."""
    for usual, other in (
        (b"schemas.openxmlformats.org/wordprocessingml/2006/main",
         b"purl.oclc.org/ooxml/wordprocessingml/main"),
        (b"schemas.openxmlformats.org/officeDocument/2006/relationships",
         b"purl.oclc.org/ooxml/officeDocument/relationships"),
    ):  # fmt: skip
        data = data.replace(usual, other)
    return data


def macros(name: str, data: bytes) -> bytes:
    """A part of a file that may hold macros."""
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return data.replace(usual, b"application/vnd.ms-word.document.macroEnabled.main+xml")


@pytest.mark.parametrize("change", [strict, macros])
def test_other_forms_of_the_format(change: Callable[[str, bytes], bytes], tmp_path: Path) -> None:
    data = rewritten(change)
    assert passages(data) == passages(plan())
    (tmp_path / "a.docm").write_bytes(data)
    (source,) = read.sources(tmp_path)[0]
    assert read.read(source).text == raw(plan()).text


def test_pages_where_the_file_tells_them() -> None:
    """Page breaks as the word processor last laid them out: before, within and behind a text."""
    document = Document()
    first = document.add_paragraph("第一页上的话。")
    second = document.add_paragraph("从第一页")
    second.add_run()._r.append(OxmlElement("w:lastRenderedPageBreak"))
    second.add_run("说到第二页。")
    third = document.add_paragraph()
    third.add_run()._r.append(OxmlElement("w:lastRenderedPageBreak"))
    third.add_run("第三页上的话。")
    table = document.add_table(1, 2)
    table.cell(0, 0).paragraphs[0].add_run()._r.append(OxmlElement("w:lastRenderedPageBreak"))
    table.cell(0, 0).paragraphs[0].add_run("第四页")
    table.cell(0, 1).text = "的表"
    assert first.text
    found = raw(saved(document))
    begins = [0, found.text.index("说到"), found.text.index("第三页"), found.text.index("第四页")]
    assert list(found.pages) == begins and "\f" not in found.text
    made = repair.repair(found)
    pages = [[e.page for e in made.evidence(p.span)] for p in made.passages]
    assert pages == [[1], [1], [3], [4]]
    span = made.passages[1].span
    assert [e.page for e in made.evidence(Span(span.end - 4, span.end))] == [2]


def test_no_pages_where_the_file_tells_none() -> None:
    assert raw(plan()).pages == ()


def outside(name: str, data: bytes) -> bytes:
    """Relations that lead out of the file."""
    return data.replace(
        b'Target="styles.xml"', b'Target="http://x.invalid/s" TargetMode="External"'
    )


def test_what_lies_outside_the_file_is_not_fetched() -> None:
    assert ("paragraph", "各乡镇：") in passages(rewritten(outside))


def entity(name: str, data: bytes) -> bytes:
    if name != "word/document.xml":
        return data
    head = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return data.replace(b"<w:document", head + b"<w:document", 1).replace(b"</w:t>", b"&x;</w:t>")


def bomb(name: str, data: bytes) -> bytes:
    return data + b" " * (limits.XML_BYTES + 1) if name == "word/document.xml" else data


def styles_bomb(name: str, data: bytes) -> bytes:
    return data + b" " * (limits.XML_BYTES + 1) if name == "word/styles.xml" else data


def stray(name: str, data: bytes) -> bytes:
    return data.replace(b"word/document.xml", b"word/other.xml") if name == "_rels/.rels" else data


def nothing(name: str, data: bytes) -> bytes:
    return b"" if name == "word/document.xml" else data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (rewritten(entity), "entities"),
        (rewritten(bomb), "too large"),
        (rewritten(styles_bomb), "too large"),
        (rewritten(stray), "no text part"),
        (rewritten(nothing), "damaged"),
        (plan()[:3000], "damaged or cut-off"),
        (saved(Document()), "no text"),
        (b"PK\x03\x04" + b"\x00" * 100, "damaged"),
    ],
)
def test_hostile_and_damaged_files_have_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        raw(data)


@pytest.mark.parametrize("place", range(0, 12_000, 1_501))
def test_a_damaged_byte_is_a_reason_or_nothing(place: int) -> None:
    data = bytearray(plan())
    data[place : place + 40] = b"\xff" * 40
    try:
        raw(bytes(data))
    except SourceError as error:
        assert str(error).startswith("a.docx: ")


def test_through_the_folder(tmp_path: Path) -> None:
    (tmp_path / "方案.docx").write_bytes(plan())
    (tmp_path / "错名.txt").write_bytes(plan())
    (tmp_path / "假.docx").write_text("不是文档")
    found = {source.path: source for source in read.sources(tmp_path)[0]}
    assert read.read(found["方案.docx"]).problems == ()
    assert read.read(found["错名.txt"]).problems == (
        "the name ends in .txt, but it is a DOCX file and read as such",
    )
    with pytest.raises(SourceError, match="not a DOCX file"):
        read.read(found["假.docx"])

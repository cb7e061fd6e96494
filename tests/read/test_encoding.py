"""Bytes of many encodings, damaged files, files that are no text."""

from __future__ import annotations

import codecs
import zlib

import pytest

from kg.errors import SourceError
from kg.read.encoding import decode

TEXT = (
    "政府工作报告\r\n各位代表：现在，我代表市人民政府，向大会报告工作，请予审议。\r\n"
    "一年来，我们坚持稳中求进，扎实推进改革，经济社会发展取得新的成绩。\r\n"
)
LONG = TEXT * 20


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode("gb2312"), "gb18030"),
        (b"plain ascii, nothing more\n", "utf-8"),
        ("会".encode(), "utf-8"),
        ("会议".encode("gb18030"), "gb18030"),
    ],
)
def test_encodings_are_told_apart(data: bytes, encoding: str) -> None:
    found = decode(data, "x.txt")
    assert found.encoding == encoding
    assert found.problems == ()
    assert found.text in (TEXT, "plain ascii, nothing more\n", "会", "会议")


def test_big5_is_not_taken_for_gb18030() -> None:
    text = (
        "行政院院會通過預算案，強調將繼續推動經濟發展與社會福利，照顧弱勢民眾，並且加強國際合作。"
        * 8
    )
    assert decode(text.encode("big5"), "x.txt").text == text


def test_a_mark_in_the_middle_stays() -> None:
    assert decode("甲\ufeff乙".encode(), "x.txt").text == "甲\ufeff乙"


def test_control_characters_stay() -> None:
    text = "工会\x00工作\x07报告\x1b。\x0c第二页"
    assert decode(text.encode(), "x.txt").text == text
    assert decode((TEXT + "\x00").encode("gb18030"), "x.txt").text == TEXT + "\x00"


def test_an_own_replacement_character_is_no_problem() -> None:
    found = decode("甲\ufffd乙".encode(), "x.txt")
    assert (found.text, found.problems) == ("甲\ufffd乙", ())


def test_bad_sequences_are_replaced_and_reported() -> None:
    data = LONG.encode()
    at = data.index("请予".encode())
    found = decode(data[:at] + b"\xff" + data[at:] + b"\xe4\xbd", "x.txt")
    assert found.text == LONG.replace("请予", "\ufffd请予", 1) + "\ufffd"
    assert found.problems == (
        f"byte sequences that are not utf-8, shown as U+FFFD: 2, the first at byte {at} in line 2",
    )


def test_lone_surrogates_are_replaced_one_for_one_and_reported() -> None:
    found = decode(LONG.encode() + b"\xed\xa0\x80\xed\xb0\x80\n", "x.txt")
    assert found.text == LONG + "\ufffd\ufffd\n"
    assert found.problems == ("lone surrogates, shown as U+FFFD: 2",)


def test_lone_surrogates_of_utf16() -> None:
    found = decode(codecs.BOM_UTF16_LE + LONG.encode("utf-16-le") + b"\x00\xd8\n\x00", "x.txt")
    assert found.text == LONG + "\ufffd\n"
    assert len(found.problems) == 1


def test_a_cut_gb18030_file() -> None:
    found = decode(LONG.encode("gb18030") + b"\xb9", "x.txt")
    assert found.text == LONG + "\ufffd"
    assert found.encoding == "gb18030"
    assert "not gb18030, shown as U+FFFD: 1" in found.problems[0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t", "only white space"),
        (codecs.BOM_UTF8, "only white space"),
        (codecs.BOM_UTF16_LE, "only white space"),
        ("\u3000\u200b\n".encode(), "only white space"),
        (b"\x00" * 100, "no text"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "a PNG image"),
        (b"\xff\xd8\xff\xe0" + b"\x10" * 40, "a JPEG image"),
        (b"PK\x03\x04" + b"\x14\x00" * 40, "DOCX"),
        (b"%PDF-1.7\n%...", "a PDF file"),
        (b"\x7fELF" + b"\x02\x01\x01" * 40, "a program"),
        (bytes(range(256)) * 8, "not"),
        (zlib.compress(TEXT.encode() * 9) * 9, "not"),
    ],
)
def test_what_is_no_text_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        decode(data, "some/x.txt")
    said = str(caught.value)
    assert said.startswith("some/x.txt: ")
    assert "\n" not in said
    assert said.endswith(")")  # what to do


def test_too_much_damage_asks_for_the_encoding() -> None:
    data = b"\xff\x80".join(char.encode() for char in LONG)
    with pytest.raises(SourceError, match=r"manifest\.toml"):
        decode(data, "x.txt")


class TestDemanded:
    def test_it_is_obeyed(self) -> None:
        assert decode(TEXT.encode("gb18030"), "x.txt", "gb18030").text == TEXT
        assert decode(TEXT.encode("big5", "ignore"), "x.txt", "big5").encoding == "big5"
        assert decode(TEXT.encode("utf-16-le"), "x.txt", "utf-16-le").text == TEXT

    def test_the_mark_goes_all_the_same(self) -> None:
        data = codecs.BOM_UTF8 + TEXT.encode()
        assert decode(data, "x.txt", "utf-8").text == TEXT
        assert decode(data, "x.txt", "UTF-8-SIG").text == TEXT

    @pytest.mark.parametrize(
        ("data", "demanded"),
        [
            (TEXT.encode("gb18030"), "utf-8"),
            (TEXT.encode(), "gb18030"),
            (TEXT.encode(), "utf-16"),
            (TEXT.encode(), "latin-1"),
            (TEXT.encode(), "ascii"),
        ],
    )
    def test_a_lie_is_told(self, data: bytes, demanded: str) -> None:
        with pytest.raises(SourceError, match=f"the manifest says {demanded}, but"):
            decode(data, "x.txt", demanded)


@pytest.mark.parametrize("char", ["工", "\x00", "\u200b", " ", "\xa0"])
def test_a_huge_line_is_survived(char: str) -> None:
    text = "会" + char * 1_000_000 + "会"
    if char == "\x00":
        with pytest.raises(SourceError, match="not a text file"):
            decode(text.encode(), "x.txt")
    else:
        assert decode(text.encode(), "x.txt").text == text

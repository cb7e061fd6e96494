"""manifest.toml: what it says, and all that can be wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.model import Meta, Sourced
from kg.read.manifest import Entry, load

FILES = {"a.txt", "b.txt", "sub/c.txt", "é.txt"}


def loaded(folder: Path, text: str) -> dict[str, Entry]:
    (folder / "manifest.toml").write_text(text, encoding="utf-8")
    return load(folder, FILES.__contains__)


def faults(folder: Path, text: str) -> str:
    with pytest.raises(DataError) as caught:
        loaded(folder, text)
    said = str(caught.value)
    assert said.startswith(str(folder / "manifest.toml"))
    assert "\n" not in said
    return said


def test_no_manifest(tmp_path: Path) -> None:
    assert load(tmp_path, FILES.__contains__) == {}
    assert loaded(tmp_path, "") == {}


def test_every_key(tmp_path: Path) -> None:
    text = """\ufeff[[document]]
path = "sub/c.txt"
title = "题目"
authors = ["张三", "李四"]
publisher = "某某日报"
issued = "2024-04-24/2024-12-31"
spoken = "2023-10-23"
occasion = "座谈会"
encoding = "gb18030"
"""
    entry = loaded(tmp_path, text)["sub/c.txt"]
    assert entry.encoding == "gb18030"
    assert entry.meta == Meta(
        "sub/c.txt",
        title=Sourced("题目", "manifest"),
        authors=(Sourced("张三", "manifest"), Sourced("李四", "manifest")),
        publisher=Sourced("某某日报", "manifest"),
        issued=Sourced("2024-04-24/2024-12-31", "manifest"),
        spoken=Sourced("2023-10-23", "manifest"),
        occasion=Sourced("座谈会", "manifest"),
    )


def test_path_is_normalised(tmp_path: Path) -> None:
    assert list(loaded(tmp_path, '[[document]]\npath = "./e\u0301.txt"\n')) == ["\u00e9.txt"]


def test_all_faults_at_once_with_their_lines(tmp_path: Path) -> None:
    text = """# a comment with colour = 1
colour = "red"

[[document]]
path = "a.txt"
issued = "2018-02-29"
titel = "x"

[[document]]
path = "gone.txt"
spoken = 2018-10-22

[[document]]
title = ""
authors = "张三"

[[document]]
path = "a.txt"
encoding = "klingon"

[other]
x = 1
"""
    said = faults(tmp_path, text)
    for fault in (
        "line 2: unknown table or key 'colour', known: document",
        "line 6: issued must be an EDTF date",
        "line 7: unknown key 'titel'",
        "line 10: no file 'gone.txt'",
        "line 11: spoken must be an EDTF date in quotes",
        "line 13: the document has no path",
        "line 14: title must be a text that is not empty",
        "line 15: authors must be a list",
        "line 18: path 'a.txt' stands twice",
        "line 19: encoding 'klingon' is not known",
        "line 21: unknown table or key 'other', known: document",
    ):
        assert fault in said
    assert said.index("line 2") < said.index("line 6") < said.index("line 21")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("title = 3", "title must be a text"),
        ('title = "a\\u0000b"', "title must be a text"),
        ('authors = ["张三", 3]', "authors must be a list"),
        ('authors = [""]', "authors must be a list"),
        ('issued = ""', "EDTF"),
        ('issued = "2018年"', "EDTF"),
        ('issued = "2019/2018"', "EDTF"),
        ('encoding = "base64"', "encoding"),
        ('encoding = "unicode_escape"', "encoding"),
        ('encoding = "ut\\u0000f"', "encoding"),
        ("encoding = 8", "encoding"),
        ('occasion = " "', "occasion must be a text"),
    ],
)
def test_bad_values(tmp_path: Path, line: str, fault: str) -> None:
    said = faults(tmp_path, f'[[document]]\npath = "a.txt"\n{line}\n')
    assert "line 3: " in said
    assert fault in said


@pytest.mark.parametrize("path", ["../a.txt", "/etc/passwd", "A.txt", "", "a.txt/"])
def test_paths_that_name_no_file(tmp_path: Path, path: str) -> None:
    assert "line 2: " in faults(tmp_path, f'[[document]]\npath = "{path}"\n')


def test_not_toml(tmp_path: Path) -> None:
    assert "line 2" in faults(tmp_path, "[[document]]\npath = a.txt\n")


def test_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_bytes('[[document]]\ntitle = "题"'.encode("gb18030"))
    with pytest.raises(DataError, match="not UTF-8"):
        load(tmp_path, FILES.__contains__)


@pytest.mark.parametrize("text", ["[document]\npath = 'a.txt'", "document = 3", "document = [3]"])
def test_documents_are_an_array_of_tables(tmp_path: Path, text: str) -> None:
    assert "line 1: a document is written as [[document]]" in faults(tmp_path, text)


def test_documents_in_one_line(tmp_path: Path) -> None:
    assert list(loaded(tmp_path, 'document = [{path = "a.txt"}, {path = "b.txt"}]'))
    assert "line 1: unknown key" in faults(tmp_path, 'document = [{path = "a.txt", x = 1}]')

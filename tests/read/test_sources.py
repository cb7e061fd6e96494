"""Which files of a folder are documents, and what is said of the others."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

import pytest

from kg import read
from kg.errors import KgError, SourceError, UsageError
from kg.model import Meta, Source


def write(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("会议强调，要抓好落实。", encoding="utf-8")


def paths(folder: Path) -> list[str]:
    return [source.path for source in read.sources(folder)[0]]


def test_text_files_in_order_of_path(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.TXT", "sub/c.text", "甲.txt")
    assert paths(tmp_path) == ["a.TXT", "b.txt", "sub/c.text", "甲.txt"]


def test_own_and_hidden_files_are_neither_read_nor_skipped(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.txt", "README.md", "readme.txt", "kg.toml", "kg.merges.tsv", ".hidden.txt",
        ".git/x.txt", "sub/README",
    )  # fmt: skip
    (tmp_path / "manifest.toml").write_text("")
    assert read.sources(tmp_path)[1] == ()
    assert paths(tmp_path) == ["a.txt"]


def test_unknown_kinds_are_skipped(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.xlsx", "sub/c.jpg", "d")
    assert read.sources(tmp_path)[1] == ("b.xlsx", "d", "sub/c.jpg")


def test_results_of_an_earlier_build_are_no_documents(tmp_path: Path) -> None:
    """Else a build into a folder within its sources would read its own page the next time."""
    write(tmp_path, "a.txt", "output/graph.html", "output/text/0a.txt", "output/mine.txt")
    stated = {"files": {"graph.html": {}, "graph.ttl": {}, "text/0a.txt": {}}}
    (tmp_path / "output" / "summary.json").write_text(json.dumps(stated), "utf-8")
    found, skipped = read.sources(tmp_path)
    assert [source.path for source in found] == ["a.txt", "output/mine.txt"] and not skipped


@pytest.mark.parametrize("summary", ["", "[1]", "{}", '{"files": 3}', '{"files": ["a.txt"]}'])
def test_a_summary_that_is_no_builds_hides_nothing(summary: str, tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "summary.json").write_text(summary, "utf-8")
    assert paths(tmp_path) == ["a.txt"] and read.sources(tmp_path)[1] == ("summary.json",)


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        ((), ("holds no document", ".docx")),
        (("a.doc", "b.xyz"), ("no document among 2 files", "save it as .docx")),
        (("通知.OFD",), ("no document among 1 files", "save it as PDF")),
        (("scan.JPG",), ("a picture",)),
        (("a.xyz",), ("kg reads .docm",)),
    ],
)
def test_a_folder_without_documents_says_what_to_do(
    names: tuple[str, ...], parts: tuple[str, ...], tmp_path: Path
) -> None:
    write(tmp_path, *names)
    with pytest.raises(UsageError) as told:
        read.sources(tmp_path)
    assert all(part in str(told.value) for part in parts)


def test_a_pipe_is_skipped_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert read.sources(tmp_path)[1] == ("pipe.txt",)


def test_a_folder_that_ends_like_a_document_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "dir.txt/b.txt")
    assert paths(tmp_path) == ["a.txt", "dir.txt/b.txt"]


def test_paths_are_nfc(tmp_path: Path) -> None:
    write(tmp_path, normalize("NFD", "é.txt"))
    assert paths(tmp_path) == [normalize("NFC", "é.txt")]
    (source,), _ = read.sources(tmp_path)
    assert read.read(source).text


def test_two_names_that_are_one_in_nfc(tmp_path: Path) -> None:
    write(tmp_path, "e\u0301.txt", "\u00e9.txt")
    sources, skipped = read.sources(tmp_path)
    assert [s.path for s in sources] == list(skipped) == ["\u00e9.txt"]


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text("会议")
    assert paths(tmp_path) == ["\\xff.txt", "a.txt"]


def test_one_file(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt")
    (tmp_path / "manifest.toml").write_text('[[document]]\npath = "a.txt"\nissued = "2020"\n')
    (source,), skipped = read.sources(tmp_path / "a.txt")
    assert (source.path, skipped) == ("a.txt", ())
    assert source.meta.issued is not None


@pytest.mark.parametrize("name", ["", "nothing", "only", "x.jpg"])
def test_nothing_to_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "only").mkdir()
    (tmp_path / "only" / "README.txt").write_text("x")
    (tmp_path / "only" / "a.jpg").write_text("x")
    (tmp_path / "x.jpg").write_text("x")
    folder = tmp_path / name if name else tmp_path / "only" / "a.jpg"
    with pytest.raises(UsageError) as caught:
        read.sources(folder)
    said = str(caught.value)
    assert said.startswith(str(folder))
    assert "\n" not in said


def test_reading_gives_text_hash_and_encoding(tmp_path: Path) -> None:
    data = "\ufeff甲\r\n乙".encode()
    (tmp_path / "a.txt").write_bytes(data)
    (source,), _ = read.sources(tmp_path)
    raw = read.read(source)
    assert raw.text == "甲\r\n乙"
    assert raw.meta == Meta("a.txt", sha256(data).hexdigest(), "utf-8")


def test_a_file_that_is_gone_or_a_folder(tmp_path: Path) -> None:
    for file in (tmp_path / "gone.txt", tmp_path):
        with pytest.raises(SourceError, match="cannot be read") as caught:
            read.read(Source("甲/乙.txt", str(file), Meta("甲/乙.txt")))
        assert str(caught.value).startswith("甲/乙.txt: ")


def test_a_line_feed_in_a_name_does_not_break_the_message(tmp_path: Path) -> None:
    (tmp_path / "a\nb.txt").write_bytes(b"")
    (source,), _ = read.sources(tmp_path)
    with pytest.raises(KgError) as caught:
        read.read(source)
    assert str(caught.value).startswith("a\\nb.txt: ")

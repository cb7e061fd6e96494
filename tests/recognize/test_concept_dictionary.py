"""The dictionary under the concepts: jieba's words and jieba's cut."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.recognize import concept_dictionary
from kg.recognize.concept_dictionary import Dictionary

TEXTS = (
    "水利部和国家发展改革委联合印发节水行动方案",
    "结婚的和尚未结婚的",
    "研究生命起源的科学家",
    "长春市长春节讲话",
    "𠮷田镇鱻味馆龘",
    "河" * 50,
    "一",
    "",
)


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return Dictionary([("节水行动方案", "term")], least=1000)


@pytest.mark.parametrize("text", TEXTS)
def test_the_cut_is_that_of_jieba(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import jieba

    monkeypatch.setattr(jieba.default_logger, "level", logging.ERROR)
    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as lines:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(lines)
    tokenizer.initialized = True
    assert Dictionary().cut(text) == list(tokenizer.cut(text, HMM=False))


def test_words_that_are_added_win(dictionary: Dictionary) -> None:
    assert dictionary.cut("印发节水行动方案通知") == ["印发", "节水行动方案", "通知"]
    assert "".join(dictionary.cut(TEXTS[0])) == TEXTS[0]
    assert dictionary.tag("节水行动方案") == "term" and dictionary.tag("通知") == "v"
    assert (dictionary.count("节水行动方案"), dictionary.count("龘龘")) == (1000, 0)
    assert [dictionary.tag(word) for word in ("", "龘龘", "水")] == ["", "", "n"]


def test_words_of_rare_characters_are_words() -> None:
    dictionary = Dictionary([("𠮷田镇", "name"), ("镇𠮷", "name")], least=1000)
    assert dictionary.cut("水利部在𠮷田镇开会") == ["水利部", "在", "𠮷田镇", "开会"]
    assert dictionary.cut("镇𠮷的水利部") == ["镇𠮷", "的", "水利部"]


def test_jieba_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jieba", None)
    with pytest.raises(DataError, match="the package jieba"):
        Dictionary()


@pytest.mark.parametrize("data", [b"\xff 3 n\n", b"word 3\n", b"word three n\n"])
def test_the_file_is_damaged(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "dict.txt"
    monkeypatch.setattr(concept_dictionary, "file", lambda: path)
    with pytest.raises(DataError, match="install jieba"):
        Dictionary()
    path.write_bytes(data)
    with pytest.raises(DataError, match="install jieba"):
        Dictionary()

"""Candidate concepts, by the case table, and the segmentation under them."""

import tomllib
from pathlib import Path

import pytest

from kg.model import Passage, Span
from kg.recognize.concept_segments import segmenter
from kg.recognize.concepts import Concepts

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "concepts.toml").read_text("utf-8"))


def _passage(text: str, start: int = 0) -> Passage:
    return Passage(Span(start, start + len(text)), text)


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: str(case["why"]))
def test_case(case: dict[str, object]) -> None:
    text = str(case["text"])
    found = [mention.name for mention in Concepts().find(_passage(text))]
    assert set(case.get("terms", [])) <= set(found)  # type: ignore[call-overload]
    assert not set(case.get("not", [])) & set(found)  # type: ignore[call-overload]
    if case.get("terms") == []:
        assert found == []


def test_mentions_stand_where_they_say() -> None:
    text = "我们推行“田长制”，守住耕地红线和粮食安全，粮食生产能力稳步提升。"
    mentions = list(Concepts().find(_passage(text, 100)))
    for mention in mentions:
        assert mention.kind == "Concept"
        assert text[mention.span.start - 100 : mention.span.end - 100] == mention.name
    rules = {mention.name: mention.rule for mention in mentions}
    assert rules["田长制"] == "quoted-term"
    assert rules["粮食安全"] == "known-term"
    assert len(mentions) == len({mention.span for mention in mentions})


@pytest.mark.parametrize("text", ["", "。", "水", "abc 123", "“”", "\n", "𠮷", "水" * 20000])
def test_words_cover_any_text(text: str) -> None:
    found = segmenter().segments(text)
    assert "".join(text[start:end] for start, end, _ in found) == text
    assert all(start < end for start, end, _ in found)

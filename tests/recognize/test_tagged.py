"""Names that the tagger adds: what is taken and what is not, by the case table."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import kg
from kg import recognize
from kg.errors import DataError
from kg.lexicons import Entry, Lexicon
from kg.model import CleanText, Document, Mention, Meta, Passage, Span
from kg.settings import Settings

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "tagged.toml").read_text("utf-8"))
KINDS = ("Person", "Place", "Organization", "Role")


def document(*texts: str) -> Document:
    """A document of one passage a text."""
    whole, passages, at = "\n".join(texts), [], 0
    for text in texts:
        passages.append(Passage(Span(at, at + len(text)), text))
        at += len(text) + 1
    return Document("d/a", whole, CleanText(whole, ((0, 0),)), tuple(passages), Meta("a.txt"))


def added(*texts: str, lexicon: Lexicon | None = None) -> tuple[list[Mention], list[Mention]]:
    """What is found with the tagger and not without it, and the other way round."""
    given = lexicon or Lexicon()
    plain, neural = (
        set(recognize.mentions(document(*texts), Settings(concepts=0, names=names), lexicon=given))
        for names in ("lexicon", "neural")
    )
    return sorted(neural - plain, key=place), sorted(plain - neural, key=place)


def place(mention: Mention) -> tuple[Span, str]:
    return mention.span, mention.kind


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["why"])
def test_case(case: dict[str, object]) -> None:
    new, lost = added(*str(case["text"]).split("\n"))
    found = [f"{m.kind} {m.name}" for m in new if m.kind in KINDS]
    assert found == case["expect"], case["why"]
    assert not lost


def test_rules_and_places() -> None:
    text = "志愿者队伍里有乔大奎、林越和孙若兰的身影。"
    new, _ = added("上一段。", text)
    assert [(m.name, m.rule) for m in new] == [
        ("乔大奎", "tagger"), ("林越", "tagger"), ("孙若兰", "tagger"),
    ]  # fmt: skip
    assert all(m.span.start >= 5 for m in new)


def test_a_lexicon_goes_before_the_tagger() -> None:
    listed = Lexicon("x", (Entry("郭守正", "Group", place="a.tsv:2"),))
    new, _ = added("队伍里有郭守正、林越和孙若兰的身影。", lexicon=listed)
    assert [m.name for m in new] == ["林越", "孙若兰"]


def test_nothing_is_tagged_without_something_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.recognize import tagged

    asked: list[str] = []
    monkeypatch.setattr(tagged, "likely", lambda given: asked.extend(given) or [[] for _ in given])
    added("要坚持以人民为中心，推动高质量发展。队伍里有郭守正的身影。会议强调，必须加强党的建设。")
    assert asked == ["队伍里有郭守正的身影。"]


def test_a_jieba_without_the_network_stops_the_build_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.lac import weights

    class Elsewhere:
        submodule_search_locations = (str(tmp_path / "jieba"),)

    monkeypatch.setattr(weights, "find_spec", lambda name: Elsewhere)
    (tmp_path / "a.txt").write_text("村民里有郭守正。", "utf-8")
    with pytest.raises(DataError, match=r"lacks the network's files.*--names lexicon"):
        kg.build(tmp_path)
    assert not kg.build(tmp_path, names="lexicon").failures

"""Repeats: what is said again counts once, also where a particle is left out."""

from __future__ import annotations

import pytest

from kg.model import Meta
from kg.raw import RawText
from kg.repair import repair

LONG = (
    "各县区要把农村供水工程作为改善民生的大事来抓，优先解决山区群众的饮水困难，"
    "加快老旧管网的改造，推进城乡供水一体化，健全水质的检测制度，让群众用上放心的自来水。"
)
OTHER = "去年全县新打机井一百二十眼，整修渠道五百公里，新增灌溉面积三万亩。"


def repeated(*lines: str) -> list[int | None]:
    """For each passage the place of the first that says the same."""
    made = repair(RawText("\n".join(lines), Meta("a.txt")))
    places = {p.span: place for place, p in enumerate(made.passages)}
    return [None if p.repeats is None else places[p.repeats] for p in made.passages]


def test_a_copy_without_a_particle() -> None:
    assert repeated(LONG, OTHER, LONG.replace("群众的饮水", "群众饮水")) == [None, None, 0]
    assert repeated(LONG.replace("放心的", "放心"), LONG.replace("的大事", "大事")) == [None, 0]


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (OTHER, OTHER.replace("五百", "六百"), "another figure"),
        (LONG, LONG.replace("优先", "尽快"), "another word"),
        (LONG, LONG.replace("要把", "不要把"), "a word more that is no particle"),
        ("山区群众的饮水困难要优先解决好。", "山区群众饮水困难要优先解决好。", "too short"),
    ],
)
def test_what_says_something_else(first: str, second: str, why: str) -> None:
    assert repeated(first, second) == [None, None]


def test_a_torn_copy_of_a_part_of_a_passage() -> None:
    part = LONG[LONG.index("，优先") : -1]
    lines = [OTHER, LONG, part.replace("管网的", "管网"), OTHER[:-1] + "多。"]
    assert repeated(*lines) == [None, None, 1, None]
    lines = [OTHER, part, OTHER[:-1] + "多。", LONG]
    assert repeated(*lines) == [None, 3, None, None]


def test_a_whole_passage_within_another_is_no_repeat() -> None:
    sentence = LONG.replace("，", "、")
    assert repeated(sentence, OTHER + sentence) == [None, None]


def test_the_first_of_a_copy_can_still_be_quoted() -> None:
    made = repair(RawText(f"{LONG}\n{OTHER}\n{LONG.replace('的', '')}", Meta("a.txt")))
    copy = made.passages[-1]
    assert copy.repeats == made.passages[0].span and not copy.searched
    for span, text in ((copy.repeats, LONG), (copy.span, LONG.replace("的", ""))):
        assert [e.quote for e in made.evidence(span)] == [text]

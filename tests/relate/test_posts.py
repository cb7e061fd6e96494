"""Posts: the case table, spans, members, and chains that must not make the search backtrack."""

from __future__ import annotations

import tomllib
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from kg.model import Claim, CleanText, Document, Mention, Meta, Passage, Span
from kg.recognize import PRIORITY, overlap
from kg.recognize.organizations import Organizations
from kg.recognize.persons import Persons
from kg.recognize.places import Places
from kg.recognize.roles import Roles
from kg.relate import posts

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "posts.toml").read_text("utf-8")
)["case"]


def document(text: str, kind: str = "paragraph") -> Document:
    passage = Passage(Span(0, len(text)), text, kind)
    return Document("d/0", text, CleanText(text, ((0, 0),)), (passage,), Meta("a.txt"))


def claims(text: str, kind: str = "paragraph") -> list[Claim]:
    source = document(text, kind)
    recognizers = (Organizations(), Persons(), Roles(), Places())
    found = [m for r in recognizers for m in r.find(source.passages[0])]
    return list(dict.fromkeys(posts.find(source, overlap.settle(found, PRIORITY))))


def row(claim: Claim) -> list[str]:
    """A claim as the case table writes it."""
    said = dict(claim.qualifiers)
    body = said.get("organization")
    assert claim.subject and claim.object
    cells = [claim.subject.name, claim.object.name, body.name if isinstance(body, Mention) else ""]
    if "tenure" in said:
        cells.append(str(said["tenure"]))
    if claim.inferred:
        cells.append("inferred")
    return cells


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_case(case: dict[str, Any]) -> None:
    got = [row(claim) for claim in claims(case["text"]) if claim.predicate == "holdsPost"]
    assert sorted(got) == sorted(case["expect"]), case["why"]


def test_there_are_cases_of_both_sorts() -> None:
    assert len(CASES) >= 30
    assert sum(not case["expect"] for case in CASES) >= 4


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_spans_hold_person_and_title(case: dict[str, Any]) -> None:
    for claim in claims(case["text"]):
        assert claim.subject and claim.object
        assert claim.span.contains(claim.subject.span)
        assert claim.inferred or claim.span.contains(claim.object.span)


def test_who_holds_a_post_belongs_to_its_body() -> None:
    got = claims("水利部副部长林致远，国家统计局原局长何川。")
    (member,) = [c for c in got if c.predicate == "memberOf"]
    assert member.subject and member.object
    assert (member.subject.name, member.object.name) == ("林致远", "水利部"), "何川 left his post"


def test_a_body_beside_a_name_in_a_byline() -> None:
    (claim,) = claims("甘肃省农业科学院　林致远", "byline")
    assert (claim.predicate, claim.rule) == ("memberOf", "byline")
    assert claims("甘肃省农业科学院　林致远") == []


def test_where_somebody_comes_from() -> None:
    (claim,) = claims("我是林致远，来自兰州大学。")
    assert claim.predicate == "memberOf" and claim.object and claim.object.name == "兰州大学"


def test_a_body_that_the_title_means_is_inferred_from_the_document() -> None:
    got = claims("党中央决定。林致远总书记指出，要抓落实。")
    assert [row(c) for c in got if c.predicate == "holdsPost"] == [
        ["林致远", "总书记", "党中央", "inferred"]
    ]
    assert {c.rule for c in got} == {"role-body"}
    without = claims("林致远总书记指出，要抓落实。")
    assert [row(c) for c in without] == [["林致远", "总书记", ""]]


@pytest.mark.parametrize(
    "unit", ["全国总工会书记、", "全国总工会主席林致远，", "林致远、", "林致远主席", "书记 "]
)
def test_long_chains_take_linear_time(unit: str) -> None:
    text = "全国总工会" + unit * (60_000 // len(unit))
    begun = process_time()
    claims(text)
    assert process_time() - begun < 20

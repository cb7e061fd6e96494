"""Cases of tests/cases/repair.toml: passages, spaces, metadata."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg.model import Meta, Sourced
from kg.raw import RawText
from kg.repair import repair, spaces
from kg.repair.characters import plain
from kg.repair.offsets import whole

TABLE = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "repair.toml").read_text(encoding="utf-8")
)


def ids(case: dict[str, str]) -> str:
    return case["why"]


@pytest.mark.parametrize("case", TABLE["case"], ids=ids)
def test_passages(case: dict[str, str | list[str]]) -> None:
    made = repair(RawText(str(case["text"]), Meta("x.txt")))
    found = [f"{p.kind}|{p.text}" for p in made.passages]
    expected = [
        e if not e.startswith("|") else f"{p.kind}{e}"
        for e, p in zip(case["passages"], made.passages, strict=False)
    ]
    assert found == expected + list(case["passages"])[len(expected) :]


@pytest.mark.parametrize("case", TABLE["space"], ids=ids)
def test_spaces(case: dict[str, str]) -> None:
    assert spaces.tidy(plain(whole(case["text"]))).text == case["clean"]


@pytest.mark.parametrize("case", TABLE["meta"], ids=ids)
def test_metadata(case: dict[str, str | list[str]]) -> None:
    made = repair(RawText(str(case["text"]), Meta("x.txt")))
    meta = made.meta
    assert [a.value for a in meta.authors] == case.get("authors", [])
    for key in ("title", "publisher", "issued", "spoken", "occasion"):
        said = getattr(meta, key)
        assert (said.value if said else None) == case.get(key), key
    anchors = {p.anchor.edtf if p.anchor else None for p in made.passages}
    assert anchors == {case.get("anchor")}


def test_the_manifest_wins() -> None:
    meta = Meta("x.txt", title=Sourced("甲", "manifest"), issued=Sourced("2020", "manifest"))
    made = repair(RawText("乙乙乙乙\n2019年4月8日 星期一\n丙丙丙丙。", meta))
    assert made.meta.title == Sourced("甲", "manifest")
    assert made.meta.issued == Sourced("2020", "manifest")
    assert made.passages[-1].anchor is not None
    assert made.passages[-1].anchor.edtf == "2020"


def test_a_caption_has_its_own_date() -> None:
    meta = Meta("x.txt", issued=Sourced("2020-05", "manifest"))
    text = "会议开得很好。\n2019年4月8日至10日，代表们参观工厂。新华社记者 李华 摄\n大家热烈鼓掌。"
    anchors = [p.anchor for p in repair(RawText(text, meta)).passages]
    assert [(a.edtf, a.source) for a in anchors if a] == [
        ("2020-05", "manifest"),
        ("2019-04-08/2019-04-10", "caption"),
        ("2020-05", "manifest"),
    ]


def test_a_paragraph_that_stands_twice_points_to_the_first() -> None:
    said = "各地要加强森林防火，严格野外用火管理，落实巡护责任。"
    text = f"{said}\n好。\n{said.replace('，', '， ')}\n好。"
    first, short, second, again = repair(RawText(text, Meta("x.txt"))).passages
    assert first.repeats is None
    assert second.repeats == first.span
    assert short.repeats is None
    assert again.repeats is None

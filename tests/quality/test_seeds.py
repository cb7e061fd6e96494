"""The five documents: what they must yield, and that nothing is invented."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kg
from kg import graph as graphs

NAMED_003, LISTED_002 = "003_a785434c8f6dec59.txt", "002_9d3b66fbc6c23908.txt"

LISTED = {
    "八个坚持": (8, "坚持党对工会工作的领导", "坚持加强基层工会建设"),
    "四个立足": (4, "立足新时代中国特色社会主义新方位", "立足全面深化改革新阶段"),
    "四个意识": (4, "政治意识", "看齐意识"),
    "四个自信": (4, "道路自信", "文化自信"),
    "两个维护": (
        2,
        "坚决维护习近平总书记党中央的核心、全党的核心地位",
        "坚决维护党中央权威和集中统一领导",
    ),
    "五小": (5, "小发明", "小建议"),
    "小三级": (3, "乡镇（街道）", "企业"),
    "三个精神": (3, "劳模精神", "工匠精神"),
    "三个故事": (3, None, None),
}
UNLISTED = (
    "两个确立", "四德", "两书", "三大攻坚战", "四种形态", "八项规定", "八八战略", "三会一课",
    "四大经济", "三福",
)  # fmt: skip
PARTIAL = {"四风": {"形式主义", "官僚主义"}, "八大群体": {"货车司机"}}
UNNAMED = (
    ("政治性", "先进性", "群众性"),
    ("劳动最光荣", "劳动最崇高", "劳动最伟大", "劳动最美丽"),
    ("知情权", "参与权", "表达权", "监督权"),
)
SPIRITS = {
    "劳模精神": ("爱岗敬业", "争创一流", "艰苦奋斗", "勇于创新", "淡泊名利", "甘于奉献"),
    "劳动精神": ("崇尚劳动", "热爱劳动", "辛勤劳动", "诚实劳动"),
    "工匠精神": ("执着专注", "精益求精", "一丝不苟", "追求卓越"),
}


@pytest.fixture(scope="module")
def built(seeds: Path) -> kg.Graph:
    return kg.build(seeds)


def lists(built: kg.Graph) -> list[tuple[str, ...]]:
    things = [kg.Thing(e, built.networkx) for e in graphs.entities(built.networkx)]
    return [tuple(m.name for m in t.members) for t in things if t.members]


@pytest.mark.parametrize("name", LISTED)
def test_formulas_with_members(name: str, built: kg.Graph) -> None:
    count, first, last = LISTED[name]
    found = built.find(name)
    assert found is not None and found.kind == "Formula"
    members = [member.name for member in found.members]
    assert len(members) == count and found.entity.attributes["status"] == "complete"
    assert first is None or (members[0], members[-1]) == (first, last)


def test_named_in_one_document_listed_in_another(built: kg.Graph) -> None:
    found = built.find("八个坚持")
    assert found is not None
    path = {e.id: e.attributes["path"] for e in graphs.entities(built.networkx, "Document")}
    assert {path[e.document_id] for e in found.quotes} == {NAMED_003}
    steps = graphs.outgoing(built.networkx, found.entity.id, "hasMember")
    assert [r.qualifiers["position"] for r in steps] == list(range(1, 9))
    assert {path[e.document_id] for r in steps for e in r.evidence} == {LISTED_002}
    assert all(r.inferred for r in steps)


@pytest.mark.parametrize("name", UNLISTED)
def test_formulas_without_a_list_stay_empty(name: str, built: kg.Graph) -> None:
    found = built.find(name)
    assert found is not None and found.kind == "Formula" and not found.members
    assert found.entity.attributes["status"] == "unlisted"


@pytest.mark.parametrize("name", PARTIAL)
def test_partial_lists_name_what_the_text_names(name: str, built: kg.Graph) -> None:
    found = built.find(name)
    assert found is not None and found.entity.attributes["status"] == "partial"
    parts = graphs.outgoing(built.networkx, found.entity.id, "hasPart")
    assert {built.networkx.nodes[r.object]["name"] for r in parts} == PARTIAL[name]
    assert not found.members


def test_unnamed_lists(built: kg.Graph) -> None:
    found = lists(built)
    for wanted in UNNAMED:
        assert wanted in found
    assert any(len(x) == 6 and x[0].startswith("始终坚持正确政治方向") for x in found)
    assert any(len(x) == 4 and x[0].startswith("进一步强化高水平引领") for x in found)
    assert any(len(x) == 3 and x[0].startswith("坚持党对工会的全面领导") for x in found)


@pytest.mark.parametrize("name", SPIRITS)
def test_spirits_have_their_content(name: str, built: kg.Graph) -> None:
    found = [t for t in built.search(name) if t.kind == "Spirit"]
    assert len(found) == 1
    assert tuple(m.name for m in found[0].members) == SPIRITS[name]


def test_every_quote_stands_in_its_source(built: kg.Graph, seeds: Path, tmp_path: Path) -> None:
    from kg.verify import verify

    report = verify(built.networkx, seeds)
    assert report.quotes > 2000 and not report.faults
    shutil.copytree(seeds, tmp_path / "seeds")
    spoilt = tmp_path / "seeds" / LISTED_002
    text = spoilt.read_text("utf-8")
    at = text.index("坚持高举维护")
    spoilt.write_text(text[:at] + "坚守" + text[at + 2 :], "utf-8")
    faults = verify(built.networkx, tmp_path / "seeds").faults
    assert faults and any(LISTED_002 in str(f) and str(at) in str(f) for f in faults)


def test_no_knowledge_leaves_out_what_no_text_says(seeds: Path) -> None:
    plain = kg.build(seeds, knowledge=False)
    for entity in graphs.entities(plain.networkx):
        # The name of a time is its value, in words: that is no knowledge of the world.
        assert entity.naming is None or entity.kind == "Time", entity.name
    texts = "".join(str(e.attributes["text"]) for e in graphs.entities(plain.networkx, "Document"))
    squeezed = "".join(texts.split())
    for entity in graphs.entities(plain.networkx, "Organization", "Event", "Person"):
        assert "".join(entity.name.split()) in squeezed

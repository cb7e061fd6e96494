"""Roles: titles beside bodies, persons and one another; what only holds a title's letters."""

from __future__ import annotations

import pytest
from named_cases import found, offsets_hold

from kg.recognize.roles import Roles
from kg.tables import rows

TEXTS = {
    "水利部党组书记、部长林致远讲话。": ["党组书记", "部长"],
    "全国妇联书记处第一书记": ["书记处第一书记"],
    "中央政治局常委会议": [],
    "外交部长林致远": ["部长"],
    "浙江省委书记、省长林致远": ["书记", "省长"],
    "陕西省委常委、组织部部长林致远": ["常委", "组织部部长"],
    "国家统计局首席统计师": [],
    "中国证监会原主席": ["主席"],
    "福建省常务副省长林致远": ["常务副省长"],
    "责任编辑：林致远": ["责任编辑"],
    "责任编辑要认真负责。": [],
    "总书记十分关心。": ["总书记"],
    "书记要带头，主任要负责。": [],
    "中国作协主席团会议": [],
    "财政部部门预算": [],
    "城市长期规划，社会长远目标": [],
    "林致远（市委书记）": ["市委书记"],
    "空军飞行员林致远": ["飞行员"],
    "飞行员要加强训练。": [],
    "林致远上将": ["上将"],
    "日照。　林致远 摄": ["摄"],
    "新华社记者 林致远 摄": ["记者"],
}


@pytest.mark.parametrize("text", TEXTS)
def test_titles(text: str) -> None:
    assert found(Roles(), text) == TEXTS[text]


def test_offsets_hold_wherever_a_passage_begins() -> None:
    offsets_hold(Roles(), [text for text in TEXTS if "外交部长" not in text])


def test_table_of_titles() -> None:
    table = rows("lexicons/roles")
    kinds = {
        "office", "territorial", "rank", "occupation", "credit", "label", "tail", "address",
        "party",
    }  # fmt: skip
    assert {row["kind"] for row in table} == kinds | {"block"}
    assert {row["holders"] for row in table} <= {"one", "many", "each", ""}
    assert [row["name"] for row in table if row["unique"] == "yes"] == ["总书记"]

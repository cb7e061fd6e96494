"""Hierarchy: parents by name, by text, by table; units and bodies."""

from __future__ import annotations

import pytest

from kg.model import CleanText, Document, Meta, Passage, Span
from kg.recognize import PRIORITY, overlap
from kg.recognize.organizations import Organizations
from kg.relate import hierarchy
from kg.tables import rows

TEXTS = {
    "全国总工会党组会议召开。全国总工会印发通知。": [
        ("unitOf", "全国总工会党组", "全国总工会", False)
    ],
    "陕西省总工会女职工部到会，陕西省总工会主持。": [],
    "青芦县医疗保障局基金监管股股长到会。": [
        ("unitOf", "青芦县医疗保障局基金监管股", "青芦县医疗保障局", False)
    ],
    "江北省卫健委医政处通知，江北省卫健委主任讲话。": [
        ("unitOf", "江北省卫健委医政处", "江北省卫健委", False)
    ],
    "东部战区陆军某海防旅组织训练。": [
        ("subOrganizationOf", "东部战区陆军某海防旅", "东部战区陆军", False)
    ],
    "市交通投资集团有限公司中标。": [],
    "中国石油大学支持中国石油大学商学院办学。": [
        ("unitOf", "中国石油大学商学院", "中国石油大学", False)
    ],
    "国家税务总局要求国家税务总局甘肃省税务局落实。": [
        ("unitOf", "国家税务总局甘肃省税务局", "国家税务总局", False)
    ],
    "甘肃省水利厅下设甘肃省水文局、甘肃省水利科学研究院和甘肃省水土保持局。": [
        ("unitOf", "甘肃省水文局", "甘肃省水利厅", False),
        ("subOrganizationOf", "甘肃省水利科学研究院", "甘肃省水利厅", False),
        ("unitOf", "甘肃省水土保持局", "甘肃省水利厅", False),
    ],
    "青海省地质博物馆隶属于青海省自然资源厅。": [
        ("subOrganizationOf", "青海省地质博物馆", "青海省自然资源厅", False)
    ],
    "财政部是国务院组成部门。": [("subOrganizationOf", "财政部", "国务院", True)],
    "中央政治局向党中央报告。": [("unitOf", "中央政治局", "党中央", True)],
    "财政部同教育部会商。": [],
    "陕西省财政厅和陕西省人民政府。": [],
}


@pytest.mark.parametrize("text", TEXTS)
def test_parents(text: str) -> None:
    passage = Passage(Span(0, len(text)), text)
    document = Document("d/0", text, CleanText(text, ((0, 0),)), (passage,), Meta("a.txt"))
    mentions = overlap.settle(Organizations().find(passage), PRIORITY)
    got = []
    for claim in hierarchy.find(document, mentions):
        assert claim.subject and claim.object
        assert claim.rule == ("lexicon:organizations" if claim.inferred else "parent-body")
        got.append((claim.predicate, claim.subject.name, claim.object.name, claim.inferred))
    assert got == TEXTS[text]


def test_links_have_known_orders() -> None:
    assert {row["order"] for row in rows("lexicons/organization_links")} == {"up", "down"}

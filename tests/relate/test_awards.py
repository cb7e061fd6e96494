"""Awards: who holds which honour."""

from __future__ import annotations

import pytest
from relate_marks import facts, marked

from kg.relate import awards

CASES = [
    # bodies hold honours too
    ("[Organization|某公司]荣获[Honour|中国质量奖]。", [("某公司", "中国质量奖")]),
    (
        "授予[Organization|某支队]、[Organization|某大队]“[Honour|先进集体]”称号。",
        [("某大队", "先进集体"), ("某支队", "先进集体")],
    ),
    (
        "[Organization|某班组]被[Organization|某工会]命名为“[Honour|工人先锋号]”。",
        [("某班组", "工人先锋号")],
    ),
    # the body that gives holds nothing
    (
        "[Organization|某省政府]决定授予[Person|高某]“[Honour|全省劳动模范]”称号。",
        [("高某", "全省劳动模范")],
    ),
    ("[Person|高某]荣获[Honour|全国五一劳动奖章]。", [("高某", "全国五一劳动奖章")]),
    (
        "[Person|高某]，1970年生，先后获得[Honour|省劳动模范]、[Honour|全国先进工作者]称号。",
        [("高某", "全国先进工作者"), ("高某", "省劳动模范")],
    ),
    (
        "[Honour|全国劳动模范]、[Organization|某厂][Role|班长][Person|高某]发言。",
        [("高某", "全国劳动模范")],
    ),
    ("[Honour|全国五一劳动奖章]获得者[Person|高某]说。", [("高某", "全国五一劳动奖章")]),
    ("他就是[Honour|全国劳动模范][Person|高某]。", [("高某", "全国劳动模范")]),
    (
        "[Person|高某]获[Honour|全国劳动模范]称号、[Person|罗某]获[Honour|中国青年五四奖章]。",
        [("罗某", "中国青年五四奖章"), ("高某", "全国劳动模范")],
    ),
    # the person of the sentence before, whom this one calls he, or leaves out
    (
        "[Role|护士长][Person|高某]在高原工作。五年前，她在巡诊途中救起落水儿童，荣立[Honour|三等功]；"
        "[Time=2021-05|2021年5月]，被表彰为“[Honour|全省最美护士]”。",
        [("高某", "三等功"), ("高某", "全省最美护士")],
    ),
    (
        "[Person|罗某]，女，1968年生，某小学教师。先后获评[Honour|全国模范教师]、[Honour|省特级教师]。",
        [("罗某", "全国模范教师"), ("罗某", "省特级教师")],
    ),
    # two persons before: nobody can tell who he is
    ("[Person|高某]向[Person|罗某]学艺。他荣获[Honour|全国技术能手]。", []),
    # bodies between, found or not
    (
        "[Person|高某]被市委、市政府授予“[Honour|全市优秀人民教师]”称号。",
        [("高某", "全市优秀人民教师")],
    ),
    (
        "[Person|高某]被[Organization|民政部]评为[Honour|全国优秀社工]。",
        [("高某", "全国优秀社工")],
    ),
    # a long list of those to whom it is given; what nobody knows is passed over
    (
        "授予[Organization|某局]、[Organization|某小学]、拥军船队等40个单位“[Honour|先进单位]”称号。",
        [("某局", "先进单位"), ("某小学", "先进单位")],
    ),
    (
        "授予[Organization|某站][Role|站长][Person|高某]、[Organization|某军供站][Role|主任][Person|罗某]等6名同志"
        "“[Honour|先进个人]”称号。",
        [("罗某", "先进个人"), ("高某", "先进个人")],
    ),
    (
        "命名[Place|某市]、[Place|某县]等26个城（县）为“[Honour|双拥模范城]”。",
        [("某县", "双拥模范城"), ("某市", "双拥模范城")],
    ),
    (
        "我省某中心、[Organization|某活动中心]被授予[Honour|全国敬老文明号]称号。",
        [("某活动中心", "全国敬老文明号")],
    ),
    # to be learned from, but held by who stands behind
    (
        "学习“[Honour|时代楷模]”、[Organization|某所]原[Role|副所长][Person|高某]同志的先进事迹。",
        [("高某", "时代楷模")],
    ),
    ("宣传“[Honour|最美护林员]”[Person|高某]等先进事迹。", [("高某", "最美护林员")]),
    (
        "[Person|高某]曾荣获第七届“[Honour|青年五四奖章]”。",
        [("高某", "青年五四奖章")],
    ),
    (
        "[Honour|全国劳动模范]、[Organization|某段]退休[Role|司机][Person|高某]赠书。",
        [("高某", "全国劳动模范")],
    ),
    ("学习“[Honour|时代楷模]”候选人、[Organization|某所][Role|所长][Person|高某]的事迹。", []),
    # given to somebody
    (
        "[Organization|某支队]给[Person|高某]记[Honour|一等功]，追授[Person|罗某]“[Honour|护航先锋]”称号。",
        [("高某", "一等功"), ("罗某", "护航先锋")],
    ),
    (
        "授予[Person|高某]、[Person|罗某]等6名同志“[Honour|市级工匠]”称号。",
        [("高某", "市级工匠"), ("罗某", "市级工匠")],
    ),
    ("会上，向[Person|高某]颁发[Honour|南丁格尔奖章]。", [("高某", "南丁格尔奖章")]),
    # two persons, all or each
    (
        "[Person|高某]和[Person|罗某]当选[Honour|全省道德模范]。",
        [("罗某", "全省道德模范"), ("高某", "全省道德模范")],
    ),
    (
        "[Person|高某]、[Person|罗某]分别荣获[Honour|金鸡奖]、[Honour|飞天奖]。",
        [("罗某", "飞天奖"), ("高某", "金鸡奖")],
    ),
    (
        "[Person|高某]荣立[Honour|二等功]1次、[Honour|三等功]4次。",
        [("高某", "三等功"), ("高某", "二等功")],
    ),
    # what the person is called stands before the name
    (
        "染整车间挡车能手、[Role|技师][Person|高某]，把次品率降到千分之二，[Time=2022|2022年]荣获[Honour|全国技术能手]。",
        [("高某", "全国技术能手")],
    ),
    ("“[Honour|友谊勋章]”获得者、知名农学家[Role|教授][Person|高某]来访。", [("高某", "友谊勋章")]),
    ("[Honour|友谊勋章]获得者在会上介绍[Person|高某]。", []),
    # others hold it
    ("[Person|高某]的学生屡次夺冠，荣获[Honour|全国技术能手]。", []),
    ("[Person|高某]带领团队攻关，荣获[Honour|中国专利金奖]。", []),
    ("学习[Person|高某]事迹，争当[Honour|全省道德模范]。", []),
    # the team, not the person, holds it
    ("[Person|高某]所在的班组获得[Honour|全国五一劳动奖状]。", []),
    # a body holds it; the person only comes after
    # proposed, not awarded
    ("推荐[Person|高某]为[Honour|全国劳动模范]候选人。", []),
    # a speaker who has not said who it is
    ("我获得了[Honour|全国技术能手]称号。", []),
]


@pytest.mark.parametrize("text, expect", CASES, ids=[text for text, _ in CASES])
def test_cases(text: str, expect: list[tuple[str, str]]) -> None:
    found = facts(list(awards.find(*marked(text))))
    assert found == sorted(("honour", *pair) for pair in expect)


def test_a_speaker_who_gives_a_name_may_say_i() -> None:
    document, mentions = marked(
        "我是[Person|高某]，来自某厂。",
        "多年来，班组获得了[Honour|全国先进集体]荣誉，我本人获得了[Honour|全国技术能手]等荣誉。",
        "我从一名学徒，成长为[Honour|全国五一劳动奖章]获得者。",
    )
    found = facts(list(awards.find(document, mentions)))
    assert found == [("honour", "高某", "全国五一劳动奖章"), ("honour", "高某", "全国技术能手")]


def test_the_evidence_holds_both_ends_where_they_stand_together() -> None:
    document, mentions = marked("会上，[Person|高某]荣获[Honour|全国劳动模范]称号。")
    (claim,) = awards.find(document, mentions)
    assert document.clean.text[claim.span.start : claim.span.end] == "高某荣获全国劳动模范"

"""Headings run together with the text after them in one long line."""

from __future__ import annotations

import pytest

from kg import tables
from kg.model import Meta, Span
from kg.raw import RawText
from kg.repair import glued, repair

OPENINGS = tables.patterns("repair_glued")["opening"]
HEADINGS = (
    "农田水利设施不断完善，抗灾能力明显提高",
    "农业科技服务深入田间，良种良法加快普及",
    "农产品加工业发展势头良好，农民增收渠道更加多样",
    "农村人居环境持续改善",
)
OPENERS = (
    "近年来，全县整修渠道五百公里，",
    "我们把科技特派员制度落到实处，",
    "各级农业农村部门认真落实惠农政策，",
    "农村人居环境直接关系农民生活，",
)
TEXT = (
    "沿河十二个乡镇的水闸全部换成电动启闭，旱能浇、涝能排。"
    "农技人员走村入户，把选种、育秧、测土配方讲给农民听。"
    "供销社在村口设了收购点，鲜菜当天就能运到城里的市场。"
    "合作社统一购买农资，统一防治病虫，每亩节省开支六十多元。"
    "入冬以后，县里组织干部下乡查看温室大棚，帮助农户加固棚架。"
    "粮食收购企业备足仓容和资金，做到应收尽收，不打白条。"
    "乡村道路通到每个自然村，校车和班车开进了山里。"
    "水库管理所昼夜值班，雨情和水情每小时上报一次。"
    "果园铺上防草布，装了滴灌管，一个人能照看二十亩。"
    "村里的老支书说，从前想都不敢想的事，现在一件件办成了。"
    "畜牧站给散养户免费打疫苗，养殖场的粪污变成了有机肥。"
    "下一步，县里还要建设三座冷库，让水果错峰上市。"
    "林场补种松树和刺槐，河岸两侧形成了十公里的防护林带。"
    "夏粮收获期间，农机站调来收割机八十台，五天完成抢收。"
    "农民夜校请来教授，讲养蜂，讲茶叶加工，也讲网上卖货。"
)


def one_line(*, headed: bool = True) -> str:
    parts = ["全县农业工作交出了一份满意的答卷。"]
    for heading, opener in zip(HEADINGS, OPENERS, strict=True):
        parts += [heading if headed else "", opener, TEXT]
    return "".join(parts)


def test_headings_are_told_and_the_text_is_cut_at_them() -> None:
    line = one_line()
    assert [line[s.start : s.end] for s in glued.headings(line)] == list(HEADINGS)
    made = repair(RawText(line, Meta("a.txt")))
    assert [p.kind for p in made.passages] == ["paragraph", *["heading", "paragraph"] * 4]
    assert [p.text for p in made.passages if p.kind == "heading"] == list(HEADINGS)
    assert "".join(p.text for p in made.passages) == line
    assert all(made.clean.origin(p.span.start) == line.index(p.text) for p in made.passages)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (one_line(headed=False), "sentences that open so, without headings"),
        (one_line()[:1400], "a line that one paragraph may fill"),
        (HEADINGS[0] + OPENERS[0] + TEXT * 4, "one such place may be chance"),
        (one_line() + TEXT * 60, "far too few for a text of this length"),
        (TEXT * 5 + "".join(h + "。" + o + TEXT for h, o in zip(HEADINGS, OPENERS, strict=True)),
         "sentences, for each has its full stop"),
    ],
    ids=lambda value: value if len(value) < 80 else "",
)  # fmt: skip
def test_other_lines_stay_whole(line: str, why: str) -> None:
    assert glued.headings(line) == ()


def proofs(text: str) -> list[str]:
    """What may be headings of a text by itself, by the openings of the table alone."""
    return [text[s.start : s.end] for s, _ in glued._opened(text, [0])]


@pytest.mark.parametrize("row", OPENINGS, ids=lambda row: row["name"])
def test_openings(row: dict[str, list[str]]) -> None:
    for example in row["examples"]:
        heading, _, text = example.partition("|")
        assert proofs(heading + text) == [heading], example
    for example in row["counter"]:
        heading, bar, text = example.partition("|")
        assert bar and proofs(heading + text) == [], example


def test_a_text_that_takes_up_its_heading() -> None:
    text = "全面改善农村人居环境全面改善农村人居环境，是农民的心愿。"
    assert [s for s, _ in glued._repeated(text, [0])] == [Span(0, 10)]
    text = "有关部门负责人会同有关部门解决了难题。"  # reached over by a word
    assert list(glued._repeated(text, [0])) == []

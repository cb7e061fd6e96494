"""Statistics: what a figure counts, of whom, when, on documents built by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from time import process_time
from typing import Any

import pytest

from kg import tables
from kg.model import Amount, Anchor, Claim, CleanText, Document, Mention, Meta, Passage, Span
from kg.recognize.quantities import Quantities
from kg.recognize.times import Times
from kg.recognize.words import words
from kg.relate import statistics


def document(text: str) -> Document:
    passage = Passage(Span(0, len(text)), text)
    return Document("d/x", text, CleanText(text, ((0, 0),)), (passage,), Meta("x.txt"))


def named(text: str, names: dict[str, str]) -> list[Mention]:
    """Mentions of bodies, places and persons, as other recognizers find them."""
    found = []
    for name, kind in names.items():
        at = text.index(name)
        found.append(Mention(Span(at, at + len(name)), kind, name, "by hand"))
    return found


def claims(text: str, names: dict[str, str] | None = None) -> list[Claim]:
    given = document(text)
    (passage,) = given.passages
    mentions: Sequence[Mention] = sorted(
        [*Times().find(passage), *Quantities().find(passage), *named(text, names or {})],
        key=lambda m: m.span,
    )
    return list(statistics.find(given, mentions))


def said(text: str, predicate: str, names: dict[str, str] | None = None) -> list[str]:
    return [c.object.name for c in claims(text, names) if c.predicate == predicate and c.object]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("建成6个海水淡化厂。", "海水淡化厂"),
        ("新建乡村客运站240座。", "乡村客运站"),
        ("粮食产量达到6.8亿吨。", "粮食产量"),
        ("快递业务量同比增长31.2%。", "快递业务量"),
        ("发放200亿元补贴。", "补贴"),
        ("12部委联合发文。", "部委"),
        ("31个省（区、市）出台细则。", "省"),
        ("培育20家具有竞争力的龙头企业。", "龙头企业"),
        ("71%的机组完成改造。", "机组"),
    ],
)
def test_what_is_counted_stands_right_of_the_number_or_else_left(text: str, indicator: str) -> None:
    assert said(text, "measuredProperty") == [indicator]


def test_both_ends_of_a_change_measure_the_same() -> None:
    text = "森林覆盖率由2012年的21%提高到2020年的23%，草原植被盖度为56%。"
    assert said(text, "measuredProperty") == ["森林覆盖率", "森林覆盖率", "草原植被盖度"]
    text = "森林覆盖率从21%提高到23%，草原植被盖度为56%。"
    assert said(text, "measuredProperty") == ["森林覆盖率", "森林覆盖率", "草原植被盖度"]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("受理信访件862件，办结819件。", ["信访件", "信访件"]),
        ("制定地方标准90多个，省水利厅制定20多个。", ["地方标准", "地方标准"]),
        ("制定地方标准90多个，其中有关方面牵头20多个。", ["地方标准"]),
        ("制定地方标准90多个，出动200人。", ["地方标准"]),
        ("涉案财物17件132人。", ["涉案财物"]),
    ],
    ids=["verb", "body and verb", "other words", "another unit", "no clause of its own"],
)
def test_a_number_whose_noun_is_left_out_counts_what_the_one_before_did(
    text: str, indicators: list[str]
) -> None:
    names = {"省水利厅": "Organization"} if "省水利厅" in text else {}
    assert said(text, "measuredProperty", names) == indicators


@pytest.mark.parametrize(
    ("text", "change", "against", "indicators"),
    [
        ("粮食产量达到68万吨，比上年增长3.2%。", "up", "比上年", ["粮食产量", "粮食产量"]),
        ("粮食产量达到68万吨，按可比口径计算，同比下降3.2%。", "down", "同比", ["粮食产量"] * 2),
        ("税收收入较2015年增长12%。", "up", "较2015年", ["税收收入"]),
        ("客流比去年春运增长两成。", "up", "比去年春运", ["客流"]),
        ("快递业务量增长到31亿件。", "", "", ["快递业务量"]),
        ("在校生减少300人。", "down", "", ["在校生"]),
    ],
)
def test_a_change_has_a_direction_and_what_it_is_measured_against(
    text: str, change: str, against: str, indicators: list[str]
) -> None:
    found = [m.detail for m in Quantities().find(document(text).passages[0])]
    last = found[-1]
    assert isinstance(last, Amount)
    assert (last.change, last.against) == (change, against)
    assert said(text, "measuredProperty") == indicators


def test_the_time_of_a_base_is_compared_with_and_does_not_date_the_figure() -> None:
    text = "2020年税收收入较2015年增长12%。"
    assert said(text, "comparedWith") == ["2015年"]
    assert said(text, "observedOn") == ["2020年"]
    assert said("产值是2012年的3.4倍。", "comparedWith") == ["2012年"]
    assert said("产值是2012年的3.4倍。", "observedOn") == []


def test_a_place_with_in_before_it_is_where_it_was_counted() -> None:
    names = {"云南": "Place"}
    assert said("在云南设立8个观测站。", "observedIn", names) == ["云南"]
    assert said("云南设立8个观测站。", "observedIn", names) == []


@pytest.mark.parametrize("row", tables.patterns("quantities")["indicator"], ids=lambda r: r["why"])
def test_patterns_of_indicators_hold_for_their_examples_alone(row: dict[str, Any]) -> None:
    pattern = re.compile(row["pattern"])
    tail = re.compile(f"(?:{row['pattern']})$")
    find = {"strip": pattern.match, "strip_end": tail.search}.get(row["role"])
    found = find or (lambda text: pattern.search(text, 1))
    assert all(found(text) for text in row["examples"])
    assert not any(found(text) for text in row["counter_examples"])


def test_an_indicator_stands_where_the_text_has_it() -> None:
    text = "全市新建公厕180座。"
    (claim,) = [c for c in claims(text) if c.predicate == "measuredProperty"]
    assert claim.object is not None
    assert claim.object.kind == "Indicator"
    assert text[claim.object.span.start : claim.object.span.end] == claim.object.name
    assert claim.span.contains(claim.object.span)
    assert claim.subject is not None
    assert claim.span.contains(claim.subject.span)


def test_the_body_at_the_beginning_of_the_clause_is_the_subject() -> None:
    names = {"省水利厅": "Organization"}
    text = "2019年，省水利厅疏浚河道46公里。"
    assert said(text, "observationAbout", names) == ["省水利厅"]


def test_bodies_that_stand_side_by_side_are_all_subjects() -> None:
    names = {"省水利厅": "Organization", "省林业局": "Organization"}
    text = "省水利厅和省林业局出台办法12个。"
    assert said(text, "observationAbout", names) == ["省水利厅", "省林业局"]


def test_a_body_that_begins_the_sentence_is_the_subject_of_a_clause_without_one() -> None:
    names = {"省水利厅": "Organization"}
    text = "省水利厅加强督导，排查隐患70处。"
    assert said(text, "observationAbout", names) == ["省水利厅"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("省水利厅指出，全省隐患有70处。", {"省水利厅": "Organization"}),
        ("省水利厅加强督导，水库蓄水达到12亿吨。", {"省水利厅": "Organization"}),
        ("省水利厅等出台办法12个。", {"省水利厅": "Organization"}),
        ("在云南设立8个观测站。", {"云南": "Place"}),
        ("李明强调，财政投入5亿元。", {"李明": "Person"}),
    ],
    ids=["said", "own subject", "and others", "in a place", "speaker"],
)
def test_an_unclear_subject_is_left_out(text: str, names: dict[str, str]) -> None:
    assert said(text, "observationAbout", names) == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("2019年，疏浚河道46公里。", ["2019年"]),
        ("疏浚河道46公里，加固堤防12公里。", []),
        ("2012年投资15亿元，2017年投资28亿元。", ["2012年", "2017年"]),
        ("2017年产量达到50万吨，比2012年增长12%。", ["2017年", "2017年"]),
        ("从2012年到2017年分三年建成，灌溉面积达到5万亩。", ["2012年到2017年"]),
        ("2012年开工，2016年建成，灌溉面积达到5万亩。", []),
        ("工期6个月，投资15亿元。", []),
        ("《2015年统计年鉴》收录指标300个。", []),
        ("投资15亿元。2017年竣工。", []),
        ("去年以来扩大投资，2019年产值达到20亿元，同比增长6%。", ["2019年", "2019年"]),
        ("2016年以来年均增长6%；预算收入20亿元。", ["2016年以来"]),
        ("2016年以来，预算收入20亿元。", ["2016年以来"]),
        ("较历史最高的2012年多发61亿千瓦时。", []),
        ("客流恢复到2019年同期的113%，是“十一五”时期年均水平的3倍。", []),
        ("前身是1937年组建的团，抗战期间经历战斗300次。", []),
    ],
)
def test_the_date_is_the_one_of_the_clause_or_the_only_one_before(
    text: str, times: list[str]
) -> None:
    assert said(text, "observedOn") == times


def test_a_repeated_passage_is_left_out() -> None:
    text = "新建公厕180座。"
    passage = Passage(Span(0, len(text)), text, repeats=Span(0, 1))
    given = Document("d/x", text, CleanText(text, ((0, 0),)), (passage,), Meta("x.txt"))
    mentions = list(Quantities().find(passage))
    assert list(statistics.find(given, mentions)) == []


def test_a_long_line_is_read_in_linear_time() -> None:
    text = "2019年省水利厅疏浚河道46公里，占比增长5%，"

    def seconds(size: int) -> float:
        given = document(text * size)
        (passage,) = given.passages
        mentions = sorted(
            [*Times().find(passage), *Quantities().find(passage)], key=lambda m: m.span
        )
        start = process_time()
        list(statistics.find(given, mentions))
        return process_time() - start

    seconds(2)
    assert seconds(4000) < 20 * seconds(1000) + 0.5


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("2019年，全县产值20亿元。粮食产量8万吨，比上年增长3%。", ["2019年", "2019年", "2019年"]),
        ("2019年，全县产值20亿元。现有学校35所。", ["2019年"]),
        ("2019年，全县产值20亿元。另发放种子35吨。", ["2019年"]),
        ("2019年，全县产值20亿元。2020年开工。粮食产量8万吨。", ["2019年"]),
        ("2019年3月5日，拨付20亿元。粮食产量8万吨。", ["2019年3月5日"]),
        ("全县2019年产值20亿元。粮食产量8万吨。", ["2019年"]),
        ("新增电力3亿千瓦，是1950年到2002年的总和；新增公路19万公里。", []),
    ],
    ids=[
        "goes on",
        "of now",
        "an action",
        "another time",
        "a day",
        "does not open",
        "of another figure",
    ],
)
def test_a_period_that_opens_a_sentence_dates_the_figures_of_those_behind(
    text: str, times: list[str]
) -> None:
    assert said(text, "observedOn") == times


def test_a_date_from_a_sentence_before_is_inferred() -> None:
    found = claims("2019年，全县产值20亿元。粮食产量8万吨。")
    dated = [claim.inferred for claim in found if claim.predicate == "observedOn"]
    assert dated == [False, True]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("核准的企业投资项目减少90%。", "企业投资项目"),
        ("沙化土地面积年均缩减近2000平方公里。", "沙化土地面积"),
        ("氮氧化物排放量要下降3%。", "氮氧化物排放量"),
        ("煤炭消费比重下降8.1个百分点。", "煤炭消费比重"),
        ("三分之一以上的工会会员提议召开。", "工会会员"),
        ("六千多万贫困人口稳定脱贫。", "贫困人口"),
        ("确定160个重点帮扶县。", "重点帮扶县"),
        ("技术交易额翻了一番。", "技术交易额"),
        ("建成区面积186平方公里。", "建成区面积"),
        ("我们转移群众148万人。", "群众"),
        ("全省生产总值迈上3万亿元台阶。", "生产总值"),
        ("使水位高出7米。", "水位"),
        ("督促1.2万名失信被执行人。", "失信被执行人"),
        ("本外币存款余额突破六千亿元。", "本外币存款余额"),
        ("上游覆盖率一度降到19%。", "上游覆盖率"),
    ],
)
def test_a_thing_counted_is_a_noun_with_nothing_at_its_edges(text: str, indicator: str) -> None:
    assert said(text, "measuredProperty") == [indicator]


def test_a_place_of_a_list_is_not_where_it_was_counted() -> None:
    assert said("在上海等省市设立11个试验区。", "observedIn", {"上海": "Place"}) == []


def headed(heading: str, text: str, year: str) -> list[Claim]:
    """Claims of a paragraph below a heading that tells of a year."""
    anchor = Anchor("2024-01-05", "heading", year)
    whole, at = f"{heading}\n{text}", len(heading) + 1
    passages = (
        Passage(Span(0, len(heading)), heading, "heading", anchor),
        Passage(Span(at, len(whole)), text, "paragraph", anchor),
    )
    given = Document("d/x", whole, CleanText(whole, ((0, 0),)), passages, Meta("x.txt"))
    found = [m for p in passages for r in (Times(), Quantities()) for m in r.find(p)]
    return list(statistics.find(given, sorted(found, key=lambda m: m.span)))


def test_the_year_of_a_heading_dates_the_figures_below_it() -> None:
    found = headed("一、2023年工作回顾", "育苗面积达到96亩，增长8.8%。", "2023")
    dated = [c for c in found if c.predicate == "observedOn"]
    assert [(c.object.name, c.rule, c.inferred) for c in dated if c.object] == [
        ("2023年", "statistic-headed", True)
    ] * 2


@pytest.mark.parametrize(
    "text",
    ["2019年，育苗面积达到96亩。", "目前，育苗面积达到96亩。", "累计育苗96亩。"],
)
def test_a_sentence_with_its_own_time_has_not_that_of_the_heading(text: str) -> None:
    found = headed("一、2023年工作回顾", text, "2023")
    assert not [c for c in found if c.rule == "statistic-headed"]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        (
            "茶叶产量、鲜果产值、竹器出口分别增长6.5%、7.1%和8.2%。",
            ["茶叶产量", "鲜果产值", "竹器出口"],
        ),
        ("全市小麦、玉米产量分别达到12万吨、9.6万吨。", ["小麦产量", "玉米产量"]),
        ("城市、农村低保标准分别提高到780元和620元。", ["城市低保标准", "农村低保标准"]),
        ("进口总额532.7亿元，出口418亿元，分别增长3.1%和5.6%。", ["进口总额", "出口"] * 2),
        ("受理、审结案件分别为862件和819件。", ["受理案件", "审结案件"]),
        ("茶叶产量、鲜果产值、竹器出口分别增长6.5%、7.1%。", []),
        ("竹器出口分别增长6.5%。", ["竹器出口"]),
    ],
)
def test_respectively_sets_things_and_figures_side_by_side(
    text: str, indicators: list[str]
) -> None:
    given = document(text)
    (passage,) = given.passages
    mentions = sorted([*Times().find(passage), *Quantities().find(passage)], key=lambda m: m.span)
    found = statistics.find(given, mentions, words)
    named = [c.object.name for c in found if c.predicate == "measuredProperty" and c.object]
    assert named == indicators


def test_what_something_fell_to_is_not_of_the_time_it_fell_from() -> None:
    text = "枯死松树由2022年底的97棵减少到74棵。"
    found = [c for c in claims(text) if c.predicate == "observedOn" and c.subject]
    assert [c.subject.name for c in found if c.subject] == ["97棵"]


def test_now_is_not_of_the_year_told_before() -> None:
    text = "2019年建成12座水厂，目前有35座水厂。"
    found = [c for c in claims(text) if c.predicate == "observedOn" and c.subject]
    assert [c.subject.name for c in found if c.subject] == ["12座"]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        (
            "第一产业增加值96.4亿元，增长6.9%；第二产业增加值702.1亿元。",
            ["第一产业增加值"] * 2 + ["第二产业增加值"],
        ),
        ("完成固定资产投资（不含农户）512亿元，同比增长6.3%。", ["固定资产投资"] * 2),
        ("粮食总产量连续9年稳定在100亿斤以上。", ["粮食总产量"]),
        ("居民消费价格2021年上涨0.4%。", ["居民消费价格"]),
        ("生产总值迈上3万亿元台阶，增长7.9%，两年平均增长6.8%。", ["生产总值"] * 3),
        ("出栏量较上季度提高，环比提高1.2个百分点。", []),
        ("女护林员3018名，占30.4%。", ["女护林员"] * 2),
        ("女护林员3018名，占全站的三成。", ["女护林员"] * 2),
        ("护林员240名，比上年减少41名，下降1.7%。", ["护林员"] * 3),
        ("鱼价涨5%，占三成。", ["鱼价"]),
    ],
)
def test_nouns_with_an_ordinal_a_bracket_or_a_time_behind_them(
    text: str, indicators: list[str]
) -> None:
    assert said(text, "measuredProperty") == indicators


def test_figures_of_one_word_share_their_base() -> None:
    text = "接待游客5200万人次，旅游收入480亿元，分别是2020年的1.6倍和1.9倍。"
    assert said(text, "comparedWith") == ["2020年", "2020年"]
    assert said(text, "observedOn") == []

"""Paragraphs set in columns of many widths and joined again."""

from __future__ import annotations

import pytest

from kg.repair.characters import plain
from kg.repair.offsets import whole
from kg.repair.wraps import joined

PARAGRAPHS = [
    "一、去年工作回顾",
    "去年是本市发展史上很不平凡的一年。面对复杂形势和繁重任务，全市上下迎难而上、奋力拼搏，"
    "地区生产总值增长百分之六点八，粮食总产量再创新高，城镇新增就业十二万人，较好完成了年初确定的各项目标。",
    "我们坚持把发展经济的着力点放在实体经济上，出台扶持中小企业的三十条措施，为企业减负四十亿元。"
    "新引进投资过亿元的项目一百二十个，高新技术企业数量翻了一番，数字产业增加值占比明显提高。",
    "——乡村振兴开局良好。新建高标准农田三十万亩，改造农村危房八千户，村庄人居环境整治全面铺开，"
    "农村居民人均可支配收入增长快于城镇居民。",
    "——生态环境持续改善。城区空气质量优良天数达到三百一十天，主要河流断面水质全部达标，"
    "森林覆盖率提高两个百分点。",
    "（一）扎实做好民生工作。",
    "民生连着民心。要加快补齐教育短板，新建改扩建中小学校四十所，增加学位五万个；要健全医疗服务体系，"
    "推动优质资源下沉，让群众在家门口就能看上病、看好病；要完善养老服务网络，关爱留守儿童和困难老人。",
    "二、今年工作安排",
    "做好今年工作，要坚持稳字当头、稳中求进，统筹发展和安全，着力扩大内需，着力深化改革，"
    "着力防范风险，努力推动经济实现质的有效提升和量的合理增长，让全市人民过上更加幸福的日子。",
    "同志们，蓝图已经绘就，号角已经吹响。让我们同心同德、埋头苦干，为建设富裕文明和谐美丽的新家园而努力奋斗！",
]  # fmt: skip
NEVER_FIRST = "，。、；：！？"


def column(paragraph: str, width: int, indent: int) -> list[str]:
    lines, line, room = [], "", width - indent
    for char in paragraph:
        if len(line) >= room and not (char in NEVER_FIRST and len(line) == room):
            lines.append(line)
            line, room = "", width
        line += char
    return [*lines, line]


def page(width: int, *, indent: int, first: str = "", between: int = 0, after: int = 0) -> str:
    found: list[str] = []
    for paragraph in PARAGRAPHS:
        lines = column(paragraph, width, indent)
        for line in (first + lines[0], *lines[1:]):
            found += [line, *[""] * after]
        found += [""] * between
    return "\n".join(found)


def passages(text: str) -> list[str]:
    return joined(plain(whole(text))).text.text.split("\n")


@pytest.mark.parametrize("width", [16, 18, 20, 22, 25, 28, 30, 34, 38])
class TestColumns:
    def test_indents_are_kept(self, width: int) -> None:
        assert passages(page(width, indent=2, first="\u3000\u3000")) == PARAGRAPHS

    def test_indents_are_spaces(self, width: int) -> None:
        assert passages(page(width, indent=2, first="    ")) == PARAGRAPHS

    def test_indents_are_lost_but_blank_lines_part_paragraphs(self, width: int) -> None:
        assert passages(page(width, indent=2, between=1)) == PARAGRAPHS

    def test_no_indents_but_blank_lines(self, width: int) -> None:
        assert passages(page(width, indent=0, between=1)) == PARAGRAPHS

    def test_a_blank_line_after_every_line(self, width: int) -> None:
        text = page(width, indent=2, first="\u3000\u3000", after=1)
        assert passages(text) == PARAGRAPHS

    def test_windows_line_ends(self, width: int) -> None:
        text = page(width, indent=2, first="\u3000\u3000").replace("\n", "\r\n")
        assert passages(text) == PARAGRAPHS


def test_paragraphs_in_one_line_each_stay() -> None:
    assert passages("\n".join(PARAGRAPHS)) == PARAGRAPHS
    assert passages("\n\n".join(PARAGRAPHS)) == PARAGRAPHS


def test_latin_words_are_joined_with_a_space() -> None:
    text = """
我国自主研制的卫星导航系统已经向全球用户
提供开放服务，系统的英文全称 BeiDou
Navigation Satellite System，定位精度优
于十米，授时精度优于二十纳秒，广泛用于交
通运输、农林渔业、气象测报和防灾减灾。二
十多年来，工程技术人员攻克了一个又一个难
关，走出了一条自主创新的道路，相关产品已
经出口到世界半数以上的国家和地区。
"""
    assert "BeiDou Navigation Satellite System，定位精度优于十米" in passages(text)[0]


def test_nothing_comes_of_nothing() -> None:
    assert joined(whole("")).text.text == ""
    assert joined(whole(" \n \n")).text.text == ""

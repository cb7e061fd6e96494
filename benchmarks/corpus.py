"""Corpus: a synthetic newspaper archive of any size, the same for the same seed.

Every sentence is made from the frames below, filled with invented names, formulas, posts, dates
and figures. Names are drawn so that a few are frequent and most are rare, as in a real archive,
and a share of the sentences is handed on from earlier documents, as newspapers do.

    python benchmarks/corpus.py FOLDER --documents 1000 --characters 2000
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡丁叶阎"
)
GIVEN = "文海明志强国栋春华建平晓东永康立新红梅玉兰振宇思源家骏雨桐浩然子轩天佑慧敏丽娟长河远山"
PLACES = (
    "河北省", "山西省", "辽宁省", "吉林省", "黑龙江省", "江苏省", "浙江省", "安徽省", "福建省",
    "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "海南省", "四川省", "贵州省",
    "云南省", "陕西省", "甘肃省", "青海省",
)  # fmt: skip
BODIES = (
    "水利厅", "农业农村厅", "教育厅", "财政厅", "交通运输厅", "生态环境厅", "文化和旅游厅",
    "民政厅", "统计局", "总工会", "人民政府", "高级人民法院", "人民检察院", "发展和改革委员会",
)  # fmt: skip
POSTS = ("厅长", "副厅长", "局长", "主任", "副主任", "党组书记", "主席", "副主席")
FIELDS = (
    "节水", "护林", "修渠", "育种", "养老", "助学", "防汛", "治沙", "通航", "减排", "保供", "用工",
    "仓储", "供暖", "植绿", "清淤", "普法", "体检", "导游", "消防", "测绘", "储粮", "引才", "兴渔",
)  # fmt: skip
VERBS = ("统筹", "抓实", "守牢", "做优", "健全", "夯实", "拓宽", "严把")
OBJECTS = (
    "水源调度", "村社服务", "冬季供应", "田间管护", "岗位培训", "河道巡查", "项目审批", "账目公开",
    "仓库安全", "道路养护", "种子检验", "口岸通关", "学校食堂", "医院值守", "林区瞭望", "渔港停泊",
)  # fmt: skip
HEADS = ("统筹", "清单", "到位", "转变", "机制", "行动", "关口", "链条")
Named = tuple[str, tuple[str, ...]]  # a formula and its members
NUMERALS = "零一二三四五六七八九十"
SUBJECTS = (
    "各地", "有关部门", "基层单位", "参会代表", "工作专班", "驻村干部", "技术人员", "沿线乡镇",
    "大家", "当地群众", "企业", "社区", "村民小组", "志愿者", "调查人员", "老师傅",
)  # fmt: skip
MANNERS = (
    "因地制宜", "分门别类", "边干边学", "一户一策", "不等不靠", "逐项对照", "按月调度", "会同邻县",
    "趁着农闲", "沿着河岸", "依托夜校", "利用冬修", "借助水车", "连夜", "分批", "轮流", "就近",
    "提早",
)  # fmt: skip
DEEDS = (
    "清点了", "改造了", "走访了", "登记了", "疏通了", "加固了", "公示了", "培训了", "试验了",
    "更换了",
    "盘活了", "复核了", "补种了", "腾退了", "修订了", "验收了", "观测了", "转运了", "租借了",
    "翻修了",
)  # fmt: skip
THINGS = (
    "老旧泵房", "渠首闸门", "秋播地块", "公用粮仓", "坡面林带", "村级账本", "候车凉亭", "河湾浅滩",
    "冬储饲料", "乡道涵洞", "学校锅炉", "育苗大棚", "货运站台", "山塘堤埂", "集市摊位", "夜间路灯",
    "水文标尺", "农机库房", "卫生室药柜", "苗木台账", "阅览室书架", "渡口缆绳", "晒谷场地",
    "蜂箱蚕匾",
)  # fmt: skip
ENDS = (
    "省下不少工时", "为来年打下底子", "群众看在眼里", "办法还在摸索", "效果要等汛后再看",
    "账目随时可查",
    "比往年早了半个月", "费用由集体承担", "经验正在整理", "下一步转入日常管护",
    "难处也摆到了桌面上",
)  # fmt: skip
FRAMES = (
    "{date}，{place}{body}在{place}召开{field}工作会议，{person}出席会议并讲话。",
    "{place}{body}{post}{person}指出，{verb}{object}，是做好{field}工作的基础。",
    "会议强调，要坚持“{formula}”，推动{field}工作取得实效。",
    "{year}年，全省完成{field}项目{count}个，投资{money}亿元，同比增长{percent}%。",
    "据{place}{body}统计，截至{date}，共有{count}万人次参加{field}服务。",
    "各地要{verb}{object}，{verb2}{object2}，不断提高{field}水平。",
    "{place}{body}印发《关于做好{year}年{field}工作的通知》，要求各单位认真落实。",
    "一要{verb}{object}，二要{verb2}{object2}，三要把{field}工作落到基层。",
    "{person}说：“{field}关系千家万户，必须{verb}{object}。”",
    "{post}{person}到{place}调研{field}工作，看望了一线职工。",
    "从{year}年起，{place}用三年时间推进{field}工程，覆盖{count}个县。",
    "干部群众反映，{object}还有短板，{field}仍需加力。",
)


def documents(count: int, characters: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Names and texts of ``count`` documents of about ``characters`` characters."""
    draw = random.Random(seed)
    formulas = _formulas(draw, max(20, count // 50))
    handed_on: list[str] = []
    first = date(2001, 1, 1)
    for number in range(count):
        day = first + timedelta(days=number * 8000 // count)
        lines = [_title(draw), _date(day), ""]
        size = 0
        while size < characters:
            sentences = []
            for _ in range(draw.randint(3, 6)):
                chance = draw.random()
                if handed_on and chance < 0.02:
                    sentences.append(draw.choice(handed_on))
                elif chance < 0.35:
                    sentences.append(_sentence(draw, day, formulas))
                else:
                    sentences.append(_prose(draw))
            if draw.random() < 0.12:
                sentences.append(_definition(draw, formulas))
            handed_on.append(sentences[0])
            del handed_on[:-5000]
            paragraph = "".join(sentences)
            size += len(paragraph)
            lines.append("　　" + paragraph)
        yield f"{day:%Y}/{number:07d}.txt", "\n".join(lines) + "\n"


def write(folder: Path, count: int, characters: int = 2000, seed: int = 1) -> int:
    """Write a corpus into ``folder``, one file a document; the number of its characters."""
    total = 0
    for name, text in documents(count, characters, seed):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        total += len(text)
    return total


def _formulas(draw: random.Random, count: int) -> list[Named]:
    found = {}
    while len(found) < count:
        number, head = draw.randint(3, 6), draw.choice(HEADS)
        name = f"{NUMERALS[number]}个{draw.choice(FIELDS)}{head}"
        verb = draw.choice(VERBS)
        found[name] = tuple(verb + thing for thing in draw.sample(OBJECTS, number))
    return sorted(found.items())


def _definition(draw: random.Random, formulas: list[Named]) -> str:
    name, members = _frequent(draw, formulas)
    return f"“{name}”，即{'、'.join(members)}。"


def _frequent(draw: random.Random, things: list[Named]) -> Named:
    """One of them; the first much more often than the last."""
    return things[int(len(things) * draw.random() ** 3)]


def _person(draw: random.Random) -> str:
    surname = SURNAMES[int(len(SURNAMES) * draw.random() ** 2)]
    return surname + "".join(draw.sample(GIVEN, draw.choice((1, 2, 2))))


def _date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _title(draw: random.Random) -> str:
    return f"{draw.choice(PLACES)}推进{draw.choice(FIELDS)}工作"


def _prose(draw: random.Random) -> str:
    """A sentence that names nothing: most of what a newspaper prints."""
    clauses = [
        draw.choice(MANNERS) + draw.choice(DEEDS) + draw.choice(THINGS)
        for _ in range(draw.randint(2, 4))
    ]
    return f"{draw.choice(SUBJECTS)}{'，'.join(clauses)}，{draw.choice(ENDS)}。"


def _sentence(draw: random.Random, day: date, formulas: list[Named]) -> str:
    return draw.choice(FRAMES).format(
        date=_date(day - timedelta(days=draw.randint(0, 400))),
        year=day.year - draw.randint(0, 5),
        place=draw.choice(PLACES),
        body=draw.choice(BODIES),
        post=draw.choice(POSTS),
        person=_person(draw),
        field=draw.choice(FIELDS),
        verb=draw.choice(VERBS),
        verb2=draw.choice(VERBS),
        object=draw.choice(OBJECTS),
        object2=draw.choice(OBJECTS),
        formula=_frequent(draw, formulas)[0],
        count=draw.randint(2, 900),
        money=draw.randint(1, 400) / 10,
        percent=draw.randint(1, 300) / 10,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--characters", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    size = write(chosen.folder, chosen.documents, chosen.characters, chosen.seed)
    print(f"{chosen.documents:,} documents, {size:,} characters in {chosen.folder}")


if __name__ == "__main__":
    main()

"""Seconds that the stages after extraction take on 10,000 made-up documents. Run by ``make bench``.

The documents come from a seeded generator: about 2,000 characters each, with names of formulas
and their lists beside them, elsewhere, or nowhere. Few formulas stand in most documents and
most in few, as in real collections; two in three documents have a date. Wordings of lists vary.
``python benchmarks/joins.py 2500`` measures fewer documents, to see how the time grows. Reading
and searching the documents, which is not measured, takes much longer than what is.
"""

from __future__ import annotations

import cProfile
import pstats
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from kg import graph, relate, resolve
from kg.extract import extract, uncollected
from kg.model import Extraction, Meta, Source, Sourced
from kg.settings import Settings

DOCUMENTS, LENGTH, SEED = 10_000, 2_000, 7
DIGITS = "〇一二三四五六七八九十"
# Letters of heads, members and names, and words of the sentences between them.
LETTERS = "江河湖海山林田路桥港船茶粮棉果蔬禽畜渔牧园村镇街坊渠坝堤井泉水土木石金火光电气热网"
VERBS = (
    "坚持", "推进", "加强", "落实", "统筹", "提升", "夯实", "畅通", "盘活", "培育", "完善", "健全",
    "优化", "规范", "推广", "探索", "开展", "组织",
)  # fmt: skip
NOUNS = (
    "水库", "灌区", "林场", "渔港", "茶园", "粮仓", "果园", "牧场", "苗圃", "河道", "堤防", "泵站",
    "仓储", "冷链", "物流", "市场", "档案", "台账", "队伍", "阵地", "设施", "装备", "制度", "机制",
    "技术", "培训", "农民", "职工", "企业", "学校", "社区", "乡村", "生态", "环境", "质量", "安全",
    "效益", "责任", "标准", "流程", "资源", "能源", "交通", "水利", "教育", "医疗", "文化", "体育",
    "科技", "人才", "资金", "项目", "平台", "网络", "数据", "信息", "品牌", "产业", "基地", "园区",
)  # fmt: skip
KINDS = ("现代", "绿色", "基层", "重点", "综合", "公共", "优质", "特色", "高效", "专业")
OPENINGS = ("各县要", "全市上下", "今年以来，", "下一步，", "会议强调，", "各部门要", "为此，")
SURNAMES, POSTS = "周吴郑王冯陈褚卫蒋沈韩杨", ("局长", "主任", "书记", "主席", "市长")
BODIES = ("水利局", "林业局", "农业农村局", "教育局", "总工会", "人民政府")
T = TypeVar("T")


class Formula:
    """A formula of the made-up world: its name and the members of its list."""

    def __init__(self, dice: random.Random) -> None:
        number = dice.choice((2, 3, 3, 3, 4, 4, 5, 6, 8))
        head = dice.choice(VERBS) if dice.random() < 0.3 else _word(dice, 2)
        count = "两" if number == 2 else DIGITS[number]
        self.name = f"{count}{dice.choice(('个', '个', '大', '项'))}{head}"
        ends = [_word(dice, dice.choice((2, 4))) for _ in range(number)]
        first = head in VERBS or dice.random() < 0.4
        self.bare = dice.random() < 0.5  # whether no text lists its members beside the name
        self.members = [head + end if first else end + head for end in ends]

    def listing(self, dice: random.Random) -> str:
        members = list(self.members)
        if dice.random() < 0.05:  # another version
            members[-1] = members[-1] + _word(dice, 1)
        if len(members[0]) > 5 or dice.random() < 0.3:
            return "，".join(members)
        return "、".join(members)


def _word(dice: random.Random, size: int) -> str:
    return "".join(dice.choice(LETTERS) for _ in range(size))


def world(documents: int, dice: random.Random) -> Sequence[Formula]:
    """The formulas of a collection: their number grows as the root of its size."""
    return [Formula(dice) for _ in range(int(40 * documents**0.5))]


def texts(documents: int) -> Iterator[tuple[str, str]]:
    """Text and date (EDTF, empty for one in three) of each document."""
    dice = random.Random(SEED)
    formulas = world(documents, dice)
    weights = [1 / rank for rank in range(1, len(formulas) + 1)]
    phrases = [_sentence(dice) for _ in range(200)]
    for _ in range(documents):
        lines: list[str] = [f"{_word(dice, 3)}工作报告"]
        while sum(map(len, lines)) < LENGTH:
            lines.append(_paragraph(dice, formulas, weights, phrases))
        year, month = dice.randrange(2001, 2026), dice.randrange(1, 13)
        date = dice.choice((f"{year}-{month:02}-{dice.randrange(1, 29):02}", f"{year}", ""))
        yield "\n".join(lines)[:LENGTH], date


def _paragraph(
    dice: random.Random,
    formulas: Sequence[Formula],
    weights: Sequence[float],
    phrases: Sequence[str],
) -> str:
    parts = [_sentence(dice) for _ in range(dice.randrange(1, 4))]
    for formula in dice.choices(formulas, weights, k=dice.randrange(3)):
        opening, form = dice.choice(OPENINGS), dice.random()
        if form < 0.5 or (form < 0.7 and formula.bare):
            parts.append(f"{opening}做到“{formula.name}”。")
        elif form < 0.7:
            parts.append(f"{opening}做到“{formula.name}”：{formula.listing(dice)}。")
        else:
            parts.append(f"{opening}{formula.listing(dice)}。")
    for chance, part in (
        (0.3, lambda: dice.choice(phrases)),
        (0.2, lambda: f"{dice.choice(OPENINGS)}增强{'、'.join(_things(dice, 3))}。"),
        (0.7, lambda: _speaker(dice)),
        (0.2, lambda: f"全市新建{dice.choice(NOUNS)}{dice.randrange(2, 900)}座。"),
        (
            0.5,
            lambda: f"{dice.randrange(2001, 2026)}年{dice.randrange(1, 13)}月，{_sentence(dice)}",
        ),
    ):
        if dice.random() < chance:
            parts.append(part())
    dice.shuffle(parts)
    return "".join(parts)


def _sentence(dice: random.Random) -> str:
    clauses = []
    for _ in range(dice.randrange(2, 5)):
        things = [dice.choice((*KINDS, "")) + _noun(dice) for _ in range(2)]
        joint = dice.choice(("", "和", "的", _word(dice, 2)))
        clauses.append(dice.choice(VERBS) + joint.join(things) + _noun(dice))
    return dice.choice(OPENINGS) + "，".join(clauses) + "。"


def _noun(dice: random.Random) -> str:
    return dice.choice(NOUNS) if dice.random() < 0.5 else _word(dice, 2)


def _speaker(dice: random.Random) -> str:
    name = dice.choice(SURNAMES) + _word(dice, 2)
    body = f"{dice.choice(LETTERS)}{dice.choice(LETTERS)}市{dice.choice(BODIES)}"
    return f"{body}{dice.choice(POSTS)}{name}指出，{_sentence(dice)}"


def _things(dice: random.Random, size: int) -> list[str]:
    tail = dice.choice(NOUNS)
    return [_word(dice, 2) + tail for _ in range(size)]


def extractions(documents: int, settings: Settings, folder: Path) -> list[Extraction]:
    """Every document read and searched, by two processes; not part of what is measured."""
    sources = []
    for number, (text, date) in enumerate(texts(documents)):
        path = f"{number:05}.txt"
        (folder / path).write_text(text, "utf-8")
        meta = Meta(path, issued=Sourced(date, "manifest") if date else None)
        sources.append(Source(path, str(folder / path), meta))
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(partial(extract, settings=settings), sources, chunksize=50))
    return [one for one in found if isinstance(one, Extraction)]


def timed(name: str, work: Callable[[], T], profile: bool) -> tuple[T, float]:
    """What ``work`` gives, and the seconds it took, printed."""
    watch = cProfile.Profile()
    started = time.process_time()
    with uncollected():
        found = watch.runcall(work) if profile else work()
    spent = time.process_time() - started
    print(f"{name:<32}{spent:>10.1f} s", flush=True)
    if profile:
        pstats.Stats(watch).sort_stats("cumulative").print_stats(25)
    return found, spent


def measure(documents: int = DOCUMENTS, *, profile: bool = False) -> float:
    """Seconds of resolve and relate together; prints them and those of each part."""
    settings = Settings(names="lexicon")  # the tagger would take long, and is not what is measured
    with tempfile.TemporaryDirectory() as folder:
        found, _ = timed(
            f"extract {documents:,} documents",
            lambda: extractions(documents, settings, Path(folder)),
            profile=False,
        )
    names = sum(m.kind == "Formula" for e in found for m in e.mentions)
    lists = sum(len(e.lists) for e in found)
    print(f"{names:,} names of formulas, {lists:,} lists")
    resolution, first = timed("resolve", lambda: resolve.resolve(found, settings), profile)
    relations, second = timed(
        "relate",
        lambda: list(relate.relations(found, resolution.ids, resolution.relations, settings)),
        profile,
    )
    shared, third = timed(
        "relate: text reuse", lambda: relate.shared([e.document for e in found]), profile
    )
    timed(
        "graph",
        lambda: graph.assemble(
            [*resolution.entities, *shared.entities],
            [*(relation for _, relation in relations), *shared.relations],
        ),
        profile,
    )
    total = first + second + third
    print(f"{'resolve and relate':<32}{total:>10.1f} s for {documents:,} documents")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak memory {peak / (1 << 20 if sys.platform == 'darwin' else 1 << 10):,.0f} MB")
    return total


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    measure(*given[:1], profile="--profile" in sys.argv)

"""Sentences of our own in any number, and how many of them a reader gives back whole."""

from __future__ import annotations

from itertools import product

WHO = (
    "供水站",
    "气象台",
    "合作社",
    "图书馆",
    "农技员",
    "测绘队",
    "环卫处",
    "养路班",
    "渔政所",
    "兽医站",
)
WHEN = ("春耕时节", "汛期来临前", "入冬以后", "每逢周末", "去年年底", "本月上旬")
WHAT = (
    "检修了12座泵房并登记造册", "把观测记录逐条核对", "组织志愿者清理沟渠，疏通了河道",
    "为“三下乡”活动准备了新书", "向各村发放技术手册3000份", "按照《管理办法》开展巡查",
    "同邻县交换资料、统一口径、共享结果", "用GPS设备复测边界",
)  # fmt: skip


def sentences() -> list[str]:
    found = [f"{when}，{who}{what}。" for what, when, who in product(WHAT, WHEN, WHO)]
    return found[::7] + found[3::7]


def paragraphs(count: int) -> list[str]:
    pool = sentences()
    found, at = [], 0
    for number in range(count):
        size = 2 + number % 5
        found.append("".join(pool[at : at + size]))
        at += size
    assert at <= len(pool)
    return found


def share_in_order(texts: list[str], clean: str) -> float:
    """Share of the sentences that stand whole in ``clean``, each after the one before."""
    wanted = [s + "。" for text in texts for s in text.split("。") if s]
    at = found = 0
    for sentence in wanted:
        place = clean.find(sentence, at)
        if place >= 0:
            at, found = place + len(sentence), found + 1
    return found / len(wanted)

"""Documents that print several pieces: which headline and byline belong to which text."""

from __future__ import annotations

import pytest

from kg.model import Document, Meta
from kg.raw import RawText
from kg.repair import explain, repair

BYLINES = (
    "某某省水利厅厅长 王小明",
    "某某市农业农村局局长 李华",
    "某某县人民医院院长 赵一一",
)
HEADLINES = ("科学调度江河 守护一方安澜", "让农技服务走进田间地头", "把好医生留在县城")
TEXTS = (
    "水利部门汛前检查了全部水库，对查出的一百三十处隐患逐一销号，做到心中有数。\n一是备足物资，沙袋和冲锋舟提前到位。\n二是备好队伍，每个乡镇都有抢险队。",
    "农技人员今年下乡两千人次，把选种育秧、测土配方的办法讲给农民听，很受欢迎。\n一是推广良种，早稻亩产提高了一成。\n二是推广农机，插秧机下到了每个村。",
    "县医院新开了六个专科门诊，添置了检查设备，常见病多发病不出县就能看好。\n一是请专家坐诊，大病也能在家门口看。\n二是送医生进修，三年送出去四十人。",
)
TITLE = "全省基层工作座谈会发言摘登"
UNHEADED = "供销社把收购点设到了村口，鲜菜装箱上车，当天就能运到城里的市场和学校食堂。\n"
UNHEADED += "一是收得快，鲜菜当天进城。\n二是价钱公道，秤准、价明。"


def document(*lines: str) -> Document:
    return repair(RawText("\n".join(lines), Meta("a.txt")))


def told(made: Document) -> list[tuple[str, tuple[str, ...], str]]:
    """Of each piece its headline, its authors and how its text begins."""
    found = []
    for number, part in enumerate(made.parts, 1):
        own = [p for p in made.passages if p.part == number]
        assert own[0].span.start == part.span.start and own[-1].span.end == part.span.end
        assert all(made.part(p) is part for p in own)
        first = next(p.text for p in own if p.kind == "paragraph")
        found.append((part.title, part.authors, first[:4]))
    return found


WHOLE = [
    ("科学调度江河 守护一方安澜", ("王小明",), "水利部门"),
    ("让农技服务走进田间地头", ("李华",), "农技人员"),
    ("把好医生留在县城", ("赵一一",), "县医院新"),
]


def test_headlines_before_their_text() -> None:
    pieces = zip(HEADLINES, BYLINES, TEXTS, strict=True)
    made = document(TITLE, *("\n".join(piece) for piece in pieces))
    assert told(made) == WHOLE
    assert (made.passages[0].text, made.passages[0].part) == (TITLE, 0)


def test_headlines_behind_their_text() -> None:
    pieces = zip(TEXTS, HEADLINES, BYLINES, strict=True)
    made = document(TITLE, *("\n".join(piece) for piece in pieces))
    assert told(made) == WHOLE
    assert made.passages[0].kind == "title" and made.passages[0].part == 0
    part = made.parts[0]
    assert part.headline and part.byline
    assert made.clean.text[part.headline.start : part.headline.end] == HEADLINES[0]
    assert made.clean.text[part.byline.start : part.byline.end] == BYLINES[0]


def test_the_headline_of_the_last_piece_is_no_title_of_the_whole() -> None:
    pieces = zip(TEXTS, HEADLINES, BYLINES, strict=True)
    made = document(*("\n".join(piece) for piece in pieces))
    assert told(made) == WHOLE and made.meta.title is None


def test_a_piece_that_has_lost_its_head_is_nobodys() -> None:
    pieces = zip(TEXTS, HEADLINES, BYLINES, strict=True)
    made = document(TITLE, UNHEADED, *("\n".join(piece) for piece in pieces))
    assert told(made) == [("", (), "供销社把"), *WHOLE]
    assert made.parts[0].byline is None and made.parts[0].headline is None


def test_where_the_lost_head_was_is_not_clear() -> None:
    long = "供销社把收购点设到了村口。\n鲜菜当天就能进城，价钱公道，秤准、价明，农民放心。\n" * 3
    pieces = zip(TEXTS, HEADLINES, BYLINES, strict=True)
    made = document(TITLE, long + "\n".join(next(pieces)), *("\n".join(p) for p in pieces))
    first = made.parts[0]
    assert not first.title and not first.authors  # better nobody than the wrong one
    assert told(made)[-2:] == WHOLE[1:]


def test_a_wire_story_below_a_piece_is_no_part_of_it() -> None:
    pieces = zip(HEADLINES, BYLINES, TEXTS, strict=True)
    story = "河堤加固工程完工\n新华社某某3月5日电（记者孙平）河堤加固工程日前完工，两岸群众放心了。"
    made = document(TITLE, *("\n".join(piece) for piece in pieces), story)
    assert told(made) == WHOLE
    assert [p.part for p in made.passages][-2:] == [0, 0]


def test_bylines_without_headlines() -> None:
    pieces = zip(BYLINES, TEXTS, strict=True)
    made = document(TITLE, "编者按：发言如下。", *("\n".join(piece) for piece in pieces))
    assert [(title, names) for title, names, _ in told(made)] == [
        ("", names) for _, names, _ in WHOLE
    ]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ((HEADLINES[0], BYLINES[0], TEXTS[0]), "one article"),
        ((TITLE, *TEXTS), "no bylines"),
        (
            (HEADLINES[0], BYLINES[0], TEXTS[0], "某某省水利厅厅长 王小明", "2021年3月5日"),
            "its author signs it at the end",
        ),
        (
            (TITLE, TEXTS[0], TEXTS[2], HEADLINES[0], BYLINES[0], TEXTS[1], HEADLINES[1],
             BYLINES[1], TEXTS[0]),
            "text before the first head and behind the last: before or behind is not clear",
        ),
        ((TITLE, *BYLINES, *TEXTS), "a list of those who spoke"),
        ((TITLE, TEXTS[0], "\n".join(BYLINES)), "a list of those who signed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_one_piece_or_not_clear(lines: tuple[str, ...], why: str) -> None:
    made = document(*lines)
    assert made.parts == ()
    assert all(p.part == 0 and made.part(p) is None for p in made.passages)


def test_the_table_shows_the_pieces() -> None:
    pieces = zip(TEXTS, HEADLINES, BYLINES, strict=True)
    rows = list(explain.table(document(TITLE, *("\n".join(piece) for piece in pieces))))
    assert [(kind, text) for kind, _, text in rows if kind.startswith("part")] == [
        ("part 1", "科学调度江河 守护一方安澜 | 王小明"),
        ("part 2", "让农技服务走进田间地头 | 李华"),
        ("part 3", "把好医生留在县城 | 赵一一"),
    ]

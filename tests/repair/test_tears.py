"""Tears: torn columns joined where it is clear, left as they are where it is not."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from kg.model import Meta, Span
from kg.raw import Block, RawText
from kg.repair import repair
from kg.repair.explain import explain, table
from kg.repair.offsets import whole
from kg.repair.tears import broken, is_head, joined
from kg.repair.words import words

# Paragraphs of our own; each bar stands where a column may end, in the middle of a word.
PARAGRAPHS = [
    "入汛以来，全市各级水利部门坚持预防为主，提前完成水库大坝安全检|查和山洪危险区排查，守住了底线。",
    "要把农村供水工程作为改善民生的大事来抓，优先解决山区群众饮水困|难，让所有行政村用上放心水。",
    "今年上半年，粮食播种面积稳中有增，早稻单产再创新高，农业生产呈现良好态|势，打下了丰收基础。",
    "有的同志提出，能不能把闲置校舍改造成养老服务站，方便老人就近休|息用餐。会议认为，这个意见很好。",
    "各县区要加快补齐县城排水管网短板，推进雨污分流改造，从根本上消除内涝隐|患，让群众出行不再发愁。",
    "文化部门要组织剧团下乡演出，把优秀节目送到村口，大力丰富群众的精神文化生|活，让山里人听到好戏。",
    "林业部门加强松材线虫病防治，清理枯死松树，严格检疫执法，坚决阻断疫情扩|散途径，保护生态屏障。",
    "要健全基层医疗卫生服务网络，鼓励医学院校毕业生到乡镇卫生院工|作，落实补贴和职称评定倾斜办法。",
    "交通运输部门要抓紧实施危桥改造工程，对超期服役的桥梁逐座进行检测评|估，及时消除险情，保证通行。",
    "教育部门统筹安排寄宿制学校建设资金，改善食堂和宿舍条件，让留守儿|童吃得好、住得暖、学得安心。",
    "市场监管部门开展计量器具专项检查，严厉打击缺斤短两，公开曝光典型案|例，维护公平的市场秩序。",
    "要充分运用卫星遥感和无人机等手段，及时制止露天焚烧，对违规行为当场劝|阻，做到早发现、早处置，守护蓝天。",
]
TITLE = "关于做好今年民生实事的报告"
ENDING = "会议要求，各单位要对照任务清单，逐项明确责任人和完成时限，定期报告进展。"


def columns(dice: random.Random, count: int) -> tuple[list[list[str]], dict[str, str]]:
    """A document laid out in columns, each but the last torn at its end; head -> tail."""
    chosen = dice.sample(PARAGRAPHS, dice.randint(count + 1, len(PARAGRAPHS)))
    torn = set(dice.sample(range(len(chosen)), count - 1))
    found, column, tears = [], [TITLE], {}
    for number, text in enumerate(chosen):
        head, tail = text.split("|")
        if number in torn:
            found.append([*column, head])
            tears[head] = tail
            column = [tail]
        else:
            column.append(head + tail)
    return [*found, [*column, ENDING]], tears


@pytest.mark.parametrize("lost", [False, True])
def test_columns_in_any_order(lost: bool) -> None:
    """Nearly all tears are mended, none wrongly, be a column lost or not."""
    dice = random.Random(4)
    tears = right = joins = 0
    for _ in range(300):
        parts, known = columns(dice, dice.randint(2, 4))
        dice.shuffle(parts)
        if lost:
            parts.pop()
        lines = [line for part in parts for line in part]
        result = joined(whole("\n".join(lines)))
        here = [(a, b) for a, b in known.items() if a in lines and b in lines]
        fine = sum(a + b in result.text.text for a, b in here)
        tears, right, joins = tears + len(here), right + fine, joins + len(result.tails)
        assert len(result.tails) == fine, "a wrong join"
        assert sorted(result.text.text) == sorted("\n".join(lines))[len(result.tails) :]
    assert right == joins >= 0.95 * tears > 50


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_every_order_of_three_columns(order: tuple[int, ...]) -> None:
    parts, known = columns(random.Random(9), 3)
    lines = [line for number in order for line in parts[number]]
    text = joined(whole("\n".join(lines))).text.text
    assert all(a + b in text for a, b in known.items())


def test_a_phrase_said_elsewhere_proves_a_join_between_words() -> None:
    lines = [
        "责任体系要压紧压实，河湖长巡查制度不能松，发现问题当天上报。",
        "过去一年，全县建成了河湖管护责任体系。各乡镇做到守河有责、",
        "今后要完善河湖管护",
        "各村都要落实河湖管护责任体系要求的事项，让水更清、岸更绿。",
    ]
    head = "今后一个时期，全县治水的重点任务已经明确，要进一步完善河湖管护"
    result = joined(whole("\n".join([lines[0], "其他各项工作都要跟上。", lines[3], head])))
    assert head + lines[0] in result.text.text


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["全县水库都已除险加固。今后要让群众用水更加", "各乡镇要抓紧落实，不得拖延。"],
         "nothing speaks for it"),
        (["要把水利作为农业的命脉来抓，先解决饮水困", "难点要逐个突破，责任要落实到人。",
          "难题面前不能退缩，要迎难而上。"], "two tails fit"),
        (["水库安全检", "查清隐患，限期整改。"], "too short to be torn"),
        (["一、坚持预防为主，全面排查隐患，切实做好水库安全检", "查清隐患，限期整改，不留死角。"],
         "a numbered heading"),
        (["要完成大坝安全检查任务，全面掌握水库运行情况，做好安全检", "一、查清隐患，限期整改。"],
         "a numbered line is no tail"),
        (["要完成大坝安全检查任务，全面掌握水库运行情况。", "查清隐患，限期整改，不留死角。"],
         "nothing is torn"),
    ],
)  # fmt: skip
def test_what_is_left_as_it_is(lines: list[str], why: str) -> None:
    text = whole("\n".join(lines))
    assert joined(text).text == text, why


def test_evidence_of_a_joined_passage_stands_in_two_places() -> None:
    tail, other, head = (
        "查和危险区排查，切实守住了防汛安全底线。",
        ENDING,
        PARAGRAPHS[0].split("|")[0],
    )
    raw = "\n\n".join([TITLE, tail, other, head])
    document = repair(RawText(raw, Meta("a.txt")))
    passage = next(p for p in document.passages if p.text == head + tail)
    at = passage.text.index("安全检查")
    span = Span(at, at + 4).shift(passage.span.start)
    pieces = document.evidence(span)
    assert [piece.quote for piece in pieces] == ["安全检", "查"]
    assert all(raw[p.begin : p.end] == p.quote for p in document.evidence(passage.span))
    assert [c.kind for c in explain(document) if c.kind in ("join", "torn")] == ["join"]


def test_copies_of_a_tail_repeat_the_joined_passage() -> None:
    head, tail = PARAGRAPHS[1].split("|")
    tail += "力争三年内补齐短板，让便宜水流进千家万户。"
    lines = [TITLE, ENDING, tail, PARAGRAPHS[0].replace("|", ""), head, tail, ENDING]
    document = repair(RawText("\n\n".join(lines), Meta("a.txt")))
    whole_one = next(p for p in document.passages if p.text == head + tail)
    assert [p.repeats for p in document.passages if p.text == tail] == [whole_one.span]
    assert [p.text for p in document.passages if p.repeats and p.text != tail] == [ENDING]


def test_what_breaks_off_is_told() -> None:
    head = "全县水库都已除险加固。今后要让群众用水更加放心，还要继续努力改善"
    document = repair(RawText(f"{ENDING}\n{head}\n{ENDING}治水。", Meta("a.txt")))
    assert [(c.offset, c.kind) for c in explain(document) if c.kind == "torn"] == [
        (len(ENDING) + 1 + len(head), "torn")
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["，群众用水有了保障。", "渠道通了，水也来了。"], ("start", "")),
        (["一是抓好春灌，保证下游各村都有水用", "渠道通了。"], ("", "")),  # an item of a list
        (["一是抓好春灌。今后要让下游各村都有水", "渠道通了。"], ("end", "")),
        (["春灌要早安排，上游下游都要照顾到才行"] * 3, ("", "", "")),  # a list
        (["、防汛抗旱要两手抓。春灌要早安排，上游下游都要照顾到，各村"], ("both",)),
        ([""], ("",)),
    ],
)
def test_where_a_paragraph_is_broken_off(texts: list[str], expected: tuple[str, ...]) -> None:
    assert broken(texts) == expected


def test_what_breaks_off_is_marked() -> None:
    text = f"{ENDING}\n，渠道通了。全县水库都已除险加固，今后还要继续努力改善\n{ENDING}治水。"
    document = repair(RawText(text, Meta("a.txt")))
    assert [p.torn for p in document.passages] == ["", "both", ""]
    assert [kind for kind, _, _ in table(document)] == ["paragraph", "~paragraph~", "paragraph"]
    assert [c.kind for c in explain(document) if c.kind == "torn"] == ["torn", "torn"]


WIDTH = 20
FILLING = "各项工作按照年初的部署稳步推进取得了很好的成效"


def wrapped(columns: list[list[str]]) -> str:
    """Columns of a fixed width whose lines are all broken there, a blank line between two."""
    found = []
    for column in columns:
        rows = []
        for text in column:
            rows += [text[at : at + WIDTH] for at in range(0, len(text), WIDTH)]
        found.append("\n".join(rows))
    return "\n\n".join(found)


def full(head: str) -> str:
    """A head that ends at the end of a line: a sentence before it makes it as long as that."""
    need = -len(head) % WIDTH
    return (FILLING[: need - 1] + "。" if need > 1 else "也" * need) + head


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (2, 0, 1)])
def test_columns_of_wrapped_lines(order: tuple[int, ...]) -> None:
    """A line that fills its column goes on behind a gap, unless another line fits better."""
    heads = [full(text.split("|")[0]) for text in PARAGRAPHS]
    tails = [text.split("|")[1] for text in PARAGRAPHS]
    rest = [text.replace("|", "") for text in PARAGRAPHS[4:]]
    columns = [
        [TITLE, rest[0], rest[1], rest[2], heads[0]],
        [tails[0], rest[3], rest[4], rest[5], heads[1]],
        [tails[1], rest[6], rest[7], ENDING],
    ]
    document = repair(RawText(wrapped([columns[at] for at in order]), Meta("a.txt")))
    found = [p.text for p in document.passages]
    assert heads[0] + tails[0] in found and heads[1] + tails[1] in found
    assert not any(p.torn for p in document.passages)


def test_a_wrapped_column_that_is_lost_leaves_its_neighbours_apart() -> None:
    rest = [text.replace("|", "") for text in PARAGRAPHS[4:]]
    heads = [full(text.split("|")[0]) for text in PARAGRAPHS]
    columns = [
        [TITLE, rest[0], rest[1], rest[2], heads[0]],
        [PARAGRAPHS[2].split("|")[1], rest[3], rest[4], heads[2]],
        [PARAGRAPHS[0].split("|")[1], rest[5], rest[6], ENDING],
    ]
    document = repair(RawText(wrapped(columns), Meta("a.txt")))
    found = [p.text for p in document.passages]
    assert PARAGRAPHS[0].replace("|", "") in "".join(found)  # over the column between
    assert PARAGRAPHS[2].replace("|", "") in "".join(found)


def test_blocks_are_mended_too() -> None:
    head, tail = PARAGRAPHS[0].split("|")
    caption = f"图为{PARAGRAPHS[1].split('|')[0]}"
    lines = [(TITLE, "title"), (tail, "paragraph"), (ENDING, "paragraph"), (caption, "caption"),
             (head, "paragraph"), ("一队\t12人", "row")]  # fmt: skip
    raw, blocks = "", []
    for text, kind in lines:
        blocks.append(Block(Span(len(raw), len(raw) + len(text)), kind))
        raw += text + "\n"
    document = repair(RawText(raw, Meta("a.html"), blocks=tuple(blocks)))
    assert [(p.kind, p.text) for p in document.passages] == [
        ("title", TITLE),
        ("paragraph", ENDING),
        ("caption", caption),
        ("paragraph", head + tail),
        ("paragraph", "一队 12人"),
    ]
    spans = [p.span for p in document.passages]
    assert all(e.quote == raw[e.begin : e.end] for s in spans for e in document.evidence(s))


def test_long_texts_of_open_lines_are_left_alone() -> None:
    lines = [f"第{n}行没有句号，但是写得很长，说的是今年全县治水兴水的情况" for n in range(3000)]
    text = whole("\n".join(lines))
    assert joined(text).text == text
    long = whole("治水兴水，" * 200_000 + "还要做好安全检")
    assert joined(long).text == long


def test_words_tell_a_cut_word_from_a_border() -> None:
    known = words()
    assert known.gain("做好安全检", "查工作") > 4 and known.breaks("做好安全检", "查工作")
    assert known.gain("做好检查", "天气很好") <= 0.0 and not known.breaks("做好检查", "天气很好")
    assert known.gain("", "查") == 0.0


def test_heads_are_long_and_open() -> None:
    assert is_head("水库都已除险加固。今后要让群众用水更加安")
    assert not any(map(is_head, ["", "安全用水", "水库都已除险加固。", "本报记者周文海摄"]))

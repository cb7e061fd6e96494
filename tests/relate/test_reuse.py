"""Reuse: shared passages with changed words, direction by date, few links for many copies."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from kg.graph import assemble
from kg.model import CleanText, Document, Entity, Meta, Passage, Relation, Sourced, Span
from kg.model import document_id as ident
from kg.relate.reuse import Shared, compare, find

SOURCE = "全县要把修好水渠作为头等大事，健全管水护水的责任体系，让每一滴水都用在刀刃上。"


def document(
    path: str, *texts: str, issued: str = "", spoken: str = "", kind: str = ""
) -> Document:
    passages, at = [], 0
    for text in texts:
        passages.append(Passage(Span(at, at + len(text)), text, kind or "paragraph"))
        at += len(text) + 1
    raw = "\n".join(texts)
    meta = Meta(
        path,
        issued=Sourced(issued, "manifest") if issued else None,
        spoken=Sourced(spoken, "manifest") if spoken else None,
    )
    return Document(
        ident(path), raw, CleanText(raw, ((0, 0),) if raw else ()), tuple(passages), meta
    )


def ends(shared: Shared, entity: Entity) -> tuple[Relation, Relation]:
    mine = {r.predicate: r for r in shared.relations if r.subject == entity.id}
    assert set(mine) == {"earlier", "later"}
    return mine["earlier"], mine["later"]


def said(shared: Shared) -> list[tuple[str, str]]:
    """Wordings of the earlier and the later passage, by the later's place."""
    pairs = [ends(shared, entity) for entity in shared.entities]
    pairs.sort(key=lambda p: (p[1].evidence[0].begin, p[0].evidence[0].begin))
    return [(a.evidence[0].wording, b.evidence[0].wording) for a, b in pairs]


def test_a_quoted_passage_is_found_from_clause_to_clause() -> None:
    later = document("b", "他在会上说，我记得：" + SOURCE + "大家都记住了。", issued="2021")
    shared = find([later, document("a", "开会了。" + SOURCE, issued="2020")])
    (entity,) = shared.entities
    earlier, after = ends(shared, entity)
    assert (earlier.object, after.object) == (ident("a"), ident("b"))
    assert after.evidence[0].quote == SOURCE.rstrip("。")
    assert dict(entity.attributes) == {
        "changed": 0, "length": len(SOURCE) - 1, "order": "date", "rule": "shared-passage",
        "score": 1.0,
    }  # fmt: skip
    assert entity.mentions == (*earlier.evidence, *after.evidence)
    nodes = [Entity(ident(p), "Document", p) for p in "ab"]
    assert assemble([*nodes, entity], shared.relations).number_of_edges() == 2


def test_changed_words_are_marked_where_they_stand() -> None:
    changed = SOURCE.replace("头等大事", "重要任务").replace("每一滴水", "每一滴宝贵的水")
    shared = find([document("a", SOURCE, issued="2020"), document("b", changed, issued="2021")])
    (entity,) = shared.entities
    assert entity.attributes["changed"] == 7
    (pair,) = said(shared)
    marks = []
    for change in str(entity.attributes["changes"]).split(";"):
        spans = [tuple(map(int, side.split("-"))) for side in change.split(">")]
        marks.append([text[start:end] for text, (start, end) in zip(pair, spans, strict=True)])
    assert marks == [["头等大事", "重要任务"], ["", "宝贵的"]]
    assert 0.7 <= float(entity.attributes["score"]) < 1


def test_a_changed_beginning_of_a_clause_belongs_to_it() -> None:
    changed = "各村" + SOURCE[2:]
    shared = find([document("a", SOURCE), document("b", changed)])
    assert said(shared) == [(SOURCE[:-1], changed[:-1])]


def test_punctuation_width_and_spaces_do_not_count() -> None:
    changed = SOURCE.replace("，", "；").replace("水渠", "水 渠")
    shared = find([document("a", SOURCE + "ＡＢ"), document("b", changed + "ab")])
    assert [e.attributes["changed"] for e in shared.entities] == [0]


@pytest.mark.parametrize(
    ("dates", "first", "order"),
    [
        (("2021-05-01", "2020"), "b", "date"),
        (("2020-03", "2020-04/2020-12"), "a", "date"),
        (("", ""), "a", "path"),
        (("2020", "2020"), "a", "path"),
        (("2021", ""), "a", "path"),
        (("", "2019"), "a", "path"),
    ],
)
def test_the_earlier_is_told_by_date_else_by_path(
    dates: tuple[str, str], first: str, order: str
) -> None:
    pair = [document(path, SOURCE, issued=day) for path, day in zip("ab", dates, strict=True)]
    shared = find(pair)
    (entity,) = shared.entities
    assert ends(shared, entity)[0].object == ident(first)
    assert entity.attributes["order"] == order


def test_the_day_of_a_speech_goes_before_its_day_of_print() -> None:
    shared = find(
        [
            document("a", SOURCE, issued="2021-06"),
            document("b", SOURCE, issued="2022", spoken="2021-01-04"),
        ]
    )
    assert ends(shared, shared.entities[0])[0].object == ident("b")


def test_many_that_say_the_same_are_each_tied_to_the_first() -> None:
    corpus = [document(f"{n:03}", SOURCE, issued=str(1950 + n)) for n in range(70)]
    shared = find(corpus)
    assert len(shared.entities) == 69
    assert {r.object for r in shared.relations if r.predicate == "earlier"} == {ident("000")}


def test_what_a_copy_changed_is_tied_to_the_copy() -> None:
    copy = SOURCE.replace("头等大事", "第一要务")
    corpus = [
        document("a", SOURCE, issued="2019"),
        document("b", copy, issued="2020"),
        document("c", copy, issued="2021"),
    ]
    shared = find(corpus)
    links = {(a.object, b.object) for a, b in (ends(shared, e) for e in shared.entities)}
    assert links == {(ident("a"), ident("b")), (ident("b"), ident("c"))}


def test_inside_one_document_and_not_where_repair_saw_it() -> None:
    filler = "这一年天气很好，庄稼长势喜人。"
    twice = document("a", filler + SOURCE, "又过了一年。" + SOURCE)
    (entity,) = find([twice]).entities
    assert entity.attributes["order"] == "place"
    first, second = twice.passages
    repeated = Passage(second.span, second.text, repeats=first.span)
    seen = Document(twice.id, twice.raw, twice.clean, (first, repeated), twice.meta)
    assert find([seen]).entities == ()
    assert [e.attributes["order"] for e in find([document("a", SOURCE + filler + SOURCE)]).entities]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("要把修好水渠作为头等大事。", "要把修好水渠作为头等大事。", "too short"),
        (SOURCE, "我们去年看了三部电影，其中两部讲的是大海里的鱼群怎样过冬。", "nothing shared"),
        ("学习《全县农田水利建设和管理工作资料汇编选读本》。",
         "他读了《全县农田水利建设和管理工作资料汇编选读本》，很喜欢。", "the title of a work"),
        ("", "", "nothing there"),
    ],
)  # fmt: skip
def test_what_is_not_reuse(one: str, other: str, why: str) -> None:
    assert find([document("a", one), document("b", other)]).entities == (), why


def test_a_set_phrase_is_no_reuse() -> None:
    phrase = "全县农田水利建设先进集体和先进个人表彰大会"
    corpus = [document(f"{n}", f"{head}{phrase}{tail}") for n, (head, tail) in enumerate(
        [("上午召开了", "很热闹。"), ("他去参加", "回来了。"), ("这里举办过", "三次。"),
         ("我记得那次", "的情景。"), ("请大家看看", "的照片。")]
    )]  # fmt: skip
    assert find(corpus).entities == ()


@pytest.mark.parametrize("kind", ["masthead", "credit", "byline", "furniture", "note"])
def test_what_stands_around_a_text_is_left_out(kind: str) -> None:
    assert find([document("a", SOURCE, kind=kind), document("b", SOURCE, kind=kind)]).entities == ()


def test_compare_leaves_out_what_one_says_twice() -> None:
    other = "乡里的道路已经修好，群众出门再也不用蹚水过河，孩子上学也近了许多。"
    one = document("a", other, "开头。" + other, SOURCE)
    shared = compare(document("b", SOURCE), one)
    assert said(shared) == [(SOURCE[:-1], SOURCE[:-1])]
    assert len(shared.relations) == 2


def test_the_order_of_the_documents_changes_nothing() -> None:
    corpus = [
        document("a", SOURCE, issued="2020"),
        document("b", SOURCE.replace("头等大事", "第一要务")),
        document("c", "各位代表：" + SOURCE, issued="2020"),
    ]
    assert len({repr(find(order)) for order in permutations(corpus)}) == 1


def test_long_texts_without_borders_are_survived() -> None:
    dice = random.Random(5)
    rows = "".join(
        f"第{n}条 违反本办法规定，{''.join(dice.choices('江河湖海山川草木', k=9))}的，"
        "由水行政主管部门责令限期改正，处一千元以上一万元以下的罚款。"
        for n in range(600)
    )
    for text in ("水" * 60_000, "治水兴水，" * 12_000, rows):
        shared = find([document("a", text)])
        assert len(shared.entities) < 1_000


def test_every_exact_passage_is_covered() -> None:
    """Against a search that compares everything: random texts with planted sentences."""
    dice = random.Random(11)
    letters = [chr(0x4E00 + n) for n in range(600)]

    def sentence() -> str:
        return "".join(dice.choices(letters, k=dice.randint(24, 60))) + "。"

    planted = [sentence() for _ in range(12)]
    corpus = []
    for n in range(10):
        parts = [sentence() for _ in range(8)] + dice.sample(planted, 4)
        dice.shuffle(parts)
        corpus.append(document(f"{n}", "".join(parts), issued=f"{2000 + n}"))
    shared = find(corpus)
    for entity in shared.entities:
        assert entity.attributes["score"] == 1.0
    for later in corpus:
        mine = [
            r.evidence[0] for r in shared.relations
            if r.predicate == "later" and r.object == later.id
        ]  # fmt: skip
        for words in planted:
            before = any(
                words in other.raw for other in corpus if other.meta.path < later.meta.path
            )
            found = sum(words[:-1] in place.wording for place in mine)
            assert found == (1 if before and words in later.raw else 0)

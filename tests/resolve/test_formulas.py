"""Formulas: names and lists of made-up documents, joined or left apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg import graph
from kg.model import (
    CleanText,
    Document,
    Entity,
    Extraction,
    Meta,
    Passage,
    Relation,
    Sourced,
    Span,
    document_id,
)
from kg.recognize import PRIORITY, overlap
from kg.recognize.formulas import Formulas
from kg.recognize.lists import find
from kg.recognize.spirits import Spirits
from kg.resolve.formulas import Registry, register


def extraction(path: str, text: str, issued: str = "") -> Extraction:
    """A document of one passage a line, its names and its lists."""
    passages = []
    at = 0
    for line in text.split("\n"):
        passages.append(Passage(Span(at, at + len(line)), line))
        at += len(line) + 1
    meta = Meta(path, issued=Sourced(issued, "manifest") if issued else None)
    clean = CleanText(text, ((0, 0),))
    made = Document(document_id(path), text, clean, tuple(passages), meta)
    found = [m for p in passages for r in (Formulas(), Spirits()) for m in r.find(p)]
    mentions = overlap.settle(found, PRIORITY)
    return Extraction(made, mentions, find(made, mentions))


def registry(*texts: str, issued: tuple[str, ...] = ()) -> Registry:
    """The registry of documents 0.txt, 1.txt …"""
    dates = [*issued, *[""] * (len(texts) - len(issued))]
    return register(
        [extraction(f"{n}.txt", t, d) for n, (t, d) in enumerate(zip(texts, dates, strict=True))]
    )


def entities(made: Registry, kind: str, name: str = "") -> list[Entity]:
    return [e for e in made.entities if e.kind == kind and name in ("", e.name)]


def relations(made: Registry, subject: Entity, predicate: str) -> list[Relation]:
    found = [r for r in made.relations if (r.subject, r.predicate) == (subject.id, predicate)]
    return sorted(found, key=lambda r: int(r.qualifiers.get("position", 0)))


def members(made: Registry, subject: Entity, predicate: str = "hasMember") -> list[str]:
    names = {e.id: e.name for e in made.entities}
    found = relations(made, subject, predicate)
    if predicate != "hasPart":
        assert [r.qualifiers["position"] for r in found] == list(range(1, len(found) + 1))
    return [names[r.object] for r in found]


def formula(made: Registry, name: str) -> Entity:
    (found,) = entities(made, "Formula", name)
    return found


def state(made: Registry, name: str) -> tuple[str, list[str], bool | None]:
    """Status, members, and whether they are inferred."""
    found = formula(made, name)
    said = relations(made, found, "hasMember")
    inferred = said[0].inferred if said else None
    return str(found.attributes["status"]), members(made, found), inferred


LIST = "坚持划片承包，坚持按时巡护，坚持挂牌管理，坚持联防联动"
FOUR = ["坚持划片承包", "坚持按时巡护", "坚持挂牌管理", "坚持联防联动"]


def test_a_list_beside_the_name_is_stated() -> None:
    made = registry(f"护林要做到“四个坚持”：{LIST}。")
    assert state(made, "四个坚持") == ("complete", FOUR, False)
    assert formula(made, "四个坚持").attributes["number"] == 4
    (first, *_) = relations(made, formula(made, "四个坚持"), "hasMember")
    assert first.rule == "list-after-name"
    assert [e.quote for e in first.evidence] == ["坚持划片承包"]


def test_a_list_elsewhere_in_the_document_is_inferred() -> None:
    made = registry(f"牢记“四个坚持”。\n全场职工{LIST}。")
    assert state(made, "四个坚持") == ("complete", FOUR, True)
    assert (
        relations(made, formula(made, "四个坚持"), "hasMember")[0].rule == "same-head-in-document"
    )


def test_a_list_in_another_document_is_inferred() -> None:
    dashes = "\n".join(f"——{item}。逐级落实。" for item in FOUR)
    made = registry("牢记“四个坚持”。", f"主要有：\n{dashes}")
    assert state(made, "四个坚持") == ("complete", FOUR, True)
    assert relations(made, formula(made, "四个坚持"), "hasMember")[0].rule == "same-head-in-corpus"


@pytest.mark.parametrize("name", ["三个坚持", "五个坚持"])
def test_the_number_must_agree(name: str) -> None:
    assert state(registry(f"牢记“{name}”。\n全场职工{LIST}。"), name) == ("unlisted", [], None)


def test_the_head_must_stand_at_one_place() -> None:
    text = "增强“三个意识”。\n增强意识形态工作、防火意识、护林责任。"
    assert state(registry(text), "三个意识") == ("unlisted", [], None)


def test_a_list_in_another_document_needs_more_than_its_ending() -> None:
    other = "普及节水常识、防火常识、急救常识。"
    assert state(registry("掌握“三个常识”。", other), "三个常识")[0] == "unlisted"
    same_verb = "掌握节水常识、防火常识、急救常识。"
    assert state(registry("掌握“三个常识”。", same_verb), "三个常识")[0] == "complete"


def test_a_word_inside_every_item_joins_in_one_document() -> None:
    text = (
        "做到苗木优先调运，水泵优先供电，农资优先赊销。乡里按月通报。\n落实“三个优先”不力的要整改。"
    )
    members_ = ["苗木优先调运", "水泵优先供电", "农资优先赊销"]
    assert state(registry(text), "三个优先") == ("complete", members_, True)
    name, items = "落实“三个优先”。", "做到苗木优先调运，水泵优先供电，农资优先赊销。"
    assert state(registry(name, items), "三个优先")[0] == "unlisted"


def test_the_parts_of_a_compound_name_are_names() -> None:
    made = registry("围绕“一个龙头、两个支点”做文章。\n（龙头：林场　支点：苗圃，锯木厂）")
    assert state(made, "一个龙头、两个支点")[0] == "unlisted"
    assert state(made, "两个支点") == ("complete", ["苗圃", "锯木厂"], False)
    assert not entities(made, "Formula", "一个龙头")
    (evidence,) = formula(made, "两个支点").mentions
    assert evidence.quote == "两个支点"


def test_a_rare_ending_is_enough_in_another_document() -> None:
    name = "落实“四个不打折”。"
    other = "验收做到标准不打折、质量不打折、服务不打折、时限不打折。"
    assert state(registry(name, other), "四个不打折")[0] == "complete"
    more = "交货做到数量不打折、品种不打折、规格不打折。"
    assert state(registry(name, other, more), "四个不打折")[0] == "unlisted"


def test_what_begins_and_ends_every_item_is_a_head() -> None:
    made = registry("推进“三全管护”。", "倡导全员管护、全域管护、全时管护。")
    assert state(made, "三全管护")[:2] == ("complete", ["全员管护", "全域管护", "全时管护"])


def test_a_list_that_follows_the_name_in_its_sentence() -> None:
    made = registry("练就“三手”本领，人人都是驾船能手、补网能手、观天能手。")
    assert state(made, "三手")[:2] == ("complete", ["驾船能手", "补网能手", "观天能手"])


def test_what_a_common_noun_announces_is_not_looked_for_elsewhere() -> None:
    text = "要做好“三项工作”。\n做好防火工作、防虫工作、防盗工作。"
    assert state(registry(text), "三项工作")[0] == "unlisted"


def test_each_text_has_its_own_list_for_a_common_noun() -> None:
    made = registry("做好三项工作：修渠、补坝、护岸。", "做好三项工作：植树、种草、固沙。")
    found = entities(made, "Formula", "三项工作")
    assert sorted(members(made, e)[0] for e in found) == ["修渠", "植树"]
    assert {e.attributes["status"] for e in found} == {"complete"}


def test_one_letter_at_the_end_stays_empty_without_a_cue() -> None:
    text = "守好“三权”。\n明确林地的所有权、承包权、经营权。"
    assert state(registry(text), "三权") == ("unlisted", [], None)


def test_one_letter_at_the_beginning_joins_four_or_more() -> None:
    made = registry("广泛开展“四小”活动。", "开展“小改造、小连片、小循环、小管护”等活动。")
    assert state(made, "四小")[:2] == ("complete", ["小改造", "小连片", "小循环", "小管护"])


def test_of_two_lists_that_are_equally_good_none_is_taken() -> None:
    first = "讲好渔村故事、讲好渔港故事、讲好渔船故事。"
    second = "讲好茶山故事、讲好茶馆故事、讲好茶人故事。"
    made = registry("讲好“三个故事”。", first, second)
    assert state(made, "三个故事") == ("unlisted", [], None)


def test_more_documents_speak_for_a_list() -> None:
    first = "讲好渔村故事、讲好渔港故事、讲好渔船故事。"
    second = "讲好茶山故事、讲好茶馆故事、讲好茶人故事。"
    made = registry("讲好“三个故事”。", first, second, f"要{first}")
    assert members(made, formula(made, "三个故事"))[0] == "讲好渔村故事"
    (said, *_) = relations(made, formula(made, "三个故事"), "hasMember")
    assert len(said.evidence) == 2


def test_the_company_of_a_name_decides() -> None:
    named = "增强“三个意识”、做到“两个守护”。"
    chain = "增强防火意识、护林意识、巡山意识，坚决守护万亩林海，坚决守护一方水源。"
    other = "坚决守护库区秩序，坚决守护职工安全。"
    made = registry(named, f"{chain}\n{other}")
    assert members(made, formula(made, "两个守护")) == ["坚决守护万亩林海", "坚决守护一方水源"]
    without = registry("做到“两个守护”。", f"{chain}\n{other}")
    assert state(without, "两个守护")[0] == "unlisted"


def test_a_fold_name_is_joined_by_the_verb_that_governs_it() -> None:
    text = "统筹推进“四位一体”布局。\n统筹推进林业建设、渔业建设、牧业建设、垦区建设。"
    made = registry(text)
    assert state(made, "四位一体")[:2] == (
        "complete",
        ["林业建设", "渔业建设", "牧业建设", "垦区建设"],
    )
    assert state(registry(text.replace("统筹推进林", "加快林")), "四位一体")[0] == "unlisted"


def test_a_compound_is_joined_by_the_letters_of_its_parts() -> None:
    made = registry("扎实开展“三查一改”。", "先查线路、查火源、查物资、改隐患，再验收。")
    assert state(made, "三查一改")[:2] == ("complete", ["查线路", "查火源", "查物资", "改隐患"])
    wrong = registry("扎实开展“三查一改”。", "先查线路、查火源、改隐患、查物资，再验收。")
    assert state(wrong, "三查一改")[0] == "unlisted"


def test_the_parts_of_a_compound_may_be_neighbours() -> None:
    text = "做到严于记账、严于用款、严于交接，账目要清、库存要清、手续要清，把“三严三清”落到实处。"
    found = members(registry(text), formula(registry(text), "三严三清"))
    assert found == ["严于记账", "严于用款", "严于交接", "账目要清", "库存要清", "手续要清"]


def test_two_versions_the_newest_stays() -> None:
    old = "坚持“三个不变”：机构不变、人员不变、经费不变。"
    new = "坚持“三个不变”：方向不变、力度不变、节奏不变。"
    made = registry(old, new, issued=("2011-03", "2019-05-01"))
    status, found, inferred = state(made, "三个不变")
    assert (status, found[0], inferred) == ("conflicting", "方向不变", False)
    (version,) = entities(made, "ListVersion")
    assert members(made, version) == ["机构不变", "人员不变", "经费不变"]
    assert version.attributes["issued"] == "2011-03"
    (variant,) = relations(made, version, "variantOf")
    assert variant.object == formula(made, "三个不变").id
    assert variant.evidence[0].quote == "三个不变"


def test_some_members_only_are_parts_without_a_place() -> None:
    made = registry("推动护林员等六大群体参保。")
    found = formula(made, "六大群体")
    assert found.attributes["status"] == "partial"
    assert members(made, found, "hasPart") == ["护林员"]
    assert relations(made, found, "hasMember") == []


def test_the_same_list_elsewhere_is_further_evidence() -> None:
    made = registry(f"做到“四个坚持”：{LIST}。", f"我们{LIST}。")
    (first, *_) = relations(made, formula(made, "四个坚持"), "hasMember")
    assert (len(first.evidence), first.inferred) == (2, False)
    assert entities(made, "Enumeration") == []


def test_one_name_with_and_without_quotation_marks_and_in_digits() -> None:
    text = f"做到“四个坚持”：{LIST}。\n落实“4个坚持”。\n把四个坚持和规章结合，四个坚持：{LIST}。"
    made = registry(text)
    found = formula(made, "四个坚持")
    assert [alias.name for alias in found.aliases] == ["4个坚持"]
    assert len(found.mentions) == 4


def test_unnamed_lists_of_several_documents_are_one() -> None:
    made = registry("增强防火意识、护林意识、巡山意识。", "强化防火意识、护林意识、巡山意识。")
    (found,) = entities(made, "Enumeration")
    assert found.name == "防火意识、护林意识、巡山意识"
    assert {len(r.evidence) for r in relations(made, found, "hasMember")} == {2}
    assert {e.kind for e in made.entities} == {"Enumeration", "Concept"}


def test_a_spirit_with_its_content() -> None:
    made = registry(
        "弘扬扎根高原、甘守清贫、造福牧民的雪莲精神。", "弘扬雪莲精神、红柳精神、胡杨精神。"
    )
    (found,) = entities(made, "Spirit", "雪莲精神")
    assert members(made, found, "hasContent") == ["扎根高原", "甘守清贫", "造福牧民"]
    (run,) = entities(made, "Enumeration")
    assert relations(made, run, "hasMember")[0].object == found.id


def test_a_spirit_with_and_without_great() -> None:
    made = registry("弘扬伟大治黄精神。治黄精神永放光芒，治黄精神代代相传。")
    (found,) = entities(made, "Spirit")
    assert (found.name, [a.name for a in found.aliases]) == ("治黄精神", ["伟大治黄精神"])


def test_every_name_stands_for_an_entity_and_every_quote_is_exact() -> None:
    texts = [f"做到“四个坚持”：{LIST}，弘扬红柳精神。", "守好“三权”，做好三项工作。"]
    extractions = [extraction(f"{n}.txt", text) for n, text in enumerate(texts)]
    made = register(extractions)
    known = {e.id for e in made.entities}
    for one in extractions:
        for mention in one.mentions:
            assert made.ids[one.document.id, mention] in known
    raw = {one.document.id: one.document.raw for one in extractions}
    quotes = [e for r in made.relations for e in r.evidence]
    quotes += [e for entity in made.entities for e in entity.mentions]
    assert quotes
    assert all(raw[e.document_id][e.begin : e.end] == e.quote for e in quotes)


def test_the_graph_takes_the_registry() -> None:
    made = registry(f"做到“四个坚持”：{LIST}。", "弘扬扎根高原、造福牧民的雪莲精神。")
    built = graph.assemble(made.entities, made.relations)
    assert built.number_of_edges() == len(made.relations)


def test_an_empty_corpus() -> None:
    assert register([]) == Registry((), {}, ())


def test_members_are_the_spirits_that_they_name() -> None:
    made = registry("弘扬垦荒精神、灯塔精神、渡江精神这三种精神。")
    subject = formula(made, "三种精神")
    kinds = {e.id: e.kind for e in made.entities}
    found = relations(made, subject, "hasMember")
    assert [kinds[r.object] for r in found] == ["Spirit"] * 3
    assert members(made, subject) == ["垦荒精神", "灯塔精神", "渡江精神"]


def test_members_are_the_policies_that_they_name() -> None:
    text = "扎实推进三大战略：节水优先战略、海岛振兴战略、良种自主战略。"
    made = extraction("0.txt", text)
    named = "海岛振兴战略"
    mention = made.document.passages[0].mention(
        text.index(named), text.index(named) + len(named), "Policy", rule="test"
    )
    with_policy = replace(made, mentions=(*made.mentions, mention))
    found = register([with_policy])
    subject = formula(found, "三大战略")
    slugs = [r.object.split("-")[0] for r in relations(found, subject, "hasMember")]
    assert slugs == ["e/principle", "e/policy", "e/principle"]


def test_enumerations_that_differ_at_their_ends_are_one() -> None:
    made = registry(
        "增强垦区职工的归属感、认同感、自豪感。", "有老兵归属感、认同感、自豪感满满，心里踏实。"
    )
    assert len(entities(made, "Enumeration")) == 1


def test_enumerations_that_differ_in_their_middle_are_two() -> None:
    made = registry("增强归属感、认同感、自豪感。", "增强归属感、荣誉感、自豪感。")
    assert len(entities(made, "Enumeration")) == 2

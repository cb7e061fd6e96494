"""Which candidate concepts are kept, on extractions built by hand."""

from collections.abc import Iterable
from dataclasses import replace

from kg import resolve
from kg.model import (
    CleanText,
    Document,
    Extraction,
    ItemList,
    ListItem,
    Mention,
    Meta,
    Passage,
    Span,
)
from kg.resolve.concepts import choose, ranked
from kg.settings import Settings


def _extraction(
    text: str, candidates: Iterable[str], others: Iterable[tuple[str, str]] = (), path: str = "a"
) -> Extraction:
    """Every occurrence of the candidates and of the others (name, kind) is a mention."""
    mentions = []
    for name, kind in [*((name, "Concept") for name in candidates), *others]:
        at = text.find(name)
        while at >= 0:
            mentions.append(Mention(Span(at, at + len(name)), kind, name, "segmented-term"))
            at = text.find(name, at + 1)
    passage = Passage(Span(0, len(text)), text)
    document = Document(path, text, CleanText(text, ((0, 0),)), (passage,), Meta(path))
    return Extraction(document, tuple(mentions))


TEXT = "发展节水灌溉。推广节水灌溉，节水灌溉的面积和节水灌溉的效益。湿地保护好。湿地保护，水权。"


def test_the_best_come_first_and_the_limit_holds() -> None:
    one = _extraction(TEXT, ["节水灌溉", "湿地保护", "水权"])
    assert [name for name, _ in ranked([one])] == ["节水灌溉", "湿地保护"]
    assert choose([one], 1) == {"节水灌溉"}
    assert choose([one], 60) == {"节水灌溉", "湿地保护"}
    assert choose([one], 0) == frozenset()
    assert choose([], 5) == frozenset()


def test_more_documents_count_more() -> None:
    first = _extraction("，海绵城市。，海绵城市。，雨洪管理。", ["海绵城市", "雨洪管理"], path="a")
    second = _extraction("，雨洪管理。", ["海绵城市", "雨洪管理"], path="b")
    assert [name for name, _ in ranked([first, second])] == ["雨洪管理", "海绵城市"]


def test_a_part_that_never_stands_alone_is_dropped() -> None:
    text = "。河湖生态流量。，河湖生态流量，的河湖生态流量。"
    names = ["河湖生态流量", "生态流量", "河湖生态"]
    assert choose([_extraction(text, names)], 9) == {"河湖生态流量"}
    text += "保障生态流量。下泄生态流量，"
    assert choose([_extraction(text, names)], 9) == {"河湖生态流量", "生态流量"}


def test_a_cut_out_of_something_longer_is_dropped() -> None:
    text = "农村饮水安全省级示范，农村饮水安全省级名单，农村饮水安全省级工作"
    assert choose([_extraction(text, ["饮水安全省级", "饮水安全"])], 9) == frozenset()


def test_what_is_mostly_part_of_another_kind_is_dropped() -> None:
    text = "《湿地保护规划》，《湿地保护规划》，湿地保护。"
    work = [("湿地保护规划", "Work")]
    assert choose([_extraction(text, ["湿地保护"], work)], 9) == frozenset()
    text += "开展湿地保护，"
    assert choose([_extraction(text, ["湿地保护"], work)], 9) == {"湿地保护"}


def test_a_statement_around_it_does_not_count() -> None:
    text = "他说湿地保护很好，湿地保护"
    said = [(text, "Quotation")]
    assert choose([_extraction(text, ["湿地保护"], said)], 9) == {"湿地保护"}


def test_the_name_of_another_kind_is_dropped() -> None:
    text = "，清水行动。，清水行动。，清水行动。"
    here = _extraction(text, ["清水行动"], path="a")
    there = _extraction("，清水行动", [], [("清水行动", "Campaign")], path="b")
    assert choose([here, there], 9) == frozenset()


def test_a_member_of_a_named_list_is_dropped() -> None:
    one = _extraction("，依法治水。，依法治水。", ["依法治水"])
    assert choose([one], 9) == {"依法治水"}
    span = Span(1, 5)
    name = Mention(span, "Formula", "四个治水", "x")
    found = ItemList((ListItem("依法治水", span),), span, "run", "x", name)
    listed = Extraction(one.document, one.mentions, (found,))
    assert choose([listed], 9) == frozenset()


def test_the_order_of_documents_does_not_matter() -> None:
    first = _extraction(TEXT, ["节水灌溉", "湿地保护"], path="a")
    second = _extraction(TEXT[::-1], ["灌溉"], path="b")
    assert ranked([first, second]) == ranked([second, first])


def test_what_is_not_chosen_can_be_let_go() -> None:
    settings = replace(Settings(), concepts=1)
    one = _extraction(TEXT, ["节水灌溉", "湿地保护", "水权"], [("水权", "Work")])
    chosen = resolve.choose([one], settings)
    [rest] = resolve.without_rest([one], chosen)
    assert {(m.kind, m.name) for m in rest.mentions} == {("Concept", "节水灌溉"), ("Work", "水权")}
    assert resolve.resolve([rest], settings, chosen=chosen) == resolve.resolve([one], settings)

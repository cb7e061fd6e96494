"""Lists: their case table, spans, passages that are passed over, and size."""

from __future__ import annotations

import time
import tomllib
from typing import Any

import pytest
from named_cases import FOLDER

from kg.model import CleanText, Document, ItemList, Mention, Meta, Passage, Span
from kg.recognize import PRIORITY, overlap
from kg.recognize.formulas import Formulas
from kg.recognize.list_text import Cut
from kg.recognize.lists import find
from kg.recognize.spirits import Spirits

CASES = tomllib.loads((FOLDER / "lists.toml").read_text("utf-8"))["case"]


def document(text: str, **kinds: str) -> Document:
    """A document whose passages are the lines of ``text``; ``kinds`` maps "p1" to a kind."""
    passages = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        if line:
            kind = kinds.get(f"p{number}", "paragraph")
            passages.append(Passage(Span(at, at + len(line)), line, kind))
        at += len(line) + 1
    return Document("d/0", text, CleanText(text, ((0, 0),)), tuple(passages), Meta("0.txt"))


def mentions(made: Document) -> tuple[Mention, ...]:
    """Formulas and spirits of a document."""
    found = [m for p in made.passages for r in (Formulas(), Spirits()) for m in r.find(p)]
    return overlap.settle(found, PRIORITY)


def lists(text: str, **kinds: str) -> tuple[ItemList, ...]:
    made = document(text, **kinds)
    return find(made, mentions(made))


def shown(found: tuple[ItemList, ...], *, named: bool) -> list[str]:
    rows = []
    for made in found:
        if (made.name is not None) == named:
            items = " | ".join(item.text for item in made.items)
            name = f"{made.name.name}: " if made.name else ""
            rows.append(f"{name}{items}{' …' if made.partial and named else ''}")
    return rows


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_cases(case: dict[str, Any]) -> None:
    found = lists(case["text"])
    assert shown(found, named=True) == case["named"]
    if "unnamed" in case:
        assert shown(found, named=False) == case["unnamed"]


def test_every_item_is_what_stands_at_its_span() -> None:
    for case in CASES:
        for made in lists(case["text"]):
            assert made.items
            for item in made.items:
                wording = case["text"][item.span.start : item.span.end]
                assert "".join(wording.split()) == item.text
            starts = [item.span.start for item in made.items]
            assert starts == sorted(starts)


def test_captions_and_credits_between_items_are_passed_over() -> None:
    text = "第一，修好水渠。\n图为施工现场。一是挖方。\n第二，加固堤坝。\n第三，清理河道。"
    (made,) = lists(text, p1="caption")
    assert [item.text for item in made.items] == ["修好水渠", "加固堤坝", "清理河道"]


def test_a_repeated_passage_is_not_read_again() -> None:
    text = "护林意识、防火意识、巡山意识。\n护林意识、防火意识、巡山意识。"
    made = document(text)
    first, second = made.passages
    again = Passage(second.span, second.text, second.kind, None, first.span)
    repeated = Document(made.id, made.raw, made.clean, (first, again), made.meta)
    assert len(find(repeated, ())) == 1


def test_a_list_of_persons_is_no_list() -> None:
    text = "张山林、李山林、王山林到会。"
    people = [Mention(Span(at, at + 3), "Person", text[at : at + 3], "x") for at in (0, 4, 8)]
    assert find(document(text), ()) != ()
    assert find(document(text), people) == ()


def test_a_list_inside_an_item_ends_with_it() -> None:
    text = "（一）修渠。一是清淤。二是衬砌。三是配套。\n（二）补坝。\n（三）护岸。一是植草。"
    outer, inner = lists(text)
    assert [item.text for item in outer.items] == ["修渠", "补坝", "护岸"]
    assert [item.text for item in inner.items] == ["清淤", "衬砌", "配套"]


def test_numbers_begin_again_in_the_next_section() -> None:
    first = "一、甲项。\n（一）修渠。\n（二）补坝。\n（三）护岸。"
    text = f"{first}\n二、乙项。\n（一）植树。\n（二）种草。\n（三）固沙。"
    found = [[item.text for item in made.items] for made in lists(text)]
    assert found == [["修渠", "补坝", "护岸"], ["植树", "种草", "固沙"]]


def test_rule_and_frame_of_a_list() -> None:
    (made,) = lists("增强护林意识、防火意识、巡山意识。")
    assert (made.rule, made.form, made.head, made.tail) == ("parallel-run", "run", "", "意识")
    assert made.span == Span(made.items[0].span.start, made.items[-1].span.end)


def test_quotes_and_brackets_hide_their_separators() -> None:
    text = "坚持“山、水、田”同治、乡镇（街道、农场）同管、干群同心。"
    outer = Cut(Passage(Span(0, len(text)), text)).outer
    (clause, _) = outer.clauses
    words = [outer.words(chunk) for chunk in outer.chunks(clause)]
    assert words == ["坚持“山、水、田”同治", "乡镇（街道、农场）同管", "干群同心"]


@pytest.mark.parametrize(
    "text",
    [
        "坚持发展，" * 20_000,
        "甲、" * 50_000,
        "“" * 20_000 + "”" * 20_000,
        "1. 2. " * 20_000,
        "（一）" * 20_000,
        " " * 60_000,
        "“三个共管”" * 5_000,
        "这三个方面" * 10_000,
    ],
    ids=["clauses", "chunks", "quotes", "marks", "brackets", "spaces", "names", "pointers"],
)
def test_time_grows_with_size_only(text: str) -> None:
    """A text that is built to be slow is read in seconds; a quadratic search takes minutes."""
    made = document(text)
    begin = time.process_time()
    find(made, mentions(made))
    assert time.process_time() - begin < 20

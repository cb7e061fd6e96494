"""Local bodies: what a document means by 省政府 (the provincial government) and the like."""

from __future__ import annotations

from kg.model import CleanText, Document, Meta, Passage, Sourced, Span
from kg.recognize import PRIORITY, overlap
from kg.recognize.name_local import localize
from kg.recognize.organizations import Organizations
from kg.recognize.persons import Persons
from kg.recognize.places import Places
from kg.recognize.roles import Roles


def read(text: str, title: str = "") -> list[tuple[str, str, str]]:
    """Kind, name and full name of what a document of one passage names."""
    passage = Passage(Span(0, len(text)), text)
    meta = Meta("a.txt", title=Sourced(title, "manifest") if title else None)
    document = Document("d/0", text, CleanText(text, ((0, 0),)), (passage,), meta)
    found = [m for r in (Organizations(), Persons(), Roles(), Places()) for m in r.find(passage)]
    settled = overlap.settle(found, PRIORITY)
    return [(m.kind, m.name, m.known_as) for m in localize(document, settled)]


def test_the_place_is_the_one_whose_bodies_the_document_names() -> None:
    got = read("江西省人民政府通知。省财政厅、省教育厅要落实。")
    assert got == [
        ("Organization", "江西省人民政府", ""),
        ("Organization", "省财政厅", "江西省财政厅"),
        ("Organization", "省教育厅", "江西省教育厅"),
    ]


def test_the_place_is_the_one_of_the_title() -> None:
    got = read("省委、省政府高度重视。", "江西省2031年工作要点")
    assert got == [
        ("Organization", "省委", "中共江西省委员会"),
        ("Organization", "省政府", "江西省人民政府"),
    ]


def test_a_title_begins_after_the_body() -> None:
    got = read("江西省总工会开会。省委书记林致远讲话。")
    assert got[1:] == [
        ("Organization", "省委", "中共江西省委员会"),
        ("Role", "书记", ""),
        ("Person", "林致远", ""),
    ]


def test_an_inner_organ_stays_with_the_title() -> None:
    got = read("江西省总工会开会。省教育厅党组书记、厅长林致远到会。")
    assert ("Organization", "省教育厅", "江西省教育厅") in got
    assert [name for kind, name, _ in got if kind == "Role"] == ["党组书记", "厅长"]


def test_of_several_places_none_is_meant() -> None:
    got = read("江西省财政厅会同湖南省财政厅发文，省教育厅落实。")
    assert [full for kind, name, full in got if name == "省教育厅"] == [""]


def test_other_provinces_are_not_meant() -> None:
    got = read("江西省总工会开会。各省政府、两省财政厅、全省教育局和外省法院。")
    assert [name for kind, name, _ in got if kind == "Organization"] == ["江西省总工会"]


def test_without_a_place_an_office_keeps_its_short_name() -> None:
    assert read("省委、省政府高度重视，市教育局落实。") == [
        ("Organization", "省委", ""),
        ("Organization", "省政府", ""),
        ("Organization", "市教育局", ""),
    ]


def test_a_county_that_no_text_names_has_no_committee() -> None:
    assert read("县委要担责，县政府要落实，县民政局协助。") == [("Organization", "县民政局", "")]

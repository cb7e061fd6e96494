"""Events: date, place and organiser."""

from __future__ import annotations

import pytest
from relate_marks import facts, marked

from kg.model import Mention
from kg.relate import events

CASES = [
    (
        "[Event|示例水利会议][Time=2023-10-30/2023-10-31|30日至31日]在[Place|示例市]举行。",
        [("heldOn", "示例水利会议", "30日至31日"), ("location", "示例水利会议", "示例市")],
    ),
    (
        "[Time=2024-05-08|5月8日]，[Event|全国林业大会]在[Place|示例市]召开。",
        [("heldOn", "全国林业大会", "5月8日"), ("location", "全国林业大会", "示例市")],
    ),
    (
        "[Time=2024-05-08|5月8日]，[Organization|示例部]在[Place|示例市]召开[Event|全国林业座谈会]。",
        [
            ("heldOn", "全国林业座谈会", "5月8日"),
            ("location", "全国林业座谈会", "示例市"),
            ("organizer", "全国林业座谈会", "示例部"),
        ],
    ),
    (
        "由[Organization|示例部]、[Organization|示例会]联合主办的[Event|首届茶叶论坛]开幕。",
        [("organizer", "首届茶叶论坛", "示例会"), ("organizer", "首届茶叶论坛", "示例部")],
    ),
    (
        "[Event|首届茶叶论坛]由[Organization|示例会]承办。",
        [("organizer", "首届茶叶论坛", "示例会")],
    ),
    (
        "[Event|示例代表大会]第一次全体会议今天举行。",
        [("superEvent", "示例代表大会第一次全体会议", "示例代表大会")],
    ),
    # an open interval, a duration: no dates of an event
    ("[Time=2012-11-08/..|那次会议以来]，[Event|全国林业大会]胜利召开。", []),
    ("[Event|全国林业大会]举行了[Time=P3D|三天]。", []),
    # the date belongs to something else
    ("[Time=2024|2024年]，为做好[Event|示例运动会]筹备工作，市里召开动员会。", []),
    ("[Time=2024|2024年]产量增长，学习[Event|全国林业大会]精神。", []),
]


@pytest.mark.parametrize("text, expect", CASES, ids=[text for text, _ in CASES])
def test_cases(text: str, expect: list[tuple[str, str, str]]) -> None:
    assert facts(list(events.find(*marked(text)))) == sorted(expect)


def test_a_visit_has_the_place_of_its_wording_and_the_date_before_it() -> None:
    text = "[Time=2024-04-22|2024年4月22日]，[Event|郑某某在示例市考察]。"
    document, mentions = marked(text)
    time, visit = mentions
    start = visit.span.start + 4
    place = Mention(type(visit.span)(start, start + 3), "Place", "示例市", "test")
    visit = Mention(visit.span, "Event", visit.name, "visit")
    found = facts(list(events.find(document, (time, visit, place))))
    assert found == [
        ("heldOn", "郑某某在示例市考察", "2024年4月22日"),
        ("location", "郑某某在示例市考察", "示例市"),
    ]

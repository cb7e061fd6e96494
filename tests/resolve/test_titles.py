"""Short titles: which work they stand for."""

from __future__ import annotations

import pytest
from relate_marks import marked

from kg.model import Extraction
from kg.resolve.titles import corefer

CASES = [
    (
        "[Work|《示例人物论述摘编》]，[Work|《论述摘编》]、[Work|《摘编》]",
        {"论述摘编": 0, "摘编": 0},
    ),
    (
        "[Work|《示例人物关于水利工作论述摘编》]与[Work|《示例人物论述摘编》]",
        {"示例人物论述摘编": 0},
    ),
    ("[Work|《示例建设纲要（2017-2020年）》]；[Work|《示例建设纲要》]", {"示例建设纲要": 0}),
    (
        "[Law|《示例省供水条例》]（以下称[Law|《条例》]）、[Law|《供水条例》]",
        {"条例": 0, "供水条例": 0},
    ),
    # two full titles fit
    ("[Work|《林业纲要》][Work|《渔业纲要》][Work|《纲要》]", {}),
    # a work of its own that happens to end another title
    ("[Work|《论长河》]不是[Work|《长河》]", {}),
    # a law of its own
    ("[Law|《高等示例法》]不是[Law|《示例法》]", {}),
    ("[Work|《纲要》]一书", {}),
]


@pytest.mark.parametrize("text, expect", CASES, ids=[text for text, _ in CASES])
def test_cases(text: str, expect: dict[str, int]) -> None:
    document, mentions = marked(text)
    found = {m.name: full for m, full in corefer(Extraction(document, mentions)).items()}
    assert found == {short: mentions[place].name for short, place in expect.items()}


def test_many_titles_of_one_ending_take_no_time() -> None:
    text = "".join(f"[Work|《第{n}号意见》]" for n in range(3000)) + "[Work|《意见》]"
    document, mentions = marked(text)
    assert corefer(Extraction(document, mentions)) == {}

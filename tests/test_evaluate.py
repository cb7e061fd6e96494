"""Evaluate: figures on a small key whose right answers were counted by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sample_graph import TEXTS, sample, sources

from kg.errors import DataError, UsageError
from kg.evaluate import evaluate
from kg.evaluate_compare import assign, close, folded, same_members
from kg.verify import verify


def at(path: str, words: str, **more: Any) -> dict[str, Any]:
    """A row of a key at the first place of ``words``."""
    start = TEXTS[path].index(words)
    return {"doc": path, "start": start, "end": start + len(words), "text": words, **more}


ENTITIES = [
    {
        "doc": "speech.txt",
        "entities": {
            "Person": [{"name": "周文海", "aliases": []}, {"name": "无此人", "aliases": []}],
            "Organization": [{"name": "市水务局", "aliases": ["临江市水务局"]}],
            "Place": [],
            "Event": [],
        },
        "optional": {"Organization": ["规划科"]},
        "positions": [
            {"person": "周文海", "position": ["局长"], "org": ["市水务局", "临江市人民政府"]},
            {"person": "周文海", "position": ["科长"], "org": None},
            {"person": "周文海", "position": ["主任"], "org": None, "optional": True},
        ],
        "honours": [],
        "letters": [],
    },
    {
        "doc": "letter.txt",
        "entities": {
            "Work": [{"name": "《节约用水条例》", "aliases": []}],
            "Organization": [],
        },
        "optional": {"Work": ["河湖手册"]},
        "positions": [],
        "honours": [{"person": "李小荷", "honour": "治水奖章"}],
        "letters": [
            {"from": "周文海", "to": ["水文班", "水文班组"], "date": ["2021-04", "2021-04-01"]},
            {"from": "李小荷", "to": "水文班组", "date": None},
        ],
    },
    {
        "doc": "plan.txt",
        "entities": {
            "Campaign": [{"name": "“爱河行动”活动", "aliases": []}],
            "Event": [
                {"name": "临江市水利工作会议", "aliases": ["水利大会"]},
                {"name": "水利工作会", "aliases": []},
            ],
        },
        "optional": {},
        "positions": [],
        "honours": [],
        "letters": [],
    },
]
FORMULAS = [
    {"doc": "plan.txt", "formula": "“三个统筹”", "members": ["统筹点线面", "统筹城市农村",
     "统筹建设管护"], "alt_members": []},
    {"doc": "speech.txt", "formula": "三条底线", "members": [], "alt_members": []},
    {"doc": "speech.txt", "formula": "三条底线", "members": ["甲", "乙", "丙"]},
    {"doc": "speech.txt", "formula": "五条红线", "members": ["甲"], "alt_members": []},
    {"doc": "speech.txt", "formula": "六条红线", "members": ["甲"], "optional": True},
    {"doc": "letter.txt", "formula": None, "members": ["公开", "公平", "公正"]},
    {"doc": "letter.txt", "formula": None, "members": ["公开", "公正", "公平"]},
]  # fmt: skip
TIMES = [
    at("plan.txt", "2021年3月5日", edtf="2021-03-05", kind="date"),
    at("speech.txt", "2020年", edtf="2020-01", kind="date", alt=["2020"]),
    at("letter.txt", "3年来", edtf="2018/2021", kind="duration"),
    at("letter.txt", "办事", edtf="1999", kind="era"),
    at("letter.txt", "成效", edtf="1998", kind="date", optional=True),
]
QUANTITIES = [
    at("speech.txt", "8.2万座", value=82000, unit="座"),
    at("speech.txt", "1.4亿人次", value=[150000000, None], unit="人次"),
    at("speech.txt", "规划", value=1, unit="个"),
    at("speech.txt", "长远", value=1, unit="个", optional=True),
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    for name, rows in (("entities", ENTITIES), ("formulas", FORMULAS)):
        (folder / f"{name}.json").write_text(json.dumps(rows), "utf-8")
    for name, rows in (("times", TIMES), ("quantities", QUANTITIES)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, "utf-8")
    return folder


def test_entities(gold: Path) -> None:
    scores: Any = evaluate(sample(), gold).as_data()["entities"]
    found = {kind: (s["tp"], s["fp"], s["fn"]) for kind, s in scores["scores"].items()}
    assert found == {
        "Person": (1, 0, 1),
        "Organization": (1, 1, 0),  # 水文站 of the letter is asked for nowhere
        "Work": (1, 0, 0),
        "Campaign": (1, 0, 0),
        "Event": (2, 1, 0),
        "ALL": (6, 2, 1),
    }
    assert scores["scores"]["ALL"]["precision"] == 0.75
    assert scores["scores"]["ALL"]["recall"] == 0.8571
    assert "missing spe Person 无此人" in scores["differences"]
    assert "extra   let Organization 水文站" in scores["differences"]


def test_positions(gold: Path) -> None:
    scores: Any = evaluate(sample(), gold).as_data()["positions"]["scores"]
    assert {k: scores["positions"][k] for k in ("tp", "fp", "fn")} == {"tp": 1, "fp": 0, "fn": 1}
    assert scores["honours"] == {"required": 1, "right": 1, "recall": 1.0, "others": 0}
    assert scores["letters"] == {"required": 2, "right": 1, "recall": 0.5, "others": 0}


def test_formulas(gold: Path) -> None:
    scores: Any = evaluate(sample(), gold).as_data()["formulas"]
    assert scores["scores"] == {
        "names": 4, "names found": 3, "with members": 3, "right": 1, "wrong": 0,
        "versions in no key": 1, "without members": 1, "invented": 0, "unnamed": 2,
        "unnamed found": 1, "enumerations in the export": 1, "name recall": 0.75,
        "members right": 0.3333, "unnamed recall": 0.5,
    }  # fmt: skip
    assert "name missing: 五条红线" in scores["differences"]


def test_an_invented_list_is_told(tmp_path: Path) -> None:
    rows = [{"doc": "x", "formula": "三个统筹", "members": []},
            {"doc": "x", "formula": "三个统筹", "members": ["甲", "乙", "丙"]}]  # fmt: skip
    (tmp_path / "formulas.json").write_text(json.dumps(rows), "utf-8")
    scores: Any = evaluate(sample(), tmp_path).as_data()["formulas"]
    assert (scores["scores"]["invented"], scores["scores"]["wrong"]) == (1, 1)
    assert any(line.startswith("INVENTED: 三个统筹") for line in scores["differences"])


def test_times(gold: Path) -> None:
    scores: Any = evaluate(sample(), gold).as_data()["times"]["scores"]
    assert scores["all"] == {
        "required": 4, "found": 3, "value right": 2, "spurious": 1, "recall": 0.75, "right": 0.5,
    }  # fmt: skip
    assert scores["without eras"]["required"] == 3


def test_quantities(gold: Path) -> None:
    scores: Any = evaluate(sample(), gold).as_data()["quantities"]["scores"]
    assert scores == {
        "required": 3, "found": 2, "value right": 1, "spurious": 0, "valued wrong": 1,
        "recall": 0.6667, "right": 0.3333,
    }  # fmt: skip


def test_quotes_are_scored_with_sources(gold: Path, tmp_path: Path) -> None:
    report = verify(sample(), sources(tmp_path / "sources"))
    quotes = (report.quotes, [str(fault) for fault in report.faults])
    scores: Any = evaluate(sample(), gold, quotes=quotes).as_data()["quotes"]["scores"]
    assert scores["wrong"] == 0 == scores["without evidence"]
    assert scores["quotes"] > 40 and scores["statements"] > 30


def test_lines_say_it_for_a_person(gold: Path) -> None:
    result = evaluate(sample(), gold)
    lines = list(result.lines())
    assert "== formulas" in lines and "  members right: 0.3333" in lines
    assert any(line.startswith("  ALL: tp 6  fp 2  fn 1") for line in lines)
    assert "    name missing: 五条红线" in lines
    assert not any(line.startswith("    ") for line in result.lines(differences=False))


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("times.jsonl", '{"doc": "a"}\n{', "times.jsonl:2"),
        ("times.jsonl", '{"doc": "a"}\n', "not an answer key for times, an entry has no '"),
        ("entities.json", "[", "not valid JSON"),
        ("entities.json", "[1]", "not an answer key for entities (tests/quality"),
    ],
)
def test_faulty_keys(name: str, text: str, part: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(DataError) as error:
        evaluate(sample(), tmp_path)
    assert part in str(error.value)


def test_no_key(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no answer key"):
        evaluate(sample(), tmp_path)


@pytest.mark.parametrize(
    ("found", "wanted", "same"),
    [
        (["统筹上游"], ["“统筹上游”"], True),
        (["统筹上游下游，造福群众"], ["统筹上游下游"], True),
        (["上游下游"], ["统筹上游下游"], True),
        (["统筹"], ["统筹上游下游"], False),
        (["统筹上游", "下游"], ["统筹上游"], False),
        (["下游", "上游"], ["上游", "下游"], False),
        ([""], ["上游"], False),
        (["上" * 100], ["上" * 20], False),
    ],
)
def test_members_may_be_cut(found: list[str], wanted: list[str], same: bool) -> None:
    assert same_members(found, wanted) is same


def test_small_rules() -> None:
    assert folded(" 《Ａ·Ｂ》，") == "AB"
    assert assign([[0], [0, 1], [1, 2]]) == {0: 0, 1: 1, 2: 2}
    assert close(None, float("inf")) and not close(None, 1) and close(1e12, 1e12 + 1e-3)

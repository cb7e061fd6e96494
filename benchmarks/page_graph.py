"""A graph of any size whose kinds, lists, texts and communities are like those of real documents.

Names are counted, not drawn by lot: the same size gives the same graph.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import networkx as nx

from kg.graph import assemble
from kg.model import Entity, Evidence, Relation, document_id, entity_id

# Share of each kind in a hundred nodes, as in a corpus of reports and charters.
KINDS = {
    "Formula": 3, "Principle": 7, "Concept": 46, "Organization": 8, "Person": 6, "Event": 5,
    "Policy": 4, "Campaign": 3, "Spirit": 1, "Place": 3, "Indicator": 6, "Time": 8,
}  # fmt: skip
SLUGS = {"Principle": "principle", "Formula": "formula"}
SYLLABLES = "".join(
    dict.fromkeys(
        "江河湖海山川田林城乡村镇工农商学兵文教卫体科技创新绿色发展安全民生法治改革开放协调共享基层组织人才产业"
        "数字生态能源交通水利金融市场质量标准服务保障监督管理规划建设"
    )
)
CROWD = 60  # nodes of one community; each has a document of its own
FAR = 7  # every so many relations one leads to another community


def graph(size: int) -> nx.MultiDiGraph:
    """A graph of about ``size`` nodes and three times as many relations."""
    entities: list[Entity] = []
    relations: list[Relation] = []
    for crowd in range(max(1, size // (CROWD + 1))):
        made, said = _crowd(crowd, max(1, size // (CROWD + 1)))
        entities.extend(made)
        relations.extend(said)
    return assemble(entities, relations)


def _crowd(number: int, count: int) -> tuple[list[Entity], list[Relation]]:
    """One document with the things it names and what it says of them."""
    path = f"{number:04}.txt"
    document = document_id(path)
    kinds = [kind for kind, share in KINDS.items() for _ in range(share * CROWD // 100 or 1)]
    things = [_name(number * CROWD + at, kind) for at, kind in enumerate(kinds[:CROWD])]
    things += [_name(number * CROWD + at, "Concept") for at in range(len(things), CROWD)]
    text, rows, quotes, relations = "", [], {thing: [] for thing in things}, []  # type: ignore[var-annotated]
    for at, (subject, predicate, target, position) in enumerate(_statements(things, number, count)):
        sentence = f"{subject[1]}会同{target[1]}，抓好第{at + 1}项工作，做到责任明确、措施到位。"
        begin = len(text)
        rows.append(["paragraph", [begin, begin + len(sentence)], -1, "zh"])
        places = [sentence.index(thing[1]) + begin for thing in (subject, target)]
        for thing, place in zip((subject, target), places, strict=True):
            if thing in quotes:
                evidence = Evidence(document, place, place + len(thing[1]), thing[1])
                quotes[thing].append(evidence)
        whole = Evidence(document, begin, begin + len(sentence), sentence)
        extra = {"position": position} if position else {}
        ends = _id(subject), predicate, _id(target)
        relations.append(Relation(*ends, (whole,), "parallel-run", extra, at % 9 == 0))
        text += sentence + "\n"
    for thing in things:
        named = (quotes[thing] or [Evidence(document, 0, 1, text[:1])])[0]
        relations.append(Relation(document, "mentions", _id(thing), (named,), "mention"))
    entities = [
        Entity(
            document, "Document", f"第{number + 1}号工作报告",
            attributes={"path": path, "issued": f"{2000 + number % 25}-{number % 12 + 1:02}",
                        "text": text, "passages": json.dumps(rows)},
        )
    ]  # fmt: skip
    for thing in things:
        kind, name = thing
        extra = {"number": 4, "status": "complete"} if kind == "Formula" else {}
        if kind in ("Time", "Event"):
            extra = {"edtf": str(1990 + len(name) + number % 30)}
        entities.append(
            Entity(_id(thing), kind, name, attributes=extra, mentions=tuple(quotes[thing]))
        )
    return entities, relations


def _statements(
    things: list[tuple[str, str]], number: int, count: int
) -> Iterator[tuple[tuple[str, str], str, tuple[str, str], int]]:
    """Two statements a thing: lists of four members, chords of a ring, some far away."""
    members = [thing for thing in things if thing[0] == "Principle"]
    formulas = [thing for thing in things if thing[0] == "Formula"]
    for at, formula in enumerate(formulas):
        for place in range(4):
            yield formula, "hasMember", members[(at * 3 + place) % len(members)], place + 1
    for at, thing in enumerate(things):
        for step in (1, 5 + at % 11):
            other = things[(at + step) % len(things)]
            if (at + step) % FAR == 0 and count > 1:
                far = (number + 1 + at % min(9, count - 1)) % count
                other = _name(far * CROWD + CROWD - 1, "Concept")
            if other != thing:
                yield thing, "related", other, 0


def _name(number: int, kind: str) -> tuple[str, str]:
    """Kind and name of the thing of a number: four to six characters, each name once."""
    base = len(SYLLABLES)
    digits, rest = [], number * 7919 + 13
    while rest or len(digits) < 3:
        digits.append(SYLLABLES[rest % base])
        rest //= base
    ends = {
        "Organization": "局",
        "Event": "会议",
        "Policy": "战略",
        "Spirit": "精神",
        "Place": "县",
    }
    name = "".join(digits) + ends.get(kind, "")
    return kind, f"四个{name}" if kind == "Formula" else name


def _id(thing: tuple[str, str]) -> str:
    return entity_id(SLUGS.get(thing[0], thing[0].lower()), thing[1])

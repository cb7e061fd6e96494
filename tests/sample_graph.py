"""A graph made by hand that has every kind of node and every predicate, over invented texts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import networkx as nx

from kg.graph import assemble
from kg.model import (
    Alias,
    Entity,
    Evidence,
    Relation,
    Scalar,
    document_id,
    entity_id,
    fingerprint,
)

TEXTS = {
    "plan.txt": (
        "临江市水利工作会议于2021年3月5日在望山县召开。会议强调，要坚持“三个统筹”：统筹上游下游、"
        "统筹城市农村、统筹建设管护。\r\n弘扬求实、担当的治水精神，实施清流战略，开展“爱河行动”。"
    ),
    "speech.txt": (
        "临江市水务局（以下简称市水务局）局长周文海\n指出：“节水是\n长远之计。”落实三个统筹，"
        "守住“三条底线”，特别是安全。市水务局下设规划科。2020年，新建水库8.2万座，受益群众超过"
        "1.4亿人次。"
    ),
    "letter.txt": (
        "2021年4月，周文海给水文班组回信。依照《节约用水条例》和《河湖手册》办事。李小荷获治水奖章，"
        "在水文站工作。“三个统筹”即统筹点线面、统筹城市农村、统筹建设管护。公开、公平、公正。"
        "统筹城市农村、统筹建设管护，3年来成效明显。"
    ),
}
DATES = {"plan.txt": "2021-03-06", "speech.txt": "2021-03", "letter.txt": "2021-05-02"}


class Sample:
    """Collects the entities and relations of the sample; evidence is found by its words."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.relations: list[Relation] = []

    def quote(self, path: str, words: str, nth: int = 0) -> Evidence:
        """The ``nth`` place of ``words`` in a text; a line end in the text is left out."""
        raw, start = TEXTS[path], -1
        for _ in range(nth + 1):
            start = raw.index(words, start + 1)
        clean = words.replace("\n", "")
        text = "" if clean == words else clean
        return Evidence(document_id(path), start, start + len(words), words, text)

    def add(
        self,
        slug: str,
        kind: str,
        name: str,
        *mentions: Evidence,
        apart: str = "",
        aliases: Iterable[Alias] = (),
        naming: Alias | None = None,
        **attributes: Scalar,
    ) -> str:
        """An entity; returns its id."""
        ident = entity_id(slug, name, *([apart] if apart else ()))
        self.entities.append(
            Entity(ident, kind, name, tuple(aliases), attributes, tuple(mentions), naming)
        )
        return ident

    def state(self, kind: str, name: str, *mentions: Evidence, **attributes: Scalar) -> str:
        """A node of the statement layer; returns its id."""
        ident = "s/" + fingerprint(kind, name)
        attributes.setdefault("rule", kind.lower())
        self.entities.append(
            Entity(ident, kind, name, attributes=attributes, mentions=tuple(mentions))
        )
        return ident

    def relate(
        self,
        subject: str,
        predicate: str,
        target: str,
        *evidence: Evidence,
        rule: str = "rule",
        inferred: bool = False,
        **qualifiers: Scalar,
    ) -> None:
        """A relation."""
        self.relations.append(
            Relation(subject, predicate, target, evidence, rule, qualifiers, inferred)
        )


def sample() -> nx.MultiDiGraph:
    """The graph."""
    made = Sample()
    documents = {path: _document(made, path) for path in TEXTS}
    lists = _lists(made)
    bodies = _bodies(made, documents)
    _events(made, bodies)
    _statements(made, documents, bodies)
    made.relate(
        documents["plan.txt"], "mentions", lists, made.quote("plan.txt", "三个统筹"),
        rule="mention", weight=1,
    )  # fmt: skip
    made.relate(
        documents["plan.txt"], "introduces", lists, made.quote("plan.txt", "三个统筹"),
        rule="first-mention",
    )  # fmt: skip
    return assemble(made.entities, made.relations)


def sources(folder: Path) -> Path:
    """The texts as files of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in TEXTS.items():
        (folder / path).write_bytes(text.encode())
    return folder


def _document(made: Sample, path: str) -> str:
    ident = document_id(path)
    title = {"plan.txt": "临江市水利工作会议通稿"}.get(path)
    attributes: dict[str, Scalar] = {
        "path": path,
        "encoding": "utf-8",
        "issued": DATES[path],
        "creator": "周文海；李小荷",
        "publisher": "临江日报",
        "text": TEXTS[path],
    }
    if title:
        attributes["title"] = title
    name = title or path.removesuffix(".txt")
    made.entities.append(Entity(ident, "Document", name, attributes=attributes))
    return ident


def _lists(made: Sample) -> str:
    """Formulas of each status, an unnamed list, a spirit with its content."""
    quote = made.quote
    formula = made.add(
        "formula", "Formula", "三个统筹", quote("plan.txt", "三个统筹"),
        quote("speech.txt", "三个统筹"), quote("letter.txt", "三个统筹"),
        number=3, status="conflicting",
    )  # fmt: skip
    words = ("统筹上游下游", "统筹城市农村", "统筹建设管护", "统筹点线面")
    members = {}
    for word in words:
        places = [quote(p, word) for p in TEXTS if word in TEXTS[p]]
        members[word] = made.add("principle", "Principle", word, *places)
    for at, word in enumerate(words[:3], 1):
        made.relate(
            formula, "hasMember", members[word], quote("plan.txt", word),
            *([quote("letter.txt", word)] if at > 1 else []), rule="list-after-name", position=at,
        )  # fmt: skip
    version = made.add(
        "list", "ListVersion", "三个统筹", quote("letter.txt", "三个统筹"),
        apart="letter", number=3, issued="2021-05-02",
    )  # fmt: skip
    made.relate(version, "variantOf", formula, quote("letter.txt", "“三个统筹”"), rule="versions")
    for at, word in enumerate((words[3], words[1], words[2]), 1):
        made.relate(
            version, "hasMember", members[word], quote("letter.txt", word),
            rule="definition", position=at,
        )  # fmt: skip
    partial = made.add(
        "formula", "Formula", "三条底线", quote("speech.txt", "三条底线"),
        number=3, status="partial",
    )  # fmt: skip
    safe = made.add("principle", "Principle", "安全", quote("speech.txt", "安全"))
    made.relate(
        partial, "hasPart", safe, quote("speech.txt", "“三条底线”，特别是安全"),
        rule="partial-list",
    )  # fmt: skip
    _unnamed(made)
    return formula


def _unnamed(made: Sample) -> None:
    quote = made.quote
    items = ("公开", "公平", "公正")
    unnamed = made.add("list", "Enumeration", "、".join(items), number=3)
    for at, word in enumerate(items, 1):
        concept = made.add("concept", "Concept", word, quote("letter.txt", word))
        made.relate(
            unnamed, "hasMember", concept, quote("letter.txt", word),
            rule="parallel-run", position=at,
        )  # fmt: skip
    spirit = made.add("spirit", "Spirit", "治水精神", quote("plan.txt", "治水精神"))
    for at, word in enumerate(("求实", "担当"), 1):
        concept = made.add("concept", "Concept", word, quote("plan.txt", word))
        made.relate(
            spirit, "hasContent", concept, quote("plan.txt", word),
            rule="spirit-content", inferred=at == 2, position=at,
        )  # fmt: skip
    policy = made.add("policy", "Policy", "清流战略", quote("plan.txt", "清流战略"))
    campaign = made.add("campaign", "Campaign", "爱河行动", quote("plan.txt", "爱河行动"))
    sentence = quote("plan.txt", "实施清流战略，开展“爱河行动”")
    made.relate(policy, "related", campaign, sentence, rule="co-occurrence", weight=2)
    made.relate(campaign, "broader", policy, sentence, rule="broader")


def _bodies(made: Sample, documents: dict[str, str]) -> dict[str, str]:
    """Bodies, persons, posts, honours, works and places."""
    quote = made.quote
    abbreviation = Alias(
        "市水务局", (quote("speech.txt", "临江市水务局（以下简称市水务局）"),), "abbreviation"
    )
    bureau = made.add(
        "organization", "Organization", "临江市水务局", quote("speech.txt", "临江市水务局"),
        aliases=[abbreviation, Alias("临江水务", (), "lexicons/organizations", inferred=True)],
    )  # fmt: skip
    section = made.add("organization", "Organization", "规划科", quote("speech.txt", "规划科"))
    made.relate(section, "unitOf", bureau, quote("speech.txt", "市水务局下设规划科"))
    city = made.add(
        "organization", "Organization", "临江市人民政府", naming=Alias(
            "临江市人民政府", (quote("speech.txt", "临江市"),), "lexicons/bodies", inferred=True
        ),
    )  # fmt: skip
    made.relate(
        bureau, "subOrganizationOf", city, quote("speech.txt", "临江市水务局"),
        rule="lexicons/organizations", inferred=True,
    )  # fmt: skip
    zhou = made.add("person", "Person", "周文海", quote("speech.txt", "周文海"))
    li = made.add("person", "Person", "李小荷", quote("letter.txt", "李小荷"))
    head = made.add("role", "Role", "局长", quote("speech.txt", "局长"))
    post = quote("speech.txt", "临江市水务局（以下简称市水务局）局长周文海")
    made.relate(zhou, "holdsPost", head, post, rule="post", organization=bureau, asOf="2021-03")
    made.relate(
        zhou, "holdsPost", head, post, rule="post", organization=city, asOf="2021-03-06",
        inferred=True,
    )  # fmt: skip
    station = made.add("organization", "Organization", "水文站", quote("letter.txt", "水文站"))
    made.relate(li, "memberOf", station, quote("letter.txt", "李小荷获治水奖章，在水文站工作"))
    medal = made.add("honour", "Honour", "治水奖章", quote("letter.txt", "治水奖章"))
    made.relate(li, "honour", medal, quote("letter.txt", "李小荷获治水奖章"), rule="honour")
    law = made.add("work", "Law", "节约用水条例", quote("letter.txt", "《节约用水条例》"))
    work = made.add("work", "Work", "河湖手册", quote("letter.txt", "《河湖手册》"))
    for cited in (law, work):
        made.relate(
            documents["letter.txt"], "cites", cited,
            quote("letter.txt", "依照《节约用水条例》和《河湖手册》"), rule="citation",
        )  # fmt: skip
    return {"bureau": bureau, "zhou": zhou, "li": li}


def _events(made: Sample, bodies: dict[str, str]) -> None:
    """A meeting with a stated day, and one whose date a table knows."""
    quote = made.quote
    meeting = made.add(
        "event", "Event", "临江市水利工作会议", quote("plan.txt", "临江市水利工作会议"),
        **{"edtf": "2021-03-05", "from": "2021-03-05", "until": "2021-03-05"},
    )  # fmt: skip
    sentence = quote("plan.txt", "临江市水利工作会议于2021年3月5日在望山县召开")
    day = made.add(
        "time", "Time", "2021年3月5日", quote("plan.txt", "2021年3月5日"),
        **{"edtf": "2021-03-05", "from": "2021-03-05", "until": "2021-03-05"},
    )  # fmt: skip
    county = made.add("place", "Place", "望山县", quote("plan.txt", "望山县"))
    province = made.add("place", "Place", "临江", quote("plan.txt", "临江"))
    made.relate(county, "containedInPlace", province, sentence, rule="lexicons/places",
                inferred=True)  # fmt: skip
    made.relate(meeting, "heldOn", day, sentence, rule="meeting")
    made.relate(meeting, "location", county, sentence, rule="meeting")
    made.relate(meeting, "organizer", bodies["bureau"], sentence, rule="meeting")
    congress = made.add(
        "event", "Event", "水利大会", quote("plan.txt", "会议", 1), quote("letter.txt", "手册"),
        **{"edtf": "2020-01-07/2020-01-09", "from": "2020-01-07", "until": "2020-01-09"},
    )  # fmt: skip
    week = made.add(
        "time", "Time", "2020-01-07/2020-01-09",
        **{"edtf": "2020-01-07/2020-01-09", "from": "2020-01-07", "until": "2020-01-09"},
    )  # fmt: skip
    made.relate(congress, "heldOn", week, quote("plan.txt", "会议", 1), rule="calendar:events",
                inferred=True)  # fmt: skip
    made.relate(meeting, "superEvent", congress, sentence, rule="meeting")
    made.add("event", "Event", "无日期座谈会", quote("plan.txt", "会议"))
    made.add("time", "Time", "3年", quote("letter.txt", "3年"), isoDuration="P3Y")


def _statements(made: Sample, documents: dict[str, str], bodies: dict[str, str]) -> None:
    """Figures, a quotation, a letter, text reuse."""
    quote = made.quote
    year = made.add(
        "time", "Time", "2020年", quote("speech.txt", "2020年"),
        **{"edtf": "2020", "from": "2020-01-01", "until": "2020-12-31"},
    )  # fmt: skip
    dams = made.add("indicator", "Indicator", "新建水库", quote("speech.txt", "新建水库"))
    figure = made.state(
        "Statistic", "新建水库8.2万座", quote("speech.txt", "新建水库8.2万座"),
        **{"value": 8.2, "valueText": "8.2", "unitText": "万座", "baseValue": 82000.0,
           "edtf": "2020", "from": "2020-01-01", "until": "2020-12-31", "rule": "quantity"},
    )  # fmt: skip
    made.relate(figure, "measuredProperty", dams, quote("speech.txt", "新建水库8.2万座"))
    made.relate(figure, "observationAbout", bodies["bureau"],
                quote("speech.txt", "市水务局下设规划科。2020年，新建水库8.2万座"))  # fmt: skip
    made.relate(figure, "observedOn", year, quote("speech.txt", "2020年"), inferred=True)
    made.state(
        "Statistic", "受益群众超过1.4亿人次", quote("speech.txt", "受益群众超过1.4亿人次"),
        value=1.4, valueText="超过1.4", unitText="亿人次", minValue=140000000, approximate=True,
    )  # fmt: skip
    saying = made.state(
        "Quotation", "节水是长远之计", quote("speech.txt", "节水是\n长远之计"),
        text="节水是长远之计", verb="指出",
    )  # fmt: skip
    group = made.add("group", "Group", "水文班组", quote("letter.txt", "水文班组"))
    april = made.add(
        "time", "Time", "2021年4月", quote("letter.txt", "2021年4月"),
        **{"edtf": "2021-04", "from": "2021-04-01", "until": "2021-04-30"},
    )  # fmt: skip
    said = quote("speech.txt", "周文海\n指出：“节水是\n长远之计。”")
    made.relate(saying, "spokenBy", bodies["zhou"], said, rule="attribution")
    made.relate(saying, "about", dams, said, rule="attribution")
    made.relate(saying, "saidOn", april, said, rule="attribution", inferred=True)
    letter = made.state(
        "Message", "周文海给水文班组回信", quote("letter.txt", "周文海给水文班组回信"),
        edtf="2021-04", rule="letter",
    )  # fmt: skip
    sent = quote("letter.txt", "2021年4月，周文海给水文班组回信")
    made.relate(letter, "sender", bodies["zhou"], sent, rule="letter")
    made.relate(letter, "recipient", group, sent, rule="letter")
    made.relate(letter, "sentOn", april, sent, rule="letter")
    first = quote("plan.txt", "统筹城市农村、统筹建设管护")
    second = quote("letter.txt", "统筹城市农村、统筹建设管护", 1)
    reuse = made.state("Reuse", "统筹城市农村…", first, second, score=1.0, rule="shared-passage")
    made.relate(reuse, "earlier", documents["plan.txt"], first, rule="shared-passage")
    made.relate(reuse, "later", documents["letter.txt"], second, rule="shared-passage")

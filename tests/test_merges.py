"""Steering: a build proposes, a person decides in kg.merges.tsv, the next build obeys."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

import kg
from kg import export, graph
from kg.decisions import COLUMNS
from kg.errors import DataError
from kg.model import Entity

# Two documents about one body under two names, and about two persons of one name.
TEXTS = {
    "a.txt": (
        "云岭海川集团有限公司2021年3月5日在望海县成立。云岭海川集团有限公司董事长林知远出席。"
        "碧水行动方案印发，开展“碧水同行”活动。要做到三个守住：守住河湖、守住湿地、守住岸线。"
    ),
    "b.txt": (
        "云岭海川集团2022年建成泵站5座。望海县财政局局长林知远说，守好“碧水同行”工程。"
        "坚持“三守”原则。望海的群众很高兴。"
    ),
}
HEAD = "\t".join(COLUMNS[:5])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    for name, text in TEXTS.items():
        (source / name).write_text(text, "utf-8")
    return source


def decide(folder: Path, *rows: str) -> None:
    (folder / "kg.merges.tsv").write_text("\n".join((HEAD, *rows)) + "\n", "utf-8")


def row(verb: str, kind: str, keep: str, merge: str) -> str:
    return "\t".join((verb, kind, keep, merge, ""))


def built(folder: Path) -> nx.MultiDiGraph:
    return kg.build(folder).networkx


def nodes(found: nx.MultiDiGraph, kind: str) -> dict[str, Entity]:
    return {entity.name: entity for entity in graph.entities(found, kind)}


def table(found: nx.MultiDiGraph) -> list[list[str]]:
    text = export.FILES["merges.tsv"](found, kg.Settings())
    assert isinstance(text, str)
    return [line.split("\t") for line in text.splitlines()[1:]]


LONG, SHORT = "云岭海川集团有限公司", "云岭海川集团"


def test_round_trip(folder: Path, tmp_path: Path) -> None:
    first = kg.build(folder)
    first.write(tmp_path / "out")
    lines = (tmp_path / "out" / "merges.tsv").read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if f"{LONG}\t{SHORT}" in line)
    assert lines[at].startswith("?\tOrganization\t")
    assert "a.txt:" in lines[at] and "b.txt:" in lines[at]
    before = nodes(first.networkx, "Organization")
    lines[at] = "merge" + lines[at][1:]
    (folder / "kg.merges.tsv").write_text("\r\n".join(lines), "utf-8-sig")
    second = kg.build(folder)
    body = nodes(second.networkx, "Organization")[LONG]
    assert SHORT not in nodes(second.networkx, "Organization")
    places = {(e.document_id, e.begin) for name in (LONG, SHORT) for e in before[name].mentions}
    assert {(e.document_id, e.begin) for e in body.mentions} == places
    alias = next(a for a in body.aliases if a.name == SHORT)
    assert alias.rule == "merge by kg.merges.tsv" and alias.inferred and alias.evidence
    assert kg.build(folder).networkx.nodes == second.networkx.nodes
    # What was decided stands in the next table, which decides the same again.
    second.write(tmp_path / "out")
    copied = (tmp_path / "out" / "merges.tsv").read_text("utf-8")
    assert copied.splitlines()[1].startswith(f"merge\tOrganization\t{LONG}\t{SHORT}\t")
    (folder / "kg.merges.tsv").write_text(copied, "utf-8")
    third = kg.build(folder)
    third.write(tmp_path / "third")
    assert (tmp_path / "third" / "merges.tsv").read_text("utf-8") == copied
    assert (tmp_path / "third" / "graph.nt").read_bytes() == (
        tmp_path / "out" / "graph.nt"
    ).read_bytes()


def test_an_unedited_copy_changes_nothing(folder: Path, tmp_path: Path) -> None:
    kg.build(folder).write(tmp_path / "one")
    (folder / "kg.merges.tsv").write_bytes((tmp_path / "one" / "merges.tsv").read_bytes())
    kg.build(folder).write(tmp_path / "two")
    for name in ("graph.nt", "merges.tsv", "summary.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_relations_go_along(folder: Path) -> None:
    decide(folder, row("merge", "Organization", LONG, SHORT))
    found = built(folder)
    body = nodes(found, "Organization")[LONG]
    subjects = {r.evidence[0].document_id for r in graph.incoming(found, body.id)}
    assert len(subjects) == 2
    assert all(r.subject != r.object for r in graph.relations(found))


def test_kept_apart(folder: Path) -> None:
    decide(folder, row("apart", "Organization", LONG, SHORT))
    found = built(folder)
    bodies = nodes(found, "Organization")
    assert {LONG, SHORT} <= set(bodies)
    (relation,) = [r for r in graph.relations(found, "differentFrom") if r.rule != "namesake"]
    assert {relation.subject, relation.object} == {bodies[LONG].id, bodies[SHORT].id}
    assert relation.rule == "apart by kg.merges.tsv" and len(relation.evidence) == 2
    rows = table(found)
    assert ["apart", "Organization", LONG, SHORT] in [r[:4] for r in rows]
    assert not [r for r in rows if r[0] == "?" and {LONG, SHORT} == set(r[2:4])]


def test_a_name_that_the_build_merged_is_parted(folder: Path) -> None:
    (folder / "c.txt").write_text("水利部印发通知。中华人民共和国水利部部长出席。", "utf-8")
    whole = "中华人民共和国水利部"
    body = next(e for e in nodes(built(folder), "Organization").values() if "水利部" in e.name)
    name = next(iter({whole, "水利部"} - {body.name}))
    assert name in [alias.name for alias in body.aliases]
    decide(folder, row("apart", "Organization", body.name, name))
    bodies = nodes(built(folder), "Organization")
    assert {whole, "水利部"} <= set(bodies) and not bodies[body.name].aliases


def test_namesakes(folder: Path) -> None:
    persons = list(graph.entities(built(folder), "Person"))
    assert len(persons) == 2  # their bodies tell them apart
    (folder / "b.txt").write_text("林知远说，守好“碧水同行”工程。", "utf-8")
    assert len(list(graph.entities(built(folder), "Person"))) == 1
    decide(folder, row("apart", "Person", "林知远", "林知远 @ b.txt"))
    found = built(folder)
    persons = list(graph.entities(found, "Person"))
    assert [p.name for p in persons] == ["林知远", "林知远"]
    assert len({e.document_id for p in persons for e in p.mentions}) == 2
    held = [len(graph.outgoing(found, person.id, "holdsPost")) for person in persons]
    assert sorted(held) == [0, 1]
    assert ["apart", "Person", "林知远", "林知远 @ b.txt"] in [r[:4] for r in table(found)]
    assert not [r for r in table(found) if r[0] == "?" and r[1] == "Person"]


def post(folder: Path, name: str, text: str, date: str = "") -> None:
    (folder / name).write_text(text, "utf-8")
    if date:
        with (folder / "manifest.toml").open("a", encoding="utf-8") as manifest:
            manifest.write(f'[[document]]\npath = "{name}"\nissued = "{date}"\n')


@pytest.mark.parametrize(
    ("second", "date", "persons", "why"),
    [
        ("青川大学校长顾怀舟", "2020-06-01", 2, "strange bodies at one time"),
        ("青川大学校长顾怀舟", "", 2, "the time of one is not known"),
        ("青川大学校长顾怀舟", "2023-06-01", 1, "the post may have changed hands"),
        ("望海县教育局局长顾怀舟", "2020-06-01", 1, "bodies of one place"),
        ("国务院副秘书长顾怀舟", "2020-06-01", 1, "a national body"),
        ("市委书记顾怀舟", "2020-06-01", 1, "it is not said of which city"),
        ("顾怀舟", "2020-06-01", 1, "no body is given"),
    ],
)
def test_bodies_and_times_tell_namesakes_apart(
    second: str, date: str, persons: int, why: str, tmp_path: Path
) -> None:
    post(tmp_path, "1.txt", "望海县财政局局长顾怀舟出席。顾怀舟说，要节约用水。", "2020-03-05")
    post(tmp_path, "2.txt", f"{second}出席会议。", date)
    found = built(tmp_path)
    assert len(list(graph.entities(found, "Person"))) == persons, why
    rules = [r.rule for r in graph.relations(found, "differentFrom")]
    assert rules == ["namesake"] * (persons - 1)
    if persons == 2:
        made = [r[:4] for r in table(found) if r[4] == "namesake"]
        assert made == [["made", "Person", "顾怀舟", "顾怀舟 @ 2.txt"]]
        decide(tmp_path, row("merge", "Person", "顾怀舟", "顾怀舟 @ 2.txt"))
        assert len(list(graph.entities(built(tmp_path), "Person"))) == 1


def test_renamed(folder: Path) -> None:
    decide(folder, row("rename", "Place", "临江省望海县", "望海县"))
    found = built(folder)
    place = nodes(found, "Place")["临江省望海县"]
    assert place.naming is not None and place.naming.inferred
    assert place.naming.rule == "rename by kg.merges.tsv"
    assert ("望海县", "rename by kg.merges.tsv") in [(a.name, a.rule) for a in place.aliases]
    assert ["rename", "Place", "临江省望海县", "望海县"] in [r[:4] for r in table(found)]


def test_a_chain_ends_in_one_node(folder: Path) -> None:
    (folder / "c.txt").write_text("云岭海川集团股份有限公司2023年改制。", "utf-8")
    third = "云岭海川集团股份有限公司"
    decide(
        folder,
        row("merge", "Organization", third, LONG),
        row("accept", "Organization", LONG, SHORT),
        row("rename", "Organization", "海川", third),
    )
    bodies = nodes(built(folder), "Organization")
    assert not {LONG, SHORT, third} & set(bodies)
    assert {a.name for a in bodies["海川"].aliases} == {LONG, SHORT, third}


def test_formulas_are_renamed_with_their_lists(folder: Path) -> None:
    decide(folder, row("rename", "Formula", "三个守护", "三个守住"))
    found = built(folder)
    formula = nodes(found, "Formula")["三个守护"]
    members = [
        found.nodes[r.object]["name"] for r in graph.outgoing(found, formula.id, "hasMember")
    ]
    assert members == ["守住河湖", "守住湿地", "守住岸线"]
    assert [(a.name, a.rule) for a in formula.aliases] == [("三个守住", "rename by kg.merges.tsv")]
    assert formula.naming is not None


def test_kinds_meet_only_when_they_are_named(folder: Path) -> None:
    (folder / "c.txt").write_text("实施碧水同行战略，落实碧水同行战略。", "utf-8")
    kinds = {e.kind for e in graph.entities(built(folder)) if "碧水同行" in e.name}
    assert {"Campaign", "Policy"} <= kinds
    policy = next(n for n in nodes(built(folder), "Policy") if "碧水同行" in n)
    campaign = next(n for n in nodes(built(folder), "Campaign") if "碧水同行" in n)
    decide(folder, row("merge", "Campaign", campaign, policy + "x"))
    with pytest.raises(DataError, match="line 2: no Campaign is called"):
        built(folder)
    decide(folder, row("merge", "Campaign", campaign, f"Policy:{policy}"))
    found = built(folder)
    assert not [n for n in nodes(found, "Policy") if "碧水同行" in n]
    assert len({e.document_id for e in nodes(found, "Campaign")[campaign].mentions}) >= 2
    again = ["merge", "Campaign", campaign, f"Policy:{policy}"]
    assert again in [r[:4] for r in table(found)]


FAULTS = [
    (["merge\tOrganization\t云岭海川集团\t海川港"], "line 2: no Organization is called '海川港'"),
    (["merge\tOrganization\t林知远\t云岭海川集团"], "line 2: '林知远' is a Person"),
    (["maybe\tOrganization\ta\tb"], "line 2: unknown decision 'maybe'"),
    (["merge\tBody\ta\tb"], "line 2: unknown kind 'Body'"),
    (["merge\tTime\t2021\t2022"], "cannot be steered"),
    (["merge\tOrganization\t云岭海川集团\t"], "must each hold a name"),
    (["merge\tOrganization\t云岭海川集团\t云岭海川集团"], "are the same"),
    (["apart\tPerson\t林知远\t林知远"], "say which documents"),
    (["apart\tPerson\t林知远\t林知远 @ x.txt"], "does not stand in x.txt"),
    (["apart\tPerson\t林知远\t林知远 @ a.txt; b.txt"], "all the documents"),
    (["rename\tPerson\t林知远\t林知远 @ b.txt"], "go with merge and apart only"),
    (["apart\tPerson\t林知远\t林某 @ b.txt"], "before @ stands the name of the node itself"),
    (
        ["apart\tPerson\t林知远\t林知远 @ b.txt", "merge\tPerson\t林知远\t林知远 @ b.txt"],
        "line 3: one of these documents stands in another row",
    ),
    (["rename\tOrganization\t云岭海川集团\t云岭海川集团有限公司"], "merge them instead"),
    (
        [
            "merge\tOrganization\t云岭海川集团\t云岭海川集团有限公司",
            "merge\tOrganization\t云岭海川集团有限公司\t云岭海川集团",
        ],
        "line 3: a circle",
    ),
    (
        [
            "merge\tOrganization\t云岭海川集团\t云岭海川集团有限公司",
            "reject\tOrganization\t云岭海川集团有限公司\t云岭海川集团",
        ],
        "line 3: '云岭海川集团有限公司' and '云岭海川集团' are merged as well",
    ),
    (
        [
            "merge\tOrganization\t云岭海川集团\t云岭海川集团有限公司",
            "merge\tOrganization\t望海县财政局\t云岭海川集团有限公司",
        ],
        "line 3: '云岭海川集团有限公司' goes into '云岭海川集团' by line 2 already",
    ),
    (
        [
            "rename\tOrganization\t海川一\t云岭海川集团",
            "rename\tOrganization\t海川二\t云岭海川集团",
        ],
        "line 3: '云岭海川集团' is renamed '海川一' by line 2 already",
    ),
    (["merge\tOrganization\ta\tb\tc\td\te\tf"], "8 cells, not 5"),
]


@pytest.mark.parametrize(("rows", "said"), FAULTS, ids=lambda value: str(value)[:40])
def test_faults(rows: list[str], said: str, folder: Path) -> None:
    decide(folder, *rows)
    with pytest.raises(DataError) as caught:
        built(folder)
    assert said in str(caught.value) and "kg.merges.tsv" in str(caught.value)


def test_all_faults_at_once(folder: Path) -> None:
    decide(folder, *(row("merge", "Person", "林知远", f"某甲{n}") for n in range(3)))
    with pytest.raises(DataError, match=r"line 2: .*line 3: .*line 4: "):
        built(folder)
    (folder / "kg.merges.tsv").write_text("decision\tkind\tkeep\tcolour\n", "utf-8")
    with pytest.raises(DataError, match=r"unknown column 'colour', no column 'merge'"):
        built(folder)


def test_one_document_of_the_folder_alone(folder: Path) -> None:
    decide(folder, row("merge", "Organization", LONG, SHORT))
    found = kg.build(folder / "a.txt").networkx
    assert LONG in nodes(found, "Organization")


def test_widths_are_one_writing(folder: Path) -> None:
    (folder / "c.txt").write_text(
        "推进“互联网+”行动。推进“互联网＋”行动，推进“互联网+”行动。", "utf-8"
    )
    names = [e.name for e in graph.entities(built(folder)) if "互联网" in e.name]
    assert all("＋" not in name for name in names) and names

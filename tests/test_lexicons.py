"""Lexicons of one's own: the tables, their faults, and what a build makes of them."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from samples import ROOT

import kg
from kg import graph, lexicons
from kg.errors import DataError
from kg.model import Entity

EXAMPLE = ROOT / "docs" / "lexicon-example"
TEXT = (
    "近日，澄水集团在百里画廊举行江坛。流域院院长司徒清如和清源班出席。澄江大学的书车来了。"
    "落实断面管家制，推进流域共治，启动清波计划。一江清水协会会同澄江水务集团参加。"
    "这一江水澄水清，澄水副总经理发言。"
)
HEAD = "name\tkind\taliases\tparent\tnote\n"


def built(folder: Path, text: str = TEXT, **settings: object) -> nx.MultiDiGraph:
    source = folder / "source"
    source.mkdir(exist_ok=True)
    (source / "a.txt").write_text(text, "utf-8")
    return kg.build(source, **settings).networkx


def nodes(found: nx.MultiDiGraph) -> dict[tuple[str, str], Entity]:
    return {(e.kind, e.name): e for e in graph.entities(found)}


def table(folder: Path, *rows: str, name: str = "own.tsv", head: str = HEAD) -> Path:
    folder = folder / "lexicon"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(head + "\n".join(rows) + "\n", "utf-8")
    return folder


def test_the_example_builds(tmp_path: Path) -> None:
    found = built(tmp_path, lexicon=str(EXAMPLE))
    named = nodes(found)
    body = named["Organization", "澄江水务集团"]
    assert [(a.name, a.rule, a.inferred) for a in body.aliases] == [
        ("澄水", "lexicon:bodies.tsv:3", True),
        ("澄水集团", "lexicon:bodies.tsv:3", True),
    ]
    assert len(body.mentions) == 3  # not in 水澄水清
    for key in (
        ("Organization", "清源班"), ("Organization", "澄江流域研究院"), ("Concept", "断面管家制"),
        ("Organization", "一江清水协会"), ("Person", "司徒清如"), ("Place", "百里画廊"),
        ("Event", "澄江论坛"), ("Campaign", "澄江清波计划"), ("Concept", "流域共治"),
    ):  # fmt: skip
        assert key in named, key
    assert not [name for kind, name in named if "大学" in name or "会同" in name]
    assert ("Organization", "澄江大学") in nodes(built(tmp_path))  # without the lexicon
    edges = {
        (found.nodes[r.subject]["name"], r.predicate, found.nodes[r.object]["name"]): r
        for r in graph.relations(found)
        if r.rule.startswith("lexicon:")
    }
    assert {key: edge.rule for key, edge in edges.items()} == {
        ("澄江流域研究院", "subOrganizationOf", "澄江水务集团"): "lexicon:bodies.tsv:4",
        ("清源班", "subOrganizationOf", "澄江流域研究院"): "lexicon:bodies.tsv:5",
        ("断面管家制", "broader", "流域共治"): "lexicon:terms.tsv:3",
        ("澄江清波计划", "broader", "流域共治"): "lexicon:terms.tsv:6",
    }  # 司徒清如 is of the institute by the text itself, too
    assert all(edge.inferred and edge.evidence for edge in edges.values())


def test_posts_beside_listed_names(tmp_path: Path) -> None:
    found = built(tmp_path, lexicon=str(EXAMPLE))
    named = nodes(found)
    (post,) = graph.relations(found, "holdsPost")
    assert found.nodes[post.subject]["name"] == "司徒清如"
    assert post.qualifiers["organization"] == named["Organization", "澄江流域研究院"].id


def test_without_knowledge_names_are_found_but_not_completed(tmp_path: Path) -> None:
    found = built(tmp_path, lexicon=str(EXAMPLE), knowledge=False)
    assert ("Organization", "澄水集团") in nodes(found)
    assert not [r for r in graph.relations(found) if r.rule.startswith("lexicon:")]


def test_the_settings_file_names_the_folder(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "own").mkdir(parents=True)
    (source / "own" / "a.tsv").write_text(HEAD + "清源班\tOrganization\n", "utf-8")
    (source / "kg.toml").write_text('lexicon = "own"\n', "utf-8")
    (source / "a.txt").write_text("清源班很好。", "utf-8")
    done = kg.build(source)
    assert ("Organization", "清源班") in nodes(done.networkx)
    assert done.skipped == ()
    done.write(tmp_path / "out")
    assert str(tmp_path) not in (tmp_path / "out" / "graph.jsonl").read_text("utf-8")
    (source / "own" / "a.tsv").write_text(HEAD + "清源班\tGroup\n", "utf-8")
    assert ("Group", "清源班") in nodes(kg.build(source).networkx)


def test_a_kept_extraction_is_made_again_for_another_lexicon(tmp_path: Path) -> None:
    folder = table(tmp_path, "清源班\tOrganization")
    kinds = []
    for kind in ("Organization", "Group", "Organization"):
        table(tmp_path, f"清源班\t{kind}")
        found = built(tmp_path, "清源班很好。", lexicon=str(folder), cache=tmp_path / "kept")
        kinds += [e.kind for e in graph.entities(found) if e.name == "清源班"]
    assert kinds == ["Organization", "Group", "Organization"]


CASES = [
    ("澄江\tPlace", "澄江县人民政府印发。", {("Organization", "澄江县人民政府")}, "around it"),
    ("听涛\tPerson", "听涛书院院长说。", set(), "around it, whatever the kind"),
    ("四个守住\tConcept", "要做到四个守住。", {("Formula", "四个守住")}, "formulas stay"),
    ("海丝路\tOrganization", "海丝路桥公司的海丝路。", {("Organization", "海丝路")}, "leftmost"),
    ("張海棠\tPerson", "张海棠的人。", {("Person", "張海棠")}, "traditional row, simplified text"),
]


@pytest.mark.parametrize(("line", "text", "wanted", "why"), CASES, ids=lambda v: str(v)[:16])
def test_neighbours(
    line: str, text: str, wanted: set[tuple[str, str]], why: str, tmp_path: Path
) -> None:
    found = set(nodes(built(tmp_path, text, lexicon=str(table(tmp_path, line)))))
    assert wanted <= found, why


def test_a_parent_that_no_text_names_gives_way_to_its_own(tmp_path: Path) -> None:
    folder = table(
        tmp_path,
        "清源班\tOrganization\t\t澄江站",
        "澄江站\tOrganization\t\t澄江局",
        "澄江局\tOrganization\t\t",
    )
    found = built(tmp_path, "清源班和澄江局。", lexicon=str(folder))
    (edge,) = graph.relations(found, "subOrganizationOf")
    assert found.nodes[edge.object]["name"] == "澄江局" and edge.rule == "lexicon:own.tsv:2"


FAULTS = [
    (["清源班\tTeam"], "own.tsv:2: unknown kind 'Team', known: "),
    (["清\tPlace"], "own.tsv:2: '清' is too short"),
    (["\tPlace"], "own.tsv:2: an empty name"),
    (["清源班\tPlace\t\t\t\tmore"], "own.tsv:2: 6 cells, not 5"),
    (["清源班\tPlace", "清源班\tGroup"], "own.tsv:3: '清源班' stands in own.tsv:2 too"),
    (["清源班\tPlace\t清班", "河班\tGroup\t清班"], "own.tsv:3: '清班' stands in own.tsv:2 too"),
    (["清源班\tPlace\t清班;清班"], "own.tsv:2: '清班' stands twice"),
    (["!清源班\tPlace"], "! stands before aliases only"),
    (["清源班\tRole\t\t河班"], "own.tsv:2: a Role has no parent"),
    (["清源班\tPlace\t\t清源班"], "own.tsv:2: '清源班' is its own parent"),
    (
        ["清源班\tOrganization\t\t河局", "澄江局\tOrganization\t河局"],
        "own.tsv:2: the parent '河局' is another name of '澄江局': write that",
    ),
    (
        ["清源班\tOrganization\t\t澄江局", "澄江局\tPlace"],
        "own.tsv:2: the parent '澄江局' is a Place, not a Organization",
    ),
    (
        ["清源班\tOrganization\t\t澄江局", "澄江局\tOrganization\t\t清源班"],
        "own.tsv:2: '清源班' stands above itself",
    ),
]


@pytest.mark.parametrize(("rows", "said"), FAULTS, ids=lambda value: str(value)[:30])
def test_faults(rows: list[str], said: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        lexicons.load(table(tmp_path, *rows))
    assert said in str(caught.value)


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    table(tmp_path, "清源班\tTeam", "一\tPlace", name="a.tsv")
    table(tmp_path, "x", name="b.tsv", head="name\tcolour\n")
    folder = table(tmp_path, "", name="c.tsv", head="")
    (folder / "d.tsv").write_bytes(b"name\tkind\n\xff\xfe\n")
    with pytest.raises(DataError) as caught:
        lexicons.load(folder)
    said = str(caught.value)
    for part in (
        "a.tsv:2: unknown kind", "a.tsv:3: '一' is too short", "no column 'kind'",
        "b.tsv:1: unknown column 'colour'", "c.tsv: empty", "d.tsv: not UTF-8 at byte 10",
    ):  # fmt: skip
        assert part in said


def test_no_folder_and_no_table(tmp_path: Path) -> None:
    assert lexicons.load("") == lexicons.EMPTY
    with pytest.raises(DataError, match="no such folder"):
        lexicons.load(tmp_path / "gone")
    with pytest.raises(DataError, match=r"holds no \.tsv"):
        lexicons.load(tmp_path)


def test_every_kind_of_the_page_is_known() -> None:
    text = (ROOT / "docs" / "lexicons.md").read_text("utf-8")
    for kind, (predicate, _) in lexicons.PARENTS.items():
        assert kind in text and predicate in text
    for column in lexicons.COLUMNS:
        assert f"| `{column}` |" in text

"""The page of shared passages: complete, safe, side by side; the same pairs in a terminal."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import networkx as nx
from sample_graph import sample

from kg.export import reuse
from kg.graph import assemble, entities, relations
from kg.model import Entity, Evidence, Relation
from kg.settings import Settings

EVIL = "</p><script>alert(1)</script>\"'&\x00\u202e\ud800"


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, "every element is closed in order"

    def handle_data(self, data: str) -> None:
        if self._open:
            self.words.setdefault(self._open[-1], []).append(data)


def graph(one: str = "甲乙丙丁", other: str = "甲戊己丁", name: str = "文") -> nx.MultiDiGraph:
    """Two documents that share a passage whose second part is changed."""
    sides = [Evidence("d/a", 5, 5 + len(one), one), Evidence("d/b", 9, 9 + len(other), other)]
    given = {
        "score": 0.5,
        "length": len(other),
        "changed": 2,
        "changes": "1-3>1-3",
        "order": "date",
    }
    node = Entity("s/1", "Reuse", other, attributes=given, mentions=tuple(sides))
    documents = [
        Entity(f"d/{p}", "Document", name + p, attributes={"path": f"{p}.txt"}) for p in "ab"
    ]
    links = [
        Relation("s/1", predicate, side.document_id, (side,), "shared-passage")
        for predicate, side in zip(("earlier", "later"), sides, strict=True)
    ]
    return assemble([*documents, node], links)


def test_changed_words_stand_marked_side_by_side() -> None:
    page = Page(reuse.render(graph(), Settings()))
    assert page.words["del"][-1:] == ["乙丙"]
    assert page.words["ins"][-1:] == ["戊己"]
    assert [w for w in page.words["blockquote"] if w.strip()] == ["甲", "丁", "甲", "丁"]
    assert page.tags.count("blockquote") == 2


def test_a_page_stands_alone_and_runs_nothing() -> None:
    text = reuse.render(sample(), Settings())
    page = Page(text)
    assert "script" not in page.tags and "img" not in page.tags and "link" not in page.tags
    style = text.split("<style>")[1].split("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = dict(page.attributes)["content"] and [
        v for k, v in page.attributes if v and "default" in v
    ]
    assert policy == [
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]
    assert "style" not in [key for key, _ in page.attributes]
    assert all(v and v.startswith("#") for k, v in page.attributes if k == "href")


def test_nothing_of_a_document_becomes_markup() -> None:
    text = reuse.render(graph(EVIL, EVIL, EVIL), Settings())
    page = Page(text)
    assert "script" not in page.tags
    assert "\x00" not in text and "\ud800" not in text
    text.encode("utf-8")
    assert "&lt;script&gt;" in text


def test_hostile_offsets_change_nothing() -> None:
    built = graph()
    built.nodes["s/1"]["attributes"]["changes"] = "x;9-2>0-0;999999-9999999>1-2;<b>"
    text = reuse.render(built, Settings())
    assert "<b>" not in text and Page(text).tags.count("article") == 1


def test_terminal_shows_the_same() -> None:
    built = graph()
    pairs = reuse.rows(entities(built, "Document", "Reuse"), relations(built))
    assert list(reuse.text(pairs)) == [
        "a.txt:5-9 → b.txt:9-13  score 0.50, 4 characters, 2 changed",
        "  甲[-乙丙-]丁",
        "  甲{+戊己+}丁",
        "1 shared passages, 4 characters",
    ]


def test_the_longest_are_shown_when_there_are_too_many() -> None:
    nodes = [Entity(f"d/{p}", "Document", p) for p in "ab"]
    links = []
    for n in range(reuse.SHOWN + 5):
        words = "水" * (20 + n % 7)
        side = Evidence("d/a", n, n + len(words), words), Evidence("d/b", n, n + len(words), words)
        nodes.append(
            Entity(f"s/{n}", "Reuse", words, attributes={"length": len(words), "score": 1.0})
        )
        links += [
            Relation(f"s/{n}", "earlier", "d/a", side[:1], "r"),
            Relation(f"s/{n}", "later", "d/b", side[1:], "r"),
        ]
    page = reuse.render(assemble(nodes, links), Settings())
    assert page.count("<article") == reuse.SHOWN
    assert f"The longest {reuse.SHOWN} are shown." in page


def test_same_graph_same_bytes() -> None:
    assert reuse.render(sample(), Settings()) == reuse.render(sample(), Settings())
    assert "0 shared passages" in reuse.render(nx.MultiDiGraph(), Settings())

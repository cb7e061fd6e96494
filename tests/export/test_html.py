"""The page as text: complete in itself, safe, the same every time."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import networkx as nx
import pytest
from sample_graph import sample

from kg.export import html_views
from kg.export import render as write_all
from kg.export.html import render
from kg.export.html_data import by_date
from kg.export.html_opening import FEWEST, MOST, STRONG, picture
from kg.export.html_quotes import CUT, REACH, Quotes, hard_wrapped, tidy, units
from kg.graph import assemble, entities
from kg.model import Entity, Evidence, Relation
from kg.report import as_data, explain
from kg.settings import Settings


class Parts(HTMLParser):
    """Elements of a page with their attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] in ("script", "style") and data.strip():
            self.texts.append((*self.elements[-1], data))

    def data(self, ident: str) -> Any:
        return json.loads(next(text for _, a, text in self.texts if a.get("id") == ident))


@pytest.fixture(scope="module")
def page() -> str:
    return render(sample(), Settings())


@pytest.fixture(scope="module")
def parts(page: str) -> Parts:
    return Parts(page)


def test_asks_for_no_other_file(parts: Parts) -> None:
    for tag, attributes in parts.elements:
        assert "src" not in attributes, tag
        href = attributes.get("href") or "data:,"
        assert href == "data:,", tag
        assert not any(name.startswith("on") for name in attributes), tag
    styles = "".join(text for tag, _, text in parts.texts if tag == "style")
    assert "url(" not in styles and "@import" not in styles


def test_policy_allows_only_these_scripts_and_styles(parts: Parts) -> None:
    policy = next(
        str(a["content"])
        for _, a in parts.elements
        if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy and "connect-src" not in policy
    running = [text for _, a, text in parts.texts if a.get("type") != "application/json"]
    assert len(running) == 3
    for text in running:
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_meta_says_utf8_first(page: str) -> None:
    assert page.encode("utf-8")[:200].lower().find(b'<meta charset="utf-8">') > 0


def test_data_holds_the_whole_graph(parts: Parts) -> None:
    graph = sample()
    data = parts.data("kg-data")
    assert sorted(data["ids"]) == sorted(graph)
    assert len(data["subjects"]) == graph.number_of_edges()
    assert all(len(row) == 6 for row in data["quotes"])
    for document, begin, end, sentence, start, stop in data["quotes"]:
        assert 0 <= document < len(data["documents"]) and begin < end
        assert 0 <= start < stop <= units(data["sentences"][sentence])
    texts = [str(a.get("text")) for _, a in graph.nodes(data="attributes") if a.get("text")]
    assert not any(json.dumps(text, ensure_ascii=False)[1:-1] in json.dumps(data) for text in texts)


def test_pyvis_wrote_the_drawn_part(parts: Parts) -> None:
    drawn = parts.data("kg-drawn")
    ids = {node["id"] for node in drawn["nodes"]}
    assert len(ids) == len(drawn["nodes"]) > 20
    assert all(isinstance(ident, int) for ident in ids)
    assert all({edge["from"], edge["to"]} <= ids for edge in drawn["edges"])
    assert drawn["options"]["physics"] == {"enabled": False}
    assert set(drawn["options"]["groups"]) >= {"Formula", "Person"}


def test_same_graph_same_page(page: str) -> None:
    assert render(sample(), Settings()) == page


def test_graph_is_left_as_it_was() -> None:
    graph = sample()
    before = json.dumps(nx.node_link_data(graph, edges="edges"), default=str)
    render(graph, Settings())
    assert json.dumps(nx.node_link_data(graph, edges="edges"), default=str) == before


@pytest.mark.parametrize(
    "name",
    ["</script><script>alert(1)</script>", "<!--<script>", "a\u2028b", "{{7*7}}", "<img src=x>", "\ud800"],  # noqa: E501
    ids=["end", "comment", "separator", "braces", "image", "surrogate"],
)  # fmt: skip
def test_names_never_become_markup(name: str) -> None:
    graph = assemble([Entity("__proto__", "Person", name, attributes={name: name})], [])
    page = render(graph, Settings())
    found = Parts(page)
    assert [tag for tag, _ in found.elements].count("script") == 6
    assert not any(tag == "img" for tag, _ in found.elements)
    shown = name.encode("utf-8", "replace").decode()
    assert found.data("kg-data")["names"] == [shown]
    assert found.data("kg-data")["ids"] == ["__proto__"]
    assert found.data("kg-drawn")["nodes"][0]["label"] == " ".join(shown.split())
    assert name == "{{7*7}}" or name not in page


def test_empty_graph_has_a_page() -> None:
    assert Parts(render(nx.MultiDiGraph(), Settings())).data("kg-data")["ids"] == []


# ---- quotes


def quotes_of(text: str, **options: str) -> Quotes:
    return Quotes({"d/1": text}, {"d/1": 0})


def shown(text: str, words: str, repaired: str = "") -> tuple[str, str]:
    """Sentence and marked words of the first place of ``words``."""
    begin = text.index(words)
    quotes = quotes_of(text)
    quotes.number(Evidence("d/1", begin, begin + len(words), words, repaired))
    _, _, _, sentence, start, stop = quotes.rows[0]
    units16 = quotes.sentences[sentence].encode("utf-16-le")
    return quotes.sentences[sentence], units16[start * 2 : stop * 2].decode("utf-16-le")


def test_a_quote_stands_in_its_sentence() -> None:
    text = "前一句。各乡镇要抓好秋粮收购！后一句。"
    assert shown(text, "秋粮") == ("各乡镇要抓好秋粮收购！", "秋粮")


def test_a_quote_ends_with_its_line() -> None:
    assert shown("标题一行\n正文说秋粮\n又一行", "秋粮") == ("正文说秋粮", "秋粮")


def test_a_hard_wrapped_text_is_closed_up() -> None:
    text = "\n".join(["各乡镇要抓好秋", "粮收购工作，确", "保颗粒归仓，安", "全储粮"] * 3)
    assert hard_wrapped(text)
    sentence, marked = shown(text, "秋\n粮", "秋粮")
    assert marked == "秋粮"
    assert "抓好秋粮收购工作，确保" in sentence


def test_a_long_sentence_is_cut_on_both_sides() -> None:
    text = "甲" * 300 + "秋粮" + "乙" * 300
    sentence, marked = shown(text, "秋粮")
    assert marked == "秋粮"
    assert sentence == CUT + "甲" * REACH + "秋粮" + "乙" * REACH + CUT


def test_rare_characters_count_as_javascript_counts() -> None:
    assert shown("𠮷𠮷村的秋粮。", "秋粮") == ("𠮷𠮷村的秋粮。", "秋粮")


def test_without_the_text_the_quote_stands_alone() -> None:
    quotes = Quotes({}, {"d/1": 0})
    quotes.number(Evidence("d/1", 5, 7, "秋粮"))
    assert quotes.sentences == ["秋粮"]
    assert quotes.rows == [(0, 5, 7, 0, 0, 2)]


def test_one_sentence_is_kept_once() -> None:
    text = "要抓好秋粮和夏粮收购。"
    quotes = quotes_of(text)
    rows = [quotes.number(Evidence("d/1", at, at + 2, text[at : at + 2])) for at in (3, 6, 3)]
    assert rows == [0, 1, 0]
    assert len(quotes.sentences) == 1


def test_members_of_a_list_are_marked_together() -> None:
    text = "会议强调，要抓好秋\n粮、夏粮、早稻收购。后一句。"
    words = (("秋\n粮", "秋粮"), ("夏粮", ""), ("早稻", ""))
    begins = [text.index(raw) for raw, _ in words]
    pieces = [
        Evidence("d/1", at, at + len(raw), raw, repaired)
        for at, (raw, repaired) in zip(begins, words, strict=True)
    ]
    quotes = quotes_of(text)
    found = quotes.joint([*pieces, pieces[0]])
    assert found is not None
    document, begin, end, sentence, marks = found
    assert (document, begin, end) == (0, begins[0], begins[2] + 2)
    assert quotes.sentences[sentence] == "会议强调，要抓好秋粮、夏粮、早稻收购。"
    assert [quotes.sentences[sentence][a:b] for a, b in marks] == ["秋粮", "夏粮", "早稻"]
    assert quotes.joint(pieces[:1]) is None


def test_control_characters_are_not_shown() -> None:
    assert tidy("秋\u202e粮\x07收 \n 购") == "秋粮收购"


# ---- the opening view


def many(size: int) -> nx.MultiDiGraph:
    """A hub of each kind and many statements, all joined to one person."""
    quote = (Evidence("d/1", 0, 1, "文"),)
    kinds = ["Formula", "Person", "Organization", "Event", "Statistic", "Time", "Quotation"]
    entities = [Entity("d/1", "Document", "文件", attributes={"text": "文"})]
    entities += [
        Entity(f"e/{at:04}", kinds[at % len(kinds)], f"名{at}", mentions=quote)
        for at in range(size)
    ]
    relations = []
    for at in range(1, size):
        relations.append(Relation("e/0001", "about", f"e/{at:04}", quote, "r")) if at != 1 else None
        relations.append(Relation("d/1", "mentions", f"e/{at:04}", quote, "r"))
    return assemble(entities, relations)


def test_opening_view_is_small_and_begins_with_formulas() -> None:
    shown = picture(many(700))
    assert FEWEST <= len(shown.places) <= MOST
    kinds = [many(700).nodes[ident]["kind"] for ident in shown.places]
    assert kinds.count("Formula") >= 10
    assert kinds.count("Statistic") + kinds.count("Time") + kinds.count("Quotation") <= 12
    assert kinds.count("Person") >= 10 and kinds.count("Event") >= 10


def test_small_graph_is_drawn_whole() -> None:
    assert len(picture(sample()).places) == len(sample())


def test_documents_are_not_joined_to_all_they_name() -> None:
    graph = many(50)
    shown = picture(graph)
    assert {
        d["predicate"] for _, _, k, d in graph.edges(keys=True, data=True) if k in shown.quiet
    } == {"mentions"}
    assert not any("d/1" in line for line in shown.lines)


def test_only_the_strongest_cooccurrences_are_drawn_unasked() -> None:
    quote = tuple(Evidence("d/1", at, at + 1, "文") for at in range(20))
    names = [f"e/{at:02}" for at in range(12)]
    entities = [Entity(name, "Concept", name) for name in names]
    relations = [
        Relation(one, "related", other, quote[: 1 + (at + place) % 7], "r")
        for at, one in enumerate(names)
        for place, other in enumerate(names[at + 1 :])
    ]
    shown = picture(assemble(entities, relations))
    assert 0 < len(relations) - len(shown.quiet) <= STRONG * len(names)


def test_documents_stand_by_their_first_day() -> None:
    dates = {"a": "2021~", "b": "2021-03", "c": "", "d": "2020-11/2021-02", "e": "2021-03-02"}
    documents = [
        Entity(f"d/{name}", "Document", name, attributes={"issued": given, "path": name})
        for name, given in dates.items()
    ]
    assert [d.name for d in by_date(assemble(documents, []))] == ["d", "a", "b", "e", "c"]


# ---- texts and the map


def test_texts_stand_apart_in_the_order_of_the_documents(parts: Parts) -> None:
    found, data = parts.data("kg-texts"), parts.data("kg-data")
    graph = sample()
    for row, (text, passages) in zip(data["documents"], found, strict=True):
        assert text == graph.nodes[data["ids"][row]]["attributes"]["text"]
        assert passages == []


def test_long_texts_are_left_out_once_the_page_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_views, "ROOM", 5)
    rows = '[["title",[0,3],-1,"zh"]]'
    documents = [
        Entity("d/1", "Document", "一", attributes={"text": "一二三", "passages": rows}),
        Entity("d/2", "Document", "二", attributes={"text": "一二三"}),
        Entity("d/3", "Document", "三", attributes={"text": "一", "passages": "no JSON"}),
        Entity("d/4", "Document", "四"),
    ]
    found = html_views.texts(documents)
    assert found == [("一二三", [["title", [0, 3], -1, "zh"]]), None, ("一", []), None]


def test_map_has_a_place_for_every_node(parts: Parts) -> None:
    columns = parts.data("kg-map")
    size = len(parts.data("kg-data")["ids"])
    assert {len(column) for column in columns.values()} == {size}
    assert all(isinstance(x, int) for x in columns["x"])
    assert len(set(zip(columns["x"], columns["y"], strict=True))) == size


def test_only_graph_jsonl_and_the_page_hold_the_passages() -> None:
    graph = sample()
    secret = '[["paragraph",[0,2],-1,"zh"]]'
    for document in entities(graph, "Document"):
        graph.nodes[document.id]["attributes"]["passages"] = secret
    for name, data in write_all(graph, Settings()).items():
        text = data.decode()
        holds = secret in text or json.dumps(secret)[1:-1] in text
        assert holds == (name in ("graph.jsonl", "graph.html")), name
    document = next(iter(entities(graph, "Document")))
    assert secret not in "\n".join(explain(graph, document))
    assert secret not in json.dumps(as_data(graph, document))

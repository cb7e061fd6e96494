"""Relations: claims become edges; first mentions; co-occurrence; the same said twice."""

from __future__ import annotations

from dataclasses import replace

from kg.model import (
    Claim,
    CleanText,
    Document,
    Extraction,
    Meta,
    Passage,
    Relation,
    Sourced,
    Span,
)
from kg.relate import cooccurrence
from kg.relate.base import Ids
from kg.relate.relations import introduced, merged, relations, stated


def extraction(path: str, text: str, issued: str, *found: tuple[str, str]) -> Extraction:
    passage = Passage(Span(0, len(text)), text)
    meta = Meta(path, issued=Sourced(issued, "manifest") if issued else None)
    document = Document(f"d/{path}", text, CleanText(text, ((0, 0),)), (passage,), meta)
    mentions = []
    for word, kind in found:
        at = -1
        while (at := text.find(word, at + 1)) >= 0:
            mentions.append(passage.mention(at, at + len(word), kind, rule="test"))
    return Extraction(document, tuple(sorted(mentions, key=lambda m: m.span)))


def ids(*extractions: Extraction) -> Ids:
    return {
        e.document.id: {m: f"e/{m.kind.lower()}-{m.name}" for m in e.mentions} for e in extractions
    }


def test_posts_carry_body_and_date() -> None:
    one = extraction(
        "a",
        "水利局局长周某",
        "2021-03",
        ("水利局", "Organization"),
        ("局长", "Role"),
        ("周某", "Person"),
    )
    body, role, person = one.mentions
    claim = Claim("holdsPost", person, role, Span(0, 7), "post", (("organization", body),))
    (post,) = stated([Extraction(one.document, one.mentions, (), (claim,))], ids(one))
    assert dict(post.qualifiers) == {"organization": "e/organization-水利局", "asOf": "2021-03"}
    assert post.evidence[0].quote == "水利局局长周某"


def test_whoever_made_a_page_did_so_when_it_was_printed() -> None:
    one = extraction("a", "编辑：周某", "2021-03-08", ("编辑", "Role"), ("周某", "Person"))
    role, person = one.mentions
    spoken = replace(one.document.meta, spoken=Sourced("2021-03-01", "title"))
    document = replace(one.document, meta=spoken)
    for rule, date in (("credit", "2021-03-08"), ("post", "2021-03-01")):
        claim = Claim("holdsPost", person, role, Span(0, 5), rule)
        (post,) = stated([Extraction(document, one.mentions, (), (claim,))], ids(one))
        assert dict(post.qualifiers) == {"asOf": date}


def test_first_mention_goes_by_date_then_path() -> None:
    early = extraction("z", "治水精神", "2019", ("治水精神", "Spirit"))
    late = extraction("a", "治水精神", "2020", ("治水精神", "Spirit"))
    undated = extraction("b", "治水精神", "", ("治水精神", "Spirit"))
    corpus = [late, undated, early]
    assert introduced(corpus, ids(*corpus)) == {"e/spirit-治水精神": "d/z"}
    found = [r for _, r in relations(corpus, ids(*corpus), ())]
    assert [(r.subject, r.object) for r in found if r.predicate == "introduces"] == [
        ("d/z", "e/spirit-治水精神")
    ]
    assert [r.subject for r in found if r.predicate == "mentions"] == ["d/a", "d/b", "d/z"]


def test_relations_come_in_order_of_subject_and_id() -> None:
    corpus = [
        extraction(path, "周某在水利局", "2020", ("周某", "Person"), ("水利局", "Organization"))
        for path in "cab"
    ]
    claim = Claim("memberOf", *corpus[0].mentions, Span(0, 6), "post")
    corpus[0] = Extraction(corpus[0].document, corpus[0].mentions, (), (claim,))
    other = Relation("d/b", "isPartOf", "d/a", corpus[0].document.evidence(Span(0, 1)), "test")
    found = list(relations(corpus, ids(*corpus), [other]))
    assert [(r.subject, key) for key, r in found] == sorted((r.subject, r.id) for _, r in found)
    assert {r.predicate for _, r in found if r.subject == "d/b"} == {"isPartOf", "mentions"}
    assert {r.predicate for _, r in found} == {"isPartOf", "mentions", "introduces", "memberOf"}


def test_the_same_said_twice_is_one_relation_with_all_evidence() -> None:
    corpus = [
        extraction(p, "周某在水利局", "", ("周某", "Person"), ("水利局", "Organization"))
        for p in "ab"
    ]
    claims = [
        Extraction(
            e.document, e.mentions, (),
            (
                Claim(
                    "memberOf", *e.mentions, Span(0, 6), "post", inferred=e is corpus[0]
                ),
            ),
        )
        for e in corpus
    ]  # fmt: skip
    ((_, relation),) = merged(stated(claims, ids(*corpus)))
    assert len(relation.evidence) == 2 and not relation.inferred


def test_cooccurrence_counts_sentences() -> None:
    text = "节水战略和治水精神。节水战略融入治水精神。" + "另一句话。防汛战略来了。" * 8
    one = extraction(
        "a", text, "", ("节水战略", "Policy"), ("治水精神", "Spirit"), ("防汛战略", "Policy")
    )
    (relation,) = cooccurrence.relations([one], ids(one), 2)
    assert relation.qualifiers["weight"] == 2
    assert [e.quote for e in relation.evidence] == [
        "节水战略和治水精神。",
        "节水战略融入治水精神。",
    ]
    assert list(cooccurrence.relations([one], ids(one), 3)) == []
    assert list(cooccurrence.relations([one], ids(one), 0)) == []

"""Relations: claims become edges; first mentions; co-occurrence; the same said twice."""

from __future__ import annotations

from kg.model import Claim, CleanText, Document, Extraction, Mention, Meta, Passage, Sourced, Span
from kg.relate import cooccurrence
from kg.relate.relations import introduced, mentioned, merged, stated


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


def ids(*extractions: Extraction) -> dict[tuple[str, Mention], str]:
    return {
        (e.document.id, m): f"e/{m.kind.lower()}-{m.name}" for e in extractions for m in e.mentions
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


def test_first_mention_goes_by_date_then_path() -> None:
    early = extraction("z", "治水精神", "2019", ("治水精神", "Spirit"))
    late = extraction("a", "治水精神", "2020", ("治水精神", "Spirit"))
    undated = extraction("b", "治水精神", "", ("治水精神", "Spirit"))
    corpus = [late, undated, early]
    found = list(introduced(corpus, list(mentioned(corpus, ids(*corpus), {}))))
    assert [(r.subject, r.object) for r in found] == [("d/z", "e/spirit-治水精神")]


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
    (relation,) = merged(stated(claims, ids(*corpus)))
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

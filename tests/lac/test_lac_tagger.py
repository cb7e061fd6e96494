"""The tagger over the installed network."""

from itertools import pairwise, product
from math import exp

import pytest

from kg import lac
from kg.lac import tagger as module
from kg.lac.names import likely, sentences
from kg.lac.weights import load

SENTENCES = [
    "水利部部长王建国在武汉调研防汛工作。",
    "会议由国家粮食和物资储备局办公室主任赵玉兰主持。",
    "",
    "好",
    "２０２１年５月，Ａ组到达。",
    "记者  李 明 ",
]


def test_words_cover_every_sentence() -> None:
    for sentence, words in zip(SENTENCES, lac.tag(SENTENCES), strict=True):
        assert [start for start, _, _ in words] == [0, *(end for _, end, _ in words)][:-1] or (
            sentence == ""
        )
        assert (words[-1][1] if words else 0) == len(sentence)


def test_names_of_an_ordinary_sentence() -> None:
    found = {SENTENCES[0][a:b]: t for a, b, t in lac.tag(SENTENCES)[0]}
    assert found["水利部"] == "ORG"
    assert found["王建国"] == "PER"
    assert found["武汉"] == "LOC"


def test_order_repeats_and_company_change_nothing() -> None:
    alone = [lac.Tagger().tag([sentence])[0] for sentence in SENTENCES]
    assert lac.Tagger().tag(SENTENCES) == alone
    twice = lac.Tagger().tag([*SENTENCES[::-1], *SENTENCES])
    assert twice == [*alone[::-1], *alone]


def test_a_result_can_be_changed_without_harm() -> None:
    first = lac.tag(SENTENCES[:1])
    first[0].clear()
    assert lac.tag(SENTENCES[:1])[0]


def test_untrained_marks_count_as_their_plain_forms() -> None:
    tagger = lac.Tagger()
    rows = {c: tagger._row(c) for c in 'Ａ２，。“”、—《》a2,."-'}
    assert (rows["Ａ"], rows["２"], rows["，"]) == (rows["a"], rows["2"], rows[","])
    assert rows["。"] == rows["."]
    assert rows["“"] == rows["”"] == rows['"']
    assert rows["、"] == rows[","]
    assert rows["—"] == rows["-"]
    assert rows["《"] != rows["》"]
    unknown = tagger._row(" ")
    assert tagger._row("\u3000") == tagger._row("\U000e0100") == unknown


def test_the_cache_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELD", 30)
    tagger = lac.Tagger()
    found = tagger.tag(SENTENCES)
    assert tagger._held == sum(map(len, tagger._cache)) <= 30
    assert tagger.tag(SENTENCES) == found


def test_batches_keep_to_their_size() -> None:
    given = ["字" * length for length in (5000, 300, 300, *([40] * 400), 1)]
    found = list(module.batches(given))
    assert sorted(map(len, (s for batch in found for s in batch))) == sorted(map(len, given))
    for batch in found:
        assert len(batch) == 8 or len(batch) * len(batch[0]) <= module.BATCH


def test_names_and_their_chances() -> None:
    found = likely(SENTENCES)
    told = {(SENTENCES[0][a:b], kind): chance for a, b, kind, chance in found[0]}
    assert set(told) == {("水利部", "ORG"), ("王建国", "PER"), ("武汉", "LOC")}
    assert all(0.5 < chance <= 1 for chance in told.values())
    assert found[2] == found[3] == []
    alone = [likely([sentence])[0] for sentence in SENTENCES]
    lac.shared.cache_clear()
    assert likely(SENTENCES[::-1])[::-1] == alone == found


def test_a_chance_is_the_share_of_all_taggings() -> None:
    """The chance of a word, against a sum over every tagging of a short text."""
    weights = load()
    text = "李明来"
    scores = lac.Tagger().emissions(text).astype(float)
    total = wanted = 0.0
    tags = range(len(weights.tags))
    ((start, end, tag, chance),) = lac.Tagger().names([text])[0]
    word = [weights.tags.index(f"{tag}-B"), *[weights.tags.index(f"{tag}-I")] * (end - start - 1)]
    for path in product(tags, repeat=len(text)):
        score = weights.start[path[0]] + weights.stop[path[-1]]
        score += sum(scores[at, now] for at, now in enumerate(path))
        score += sum(weights.transitions[pair] for pair in pairwise(path))
        share = exp(score)
        total += share
        wanted += share if list(path[start:end]) == word else 0.0
    assert chance == pytest.approx(wanted / total, rel=1e-4)


@pytest.mark.parametrize("text", ["", "。", " \n\n", "a；；；b", "长，" * 999, "长" * 999, "”。”"])
def test_sentences_hold_all_but_edges(text: str) -> None:
    found = list(sentences(text))
    at = 0
    for start, sentence in found:
        assert text[start : start + len(sentence)] == sentence
        assert not text[at:start].strip("。！？； \n")
        assert 0 < len(sentence) <= 210
        at = start + len(sentence)
    assert not text[at:].strip("。！？； \n")

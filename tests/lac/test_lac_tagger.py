"""The tagger over the installed network."""

import pytest

from kg import lac
from kg.lac import tagger as module
from kg.lac.names import names, prepare, sentences

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


def test_names_keep_their_places() -> None:
    text = "\n  " + "\n".join(SENTENCES) + "。。\n" + "王建国，" * 200
    found = names(text)
    assert {(text[a:b], kind) for a, b, kind in found} >= {("水利部", "ORG"), ("王建国", "PER")}
    assert found == sorted(found)


def test_preparing_changes_no_name() -> None:
    texts = ["".join(SENTENCES[:2]), "海河流域遭遇洪水，天津市民政局发出通知。"]
    before = [names(text) for text in texts]
    lac.shared.cache_clear()
    prepare(texts)
    assert [names(text) for text in texts] == before


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

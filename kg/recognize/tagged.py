"""Tagged: names that the neural tagger finds where tables and patterns found nothing.

The tagger was trained on other texts than official ones: by itself it takes 新时代 (new era) for
a body and 扶智 (support of learning) for a person. What it says is taken only where it is sure,
where the name is built like one, and where it is no word of the dictionary. Only sentences are
tagged that hold something that is in no dictionary.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.lac.names import likely, sentences
from kg.model import Document, Mention
from kg.recognize.concept_segments import segmenter
from kg.recognize.name_bodies import endings
from kg.recognize.name_lexicon import (
    LEVELS,
    Found,
    borders,
    followers,
    heads,
    name_ends,
    places,
    title_starts,
)
from kg.recognize.name_people import DOTS, is_name, sounds, surname
from kg.recognize.name_titles import roles
from kg.tables import rows, words

RULE = "tagger"
KIND = {"PER": "Person", "LOC": "Place", "ORG": "Organization"}
COVERING = frozenset({
    "Person", "Organization", "Place", "Role", "Group", "Work", "Law", "Event", "Campaign",
    "Policy", "Honour", "Spirit", "Formula",
})  # fmt: skip
RARE = 300  # count in the dictionary up to which a name that it lists may be worth a look
# Least chances by which a name is taken.
PERSON, LIKELY, DOTTED = 0.75, 0.9, 0.5
PLACE, BESIDE, BARE = 0.8, 0.7, 0.95
BODY, TITLED = 0.78, 0.5

_HAN = re.compile(r"[㐀-鿿]+")
_PLACES = ("ns", "nt", "nz")
_PROPER = ("nr", *_PLACES)
_OTHER = ("v", "d", "p", "c", "m", "r", "t", "f", "u")  # tags of what is no given name
_LETTERS = re.compile(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９ ]")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What the tagger takes for a name, and where it stands in its passage."""

    at: int  # number of the passage
    start: int
    end: int
    name: str
    kind: str
    chance: float


def find(document: Document, mentions: Sequence[Mention]) -> Mapping[int, tuple[Found, ...]]:
    """Names that share nothing with ``mentions``, by the number of their passage, by place."""
    taken, bodies = _covered(document, mentions)
    jobs = [
        (at, begin, sentence)
        for at, passage in enumerate(document.passages)
        if passage.searched
        for begin, sentence in sentences(passage.text)
        if _holds_unknown(_open(sentence, taken, passage.span.start + begin))
    ]
    candidates = []
    for (at, begin, _), found in zip(jobs, likely([job[2] for job in jobs]), strict=True):
        passage = document.passages[at]
        for start, end, kind, chance in found:
            low, high = begin + start, begin + end
            if not any(taken[passage.span.start + low : passage.span.start + high]):
                name = passage.text[low:high]
                candidates.append(_Candidate(at, low, high, name, kind, chance))
    judge = _Judge(document, candidates, bodies)
    accepted: dict[int, list[Found]] = defaultdict(list)
    for one in candidates:
        if judge.takes(one):
            accepted[one.at].append(Found(one.start, one.end, KIND[one.kind], one.name, RULE))
    return {at: tuple(found) for at, found in accepted.items()}


def _covered(document: Document, mentions: Iterable[Mention]) -> tuple[bytearray, frozenset[int]]:
    """Which characters names cover already, and where bodies end."""
    taken = bytearray(len(document.clean.text))
    ends = set()
    for mention in mentions:
        if mention.kind in COVERING:
            span = mention.span
            taken[span.start : span.end] = b"\x01" * len(span)
            if mention.kind == "Organization":
                ends.add(span.end)
    return taken, frozenset(ends)


def _open(sentence: str, taken: bytearray, begin: int) -> str:
    """The sentence with a mark for each character that a name covers."""
    cover = taken[begin : begin + len(sentence)]
    if not any(cover):
        return sentence
    return "".join("，" if used else char for char, used in zip(sentence, cover, strict=True))


def _holds_unknown(text: str) -> bool:
    """Whether something in ``text`` may be a name that no dictionary knows.

    That is a surname before characters that make no word with it, a dictionary word that is
    a person's name, a foreign name's dot, or the last word of a place after a proper name.
    """
    if any(dot in text for dot in DOTS):
        return True
    runs = [run.span() for run in _HAN.finditer(text)]
    return any(map(_unknown, segmenter().dictionary.cuts(text, runs)))


def _unknown(cut: Sequence[str]) -> bool:
    dictionary, endings = segmenter().dictionary, _endings()
    for at, word in enumerate(cut):
        tag = dictionary.tag(word) if len(word) > 1 else ""
        if tag.startswith(("nr", "ns")) and dictionary.count(word) <= RARE:
            if word not in places() and (tag.startswith("ns") or surname(word, 0)):
                return True
        elif (at and word in endings and _names_something(cut[at - 1])) or (
            at + 1 < len(cut)
            and len(word) == surname(word, 0, sure=True)
            and word not in _function_words()
            and _may_be_given(word, cut[at + 1])
        ):
            return True
    return False


def _may_be_given(family: str, after: str) -> bool:
    """Whether the word after a surname may be, or begin, a given name."""
    if len(after) == 1:
        return after not in _function_words()
    other = segmenter().dictionary.tag(after).startswith(_OTHER)
    whole = family + after
    return len(after) == 2 and not other and is_name(whole, 0, len(whole))


def _names_something(word: str) -> bool:
    """Whether a word may be the name before the last word of a place."""
    if len(word) == 1:
        return word not in _function_words()
    return segmenter().dictionary.tag(word).startswith(("n",))


class _Judge:
    """Decides which candidates of a document are names."""

    def __init__(
        self, document: Document, candidates: Sequence[_Candidate], bodies: frozenset[int]
    ) -> None:
        self._document = document
        self._bodies = bodies
        self._counts = Counter(one.name for one in candidates)
        places = [one for one in candidates if one.kind == "LOC"]
        self._starts = {(one.at, one.start) for one in places}
        self._ends = {(one.at, one.end) for one in places}

    def takes(self, one: _Candidate) -> bool:
        """Whether a candidate is a name."""
        if _LETTERS.search(one.name):
            return False
        if one.kind == "PER":
            return self._is_person(one)
        return self._is_place(one) if one.kind == "LOC" else self._is_body(one)

    def _is_person(self, one: _Candidate) -> bool:
        name = one.name
        if any(dot in name for dot in DOTS):
            return one.chance >= DOTTED and name[0] not in DOTS and name[-1] not in DOTS
        before = self._text(one)[max(0, one.start - 3) : one.start]
        if any(word in before for word in _listed("storm")):  # 台风“贝碧嘉”
            return False
        if self._text(one).startswith(tuple(_listed("line", "built")), one.end):  # 恩戈罗|铁路
            return False
        if name in roles():  # 林长 (head of a forest)
            return False
        tag = segmenter().dictionary.tag(name)
        if tag and not (tag.startswith("nr") and one.chance >= LIKELY):
            return False
        if is_name(name, 0, len(name), sure=True):
            if len(name) == 2 and self._begin(one) in self._bodies:
                return False  # a firm's short name after its group's
            common = surname(name, 0)
            given = name[surname(name, 0, sure=True) :]
            if given in _listed("address"):
                return False
            if len(given) > 1 and _is_word(given):  # 对党忠诚 (loyal to the party)
                clear = common and one.chance >= LIKELY
                return bool(clear) and name_ends(self._text(one), one.end)
            return one.chance >= (PERSON if len(name) > 2 and common else LIKELY)
        return one.chance >= LIKELY and len(name) > 2 and sounds().issuperset(name)

    def _is_place(self, one: _Candidate) -> bool:
        name, text = one.name, self._text(one)
        ending = next((name[at:] for at in range(len(name)) if name[at:] in _endings()), "")
        if ending and _endings()[ending] != "compound":
            core = name.removesuffix(ending)
            beside = (one.at, one.start) in self._ends or (one.at, one.end) in self._starts
            proper = _is_proper(core) or self._counts[name] > 1 or beside
            if len(core) < 2 or not proper:
                return one.chance >= LIKELY and not _is_word(name) and _names_something(core)
            return not _is_word(name) and one.chance >= (BESIDE if beside else PLACE)
        if ending:
            return False
        if name in heads() or not _is_proper(name, *_PLACES):
            return False
        before = text[max(0, one.start - 2) : one.start]
        led = before.endswith(tuple(_listed("cue"))) or self._counts[name] > 1
        if _is_word(name) and len(name) > 2:
            return one.chance >= PLACE
        return led and len(name) <= 4 and one.chance >= BARE

    def _is_body(self, one: _Candidate) -> bool:
        name, text = one.name, self._text(one)
        size = next((n for n in range(len(name) - 2, 0, -1) if name[-n:] in endings()), 0)
        if not size or endings()[name[-size:]].kind == "block" or name.startswith(tuple(LEVELS)):
            return False
        if name[:-size] in places() or name[:-size] in heads():
            return False  # what tables and patterns made nothing of
        if one.chance >= TITLED and title_starts(text, one.end) and not _is_word(name):
            return True
        core = name[:-size]
        return one.chance >= BODY and _is_proper(core, *_PLACES) and not _acts(core)

    def _begin(self, one: _Candidate) -> int:
        return self._document.passages[one.at].span.start + one.start

    def _text(self, one: _Candidate) -> str:
        return self._document.passages[one.at].text


def _is_word(name: str) -> bool:
    return segmenter().dictionary.tag(name) != ""


def _is_proper(name: str, *proper: str) -> bool:
    """Whether a name holds more than common words: a proper name, or what no dictionary has."""
    dictionary = segmenter().dictionary
    cut = dictionary.cut(name)
    single = 0
    for word in cut:
        if len(word) > 1 and dictionary.tag(word).startswith(proper or _PROPER):
            return True
        single = single + 1 if len(word) == 1 else 0
        if single > 1 or (single and len(cut) < 3):
            return True
    return False


def _acts(name: str) -> bool:
    """Whether a verb stands in a name: 共建 (build together)."""
    dictionary = segmenter().dictionary
    return any(dictionary.tag(word) == "v" for word in dictionary.cut(name))


@cache
def _listed(*sorts: str) -> dict[str, str]:
    """Words of the table of the given sorts, each with its sort."""
    return {r["word"]: r["sort"] for r in rows("lexicons/tagged_words") if r["sort"] in sorts}


def _endings() -> dict[str, str]:
    return _listed("unit", "nature", "built", "compound")


@cache
def _function_words() -> frozenset[str]:
    return words("lexicons/concept_borders") | followers() | borders().keys()

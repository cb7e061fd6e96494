"""People: where a person's name begins and ends.

A Chinese name is a surname of one or two characters and one or two more. It is not taken
for a name by its looks: ``name_persons`` says where to look. For names written by sound
see ``name_foreign``.
"""

from __future__ import annotations

from functools import cache

from kg.recognize.name_foreign import (
    DOTS,
    foreign_end,
    foreign_start,
    half_row,
    sound_run,
    sounds,
)
from kg.recognize.name_lexicon import (
    HAN,
    acts,
    borders,
    closing,
    everyday,
    followers,
    is_everyday,
    opens,
    surname,
    title_starts,
)
from kg.recognize.name_titles import addresses, is_title, title_within
from kg.tables import words

__all__ = ["DOTS", "end_of_name", "is_name", "sounds", "start_of_name", "surname"]

SOUNDS = 3  # characters of a name of sounds that begins like a Chinese one
SURE = 9  # how surely a name ends before a mark or the end of the text
MASK = "某"  # stands for a character that a text keeps back
_NEVER = frozenset("的了是在也都将不我你她他这那各们说等及与")  # in no given name
_JOINS = tuple("和同对向任兼为是系当")
ROW = 14  # characters within which the next title of a row of names stands
_LAST = "之"  # a particle, and the last character of many names
_ADVERBS = tuple("曾已将又再也还都则于从被以因把")
_COPULAS = tuple("为任是兼系当")
_AND = tuple("和同及与")
_MORE = "等"  # and others: it closes a row of names
_LISTS = tuple("、（(")  # marks after the name of a holder of a post, in a row of such


@cache
def _given() -> frozenset[str]:
    return words("lexicons/person_given", "character")


def is_name(
    text: str, start: int, end: int, *, sure: bool = False, must: bool = False, firm: bool = False
) -> bool:
    """Whether ``text[start:end]`` looks like a Chinese name and is no everyday word.

    ``sure`` when what stands around it leaves no doubt of a name: rare surnames and the
    names that are also words then count; ``must`` when a name has to begin here; ``firm``
    when one has to, and its end shows too: any word may then be a name.
    """
    first = surname(text, start, sure=sure or firm)
    given = text[start + first : end]
    if not first or not 1 <= len(given) <= 2 or not all(map(HAN.match, given)):
        return False
    if MASK in given:
        return given.endswith(MASK)
    if _NEVER.intersection(given) or (given == "家" and not (sure or firm)):
        return False
    name = text[start:end]
    adverb = text[start] in _ADVERBS
    doubted = adverb or (not firm and not surname(text, start))
    if len(given) == 2 and is_everyday(given) and doubted:
        return False  # 要|带头 (must take the lead), 曾|专门 (once especially)
    if firm:
        return True
    worst = everyday().get(name)
    if worst == "hard" or (worst == "soft" and not sure):
        return False
    likely = given[-1] in _given()
    if first == 1 and len(name) == 3 and (begun := everyday().get(name[:2])):
        return (sure or must) and (likely or begun == "soft")
    return sure or must or likely or len(given) == 1


def end_of_name(
    text: str, start: int, *, sure: bool = False, must: bool = False, near: bool = False
) -> int:
    """Where the name ends that begins at ``start``, -1 when none does.

    ``sure`` when what comes before can be followed by nothing but a name (责任编辑：);
    ``must`` when a name stands there even if no border shows where it ends; ``near`` when
    one is likely there, as after a title.
    """
    foreign = foreign_end(text, start)
    if foreign > 0:
        return foreign
    first = surname(text, start, sure=sure or must or near)
    if not sure and text[start : start + 1] in _AND:
        return -1  # 委员|和|群众 (and the masses)
    if is_title(text, start) or not first:
        return max(sound_run(text, start), half_row(text, start)) if must and not first else -1
    if text[start + first : start + first + 1] == MASK and (sure or must or near):
        return start + first + 1 + text.startswith(MASK, start + first + 1)
    best, best_end = 0, -1
    for end in (start + first + 2, start + first + 1):
        if end > len(text):
            continue
        surely = _closing(text, end)
        if (
            end - start == 3
            and text[end - 1 : end + 1] in followers()
            and (acts(text[start : end - 1]) or text[start : end - 1] in everyday())
        ):
            continue  # 祝福|参加: no name in 祝福参
        clear = surely == SURE and (sure or must or (near and _stands(text, start, end)))
        clear = clear or (near and end - start == 3 and text.startswith(_MORE, end))
        firm = must and _is_firm(text, start, end, surely)
        firm = firm or (sure and clear and not acts(text[start:end]))
        fits = surely and is_name(text, start, end, sure=clear, must=must or near, firm=firm)
        if fits and _better(text, end, surely, best):
            best, best_end = surely, end
    if best_end < 0 and must:
        best_end = max(sound_run(text, start, SOUNDS), half_row(text, start))
    if best_end < 0 and (sure or must or near):
        best_end = _guess(text, start, first)
    return best_end


def _stands(text: str, start: int, end: int) -> bool:
    """Whether a name after a title without a body may be a rare one or a word: in a row."""
    if end - start == 3 or text[end : end + 1] in _LISTS:
        return True
    return text[end : end + 1] in ("，", ",") and title_within(text, end + 1, ROW)


def _is_firm(text: str, start: int, end: int, surely: int) -> bool:
    """Whether any word that must be a name is one: 局长|时光|、 (time), but not 书记|讲话|，."""
    name = text[start:end]
    if text[end : end + 1] in _LISTS and end < len(text):
        return True
    if acts(name) or (len(name) == 3 and acts(name[:2])):
        return False
    if surely == SURE:
        return end < len(text)
    if len(name) == 2:  # with a verb behind it: no adverb that begins like a rare name
        return surely > 1 and (surname(text, start) > 0 or name not in everyday())
    return surely > 0


def _better(text: str, end: int, surely: int, best: int) -> bool:
    """Whether a name that ends at ``end`` is likelier than one of a character more.

    The character more may be a function word: 林某|和省长 (and the governor).
    """
    if text[end : end + 1] == _LAST and best and text[end : end + 2] not in followers():
        return False  # 林某之|说 (says), but 林某|之后 (after)
    joined = text[end : end + 1] in _JOINS and title_starts(text, end + 1)
    if text[end : end + 1] in (followers() if best == 1 else _ADVERBS) and best < SURE:
        return True  # 罗某|给 (to) 他, not 罗某给|他
    if surely == best == 2 and text[end] in followers():
        return True  # 苏某|曾在 (was once at), not 苏某曾|在
    return surely > best or (joined and best < SURE)


def _closing(text: str, end: int) -> int:
    if text.startswith(addresses(), end):
        return SURE
    titled = 2 if is_title(text, end) else int(title_starts(text, end))
    return max(closing(text, end), titled)


def _guess(text: str, start: int, first: int) -> int:
    """The likelier end of a name that must stand at ``start`` though no border shows it.

    A name does not end inside a word: 陈某|深入 (go deep into), not 陈某深|入.
    """
    for end in (start + first + 2, start + first + 1):
        inside = text[end - 1 : end + 1]
        if inside in followers() or inside in everyday():
            continue
        if end <= len(text) and is_name(text, start, end) and text[end - 1] in _given():
            return end
    return -1


def start_of_name(text: str, end: int, *, sure: bool = False) -> int:
    """Where the name begins that ends at ``end``, -1 when none does.

    Only a name that begins at a border counts, but when ``sure``, where one of three
    characters needs none (深入学习某某某总书记 …).
    """
    foreign = foreign_start(text, end)
    if foreign >= 0:
        return foreign
    if text[end - 1 : end] in (*_COPULAS, text[end : end + 1]):
        return -1  # 某某|任局长 (to be director); 雷达班|班长 (leader of a team)
    for size in (3, 2, 4):
        start = end - size
        clear = sure or start <= 0 or not HAN.match(text[start - 1])
        if start < 0 or not is_name(text, start, end, must=clear):
            continue
        if opens(text, start):
            return start
        given = text[end - 2 : end]
        inside = size == 3 and given not in followers() and given not in borders()
        if sure and inside and is_name(text, start, end) and not _begins_later(text, start, end):
            return start
    return -1


def _begins_later(text: str, start: int, end: int) -> bool:
    return opens(text, start + 1) and is_name(text, start + 1, end)

"""Kinds: which passage is a title, subtitle, byline, heading or paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.repair import shapes
from kg.repair.cuts import Piece

_ENDING = ("masthead", "note", "credit", "furniture")  # what may stand below a signature
_TITLE_LINES = 3
_SHORTEST_TITLE = 8  # of one behind the text
_LONGEST_TITLE, _LONGEST_HEADING = 60, 50
_SENTENCE_END = "。！？…!?；;，、,：:"
_LONE_NUMBER = re.compile("[一二三四五六七八九十]{1,3}")
_INNER = re.compile("[。！？；].")  # a sentence ends, and another begins
_CLOSERS = "”’」』】)\"'"
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[章节编部篇]|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|[0-9]{1,2}[.．、]"
)


def told(pieces: Sequence[Piece], *, titled: bool = False) -> tuple[str, ...]:
    """Kind of every piece: what its shape says, else what its place and its neighbours say.

    ``titled`` says that the format of the source tells the title: no other line is one.
    """
    kinds = [piece.kind for piece in pieces]
    body = _title_block(pieces, kinds, titled)
    for index in range(body, len(pieces)):
        if not kinds[index]:
            kinds[index] = _body_kind(pieces, kinds, index)
    if not titled and "title" not in kinds and kinds.count("byline") <= 1:
        _title_behind(pieces, kinds)
    return tuple(kinds)


def _title_behind(pieces: Sequence[Piece], kinds: list[str]) -> None:
    """Headings that end a text without a title head nothing: they are its title, which a layout
    has put behind it."""
    stop = len(kinds)
    while stop and kinds[stop - 1] in (*_ENDING, "byline"):
        stop -= 1
    start = stop
    while start and stop - start < _TITLE_LINES and kinds[start - 1] == "heading":
        start -= 1
    lines = [piece.text for piece in pieces[start:stop]]
    if start and sum(map(len, lines)) >= _SHORTEST_TITLE and not any(map(_NUMBERED.match, lines)):
        kinds[start:stop] = ["title"] * (stop - start)


def _title_block(pieces: Sequence[Piece], kinds: list[str], closed: bool) -> int:
    """Tell the kinds of the title and what belongs to it; where the body begins."""
    titles = 0
    # once a subtitle, byline or note stands, no more title lines follow: then it is closed
    for index, piece in enumerate(pieces):
        if kinds[index]:
            titles += kinds[index] == "title"
            closed = closed or (titles > 0 and kinds[index] in ("byline", "note"))
            continue
        kinds[index] = _block_kind(piece.text, titles, closed)
        if not kinds[index]:
            return index
        titles += kinds[index] == "title"
        closed = closed or kinds[index] != "title"
    return len(pieces)


def _block_kind(text: str, titles: int, closed: bool) -> str:
    """Kind of a passage in the block of the title, empty where the body begins."""
    if titles and is_names(text):
        return "byline"
    if _is_open(text) and len(text) <= _LONGEST_TITLE:
        if titles and text[0] in "—－-":
            return "subtitle"
        numbered = shapes.mark().match(text) or _LONE_NUMBER.fullmatch(text)
        if not closed and titles < _TITLE_LINES and not numbered:
            return "title"
    return ""


def is_names(text: str) -> bool:
    """Whether a short text is one name or a few, and nothing else."""
    one = f"(?:{shapes.name()})"
    return bool(re.fullmatch(rf"{one}(?:[、 ]{one}){{0,4}}", text))


def _is_open(text: str) -> bool:
    """Whether a text ends without the mark that ends a sentence or clause."""
    bare = text.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] not in _SENTENCE_END


def _body_kind(pieces: Sequence[Piece], kinds: Sequence[str], index: int) -> str:
    """Kind of a passage of the body: who signs stands right above the date that ends it."""
    if kinds[index + 1 : index + 2] == ["masthead"] and _is_row(pieces[index].text):
        following = pieces[index + 1].text
        if shapes.is_date(following) and all(k in _ENDING for k in kinds[index + 1 :]):
            return "byline"
    return "heading" if _is_heading(pieces, kinds, index) else "paragraph"


def _is_heading(pieces: Sequence[Piece], kinds: Sequence[str], index: int) -> bool:
    """Whether a passage of the body heads what follows."""
    text = pieces[index].text
    if _LONE_NUMBER.fullmatch(text):
        return index + 1 < len(pieces)
    if not 2 <= len(text) <= _LONGEST_HEADING:
        return False
    if _NUMBERED.match(text):
        return _heads_number(pieces, index)
    if not _is_row(text) or text[0] in "（(" or _INNER.search(text) or shapes.mark().match(text):
        return False
    return not _in_list(pieces, kinds, index) and _heads(pieces, kinds, index)


def _heads_number(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a numbered line of one sentence is no item of a list: its neighbours are not
    numbered alike."""
    text = pieces[index].text
    above = pieces[index - 1].text if index else ""
    below = pieces[index + 1].text if index + 1 < len(pieces) else ""
    if not below or _same_number(text, below):
        return False
    if _same_number(text, above) and text[0] != "第":  # chapters may follow a table of contents
        return False
    return text[-1] not in "：；，、" and not _INNER.search(text)


def _heads(pieces: Sequence[Piece], kinds: Sequence[str], index: int) -> bool:
    """Whether an open line stands above a text, a byline or another such line, or ends all as
    the second line of a headline."""
    if index + 1 == len(pieces):
        return index > 0 and kinds[index - 1] == "heading"
    below = pieces[index + 1].text
    return kinds[index + 1] in ("byline", "subtitle") or not _NUMBERED.match(below)


def _is_row(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and _is_open(text)


def _same_number(text: str, other: str) -> bool:
    """Whether two passages are numbered alike, as items of one list are."""
    first, second = _NUMBERED.match(text), _NUMBERED.match(other)
    return first is not None and second is not None and _form(first[0]) == _form(second[0])


def _form(mark: str) -> str:
    return re.sub("[0-9一二三四五六七八九十百]+", "#", mark)


def _in_list(pieces: Sequence[Piece], kinds: Sequence[str], index: int) -> bool:
    """Whether it stands among four or more short open lines: a list, not headings."""

    def is_row(at: int) -> bool:
        return kinds[at] in ("", "heading", "paragraph") and _is_row(pieces[at].text)

    first = last = index
    while first > 0 and index - first < 4 and is_row(first - 1):
        first -= 1
    while last + 1 < len(pieces) and last - index < 4 and is_row(last + 1):
        last += 1
    return last - first >= 3

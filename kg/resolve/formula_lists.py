"""Formula lists: the lists of a corpus, those with the same members together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from kg import edtf
from kg.model import Evidence, Extraction, ItemList

_DROPPED = re.compile(r"[\s“”‘’\"'《》「」『』的地之，、,；;（）()]")
COMPARED = 200  # versions of one list up to which wordings are compared, not only keys
_RANK = {"list-below-name": 2}  # the heading above a list binds less than the sentence around it


@dataclass(frozen=True)
class Placed:
    """A list and the document it stands in (its place among the extractions)."""

    place: int
    extraction: Extraction
    list: ItemList

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The members as they are compared."""
        return tuple(key(item.text) for item in self.list.items)

    @cached_property
    def date(self) -> str:
        """First day or year that the document may be of, as far as known."""
        meta = self.extraction.document.meta
        dated = meta.issued or meta.spoken
        return re.sub("[^0-9-].*", "", dated.value) if dated else ""

    @cached_property
    def days(self) -> tuple[str, str]:
        """First and last ISO day that the document may be of, empty where not known."""
        meta = self.extraction.document.meta
        dated = meta.spoken or meta.issued
        return edtf.bounds(dated.value) if dated else ("", "")

    def evidence(self, position: int) -> tuple[Evidence, ...]:
        """Where the document states the item at ``position`` (from 0)."""
        return self.extraction.document.evidence(self.list.items[position].span)


def key(text: str) -> str:
    """A wording without what texts vary in: quotes, spaces, 的 and 地, separators."""
    return _DROPPED.sub("", normalize("NFKC", text)) or text


@dataclass(frozen=True)
class Version:
    """Lists that name the same members in the same order; the first one gives the wording."""

    lists: tuple[Placed, ...]

    @property
    def first(self) -> Placed:
        return self.lists[0]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(item.text for item in self.first.list.items)

    @property
    def size(self) -> int:
        return len(self.first.list.items)

    @property
    def places(self) -> frozenset[int]:
        return frozenset(placed.place for placed in self.lists)

    @property
    def date(self) -> str:
        return max(placed.date for placed in self.lists)

    @property
    def days(self) -> tuple[str, str]:
        """First and last ISO day of the documents that give it, empty where none is dated."""
        bounds = {placed.place: placed.days for placed in self.lists}.values()
        begins, ends = ([day for day in days if day] for days in zip(*bounds, strict=True))
        return min(begins, default=""), max(ends, default="")

    @property
    def rank(self) -> int:
        """How much its place binds it to a name: 1 more, 2 less."""
        return min(_RANK.get(placed.list.rule, 1) for placed in self.lists)

    def with_more(self, lists: Iterable[Placed]) -> Version:
        known = {(placed.place, placed.list.span) for placed in self.lists}
        more = [p for p in lists if (p.place, p.list.span) not in known]
        return Version((*self.lists, *more))


def placed(extractions: Sequence[Extraction]) -> list[Placed]:
    """Every list of every document, in order of document and place."""
    return [
        Placed(place, extraction, made)
        for place, extraction in enumerate(extractions)
        for made in extraction.lists
    ]


def versions(lists: Iterable[Placed]) -> list[Version]:
    """Lists with the same members together, in order of their first place.

    Members are the same when their keys are, or when all of one list only begin or end
    those of the other and are at least half as long.
    """
    groups: list[list[Placed]] = []
    by_keys: dict[tuple[str, ...], list[Placed]] = {}
    for made in lists:
        keys = made.keys
        group = by_keys.get(keys)
        if group is None and len(groups) < COMPARED:
            group = next((g for g in groups if same(g[0].keys, keys)), None)
        if group is None:
            group = []
            groups.append(group)
        by_keys[keys] = group
        group.append(made)
    return [Version(tuple(_best_first(group))) for group in groups]


def together(groups: Iterable[Sequence[Placed]]) -> list[Version]:
    """Groups of lists with the same keys; those that differ at their outer ends only are one.

    A list may carry words of its sentence before its first item or behind its last one.
    """
    found: list[list[Placed]] = []
    by_middle: dict[tuple[str, ...], list[list[Placed]]] = {}
    for lists in groups:
        keys = lists[0].keys
        alike = by_middle.setdefault((str(len(keys)), *keys[1:-1]), []) if len(keys) > 2 else []
        group = next((g for g in alike[:COMPARED] if _same_ends(g[0].keys, keys)), None)
        if group is None:
            group = []
            found.append(group)
            alike.append(group)
        group.extend(lists)
    return [Version(tuple(_best_first(group))) for group in found]


def _same_ends(left: Sequence[str], right: Sequence[str]) -> bool:
    first, last = (left[0], right[0]), (left[-1], right[-1])
    return (first[0].endswith(first[1]) or first[1].endswith(first[0])) and (
        last[0].startswith(last[1]) or last[1].startswith(last[0])
    )


def _best_first(group: Sequence[Placed]) -> list[Placed]:
    """The list with the shortest wording first: it carries no frame words of its sentence."""
    order = sorted(group, key=lambda p: (_RANK.get(p.list.rule, 1), sum(map(len, p.keys))))
    return [order[0], *(made for made in group if made is not order[0])]


def same(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two lists of keys name the same members."""
    return len(left) == len(right) and all(map(_alike, left, right))


def _alike(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    if short == long:
        return True
    return 2 * len(short) >= len(long) and (long.startswith(short) or long.endswith(short))

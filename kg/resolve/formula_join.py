"""Formula join: the list that belongs to a name it does not stand beside.

In order of trust: a list in a document that has the name, then one in another document. The
number must agree, and the members must carry the head of the name at the same place. What a
common noun announces is never looked for elsewhere, and of two lists that are equally good
none is taken. When in doubt the name stays without members.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.model import Extraction, FormulaName, ItemList, Mention, Span
from kg.resolve.formula_heads import (
    carries,
    fits_parts,
    frames,
    has_head,
    inside,
    is_generic,
    parts_of,
    speaks,
    uses,
)
from kg.resolve.formula_lists import Placed, Version, same, versions

NEAR = 240  # characters on either side that a sentence is taken to reach
NEXT = 40  # characters between a name and a list that follows it
CLOSE = 400  # characters between a name and a list of common wording
AFFIX = 8  # letters of a head by which lists are found
_STOP = re.compile("[。！？\n]")
_BORDER = re.compile("[，。；：、！？\n]")


@dataclass
class Name:
    """A formula by name: what it announces and where it stands."""

    name: str
    detail: FormulaName
    mentions: list[tuple[int, Mention]] = field(default_factory=list)  # place, mention

    @cached_property
    def spans(self) -> Mapping[int, Sequence[Span]]:
        """Where it stands in each document, once all its mentions are known."""
        found: dict[int, list[Span]] = defaultdict(list)
        for place, mention in self.mentions:
            found[place].append(mention.span)
        return dict(found)

    @cached_property
    def places(self) -> frozenset[int]:
        return frozenset(self.spans)


@dataclass(frozen=True)
class Joined:
    """A list found for a name, and the rule that found it."""

    version: Version
    rule: str


class Joiner:
    """The unnamed lists of a corpus, found by number and head."""

    def __init__(
        self, extractions: Sequence[Extraction], names: Mapping[str, Name], lists: Iterable[Placed]
    ) -> None:
        self._texts = [extraction.document.clean.text for extraction in extractions]
        self._names = names
        self._by_affix: dict[tuple[int, str, str], list[Placed]] = defaultdict(list)
        self._by_inside: dict[tuple[int, str], list[Placed]] = defaultdict(list)
        self._by_letter: dict[tuple[int, str], list[Placed]] = defaultdict(list)
        self._by_verb: dict[tuple[int, str], list[Placed]] = defaultdict(list)
        self._with_tail: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._lists_in: dict[int, list[Placed]] = defaultdict(list)
        self._verbs_of: dict[str, frozenset[str]] = {}
        self._company_of: dict[str, frozenset[str]] = {}
        for made in lists:
            if not made.list.partial:
                self._index(made)
        self._list_starts = {
            place: [made.list.span.start for made in found]
            for place, found in self._lists_in.items()
        }
        self._mentions_in: dict[int, list[tuple[Span, str]]] = defaultdict(list)
        for name in names.values():
            for place, mention in name.mentions:
                self._mentions_in[place].append((mention.span, name.name))
        for found in self._mentions_in.values():
            found.sort()

    def _index(self, made: Placed) -> None:
        size, items = len(made.list.items), made.list.items
        self._lists_in[made.place].append(made)
        head, tail = made.list.head, made.list.tail
        affixes = {("head", head[:n]) for n in range(1, min(len(head), AFFIX) + 1)}
        affixes |= {("head", head[-n:]) for n in range(1, min(len(head), AFFIX) + 1)}
        affixes |= {("tail", tail[-n:]) for n in range(1, min(len(tail), AFFIX) + 1)}
        for side, affix in sorted(affixes):
            self._by_affix[size, side, affix].append(made)
        for word in inside([item.text for item in items]):
            self._by_inside[size, word].append(made)
        for length in range(1, min(len(tail), AFFIX) + 1):
            self._with_tail[tail[-length:]].add(made.keys)
        for letter in sorted({items[0].text[0], items[0].text[-1]}):
            self._by_letter[size, letter].append(made)
        before = self._before(made.place, items[0].span.start)
        if len(before) >= 4:
            self._by_verb[size, before[-4:]].append(made)

    def join(self, name: Name) -> Joined | None:
        """The one list that belongs to ``name``; None when there is none or more than one."""
        detail = name.detail
        if is_generic(detail):
            return None
        if detail.form == "compound":
            return self._settle(name, list(self._compounds(detail)), "compound")
        if detail.form == "fold":
            return self._settle(name, list(self._folds(name)), "same-verb")
        if detail.form not in ("classifier", "bare", "modifier"):
            return None
        found = [made for made in self._headed(name) if self._belongs(name, made)]
        return self._settle(name, found, "same-head")

    # ---- candidates

    def _headed(self, name: Name) -> Iterator[Placed]:
        """Lists with the number of the name and its head at one place."""
        size, head = name.detail.number, name.detail.head
        seen: set[tuple[int, Span]] = set()
        for side in ("head", "tail"):
            for made in self._by_affix.get((size, side, head[-AFFIX:]), ()):
                at = made.place, made.list.span
                if at not in seen and has_head(made.list, head, side):
                    seen.add(at)
                    yield made
        for made in self._by_affix.get((size, "head", head[:1]), ()) if len(head) > 1 else ():
            at = made.place, made.list.span
            if at not in seen and frames(made.list, head):
                seen.add(at)
                yield made
        for made in self._by_inside.get((size, head), ()):
            at = made.place, made.list.span
            if at not in seen:
                seen.add(at)
                yield made
        if len(head) == 1 and size > 2:
            for place in sorted(name.places):
                for made in self._lists_in.get(place, ()):
                    ends = made.list.items[-1].text.endswith(head)
                    if (
                        ends
                        and len(made.list.items) == size
                        and (place, made.list.span) not in seen
                    ):
                        yield made

    def _belongs(self, name: Name, made: Placed) -> bool:
        """Whether head, number and wording suffice to give the list to the name.

        A list in a document that has the name needs less than one in another document, a
        head at the beginning of each item less than one at its end, a long list less than a
        short one.
        """
        head, number = name.detail.head, name.detail.number
        initial = has_head(made.list, head, "head")
        here = made.place in name.places
        if self._follows(name, made):
            return True
        if len(head) == 1:
            if initial and made.list.head.startswith(head):
                return number > 3 or (here and number == 3)
            return here and self._same_verb(name, made)
        if frames(made.list, head):
            return True
        if not initial and not has_head(made.list, head, "tail"):
            return number > 2 and head not in uses()[0] and self._close(name, made)
        if self._same_verb(name, made) or self._companions(name, made) > 0:
            return True
        if initial:
            marked = made.list.form in ("marked", "dashes") and number > 3
            common = head in uses()[1]
            return marked or not common or (here and (number > 3 or self._close(name, made)))
        if here:
            return speaks(name.name, name.detail, made.list)
        rare = self._is_rare(head) and (number > 3 or len(head) > 2)
        return rare and speaks(name.name, name.detail, made.list)

    def _is_rare(self, head: str) -> bool:
        """Whether one list of the corpus, and no more, ends with a head that is no common noun."""
        return len(self._with_tail.get(head[-AFFIX:], ())) == 1 and head not in uses()[0]

    def _follows(self, name: Name, made: Placed) -> bool:
        """Whether the list comes right after the name in its sentence."""
        start = made.list.span.start
        return any(
            0 <= start - span.end < NEXT and self._one_sentence(made.place, span, made.list.span)
            for span in name.spans.get(made.place, ())
        )

    def _close(self, name: Name, made: Placed) -> bool:
        """Whether the list stands within a paragraph or two of the name."""
        start = made.list.span.start
        return any(abs(span.start - start) < CLOSE for span in name.spans.get(made.place, ()))

    def _compounds(self, detail: FormulaName) -> Iterator[Placed]:
        """Lists that fall into the parts of a compound, or neighbours that are a part each."""
        parts = parts_of(detail.head)
        if not parts or sum(n for n, _ in parts) != detail.number:
            return
        seen = set()
        for size in dict.fromkeys((detail.number, parts[0][0])):
            for letter in sorted({parts[0][1][0], parts[0][1][-1]}):
                for made in self._by_letter.get((size, letter), ()):
                    whole = made if size == detail.number else self._chain(made, parts)
                    if whole is None or (whole.place, whole.list.span) in seen:
                        continue
                    if fits_parts([item.text for item in whole.list.items], parts):
                        seen.add((whole.place, whole.list.span))
                        yield whole

    def _chain(self, first: Placed, parts: Sequence[tuple[int, str]]) -> Placed | None:
        """The list and the ones that follow it in its sentence, one for each part, as one."""
        chain = [first]
        for number, _ in parts[1:]:
            after = [
                made
                for made in self._lists_near(first.place, chain[-1].list.span)
                if 0 <= made.list.span.start - chain[-1].list.span.end <= 12
            ]
            if not after or len(after[0].list.items) != number:
                return None
            chain.append(after[0])
        items = tuple(item for made in chain for item in made.list.items)
        span = Span(items[0].span.start, items[-1].span.end)
        return Placed(first.place, first.extraction, ItemList(items, span, "run", "parallel-run"))

    def _folds(self, name: Name) -> Iterator[Placed]:
        """Lists that four letters govern which govern the name too, or that stand in its chain."""
        verbs = {self._before(place, mention.span.start)[-4:] for place, mention in name.mentions}
        seen = set()
        for verb in sorted(verbs):
            for made in self._by_verb.get((name.detail.number, verb), ()) if len(verb) == 4 else ():
                if made.list.head or made.list.tail:
                    seen.add((made.place, made.list.span))
                    yield made
        for made in self._chained(name):
            if (made.place, made.list.span) not in seen:
                yield made

    def _chained(self, name: Name) -> Iterator[Placed]:
        """The list that answers to the name in a sentence of names and then lists, in one order."""
        for place, mention in name.mentions:
            names = self._names_near(place, mention.span)
            lists = self._lists_near(place, mention.span)
            numbers = [self._names[n].detail.number for _, n in names]
            if len(numbers) < 2 or numbers != [len(made.list.items) for made in lists]:
                continue
            pairs = zip(names, lists, strict=True)
            anchored = any(carries(made.list, self._names[n].detail) for (_, n), made in pairs)
            at = next((i for i, (span, _) in enumerate(names) if span == mention.span), None)
            if anchored and at is not None:
                yield lists[at]

    # ---- what speaks for a candidate

    def _settle(self, name: Name, found: list[Placed], rule: str) -> Joined | None:
        inside = versions([made for made in found if made.place in name.places])
        everywhere = versions(found)
        for grouped, where in ((inside, "document"), (everywhere, "corpus")):
            if not grouped:
                continue
            best = grouped[0] if len(grouped) == 1 else self._choose(name, everywhere)
            if best is None:
                return None
            whole = next(v for v in everywhere if same(v.first.keys, best.first.keys))
            return Joined(whole, f"{rule}-in-{where}")
        return None

    def _choose(self, name: Name, found: Sequence[Version]) -> Version | None:
        """The one version that more speaks for than for any other."""
        for measure in (self._company, self._governed, self._spread):
            scores = [measure(name, version) for version in found]
            best = max(scores)
            if best > 0 and scores.count(best) == 1:
                return found[scores.index(best)]
        return None

    def _company(self, name: Name, version: Version) -> int:
        return max(self._companions(name, made) for made in version.lists)

    def _governed(self, name: Name, version: Version) -> int:
        return int(any(self._same_verb(name, made) for made in version.lists))

    def _spread(self, name: Name, version: Version) -> int:
        return len(version.places) if len(version.places) > 1 else 0

    def _same_verb(self, name: Name, made: Placed) -> bool:
        """Whether a verb that governs the name governs the list."""
        text, start = self._texts[made.place], made.list.items[0].span.start
        clause = _BORDER.split(text[max(start - 30, 0) : start])[-1]
        return any(
            verb in clause or made.list.head.startswith(verb) for verb in self._governors(name)
        )

    def _governors(self, name: Name) -> frozenset[str]:
        """The verbs of the lexicon that stand before the name anywhere."""
        if name.name not in self._verbs_of:
            befores = {self._before(place, mention.span.start) for place, mention in name.mentions}
            found = {before[-size:] for before in befores for size in (4, 3, 2)}
            self._verbs_of[name.name] = frozenset(found & uses()[1])
        return self._verbs_of[name.name]

    def _companions(self, name: Name, made: Placed) -> int:
        """How many formulas that stand beside the name stand beside the list, by name or list."""
        company = self._neighbors(name)
        if not company:
            return 0
        named = {other for _, other in self._names_near(made.place, made.list.span)}
        lists = [near for near in self._lists_near(made.place, made.list.span) if near is not made]
        return sum(
            other in named or any(carries(near.list, self._names[other].detail) for near in lists)
            for other in sorted(company)
        )

    def _neighbors(self, name: Name) -> frozenset[str]:
        """The formulas that stand beside the name, at the first places of many."""
        if name.name not in self._company_of:
            self._company_of[name.name] = frozenset(
                other
                for place, mention in name.mentions[:50]
                for _, other in self._names_near(place, mention.span)
                if other != name.name
            )
        return self._company_of[name.name]

    def _names_near(self, place: int, span: Span) -> list[tuple[Span, str]]:
        found = self._mentions_in.get(place, [])
        low = bisect_left(found, (Span(max(span.start - NEAR, 0), 0), ""))
        near = []
        for other, name in found[low:]:
            if other.start > span.end + NEAR:
                break
            if self._one_sentence(place, span, other):
                near.append((other, name))
        return near

    def _lists_near(self, place: int, span: Span) -> list[Placed]:
        found = self._lists_in.get(place, [])
        if not found:
            return []
        low = bisect_left(self._list_starts[place], span.start - NEAR)
        near = []
        for made in found[low:]:
            if made.list.span.start > span.end + NEAR:
                break
            if self._one_sentence(place, span, made.list.span):
                near.append(made)
        return near

    def _one_sentence(self, place: int, left: Span, right: Span) -> bool:
        first, second = sorted((left, right))
        return _STOP.search(self._texts[place], first.end, max(second.start, first.end)) is None

    def _before(self, place: int, start: int) -> str:
        """Up to six letters before ``start`` in the same clause, without quotation marks."""
        text = self._texts[place][max(start - 8, 0) : start].rstrip("“‘「『 ")
        return _BORDER.split(text)[-1].lstrip("”’」』")

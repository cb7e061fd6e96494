"""List trim: where the first item of a run begins and its last item ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import eq

from kg import tables
from kg.recognize.base import Matcher

LIMIT = 60  # an item is no longer
CAUSED = 8  # letters of those who are made to do something
FEWEST = 3  # items that can show a pattern
ADVERBS = frozenset("先再又并也还要均都须应既且更")  # alone before an item, never part of it
CAUSING = "让使令"  # who is made to be what the list says stands behind them
_COUNTED = re.compile("一[名位个支批种项套条]$")
HARD = ("govern", "lead", "particle")  # what never belongs to the item behind it


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Verbs by use, and the words that link or follow items."""

    uses: dict[str, str]
    actions: frozenset[str]
    matcher: Matcher
    starts: frozenset[str]
    initials: frozenset[str]
    link: re.Pattern[str]
    et: re.Pattern[str]
    stop: str
    after: tuple[str, ...]
    modal: re.Pattern[str]
    gap: re.Pattern[str]
    framing: Matcher
    adverbs: frozenset[str]
    abstract: str
    alone: frozenset[str]
    letters: str
    toward: str
    single: frozenset[str]
    attributes: tuple[str, ...]
    agent: re.Pattern[str]
    causing: frozenset[str]
    acts: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The words that trimming needs, read once."""
    rows = {row["name"]: tables.split(row["use"]) for row in tables.rows("lexicons/formula_verbs")}
    uses = {name: values[0] for name, values in rows.items()}
    link = tables.patterns("formulas")["link"]
    before, after = link["not_before_et"], link["not_after_et"]
    heads = tables.rows("lexicons/formula_heads")
    starts = frozenset(word for word, use in uses.items() if use not in ("skip", "lead"))
    return Lexicon(
        uses=uses,
        matcher=Matcher(uses),
        actions=frozenset(name for name, values in rows.items() if "action" in values),
        starts=starts,
        initials=frozenset(word[0] for word in starts),
        link=re.compile("|".join(link["last"])),
        et=re.compile(rf"(?<=.)(?<![{before}])等(?![{after}])"),
        stop=link["stop"],
        after=tuple(link["after"]),
        modal=re.compile("|".join(link["modal"])),
        gap=re.compile(rf"(?:和|与|并|并且|及)?(?:{'|'.join(link['adverbs'])})?"),
        adverbs=frozenset(link["adverbs"]),
        abstract=link["abstract"],
        alone=frozenset(link["abstract_words"].split()),
        letters=link["governing"],
        toward=link["toward"],
        single=frozenset(link["single"]),
        attributes=tuple(link["attributes"]),
        agent=re.compile(link["agent"]),
        causing=frozenset(link["causing"]),
        acts=frozenset(link["acts"].split()),
        framing=Matcher(r["name"] for r in heads if "framing" in tables.split(r["use"])),
    )


def shared_head(texts: Sequence[str]) -> str:
    """What all texts begin with, shorter than the shortest of them."""
    low, high = min(texts), max(texts)
    if low[:1] != high[:1]:
        return ""
    limit = min(map(len, texts)) - 1
    size = 0
    while size < limit and low[size] == high[size]:
        size += 1
    return low[:size]


def shared_tail(texts: Sequence[str]) -> str:
    """What all texts end with, shorter than the shortest of them."""
    last = texts[0][-1:]
    for text in texts:
        if text[-1:] != last:
            return ""
    return shared_head([text[::-1] for text in texts])[::-1]


def begins_with_verb(text: str) -> bool:
    """Whether ``text`` begins with a verb or adverb of the lexicon."""
    starts, initials = lexicon().starts, lexicon().initials
    return text[:1] in initials and any(
        text[:size] in starts for size in range(min(len(text) - 1, 5), 0, -1)
    )


def begins_governing(text: str) -> bool:
    """Whether ``text`` begins with a verb of two letters or more that takes an object."""
    uses = lexicon().uses
    return any(uses.get(text[:size]) in ("govern", "frame") for size in range(2, 5))


def is_verb(text: str) -> bool:
    """Whether ``text`` is nothing but verbs and adverbs, such as 不断增强 (ever strengthen)."""
    starts, end, at = lexicon().starts, len(text), 0
    while at < end:
        for size in range(min(5, end - at), 0, -1):
            if text[at : at + size] in starts:
                at += size
                break
        else:
            return False
    return bool(text)


def governs(text: str) -> bool:
    """Whether ``text`` is only verbs and adverbs that want an object, such as 不断增强."""
    return governed(text) and is_verb(text)


def governed(text: str) -> bool:
    """Whether ``text`` ends with a verb of two letters or more that takes an object."""
    uses = lexicon().uses
    return any(uses.get(text[-size:]) in ("govern", "frame") for size in range(2, 6))


def first_start(chunk: str, middle: Sequence[str], last: str = "") -> int:
    """Offset at which the first item begins in ``chunk``.

    ``middle`` are the items after it whose both ends are known, ``last`` is the one whose
    beginning is known.
    """
    shortest = min(len(text) for text in (*middle, last or middle[0]))
    least = max(2 if shortest > 1 else 1, -(-6 * shortest // 10))
    others = [*middle, last] if last else middle
    if max(map(len, middle)) == 1 < len(chunk) and governed(chunk[:-1]):
        return len(chunk) - 1  # 围绕人、财、物
    head = shared_head(others) if len(others) > 1 else ""
    if head:
        at = chunk.rfind(head, 0, max(len(chunk) - least + len(head), 0))
        if at >= 0 and len(chunk) - at > len(head):
            return at
    size = len(middle[0])
    even = len(middle) == 1 or len(set(map(len, middle))) == 1
    if even and len(chunk) >= size > 1:
        start = _same_size(chunk, middle, size, last)
        if start is not None:
            return start
    start = _after_frame(chunk, middle, least)
    tail = shared_tail([chunk, *middle])
    if even and 1 < len(tail) == size - 1 and len(last) == size:
        return len(chunk) - size  # 抢着练: all but the first letter is shared
    if even and len(middle) > 1 and len(tail) > 1:
        return len(chunk) - size if len(chunk) - start > 2 * size else start
    return start


def _same_size(chunk: str, middle: Sequence[str], size: int, last: str) -> int | None:
    """The start that makes the first item as long as all others, where a word ends there."""
    words = lexicon()
    start = len(chunk) - size
    prefix, item = chunk[:start], chunk[start:]
    if not prefix or prefix[-1] in "的了着" or prefix in ADVERBS:
        return start
    if size > 2 and (_ends_single(prefix, size) or _is_patterned([item, *middle, last[:size]])):
        return start
    tail = shared_tail([item, *middle])
    if len(tail) == 1 and len(middle) > 1 and size >= 3 and item[-2:] not in words.alone:
        return start
    if item[-2:] not in words.alone and _is_quality(item, tail, last):
        return start
    if len(prefix) == 1 and prefix in words.starts:
        return start
    caused = prefix[0] in CAUSING and not words.link.search(prefix)
    if caused and tail and (len(middle) > 1 or last):
        return start  # 让船工放心、舒心、安心
    if _COUNTED.search(prefix) and not any(text.startswith("一") for text in middle):
        return start  # 成为一名政治过硬、…
    if len(tail) > 1 and len(prefix) > 1 and prefix[-1] in words.letters:
        return start
    if size == FEWEST and any(prefix.startswith(word) for word in words.causing):
        return start  # 组织船员学海图、讲海况
    verbal = all(begins_with_verb(text) for text in (item, *middle))
    if verbal and (prefix in words.adverbs or prefix[0] in words.toward):
        return start
    ends = {end for _, end, use in _matches(prefix) if use in ("govern", "frame")}
    return start if start in ends else None


def _ends_single(prefix: str, size: int) -> bool:
    """Whether a verb of one letter ends the prefix: 分 in 工作分A、B、C (has the parts A, B, C)."""
    return prefix[-1] in lexicon().single and (len(prefix) == 1 or size > 3)


def _is_patterned(items: Sequence[str]) -> bool:
    """Whether items of one length share two letters at their places.

    One letter is enough in items of five or more; so are 不 in 甘不甘心 and 得 in 守得住.
    """
    texts = [item for item in items if item]
    if len(texts) < FEWEST or not any(map(eq, *texts[:2])) or len(set(map(len, texts))) > 1:
        return False
    tail = shared_tail(texts)
    stems = [text.removesuffix(tail) for text in texts] if tail else texts
    same = [letters[0] for letters in zip(*stems, strict=True) if len(set(letters)) == 1]
    if same and (len(texts[0]) > 4 or len(texts) > FEWEST):
        return True
    return len(same) > 1 or same in (["不"], ["得"])


def _is_quality(item: str, tail: str, last: str) -> bool:
    """Whether the items end with one letter for qualities, as in A感、B感、C感."""
    size = len(item)
    quality = len(tail) == 1 and tail in lexicon().abstract
    return quality and size >= 3 and last[size - 1 : size] == tail


def led(text: str) -> int:
    """Length of the word that opens ``text`` and no item keeps: 凡属 (whatever belongs to)."""
    uses = lexicon().uses
    return next((size for size in (4, 3, 2) if uses.get(text[:size]) in ("govern", "lead")), 0)


def noun_start(chunk: str) -> int:
    """Offset behind the verbs that govern the only item of ``chunk``."""
    return _after_frame(chunk, ["\0\0"], 2)


def _after_frame(chunk: str, others: Sequence[str], least: int) -> int:
    """Where the item begins behind the verbs, prepositions and 的 that govern the list."""
    cuts = _cuts(chunk)
    if all("的" in other[1:-1] for other in others):  # what every item has divides none
        cuts = [cut for cut in cuts if chunk[cut[0]] != "的"]
    start = max(
        (end for _, end, use in cuts if use in HARD and len(chunk) - end >= least), default=0
    )
    row = _first_row(chunk, [c for c in cuts if c[0] >= start and len(chunk) - c[0] >= least])
    verbal = all(begins_with_verb(other) for other in others)
    if row and not verbal and chunk[row[-1][0] : row[-1][1]] in lexicon().causing:
        start = _behind_caused(chunk, row[-1][1], cuts, others) or start
        row = row if start <= row[-1][1] else []
    if not row or (verbal and row[0][0] > start and begins_with_verb(chunk[start:])):
        return start
    after = chunk[row[-1][1] :]
    if verbal and not (len(after) >= least and begins_with_verb(after)):
        # Every other item begins with its own verb, so the first keeps its own too.
        return row[-1][0]
    for _, end, _ in reversed(row):
        if len(chunk) - end >= least or _is_short_item(chunk, end, others):
            return _behind_second(chunk, end, least, others)
    return start


def _behind_caused(
    chunk: str, at: int, cuts: Sequence[tuple[int, int, str]], others: Sequence[str]
) -> int:
    """End of the verb whose subject begins at ``at``, where an item stands behind it; or 0."""
    for start, end, use in cuts:
        item = chunk[end:]
        if start < at + 2 or use == "lead":
            continue
        if start > at + CAUSED or "的" in chunk[at:start] or use == "particle":
            break
        alike = item[-1:] == others[0][-1:] or len(item) >= min(map(len, others))
        return end if len(item) > 1 and alike and not is_verb(item) else 0
    return 0


def _behind_second(chunk: str, at: int, least: int, others: Sequence[str]) -> int:
    """Behind the second verb of A和B (do A and B), 和 joining it to the first, up to ``at``."""
    if chunk[at : at + 1] == "好" and {len(chunk) - at - 1} == set(map(len, others)):
        return at + 1  # 把握好 (grasp well)
    end = at + 3
    # No item begins with 和, so a short one behind the second verb is still the better cut.
    joined = chunk[at : at + 1] in ("和", "与", "并", "及") and len(chunk) - end >= min(least, 2)
    return end if joined else at


def _is_short_item(chunk: str, at: int, others: Sequence[str]) -> bool:
    """Whether a short item stands behind a preposition, or one with the ending of the others
    behind nothing but verbs."""
    if at == 1 and len(chunk) > 2:
        return True
    return len(chunk) - at >= 2 and chunk[-1] == others[0][-1] and is_verb(chunk[:at])


def _first_row(chunk: str, cuts: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The first verbs that follow each other, directly or over 和 (and)."""
    row = cuts[:1]
    for cut in cuts[1:]:
        gap = chunk[row[-1][1] : cut[0]]
        if not lexicon().gap.fullmatch(gap):
            break
        if gap[:1] in ("和", "与", "并", "及"):  # what 和 joins governs as one
            row.append((row[-1][0], cut[1], cut[2]))
        else:
            row.append(cut)
    return row


def _matches(text: str) -> list[tuple[int, int, str]]:
    uses = lexicon().uses
    return [(at, end, uses[word]) for at, end, word in lexicon().matcher.find(text)]


def _cuts(chunk: str) -> list[tuple[int, int, str]]:
    """Verbs of ``chunk`` and each 的, 了, 着, 是 outside them, as (start, end, use).

    A verb inside a word for who does it, such as 申请人 (applicant), is none.
    """
    agent = lexicon().agent
    found = [cut for cut in _matches(chunk) if not agent.match(chunk, cut[1])]
    taken = {at for start, end, _ in found for at in range(start, end)}
    for match in re.finditer("[的了着是]", chunk):
        if match.start() not in taken:
            found.append((*match.span(), "particle"))
    return sorted(cut for cut in found if cut[2] in ("govern", "frame", "lead", "particle"))


def cut_et(text: str) -> tuple[int, bool]:
    """Where 等 (and so on) or the text ends, and whether there is a 等."""
    match = lexicon().et.search(text)
    return (match.start(), True) if match else (len(text), False)


def last_end(chunk: str, others: Sequence[str], *, head: str = "", tail: str = "") -> int:
    """Offset at which the last item ends in ``chunk``; ``others`` stand before it."""
    sizes = sorted(map(len, others))
    middle = sizes[(len(sizes) - 1) // 2]
    if len(tail) == 1 and sizes[0] == sizes[-1] == len(chunk):
        return len(chunk)
    if tail:
        ends = [m.end() for m in re.finditer(re.escape(tail), chunk) if m.start() > 0]
        if ends:
            return min(ends, key=lambda end: (abs(end - middle), end))
    if sizes[0] == sizes[-1] and len(chunk) > middle:
        if chunk[middle] in lexicon().stop:
            links = chunk[middle - 1] in "之的" or lexicon().link.search(chunk, middle - 1, middle)
            return middle - 1 if links else middle
        if len(head) > 1 and len(others) > 1:
            return _behind_attribute(chunk, middle)
        if head and middle > 3 and len(others) > 1 and begins_with_verb(chunk[middle:]):
            return middle
        if chunk.startswith(lexicon().after, middle):
            return middle
    if "的" in chunk[1:] and not any("的" in other for other in others):
        return chunk.index("的", 1)
    modal = lexicon().modal.search(chunk, 2)
    return modal.start() if modal else len(chunk)


def _behind_attribute(chunk: str, at: int) -> int:
    """End of the last item, which does not end at ``at`` behind 普通 (common) and its like."""
    if not chunk.endswith(lexicon().attributes, 0, at):
        return at
    verbs = (start for start, _, use in _matches(chunk) if start > at + 1 and use != "skip")
    end = min(verbs, default=len(chunk))
    return end if end - at <= 6 else at


def link_splits(chunk: str) -> list[tuple[int, int]]:
    """Places of 和, 与, 及 … inside ``chunk`` with something on both sides."""
    return [
        m.span() for m in lexicon().link.finditer(chunk) if m.start() > 0 and m.end() < len(chunk)
    ]

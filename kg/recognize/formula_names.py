"""Formula names: what the wording of a name announces, and where an unquoted name ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg import tables
from kg.model import FormulaName
from kg.recognize.formula_numbers import NUMERAL, value

LONGEST = 10  # letters of a head
LIMIT = 30  # no formula announces more members
KINDS = frozenset("种类")
_LETTERS = re.compile(r"[^\W\d_]{0,14}")
_ATTRIBUTE = re.compile(r"的([^\W\d_]{2,4})")
_FOLD = re.compile(rf"([{NUMERAL}]{{1,2}})[^\W\d_{NUMERAL}]一体化?")
_TWICE = re.compile(rf"([{NUMERAL}])\1([^{NUMERAL}\W\d]{{2,4}})")
_BARE = re.compile(rf"([{NUMERAL}]{{1,2}})([^{NUMERAL}\W\d_]\w{{0,5}})")


@dataclass(frozen=True, slots=True)
class Grammar:
    """Expressions built from the pattern file, and the words that veto a name."""

    quoted: re.Pattern[str]
    plain: re.Pattern[str]
    classified: re.Pattern[str]
    compound: re.Pattern[str]
    segment: re.Pattern[str]
    modified: re.Pattern[str]
    program: re.Pattern[str]
    free: str
    plain_kinds: str
    activities: tuple[str, ...]
    closed: frozenset[str]
    attributive: frozenset[str]
    function: re.Pattern[str]
    after_compound: tuple[str, ...]
    modifier_words: frozenset[str]
    vetoes: frozenset[str]
    whole: frozenset[str]
    session: tuple[str, ...]
    heads: dict[str, frozenset[str]]
    longest: int


@cache
def grammar() -> Grammar:
    """The grammar of names, read once."""
    name = tables.patterns("formulas")["name"]
    kinds, modifiers = name["classifiers"], name["modifiers"]
    number = f"[{NUMERAL}]{{1,3}}"
    body = rf"[^{NUMERAL}\W\d_]{{1,6}}"
    heads = {row["name"]: frozenset(tables.split(row["use"])) for row in _rows("formula_heads")}
    vetoes = {row["name"]: row["use"] for row in _rows("formula_vetoes")}
    return Grammar(
        quoted=re.compile(
            rf"[“‘「『\"]\s*(?P<name>[{modifiers}]?\s*[{NUMERAL}0-9][^“”‘’「」『』\"，。；：！？《》]{{1,24}}?)"
            r"\s*[”’」』\"]"
        ),
        plain=re.compile(
            rf"(?P<number>{number})"
            rf"(?:(?P<fold>位一体)|(?P<kind>[{name['plain']}{name['also_plain']}])|(?P<twin>\w[{NUMERAL}]\w(?:[{NUMERAL}]\w)*)"
            rf"|(?P<modified>[{name['modified']}]))"
        ),
        classified=re.compile(
            rf"(?P<number>{number}|[0-9]{{1,2}})(?P<kind>[{kinds}])(?P<head>[\w·、]+)"
        ),
        compound=re.compile(
            rf"(?:{number}[{kinds}]?{body}){{2,}}|{number}[{kinds}]?[^\W\d_]{{1,6}}"
            rf"(?:、{number}[{kinds}]?[^\W\d_]{{1,6}})+"
        ),
        segment=re.compile(rf"(?P<number>{number})(?P<kind>[{kinds}]?)(?P<body>[^{NUMERAL}、]+)"),
        modified=re.compile(
            rf"[{modifiers}](?P<number>{number})(?P<head>[^{NUMERAL}\W\d_]{{1,4}})"
        ),
        program=re.compile(
            rf"“(?P<items>[^“”。；：，]{{3,60}})”(?P<name>(?P<number>{number})"
            rf"(?P<letter>[^{NUMERAL}\W\d_])(?:{'|'.join(name['programs'])}))"
        ),
        free=name["free"],
        plain_kinds=name["plain"],
        activities=tuple(name["activities"]),
        closed=frozenset(name["closed"]),
        attributive=frozenset(name["attributive"]),
        function=re.compile(f"[{name['function']}]"),
        after_compound=tuple(name["nouns_after_compound"]),
        modifier_words=frozenset(name["modifier_words"]),
        vetoes=frozenset(w for w, use in vetoes.items() if use == "word"),
        whole=frozenset(w for w, use in vetoes.items() if use == "whole"),
        session=tuple(w for w, use in vetoes.items() if use == "session"),
        heads=heads,
        longest=max(map(len, heads)),
    )


def _rows(name: str) -> tuple[dict[str, str], ...]:
    return tables.rows(f"lexicons/{name}")


def announced(wording: str) -> FormulaName | None:
    """What the whole of ``wording`` announces as the name of a formula; None when it is none."""
    rules = grammar()
    if vetoed(wording):
        return None
    if fold := _FOLD.fullmatch(wording):
        return _detail(value(fold[1]), "位一体", "fold")
    if modified := rules.modified.fullmatch(wording):
        return _detail(value(modified["number"]), modified["head"], "modifier")
    if twice := _TWICE.fullmatch(wording):
        return _detail(value(twice[1]), twice[2], "twice")
    if rules.compound.fullmatch(wording) and (compound := _compound(wording)):
        return compound
    if named := rules.classified.fullmatch(wording):
        return classified(named["number"], named["kind"], named["head"], "unit")
    return _double(wording) if wording[0] == "双" else _bare(wording)


def vetoed(wording: str) -> bool:
    """Whether the name, or its beginning, is an idiom, a proper name or a date."""
    vetoes = grammar().vetoes
    if wording in grammar().whole:
        return True
    return any(wording[:size] in vetoes for size in range(2, min(len(wording), 6) + 1))


def _detail(number: int, head: str, form: str) -> FormulaName | None:
    return FormulaName(number, head, form) if 2 <= number <= LIMIT else None


def _compound(wording: str) -> FormulaName | None:
    """三查一改 (three checks, one correction): the number is the sum of the parts."""
    parts = parts_of(wording)
    if len(parts) < 2 or any(number == 0 or body in "个项种" for number, body in parts):
        return None
    if "、二" in wording:  # 一…、二… number the parts
        return None
    if "、" in wording and all(number == 1 for number, _ in parts):  # 一村一品、一户一策: a list
        return None
    # Classifiers stand in every part (一条…、两个…) or in none; 支 in 三支点 is no classifier.
    kinds = {part["kind"] for part in grammar().segment.finditer(wording)}
    if "" in kinds and any(kind in grammar().plain_kinds for kind in kinds - {""}):
        return None
    return _detail(sum(number for number, _ in parts), wording, "compound")


def parts_of(wording: str) -> list[tuple[int, str]]:
    """Number and body of each part of a compound name.

    >>> parts_of("三查一改")
    [(3, '查'), (1, '改')]
    """
    return [(value(p["number"]), p["body"]) for p in grammar().segment.finditer(wording)]


def classified(number: str, kind: str, head: str, barred: str) -> FormulaName | None:
    """``barred`` is the use of words that make a plain quantity of the name."""
    kinds = kind in KINDS and barred == "unit"  # 四种人 (four kinds of people) counts no people
    if (barred in head_uses(head) and not kinds) or (kind == "大" and _is_session(number, head)):
        return None
    return _detail(value(number), head, "classifier")


def _is_session(number: str, head: str) -> bool:
    return value(number) >= 7 and head.startswith(grammar().session)


def _bare(wording: str) -> FormulaName | None:
    shape = _BARE.fullmatch(wording)
    if shape is None or shape[2] in ("大", "届", "年", "月", "日", "号"):
        return None
    if shape[2] == "会" and value(shape[1]) == 2:  # 两会, the two yearly sessions
        return None
    if "unit" in head_uses(shape[2]):
        return None
    return _detail(value(shape[1]), shape[2], "bare")


def _double(wording: str) -> FormulaName | None:
    """双 (double) + one thing, as in 双能手 (twice able)."""
    return FormulaName(2, wording[1:], "bare") if 2 <= len(wording) <= 5 else None


def head_uses(head: str) -> frozenset[str]:
    """What the lexicon says of a head: generic, noun, countable, framing."""
    return grammar().heads.get(head, frozenset())


def head_at(text: str, at: int) -> str:
    """The head of a name that begins at ``at``: up to its noun, or a short run of letters.

    >>> head_at("四项办事准则统一起来", 2), head_at("三座高塔，", 2)
    ('办事准则', '高塔')
    """
    run = _LETTERS.match(text, at)
    letters = run.group() if run else ""
    end = _first_noun(letters)
    stop = grammar().function.search(letters, 1)
    if stop and (not end or stop.start() < _noun_start(letters, end)):
        end = stop.start()
    if not end and stop is None and len(letters) > 5:
        known = 3 < _noun_start(letters, len(letters)) < len(letters) <= LONGEST
        return letters if known else ""
    end = _before_activity(letters[: _longer(letters, end) if end else len(letters)])
    attribute = _ATTRIBUTE.match(text, at + end)
    if attribute and letters[:end] not in grammar().heads:
        noun = _first_noun(attribute[1])
        if noun == len(attribute[1]):
            return letters[:end] + attribute.group()
    return letters[:end] if end <= LONGEST and (end < len(letters) or len(letters) <= 8) else ""


def _longer(letters: str, end: int) -> int:
    """End of a head of two nouns: 工作机制 (working mechanism), 重点领域 (key field)."""
    rules = grammar()
    if letters[:end] not in rules.heads or letters[:end] in rules.closed:
        return end
    for size in range(min(4, len(letters) - end), 1, -1):
        noun = letters[end : end + size]
        adds = noun not in rules.closed or letters[:end] in rules.attributive
        if adds and head_uses(noun) & {"noun", "generic"} and noun not in rules.activities:
            return _third(letters, end + size)
    return end


def _third(letters: str, end: int) -> int:
    """End of a head of three nouns that a set noun closes: 重点行业领域 (fields of key trades)."""
    return end + 2 if "generic" in head_uses(letters[end : end + 2]) else end


def _before_activity(letters: str) -> int:
    """End of an unknown head: before 建设 (building) and its like, which the name governs."""
    for word in grammar().activities:
        if letters.endswith(word) and len(letters) > len(word):
            return len(letters) - len(word)
    return len(letters)


def _first_noun(letters: str) -> int:
    """End of the first noun of the lexicon in ``letters``, the longest that begins there."""
    rules = grammar()
    for start in range(min(len(letters), 4)):
        for size in range(min(rules.longest, len(letters) - start), 1, -1):
            uses = rules.heads.get(letters[start : start + size], frozenset())
            if uses & {"noun", "generic", "countable"}:
                return _overlapping(letters, start, start + size)
    return 1 if "countable" in rules.heads.get(letters[:1], frozenset()) else 0


def _overlapping(letters: str, start: int, end: int) -> int:
    """End of the noun that begins where another one ends: 关系 in 重大关系, not 大关."""
    at = end - 1
    longest = min(4, len(letters) - at) if at > start else 0
    sizes = (n for n in range(longest, 1, -1) if "noun" in head_uses(letters[at : at + n]))
    return at + next(sizes, 1)


def _noun_start(letters: str, end: int) -> int:
    """Where the longest noun of the lexicon that ends at ``end`` begins."""
    starts = range(max(end - grammar().longest, 0), end)
    return next((at for at in starts if letters[at:end] in grammar().heads), end)

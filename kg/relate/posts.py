"""Posts: who holds which post where.

Bodies, titles and persons of a passage, and what stands between them, are read as a string
of one letter each, in which a few patterns stand for the ways a post is worded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from kg.model import Claim, Document, Mention, Passage, Scalar, Span
from kg.relate import posts_hosts, posts_line, posts_lives, posts_near
from kg.relate.base import Told, passages
from kg.relate.posts_line import Line
from kg.tables import rows, words

TENURE = "former"  # value of the qualifier "tenure" for a post that is over
TERRITORIAL = "territorial"
_MEMBERSHIP = frozenset({"Person", "Organization"})
HOST = "host-body"  # rule of a body that a word like 校 (the school) stands for

# O body, L place, R title, P person; signs between them as in lexicons/role_glue, _ a space.
# Possessive, and no longer than a text can mean: no passage makes the search backtrack.
_ITEM = r"[tfpl]?+(?:[OL]_?+){0,6}+[tfpl]?+R"
_CHAIN = rf"{_ITEM}(?:(?:_|[,;]&?+|&)?+{_ITEM}){{0,30}}+"
_PEOPLE = r"P(?:[,&_]P){0,99}+"
# A title without a body of its own, after a person: it is of the same body (某书记甲、局长乙).
_BARE = r"[tfpl]?+R(?:[,;&]&?+[tfpl]?+R){0,9}+"
_MORE = rf"(?:[,;&]{_BARE}_?+h?+{_PEOPLE}){{0,20}}+"
_MAIN = re.compile(
    "|".join(
        (
            rf"(?P<credit>R_?+:_?+{_PEOPLE})",
            rf"(?P<dismissed>{_PEOPLE}h?+d?+{_CHAIN}z)",
            rf"(?P<own>P;{_CHAIN})(?!_?h?P)",
            rf"(?P<ousted>q{_CHAIN}z?)(?!_?h?P)",
            rf"(?P<title>(?<![Phtfpl]){_CHAIN}_?+d?+h?+{_PEOPLE}{_MORE})",
            rf"(?P<since>(?<![Phtfpl]){_CHAIN})(?!_?h?P)",
        )
    )
)
# Within one clause: what follows the comma may be of another person.
_CLAUSE = rf"{_ITEM}(?:(?:_|[,&]&?+)?+{_ITEM}){{0,30}}+"
_NAMED = re.compile(rf"(?P<named>{_PEOPLE}h?+[;_]?+(?=[tfp]){_CLAUSE})(?!_?h?P)")
# After words on why: 某某因工作调动|辞去公司总经理职务.
_LEFT = re.compile(rf"(?P<left>Ph?+x(?=f){_CLAUSE})(?!_?h?P)")
_CALLED = re.compile(r"(?P<called>O?P_?R)(?![:_]?P)")
_NOTED = re.compile(rf"(?P<noted>Ph?\(_?{_CHAIN}_?\))")
_BY = re.compile(rf"(?P<office>{_ITEM})b(?:{_CHAIN}_?+h?+)?(?P<by>P)h?t")
# A body that somebody is given to lead: 成立某专班，由某某任组长.
_LED = re.compile(r"O(?=;?b)")
_WORKS = re.compile(r"(?P<works>P;?mO)(?!_?[RO])")
_TOLD = re.compile(rf"(?<=[;,x])(?P<told>{_CHAIN})(?!_?h?P)")
_GROUP = re.compile(rf"(?P<chain>{_CHAIN})_?+d?+h?+(?P<people>{_PEOPLE})")
_ITEMS = re.compile(r"([tfpl]?+)((?:[OL]_?+){0,6}+)([tfpl]?+)(R)")


@dataclass(frozen=True, slots=True)
class Post:
    """A title with the body that the text gives it."""

    role: Mention
    body: Mention | None
    tenure: str
    inferred: bool = False
    rule: str = "role-body"  # what inferred the body


@dataclass(frozen=True, slots=True)
class Office:
    """What the table of titles knows of one: its kind and the body it alone belongs to."""

    kind: str
    body: str
    many: bool
    called: bool  # it also follows a name


@cache
def _offices() -> dict[str, Office]:
    return {
        row["name"]: Office(
            row["kind"],
            row["body"],
            row["holders"] in ("many", "each"),
            row["kind"] == "tail" or (row["holders"] != "many" and row["kind"] != "occupation"),
        )
        for row in rows("lexicons/roles")
    }


def find(
    document: Document, mentions: Sequence[Mention], told: Sequence[Told] = ()
) -> Iterator[Claim]:
    """Claims ``holdsPost`` (person, role) and ``memberOf`` (person, body) of a document.

    The body of a post is its qualifier ``organization``; the qualifier ``tenure`` says
    "former" or "proposed" where the text does.
    """
    labels = _labels(mentions)
    hosts = posts_hosts.hosts(document, mentions)
    for each in told or passages(document, mentions):
        if "Role" not in each.kinds and not each.kinds >= _MEMBERSHIP:
            continue
        passage, inside = each.passage, each.of(*posts_line.KINDS)
        line = posts_line.line(passage, inside, hosts)
        if "R" in line.letters:
            yield from _lives(passage, line, labels)
            yield from _taken(line, labels)
            for pattern in (_MAIN, _NAMED, _LEFT, _CALLED, _NOTED):
                for match in pattern.finditer(line.letters):
                    yield from _claims(passage, line, match, labels)
        yield from _works(line)
        if passage.kind == "byline":
            yield from _bylines(passage, inside)


def _labels(mentions: Sequence[Mention]) -> dict[str, Mention]:
    """The first mention of every body, by its name and its full name."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        if mention.kind == "Organization":
            found.setdefault(mention.label, mention)
            found.setdefault(mention.name, mention)
    return found


def _claims(
    passage: Passage, line: Line, match: re.Match[str], labels: Mapping[str, Mention]
) -> Iterator[Claim]:
    how = match.lastgroup or ""
    low, high = match.span(how)
    if how == "title":
        yield from _titled(passage, line, low, high, labels)
        return
    people = [m for m in line.marks[low:high] if m is not None and m.kind == "Person"]
    led = _led(passage, line, low) if how == "named" else None
    posts = list(_posts(line, low, high, labels, led))
    if how == "left" and not posts_near.leaves(passage, line.marks, low):
        return
    if how == "since":
        people = _subject(passage, line, match)
    elif how == "ousted":
        people = [m for m in line.marks[:low] if m is not None and m.kind == "Person"][-1:]
    elif how in ("called", "own", "noted"):
        people = people[:1]
    if not people or (how == "own" and not _introduces(passage, people[0])):
        return
    kind = _office(posts[0].role.name) if how == "called" else None
    spaced = how == "called" and "_" in line.letters[low:high]
    if kind is not None and (not kind.called or (spaced and kind.kind != "tail")):
        return
    if how == "called" and line.letters[low] == "O" and posts[0].body is None:
        posts = [replace(posts[0], body=line.marks[low])]
    over = how == "ousted" or (how == "dismissed" and _is_dismissal(passage, people[0]))
    rule = {"credit": "credit", "own": "self-introduction"}.get(how, "post")
    rule = "credit" if kind is not None and kind.kind == "tail" else rule
    yield from _each(people, posts, rule, _extent(line, low, high, people), over)


def _led(passage: Passage, line: Line, low: int) -> Mention | None:
    """The body that the sentence gives to the persons it names, before one of them."""
    found = [line.marks[match.start()] for match in _LED.finditer(line.letters, 0, low)][-1:]
    person = line.marks[low]
    if not found or found[0] is None or person is None:
        return None
    between = passage.within(Span(found[0].span.end, person.span.start))
    return None if any(mark in between for mark in posts_near.SENTENCE) else found[0]


def _taken(line: Line, labels: Mapping[str, Mention]) -> Iterator[Claim]:
    """Posts that somebody takes: 代表团团长|由|副省长某某|担任."""
    for match in _BY.finditer(line.letters):
        low, high = match.span("office")
        person = line.marks[match.start("by")]
        if person is not None:
            posts = list(_posts(line, low, high, labels))
            yield from _each([person], posts, "post", _extent(line, low, high, [person]), False)


def _lives(passage: Passage, line: Line, labels: Mapping[str, Mention]) -> Iterator[Claim]:
    """Posts of a person who opens a sentence that names nobody else."""
    for low, high, person in posts_lives.openings(passage, line.marks):
        for match in _TOLD.finditer(line.letters, low, high):
            begin, end = match.span("told")
            role = next(m for m in reversed(line.marks[begin:end]) if m is not None)
            if posts_lives.closes(passage, role):
                posts = list(_posts(line, begin, end, labels))
                yield from _each(
                    [person], posts, "post", _extent(line, begin, end, [person]), False
                )


def _titled(
    passage: Passage, line: Line, low: int, high: int, labels: Mapping[str, Mention]
) -> Iterator[Claim]:
    """Persons after their titles; a later title without a body is of the body before."""
    before = posts_near.chief(passage, line.marks, low)
    for match in _GROUP.finditer(line.letters, low, high):
        begin, end = match.span("chain")
        posts = list(_posts(line, begin, end, labels, before))
        people = [m for m in line.marks[slice(*match.span("people"))] if m is not None]
        if not _shared(posts):
            people = people[:1]
        bodies = [p.body for p in posts if p.body is not None and not _personal(p.role.name)]
        before = bodies[-1] if bodies else before
        yield from _each(people, posts, "post", _extent(line, begin, end, people), False)


def _extent(line: Line, low: int, high: int, people: Sequence[Mention]) -> Span:
    marks = [m for m in line.marks[low:high] if m is not None] + list(people)
    return Span(min(m.span.start for m in marks), max(m.span.end for m in marks))


def _each(
    people: Sequence[Mention], posts: Sequence[Post], rule: str, span: Span, over: bool
) -> Iterator[Claim]:
    for person in people:
        for post in posts:
            yield from _claim(person, post, span, rule, TENURE if over else post.tenure)


def _claim(person: Mention, post: Post, span: Span, rule: str, tenure: str) -> Iterator[Claim]:
    if post.inferred:
        rule = post.rule
    qualifiers: list[tuple[str, Scalar | Mention]] = []
    if post.body is not None:
        qualifiers.append(("organization", post.body))
        if not post.inferred and post.body.span.start < span.start:
            span = Span(post.body.span.start, span.end)
    if tenure:
        qualifiers.append(("tenure", tenure))
    yield Claim(
        "holdsPost", person, post.role, span, rule, tuple(qualifiers), inferred=post.inferred
    )
    if post.body is not None and post.body.kind == "Organization" and not tenure:
        yield Claim("memberOf", person, post.body, span, rule, inferred=post.inferred)


def _posts(
    line: Line,
    low: int,
    high: int,
    labels: Mapping[str, Mention],
    before: Mention | None = None,
) -> Iterator[Post]:
    """Every title of a chain with its body: its own, or that of the title before it."""
    tenure = ""
    host: Mention | None = None
    for match in _ITEMS.finditer(line.letters, low, high):
        role = line.marks[match.start(4)]
        assert role is not None
        bodies = [m for m in line.marks[match.start(2) : match.end(2)] if m is not None]
        own = next((m for m in reversed(bodies) if m.kind == "Organization"), None)
        own = own or (bodies[-1] if bodies else None)
        signs = match.group(1) + match.group(3)
        if signs or bodies:
            tenure = "former" if "f" in signs else "proposed" if "p" in signs else ""
        before = own or before
        if own is None and ("l" in signs or (before is None and role in line.hosts)):
            host = line.hosts.get(role)
            yield Post(role, host, tenure, host is not None, HOST)
            continue
        if own is None and host is not None and before is None and not _office(role.name).body:
            yield Post(role, host, tenure, True, HOST)  # 该公司书记、|董事
            continue
        if own is None and before is not None:
            before = posts_near.court(role.name, before)
        body, inferred = (own, False) if own else _inherited(role.name, before, labels)
        yield Post(role, body, tenure, inferred)


@cache
def _ranks() -> tuple[str, ...]:
    return tuple(sorted(words("lexicons/role_personal", "title")))


def _personal(role: str) -> bool:
    """Whether a title honours its holder: the next person's post is of another body."""
    return role.endswith(_ranks())


def _inherited(
    role: str, before: Mention | None, labels: Mapping[str, Mention]
) -> tuple[Mention | None, bool]:
    """Body of a title that names none, and whether general knowledge gave it."""
    office = _office(role)
    if office.body:
        body = labels.get(office.body)
        return body, body is not None
    if office.kind == TERRITORIAL:
        if before is None or before.kind == "Place":
            return before, False
        body = labels.get(_government(before.label, role))
        return body, body is not None
    if office.kind in ("rank", "credit", "tail", "occupation") and before is None:
        return None, False
    if office.kind == "rank":
        return None, False
    return before, False


def _office(role: str) -> Office:
    """The row of a title, by its longest ending that the table lists."""
    table = _offices()
    names = (role[start:] for start in range(len(role)))
    return next((table[name] for name in names if name in table), Office("office", "", False, True))


def _government(body: str, role: str) -> str:
    """Government of the place that ``body`` belongs to: 某省委 + 省长 -> 某省人民政府."""
    end = body.find(role[-2:-1], 1, 12)
    return body[: end + 1].removeprefix("中共") + "人民政府" if end > 0 else ""


def _shared(posts: Sequence[Post]) -> bool:
    """Whether several persons may stand after the title: 副主席某某、某某."""
    last = posts[-1].role.name
    return "副" in last or _office(last).many


def _subject(passage: Passage, line: Line, match: re.Match[str]) -> list[Mention]:
    """Whom a title means that no name stands beside: the one person whom a passage introduces.

    The title must say how the post is held (现任, 曾任), or be the only one of the passage.
    """
    person = line.sole
    index, end = match.span("since")
    if person is None or person.span.start > _place(line, index):
        return []
    own = person.rule in ("note", "self")
    own = own or (person.span.start == passage.span.start and line.letters[index] in "tf")
    alone = not _MAIN.search(line.letters, end) and line.letters.find("R") >= index
    return [person] if own and (line.letters[index] in "tf" or alone) else []


def _place(line: Line, index: int) -> int:
    return next((m.span.start for m in line.marks[index:] if m is not None), 0)


def _introduces(passage: Passage, person: Mention) -> bool:
    start = person.span.start - passage.span.start
    return passage.text[max(0, start - 2) : start] in ("我是", "我叫")


def _is_dismissal(passage: Passage, person: Mention) -> bool:
    start = person.span.start - passage.span.start
    before = passage.text[max(0, start - 4) : start]
    return before.endswith(_dismissals())


@cache
def _dismissals() -> tuple[str, ...]:
    return tuple(words("lexicons/role_dismissals", "word"))


def _works(line: Line) -> Iterator[Claim]:
    """A person who says which body he or she comes from: 我是某某，来自某公司."""
    for match in _WORKS.finditer(line.letters):
        found = [m for m in line.marks[match.start() : match.end()] if m is not None]
        person, body = found[0], found[-1]
        yield Claim("memberOf", person, body, Span(person.span.start, body.span.end), "post")


def _bylines(passage: Passage, mentions: Sequence[Mention]) -> Iterator[Claim]:
    """A body right beside a name in a byline: the author works there."""
    for left, right in pairwise(mentions):
        gap = passage.within(Span(left.span.end, right.span.start))
        pair = {left.kind: left, right.kind: right}
        if set(pair) == {"Organization", "Person"} and not gap.strip(" \u3000|｜/／"):
            span = Span(left.span.start, right.span.end)
            yield Claim("memberOf", pair["Person"], pair["Organization"], span, "byline")

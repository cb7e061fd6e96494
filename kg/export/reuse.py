"""Reuse: passages that documents share, side by side, with the changed words marked."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from heapq import nsmallest
from html import escape
from importlib.resources import files
from itertools import groupby

import networkx as nx

from kg import graph as graphs
from kg.export.survey import date
from kg.model import Entity, Evidence, Relation
from kg.settings import Settings

SHOWN = 2000  # pairs in the page, the longest; the graph holds all
_CHANGE = re.compile(r"(\d+)-(\d+)>(\d+)-(\d+)", re.ASCII)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_ORDERS = {
    "date": "按文献日期 by date",
    "path": "日期不明，按文件名 no dates: by path",
    "place": "同一文献，按位置 one document: by place",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two passages. ``parts`` are its words in order, each with whether it is changed;
    ``begin`` and ``end`` count code points of the raw text."""

    path: str
    title: str
    date: str
    begin: int
    end: int
    parts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of passages, one taken from the other or both from a third."""

    id: str
    score: float
    length: int
    changed: int
    order: str
    earlier: Side
    later: Side


def render(graph: nx.MultiDiGraph, settings: Settings) -> str:
    """The longest passages that the documents of a graph share, as a page; see ``html``."""
    given = graph.nodes(data="attributes")
    found = [node for node, kind in graph.nodes(data="kind") if kind == "Reuse"]
    longest = nsmallest(SHOWN, found, key=lambda node: (-int(given[node].get("length", 0)), node))
    relations = [r for node in longest for r in graphs.outgoing(graph, node, "earlier", "later")]
    things = sorted({end for relation in relations for end in (relation.subject, relation.object)})
    return html(rows((graphs.entity(graph, one) for one in things), relations), len(found))


def rows(entities: Iterable[Entity], relations: Iterable[Relation]) -> list[Row]:
    """The pairs of passages among entities of the kinds Document and Reuse, by documents and
    place. A document that is not among them goes by its id."""
    known = {entity.id: entity for entity in entities}
    ends: dict[str, dict[str, Relation]] = {}
    for relation in relations:
        ends.setdefault(relation.subject, {})[relation.predicate] = relation
    found = [
        _row(known[ident], both["earlier"], both["later"], known)
        for ident, both in ends.items()
        if ident in known and known[ident].kind == "Reuse" and len(both) == 2
    ]
    return sorted(found, key=lambda r: (r.earlier.path, r.later.path, r.later.begin, r.id))


def text(pairs: Sequence[Row]) -> Iterator[str]:
    """Lines for a terminal; what is changed stands in ``[-…-]`` and ``{+…+}``."""
    for row in pairs:
        yield (
            f"{_place(row.earlier)} → {_place(row.later)}  "
            f"score {row.score:.2f}, {row.length} characters, {row.changed} changed"
        )
        yield "  " + "".join(f"[-{w}-]" if changed else w for w, changed in _shown(row.earlier))
        if row.changed or _words(row.earlier) != _words(row.later):
            yield "  " + "".join(f"{{+{w}+}}" if changed else w for w, changed in _shown(row.later))
    yield f"{len(pairs)} shared passages, {sum(row.length for row in pairs)} characters"


def html(pairs: Sequence[Row], count: int | None = None) -> str:
    """A page that asks for no other file, runs no script and shows all words as text.

    ``count`` tells how many pairs there are where ``pairs`` are only the longest.

    >>> html([]).startswith("<!DOCTYPE html>")
    True
    """
    shown = sorted(pairs, key=lambda row: (-row.length, row.id))[:SHOWN]
    kept = {row.id for row in shown}
    groups = [
        list(group)
        for _, group in groupby(
            (row for row in pairs if row.id in kept), key=lambda r: (r.earlier.path, r.later.path)
        )
    ]
    groups.sort(key=lambda g: (-sum(row.length for row in g), g[0].earlier.path, g[0].later.path))
    style = (files("kg") / "data" / "templates" / "reuse.css").read_text("utf-8")
    style = style.replace("\r\n", "\n")
    hashed = b64encode(sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    body = [*_head(count or len(pairs), len(shown)), *_contents(groups)]
    for number, group in enumerate(groups, 1):
        body += _section(number, group)
    return (
        '<!DOCTYPE html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        "<title>文字复用 · Text reuse</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )


def _row(entity: Entity, earlier: Relation, later: Relation, known: Mapping[str, Entity]) -> Row:
    given = entity.attributes
    changes = [tuple(map(int, m.groups())) for m in _CHANGE.finditer(str(given.get("changes", "")))]
    return Row(
        entity.id,
        float(given.get("score", 0)),
        int(given.get("length", 0)),
        int(given.get("changed", 0)),
        str(given.get("order", "")),
        _side(known.get(earlier.object), earlier.evidence, [c[:2] for c in changes]),
        _side(known.get(later.object), later.evidence, [c[2:] for c in changes]),
    )


def _side(
    document: Entity | None, evidence: Sequence[Evidence], changes: Sequence[tuple[int, ...]]
) -> Side:
    words = "".join(piece.wording for piece in evidence)
    parts: list[tuple[str, bool]] = []
    at = 0
    for start, end in changes:
        parts += [(words[at:start], False), (words[start:end], True)]
        at = end
    parts.append((words[at:], False))
    return Side(
        str(document.attributes.get("path", document.name))
        if document
        else evidence[0].document_id,
        document.name if document else "",
        date(document) if document else "",
        evidence[0].begin,
        evidence[-1].end,
        tuple(part for part in parts if part[0]),
    )


def _head(count: int, shown: int) -> Iterator[str]:
    yield "<h1>文字复用 · Text reuse</h1>"
    said = f"{count} 处相同或相近的文字。{count} shared passages."
    if shown < count:
        said += f" 此处列出最长的 {shown} 处。The longest {shown} are shown."
    yield f'<p class="note">{said}</p>'
    yield (
        '<p class="note">左为在先的文献，右为在后的文献。'
        "Left the earlier document, right the later one.</p>"
    )
    yield (
        '<p class="note"><del>删去 taken out</del> <ins>新增 put in</ins> '
        "标点不计 punctuation does not count.</p>"
    )


def _contents(groups: Sequence[Sequence[Row]]) -> Iterator[str]:
    if not groups:
        return
    yield (
        '<table><thead><tr><th scope="col">在先 Earlier</th><th scope="col">在后 Later</th>'
        '<th scope="col" class="number">处 Passages</th>'
        '<th scope="col" class="number">字 Characters</th></tr></thead><tbody>'
    )
    for number, group in enumerate(groups, 1):
        first, second = group[0].earlier, group[0].later
        yield (
            f'<tr><td><a href="#pair-{number}">{_name(first)}</a></td><td>{_name(second)}</td>'
            f'<td class="number">{len(group)}</td>'
            f'<td class="number">{sum(row.length for row in group)}</td></tr>'
        )
    yield "</tbody></table>"


def _section(number: int, group: Sequence[Row]) -> Iterator[str]:
    first, second = group[0].earlier, group[0].later
    yield f'<section><h2 id="pair-{number}">{_name(first)} → {_name(second)}</h2>'
    yield f'<p class="note">{_ORDERS.get(group[0].order, "")}</p>'
    for row in group:
        local = re.sub("[^0-9A-Za-z]", "-", row.id)
        yield (
            f'<article id="{local}"><p class="facts">相同 same {row.score:.0%} · {row.length} 字 '
            f"characters · 改动 changed {row.changed}</p>"
            f'<div class="sides">{_quote(row.earlier, "del")}{_quote(row.later, "ins")}</div>'
            "</article>"
        )
    yield "</section>"


def _quote(side: Side, tag: str) -> str:
    words = "".join(
        f"<{tag}>{_safe(word)}</{tag}>" if changed else _safe(word)
        for word, changed in _shown(side)
    )
    return f'<div><p class="place">{_safe(_place(side))}</p><blockquote>{words}</blockquote></div>'


def _name(side: Side) -> str:
    known = f"（{_safe(side.date)}）" if side.date else ""
    return f"{_safe(side.title or side.path)}{known}"


def _place(side: Side) -> str:
    return _UNSEEN.sub("�", f"{side.path}:{side.begin}-{side.end}")


def _shown(side: Side) -> Iterator[tuple[str, bool]]:
    """Its parts as they are read: in one line, nothing that no reader sees."""
    for word, changed in side.parts:
        yield _UNSEEN.sub("�", word.replace("\n", " ")), changed


def _words(side: Side) -> str:
    return "".join(word for word, _ in side.parts)


def _safe(value: str) -> str:
    return escape(_UNSEEN.sub("�", value), quote=True)

"""Case tables for named things: a text and the mentions that one recognizer must find in it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.model import Mention, Passage, Span
from kg.recognize import PRIORITY, overlap
from kg.recognize.base import Recognizer

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """A text, what must be found in it, and why."""

    text: str
    expect: tuple[str, ...]
    why: str


def cases(name: str) -> list[Case]:
    """Cases of ``tests/cases/<name>.toml``."""
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return [Case(row["text"], tuple(row["expect"]), row["why"]) for row in table["case"]]


def passage(text: str, start: int = 0) -> Passage:
    """A paragraph of clean text that begins at ``start``."""
    return Passage(Span(start, start + len(text)), text)


def found(recognizer: Recognizer, text: str) -> list[str]:
    """What a recognizer finds, by place: ``name``, or ``name → full name`` where it is known."""
    mentions = overlap.settle(recognizer.find(passage(text)), PRIORITY)
    return [shown(mention) for mention in mentions]


def shown(mention: Mention) -> str:
    """A mention as the case tables write it."""
    name = f"{mention.kind}:{mention.name}" if mention.kind == "Law" else mention.name
    return f"{name} → {mention.known_as}" if mention.known_as else name


def offsets_hold(recognizer: Recognizer, texts: Iterable[str]) -> None:
    """Spans lie inside their passage wherever it begins, and name what stands there."""
    for text in texts:
        here = list(recognizer.find(passage(text)))
        there = list(recognizer.find(passage(text, 1000)))
        assert [m.span.shift(1000) for m in here] == [m.span for m in there]
        for mention in here:
            assert 0 <= mention.span.start < mention.span.end <= len(text)
            wording = text[mention.span.start : mention.span.end]
            letters = [c for c in mention.name if c not in "“”《》 "]
            assert "".join(letters)[:1] in wording


def marked_cases(name: str) -> list[tuple[str, list[tuple[str, str, str]], str]]:
    """Cases whose text marks its mentions and whose expectations are claims."""
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return [(r["text"], [(a, b, c) for a, b, c in r["expect"]], r["why"]) for r in table["case"]]

"""Writings: one label for names that differ only in letter width or spaces."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from unicodedata import normalize

from kg.model import Mention
from kg.resolve.names import Naming

RULE = "wording"
OTHERS = ("Formula", "Spirit", "Time")  # their nodes are not made by their labels
_DOTS = str.maketrans(dict.fromkeys("•・‧∙", "·"))

Called = Mapping[Mention, Naming]


def unified(called: Sequence[Called]) -> list[Called]:
    """The namings of all documents, each label in the writing that is the most frequent.

    Of equally frequent writings the one without full-width letters is taken.
    """
    said = Counter((n.kind, n.label) for names in called for n in names.values())
    writings: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, label in said:
        if kind not in OTHERS:
            writings[kind, _plain(label)].append(label)
    chosen: dict[tuple[str, str], str] = {}
    for (kind, _), labels in writings.items():
        if len(labels) > 1:
            best = min(labels, key=partial(_rank, kind, said))
            chosen.update(((kind, label), best) for label in labels if label != best)
    if not chosen:
        return list(called)
    return [
        {mention: _written(naming, chosen) for mention, naming in names.items()} for names in called
    ]


def _rank(kind: str, said: Counter[tuple[str, str]], label: str) -> tuple[int, bool, str]:
    return -said[kind, label], label != normalize("NFKC", label), label


def _written(naming: Naming, chosen: Mapping[tuple[str, str], str]) -> Naming:
    label = chosen.get((naming.kind, naming.label))
    if label is None:
        return naming
    return replace(naming, label=label, rule=naming.rule or RULE)


def _plain(label: str) -> str:
    return "".join(normalize("NFKC", label).translate(_DOTS).split())

"""Writings: one label for names that differ only in letter width or spaces."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
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
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for names in called:
        for naming in names.values():
            counts[_key(naming)][naming.label] += 1
    chosen = {
        key: min(
            labels, key=lambda label: (-labels[label], label != normalize("NFKC", label), label)
        )
        for key, labels in counts.items()
        if len(labels) > 1 and key[0] not in OTHERS
    }
    if not chosen:
        return list(called)
    return [
        {mention: _written(naming, chosen) for mention, naming in names.items()} for names in called
    ]


def _written(naming: Naming, chosen: Mapping[tuple[str, str], str]) -> Naming:
    label = chosen.get(_key(naming), naming.label)
    if label == naming.label:
        return naming
    return replace(naming, label=label, rule=naming.rule or RULE)


def _key(naming: Naming) -> tuple[str, str]:
    plain = normalize("NFKC", naming.label).translate(_DOTS)
    return naming.kind, "".join(plain.split())

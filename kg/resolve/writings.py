"""Writings: one label for names that differ only in letter width or spaces."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
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
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (kind, label), count in said.items():
        counts[_key(kind, label)][label] += count
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
    label = chosen.get(_key(naming.kind, naming.label), naming.label)
    if label == naming.label:
        return naming
    return replace(naming, label=label, rule=naming.rule or RULE)


@lru_cache(1 << 16)
def _key(kind: str, label: str) -> tuple[str, str]:
    plain = normalize("NFKC", label).translate(_DOTS)
    return kind, "".join(plain.split())

"""Roster: every node that the texts name, by name, before a person's decisions are obeyed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches

from kg.model import entity_id
from kg.ontology import ontology
from kg.resolve.roll import STRONGER

NEAR = 2  # known names that are told beside an unknown one


@dataclass(frozen=True, slots=True)
class Node:
    """A node by its name. Kinds that share their IRIs (works and laws) share their nodes."""

    slug: str
    label: str

    def id(self, *apart: str) -> str:
        """The entity's id; ``apart`` is what tells a namesake from the others."""
        return entity_id(self.slug, self.label, *apart)


def node(kind: str, label: str) -> Node:
    """The node of a kind with a name."""
    return Node(ontology().kind(kind).slug, label)


@dataclass(slots=True)
class Known:
    """What the texts say of a node: its kind, how they call it, and in which documents."""

    kind: str
    wordings: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)


class Roster:
    """The nodes by name, and the ways to look one up."""

    def __init__(self) -> None:
        self.nodes: dict[Node, Known] = {}
        self._worded: dict[tuple[str, str], dict[Node, None]] = defaultdict(dict)

    def add(self, kind: str, label: str, wording: str, path: str) -> None:
        """A wording that stands for a node in the document at ``path``."""
        found = node(kind, label)
        known = self.nodes.setdefault(found, Known(kind))
        if STRONGER.get(known.kind) == kind:
            known.kind = kind
        known.wordings.add(wording)
        known.paths.add(path)
        self._worded[found.slug, wording][found] = None

    def part(self, whole: Node, wording: str) -> Node:
        """The node that a wording of ``whole`` makes when it is no longer one of its names."""
        known = self.nodes[whole]
        known.wordings.discard(wording)
        self._worded[whole.slug, wording].pop(whole, None)
        self.add(known.kind, wording, wording, "")
        return Node(whole.slug, wording)

    def find(self, kind: str, name: str) -> Node | str:
        """The node that bears a name; else why none does.

        A node whose own name stands in no text is found by what the texts call it.
        """
        wanted = node(kind, name)
        if wanted in self.nodes:
            return wanted
        called = list(self._worded.get((wanted.slug, name), ()))
        unnamed = [one for one in called if one.label not in self.nodes[one].wordings]
        if len(called) == len(unnamed) == 1:
            return called[0]
        if called:
            labels = " and ".join(sorted(repr(one.label) for one in called))
            return f"{name!r} is another name of {labels}: write that, or part them by a row apart"
        others = sorted(k.kind for one, k in self.nodes.items() if one.label == name)
        if others:
            said = f": to join them write {others[0]}:{name} in the column merge"
            return f"{name!r} is a {others[0]}, not a {kind}{said}"
        near = get_close_matches(name, [n.label for n in self.nodes if n.slug == wanted.slug], NEAR)
        like = f"; there is {' and '.join(map(repr, near))}" if near else ""
        return f"no {kind} is called {name!r} in the texts{like}"

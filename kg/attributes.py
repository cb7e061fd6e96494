"""Attributes: what a node or edge says, in a fraction of the memory of a dictionary.

A graph of a large collection is mostly evidence. Here what is asked for often lies open, and the
rest in one string of bytes that is read when somebody asks for it.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, ClassVar

from kg.model import Alias, Evidence

_PLAIN = ("", 0, "", False)  # what the last fields of most evidence hold


#: Attributes in their packed form: the fields of OPEN, then bytes that hold those of REST.
State = tuple[Any, ...]


class Attributes(MutableMapping[str, Any]):
    """A dictionary that can be packed. Whoever writes into a packed one has it unpacked first."""

    __slots__ = ("_rest", "_values")
    OPEN: ClassVar[tuple[str, ...]]  # fields that stay at hand; each is a slot
    REST: ClassVar[tuple[str, ...]]

    def __init__(self) -> None:
        self._values: dict[str, Any] | None = {}
        self._rest = b""

    @classmethod
    def packed(cls, values: Mapping[str, Any]) -> State:
        """The packed form of attributes, which are those of OPEN and REST and no others."""
        rest = marshal.dumps(cls._folded(*(values[name] for name in cls.REST)))
        return (*(values[name] for name in cls.OPEN), rest)

    def restore(self, state: Sequence[Any]) -> None:
        """Be what ``packed`` was given."""
        for name, value in zip(self.OPEN, state, strict=False):
            setattr(self, name, value)
        self._rest, self._values = state[-1], None

    def unpacked(self) -> dict[str, Any]:
        """All attributes. A copy while they are packed, else the dictionary itself."""
        if self._values is not None:
            return self._values
        found = {name: getattr(self, name) for name in self.OPEN}
        rest = marshal.loads(self._rest)  # noqa: S302 - own bytes, from this process or its child
        found.update(zip(self.REST, self._unfolded(rest), strict=True))
        return found

    @staticmethod
    def _folded(*values: Any) -> tuple[Any, ...]:
        """Values of REST as tuples and scalars."""
        raise NotImplementedError

    @staticmethod
    def _unfolded(folded: tuple[Any, ...]) -> tuple[Any, ...]:
        raise NotImplementedError

    def __getitem__(self, name: str) -> Any:
        if self._values is None and name in self.OPEN:
            return getattr(self, name)
        return self.unpacked()[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._open()[name] = value

    def __delitem__(self, name: str) -> None:
        del self._open()[name]

    def _open(self) -> dict[str, Any]:
        self._values = self.unpacked()
        self._rest = b""
        return self._values

    def __iter__(self) -> Iterator[str]:
        return iter((*self.OPEN, *self.REST) if self._values is None else self._values)

    def __len__(self) -> int:
        return len(self.OPEN) + len(self.REST) if self._values is None else len(self._values)

    def __contains__(self, name: object) -> bool:
        return name in (self.OPEN + self.REST if self._values is None else self._values)

    def __repr__(self) -> str:
        return repr(self.unpacked())

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        return dict, (self.unpacked(),)

    def copy(self) -> dict[str, Any]:
        """A plain dictionary of its own."""
        return dict(self.unpacked())


class Node(Attributes):
    """Attributes of an entity: kind, name, attributes; aliases, mentions, naming."""

    __slots__ = ("attributes", "kind", "name")
    OPEN = ("kind", "name", "attributes")
    REST = ("aliases", "mentions", "naming")

    @staticmethod
    def _folded(
        aliases: Iterable[Alias], mentions: Iterable[Evidence], naming: Alias | None
    ) -> tuple[Any, ...]:
        return tuple(map(_alias, aliases)), _places(mentions), naming and _alias(naming)

    @staticmethod
    def _unfolded(folded: tuple[Any, ...]) -> tuple[Any, ...]:
        aliases, mentions, naming = folded
        return tuple(map(_read_alias, aliases)), _read(mentions), naming and _read_alias(naming)


class Edge(Attributes):
    """Attributes of a relation: predicate; evidence, rule, qualifiers, inferred."""

    __slots__ = ("predicate",)
    OPEN = ("predicate",)
    REST = ("evidence", "rule", "qualifiers", "inferred")

    @staticmethod
    def _folded(
        evidence: Iterable[Evidence], rule: str, qualifiers: Mapping[str, Any], inferred: bool
    ) -> tuple[Any, ...]:
        return _places(evidence), rule, dict(qualifiers) or None, inferred

    @staticmethod
    def _unfolded(folded: tuple[Any, ...]) -> tuple[Any, ...]:
        evidence, rule, qualifiers, inferred = folded
        return _read(evidence), rule, qualifiers or {}, inferred


def _alias(alias: Alias) -> tuple[Any, ...]:
    return alias.name, _places(alias.evidence), alias.rule, alias.inferred


def _read_alias(folded: tuple[Any, ...]) -> Alias:
    name, evidence, rule, inferred = folded
    return Alias(name, _read(evidence), rule, inferred)


def _places(evidence: Iterable[Evidence]) -> tuple[Any, ...]:
    """One flat tuple, four values a place; a fifth field stands in the last of the four."""
    found: list[Any] = []
    for e in evidence:
        more = (e.text, e.page, e.inferred, e.in_name)
        found += e.document_id, e.begin, e.end, e.quote if more == _PLAIN else (e.quote, *more)
    return tuple(found)


def _read(folded: tuple[Any, ...]) -> tuple[Evidence, ...]:
    values = iter(folded)
    return tuple(
        Evidence(document, begin, end, quote)
        if isinstance(quote, str)
        else Evidence(document, begin, end, *quote)
        for document, begin, end, quote in zip(values, values, values, values, strict=True)
    )

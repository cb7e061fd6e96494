"""Plugins: recognizers of other packages, held to what they promise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint, entry_points

from kg.errors import DataError
from kg.model import Mention, Passage, Span
from kg.ontology import ontology
from kg.recognize.base import Recognizer

GROUP = "kg.recognizers"


def load() -> tuple[Recognizer, ...]:
    """The recognizers that installed packages add through the entry-point group, by name.

    Raises DataError, which names the package, for one that cannot be loaded or is none.
    """
    entries = entry_points(group=GROUP)
    return tuple(_Checked(entry) for entry in sorted(entries, key=lambda e: (e.name, e.value)))


class _Checked:
    """A recognizer of another package. What it gives is checked, as nobody here wrote it."""

    def __init__(self, entry: EntryPoint) -> None:
        self.name = entry.name
        self._said = f"recognizer {entry.name!r}"
        if entry.dist is not None:
            self._said += f" of the package {entry.dist.name} {entry.dist.version}"
        self._where = entry.value
        try:
            self._recognizer: Recognizer = entry.load()()
            find = self._recognizer.find
        except Exception as error:
            raise self._fault(f"cannot be loaded: {_told(error)}") from error
        if not callable(find):
            raise self._fault("cannot be loaded: its find is no function")

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Its mentions; raises DataError when it fails or a mention is not what it says."""
        try:
            found: Iterable[object] = list(self._recognizer.find(passage))
        except Exception as error:
            what = f"fails on the passage {passage.text[:20]!r}: {_told(error)}"
            raise self._fault(what) from error
        for mention in found:
            fault = _wrong(mention, passage)
            if fault or not isinstance(mention, Mention):
                raise self._fault(fault)
            yield mention

    def _fault(self, what: str) -> DataError:
        advice = "mend or uninstall the package that provides it"
        return DataError(f"{self._said} {what}", self._where, advice)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _wrong(mention: object, passage: Passage) -> str:
    """Why a mention cannot be taken; empty when it can."""
    if not isinstance(mention, Mention):
        return f"gives what is no mention: {mention!r:.60}"
    if mention.kind not in ontology().kinds:
        return f"gives a mention of an unknown kind: {mention.kind!r}"
    span = mention.span
    if not isinstance(span, Span) or not (
        passage.span.start <= span.start < span.end <= passage.span.end
    ):
        place = f"{passage.span.start}-{passage.span.end}"
        return f"gives a mention at {span} outside its passage at {place}: {mention.name!r}"
    if not mention.name or not mention.rule:
        return f"gives a mention without name or rule at {span}"
    return ""

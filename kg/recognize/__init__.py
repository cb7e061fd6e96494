"""Recognize: clean passages -> mentions. The table of recognizers, in order of priority."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.lexicons import EMPTY, Lexicon
from kg.model import Document, ItemList, Mention, Span, TimeValue
from kg.recognize import concepts, overlap, plugins
from kg.recognize import lists as _lists
from kg.recognize.base import Recognizer, look
from kg.recognize.campaigns import Campaigns
from kg.recognize.concepts import Concepts
from kg.recognize.events import Events
from kg.recognize.formulas import Formulas
from kg.recognize.honours import Honours
from kg.recognize.lexicon import Listed
from kg.recognize.name_lexicon import Found
from kg.recognize.name_local import localize
from kg.recognize.name_scan import SAME_PLACE
from kg.recognize.organizations import Organizations
from kg.recognize.persons import Persons
from kg.recognize.places import Places
from kg.recognize.policies import Policies
from kg.recognize.propagate import propagate
from kg.recognize.quantities import Quantities
from kg.recognize.roles import Roles
from kg.recognize.script import simplified
from kg.recognize.spirits import Spirits
from kg.recognize.times import Times
from kg.recognize.words import words
from kg.recognize.works import Works
from kg.settings import Settings

__all__ = ["lists", "mentions", "recognizers", "simplified", "words"]

NEURAL = "neural"
NAMES = frozenset({"organizations", "persons", "roles", "places"})  # found together
Introduced = Callable[[Document, Sequence[Mention]], Mapping[str, str]]

# Kinds from the surest to the least sure: who wins when two equally long mentions meet.
PRIORITY = (
    "Time", "Formula", "Statistic",
    "Work", "Law", "Event", "Campaign", "Policy", "Honour", "Spirit",
    "Organization", "Person", "Role", "Place", "Group", "Concept",
)  # fmt: skip


@lru_cache(maxsize=4)
def recognizers(lexicon: Lexicon = EMPTY) -> tuple[Recognizer, ...]:
    """The recognizers of the package, then those that other packages add.

    Raises DataError when one of another package cannot be loaded.
    """
    listed = Listed(lexicon)
    sources = (listed.names,) if listed else ()
    own: tuple[Recognizer, ...] = (
        Times(),
        Formulas(),
        Quantities(),
        Works(),
        Events(),
        Campaigns(),
        Policies(),
        Honours(),
        Spirits(),
        Organizations(*sources),
        Persons(*sources),
        Roles(*sources),
        Places(*sources),
        Concepts(),
    )
    return (*own, *plugins.load())


def ready(settings: Settings, lexicon: Lexicon = EMPTY) -> None:
    """Load what every document needs, once; raises DataError when a part is missing."""
    recognizers(lexicon)
    if settings.names == NEURAL:
        from kg.lac import weights

        weights.folder()


def mentions(
    document: Document,
    settings: Settings,
    *,
    lexicon: Lexicon = EMPTY,
    introduced: Introduced | None = None,
) -> tuple[Mention, ...]:
    """Every mention of the document, conflicts settled, by place.

    ``introduced`` tells the short names that a text introduces for its bodies, from the
    mentions found so far: short name -> full name.
    """
    found: list[Mention] = []
    named: list[Mention] = []
    given: list[Mention] = []
    empty: list[Span] = []
    listed = Listed(lexicon)
    chosen = [r for r in recognizers(lexicon) if settings.concepts or r.name != "concepts"]
    searched = [passage for passage in document.passages if passage.searched]
    texts = [passage.text for passage in searched]
    look(texts)
    if settings.concepts and texts:
        concepts.look(texts)
    for recognizer in chosen:  # one after the other: what each needs stays at hand
        if recognizer.name not in NAMES:
            for passage in searched:
                found.extend(recognizer.find(passage))
    together = [recognizer for recognizer in chosen if recognizer.name in NAMES]
    for passage in searched:
        for recognizer in together:
            named.extend(recognizer.find(passage))
        if listed:
            given.extend(listed.find(passage))
            begin = passage.span.start
            empty.extend(Span(*at).shift(begin) for at in listed.empty(passage.text))
    if settings.names == NEURAL:
        named = _looked_again(document, listed, named, [*found, *given])
    found += named
    if not settings.knowledge:
        found = [_as_written(mention) for mention in found if not _known(mention)]
        given = [_as_written(mention) for mention in given]

    def settled(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        return overlap.settle(overlap.obeyed(mentions, given, empty), PRIORITY)

    first = settled(found)
    again = propagate(document, first, introduced(document, first) if introduced else {})
    whole = localize(document, settled((*first, *again)))
    return settled(whole) if listed else whole


def _looked_again(
    document: Document, listed: Listed, named: Sequence[Mention], others: Sequence[Mention]
) -> list[Mention]:
    """The mentions ``named``, with what the tagger adds and the titles that this shows.

    Passages in which it finds something are searched for names again. It finds nothing where
    ``others`` stand.
    """
    from kg.recognize import tagged

    added = tagged.find(document, overlap.settle((*named, *others), PRIORITY))
    spans = [document.passages[at].span for at in sorted(added)]
    kept = [mention for mention in named if not _inside(mention.span, spans)]
    for at, names in sorted(added.items()):

        def source(text: str, known: object, names: tuple[Found, ...] = names) -> tuple[Found, ...]:
            return names

        sources = (listed.names, source) if listed else (source,)
        for recognizer in (kind(*sources) for kind in (Organizations, Persons, Roles, Places)):
            kept.extend(recognizer.find(document.passages[at]))
    return kept


def _inside(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span lies in one of ``others``, which are in order and apart."""
    at = bisect_right(others, span.start, key=lambda other: other.start) - 1
    return at >= 0 and others[at].contains(span)


def lists(document: Document, mentions: tuple[Mention, ...]) -> tuple[ItemList, ...]:
    """Every list of the document, by place."""
    return _lists.find(document, mentions)


def _as_written(mention: Mention) -> Mention:
    """The mention without what tables know of it; what its text completes stays."""
    if mention.known_by == SAME_PLACE:
        return mention
    return replace(mention, known_as="", known_by="")


def _known(mention: Mention) -> bool:
    """Whether only general knowledge gives a time its value."""
    value = mention.detail
    return isinstance(value, TimeValue) and value.inferred.startswith("calendar:")

"""Extract: documents -> extractions, one by one: here, in worker processes, or on a cluster."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kg import read, recognize, relate, repair
from kg.errors import KgError
from kg.lexicons import EMPTY, Lexicon
from kg.model import Extraction, Failure, Source
from kg.read import printable
from kg.settings import Settings
from kg.shelf import Outcome, Shelf
from kg.store import Store, packed
from kg.workers import Lost, Workers

_LOG = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Crew:
    """Who works on the documents, and where what they find is kept.

    ``hands`` None is this process itself; an ``Executor`` (threads excepted) may send the work
    anywhere where this package is installed and the files can be opened under the same path.
    """

    hands: Workers | Executor | None = None
    store: Store | None = None

    @property
    def jobs(self) -> int:
        """How many processes there may be on this machine."""
        return self.hands.jobs if isinstance(self.hands, Workers) else 1


HERE = Crew()


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the search for circular garbage: of millions of new objects none is in a circle.

    It takes a third of the time after extraction when it runs, and a twentieth of extraction.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.freeze()  # what was made is taken for old: a moment, where a search takes long
            gc.unfreeze()
            gc.enable()


def extract(source: Source, settings: Settings, lexicon: Lexicon = EMPTY) -> Extraction | Failure:
    """All that one document gives, or why it gives nothing."""
    try:
        raw = read.read(source)
        with uncollected():
            document = repair.repair(raw)
            seen = recognize.simplified(document)
            mentions = recognize.mentions(
                seen, settings, lexicon=lexicon, introduced=relate.introduced
            )
            lists = recognize.lists(seen, mentions)
            claims = relate.claims(seen, mentions, settings, words=recognize.words)
            return Extraction(document, mentions, lists, claims)
    except KgError as error:
        return Failure(source.path, str(error))


def extract_all(
    sources: Sequence[Source],
    settings: Settings,
    crew: Crew = HERE,
    progress: Progress | None = None,
    lexicon: Lexicon = EMPTY,
) -> Shelf:
    """What each source gives, in the order of ``sources``; kept extractions are not made again."""
    asked = _relevant(settings, lexicon)
    keys = _keys(sources, asked, crew.store)
    shelf, found = Shelf(len(sources)), set[int]()

    def collect(place: int, result: Outcome) -> None:
        shelf.put(place, result)
        found.add(place)
        if progress:
            progress(len(found), len(sources), sources[place].path)

    for place, key in keys.items():
        kept = crew.store.get(key) if crew.store else None
        if kept is not None:
            collect(place, kept)
    missing = [place for place in range(len(sources)) if place not in found]
    for at, result in _made([sources[place] for place in missing], asked, crew.hands, lexicon):
        _keep(result, keys.get(missing[at]), crew.store)
        collect(missing[at], result)
    if crew.store:
        crew.store.prune(keys.values())
    return shelf


def _relevant(settings: Settings, lexicon: Lexicon) -> Settings:
    """The settings that change what one document gives; the others are left at their defaults.

    What a lexicon holds counts, not where it lies.
    """
    plain = Settings()
    return replace(
        settings,
        base_iri=plain.base_iri,
        texts=plain.texts,
        concepts=min(settings.concepts, 1),  # whether to search, not how many to keep
        cooccurrence=plain.cooccurrence,
        view=plain.view,
        seconds=plain.seconds,
        megabytes=plain.megabytes,
        lexicon=lexicon.digest,
    )


def _keys(sources: Sequence[Source], settings: Settings, store: Store | None) -> dict[int, str]:
    keys: dict[int, str] = {}
    for place, source in enumerate(sources):
        try:
            if store:
                keys[place] = store.key(source, settings)
        except OSError:
            continue  # reading it will tell what is wrong
    return keys


def _made(
    sources: Sequence[Source],
    settings: Settings,
    hands: Workers | Executor | None,
    lexicon: Lexicon,
) -> Iterator[tuple[int, Outcome]]:
    """What each source gives, as it comes, with its place in ``sources``."""
    work = partial(_packed, settings=settings, lexicon=lexicon)
    if hands is None:
        yield from enumerate(map(work, sources))
        return
    if isinstance(hands, Workers):
        for place, result in hands.map(work, sources):
            path = sources[place].path
            yield place, _lost(path, result.reason) if isinstance(result, Lost) else result
        return
    places: dict[Future[Outcome], int] = {
        hands.submit(work, replace(source, file=str(Path(source.file).absolute()))): place
        for place, source in enumerate(sources)
    }
    for future in as_completed(places):
        place = places.pop(future)
        error = future.exception()
        path = sources[place].path
        yield place, _lost(path, f"its worker failed: {error}") if error else future.result()


def _lost(path: str, reason: str) -> Failure:
    where = printable(path)
    return Failure(
        path, f"{where}: {reason} (leave it out, or allow more: kg build --seconds, --megabytes)"
    )


def _packed(source: Source, settings: Settings, lexicon: Lexicon) -> Outcome:
    found = extract(source, settings, lexicon)
    return found if isinstance(found, Failure) else packed(found)


def _keep(result: Outcome, key: str | None, store: Store | None) -> None:
    if store and key and not isinstance(result, Failure):
        try:
            store.put(key, result)
        except OSError as error:  # a full disk: the build needs no store
            _LOG.info("not kept: %s", error)

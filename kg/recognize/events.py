"""Events: congresses, plenums, meetings and other events."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from kg.model import Mention, Passage
from kg.recognize import events_congresses, events_meetings, events_sessions, events_visits
from kg.recognize.base import Matcher, shared
from kg.tables import rows


class Events:
    """Finds congresses, plenums, meetings, visits and historic events (kind Event)."""

    name = "events"

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Mentions in ``passage``."""
        congresses = sorted(events_congresses.find(passage), key=lambda m: m.span)
        yield from congresses
        starts = [mention.span.start for mention in congresses]
        for meeting in events_meetings.find(passage):
            # A numbered congress inside it stands under the name that its rule gives.
            at = bisect_left(starts, meeting.span.start)
            if at == len(starts) or not meeting.span.contains(congresses[at].span):
                yield meeting
        for session in events_sessions.find(passage):
            # A congress that a rule completes keeps its name.
            if not any(session.span.contains(m.span) for m in congresses if m.known_as):
                yield session
        yield from events_visits.find(passage)
        yield from _named(passage)


_QUOTES = {ord(mark): None for mark in "“”"}


@cache
def _names() -> dict[str, tuple[str, str]]:
    return {
        row["name"]: (row["full"], row["not_before"].replace("-", ""))
        for row in rows("lexicons/events_named")
    }


@shared
def _matcher() -> Matcher:
    return Matcher(_names())


def _named(passage: Passage) -> Iterator[Mention]:
    """Events of the lexicon: historic ones, standing gatherings by their short names."""
    text = passage.text
    for start, end, name in _matcher().find(text):
        full, not_before = _names()[name]
        if end < len(text) and text[end] in not_before:
            continue
        bare = name.translate(_QUOTES)
        known = full if full != bare else ""
        yield passage.mention(
            start,
            end,
            "Event",
            rule="named-event",
            name=bare,
            known_as=known,
            known_by="events_named" if known else "",
        )

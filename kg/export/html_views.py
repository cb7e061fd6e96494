"""Views: what the page reads only when it is asked for, the texts and the map of all nodes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from kg.export.html_data import Json
from kg.export.layout import Place
from kg.model import Entity

ROOM = 8_000_000  # characters of all texts in one page; documents beyond are left out


def texts(documents: Iterable[Entity]) -> list[Json]:
    """For each document its raw text and its passages, or None where the page has no text."""
    found: list[Json] = []
    left = ROOM
    for document in documents:
        raw = document.attributes.get("text")
        if not isinstance(raw, str) or len(raw) > left:
            found.append(None)
            continue
        left -= len(raw)
        found.append((raw, _passages(document.attributes.get("passages"))))
    return found


def _passages(written: object) -> list[Json]:
    try:
        rows = json.loads(written) if isinstance(written, str) else []
    except ValueError:
        return []
    return rows if isinstance(rows, list) else []


def columns(places: Mapping[str, Place], rows: Iterable[str]) -> Mapping[str, Json]:
    """Columns x, y and community of every node, in the order of the page's rows."""
    found = [places[ident] for ident in rows]
    return {
        "x": [round(x) for x, _, _ in found],
        "y": [round(y) for _, y, _ in found],
        "community": [community for _, _, community in found],
    }

"""Arguments: a value that a person typed, as one RDF term of the type that a question wants."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from unicodedata import normalize

from kg import edtf
from kg.errors import UsageError
from kg.namespaces import XSD
from kg.ontology import ontology


def term(name: str, type_: str, value: str) -> str:
    """The value of a parameter as SPARQL writes it; raises UsageError when it is none.

    >>> print(term("name", "label", 'a" } b'))
    "a\\" } b"@zh
    """
    found = TYPES[type_](value.strip()) if value.strip() else ""
    if not found:
        raise UsageError(f"no {type_}: {value!r}", f"--arg {name}", f"give {WANTED[type_]}")
    return found


def _label(value: str) -> str:
    from pyoxigraph import Literal

    return str(Literal(normalize("NFC", _sendable(value)), language="zh"))


def _text(value: str) -> str:
    from pyoxigraph import Literal

    return str(Literal(_sendable(value)))


def _since(value: str) -> str:
    return _day(edtf.bounds(value)[0])


def _until(value: str) -> str:
    return _day(edtf.bounds(value)[1])


def _day(value: str) -> str:
    return f'"{value}"^^<{XSD}date>' if value else ""


def _number(value: str) -> str:
    return value if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value, re.ASCII) else ""


def _kind(value: str) -> str:
    for kind in ontology().kinds.values():
        if value in (kind.name, kind.label_en, kind.label_zh):
            return f"<{kind.types[0]}>"
    return ""


def _sendable(value: str) -> str:
    """A text without lone surrogates, which no RDF holds."""
    return value.encode("utf-8", "replace").decode()


TYPES: Mapping[str, Callable[[str], str]] = {
    "label": _label,
    "text": _text,
    "since": _since,
    "until": _until,
    "number": _number,
    "kind": _kind,
}
WANTED = {
    "label": "a name as it stands in the texts",
    "text": "some characters",
    "since": "a year, month or day: 2020, 2020-06, 2020-06-30",
    "until": "a year, month or day: 2020, 2020-06, 2020-06-30",
    "number": "a number such as 12 or 8.2",
    "kind": "a kind of thing such as Formula or Person (kg stats lists them)",
}

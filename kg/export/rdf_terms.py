"""RDF terms: IRIs, literals and prefixes, written as N-Triples wants them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from kg import edtf
from kg.errors import UsageError
from kg.model import Scalar
from kg.namespaces import (
    DCT,
    EDTF,
    FOAF,
    ITSRDF,
    KG,
    NIF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    TIME,
    XSD,
)

VOCABULARIES = {
    "kg": KG, "rdf": RDF, "rdfs": RDFS, "xsd": XSD, "skos": SKOS, "schema": SCHEMA, "org": ORG,
    "foaf": FOAF, "prov": PROV, "dct": DCT, "nif": NIF, "itsrdf": ITSRDF, "time": TIME,
    "edtf": EDTF, "owl": OWL,
}  # fmt: skip
INSTANCES = ("e", "s", "d", "p")  # entities, statements, documents, passages

_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20<>\"{}|\\^`]*[/#:]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
# Not raw: what the grammar forbids, other control characters, and what some readers take for a
# line end.
_ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f-\x9f\u2028\u2029]')
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_NO_CHARACTER = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")
_UNUSUAL = re.compile(f"{_ESCAPED.pattern[:-1]}{_NO_CHARACTER.pattern[1:]}")


def prefixes(base: str) -> dict[str, str]:
    """Prefixes of an export whose instances live under ``base``.

    Instances have none where a vocabulary's IRI begins theirs: an IRI has one short form only.
    """
    if base.startswith(tuple(VOCABULARIES.values())):
        return VOCABULARIES
    return {short: f"{base}{short}/" for short in INSTANCES} | VOCABULARIES


def check_base(base: str) -> str:
    """The base IRI itself; raises UsageError when no IRI can be made with it.

    >>> check_base("https://example.org/kg/")
    'https://example.org/kg/'
    """
    if not _BASE.fullmatch(base) or not base.isascii():
        advice = "give an absolute ASCII IRI that ends with / or #"
        raise UsageError(f"{base!r} cannot begin the IRIs of an export", "base_iri", advice)
    return base


def text(value: str, language: str = "", datatype: str = "") -> str:
    """A literal. Characters that no RDF reader takes (NUL, lone surrogates) become U+FFFD.

    >>> print(text('a"b', "zh"))
    "a\\"b"@zh
    """
    if _UNUSUAL.search(value):
        value = _NO_CHARACTER.sub("\ufffd", value)
        value = _ESCAPED.sub(lambda m: _SHORT.get(m[0]) or f"\\u{ord(m[0]):04X}", value)
    if language:
        return f'"{value}"@{language}'
    return f'"{value}"^^<{datatype}>' if datatype else f'"{value}"'


def day(value: Scalar) -> str:
    """An xsd:date literal; empty when ``value`` is no day of the calendar."""
    return _day(str(value)) if value else ""


@lru_cache(4096)
def _day(given: str) -> str:
    is_day = _DAY.fullmatch(given) and edtf.valid(given)
    return f'"{given}"^^<{XSD}date>' if is_day else ""


def number(value: Scalar, *, whole: bool = True) -> str:
    """An xsd:integer or xsd:decimal literal without exponent; empty for what is no number.

    ``whole`` False writes whole numbers as decimals too.

    >>> number(2.27e13) == f'"22700000000000"^^<{XSD}integer>'
    True
    """
    if isinstance(value, int) and whole:
        return "" if isinstance(value, bool) else f'"{value}"^^<{XSD}integer>'
    if isinstance(value, bool):
        return ""
    if isinstance(value, float) and not isfinite(value):
        return ""
    written = str(value)
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        return ""
    exact = Decimal(written)
    if whole and exact == exact.to_integral_value():
        return f'"{int(exact)}"^^<{XSD}integer>'
    plain = f"{exact:f}"
    if "." in plain:
        plain = plain.rstrip("0")
    plain = plain + "0" if plain.endswith(".") else plain if "." in plain else plain + ".0"
    return f'"{plain}"^^<{XSD}decimal>'


def date(value: str) -> str:
    """An edtf:EDTF literal."""
    return text(value, datatype=EDTF + "EDTF")


TRUE = f'"true"^^<{XSD}boolean>'

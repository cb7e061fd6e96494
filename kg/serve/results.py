"""Results: what a query gives, in the media type that a client wants."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from kg.export.gexf import clean
from kg.namespaces import XSD
from kg.query import formats
from kg.query.sparql import Result, Term

Write = Callable[[Result], bytes]


def xml(result: Result) -> bytes:
    """SPARQL Query Results XML."""
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in result.columns)
    begin = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    if result.form == "ask":
        said = str(result.rows[0][0]).lower()
        return f"{begin}<head/><boolean>{said}</boolean></sparql>\n".encode()
    rows = []
    for row in result.terms:
        cells = [
            f"<binding name={quoteattr(name)}>{_xml(term)}</binding>"
            for name, term in zip(result.columns, row, strict=True)
            if term is not None
        ]
        rows.append(f"<result>{''.join(cells)}</result>\n")
    return f"{begin}<head>{head}</head><results>\n{''.join(rows)}</results></sparql>\n".encode()


def tsv(result: Result) -> bytes:
    """SPARQL Query Results TSV: terms as Turtle writes them."""
    lines = ["\t".join(f"?{name}" for name in result.columns)]
    lines += ["\t".join("" if term is None else ntriples(term) for term in row)
              for row in result.terms]  # fmt: skip
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def ntriples(term: Term) -> str:
    """A term as N-Triples writes it.

    >>> ntriples(Term('say "八"', language="zh"))
    '"say \\\\"八\\\\""@zh'
    """
    if term.kind == "uri":
        return f"<{term.value}>"
    if term.kind == "bnode":
        return f"_:{term.value}"
    text = term.value.replace("\\", "\\\\").replace('"', '\\"')
    for plain, short in (("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(plain, short)
    if term.language:
        return f'"{text}"@{term.language}'
    return f'"{text}"^^<{term.datatype}>' if term.datatype else f'"{text}"'


def _triples(result: Result) -> bytes:
    rows = (row for row in result.terms if None not in row)
    return "".join(
        " ".join(ntriples(term) for term in row if term is not None) + " .\n" for row in rows
    ).encode("utf-8", "replace")


def _rdf(form: str) -> Write:
    def write(result: Result) -> bytes:
        from pyoxigraph import RdfFormat, parse, serialize

        quads = parse(_triples(result), RdfFormat.N_TRIPLES, lenient=True)
        wanted = {"turtle": RdfFormat.TURTLE, "xml": RdfFormat.RDF_XML, "json": RdfFormat.JSON_LD}
        triples = (quad.triple for quad in quads)
        return serialize(triples, format=wanted[form], prefixes=dict(result.prefixes or {})) or b""

    return write


#: For SELECT and ASK, the one served unasked first.
ROWS: Mapping[str, Write] = {
    "application/sparql-results+json": lambda result: formats.json(result).encode(),
    "application/json": lambda result: formats.json(result).encode(),
    "application/sparql-results+xml": xml,
    "application/xml": xml,
    "text/csv": lambda result: formats.csv(result).encode(),
    "text/tab-separated-values": tsv,
}
#: For CONSTRUCT and DESCRIBE.
GRAPHS: Mapping[str, Write] = {
    "text/turtle": _rdf("turtle"),
    "application/n-triples": _triples,
    "application/rdf+xml": _rdf("xml"),
    "application/ld+json": _rdf("json"),
}


def chosen(accept: str, offered: Sequence[str]) -> str:
    """The media type that a client likes best of those offered; empty when it takes none.

    >>> chosen("text/html, text/csv;q=0.8, */*;q=0.1", ["application/json", "text/csv"])
    'text/csv'
    >>> chosen("image/png", ["text/csv"])
    ''
    """
    if not accept.strip():
        return offered[0]
    best: tuple[float, int, str] = (0.0, 0, "")
    for at, kind in enumerate(offered):
        weight = max((_weight(part, kind) for part in accept.split(",")), default=(0, 0.0))[1]
        if weight > best[0]:
            best = weight, -at, kind
    return best[2]


def _weight(part: str, kind: str) -> tuple[int, float]:
    """How exactly a part of an Accept header speaks of a media type, and how it likes it."""
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    family = kind.split("/", 1)[0]
    exactness = {kind: 3, f"{family}/*": 2, "*/*": 1}.get(name, 0)
    weight = 1.0
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                weight = float(parameter[2:])
            except ValueError:
                weight = 0.0
    return (exactness, weight) if exactness else (0, 0.0)


def _xml(term: Term) -> str:
    text = escape(clean(term.value))
    if term.kind in ("uri", "bnode"):
        return f"<{term.kind}>{text}</{term.kind}>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    if term.datatype and term.datatype != XSD + "string":
        return f"<literal datatype={quoteattr(term.datatype)}>{text}</literal>"
    return f"<literal>{text}</literal>"

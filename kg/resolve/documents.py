"""Documents: a source file as a node of the graph."""

from __future__ import annotations

from pathlib import PurePosixPath

from kg.model import Document, Entity, Scalar
from kg.resolve import passages
from kg.settings import Settings


def entity(document: Document, settings: Settings) -> Entity:
    """The node of a document: its title or file name, and its metadata."""
    meta = document.meta
    attributes: dict[str, Scalar] = {
        "path": meta.path,
        "sha256": meta.sha256,
        "encoding": meta.encoding,
    }
    for field in ("title", "publisher", "issued", "spoken", "occasion"):
        value = getattr(meta, field)
        if value:
            attributes[field] = value.value
            attributes[f"{field}Source"] = value.source
    if meta.authors:
        attributes["creator"] = "；".join(author.value for author in meta.authors)
    if settings.texts:
        attributes["text"] = document.raw
        attributes["passages"] = passages.encoded(document)
        if document.extracted:  # what is kept beside the graph, so that quotes can be checked
            attributes["extractedText"] = f"text/{document.id.removeprefix('d/')}.txt"
    name = meta.title.value if meta.title else PurePosixPath(meta.path).stem
    return Entity(document.id, "Document", name, attributes=dict(sorted(attributes.items())))


def date(document: Document) -> str:
    """EDTF of when a document was spoken, else issued; empty when neither is known."""
    given = document.meta.spoken or document.meta.issued
    return given.value if given else ""

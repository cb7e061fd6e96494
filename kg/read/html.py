"""HTML: the document that a page holds, without what surrounds it on the page.

Nothing on a page is run and nothing it refers to is fetched. The raw text is taken out of the
page, one line for each passage.
"""

from __future__ import annotations

import re

from lxml import etree

from kg.errors import SourceError
from kg.model import Meta
from kg.raw import RawText
from kg.read import html_body, html_meta, limits
from kg.read.encoding import Decoded, decode
from kg.read.extracted import Writer

SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w-]{2,20})", re.I
)
_HEAD = 4096  # bytes in which a page tells its encoding
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}


def read(data: bytes, where: str, encoding: str) -> RawText:
    """The text of the document that a page holds, with what the page tells about it.

    Raises SourceError when the page holds no text.
    """
    limits.check(len(data), limits.PAGE_BYTES, "bytes of HTML", where)
    found = _decoded(data, where, encoding)
    page = _parsed(found.text, where)
    meta = html_meta.told(page, Meta(where, encoding=found.encoding))
    writer = Writer(where)
    html_body.write(page, writer, meta.title.value if meta.title else "")
    raw = writer.raw(meta, found.problems)
    if not raw.blocks:
        said = "the page holds no text; a script may have to fetch it"
        raise SourceError(said, where, "save the page from a browser, or save its text")
    return raw


def _decoded(data: bytes, where: str, demanded: str) -> Decoded:
    """The page as text: the mark at its head, the manifest, UTF-8, what it says, or a guess."""
    said = _CHARSET.search(data[:_HEAD])
    if not demanded and said and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = said[1].decode("ascii", "replace").lower()
        name = _WIDER.get(name, name)
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return decode(data, where, name)
            except SourceError:  # it says what is not so
                return decode(data, where, "")
    return decode(data, where, demanded)


def _parsed(text: str, where: str) -> etree._Element:
    """The tree of a page, repaired as browsers do."""
    text = _without(_without(text, "<%", "%>"), "<?", "?>")
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        page = etree.fromstring(text.replace("\x00", "\ufffd").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        page = None
    if page is None:
        raise SourceError("not a page of HTML", where, "check the file")
    return page


def _without(text: str, opening: str, closing: str) -> str:
    """``text`` without what a server would have filled in. Linear time."""
    parts = []
    at = 0
    while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start)) >= 0:
        parts.append(text[at:start])
        at = end + len(closing)
    return "".join(parts) + text[at:]

"""Encoding: bytes -> text, with every doubt reported."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import SourceError

_BOMS = (  # the longer mark first: that of UTF-32 begins like that of UTF-16
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "a RIFF file"),
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP, DOCX or other archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
)
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_USUAL = re.compile("[\t\n\r -~\u2010-\u203f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_VISIBLE = re.compile("[^\\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SAMPLE = 1 << 16  # what is looked at where a look is enough
_TOLERATED = 0.1  # share of characters that may be undecodable
_GUESSED = ["big5", "big5hkscs", "gb18030", "utf_16", "cp1252"]  # what Chinese files come in
_ADVICE = "set `encoding` in manifest.toml, or save the file as UTF-8"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without its byte-order mark, the encoding it was in, and what was wrong with it."""

    text: str
    encoding: str
    problems: tuple[str, ...] = ()


def decode(data: bytes, where: str, demanded: str = "") -> Decoded:
    """The text of a file; ``demanded`` is the encoding that the manifest says.

    Each undecodable byte sequence or lone surrogate becomes one U+FFFD and is reported.
    Raises SourceError when the bytes are no text, hold none, or cannot be read as such.
    """
    if not data:
        raise SourceError("the file is empty", where, "remove it or put its text in it")
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise SourceError(f"not a text file: it is {name}", where, "remove or convert it")
    encoding = _demanded(data, where, demanded) if demanded else _detected(data, where)
    found = _lenient(data, encoding)
    if _share(_CONTROL, found.text) > 1 / 3 and _VISIBLE.search(found.text):
        raise SourceError("not a text file", where, "remove it from the folder")
    if not _VISIBLE.search(found.text):
        raise SourceError("the file holds no text, only white space", where, "remove it")
    return found


def _demanded(data: bytes, where: str, demanded: str) -> str:
    plain = demanded.lower().replace("_", "-")
    if not plain.startswith(("utf-8", "utf8")) and _is_utf8(data, at_least=4):
        raise SourceError(
            f"the manifest says {demanded}, but the file is UTF-8",
            where,
            "correct or remove `encoding` in manifest.toml",
        )
    try:
        found = _lenient(data, demanded)
    except (UnicodeError, LookupError, ValueError) as error:
        raise SourceError(f"cannot be read as {demanded}: {error}", where, _ADVICE) from None
    if _loss(data, demanded, found.text) > _TOLERATED:
        raise SourceError(
            f"the manifest says {demanded}, but the file is something else",
            where,
            "correct or remove `encoding` in manifest.toml",
        )
    return demanded


def _detected(data: bytes, where: str) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            if _loss(data, name, _lenient(data, name).text) > _TOLERATED:
                raise SourceError(f"begins like {name} but is not", where, _ADVICE)
            return name
    for name in ("utf-16-le", "utf-16-be"):
        if _is_utf16(data, name):
            return name
    if _is_utf8(data):
        return "utf-8"
    return _damaged(data, where)


def _damaged(data: bytes, where: str) -> str:
    """The encoding of bytes that are neither marked nor wholly UTF-8."""
    if _errors_among_wide(data, "utf-8") <= _TOLERATED:
        return "utf-8"
    if _errors_among_wide(data, "gb18030") <= _TOLERATED and _is_simplified(data):
        return "gb18030"
    if b"\x00" in data:
        raise SourceError("not a text file", where, "remove it from the folder")
    guess = _guessed(data)
    if guess:
        return guess
    for name in ("utf-8", "gb18030"):
        if _loss(data, name, _lenient(data, name).text) <= _TOLERATED:
            return name
    raise SourceError("the encoding of the file is not known", where, _ADVICE)


def _guessed(data: bytes) -> str:
    """What charset-normalizer makes of the bytes; empty when nothing firm."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_GUESSED).best()
    if best is None or best.chaos > 0.1:
        return ""
    text = _lenient(data, best.encoding).text
    if _share(_CONTROL, text) > 0.01 or _loss(data, best.encoding, text) > _TOLERATED:
        return ""
    return best.encoding.replace("_", "-")


def _lenient(data: bytes, encoding: str) -> Decoded:
    """Decode with U+FFFD for what cannot be decoded, and say how much that is and where."""
    problems = []
    surrogates = 0
    if encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
        try:
            return Decoded(_unmarked(data.decode("utf-8")), "utf-8")
        except UnicodeDecodeError:
            data, surrogates = _SURROGATE.subn(b"\xef\xbf\xbd", data)
    if surrogates:
        problems.append(f"lone surrogates, shown as U+FFFD: {surrogates}")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        bad = text.count("\ufffd") - data.decode(encoding, "ignore").count("\ufffd")
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(
            f"byte sequences that are not {encoding}, shown as U+FFFD: {bad}, "
            f"the first at byte {error.start} in line {line}"
        )
    return Decoded(_unmarked(text), encoding, tuple(problems))


def _unmarked(text: str) -> str:
    return text[1:] if text.startswith("\ufeff") else text


def _loss(data: bytes, encoding: str, text: str) -> float:
    """Share of the characters that stand for undecodable bytes."""
    bad = text.count("\ufffd") - data.decode(encoding, "ignore").count("\ufffd")
    return bad / max(len(text), 1)


def _errors_among_wide(data: bytes, encoding: str) -> float:
    """Share of undecodable sequences among the characters that are not ASCII."""
    text = _lenient(data, encoding).text
    wide = sum(len(part) for part in re.findall(r"[^\x00-\x7f]+", text))
    bad = text.count("\ufffd") - data.decode(encoding, "ignore").count("\ufffd")
    return bad / max(wide, 1)


def _is_utf8(data: bytes, at_least: int = 0) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not at_least or len(data) - len(text) >= 2 * at_least


def _is_utf16(data: bytes, encoding: str) -> bool:
    """Whether bytes without a mark are clearly UTF-16: as such nearly all is usual text.

    A plain ASCII file can look like that too; its bytes hold no NUL and are UTF-8.
    """
    head = data[: _SAMPLE & ~1]
    if len(data) % 2 or len(data) < 8 or (b"\x00" not in head and _is_utf8(data)):
        return False
    text = head.decode(encoding, "replace")
    return _share(_USUAL, text) > 0.95 and ("\x00" not in text)


def _is_simplified(data: bytes) -> bool:
    """Whether the wide characters of GB18030 bytes are those that people use: punctuation and
    the first level of GB 2312, which has its lead bytes below D8."""
    wide = "".join(re.findall(r"[^\x00-\x7f]", data[:_SAMPLE].decode("gb18030", "replace")))
    leads = wide.encode("gb2312", "ignore")[::2]
    return sum(lead < 0xD8 for lead in leads) >= 0.8 * len(wide)


def _share(pattern: re.Pattern[str], text: str) -> float:
    sample = text[:_SAMPLE]
    return len(pattern.findall(sample)) / max(len(sample), 1)

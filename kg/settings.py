"""Settings: defaults, overridden by ``kg.toml``, overridden by the command line."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from kg.errors import DataError, UsageError

FILE = "kg.toml"
WANTED = {bool: "true or false", int: "a whole number", str: "a text in quotes"}
CHOICES = {"names": ("neural", "lexicon")}


@dataclass(frozen=True)
class Settings:
    """What a build can be told. Every field is a key of ``kg.toml`` and a command-line option."""

    base_iri: str = "https://example.org/kg/"
    knowledge: bool = True  # complete names and dates from the lexicons, marked as inferred
    texts: bool = True  # keep the raw text of the documents in the graph
    concepts: int = 60  # how many concepts to keep, ranked; 0 leaves the search out
    cooccurrence: int = 2  # sentences that two things must share to be related; 0 for none
    names: str = "neural"  # with the names that the tagger is sure of; lexicon leaves it out
    lexicon: str = ""  # folder of tables of names; in kg.toml relative to the file's folder
    view: int = 50_000  # nodes that the page, GEXF and CSV hold at most; RDF and JSONL hold all
    seconds: int = 600  # that one document may take in a process of its own
    megabytes: int = 4096  # of memory that such a process may take


def load(folder: Path, file: Path | None = None, **overrides: Any) -> Settings:
    """Settings for a source folder; ``overrides`` whose value is None are left out.

    Raises DataError with every fault of the file at once.
    """
    path = file or folder / FILE
    values: dict[str, Any] = {}
    if path.is_file():
        values = _checked(path)
    elif file is not None:
        raise DataError("no such settings file", str(path), "give an existing file to --config")
    if values.get("lexicon"):
        values["lexicon"] = str(path.parent / values["lexicon"])
    given = {key: value for key, value in overrides.items() if value is not None}
    for key, known in CHOICES.items():
        if given.get(key, known[0]) not in known:
            raise UsageError(f"{key!r} is {given[key]!r}", "settings", f"known: {', '.join(known)}")
    return replace(Settings(), **{**values, **given})


def recorded(settings: Settings) -> dict[str, Any]:
    """The settings as an output may tell them: without places and limits of this machine."""
    own = ("lexicon", "seconds", "megabytes")
    return {key: value for key, value in asdict(settings).items() if key not in own}


def _checked(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DataError(f"not UTF-8 at byte {error.start}", str(path), "save it so") from None
    except tomllib.TOMLDecodeError as error:
        advice = "write a line for each: key = value, texts in quotes"
        raise DataError(f"not valid TOML: {error}", str(path), advice) from None
    types = {field.name: type(field.default) for field in fields(Settings)}
    faults = []
    for key, value in table.items():
        if key not in types:
            faults.append(f"unknown key {key!r}, known: {', '.join(types)}")
        elif type(value) is not types[key]:
            faults.append(f"{key!r} must be {WANTED[types[key]]}, not {value!r}")
        elif value not in CHOICES.get(key, (value,)):
            faults.append(f"{key!r} must be one of {', '.join(CHOICES[key])}, not {value!r}")
    if faults:
        raise DataError("; ".join(faults), str(path), "correct the file")
    return dict(table)

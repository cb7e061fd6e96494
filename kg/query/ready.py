"""Ready: the questions that come with the package, each a file with its title on the first line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kg.errors import UsageError


@cache
def titles() -> Mapping[str, str]:
    """Title of every ready question, by its name, in order of name.

    >>> titles()["posts"]
    'Who holds which post where, and when a text says so'
    """
    found = {}
    for file in (files("kg") / "query" / "queries").iterdir():
        if file.name.endswith(".rq"):
            first = file.read_text("utf-8").splitlines()[0]
            found[file.name.removesuffix(".rq")] = first.removeprefix("#").strip()
    return dict(sorted(found.items()))


def text(name: str) -> str:
    """The SPARQL of a ready question; raises UsageError when there is none of that name."""
    if name not in titles():
        raise UsageError(f"no ready query {name!r}", do=f"known: {', '.join(titles())}")
    return (files("kg") / "query" / "queries" / f"{name}.rq").read_text("utf-8")

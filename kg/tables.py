"""Tables: the package's data files (TSV lexicons and calendars, TOML patterns), checked strictly.

A TSV file is UTF-8; lines that begin with ``#`` are comments; the first other line names the
columns; every row has as many cells as columns. Several values in a cell are parted by ``;``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import DataError

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Rows of ``data/<name>.tsv``, such as ``rows("lexicons/organizations")``.

    Raises DataError that lists every faulty line at once. The caller must not change a row.
    """
    where = f"kg/data/{name}.tsv"
    text = (files("kg") / "data" / f"{name}.tsv").read_text("utf-8")
    return parse(text, where)


def parse(text: str, where: str) -> tuple[Row, ...]:
    """Rows of a TSV text; ``where`` names it in errors.

    >>> parse("name\\tkind\\nA\\tB", "x.tsv")
    ({'name': 'A', 'kind': 'B'},)
    """
    columns: list[str] | None = None
    found: list[Row] = []
    faults: list[str] = []
    for number, cells in lines(text):
        if columns is None:
            columns = cells
        elif len(cells) != len(columns):
            faults.append(f"line {number} has {len(cells)} cells, not {len(columns)}")
        elif not cells[0]:
            faults.append(f"line {number} has an empty first cell")
        else:
            found.append(dict(zip(columns, cells, strict=True)))
    if faults:
        raise DataError("; ".join(faults), where, "part cells with one tab each")
    return tuple(found)


def lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each line of a TSV text that is no comment and not empty.

    >>> list(lines("# a comment\\nname\\tkind\\n\\nA\\t"))
    [(2, ['name', 'kind']), (4, ['A', ''])]
    """
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            yield number, list(map(str.strip, line.split("\t")))


def words(name: str, column: str = "name") -> frozenset[str]:
    """Every value of one column of a table, ``;``-parted values apart."""
    return frozenset(word for row in rows(name) for word in split(row[column]))


def split(cell: str) -> list[str]:
    """Values of a cell that holds several.

    >>> split("全总; 全国总工会")
    ['全总', '全国总工会']
    """
    parts = cell.split(";") if ";" in cell else (cell,)
    return [word for part in parts if (word := part.strip())]


@cache
def patterns(name: str) -> dict[str, Any]:
    """Content of ``data/patterns/<name>.toml``. The caller must not change it."""
    text = (files("kg") / "data" / "patterns" / f"{name}.toml").read_text("utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"not valid TOML: {error}", f"kg/data/patterns/{name}.toml") from None

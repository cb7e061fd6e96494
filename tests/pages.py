"""Pages: the blocks of docs/sparql.md and docs/notebook.md, run; ``python tests/pages.py`` writes
what they print into the pages.

A block of SPARQL or Python is followed by a block of text, what it prints. A text that ends with
``…`` shows some of the lines, in their order; any other shows all. Runs of spaces count as one.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
MORE = "…"
_BLOCK = re.compile(r"```(sparql|python)\n(.*?)```\n```text\n(.*?)```", re.S)

Run = Callable[[str], str]


def blocks(page: str) -> Iterator[tuple[str, str, str]]:
    """Language, code and what the page says it prints."""
    for match in _BLOCK.finditer((DOCS / page).read_text("utf-8")):
        yield match[1], match[2], match[3]


def sparql(folder: Path) -> Run:
    """Runs a query over an export; gives the table that ``kg query`` prints."""
    from kg import query

    return lambda code: query.FORMATS["table"](query.sparql(folder, code))


def python() -> Run:
    """Runs code, one piece after the other with the same names, as a notebook does."""
    names: dict[str, object] = {}

    def run(code: str) -> str:
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(code, "notebook", "exec"), names)
        return printed.getvalue()

    return run


def fits(shown: str, printed: str) -> bool:
    """Whether a page shows what was printed.

    >>> fits("a  b\\n…\\n", "x\\na b\\nc\\n"), fits("a\\n", "a\\nb\\n")
    (True, False)
    """
    wanted, got = _lines(shown), _lines(printed)
    if MORE not in wanted:
        return wanted == got
    rest = iter(got)
    return all(line in rest for line in wanted if line != MORE)


def _lines(text: str) -> list[str]:
    lines = [" ".join(line.split()) for line in text.rstrip("\n").split("\n")]
    return [line for line in lines if line.strip("─ ")]  # the rule of a table follows its widths


def write(page: str, run: Run, most: int = 14) -> None:
    """Put what the code prints into a page; a text that was cut stays as long as it was."""
    text = (DOCS / page).read_text("utf-8")

    def renew(match: re.Match[str]) -> str:
        lines = run(match[2]).rstrip("\n").split("\n")
        shown = match[3].rstrip("\n").split("\n")
        room = len(shown) - 1 if shown[-1] == MORE else most
        if len(lines) > room:
            lines = [*lines[:room], MORE]
        body = "\n".join(line.rstrip() for line in lines)
        return f"```{match[1]}\n{match[2]}```\n```text\n{body}\n```"

    (DOCS / page).write_text(_BLOCK.sub(renew, text), "utf-8")


def main(seeds: Path, folder: Path) -> None:
    """Build the documents in ``seeds`` in ``folder`` and write both pages."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "seeds").exists():
        (folder / "seeds").symlink_to(seeds)
    os.chdir(folder)
    write("notebook.md", python())
    write("sparql.md", sparql(folder / "output"))


if __name__ == "__main__":
    main(DOCS.parent / "seeds", Path(sys.argv[1]).resolve())

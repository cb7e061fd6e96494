"""Export: graph -> files, one module for each format; the table is ``FILES``."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from errno import EISDIR
from functools import cache, partial
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path

import networkx as nx

from kg import graph as graphs
from kg import ontology, shapes
from kg.errors import KgError, OutputError
from kg.export import (
    flat,
    formats,
    formulas,
    gexf,
    gexf_dynamic,
    html,
    jsonl,
    layout,
    merges,
    quotations,
    rdf,
    reuse,
    statistics,
    summary,
    tables_csv,
    timeline,
    trends,
)
from kg.export.excerpt import excerpt
from kg.export.rdf import to_rdflib
from kg.model import Failure
from kg.settings import Settings
from kg.workers import apart

__all__ = [
    "FILES",
    "SUMMARY",
    "check_folder",
    "flat",
    "formats",
    "put",
    "read",
    "render",
    "to_rdflib",
    "write",
]

#: What a file holds: at once, or piece by piece where it may be larger than memory.
Content = str | bytes | Iterable[str]
Render = Callable[[nx.MultiDiGraph, Settings], Content]
Files = Iterator[tuple[str, Content]]
View = Callable[[], nx.MultiDiGraph]  # the excerpt, made when it is wanted first
Part = Callable[[nx.MultiDiGraph, Settings, View], Files]
Draw = Callable[[nx.MultiDiGraph, Settings, Mapping[str, layout.Place]], Content]

GRAPH, SUMMARY = "graph.jsonl", "summary.json"
FILES: Mapping[str, Render] = {
    GRAPH: jsonl.lines,
    "formulas.tsv": formulas.render,
    "merges.tsv": merges.render,
    "formula_matrix.csv": formulas.matrix_lines,
    "trends.json": trends.render,
    "statistics.csv": statistics.lines,
    "quotations.csv": quotations.lines,
    "timeline.json": timeline.lines,
    "reuse.html": reuse.render,
    "ontology.ttl": lambda graph, settings: ontology.source(),
    "shapes.ttl": lambda graph, settings: shapes.source(),
}
#: Triples, which are made once for all files that hold them.
TRIPLES: Mapping[str, Callable[[Iterable[str], Settings], Content]] = {
    "graph.nt": lambda lines, settings: lines,
    "graph.ttl": rdf.turtle,
}
#: Tables and pictures of the most important part, where the graph is larger than they can be.
TABLES: Mapping[str, Render] = {
    "nodes.csv": tables_csv.node_lines,
    "edges.csv": tables_csv.edge_lines,
}
#: Pictures of one layout, which is dear: an export works it out once for all of them.
PICTURES: Mapping[str, Draw] = {
    "graph.gexf": gexf.lines,
    "graph.dynamic.gexf": gexf_dynamic.lines,
    "graph.html": html.draw,
}
SIDE_BY_SIDE = 300_000  # nodes of a graph that is small enough for several processes to hold it
PARTIAL = ".kg-partial-"  # begins the name of the folder that a write is prepared in
_EXTRACTED = re.compile(r"text/[0-9A-Za-z_-]+\.txt")


def render(graph: nx.MultiDiGraph, settings: Settings) -> dict[str, bytes]:
    """Every file of an export but the summary: name -> bytes. The graph is not changed."""
    view = cache(partial(excerpt, graph, settings.view))
    parts = chain.from_iterable(part(graph, settings, view) for part in PARTS)
    return {name: b"".join(_pieces(content)) for name, content in parts}


def _pictures(graph: nx.MultiDiGraph, settings: Settings, view: View) -> Files:
    places = layout.layout(view())
    for name, draw in PICTURES.items():
        yield name, draw(view(), settings, places)


def _tables(graph: nx.MultiDiGraph, settings: Settings, view: View) -> Files:
    for name, form in TABLES.items():
        yield name, form(view(), settings)


def _triples(graph: nx.MultiDiGraph, settings: Settings, view: View) -> Files:
    with rdf.spooled(graph, settings) as lines:
        for name, write_triples in TRIPLES.items():
            yield name, write_triples(lines, settings)


def _reports(graph: nx.MultiDiGraph, settings: Settings, view: View) -> Files:
    """The graph itself, what is made from it in one piece, and texts that no file holds."""
    for name, form in FILES.items():
        yield name, form(graph, settings)
    for document in graphs.entities(graph, "Document"):
        file, text = (document.attributes.get(key) for key in ("extractedText", "text"))
        if isinstance(file, str) and isinstance(text, str) and _EXTRACTED.fullmatch(file):
            yield file, text


#: What may be written side by side, that which takes longest first.
PARTS = (_pictures, _triples, _reports, _tables)


def write(
    graph: nx.MultiDiGraph,
    folder: Path,
    settings: Settings,
    *,
    failures: Sequence[Failure] = (),
    skipped: Sequence[str] = (),
    jobs: int = 1,
) -> None:
    """Write every file of an export into ``folder``, ``summary.json`` last.

    ``jobs`` processes may work at a time. All files are prepared in a hidden folder inside
    ``folder`` and put in place together at the end: a write that fails or is stopped before leaves
    what was there whole. Other files are left alone. Raises OutputError when the folder cannot be
    written.
    """
    check_folder(folder)
    try:
        _clear(folder)
        unready = Path(tempfile.mkdtemp(prefix=f"{PARTIAL}{os.getpid()}-", dir=folder))
        try:
            stated = _written(graph, settings, unready, jobs)
            report = summary.render(graph, settings, stated, failures=failures, skipped=skipped)
            _put(unready / SUMMARY, report)
            _publish(unready, folder, [*stated, SUMMARY])
        finally:
            shutil.rmtree(unready, ignore_errors=True)
    except OSError as error:
        raise _refused(error, folder) from None


def _written(
    graph: nx.MultiDiGraph, settings: Settings, folder: Path, jobs: int
) -> dict[str, summary.Stated]:
    """Every file but the summary, in a folder; their sizes and checksums."""
    view = cache(partial(excerpt, graph, settings.view))

    def written(part: Part) -> dict[str, summary.Stated]:
        made = part(graph, settings, view)
        return {name: _put(folder / name, content) for name, content in made}

    works = [partial(written, part) for part in PARTS]
    if jobs > 1 and graph.number_of_nodes() <= SIDE_BY_SIDE:
        found = apart(works, jobs, "writing the results")
    else:
        found = [work() for work in works]
    return {name: stated for part in found for name, stated in part.items()}


def put(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write further files into a folder, each whole or not at all; where they are.

    Raises OutputError when the folder cannot be written.
    """
    check_folder(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=f"{PARTIAL}{os.getpid()}-", dir=folder) as partial:
            for name, data in files.items():
                _put(Path(partial, name), data)
            _publish(Path(partial), folder, list(files))
    except OSError as error:
        raise _refused(error, folder) from None
    return tuple(folder / name for name in files)


def check_folder(folder: Path) -> None:
    """Make the output folder where it is missing; raises OutputError if nothing can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=PARTIAL, dir=folder)
        os.close(handle)
        Path(name).unlink()
    except OSError as error:
        raise _refused(error, folder) from None


def read(folder: Path) -> tuple[nx.MultiDiGraph, Settings]:
    """The graph that was written into ``folder``, and the settings it was built with.

    Raises OutputError when there is none or it is damaged.
    """
    file = folder / GRAPH
    try:
        with file.open("rb") as lines:
            loaded = jsonl.parse(lines, str(file))
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"no graph to read: {reason}", str(file), "run kg build, or name its output folder"
        ) from None
    except OutputError:
        raise
    except KgError as error:
        raise OutputError(f"a damaged graph: {error}", str(file), "build again") from None
    return loaded.graph, loaded.settings


def _publish(partial: Path, folder: Path, names: Sequence[str]) -> None:
    """Put files in place one right after the other; first make sure that none will refuse."""
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        if (folder / name).is_dir():
            raise IsADirectoryError(EISDIR, "a folder stands in the way", str(folder / name))
    for name in names:
        (partial / name).replace(folder / name)


def _clear(folder: Path) -> None:
    """Remove what builds left that were killed while they wrote; not those still at work."""
    for path in folder.glob(f"{PARTIAL}*-*"):
        process = path.name.removeprefix(PARTIAL).split("-")[0]
        if process.isdigit() and not _runs(int(process)):
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def _put(path: Path, content: Content) -> summary.Stated:
    """Write a file; its size and checksum."""
    path.parent.mkdir(exist_ok=True)
    size, digest = 0, sha256()
    with path.open("wb") as out:
        for piece in _pieces(content):
            out.write(piece)
            digest.update(piece)
            size += len(piece)
    return summary.Stated(size, digest.hexdigest())


def _pieces(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    lines = [content] if isinstance(content, str) else content
    for batch in _batches(lines):
        yield batch.encode("utf-8", "replace")


def _batches(lines: Iterable[str]) -> Iterator[str]:
    """Lines joined to pieces that are worth a write."""
    several = iter(lines)
    while batch := "".join(islice(several, 2000)):
        yield batch


def _refused(error: OSError, folder: Path) -> OutputError:
    reason = error.strerror or str(error)
    place = str(error.filename or folder)
    with suppress(ValueError):
        place = str(Path(place).relative_to(Path.cwd()))
    return OutputError(f"cannot write the results: {reason}", place, "name another folder with -o")

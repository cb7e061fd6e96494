"""Export: graph -> files, one module for each format; the table is ``FILES``."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from errno import EISDIR
from pathlib import Path

import networkx as nx

from kg import graph as graphs
from kg import ontology
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
    rdf,
    reuse,
    summary,
    tables_csv,
    trends,
)
from kg.export.rdf import to_rdflib
from kg.model import Failure
from kg.settings import Settings

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

Render = Callable[[nx.MultiDiGraph, Settings], str | bytes]
Draw = Callable[[nx.MultiDiGraph, Settings, Mapping[str, layout.Place]], str]

GRAPH, SUMMARY = "graph.jsonl", "summary.json"
FILES: Mapping[str, Render] = {
    GRAPH: jsonl.render,
    "graph.nt": rdf.render_nt,
    "graph.ttl": rdf.render_ttl,
    "graph.gexf": gexf.render,
    "graph.dynamic.gexf": gexf_dynamic.render,
    "graph.html": html.render,
    "nodes.csv": tables_csv.render_nodes,
    "edges.csv": tables_csv.render_edges,
    "formulas.tsv": formulas.render,
    "merges.tsv": merges.render,
    "formula_matrix.csv": formulas.render_matrix,
    "trends.json": trends.render,
    "reuse.html": reuse.render,
    "ontology.ttl": lambda graph, settings: ontology.source(),
}
# Pictures of one layout, which is dear: an export works it out once for all of them.
PICTURES: Mapping[Render, Draw] = {
    gexf.render: gexf.draw,
    gexf_dynamic.render: gexf_dynamic.draw,
    html.render: html.draw,
}
PARTIAL = ".kg-partial-"  # begins the name of the folder that a write is prepared in
_EXTRACTED = re.compile(r"text/[0-9A-Za-z_-]+\.txt")


def render(graph: nx.MultiDiGraph, settings: Settings) -> dict[str, bytes]:
    """Every file of an export but the summary: name -> bytes. The graph is not changed."""
    places = layout.layout(graph)
    found: dict[str, bytes] = {}
    for file, form in FILES.items():
        draw = PICTURES.get(form)
        found[file] = _bytes(draw(graph, settings, places) if draw else form(graph, settings))
    for document in graphs.entities(graph, "Document"):
        name, text = (document.attributes.get(key) for key in ("extractedText", "text"))
        if isinstance(name, str) and isinstance(text, str) and _EXTRACTED.fullmatch(name):
            found[name] = _bytes(text)
    return found


def write(
    graph: nx.MultiDiGraph,
    folder: Path,
    settings: Settings,
    *,
    failures: Sequence[Failure] = (),
    skipped: Sequence[str] = (),
) -> None:
    """Write every file of an export into ``folder``, ``summary.json`` last.

    All files are prepared in a hidden folder inside ``folder`` and put in place together at
    the end: a write that fails or is stopped before leaves what was there whole. Other files
    are left alone. Raises OutputError when the folder cannot be written.
    """
    check_folder(folder)
    files = render(graph, settings)
    report = summary.render(graph, settings, files, failures=failures, skipped=skipped)
    files[SUMMARY] = _bytes(report)
    try:
        _clear(folder)
        partial = Path(tempfile.mkdtemp(prefix=f"{PARTIAL}{os.getpid()}-", dir=folder))
        try:
            for name, data in files.items():
                _put(partial / name, data)
            _publish(partial, folder, list(files))
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    except OSError as error:
        raise _refused(error, folder) from None


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
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"no graph to read: {reason}", str(file), "run kg build, or name its output folder"
        ) from None
    try:
        loaded = jsonl.parse(data, str(file))
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


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")


def _refused(error: OSError, folder: Path) -> OutputError:
    reason = error.strerror or str(error)
    place = str(error.filename or folder)
    with suppress(ValueError):
        place = str(Path(place).relative_to(Path.cwd()))
    return OutputError(f"cannot write the results: {reason}", place, "name another folder with -o")

"""HTML: the graph as one self-contained page, drawn by pyvis and vis-network."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from kg.errors import OutputError
from kg.export.html_data import Json, by_date, tables
from kg.export.html_opening import Picture, picture
from kg.export.html_views import columns, texts
from kg.export.layout import Place, layout
from kg.ontology import ontology
from kg.settings import Settings

if TYPE_CHECKING:
    from pyvis.network import Network

TEMPLATE = "graph.html"
VIS = "vis-9.1.2"

# The page's own script, joined in this order into one function.
SCRIPTS = (
    "words.js",
    "words_views.js",
    "words_rules.js",
    "state.js",
    "i18n.js",
    "dom.js",
    "theme.js",
    "place.js",
    "paint.js",
    "address.js",
    "path.js",
    "graph.js",
    "steps.js",
    "pinyin.js",
    "search.js",
    "quotes.js",
    "facts.js",
    "sections.js",
    "panel.js",
    "legend.js",
    "list.js",
    "views.js",
    "texts.js",
    "runs.js",
    "reader.js",
    "matrix.js",
    "dates.js",
    "years.js",
    "times.js",
    "timeline.js",
    "groups.js",
    "map.js",
    "hand.js",
    "slider.js",
    "filters.js",
    "svg.js",
    "save.js",
    "bookmarks.js",
    "app.js",
)
STYLES = ("look.css", "parts.css", "views.css", "print.css")

# Settings of vis-network. Physics never runs: places come from here and from place.js.
OPTIONS: Mapping[str, Json] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "dot", "scaling": {"label": {"drawThreshold": 1000000}}},
    "edges": {"smooth": False, "width": 1, "hoverWidth": 0, "selectionWidth": 0},
    "interaction": {
        "hover": True,
        "hideEdgesOnDrag": False,
        "hideEdgesOnZoom": False,
        "selectConnectedEdges": True,
        "tooltipDelay": 86400000,
        "zoomSpeed": 0.6,
    },
}


def render(graph: nx.MultiDiGraph, settings: Settings) -> str:
    """The page as text, to be written as UTF-8. It asks for no other file and runs offline.

    Nothing that the graph holds becomes markup or script: it travels as JSON and is shown as
    text. Raises OutputError when pyvis lacks the files of vis-network.

    >>> render(nx.MultiDiGraph(), Settings()).startswith("<!DOCTYPE html>")
    True
    """
    return draw(graph, settings, layout(graph))


def draw(graph: nx.MultiDiGraph, settings: Settings, places: Mapping[str, Place]) -> str:
    """The same where the layout of the graph is at hand."""
    shown = picture(graph)
    data = {
        "data": _json(tables(graph, shown)),
        "texts": _json(texts(by_date(graph))),
        "map": _json(columns(places, shown.weights)),
    }
    source = files("kg") / "data" / "templates"
    with as_file(source) as folder:
        net = _network(graph, shown)
        net.set_template_dir(str(folder), TEMPLATE)
        net.templateEnv.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
        net.templateEnv.globals["page"] = _parts(folder, data)
        return str(net.generate_html(notebook=False)).replace("\r\n", "\n")


def _network(graph: nx.MultiDiGraph, shown: Picture) -> Network:
    """The drawn part as pyvis holds it. Node ids are row numbers, so no name can be an id."""
    from pyvis.network import Network

    net = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    rows = {ident: row for row, ident in enumerate(shown.weights)}
    # Filled directly: add_node and add_edge look through all that is there, each time.
    net.nodes = [
        {
            "id": rows[ident],
            "label": " ".join(_safe(graph.nodes[ident]["name"]).split()),
            "group": graph.nodes[ident]["kind"],
            "x": x,
            "y": y,
        }
        for ident, (x, y) in sorted(shown.places.items(), key=lambda item: rows[item[0]])
    ]
    net.edges = [
        {"id": f"{a}-{b}", "from": a, "to": b}
        for a, b in sorted(sorted((rows[s], rows[t])) for s, t in shown.lines)
    ]
    groups = {kind.name: {"color": kind.colour} for kind in ontology().kinds.values()}
    net.options = {**OPTIONS, "groups": groups}
    return net


def _parts(folder: Path, data: Mapping[str, str]) -> dict[str, str]:
    """What the template joins: scripts and styles with their hashes, and the data."""
    library, look = _vis()
    style = "\n".join([look, *((folder / name).read_text("utf-8") for name in STYLES)])
    scripts = [_inline(library), _inline(script())]
    policy = [
        "default-src 'none'",
        "script-src " + " ".join(_hash(text) for text in scripts),
        "style-src " + _hash(_inline(style)),
        "img-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return {
        "policy": "; ".join(policy),
        "library": scripts[0],
        "script": scripts[1],
        "style": _inline(style),
        **data,
    }


def script() -> str:
    """The page's own script: its parts joined into one function."""
    folder = files("kg") / "data" / "templates"
    own = "\n".join((folder / name).read_text("utf-8") for name in SCRIPTS)
    return f'(function () {{\n"use strict";\n{own}\n}})();\n'


def _vis() -> tuple[str, str]:
    """Script and style of vis-network, from the installed pyvis package."""
    folder = files("pyvis") / "templates" / "lib" / VIS
    try:
        script = (folder / "vis-network.min.js").read_text("utf-8")
        style = (folder / "vis-network.css").read_text("utf-8")
    except OSError as error:
        advice = "reinstall it: python -m pip install --force-reinstall pyvis"
        raise OutputError(f"pyvis lacks {VIS}", str(error.filename), advice) from None
    script = re.sub(r"^//# sourceMappingURL=.*$", "", script, flags=re.MULTILINE)
    # Pictures of buttons that the page does not show: three quarters of the file.
    style = re.sub(r"[^{};]*url\([^)]*\)[^;}]*;?", "", style)
    return script, style


def _inline(text: str) -> str:
    """Text of a script or style element: line ends as the parser sees them, no early end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"</(?=script|style)", r"<\\/", text, flags=re.IGNORECASE)


def _hash(text: str) -> str:
    digest = sha256(text.encode("utf-8")).digest()
    return f"'sha256-{b64encode(digest).decode('ascii')}'"


def _json(data: Json) -> str:
    """JSON that cannot end its element, in any script a browser knows."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return _safe(text)


def _safe(text: str) -> str:
    """Text that UTF-8 can hold: lone surrogates replaced."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text

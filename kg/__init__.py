"""Knowledge graphs from Chinese official documents: deterministic, offline, with evidence.

>>> import kg, pathlib, tempfile
>>> folder = pathlib.Path(tempfile.mkdtemp())
>>> _ = (folder / "a.txt").write_text("要坚持三个贯通：贯通江河、贯通湖海、贯通城乡。", "utf-8")
>>> graph = kg.build(folder)
>>> [member.name for member in graph.find("三个贯通").members]
['贯通江河', '贯通湖海', '贯通城乡']
>>> graph.write(folder / "output").name
'output'
>>> kg.load(folder / "output").networkx.number_of_edges() == graph.networkx.number_of_edges()
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import Graph, Thing, build, load
    from kg.errors import KgError
    from kg.model import Alias, Entity, Evidence, Relation
    from kg.settings import Settings

_HOMES = {
    "Graph": "kg.api",
    "Thing": "kg.api",
    "build": "kg.api",
    "load": "kg.api",
    "KgError": "kg.errors",
    "Alias": "kg.model",
    "Entity": "kg.model",
    "Evidence": "kg.model",
    "Relation": "kg.model",
    "Settings": "kg.settings",
}

__all__ = [
    "Alias",
    "Entity",
    "Evidence",
    "Graph",
    "KgError",
    "Relation",
    "Settings",
    "Thing",
    "build",
    "load",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that ``kg --help`` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)

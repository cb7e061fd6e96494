"""Trends: the life of formulas and spirits year by year, as JSON for the page and for programs."""

from __future__ import annotations

import json

import networkx as nx

from kg.registry.trends import as_data, trends
from kg.settings import Settings


def render(graph: nx.MultiDiGraph, settings: Settings) -> str:
    """The trends by year of all formulas and spirits, one formulation a line.

    ``kg.registry.trends.as_data`` has the format.
    """
    data = as_data(trends(graph))
    rows = data.pop("formulations")
    head = json.dumps(data, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    text = f'{head}, "formulations": [\n{lines}\n]}}\n'
    return text.encode("utf-8", "replace").decode("utf-8")

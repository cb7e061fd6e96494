"""Layout: every node has a place of its own, the same each time; communities lie apart."""

from __future__ import annotations

import os
import subprocess
import sys
from math import dist

import networkx as nx
import pytest
from sample_graph import sample

from kg import export
from kg.export import gexf, html
from kg.export.layout import LARGEST, Place, layout
from kg.settings import Settings


def planted(groups: int, size: int) -> nx.MultiDiGraph:
    """Rings with chords, joined in a chain by single edges, and a document that names all."""
    graph = nx.MultiDiGraph()
    for group in range(groups):
        names = [f"e/{group}-{n:03}" for n in range(size)]
        for n, name in enumerate(names):
            for step in (1, 3):
                graph.add_edge(name, names[(n + step) % size], predicate="related", evidence=(1,))
            graph.add_edge("d/1", name, predicate="mentions", evidence=(1,))
        if group:
            graph.add_edge(names[0], f"e/{group - 1}-000", predicate="related", evidence=(1,))
    return graph


@pytest.mark.parametrize("size", [0, 1, 2, 5, 6, 7])
def test_small_graphs(size: int) -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(f"e/{n}" for n in range(size))
    nx.add_path(graph, sorted(graph), predicate="related", evidence=(1,))
    places = layout(graph)
    assert list(places) == sorted(graph)
    assert len({place[:2] for place in places.values()}) == size


def test_communities_lie_apart() -> None:
    places = layout(planted(6, 30))
    groups: dict[str, list[tuple[float, float, int]]] = {}
    for name, place in places.items():
        if name.startswith("e/"):
            groups.setdefault(name.split("-")[0], []).append(place)
    for group in groups.values():
        assert len({community for *_, community in group}) == 1
    circles = []
    for group in groups.values():
        middle = (sum(p[0] for p in group) / len(group), sum(p[1] for p in group) / len(group))
        circles.append((middle, max(dist(middle, p[:2]) for p in group)))
    for n, (middle, radius) in enumerate(circles):
        for other, far in circles[:n]:
            assert dist(middle, other) > 0.8 * (radius + far)


def test_places_are_numbers_with_two_decimals() -> None:
    for x, y, community in layout(planted(3, 12)).values():
        assert x == round(x, 2) and y == round(y, 2)
        assert isinstance(x, float) and isinstance(community, int)
        assert str(x) != "-0.0" and str(y) != "-0.0"


def test_small_components_stand_in_a_strip_below() -> None:
    graph = planted(3, 20)
    graph.add_nodes_from(f"e/lone-{n:02}" for n in range(30))
    graph.add_edge("e/lone-00", "e/lone-01", predicate="related", evidence=(1,))
    places = layout(graph)
    lone = [place for name, place in places.items() if "lone" in name]
    rest = [place for name, place in places.items() if "lone" not in name]
    assert {community for *_, community in lone} == {-1}
    assert min(community for *_, community in rest) == 0
    assert max(y for _, y, _ in lone) < min(y for _, y, _ in rest)
    assert len({place[:2] for place in lone}) == 30


def test_a_crowd_that_nothing_divides_is_split() -> None:
    graph = nx.MultiDiGraph()
    for n in range(2 * LARGEST + 50):
        graph.add_edge("d/1", f"e/{n:04}", predicate="mentions", evidence=(1,))
    places = layout(graph)
    assert len({place[:2] for place in places.values()}) > 2 * LARGEST
    sizes = [sum(c == n for *_, c in places.values()) for n in {c for *_, c in places.values()}]
    assert max(sizes) <= LARGEST


def test_the_graph_is_not_changed() -> None:
    graph, before = planted(2, 10), planted(2, 10)
    layout(graph)
    assert nx.utils.graphs_equal(graph, before)


def test_order_and_hash_seed_do_not_matter() -> None:
    graph = planted(4, 15)
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from(reversed(list(graph.edges(data=True))))
    assert layout(turned) == layout(graph)
    code = (
        "import networkx as nx; from kg.export.layout import layout; g = nx.MultiDiGraph();"
        "[g.add_edge(f'e/{a}', f'e/{(a * a + 7) % 90}', predicate='about', evidence=(1,)) "
        "for a in range(90)]; print(layout(g))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(found) == 1


def test_an_export_lays_the_graph_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(graph: nx.MultiDiGraph) -> dict[str, Place]:
        calls.append(graph)
        return layout(graph)

    graph = sample()
    alone = gexf.render(graph, Settings()), html.render(graph, Settings())
    monkeypatch.setattr(export.layout, "layout", counted)
    for module in (gexf, html):
        monkeypatch.setattr(module, "layout", counted)
    files = export.render(graph, Settings())
    assert len(calls) == 1
    assert (files["graph.gexf"].decode(), files["graph.html"].decode()) == alone

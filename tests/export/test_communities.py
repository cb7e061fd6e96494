"""Communities: groups of nodes that hold together, the same on every machine."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.export.communities import communities


def links(*edges: tuple[int, int, int]) -> list[dict[int, int]]:
    """What joins each node to others, both ways round."""
    found: list[dict[int, int]] = [{} for _ in range(1 + max(max(a, b) for a, b, _ in edges))]
    for left, right, weight in edges:
        found[left][right] = found[right][left] = weight
    return found


def ring(groups: int, size: int) -> list[dict[int, int]]:
    """Groups in which each node is joined to each other, and a chain from group to group."""
    pairs = [(a, b) for a in range(size) for b in range(a)]
    edges = [(g * size + a, g * size + b, 3) for g in range(groups) for a, b in pairs]
    return links(*edges, *((g * size, (g + 1) % groups * size, 1) for g in range(groups)))


def test_nothing_and_nothing_joined() -> None:
    assert communities([]) == []
    assert communities([{}, {}]) == [[0], [1]]


@pytest.mark.parametrize(("groups", "size"), [(2, 3), (5, 4), (12, 9)])
def test_planted_groups_are_found(groups: int, size: int) -> None:
    wanted = [list(range(g * size, (g + 1) * size)) for g in range(groups)]
    assert communities(ring(groups, size)) == wanted


def test_weight_decides() -> None:
    chain = links((0, 1, 9), (1, 2, 1), (2, 3, 9))
    assert communities(chain) == [[0, 1], [2, 3]]
    assert communities(links((0, 1, 1), (1, 2, 9), (2, 3, 1))) != [[0, 1], [2, 3]]


def test_higher_resolution_gives_smaller_groups() -> None:
    graph = ring(20, 3)
    assert len(communities(graph, 1)) <= len(communities(graph, 4))


def test_as_good_as_the_method_of_networkx() -> None:
    graph = nx.les_miserables_graph()
    names = sorted(graph)
    at = {name: number for number, name in enumerate(names)}
    found = communities([{at[b]: d["weight"] for b, d in graph[a].items()} for a in names])
    other = nx.community.louvain_communities(graph, seed=1)
    score = nx.community.modularity(graph, [{names[n] for n in group} for group in found])
    assert score > nx.community.modularity(graph, other) - 0.02


def test_large_weights_are_compared_exactly() -> None:
    graph = nx.gnm_random_graph(60, 140, seed=3)
    small = [{b: 1 + (a + b) % 4 for b in sorted(graph[a])} for a in sorted(graph)]
    large = [{b: weight * 10**30 for b, weight in near.items()} for near in small]
    assert 1 < len(communities(small)) < 60
    assert communities(large) == communities(small)

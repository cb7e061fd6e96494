"""Layout: a place on the plane and a community for every node of a graph.

Communities are laid out one by one with a force model, then packed as circles, the ones with
many edges between them side by side. Small components stand in a strip below. Weights are whole
numbers, only + - * / and square roots touch the coordinates, and every start is counted, not
drawn by lot, so that any machine and any version of Python gives the same picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, log2, pi, sin, sqrt

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.export.communities import communities

Floats = NDArray[np.float64]
Place = tuple[float, float, int]
Links = Sequence[Mapping[int, int]]  # for each node: neighbour -> weight, the same both ways

LARGEST = 300  # nodes that one force layout holds; a larger community is split
SMALLEST = 6  # nodes of a component that still gets a circle of its own
SPACING = 34.0  # the room of a node, in units of the picture
GAP = 30.0  # between two circles
ROUNDS = 60
NEAR = 100  # circles beside which a new one may be put: the first placed and the last
CROWD = 300  # circles; of more, the later ones are put beside fewer
# What a relation pulls: nearly every node is mentioned by a document, so that says little.
PULL = {"mentions": 0.08, "introduces": 0.0, "related": 0.5}
UNIT = 1024  # weight of a relation that one quote states
COMPASS = tuple((round(cos(pi * k / 16), 6), round(sin(pi * k / 16), 6)) for k in range(32))


@dataclass(frozen=True, slots=True)
class _Circle:
    """A laid-out community: its nodes, their places around its middle, its radius."""

    nodes: tuple[int, ...]
    places: Floats  # (nodes, 2)
    radius: float


def layout(graph: nx.MultiDiGraph) -> dict[str, Place]:
    """``(x, y, community)`` of every node, in order of id; coordinates have two decimals.

    Communities are numbered from 0, the largest first; -1 stands for the strip of components
    too small to have one. The same graph gives the same places; the graph is not changed.

    >>> layout(nx.MultiDiGraph())
    {}
    """
    names = sorted(graph)
    links = _links(graph, names)
    large: list[list[int]] = []
    small: list[list[int]] = []
    for component in sorted(_components(links, range(len(names))), key=_by_size):
        (large if len(component) >= SMALLEST else small).append(component)
    groups = _groups(links, large)
    circles = [_circle(links, group) for group in groups]
    middles = _pack(circles, _ties(links, groups))
    found: dict[int, Place] = {}
    for number, (circle, middle) in enumerate(zip(circles, middles, strict=True)):
        for node, place in zip(circle.nodes, circle.places, strict=True):
            x, y = float(place[0]) + middle[0], float(place[1]) + middle[1]
            found[node] = (_tidy(x), _tidy(y), number)
    found.update(_strip(small, circles, middles))
    return {name: found[index] for index, name in enumerate(names)}


def _links(graph: nx.MultiDiGraph, names: Sequence[str]) -> list[dict[int, int]]:
    """What joins each node to others, both ways round, parallel relations added up."""
    numbers = {name: index for index, name in enumerate(names)}
    links: list[dict[int, int]] = [{} for _ in names]
    for source, target, data in graph.edges(data=True):
        pull = UNIT * PULL.get(data.get("predicate", ""), 1.0)
        if pull and source != target:
            left, right = numbers[source], numbers[target]
            weight = round(pull * (1 + log2(max(1, len(data.get("evidence", ())))) / 4))
            links[left][right] = links[right][left] = links[left].get(right, 0) + weight
    return [dict(sorted(near.items())) for near in links]


def _components(links: Links, nodes: Iterable[int]) -> list[list[int]]:
    """The nodes in sorted groups that nothing joins to each other, by their first node."""
    left = dict.fromkeys(sorted(nodes))
    found = []
    for first in list(left):
        if first in left:
            del left[first]
            reached = [first]
            for node in reached:
                for other in links[node]:
                    if other in left:
                        del left[other]
                        reached.append(other)
            found.append(sorted(reached))
    return found


def _by_size(group: Sequence[int]) -> tuple[int, int]:
    return -len(group), group[0]


def _groups(links: Links, components: Iterable[Sequence[int]]) -> list[list[int]]:
    """The communities of the components, none larger than one force layout holds."""
    done: list[list[int]] = []
    queue = [(list(component), 1) for component in components]
    while queue:
        nodes, resolution = queue.pop()
        for part in _gathered(links, _parted(links, nodes, resolution)):
            if len(part) <= LARGEST:
                done.append(part)
            elif resolution < 8:
                queue.append((part, resolution * 2))
            else:
                done.extend(part[at : at + LARGEST] for at in range(0, len(part), LARGEST))
    return sorted(done, key=_by_size)


def _parted(links: Links, nodes: Sequence[int], resolution: int) -> list[list[int]]:
    """The communities of some nodes, as if there were no others."""
    numbers = {node: number for number, node in enumerate(nodes)}
    among = [
        {numbers[other]: weight for other, weight in links[node].items() if other in numbers}
        for node in nodes
    ]
    parts = communities(among, resolution)
    return sorted(([nodes[number] for number in part] for part in parts), key=_by_size)


def _gathered(links: Links, parts: Sequence[Sequence[int]]) -> list[list[int]]:
    """The parts, each that is too small for a circle joined to the one it has most ties to.

    What has no ties to a larger part (a star that was taken apart) comes together.
    """
    large = [list(part) for part in parts if len(part) >= SMALLEST]
    home = {node: number for number, part in enumerate(large) for node in part}
    crumbs: list[int] = []
    for part in parts:
        if len(part) < SMALLEST:
            ties: dict[int, int] = defaultdict(int)
            for node in part:
                for other, weight in links[node].items():
                    if other in home:
                        ties[home[other]] += weight
            best = min(ties, key=lambda number: (-ties[number], number), default=None)
            (crumbs if best is None else large[best]).extend(part)
    return sorted((sorted(part) for part in (*large, crumbs) if part), key=_by_size)


def _circle(links: Links, nodes: Sequence[int]) -> _Circle:
    numbers = {node: index for index, node in enumerate(nodes)}
    edges = sorted(
        (numbers[node], numbers[other], weight / UNIT)
        for node in nodes
        for other, weight in links[node].items()
        if node < other and other in numbers
    )
    radius = SPACING * (0.5 + sqrt(len(nodes)) * 0.75)
    return _Circle(tuple(nodes), _even(_forces(len(nodes), edges)) * radius, radius)


def _forces(count: int, edges: Sequence[tuple[int, int, float]]) -> Floats:
    """Places after a spring layout (Fruchterman and Reingold 1991) in a unit square."""
    x, y = _start(count)
    if count == 1:
        return np.stack([x * 0, y * 0], axis=1)
    left = np.array([e[0] for e in edges], dtype=np.intp)
    right = np.array([e[1] for e in edges], dtype=np.intp)
    weight = np.array([e[2] for e in edges], dtype=np.float64)
    room = 1.0 / count
    for turn in range(ROUNDS):
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        push = room / (dx * dx + dy * dy + room * 0.01)
        fx, fy = (dx * push).sum(axis=1), (dy * push).sum(axis=1)
        ex, ey = x[left] - x[right], y[left] - y[right]
        pull = weight * np.sqrt(ex * ex + ey * ey) / sqrt(room)
        for force, along in ((fx, ex * pull), (fy, ey * pull)):
            force -= np.bincount(left, along, count) - np.bincount(right, along, count)
        fx, fy = fx - x * 4, fy - y * 4  # gravity
        length = np.sqrt(fx * fx + fy * fy) + 1e-9
        step = np.minimum(length, 0.12 * (1 - turn / ROUNDS) + 0.002) / length
        x, y = x + fx * step, y + fy * step
    return np.stack([x, y], axis=1)


def _start(count: int) -> tuple[Floats, Floats]:
    """Well-spread points of the unit square (Halton sequence, bases 2 and 3), middle at 0."""

    def digit_reversed(index: int, base: int) -> float:
        value, share = 0.0, 1.0
        while index:
            share /= base
            value += share * (index % base)
            index //= base
        return value - 0.5

    points = [(digit_reversed(i, 2), digit_reversed(i, 3)) for i in range(1, count + 1)]
    return np.array([p[0] for p in points]), np.array([p[1] for p in points])


def _even(places: Floats) -> Floats:
    """The places in the unit circle: directions kept, crowded middles and far outliers evened."""
    places = places - places.mean(axis=0)
    far = np.sqrt((places * places).sum(axis=1))
    largest = float(far.max())
    if largest <= 0:
        return places
    rank = np.empty(len(far))
    rank[np.argsort(far, kind="stable")] = np.arange(len(far)) + 0.5
    even = np.sqrt(rank / len(far))
    wanted = 0.3 * far / largest + 0.7 * even
    return np.asarray(places * (wanted / np.maximum(far, 1e-9))[:, None], dtype=np.float64)


def _ties(links: Links, groups: Sequence[Sequence[int]]) -> Mapping[tuple[int, int], int]:
    """Weight of what joins each two groups, both ways round."""
    home = {node: number for number, group in enumerate(groups) for node in group}
    ties: dict[tuple[int, int], int] = defaultdict(int)
    for node, number in home.items():
        for other, weight in links[node].items():
            if other in home and home[other] != number:
                ties[number, home[other]] += weight
    return ties


def _pack(
    circles: Sequence[_Circle], ties: Mapping[tuple[int, int], int]
) -> list[tuple[float, float]]:
    """Middles of the circles: each touches another, none overlap, tied ones stand close."""
    x, y, r = np.zeros(len(circles)), np.zeros(len(circles)), np.zeros(len(circles))
    tied: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (left, right), weight in sorted(ties.items()):
        if right < left:
            tied[left].append((right, weight))
    for number, circle in enumerate(circles):
        r[number] = circle.radius
        if number:
            near_by = NEAR if number < CROWD else NEAR // 5
            beside = [*range(min(number, near_by)), *range(max(near_by, number - near_by), number)]
            spots = _spots(x, y, r, beside, circle.radius + GAP)
            least = r[:number] + circle.radius + GAP
            cost = _cost(spots, x, y, tied[number])
            x[number], y[number] = _first_free(spots, cost, x[:number], y[:number], least)
    return [(float(a), float(b)) for a, b in zip(x, y, strict=True)]


def _spots(x: Floats, y: Floats, r: Floats, beside: Sequence[int], room: float) -> Floats:
    """Middles at which a circle would touch one of those that stand, 32 around each."""
    index = np.array(beside)
    around = np.array(COMPASS)
    reach = (r[index] + room * 1.0001)[:, None]
    spots = np.stack(
        [x[index][:, None] + around[:, 0] * reach, y[index][:, None] + around[:, 1] * reach], axis=2
    )
    return spots.reshape(-1, 2)


def _first_free(
    spots: Floats, cost: Floats, x: Floats, y: Floats, least: Floats
) -> tuple[float, float]:
    """The cheapest spot that is as far from every circle as ``least`` says."""
    order = np.argsort(cost, kind="stable")
    for at in range(0, len(order), 64):
        some = spots[order[at : at + 64]]
        dx, dy = some[:, 0][:, None] - x[None, :], some[:, 1][:, None] - y[None, :]
        free = (dx * dx + dy * dy >= (least * least)[None, :]).all(axis=1)
        if free.any():
            best = some[int(np.argmax(free))]
            return float(best[0]), float(best[1])
    edge = float((x + least).max())  # no spot left: to the right of everything
    return edge, 0.0


def _cost(spots: Floats, x: Floats, y: Floats, tied: Sequence[tuple[int, int]]) -> Floats:
    """What a spot costs: its distance from the middle and from what the circle is tied to."""
    cost = np.sqrt(spots[:, 0] * spots[:, 0] + (spots[:, 1] * 1.35) ** 2)  # wider than high
    total = sum(weight for _, weight in tied)
    for other, weight in tied:
        dx, dy = spots[:, 0] - x[other], spots[:, 1] - y[other]
        cost = cost + np.sqrt(dx * dx + dy * dy) * (weight / total)
    return np.asarray(np.round(cost, 3), dtype=np.float64)


def _strip(
    components: Sequence[Sequence[int]],
    circles: Sequence[_Circle],
    middles: Sequence[tuple[float, float]],
) -> dict[int, Place]:
    """Small components in rows below the circles, each a short line of its nodes."""
    bounds = [(m, c.radius) for c, m in zip(circles, middles, strict=True)]
    left = min((m[0] - r for m, r in bounds), default=0.0)
    right = max((m[0] + r for m, r in bounds), default=0.0)
    total = sum(len(component) + 1 for component in components)
    width = max(right - left, SPACING * sqrt(total) * 1.5)
    x, y = left, min((m[1] - r for m, r in bounds), default=0.0) - GAP - SPACING
    found: dict[int, Place] = {}
    for component in components:
        if x > left and x + SPACING * len(component) > left + width:
            x, y = left, y - SPACING * 1.5
        for node in component:
            found[node] = (_tidy(x), _tidy(y), -1)
            x += SPACING
        x += SPACING
    return found


def _tidy(value: float) -> float:
    return round(value, 2) + 0.0  # no negative zero

"""Communities: groups of nodes that hold together more than chance would have it.

The method of Blondel, Guillaume, Lambiotte and Lefebvre (2008, "Fast unfolding of communities
in large networks"): nodes move to the neighbouring group that gains most, groups become nodes,
and so on until nothing gains. Weights are whole numbers and gains are compared as such, so that
no machine and no version of Python can round its way to another answer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

Links = Sequence[Mapping[int, int]]  # for each node: neighbour -> weight, the same both ways


def communities(links: Links, resolution: int = 1) -> list[list[int]]:
    """Groups of the nodes ``0 .. len(links) - 1``, each sorted, in order of their first node.

    A higher ``resolution`` (a whole number from 1) gives smaller groups.

    >>> communities([{1: 1, 2: 1}, {0: 1, 2: 1}, {0: 1, 1: 1, 3: 1}, {2: 1, 4: 9}, {3: 9}])
    [[0, 1, 2], [3, 4]]
    """
    groups = [[node] for node in range(len(links))]
    loops = [0] * len(links)  # weight inside each node, counted from both ends
    while True:
        homes = _moved(links, loops, resolution)
        if len(set(homes)) == len(homes):
            return sorted(sorted(group) for group in groups)
        numbers = {home: number for number, home in enumerate(dict.fromkeys(homes))}
        homes = [numbers[home] for home in homes]
        links, loops = _merged(links, loops, homes)
        larger: list[list[int]] = [[] for _ in numbers]
        for home, group in zip(homes, groups, strict=True):
            larger[home].extend(group)
        groups = larger


def _moved(links: Links, loops: Sequence[int], resolution: int) -> list[int]:
    """The home of each node once no move gains; a node whose neighbour moved is tried again."""
    weights = [
        loop + sum(near.values()) for near, loop in zip(links, loops, strict=True)
    ]  # of each node
    total = sum(weights)
    homes = list(range(len(links)))
    inside = list(weights)  # weight of each home
    waiting = deque(homes)
    is_waiting = [True] * len(links)
    while waiting:
        node = waiting.popleft()
        is_waiting[node] = False
        home, weight = homes[node], resolution * weights[node]
        inside[home] -= weights[node]
        ties = {home: 0}
        for other, tie in links[node].items():
            ties[homes[other]] = ties.get(homes[other], 0) + tie
        best, most = home, ties[home] * total - weight * inside[home]
        for other, tie in ties.items():
            gain = tie * total - weight * inside[other]
            if gain > most or (gain == most and best != home and other < best):
                best, most = other, gain
        homes[node] = best
        inside[best] += weights[node]
        if best != home:
            for other in links[node]:
                if homes[other] != best and not is_waiting[other]:
                    is_waiting[other] = True
                    waiting.append(other)
    return homes


def _merged(
    links: Links, loops: Sequence[int], homes: Sequence[int]
) -> tuple[list[dict[int, int]], list[int]]:
    """The homes as nodes: their links and loops."""
    count = max(homes) + 1
    merged: list[dict[int, int]] = [{} for _ in range(count)]
    kept = [0] * count
    for node, near in enumerate(links):
        home = homes[node]
        kept[home] += loops[node]
        for other, weight in near.items():
            if homes[other] == home:
                kept[home] += weight
            else:
                merged[home][homes[other]] = merged[home].get(homes[other], 0) + weight
    return merged, kept

"""Arrange the stages of a graph in columns and lanes.

A network's stages are named after it: ``train@mlp`` belongs to the network ``mlp``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

Edge = tuple[str, str]


def reduced(edges: Iterable[Edge]) -> list[Edge]:
    """Return the edges of a graph without cycles that do not follow from others, in order.

    >>> reduced([("a", "b"), ("b", "c"), ("a", "c")])
    [('a', 'b'), ('b', 'c')]
    """
    after: dict[str, set[str]] = defaultdict(set)
    for start, end in edges:
        after[start].add(end)
    return [
        (start, end)
        for start in sorted(after)
        for end in sorted(after[start])
        if not any(end in _reached(other, after) for other in after[start])
    ]


def _reached(start: str, after: Mapping[str, set[str]]) -> set[str]:
    """Return all that comes after a node."""
    found: set[str] = set()
    waiting = set(after.get(start, ()))
    while waiting:
        found |= waiting
        waiting = {end for node in waiting for end in after.get(node, ())} - found
    return found


def columns(edges: Sequence[Edge]) -> dict[str, int]:
    """Return for every stage a column right of all that it reads from.

    Stages that differ in their network alone share a column.

    >>> columns([("search", "train@tuned"), ("split", "search"), ("split", "train@mlp")])
    {'search': 1, 'split': 0, 'train@mlp': 2, 'train@tuned': 2}
    """
    names = sorted({name for edge in edges for name in edge})
    column = dict.fromkeys(names, 0)
    for _ in names:  # the longest path has no more edges than this
        for start, end in edges:
            column[end] = max(column[end], column[start] + 1)
        for name in names:
            column[name] = max(column[other] for other in names if _kind(other) == _kind(name))
    return column


def lanes(edges: Sequence[Edge], column: Mapping[str, int]) -> dict[str, float]:
    """Return for every stage a lane, counted from 0 at the top: each network has its own.

    A stage of no network stands in the lane of the only network that reads from it, or in the
    middle, or as near to that as its column has room. A stage that is read further to the right
    yields to one that is read in the next column, so that its arrow passes beside the others.
    """
    networks = sorted({_network(name) for name in column} - {""})
    beside = Counter((_network(name), place) for name, place in column.items() if _network(name))
    depth = max(beside.values(), default=1)  # lanes of a network
    reach = {name: _reach(name, edges, column) for name in column}
    lane: dict[str, float] = {}
    for name in sorted(column, key=lambda name: (not _network(name), reach[name], name)):
        readers = {_network(end) for start, end in edges if start == name} - {""}
        network = _network(name) or (readers.pop() if len(readers) == 1 else "")
        middle = max(0, depth * len(networks) - 1) / 2
        wanted = depth * networks.index(network) if network else middle
        taken = [lane[other] for other in lane if column[other] == column[name]]
        moves = sorted(range(-len(column), len(column) + 1), key=lambda move: (abs(move), -move))
        free = (wanted + i for i in moves if all(abs(wanted + i - place) >= 1 for place in taken))
        lane[name] = next(free)
    top = min(lane.values())
    return {name: place - top for name, place in lane.items()}


def _reach(name: str, edges: Sequence[Edge], column: Mapping[str, int]) -> int:
    """Return how many columns the longest arrow of a stage crosses."""
    return max((column[end] - column[name] for start, end in edges if start == name), default=0)


def _kind(name: str) -> str:
    return name.partition("@")[0]


def _network(name: str) -> str:
    return name.partition("@")[2]

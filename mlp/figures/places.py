"""Move labels apart, so that none hides another."""

import math
from collections.abc import Iterator, Sequence

Box = tuple[float, float, float]  # the middle of a text, across and up, and its width; in points


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places moved apart, in their order, by at least ``gap`` and inside two bounds.

    They are closer than that only where there is no room.

    >>> spread([5, 5.5, 9.9], 1, 0, 10)
    [5, 6, 9.9]
    >>> spread([9.8, 9.9], 1, 0, 10)
    [9, 10]
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    gap = min(gap, (high - low) / max(1, len(places) - 1))
    moved, floor, ceiling = list(places), low, high
    for i in order:
        moved[i] = max(moved[i], floor)
        floor = moved[i] + gap
    for i in reversed(order):
        moved[i] = min(moved[i], ceiling)
        ceiling = moved[i] - gap
    return moved


def apart(boxes: Sequence[Box], line: float, wide: float, tall: float) -> list[Box]:
    """Return boxes of the height ``line`` moved as little as it takes until none hides another.

    They are kept inside an area that is ``wide`` and ``tall``; a box for which there is no room
    hides others.

    >>> apart([(50, 50, 20), (55, 50, 20), (80, 50, 20)], 10, 100, 100)
    [(50, 50, 20), (55.0, 40.0, 20), (80, 50, 20)]
    """
    placed: list[Box] = []
    for x, y, size in boxes:
        inside = (
            min(max(x, size / 2), wide - size / 2),
            min(max(y, line / 2), tall - line / 2),
            size,
        )
        tried = _around(inside, line, wide, tall)
        free = (box for box in tried if not any(_hides(box, other, line) for other in placed))
        placed.append(next(free, inside))
    return placed


def _around(box: Box, line: float, wide: float, tall: float) -> Iterator[Box]:
    """Yield the box, and then others of its size inside an area, the nearest first."""
    x, y, size = box
    yield box
    across = _steps(x, size / 4, size / 2, wide - size / 2)
    along = _steps(y, line / 2, line / 2, tall - line / 2)
    moves = [(right, up) for up in along for right in across]
    for right, up in sorted(moves, key=lambda move: math.hypot(*move)):
        yield x + right, y + up, size


def _steps(place: float, step: float, low: float, high: float) -> list[float]:
    """Return the multiples of a step by which a place can move between two bounds."""
    most = int((high - low) / step) + 1
    return [i * step for i in range(-most, most + 1) if low <= place + i * step <= high]


def _hides(box: Box, other: Box, line: float) -> bool:
    is_beside = abs(box[0] - other[0]) >= (box[2] + other[2]) / 2
    return not is_beside and abs(box[1] - other[1]) < line

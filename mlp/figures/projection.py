"""Draw rows as points on two axes."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.ticker import MaxNLocator

from mlp.core.files import Floats, Labels
from mlp.figures import canvas
from mlp.figures.canvas import FINE, Axes, Figure
from mlp.figures.labels import drawn_labels, name_of
from mlp.figures.places import apart
from mlp.figures.style import SMALL, point

NAMED = 14  # classes with a colour and a name; of more, these are the commonest
LARGEST = 1e300  # a coordinate above this counts as not finite
POINT: dict[str, Any] = {"markersize": 4, "markeredgewidth": 0, "alpha": 0.8}
ROOM = np.array((0.04, 0.13))  # of an axis, beyond the outermost points: for a name above them
LINE = 1.75 * FINE  # points: height of a name with its frame
BAR = 46.0  # points: for a colour bar and its numbers
LEFT, RIGHT, BOTTOM, TOP = 48.0, 12.0, 34.0, 20.0  # margins in points


def draw(places: Floats, actual: Labels, labels: Sequence[str]) -> bytes:
    """Draw rows as points, with a colour, a shape and a name for each class.

    Parameters
    ----------
    places : ndarray of float64, shape (rows, 2)
        A row is left out if its place is not finite.
    actual : ndarray of str objects, shape (rows,)
    labels : sequence of str
        All classes, in their order.
    """
    is_drawn = _is_drawn(places)
    places, actual = places[is_drawn], actual[is_drawn]
    names = zip(drawn_labels(labels), labels, strict=True)
    classes = {name: places[actual == label] for name, label in names}
    largest = sorted(classes, key=lambda name: -len(classes[name]))[:NAMED]
    named = {name: rows for name, rows in classes.items() if name in largest and len(rows)}
    low, high = _ends(places)
    figure, axes = _axes(low, high)
    size = np.array(canvas.size(axes))
    if len(classes) > NAMED:
        axes.plot(*places.T, "o", color="0.8", **POINT | {"markersize": 3})
    for i, rows in enumerate(named.values()):
        axes.plot(*rows.T, linestyle="none", **point(i), **POINT)
    middles = [(np.median(rows, axis=0) - low) / (high - low) * size for rows in named.values()]
    _name(axes, list(named), middles)
    title = _title(places, len(labels))
    canvas.name(axes, "first principal component", "second principal component", title)
    return canvas.encoded(figure)


def draw_numbers(places: Floats, actual: Floats, target: str) -> bytes:
    """Draw rows as points, coloured by a number: dark blue for the lowest, yellow for the highest.

    Parameters
    ----------
    places : ndarray of float64, shape (rows, 2)
        A row is left out if its place is not finite.
    actual : ndarray of float64, shape (rows,)
    target : str
        The name of the number.
    """
    is_drawn = _is_drawn(places)
    places, actual = places[is_drawn], actual[is_drawn]
    low, high = _ends(places)
    figure, axes = _axes(low, high, BAR)
    ends = np.quantile(actual, [0.02, 0.98]) if len(actual) else (0.0, 1.0)
    style: dict[str, Any] = {"cmap": "cividis", "vmin": ends[0], "vmax": ends[1], "linewidths": 0}
    drawn = axes.scatter(places[:, 0], places[:, 1], 12, actual, **style)
    left = LEFT + canvas.size(axes)[0] + 8
    bar = canvas.axes(figure, left, BOTTOM, 8, canvas.size(axes)[1])
    figure.colorbar(drawn, cax=bar, ticks=MaxNLocator(5))
    bar.tick_params(labelsize=FINE)
    title = _title(places, 0) or f"colour: {name_of(target)}"
    canvas.name(axes, "first principal component", "second principal component", title)
    return canvas.encoded(figure)


def _is_drawn(places: Floats) -> npt.NDArray[np.bool_]:
    return np.asarray((np.abs(places) < LARGEST).all(axis=1))


def _axes(low: Floats, high: Floats, beside: float = 0) -> tuple[Figure, Axes]:
    figure = canvas.figure(*SMALL)
    wide, tall = SMALL[0] - LEFT - RIGHT - beside, SMALL[1] - BOTTOM - TOP
    axes = canvas.axes(figure, LEFT, BOTTOM, wide, tall)
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    axes.locator_params(nbins=5)
    return figure, axes


def _ends(places: Floats) -> tuple[Floats, Floats]:
    """Return the lower and the upper end of both axes."""
    if not len(places):
        return np.zeros(2), np.ones(2)
    low, high = places.min(axis=0), places.max(axis=0)
    room = np.where(high > low, ROOM * (high - low), 1.0)
    return low - room, high + room


def _name(axes: Axes, names: Sequence[str], middles: Sequence[Floats]) -> None:
    """Write the name of each class above the middle of its points, or near it if that is taken."""
    boxes = [
        (float(x), float(y) + LINE, canvas.width([name], FINE) + 6)
        for (x, y), name in zip(middles, names, strict=True)
    ]
    for i, (x, y, _) in enumerate(apart(boxes, LINE, *canvas.size(axes))):
        frame = {"boxstyle": "round,pad=0.2", "fc": "white", "ec": point(i)["color"]}
        canvas.write(axes, x, y, names[i], ha="center", bbox=frame)


def _title(places: Floats, classes: int) -> str:
    if not len(places):
        return "no row has a finite place"
    if not np.ptp(places, axis=0).any():
        return "all rows lie on one point"
    return f"in colour: the {NAMED} commonest of {classes} classes" if classes > NAMED else ""

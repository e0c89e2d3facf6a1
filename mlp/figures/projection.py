"""Draw rows as points on two axes, coloured by class."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mlp.core.files import Floats, Labels
from mlp.figures import canvas
from mlp.figures.canvas import FINE, Axes
from mlp.figures.labels import drawn_labels
from mlp.figures.places import apart
from mlp.figures.projection_axes import ends, is_drawn, name, plane
from mlp.figures.style import point

NAMED = 14  # classes with a colour and a name; of more, these are the commonest
POINT: dict[str, Any] = {"markersize": 4, "markeredgewidth": 0, "alpha": 0.8}
LINE = 1.75 * FINE  # points: height of a name with its frame


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
    known = is_drawn(places)
    places, actual = places[known], actual[known]
    names = zip(drawn_labels(labels), labels, strict=True)
    classes = {text: places[actual == label] for text, label in names}
    largest = sorted(classes, key=lambda text: -len(classes[text]))[:NAMED]
    named = {text: rows for text, rows in classes.items() if text in largest and len(rows)}
    figure, axes = plane(places)
    if len(places) and not np.ptp(places, axis=0).any():  # then a class would hide the others
        axes.plot(*places[0], "o", color="black")
        named = {}
    if len(classes) > NAMED:
        axes.plot(*places.T, "o", color="0.8", **POINT | {"markersize": 3})
    for i, rows in enumerate(named.values()):
        axes.plot(*rows.T, linestyle="none", **point(i), **POINT)
    (low, high), size = ends(places), np.array(canvas.size(axes))
    middles = [(np.median(rows, axis=0) - low) / (high - low) * size for rows in named.values()]
    _write(axes, list(named), middles)
    most = f"in colour: the {NAMED} commonest of {len(labels)} classes"
    name(axes, places, most if len(labels) > NAMED else "")
    return canvas.encoded(figure)


def _write(axes: Axes, names: Sequence[str], middles: Sequence[Floats]) -> None:
    """Write the name of each class above the middle of its points, or near it if that is taken."""
    boxes = [
        (float(x), float(y) + LINE, canvas.width([name], FINE) + 6)
        for (x, y), name in zip(middles, names, strict=True)
    ]
    for i, (x, y, _) in enumerate(apart(boxes, LINE, *canvas.size(axes))):
        frame = {"boxstyle": "round,pad=0.2", "fc": "white", "ec": point(i)["color"]}
        canvas.write(axes, x, y, names[i], ha="center", bbox=frame)

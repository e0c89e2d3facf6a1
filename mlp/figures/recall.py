"""Draw the recall of each class with its interval."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlp.core.files import Floats
from mlp.figures import canvas
from mlp.figures.canvas import FINE, GREY
from mlp.figures.labels import are_numbers, drawn_labels
from mlp.figures.style import COLORS, SMALL

MOST = 60  # classes in a figure
LINE = 13.0  # points a class
BOTTOM, TOP, MARGIN = 34.0, 20.0, 12.0  # margins in points
PALE = "0.88"


def draw(classes: Sequence[Mapping[Any, Any]]) -> bytes:
    """Draw recall by class as dots with their intervals, the hardest class first.

    Parameters
    ----------
    classes : sequence of mapping
        For every class, in the order of the classes: class, support, recall, recall_low and
        recall_high. Classes without support are left out; of more than 60, the hardest are drawn.
    """
    labels = [row["class"] for row in classes]
    named = [{**row, "name": name} for row, name in zip(classes, drawn_labels(labels), strict=True)]
    judged = sorted((row for row in named if row["support"]), key=lambda row: float(row["recall"]))
    rows, supports = judged[:MOST], [str(row["support"]) for row in judged[:MOST]]
    left = canvas.width([row["name"] for row in rows], FINE) + 2 * MARGIN
    right = canvas.width(["rows", *supports], FINE) + 2 * MARGIN
    wide, tall = SMALL[0] - left - right, LINE * max(1, len(rows))
    figure = canvas.figure(SMALL[0], tall + BOTTOM + TOP)
    axes = canvas.axes(figure, left, BOTTOM, wide, tall)
    places = np.arange(len(rows))
    recall, low, high = (
        np.array([row[key] for row in rows], dtype=np.float64)
        for key in ("recall", "recall_low", "recall_high")
    )
    start = _start(low)
    axes.hlines(places, start, 1, color=PALE, linewidth=0.6)
    axes.hlines(places, low, high, color=COLORS[0], linewidth=1.5)
    axes.plot(recall, places, "o", color=COLORS[0], markersize=5, clip_on=False)
    axes.set(xlim=(start, 1), ylim=(tall / LINE - 0.5, -0.5), yticks=[])
    axes.locator_params(axis="x", nbins=5)
    axes.grid(visible=True, axis="x")
    for i, row in enumerate(rows):
        middle = tall - (i + 0.5) * LINE
        canvas.write(axes, -5, middle, row["name"], ha="right")
        canvas.write(axes, wide + right - 6, middle, supports[i], ha="right", color=GREY)
    canvas.write(axes, wide + right - 6, tall + 7, "rows", ha="right", color=GREY)
    kind = "class, by number" if are_numbers(labels) else "class"
    canvas.write(axes, MARGIN / 2 - left, tall + 7, kind, color=GREY)
    more = f"the {MOST} hardest of {len(judged)} classes" if len(judged) > MOST else ""
    canvas.name(axes, "recall, with its 95 % interval", "", more if rows else "no test rows")
    return canvas.encoded(figure)


def _start(low: Floats) -> float:
    """Return where the axis begins: at 0, or further on where no interval reaches, by tenths."""
    return min(0.9, float(np.floor(10 * low.min(initial=1)) / 10))

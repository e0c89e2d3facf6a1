"""Draw rows as points of two numbers, of any number of rows and with any outliers."""

from typing import Any

import numpy as np

from mlp.core.files import Floats
from mlp.figures import canvas
from mlp.figures.canvas import Axes, Figure
from mlp.figures.style import COLORS, SMALL

LEFT, RIGHT, BOTTOM, TOP = 58.0, 12.0, 34.0, 20.0  # margins in points
MANY = 3000  # rows above which cells are drawn in place of points
FEW = 300  # rows below which points are larger
CELLS = (60, 36)  # across and along the axes
CELL: dict[str, Any] = {"bins": "log", "mincnt": 1, "cmap": "Blues", "linewidths": 0.1}
POINT: dict[str, Any] = {"color": COLORS[0], "markeredgewidth": 0, "alpha": 0.5}
FAR = 3.0  # times the range of the middle 90 %, beyond which a row lies outside the axes
ROOM = 0.05  # of an axis, beyond the outermost points


def small() -> tuple[Figure, Axes]:
    """Return a small figure with axes."""
    figure = canvas.figure(*SMALL)
    wide, tall = SMALL[0] - LEFT - RIGHT, SMALL[1] - BOTTOM - TOP
    axes = canvas.axes(figure, LEFT, BOTTOM, wide, tall)
    axes.grid(visible=True)
    return figure, axes


def ends(values: Floats) -> tuple[float, float]:
    """Return the ends of an axis that shows all numbers but outliers.

    Parameters
    ----------
    values : ndarray of float64
        Finite numbers.
    """
    if not len(values):
        return 0.0, 1.0
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    reach = FAR * max(float(high - low), 1e-9 * abs(float(middle)))
    inside = values[(values >= low - reach) & (values <= high + reach)]
    first, last = float(inside.min()), float(inside.max())
    room = ROOM * (last - first) or 0.5 * abs(first) or 1.0
    return first - room, last + room


def scatter(axes: Axes, x: Floats, y: Floats) -> int:
    """Draw rows, those beyond an end of the axes at its edge; return how many these are."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    outside = (x < left) | (x > right) | (y < low) | (y > high)
    inner_x, inner_y = x[~outside], y[~outside]
    if len(x) > MANY:
        extent = (left, right, low, high)
        axes.hexbin(inner_x, inner_y, gridsize=CELLS, extent=extent, **CELL)
    else:
        axes.plot(inner_x, inner_y, "o", markersize=4.5 if len(x) < FEW else 3, **POINT)
    edge_x, edge_y = np.clip(x[outside], left, right), np.clip(y[outside], low, high)
    axes.plot(edge_x, edge_y, "x", color=COLORS[1], markersize=5, clip_on=False)
    axes.set(xlim=(left, right), ylim=(low, high))
    return int(outside.sum())


def note(outside: int, unknown: int) -> str:
    """Return a title that says how many rows are not at their place."""
    parts = []
    if outside:
        parts.append(f"{outside} beyond the axes, drawn as x at their edge")
    if unknown:
        parts.append(f"{unknown} not finite")
    return "; ".join(parts)

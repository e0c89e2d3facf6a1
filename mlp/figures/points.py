"""Draw rows as points of two numbers: any number of rows, with any outliers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.colors import ListedColormap

from mlp.core.files import Floats
from mlp.figures import canvas, number_axis
from mlp.figures.canvas import FINE, GREY, TEXT, Axes, Figure
from mlp.figures.style import COLORS, SMALL

BOTTOM, RIGHT, TOP = 34.0, 12.0, 12.0  # margins in points
ABOVE = 7.0  # points: between the axes and the notes, for what stands at their edge
LINE = 1.4 * FINE  # points: height of a note above the axes
BESIDE = TEXT + 18.0  # points: left of the axes, for their name and ticks but not for numbers
MANY, FEW = 3000, 300  # rows above which cells replace points; below which points are larger
CELL = 5.0  # points: width of a cell
SHADES = np.linspace((0.62, 0.79, 0.88), (0.02, 0.22, 0.50), 256)  # pale blue, but not white
POINT: dict[str, Any] = {"color": COLORS[0], "markeredgewidth": 0, "alpha": 0.5}
BEYOND: dict[str, Any] = {"color": "black", "markersize": 5, "markeredgewidth": 0, "clip_on": False}

Ends = tuple[float, float]


def frame(x: Ends, y: Ends, notes: Sequence[str], wide: float = 0) -> tuple[Figure, Axes]:
    """Return a figure and its axes with ends, ticks and a grid, below lines of notes.

    Parameters
    ----------
    x, y : (float, float)
        The ends of the axes.
    notes : sequence of str
    wide : float, optional
        Width of the axes in points, if it is not the rest of the figure's.
    """
    tall = SMALL[1] - BOTTOM - 20
    y_ticks, y_texts = number_axis.ticks(*y)
    left = BESIDE + canvas.width(y_texts, FINE)
    wide = wide or SMALL[0] - left - RIGHT
    x_ticks, x_texts = number_axis.apart(*x, wide, FINE)
    right = max(RIGHT, canvas.width(x_texts, FINE) / 2 + 2)
    top = TOP + LINE * len(notes)
    figure = canvas.figure(left + wide + right, BOTTOM + tall + top)
    axes = canvas.axes(figure, left, BOTTOM, wide, tall)
    axes.set(xlim=x, ylim=y)
    axes.set_xticks(x_ticks, x_texts)
    axes.set_yticks(y_ticks, y_texts)
    axes.grid(visible=True)
    for i, note in enumerate(reversed(notes)):
        canvas.write(axes, canvas.EDGE - left, tall + ABOVE + (i + 0.5) * LINE, note, color=GREY)
    return figure, axes


def scatter(axes: Axes, x: Floats, y: Floats) -> None:
    """Draw rows as points, or many rows as cells; rows beyond the axes stand at their edge."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    inside = (x >= left) & (x <= right) & (y >= low) & (y <= high)
    if len(x) > MANY:
        _cells(axes, x[inside], y[inside])
    else:
        axes.plot(x[inside], y[inside], "o", markersize=5 if len(x) < FEW else 3, **POINT)
    level = (y >= low) & (y <= high)
    sides = {"^": y > high, "v": y < low, ">": level & (x > right), "<": level & (x < left)}
    for marker, is_beyond in sides.items():
        edge_x, edge_y = np.clip(x[is_beyond], left, right), np.clip(y[is_beyond], low, high)
        axes.plot(edge_x, edge_y, marker, **BEYOND)
    axes.set(xlim=(left, right), ylim=(low, high))


def _cells(axes: Axes, x: Floats, y: Floats) -> None:
    """Draw hexagons, the darker the more rows are inside."""
    wide, tall = canvas.size(axes)
    cells = (round(wide / CELL), round(tall / CELL / 3**0.5))
    style: dict[str, Any] = {"bins": "log", "mincnt": 1, "linewidths": 0.2}
    extent = (*axes.get_xlim(), *axes.get_ylim())
    axes.hexbin(x, y, gridsize=cells, extent=extent, cmap=ListedColormap(SHADES), **style)


def notes(x: Floats, y: Floats, ends: tuple[Ends, Ends], unknown: int) -> list[str]:
    """Return what the rows' places do not say.

    Parameters
    ----------
    x, y : ndarray of float64, shape (rows,)
    ends : pair of (float, float)
        Of the two axes.
    unknown : int
        How many rows are left out because their prediction is not finite.
    """
    (left, right), (low, high) = ends
    beyond = int(((x < left) | (x > right) | (y < low) | (y > high)).sum())
    return [
        *(["darker: more rows (log scale)"] if len(x) > MANY else []),
        *([f"{rows(beyond)} beyond the axes, drawn at the edge"] if beyond else []),
        *left_out(unknown),
    ]


def left_out(unknown: int) -> list[str]:
    """Return a note on rows whose prediction is not finite, if there are any."""
    return [f"left out: {rows(unknown)} without a finite prediction"] if unknown else []


def rows(count: int) -> str:
    """Return a number of rows in words."""
    return "1 row" if count == 1 else f"{count} rows"

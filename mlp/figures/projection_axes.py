"""Axes of rows along two principal components."""

import numpy as np
import numpy.typing as npt

from mlp.core.files import Floats
from mlp.figures import canvas
from mlp.figures.canvas import Axes, Figure
from mlp.figures.style import SMALL

LARGEST = 1e300  # a coordinate above this counts as not finite
ROOM = np.array((0.04, 0.13))  # of an axis, beyond the outermost points: for a name above them
LEFT, RIGHT, BOTTOM, TOP = 48.0, 12.0, 34.0, 20.0  # margins in points


def is_drawn(places: Floats) -> npt.NDArray[np.bool_]:
    """Return whether each row has a finite place; ``places`` has the shape (rows, 2)."""
    return np.asarray((np.abs(places) < LARGEST).all(axis=1))


def plane(places: Floats, beside: float = 0) -> tuple[Figure, Axes]:
    """Return a figure with axes for all of the places.

    Parameters
    ----------
    places : ndarray of float64, shape (rows, 2)
        Finite.
    beside : float
        Points to leave free to the right of the axes.
    """
    low, high = ends(places)
    figure = canvas.figure(*SMALL)
    wide, tall = SMALL[0] - LEFT - RIGHT - beside, SMALL[1] - BOTTOM - TOP
    axes = canvas.axes(figure, LEFT, BOTTOM, wide, tall)
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    axes.locator_params(nbins=5)
    return figure, axes


def ends(places: Floats) -> tuple[Floats, Floats]:
    """Return the lower and the upper end of both axes."""
    if not len(places):
        return np.zeros(2), np.ones(2)
    low, high = places.min(axis=0), places.max(axis=0)
    room = np.where(high > low, ROOM * (high - low), 1.0)
    return low - room, high + room


def name(axes: Axes, places: Floats, title: str) -> None:
    """Name the axes, and say so if no row has a place or all have the same one."""
    if not len(places):
        title = "no row has a finite place"
    elif not np.ptp(places, axis=0).any():
        title = "all rows lie on one point"
    canvas.name(axes, "first principal component", "second principal component", title)

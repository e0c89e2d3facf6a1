"""Draw rows as points on two axes, coloured by a number."""

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import ListedColormap

from mlp.core.files import Floats
from mlp.figures import canvas, number_axis
from mlp.figures.canvas import FINE
from mlp.figures.labels import name_of
from mlp.figures.projection_axes import BOTTOM, LEFT, is_drawn, name, plane

GAP, BAR, TICK = 10.0, 9.0, 4.0  # points: before the colour bar, its width, that of its ticks
TIPS = {(False, False): "neither", (True, False): "min", (False, True): "max", (True, True): "both"}
TAILS = (0.02, 0.98)  # quantiles of the numbers at which the colours end
COLORS = ListedColormap(colormaps["viridis"](np.linspace(0, 0.93, 256)))  # its end is too pale
POINT: dict[str, Any] = {"cmap": COLORS, "s": 16, "linewidths": 0, "alpha": 0.8}


def draw(places: Floats, actual: Floats, target: str) -> bytes:
    """Draw rows as points: dark blue where the number is low, yellow-green where it is high.

    Parameters
    ----------
    places : ndarray of float64, shape (rows, 2)
        A row is left out if its place is not finite.
    actual : ndarray of float64, shape (rows,)
    target : str
        The name of the column that holds the numbers.
    """
    known = is_drawn(places)
    places, actual = places[known], actual[known]
    low, high = _ends(actual)
    ticks, texts = number_axis.ticks(low, high)
    figure, axes = plane(places, GAP + BAR + TICK + canvas.width(texts, FINE))
    drawn = axes.scatter(places[:, 0], places[:, 1], c=actual, vmin=low, vmax=high, **POINT)
    wide, tall = canvas.size(axes)
    bar = canvas.axes(figure, LEFT + wide + GAP, BOTTOM, BAR, tall)
    is_beyond = bool((actual < low).any()), bool((actual > high).any())
    figure.colorbar(drawn, cax=bar, extend=TIPS[is_beyond]).set_ticks(ticks, labels=texts)
    name(axes, places, f"colour: actual {name_of(target)}")
    return canvas.encoded(figure)


def _ends(actual: Floats) -> tuple[float, float]:
    """Return the numbers at which the colours end: outliers have the colour of the nearer one."""
    if not len(actual):
        return 0.0, 1.0
    low, high = map(float, np.quantile(actual, TAILS))
    if low == high:
        low, high = float(actual.min()), float(actual.max())
    return (low, high) if low < high else number_axis.ends(actual)

"""Draw residuals against predictions, and their distribution."""

from typing import Any

import numpy as np

from mlp.core.files import Floats
from mlp.figures import canvas
from mlp.figures.canvas import FINE, GREY, Axes
from mlp.figures.points import ends, note, scatter, small
from mlp.figures.style import COLORS

PARTS = 10  # of the predictions, by quantiles
FEWEST = 50  # rows from which the middle of each part is drawn
MOST_BARS = 40
HEADROOM = 1.12  # of the highest bar, for the name of the median
BAR: dict[str, Any] = {"color": COLORS[0], "edgecolor": "white", "linewidth": 0.5}
RESIDUAL = "residual: actual minus predicted"


def draw(predicted: Floats, residual: Floats) -> bytes:
    """Draw a point a row, and for each tenth of the predictions the median and the middle 80 %.

    Parameters
    ----------
    predicted, residual : ndarray of float64, shape (rows,)
        A row is left out if its prediction is not finite.
    """
    known = np.isfinite(predicted)
    predicted, residual = predicted[known], residual[known]
    figure, axes = small()
    axes.set(xlim=ends(predicted), ylim=ends(residual))
    outside = scatter(axes, predicted, residual)
    axes.axhline(0, color=GREY, linewidth=1)
    if len(predicted) >= FEWEST and len(np.unique(predicted)) >= PARTS:
        _middles(axes, predicted, residual)
    canvas.name(axes, "predicted", RESIDUAL, note(outside, int((~known).sum())))
    return canvas.encoded(figure)


def _middles(axes: Axes, predicted: Floats, residual: Floats) -> None:
    edges = np.quantile(predicted, np.arange(1, PARTS) / PARTS)
    place = np.searchsorted(edges, predicted, side="right")
    parts = [place == i for i in np.unique(place)]
    x = [float(np.median(predicted[part])) for part in parts]
    low, middle, high = np.array([np.quantile(residual[p], [0.1, 0.5, 0.9]) for p in parts]).T
    axes.fill_between(x, low, high, color=COLORS[5], alpha=0.25, linewidth=0)
    axes.plot(x, middle, color="black", linewidth=1.5)


def distribution(residual: Floats) -> bytes:
    """Draw how many rows have residuals of which size, with the median.

    Parameters
    ----------
    residual : ndarray of float64, shape (rows,)
        A row is left out if its residual is not finite.
    """
    known = residual[np.isfinite(residual)]
    figure, axes = small()
    low, high = ends(known)
    inside = known[(known >= low) & (known <= high)]
    bars = int(np.clip(2 * np.sqrt(len(inside)), 5, MOST_BARS))
    axes.hist(
        inside, bins=bars, range=(low, high), color=COLORS[0], edgecolor="white", linewidth=0.5
    )
    axes.set(xlim=(low, high), ylim=(0, HEADROOM * axes.get_ylim()[1]))
    axes.axvline(0, color=GREY, linewidth=1)
    if len(known):
        median = float(np.median(known))
        axes.axvline(median, color="black", linestyle="--", linewidth=1)
        wide, tall = canvas.size(axes)
        x = wide * (median - low) / (high - low)
        canvas.write(axes, x + 4, tall - FINE, f"median {median:.3g}")
    beyond, unknown = len(known) - len(inside), len(residual) - len(known)
    parts = [f"{beyond} beyond the axis" if beyond else "", note(0, unknown)]
    canvas.name(axes, RESIDUAL, "rows", "; ".join(filter(None, parts)))
    return canvas.encoded(figure)

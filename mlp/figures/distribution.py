"""Draw the distribution of residuals."""

from typing import Any

import numpy as np

from mlp.core.files import Floats
from mlp.core.residuals import shown
from mlp.figures import canvas, points
from mlp.figures.canvas import GREY
from mlp.figures.number_axis import ends
from mlp.figures.residuals import RESIDUAL
from mlp.figures.style import COLORS

FEWEST, MOST = 5, 40  # bars
ABOVE = 1.05  # times the highest bar, to which the axis reaches
BAR: dict[str, Any] = {"align": "edge", "color": COLORS[4], "edgecolor": "white", "linewidth": 0.5}


def draw(residual: Floats) -> bytes:
    """Draw how many rows have residuals of each size, with lines at 0 and at the median.

    Parameters
    ----------
    residual : ndarray of float64, shape (rows,)
        A row is left out if its residual is not finite.
    """
    known = residual[np.isfinite(residual)]
    low, high = ends(known, 0.0)
    bars = int(np.clip(2 * len(known) ** 0.5, FEWEST, MOST))
    counts, edges = np.histogram(known, bars, (low, high))
    beyond, unknown = len(known) - int(counts.sum()), len(residual) - len(known)
    lines = _lines(known, low, high)
    notes = [", ".join(lines)] if lines else []
    if beyond:
        notes.append(f"beyond the axis: {points.rows(beyond)}")
    figure, axes = points.frame(
        (low, high), (0, ABOVE * max(1, counts.max())), notes + points.left_out(unknown)
    )
    axes.grid(visible=False, axis="x")
    wide = float(edges[1] - edges[0])
    axes.bar(edges[:-1], counts, wide, **BAR)
    axes.axvline(0, color=GREY, linewidth=1.5)
    if len(known):
        axes.axvline(float(np.median(known)), color=COLORS[1], linewidth=1.5, linestyle="--")
    axes.set(xlim=(low, high))
    canvas.name(axes, RESIDUAL, "rows")
    return canvas.encoded(figure)


def _lines(known: Floats, low: float, high: float) -> list[str]:
    """Return what the lines stand for."""
    if not len(known):
        return []
    zero = "grey: 0" if low <= 0 <= high else f"0 lies {'left' if low > 0 else 'right'} of the axis"
    return [zero, f"dashed: median {shown(float(np.median(known)))}"]

"""Draw residuals against predictions."""

import numpy as np

from mlp.core.files import Floats
from mlp.figures import canvas, points
from mlp.figures.canvas import GREY, Axes
from mlp.figures.number_axis import ends
from mlp.figures.style import COLORS

PARTS = 10  # of the rows, by quantiles of the prediction
LEAST = 100  # rows from which these are summarised: of ten rows, 80 % have ends
SHARES = (0.1, 0.5, 0.9)  # the middle 80 % and the median
STYLES = ("--", "-", "--")
SUMMARY = "solid: median, dashed: middle 80 %, by tenth of the predictions"
RESIDUAL = "residual: actual minus predicted"


def draw(predicted: Floats, residual: Floats) -> bytes:
    """Draw a point a row, and the median and the middle 80 % of each tenth of the predictions.

    Parameters
    ----------
    predicted, residual : ndarray of float64, shape (rows,)
        A row is left out if its prediction is not finite.
    """
    is_known = np.isfinite(predicted) & np.isfinite(residual)
    predicted, residual = predicted[is_known], residual[is_known]
    middles, quantiles = running(predicted, residual)
    x, y = ends(predicted), ends(residual, 0.0)
    notes = points.notes(predicted, residual, (x, y), int((~is_known).sum()))
    figure, axes = points.frame(x, y, [SUMMARY, *notes] if len(middles) else notes)
    axes.axhline(0, color=GREY, linewidth=1)
    points.scatter(axes, predicted, residual)
    _summary(axes, middles, quantiles)
    axes.set(xlim=x, ylim=y)
    canvas.name(axes, "predicted", RESIDUAL)
    return canvas.encoded(figure)


def running(predicted: Floats, residual: Floats) -> tuple[Floats, Floats]:
    """Return the quantiles of the residuals in each tenth of the predictions.

    Equal predictions stay together, so there can be fewer parts than ten.

    Parameters
    ----------
    predicted, residual : ndarray of float64, shape (rows,)
        Finite numbers.

    Returns
    -------
    middles : ndarray of float64, shape (parts,)
        The median prediction of each part; empty with fewer than 100 rows, or two parts.
    quantiles : ndarray of float64, shape (parts, 3)
        10 %, 50 % and 90 %.
    """
    parts = []
    if len(predicted) >= LEAST:
        edges = np.quantile(predicted, np.arange(1, PARTS) / PARTS)
        place = np.searchsorted(edges, predicted, side="right")
        parts = [place == part for part in np.unique(place)]
    if len(parts) < 2:  # noqa: PLR2004 - one place has no line
        return np.zeros(0), np.zeros((0, len(SHARES)))
    middles = np.array([np.median(predicted[part]) for part in parts])
    return middles, np.array([np.quantile(residual[part], SHARES) for part in parts])


def _summary(axes: Axes, middles: Floats, quantiles: Floats) -> None:
    for values, style in zip(quantiles.T, STYLES, strict=True):
        axes.plot(middles, values, style, color=COLORS[1], linewidth=1.5)

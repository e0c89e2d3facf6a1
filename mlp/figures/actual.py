"""Draw the numbers that a network predicts against the actual ones."""

import numpy as np

from mlp.core.files import Floats
from mlp.figures import canvas, points
from mlp.figures.canvas import GREY
from mlp.figures.labels import name_of
from mlp.figures.number_axis import ends
from mlp.figures.points import Ends

SIDE = 196.0  # points: of the axes, which are square
BEYOND = 0.5  # times the range of the actual values that predictions may widen it, on either side


def draw(actual: Floats, predicted: Floats, target: str) -> bytes:
    """Draw a point a row, and the line on which a prediction is right.

    Parameters
    ----------
    actual, predicted : ndarray of float64, shape (rows,)
        A row is left out if its prediction is not finite.
    target : str
        The name of the column.
    """
    is_known = np.isfinite(predicted)
    actual, predicted = actual[is_known], predicted[is_known]
    both = _ends(actual, predicted)
    notes = points.notes(actual, predicted, (both, both), int((~is_known).sum()))
    figure, axes = points.frame(both, both, notes, SIDE)
    axes.plot(both, both, color=GREY, linewidth=1)
    points.scatter(axes, actual, predicted)
    canvas.name(axes, f"actual {name_of(target)}", f"predicted {name_of(target)}")
    return canvas.encoded(figure)


def _ends(actual: Floats, predicted: Floats) -> Ends:
    """Return the ends of both axes: huge predictions do not squash the actual values."""
    (low, high), (lowest, highest) = ends(actual), ends(predicted)
    room = BEYOND * (high - low)
    return min(low, max(lowest, low - room)), max(high, min(highest, high + room))

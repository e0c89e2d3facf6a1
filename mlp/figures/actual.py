"""Draw the numbers that a network predicts against the actual ones."""

import numpy as np

from mlp.core.files import Floats
from mlp.figures import canvas
from mlp.figures.canvas import GREY
from mlp.figures.labels import name_of
from mlp.figures.points import ends, note, scatter, small


def draw(actual: Floats, predicted: Floats, target: str) -> bytes:
    """Draw a point a row, and the line on which a prediction is right.

    Parameters
    ----------
    actual, predicted : ndarray of float64, shape (rows,)
        A row is left out if its prediction is not finite.
    target : str
        The name of the column.
    """
    known = np.isfinite(predicted)
    figure, axes = small()
    axes.set(xlim=ends(actual), ylim=ends(predicted[known]))
    low, high = ends(np.append(actual, predicted[known]))
    axes.plot([low, high], [low, high], color=GREY, linewidth=1, scalex=False, scaley=False)
    outside = scatter(axes, actual[known], predicted[known])
    name = name_of(target)
    canvas.name(axes, f"actual {name}", f"predicted {name}", note(outside, int((~known).sum())))
    return canvas.encoded(figure)

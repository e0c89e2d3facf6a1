"""Draw the weights of a first layer whose inputs are pixels."""

from collections.abc import Sequence

import numpy as np

from mlp.core.files import Floats
from mlp.figures import png

UNITS = 100  # of the first layer, whose weights are drawn
ACROSS = 10  # of them in a row
SIDE = 900  # pixels: width of the figure, at most
BLUE, WHITE, RED = (5, 72, 140, 255), (255, 255, 255, 255), (165, 15, 30, 255)
GREY = (192, 192, 192, 255)
STEPS = 127  # of blue, and of red
COLORS = np.concatenate(
    [np.linspace(BLUE, WHITE, STEPS + 1)[:-1], np.linspace(WHITE, RED, STEPS + 1), [GREY]]
)


def draw(matrix: Floats, shape: Sequence[int]) -> bytes:
    """Draw the first units' weights as pictures: red above 0, blue below, white 0.

    Weights that are not finite are grey, as is what parts the pictures.

    Parameters
    ----------
    matrix : ndarray of float64, shape (pixels, units)
    shape : sequence of int
        Rows and columns of a picture.
    """
    shown = matrix.T[:UNITS]
    tall, wide = shape[0] + 1, shape[1] + 1
    lines, columns = -(-len(shown) // ACROSS), min(ACROSS, len(shown))
    sheet = np.full((lines * tall + 1, columns * wide + 1), np.nan)
    for i, unit in enumerate(shown):
        y, x = i // ACROSS * tall + 1, i % ACROSS * wide + 1
        sheet[y : y + shape[0], x : x + shape[1]] = unit.reshape(shape)
    is_finite = np.isfinite(sheet)
    sheet[~is_finite] = 0
    places = STEPS * (1 + sheet / (np.abs(sheet).max() or 1.0))
    places[~is_finite] = len(COLORS) - 1
    pixels = COLORS.round().astype(np.uint8)[places.round().astype(np.uint8)]
    return png.colored(png.enlarged(pixels, SIDE))

"""Draw a row whose features are pixels."""

from collections.abc import Sequence

import numpy as np

from mlp.core.files import Floats
from mlp.figures import png

SIDE = 128  # pixels: the longer side of a figure, at most


def draw(values: Floats, shape: Sequence[int]) -> bytes:
    """Draw a row as a picture: white where its value is least or not finite, black where greatest.

    Parameters
    ----------
    values : ndarray of float64, shape (pixels,)
    shape : sequence of int
        Rows and columns of the picture.
    """
    is_finite = np.isfinite(values)
    least = values.min(where=is_finite, initial=np.inf)
    span = values.max(where=is_finite, initial=-np.inf) - least
    shares = np.where(is_finite, values - least, 0) / (span if span > 0 else 1)
    shades = (255 * (1 - shares)).round().astype(np.uint8)
    return png.grey(png.enlarged(shades.reshape(shape), SIDE))

"""Draw the first layer of a network whose inputs are pixels."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlp.core.files import Floats
from mlp.evaluate.subject import Drawn
from mlp.figures import weights


def draw(
    name: str, matrix: Floats, layers: Mapping[str, Mapping[str, Any]], shape: Sequence[int]
) -> Drawn:
    """Return the weights of each unit as a picture.

    Parameters
    ----------
    name : str
        Of the network.
    matrix : ndarray of float64, shape (pixels, units)
    layers : mapping
        The state of each layer, the first one first: see `mlp.evaluate.diagnosis.cases.layers`.
    shape : sequence of int
        Rows and columns of a picture.
    """
    count = matrix.shape[1]
    first = f"the first {weights.UNITS} of " if count > weights.UNITS else ""
    units, pictures = ("unit", "a picture") if count == 1 else ("units", "pictures")
    layer = next(iter(layers.values()))
    growth = layer["weight_growth"]
    size = f"have grown {growth:.3g}-fold" if np.isfinite(growth) else "are not finite numbers"
    dead = f"; {layer['dead']:.0%} of the units are dead" if "dead" in layer else ""
    alt = (
        f"Weights of {first}{count} {units} of the first layer of {name}, drawn as {pictures} "
        f"of {shape[0]} by {shape[1]}: they {size}{dead}."
    )
    return Drawn("weights.png", weights.draw(matrix, shape), alt)

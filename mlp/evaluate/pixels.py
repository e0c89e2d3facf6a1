"""Draw rows that are pictures, and the first layer of a network whose inputs are their pixels."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from mlp.core.dataset import Dataset
from mlp.core.files import Floats
from mlp.evaluate.subject import Drawn
from mlp.figures import sheet, weights


def first_layer(
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


def errors(
    rows: Sequence[int], test: Dataset, shape: Sequence[int] | None, words: tuple[list[str], str]
) -> Iterator[Drawn]:
    """Yield one sheet of rows with errors; nothing if rows are not pictures or there are no errors.

    Parameters
    ----------
    rows : sequence of int
        Their numbers in the source.
    test : Dataset
        The test split.
    shape : sequence of int, optional
        Rows and columns of a picture.
    words : list of str, str
        A caption a row, and the text that says the same as the sheet.
    """
    if not shape or not rows:
        return
    captions, alt = words
    pixels = np.array([test.features[np.flatnonzero(test.rows == row)[0]] for row in rows])
    yield Drawn("errors.png", sheet.draw(captions, pixels, shape), alt)

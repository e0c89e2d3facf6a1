"""Write predicted numbers."""

from collections.abc import Sequence

import pyarrow as pa

from mlp.core.files import Floats
from mlp.model.network import Regressor
from mlp.predict import decimals
from mlp.predict.cells import Written

IS_SHARE = False  # whether outputs are probabilities


def header(_model: Regressor) -> list[str]:
    """Return the names of the columns."""
    return ["predicted"]


def widths(_model: Regressor) -> dict[str, int | None]:
    """Return the columns of each output of the network."""
    return {"value": 1}


def answers(model: Regressor, outputs: Floats, _written: Written) -> Sequence[pa.Array]:
    """Return the number, to the digits that its unit deserves, as a text that ends a line.

    Parameters
    ----------
    model : Regressor
    outputs : ndarray of float64, shape (rows, 1)
    """
    return [decimals.numbers(outputs[:, 0], model.decimals)]

"""Write predicted labels and their probabilities."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from mlp.core.files import Floats
from mlp.model.network import Classifier
from mlp.predict import decimals
from mlp.predict.cells import Written

IS_SHARE = True  # whether outputs are probabilities


def header(model: Classifier) -> list[str]:
    """Return the names of the columns."""
    return ["predicted", *(f"probability_{label}" for label in model.classes)]


def widths(model: Classifier) -> dict[str, int | None]:
    """Return the columns of each output of the network, None for a vector."""
    return {"label": None, "probabilities": len(model.classes)}


def answers(model: Classifier, outputs: Floats, written: Written) -> Sequence[pa.Array]:
    """Return the columns as CSV fields: the label, and all probabilities, which end the line.

    Parameters
    ----------
    model : Classifier
    outputs : ndarray of float64, shape (rows, classes)
        The probabilities; the label is the first class of the highest.
    written : callable
        See `mlp.predict.cells.fields`.
    """
    labels = written(pa.array(model.classes, pa.string()))
    predicted = labels.take(pa.array(np.argmax(outputs, axis=1)))
    return [predicted, decimals.shares(outputs)]

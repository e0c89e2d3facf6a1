"""The 95 % interval of each score over the test rows."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlp.core.files import Table
from mlp.evaluate.statistics import bootstrap, differences


def of(predictions: Table, metrics: Mapping[str, Any]) -> dict[str, list[float]]:
    """Return the interval of each score that rows decide: its name, the lower and the upper bound.

    That of the accuracy is Wilson's, the others are bootstrap intervals over the test rows.

    Parameters
    ----------
    predictions : Table
        See `mlp.core.predictions.predictions`.
    metrics : mapping
        See `mlp.evaluate.evaluation.Evaluation`; a score that is not finite has no interval.
    """
    bounds = {"accuracy": [metrics["accuracy_low"], metrics["accuracy_high"]]}
    rows = len(predictions["actual"])
    if rows > 1:
        for name, on in differences.metrics(predictions).items():
            if np.isfinite(metrics[name]):
                bounds[name] = list(bootstrap.interval(on, rows))
    return bounds

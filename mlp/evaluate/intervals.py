"""The 95 % interval of each score over the test rows."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from mlp.evaluate.statistics import bootstrap, differences


def of(predictions: pd.DataFrame, metrics: Mapping[str, Any]) -> dict[str, list[float]]:
    """Return the interval of each score that rows decide: its name, the lower and the upper bound.

    That of the accuracy is Wilson's, the others are bootstrap intervals over the test rows.

    Parameters
    ----------
    predictions : DataFrame
        See `mlp.core.predictions.predictions`.
    metrics : mapping
        See `mlp.evaluate.evaluation.Evaluation`; a score that is not finite has no interval.
    """
    bounds = {"accuracy": [metrics["accuracy_low"], metrics["accuracy_high"]]}
    if len(predictions) > 1:
        for name, on in differences.metrics(predictions).items():
            if pd.notna(metrics[name]):
                bounds[name] = list(bootstrap.interval(on, len(predictions)))
    return bounds

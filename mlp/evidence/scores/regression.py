"""Score out-of-fold predictions of numbers."""

import pandas as pd

from mlp.core import residuals


def of(table: pd.DataFrame) -> dict[str, float]:
    """Return the scores, and mean_rmse, that of the mean of the other folds."""
    actual, predicted, mean = (
        table[name].to_numpy(dtype="float64") for name in ("actual", "predicted", "mean")
    )
    return {
        **residuals.scores(actual, predicted),
        "mean_rmse": residuals.scores(actual, mean)["rmse"],
    }

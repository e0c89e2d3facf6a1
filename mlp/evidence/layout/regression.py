"""How git stores evidence of networks that predict numbers."""

import numpy as np

from mlp.core import residuals
from mlp.core.files import Target

METRICS = residuals.METRICS
LEAD, BETTER = "rmse", "lower"  # the metric of a learning curve, and its better values
FLOOR = "mean"  # the column of out-of-fold predictions that holds what knows no feature


def decimals(actual: Target) -> int:
    """Return how many digits after the point scores and numbers of a target are stored with."""
    return residuals.stored_decimals(float(np.std(actual)))

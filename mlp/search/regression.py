"""Score folds of numbers."""

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin

from mlp.core.dataset import Dataset
from mlp.core.files import Floats
from mlp.fits.fold_fit import FoldFit


class Predictions(RegressorMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """A regressor, as a scorer sees it, that returns the predicted numbers of a fold."""

    def __init__(self, fit: FoldFit) -> None:
        self.fit = fit

    def predict(self, _features: object) -> Floats:
        """Return the number of each row."""
        return self.fit.outputs[:, 0]


def example(dataset: Dataset) -> tuple[FoldFit, Any, str]:
    """Return predictions to try a score on, the numbers of their rows, and in words of what."""
    target = dataset.target
    values = np.linspace(float(target.min()), float(target.max()), 20)
    fit = FoldFit(values[::-1].reshape(-1, 1), np.empty(0, "U1"), 1, converged=True, failure="")
    return fit, values, f"numbers from {values[0]:g} to {values[-1]:g}"

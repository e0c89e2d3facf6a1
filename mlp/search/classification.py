"""Score folds of labels."""

from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin

from mlp.core.dataset import Dataset
from mlp.fits.fold_fit import FoldFit


class Predictions(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """A classifier, as a scorer sees it, that returns the probabilities of a fold."""

    def __init__(self, fit: FoldFit) -> None:
        self.fit = fit
        self.classes_ = fit.classes.astype(object)

    def predict_proba(self, _features: object) -> npt.NDArray[np.float64]:
        """Return the probabilities, of shape (rows of the fold, classes)."""
        return self.fit.outputs

    def predict(self, _features: object) -> npt.NDArray[np.object_]:
        """Return the likeliest label of each row."""
        labels: npt.NDArray[np.object_] = self.classes_[self.fit.outputs.argmax(axis=1)]
        return labels


def example(dataset: Dataset) -> tuple[FoldFit, Any, str]:
    """Return predictions to try a score on, the labels of their rows, and in words of what."""
    classes = sorted(set(dataset.target))
    labels = np.array([*classes] * 20, dtype=object)
    generator = np.random.default_rng(0)
    probabilities = generator.dirichlet(np.ones(len(classes)), len(labels))
    fit = FoldFit(probabilities, np.array(classes), 1, converged=True, failure="")
    return fit, labels, f"{len(classes)} classes"

"""Score the predictions of a fold with one of scikit-learn's scorers."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.metrics import get_scorer

from mlp.core.errors import InputError
from mlp.core.files import Labels
from mlp.fits.fold_fit import FoldFit


@dataclass(frozen=True)
class Outcome:
    """The result of a candidate in one fold.

    Attributes
    ----------
    fit : FoldFit
    score : float
        NaN if the candidate could not be trained or scored.
    failure : str
        Why not; empty if it was scored.
    """

    fit: FoldFit
    score: float
    failure: str


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


class Scorer:
    """One of scikit-learn's scorers, for example ``accuracy``. Greater is better."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._scorer = get_scorer(name)

    def score(self, fit: FoldFit, labels: Labels) -> float:
        """Return the score of a fold; raise ValueError, in one line, if it is not defined.

        Parameters
        ----------
        fit : FoldFit
        labels : ndarray of str objects, shape (rows of the fold,)
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # for example of a class that is never predicted
            try:
                score = float(self._scorer(Predictions(fit), labels, labels))
            except (ValueError, TypeError) as error:
                raise ValueError(" ".join(str(error).split())) from None
        if not np.isfinite(score):
            raise ValueError(f"{self.name} is not a finite number")
        return score

    def outcome(self, fit: FoldFit, labels: Labels) -> Outcome:
        """Return the score of a fold, or why it has none; parameters as of `score`."""
        if fit.failure:
            return Outcome(fit, np.nan, fit.failure)
        try:
            return Outcome(fit, self.score(fit, labels), "")
        except ValueError as error:
            return Outcome(fit, np.nan, f"it cannot be scored: {error}")

    def check(self, classes: Sequence[str]) -> None:
        """Raise InputError if the score does not work for labels of these classes."""
        labels = np.array([*classes] * 20, dtype=object)
        generator = np.random.default_rng(0)
        probabilities = generator.dirichlet(np.ones(len(classes)), len(labels))
        fit = FoldFit(probabilities, np.array(classes), 1, converged=True, failure="")
        try:
            self.score(fit, labels)
        except ValueError as error:
            raise InputError(
                f"search.scoring {self.name} does not work for {len(classes)} classes: {error}"
            ) from None

"""Score the predictions of a fold with one of scikit-learn's scorers."""

import warnings
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import get_scorer

from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.core.files import Target
from mlp.core.task import part
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


class Scorer:
    """One of scikit-learn's scorers, for example ``accuracy``. Greater is better.

    Parameters
    ----------
    name : str
    task : str
        classification or regression.
    """

    def __init__(self, name: str, task: str) -> None:
        self.name = name
        self._scorer = get_scorer(name)
        self._part = part("mlp.search", task)

    def score(self, fit: FoldFit, target: Target) -> float:
        """Return the score of a fold; raise ValueError, in one line, if it is not defined.

        Parameters
        ----------
        fit : FoldFit
        target : ndarray of str objects or float64, shape (rows of the fold,)
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # for example of a class that is never predicted
            try:
                score = float(self._scorer(self._part.Predictions(fit), target, target))
            except (ValueError, TypeError) as error:
                raise ValueError(" ".join(str(error).split())) from None
        if not np.isfinite(score):
            raise ValueError(f"{self.name} is not a finite number")
        return score

    def outcome(self, fit: FoldFit, target: Target) -> Outcome:
        """Return the score of a fold, or why it has none; parameters as of `score`."""
        if fit.failure:
            return Outcome(fit, np.nan, fit.failure)
        try:
            return Outcome(fit, self.score(fit, target), "")
        except ValueError as error:
            return Outcome(fit, np.nan, f"it cannot be scored: {error}")

    def check(self, dataset: Dataset) -> None:
        """Raise InputError if the score does not work for a target like that of a dataset."""
        fit, target, words = self._part.example(dataset)
        try:
            self.score(fit, target)
        except ValueError as error:
            raise InputError(
                f"search.scoring {self.name} does not work for {words}: {error}"
            ) from None

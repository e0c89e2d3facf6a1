"""A trained network, and how its training went."""

import math
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from sklearn.pipeline import Pipeline

from mlp.core import predictions
from mlp.core.dataset import Dataset
from mlp.core.files import Floats

DIVERGED_LOSS = 2.0  # times ln(classes), the loss of giving every class the same probability


@dataclass(frozen=True)
class Fitted:
    """A trained network and how its training went.

    Attributes
    ----------
    pipeline : Pipeline
        The steps that prepare the features, and ``mlp``.
    history : DataFrame
        One row per epoch: iteration (from 1), loss (mean over the training rows, with the L2
        penalty) and validation_score (accuracy; NaN without early stopping). The solver lbfgs
        reports its last iteration only.
    stopped : bool
        Whether training stopped by itself, before max_iter.
    finite : bool
        Whether every weight and loss is a finite number.
    warned : list of str
        Warnings about the arguments, for example a batch size above the number of rows, or an
        argument that the solver ignores.
    rows : Dataset
        The training rows.
    """

    pipeline: Pipeline
    history: pd.DataFrame
    stopped: bool
    finite: bool
    warned: list[str]
    rows: Dataset

    @cached_property
    def probabilities(self) -> Floats:
        """Probabilities of the training rows, shape (rows, classes)."""
        probabilities: Floats = self.pipeline.predict_proba(self.rows.features)
        return probabilities

    @cached_property
    def losses(self) -> Floats:
        """Log loss of each training row, without the L2 penalty, shape (rows,)."""
        classes = list(self.pipeline.classes_)
        return predictions.log_losses(self.rows.target, self.probabilities, classes)

    @property
    def diverged(self) -> bool:
        """Whether it is not finite, or did worse on its training rows than learning nothing.

        The limit of their mean log loss is DIVERGED_LOSS times ln(classes).
        """
        limit = DIVERGED_LOSS * math.log(len(self.pipeline.classes_))
        return not (self.finite and self.losses.mean() <= limit)

    @property
    def converged(self) -> bool:
        """Whether training stopped by itself, and did not diverge."""
        return self.stopped and not self.diverged

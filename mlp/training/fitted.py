"""A trained network, and how its training went."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline

from mlp.core import task
from mlp.core.dataset import Dataset
from mlp.core.files import Floats
from mlp.training import class_weight


@dataclass(frozen=True)
class Fitted:
    """A trained network and how its training went.

    Attributes
    ----------
    pipeline : Pipeline
        The steps that prepare the features, and ``mlp``.
    history : DataFrame
        One row per epoch: iteration (from 1), loss (mean over the training rows, with the L2
        penalty) and validation_score (accuracy, or R2 of a regression; NaN without early stopping).
        The solver lbfgs reports its last iteration only.
    stopped : bool
        Whether training stopped by itself, before max_iter.
    finite : bool
        Whether every weight and loss is a finite number.
    warned : list of str
        Warnings about the arguments, for example a batch size above the number of rows, or an
        argument that the solver ignores.
    rows : Dataset
        The training rows.
    scale_target : str
        How the target of a regression was scaled: none or standard.
    class_weight : str, mapping or None
        As in the params section; None without class weights.
    """

    pipeline: Pipeline
    history: pd.DataFrame
    stopped: bool
    finite: bool
    warned: list[str]
    rows: Dataset
    scale_target: str = "none"
    class_weight: str | Mapping[str, float] | None = None

    @cached_property
    def outputs(self) -> Floats:
        """Its probabilities or numbers of the training rows, shape (rows, classes) or (rows, 1)."""
        outputs: Floats = self._task.outputs(self.pipeline, self.rows.features)
        return outputs

    @cached_property
    def losses(self) -> Floats:
        """Log loss or squared error of each training row, without the L2 penalty, shape (rows,)."""
        losses: Floats = self._task.losses(self.pipeline, self.outputs, self.rows.target)
        return losses

    @cached_property
    def weights(self) -> Floats | None:
        """The weight of each training row, shape (rows,); None without class weights."""
        return class_weight.of_rows(self.class_weight, self.rows.target)

    @property
    def mean_loss(self) -> float:
        """Mean of the losses, weighted as in training."""
        return float(np.average(self.losses, weights=self.weights))

    @property
    def diverged(self) -> bool:
        """Whether it is not finite, or much worse on its training rows than learning nothing."""
        limit = self._task.largest_loss(self.pipeline, self.rows.target)
        return not (self.finite and self.mean_loss <= limit)

    @property
    def converged(self) -> bool:
        """Whether training stopped by itself, and did not diverge."""
        return self.stopped and not self.diverged

    @property
    def _task(self) -> Any:
        return task.part("mlp.training", self.rows.task)

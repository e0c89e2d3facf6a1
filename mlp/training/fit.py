"""Fit a network, and record how its training went."""

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TextIO

import numpy as np
import pandas as pd
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline

from mlp.core import predictions
from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.core.files import Floats
from mlp.training import unused_arguments
from mlp.training.build import build
from mlp.training.watch import EpochLog, watching

DIVERGED_LOSS = 2.0  # times ln(classes), the loss of giving every class the same probability
CLIPPED = "Got `batch_size` less than 1 or larger than sample size"
NOT_FINITE = "Solver produced non-finite parameter weights"


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
        return predictions.log_losses(self.rows.labels, self.probabilities, classes)

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


def fit(
    section: Mapping[str, Any],
    dataset: Dataset,
    *,
    halts: bool = False,
    log: TextIO | None = None,
) -> Fitted:
    """Train the network of a params section.

    Parameters
    ----------
    section : mapping
        The arguments of ``MLPClassifier`` and ``scale``.
    dataset : Dataset
        The training rows.
    halts : bool
        Whether to abandon a network as soon as its loss is not finite.
    log : text file, optional
        Where to print the loss of the first, the last and every twentieth epoch, or of every epoch
        if the section has ``verbose: true``.

    Raises
    ------
    FloatingPointError
        If it is abandoned.
    KeyboardInterrupt
        On Ctrl-C, where ``MLPClassifier`` warns and keeps the half-trained network.
    InputError
        If scikit-learn refuses the data, for example too few rows for early stopping.
    """
    pipeline = build(section, dataset)
    classifier = pipeline["mlp"]
    epoch_log = EpochLog(log, every_epoch=section.get("verbose", False)) if log else None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with watching(classifier, halts=halts, log=epoch_log):
            finite = _fit(pipeline, dataset)
    history = _history(classifier)
    return Fitted(
        pipeline,
        history,
        stopped=not any(warning.category is ConvergenceWarning for warning in caught),
        finite=finite and bool(np.isfinite(history["loss"]).all()),
        warned=_warnings(classifier, caught),
        rows=dataset,
    )


def _fit(pipeline: Pipeline, dataset: Dataset) -> bool:
    """Fit in place and return whether all weights are finite; scikit-learn refuses such a model."""
    try:
        pipeline.fit(dataset.features, dataset.labels)
    except ValueError as error:
        if NOT_FINITE not in str(error):
            raise InputError(f"scikit-learn cannot train this network: {error}") from None
        return False
    return True


def _history(classifier: MLPClassifier) -> pd.DataFrame:
    losses = getattr(classifier, "loss_curve_", [classifier.loss_])
    first = classifier.n_iter_ - len(losses) + 1
    return pd.DataFrame(
        {
            "iteration": range(first, first + len(losses)),
            "loss": losses,
            "validation_score": getattr(classifier, "validation_scores_", None) or math.nan,
        }
    )


def _warnings(classifier: MLPClassifier, caught: list[warnings.WarningMessage]) -> list[str]:
    """Return a sentence for each argument without effect, and scikit-learn's own warnings."""
    texts = [str(warning.message) for warning in caught if warning.category is UserWarning]
    clipped = (
        f"batch_size is {classifier.batch_size}, more than the training rows: each step takes all "
        "of them."
    )
    return [
        *unused_arguments.sentences(classifier.get_params()),
        *(clipped if text.startswith(CLIPPED) else text for text in texts),
    ]

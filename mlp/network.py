"""Build and fit a network: scikit-learn's ``MLPClassifier`` behind an optional scaler."""

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler, StandardScaler

from mlp import scores
from mlp.command import InputError
from mlp.tables import Floats, Labels

SCALERS: dict[str, type] = {
    "none": FunctionTransformer,  # the identity
    "minmax": MinMaxScaler,
    "standard": StandardScaler,
}
DIVERGED_LOSS = 2.0  # times ln(classes), the loss of giving every class the same probability
INTERRUPTED = "Training interrupted by user"
NOT_FINITE = "Solver produced non-finite parameter weights"


@dataclass(frozen=True)
class Fitted:
    """A trained network and how its training went.

    Attributes
    ----------
    pipeline : Pipeline
        The steps ``scale`` and ``mlp``.
    history : DataFrame
        One row an epoch: iteration (from 1), loss (mean over the training rows, with the L2
        penalty) and validation_score (accuracy; NaN without early stopping). The solver lbfgs
        reports its last iteration alone.
    converged : bool
        Whether training stopped by itself, before max_iter, and did not diverge.
    diverged : bool
        Whether a weight or a loss is not finite, or the log loss of the training rows (without
        the L2 penalty) is above DIVERGED_LOSS times ln(classes): worse than knowing nothing.
    warned : list of str
        What scikit-learn said of the arguments, such as a batch size above the number of rows.
    """

    pipeline: Pipeline
    history: pd.DataFrame
    converged: bool
    diverged: bool
    warned: list[str]


def build(section: Mapping[str, Any]) -> Pipeline:
    """Return the untrained network of a params section: MLPClassifier's arguments and scale."""
    arguments = {name: value for name, value in section.items() if name != "scale"}
    return Pipeline([("scale", SCALERS[section["scale"]]()), ("mlp", MLPClassifier(**arguments))])


def fit(section: Mapping[str, Any], features: Floats, labels: Labels) -> Fitted:
    """Train the network of a params section.

    Parameters
    ----------
    section : mapping
        The arguments of ``MLPClassifier`` and ``scale``.
    features : ndarray of float64, shape (rows, features)
    labels : ndarray of str objects, shape (rows,)

    Raises
    ------
    KeyboardInterrupt
        On Ctrl-C, which ``MLPClassifier`` answers with a half-trained network and a warning.
    InputError
        If scikit-learn refuses the data, for example too few rows for early stopping.
    """
    pipeline = build(section)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        finite = _fit(pipeline, features, labels)
    if any(INTERRUPTED in str(warning.message) for warning in caught):
        raise KeyboardInterrupt
    classifier = pipeline["mlp"]
    history = _history(classifier)
    stopped = not any(warning.category is ConvergenceWarning for warning in caught)
    finite = finite and bool(np.isfinite(history["loss"]).all())
    diverged = not (finite and _log_loss(pipeline, features, labels) <= DIVERGED_LOSS)
    return Fitted(
        pipeline,
        history,
        converged=stopped and not diverged,
        diverged=diverged,
        warned=[str(warning.message) for warning in caught if warning.category is UserWarning],
    )


def _log_loss(pipeline: Pipeline, features: Floats, labels: Labels) -> float:
    """Return the log loss of the training rows, in units of ln(classes)."""
    classes = list(pipeline.classes_)
    losses = scores.log_losses(labels, pipeline.predict_proba(features), classes)
    return float(losses.mean()) / math.log(len(classes))


def _fit(pipeline: Pipeline, features: Floats, labels: Labels) -> bool:
    """Fit in place and return whether all weights are finite; scikit-learn refuses such a model."""
    try:
        pipeline.fit(features, labels)
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

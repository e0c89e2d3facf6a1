"""Build and fit a network: scikit-learn's ``MLPClassifier`` behind what prepares its inputs."""

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import ConvergenceWarning
from sklearn.impute import SimpleImputer
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    MinMaxScaler,
    OneHotEncoder,
    StandardScaler,
)

from mlp.core import predictions
from mlp.core.dataset import Columns, Dataset
from mlp.core.errors import InputError
from mlp.training import unused_arguments
from mlp.training.watch import watching

SCALERS: dict[str, type] = {
    "none": FunctionTransformer,  # the identity
    "minmax": MinMaxScaler,
    "standard": StandardScaler,
}
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
        One row an epoch: iteration (from 1), loss (mean over the training rows, with the L2
        penalty) and validation_score (accuracy; NaN without early stopping). The solver lbfgs
        reports its last iteration alone.
    stopped : bool
        Whether training stopped by itself, before max_iter.
    finite : bool
        Whether every weight and loss is a finite number.
    warned : list of str
        What is odd about the arguments, such as a batch size above the number of rows, or one that
        the solver does not use.
    rows : Dataset
        What it was trained on.
    """

    pipeline: Pipeline
    history: pd.DataFrame
    stopped: bool
    finite: bool
    warned: list[str]
    rows: Dataset

    @cached_property
    def diverged(self) -> bool:
        """Whether it is not finite, or has learnt worse than nothing.

        That is a log loss of the training rows (without the L2 penalty) above DIVERGED_LOSS times
        ln(classes).
        """
        return not (self.finite and _log_loss(self.pipeline, self.rows) <= DIVERGED_LOSS)

    @cached_property
    def converged(self) -> bool:
        """Whether training stopped by itself, and did not diverge."""
        return self.stopped and not self.diverged


def build(section: Mapping[str, Any], dataset: Dataset) -> Pipeline:
    """Return the untrained network of a params section, for the columns of a dataset.

    Its last step is ``mlp``. Before it, gaps in numbers are filled, and numbers scaled: the steps
    ``impute``, where `Columns.impute` is not none, and ``scale``. Where there are texts, both stand
    in the step ``columns``, beside a one-hot encoder, for which a text that it was not fitted on is
    none of its categories.
    """
    arguments = {name: value for name, value in section.items() if name != "scale"}
    columns = dataset.columns
    steps = _of_numbers(section["scale"], columns)
    if columns.texts:
        steps = [("columns", _by_kind(Pipeline(steps), dataset))]
        if not columns.numbers:
            # ONNX encodes one-hot in float32; beside numbers they are joined in the type of these.
            from skl2onnx.sklapi import CastTransformer  # noqa: PLC0415 - a second, and rarely

            steps.append(("double", CastTransformer(dtype=np.float64)))
    return Pipeline([*steps, ("mlp", MLPClassifier(**arguments))])


def _of_numbers(scale: str, columns: Columns) -> list[tuple[str, Any]]:
    scaler = ("scale", SCALERS[scale]())
    if columns.impute == "none":
        return [scaler]
    # A column that is empty in a fold stays, as zeros, so that every fold has the same inputs.
    imputer = SimpleImputer(strategy=columns.impute, keep_empty_features=True)
    return [("impute", imputer), scaler]


def _by_kind(numbers: Pipeline, dataset: Dataset) -> ColumnTransformer:
    columns = dataset.columns
    count = len(columns.numbers)
    dtype = dataset.dtype
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False, dtype=dtype)
    kinds = [
        ("numbers", numbers, list(range(count))),
        ("texts", encoder, list(range(count, count + len(columns.texts)))),
    ]
    return ColumnTransformer([kind for kind in kinds if kind[2]])


def fit(section: Mapping[str, Any], dataset: Dataset, *, halts: bool = False) -> Fitted:
    """Train the network of a params section.

    Parameters
    ----------
    section : mapping
        The arguments of ``MLPClassifier`` and ``scale``.
    dataset : Dataset
        The rows to learn from.
    halts : bool
        Whether to give a network up as soon as its loss is not finite.

    Raises
    ------
    FloatingPointError
        Where it is given up.
    KeyboardInterrupt
        On Ctrl-C, which ``MLPClassifier`` answers with a half-trained network and a warning.
    InputError
        If scikit-learn refuses the data, for example too few rows for early stopping.
    """
    pipeline = build(section, dataset)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with watching(pipeline["mlp"], halts=halts):
            finite = _fit(pipeline, dataset)
    classifier = pipeline["mlp"]
    history = _history(classifier)
    stopped = not any(warning.category is ConvergenceWarning for warning in caught)
    said = [_said(warning, classifier) for warning in caught if warning.category is UserWarning]
    return Fitted(
        pipeline,
        history,
        stopped=stopped,
        finite=finite and bool(np.isfinite(history["loss"]).all()),
        warned=[*unused_arguments.sentences(classifier.get_params()), *said],
        rows=dataset,
    )


def _said(warning: warnings.WarningMessage, classifier: MLPClassifier) -> str:
    """Return what scikit-learn warns of, with the value where it names none."""
    said = str(warning.message)
    if not said.startswith(CLIPPED):
        return said
    size = classifier.batch_size
    return f"batch_size is {size}, more than the rows to learn from: each step takes all of these."


def _log_loss(pipeline: Pipeline, dataset: Dataset) -> float:
    """Return the log loss of the training rows, in units of ln(classes)."""
    classes = list(pipeline.classes_)
    probabilities = pipeline.predict_proba(dataset.features)
    losses = predictions.log_losses(dataset.labels, probabilities, classes)
    return float(losses.mean()) / math.log(len(classes))


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

"""Score a network on the test rows, and collect the facts that it is judged by."""

from dataclasses import replace
from typing import Any

import numpy as np

from mlp.core import residuals
from mlp.core.dataset import Dataset
from mlp.core.files import Arrays
from mlp.core.predictions import group_codes, grouped
from mlp.evaluate.diagnosis import symptoms
from mlp.evaluate.regression import outcomes
from mlp.evaluate.regression.case import NumberCase
from mlp.evaluate.statistics import errors
from mlp.evaluate.subject import Subject
from mlp.evaluate.training import course
from mlp.model.layers import Layers
from mlp.model.network import Regressor


def predicted(model: Regressor, test: Dataset) -> Arrays:
    """Predict the test rows with the model as it ships: see `mlp.core.residuals.predictions`."""
    values = model.predict(test.features)
    return grouped(residuals.predictions(test.rows, test.target, values), test.groups)


def metrics(model: Regressor, history: Arrays, table: Arrays) -> dict[str, Any]:
    """Return all scores on the test rows: see docs/outputs.md, plots/NAME/details.json."""
    actual = table["actual"]
    mean = np.full(len(actual), model.target_values["mean"])
    return {
        **residuals.scores(actual, table["predicted"]),
        "mean_rmse": residuals.scores(actual, mean)["rmse"],
        **course(model, history),
    }


def case(subject: Subject, metrics: dict[str, Any], table: Arrays, test: Dataset) -> NumberCase:
    """Return the case of a network, beside the baseline unless it is the baseline itself."""
    model: Regressor = subject.layers.network
    alone = NumberCase(
        name=subject.name,
        metrics=metrics,
        training=model.training,
        history=subject.history,
        symptoms=symptoms.measure(_as_trained(subject.layers), test.features),
        target_values=model.target_values,
        squares=table["residual"] ** 2,
        mean_squares=(table["actual"] - model.target_values["mean"]) ** 2,
        groups=group_codes(table),
    )
    return _beside(alone, subject, test)


def _as_trained(layers: Layers) -> Layers:
    """Return the layers without the scale of the target, which the output layer has taken up."""
    model: Regressor = layers.network
    if model.training["arguments"]["scale_target"] == "none":
        return layers
    *hidden, output = layers.weights
    return replace(layers, weights=[*hidden, output / model.target_values["deviation"]])


def _beside(case: NumberCase, subject: Subject, test: Dataset) -> NumberCase:
    """Add the results of ``linear``, the baseline, to a case; nothing if the case is its own."""
    linear = subject.baseline
    squares = case.squares if linear is None else (test.target - linear.predict(test.features)) ** 2
    learnt = not outcomes.is_mean(squares, case.mean_squares, case.groups)
    return replace(case, floor_squares=None if linear is None else squares, floor_learnt=learnt)


def bounds(table: Arrays) -> dict[str, list[float]]:
    """Return the 95 % interval of each score; none if a prediction is not finite."""
    if not np.isfinite(table["predicted"]).all() or len(table["actual"]) < 2:  # noqa: PLR2004 - one row has no spread
        return {}
    bounds = errors.intervals(table["actual"], table["predicted"], group_codes(table))
    return {name: list(pair) for name, pair in bounds.items() if np.isfinite(pair).all()}

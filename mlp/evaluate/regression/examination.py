"""Examine one saved network on the test rows: its scores, its state, its tables and its figures."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from mlp.core import residuals
from mlp.core.dataset import Dataset
from mlp.core.files import Arrays
from mlp.core.json_file import DECIMALS, rounded
from mlp.core.predictions import group_codes, grouped
from mlp.core.task import REGRESSION
from mlp.evaluate.diagnosis import cases, symptoms
from mlp.evaluate.regression import details, diagnosis, drawing, outcomes
from mlp.evaluate.regression.case import NumberCase, numbers
from mlp.evaluate.regression.drawing import Sitter
from mlp.evaluate.statistics import errors as intervals
from mlp.evaluate.subject import Examination, Subject
from mlp.evaluate.training import training
from mlp.model import probe
from mlp.model.layers import Layers
from mlp.model.saved import Regressor


def examine(
    subject: Subject, test: Dataset, shape: Sequence[int] | None, most_errors: int
) -> Examination:
    """Score, diagnose and draw a network.

    Parameters
    ----------
    subject : Subject
    test : Dataset
        The test split.
    shape : sequence of int, optional
        Rows and columns of a picture, where rows are pictures.
    most_errors : int
        How many of its largest errors to keep.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # a diverged network's can be of any size
        return _examine(subject, test, shape, most_errors)


def _examine(
    subject: Subject, test: Dataset, shape: Sequence[int] | None, most_errors: int
) -> Examination:
    model: Regressor = subject.layers.network
    table = _predicted(model, test)
    metrics = _metrics(model, subject.history, table)
    case = _beside(_case(subject, metrics, table, test), subject, test)
    bounds = _intervals(table)
    probed, places = probe.judge(subject.probes, subject.layers, test)
    health = numbers(case, probed)
    largest = details.errors(table, most_errors)
    sitter = _sitter(subject, metrics, (table, places), health)
    figures = [*drawing.figures(sitter, shape), *drawing.errors(subject.name, largest, test, shape)]
    decimals = max(DECIMALS, residuals.decimals(model.target_values["deviation"]))
    content = {
        "task": REGRESSION,
        "target": model.target,
        **_words(case, bounds),
        "scores": metrics,
        "intervals": bounds,
        "parts": details.parts(table),
        "health": health,
        "errors": largest,
        "probes": details.probes(probed),
        "figures": {figure.file: figure.alt for figure in figures},
    }
    unrounded = {"warnings": model.warnings, "training": training(model.training)}
    return Examination(
        metrics=rounded({subject.name: details.declared(metrics)}, decimals),
        details=rounded(content, decimals) | unrounded,
        tables={"predictions": table, "classes": _NO_CLASSES},
        figures=figures,
        decimals=decimals,
    )


_NO_CLASSES: Arrays = {"class": np.empty(0, dtype=object), "recall": np.empty(0)}


def _sitter(
    subject: Subject, metrics: dict[str, Any], tables: tuple[Arrays, Arrays], health: dict[str, Any]
) -> Sitter:
    model: Regressor = subject.layers.network
    linear = subject.baseline
    alike = linear is not None and _kind(linear) == _kind(model)
    return Sitter(
        name=subject.name,
        target=model.target,
        metrics=metrics,
        predictions=tables[0],
        places=tables[1],
        history=subject.history,
        baseline=subject.baseline_history if alike else None,
        mean_loss=_mean_loss(model),
        health=health,
        weights=subject.layers.weights[0],
    )


def _kind(model: Any) -> tuple[str, str]:
    """Return what decides the unit of a network's loss."""
    arguments = model.training["arguments"]
    return arguments["loss"], arguments["scale_target"]


def _mean_loss(model: Regressor) -> float:
    """Return half of the target's variance, as it is trained on; 0 for the Poisson deviance."""
    loss, scaled = _kind(model)
    if loss == "poisson":
        return 0.0
    return 0.5 if scaled == "standard" else float(model.training["variance"]) / 2


def _predicted(model: Regressor, test: Dataset) -> Arrays:
    predicted = model.predict(test.features)
    return grouped(residuals.predictions(test.rows, test.target, predicted), test.groups)


def _metrics(model: Regressor, history: Arrays, table: Arrays) -> dict[str, Any]:
    actual = table["actual"]
    mean = np.full(len(actual), model.target_values["mean"])
    return {
        **residuals.scores(actual, table["predicted"]),
        "mean_rmse": residuals.scores(actual, mean)["rmse"],
        "n_iter": int(history["iteration"][-1]),
        "final_loss": float(history["loss"][-1]),
        "converged": model.converged,
        "diverged": model.diverged,
        "parameters": model.parameters,
        "model_bytes": model.size,
    }


def _case(subject: Subject, metrics: dict[str, Any], table: Arrays, test: Dataset) -> NumberCase:
    model: Regressor = subject.layers.network
    return NumberCase(
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


def _intervals(table: Arrays) -> dict[str, list[float]]:
    if not np.isfinite(table["predicted"]).all() or len(table["actual"]) < 2:  # noqa: PLR2004 - one row has no spread
        return {}
    bounds = intervals.intervals(table["actual"], table["predicted"], group_codes(table))
    return {name: list(pair) for name, pair in bounds.items() if np.isfinite(pair).all()}


def _words(case: NumberCase, bounds: dict[str, list[float]]) -> dict[str, Any]:
    findings = diagnosis.findings(case)
    sentence = diagnosis.sentence(case, findings, bounds.get("r2", []))
    return {"verdict": sentence, "findings": cases.words(findings)}

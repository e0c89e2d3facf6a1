"""Examine one saved network on the test rows: its scores, its state, its tables and its figures."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mlp.core import sample
from mlp.core.dataset import Dataset
from mlp.core.files import Arrays
from mlp.core.json_file import rounded
from mlp.core.task import REGRESSION
from mlp.evaluate.diagnosis import cases, verdict
from mlp.evaluate.regression import details, diagnosis, drawing, evaluation
from mlp.evaluate.regression.case import NumberCase, numbers
from mlp.evaluate.regression.drawing import Sitter
from mlp.evaluate.subject import Examination, Subject
from mlp.evaluate.training import training
from mlp.model import probe
from mlp.model.network import Regressor

MOST_POINTS = 2000  # in a plot: more hide each other


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
    table = evaluation.predicted(model, test)
    metrics = evaluation.metrics(model, subject.history, table)
    case = evaluation.case(subject, metrics, table, test)
    bounds = evaluation.bounds(table)
    probed, places = probe.judge(subject.probes, subject.layers, test)
    health = numbers(case, probed)
    largest = details.errors(table, most_errors)
    sitter = _sitter(subject, metrics, (table, places), health)
    figures = [*drawing.figures(sitter, shape), *drawing.errors(subject.name, largest, test, shape)]
    decimals = model.decimals
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
        predictions=table,
        tables={
            "predictions": sample.of(table),
            "outcomes": _points(table),
            "classes": _NO_CLASSES,
        },
        figures=figures,
        decimals=decimals,
    )


def _points(table: Arrays) -> Arrays:
    """Return the actual and predicted values that `dvc plots` shows as points."""
    shown = sample.positions(len(table["row"]), MOST_POINTS)
    return {name: table[name][shown] for name in ("row", "actual", "predicted")}


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


def _words(case: NumberCase, bounds: dict[str, list[float]]) -> dict[str, Any]:
    findings = diagnosis.findings(case)
    return {
        "state": verdict.state(findings),
        "verdict": diagnosis.sentence(case, findings, bounds.get("r2", [])),
        "summary": verdict.summary(findings),
        "findings": cases.words(findings),
    }

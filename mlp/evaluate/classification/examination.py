"""Examine one saved network on the test rows: its scores, its state, its tables and its figures."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from mlp.core import sample, shown
from mlp.core.dataset import Dataset
from mlp.core.files import Arrays
from mlp.core.json_file import rounded
from mlp.core.predictions import group_codes
from mlp.evaluate.classification import details, diagnosis, drawing, evaluation, intervals
from mlp.evaluate.classification.case import LabelCase, numbers
from mlp.evaluate.classification.drawing import Sitter
from mlp.evaluate.classification.evaluation import Evaluation
from mlp.evaluate.diagnosis import cases, verdict
from mlp.evaluate.statistics import design
from mlp.evaluate.subject import Examination, Subject
from mlp.evaluate.training import training
from mlp.figures.labels import are_numbers
from mlp.model import probe


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
        How many of its most confident errors to keep.
    """
    result = evaluation.evaluate(subject.layers.network, subject.history, test)
    case = evaluation.case(subject.layers, result, subject.history, test)
    case = evaluation.beside(case, subject.baseline, test)
    probed, places = probe.judge(subject.probes, subject.layers, test)
    is_flat = bool(details.flat(result.predictions))
    errors = details.errors(result.predictions, 0 if is_flat else most_errors)
    sitter = Sitter(
        name=subject.name,
        labels=list(result.classes["class"]),
        predictions=result.predictions,
        classes=result.classes,
        history=subject.history,
        baseline=subject.baseline_history,
        places=places,
        health=numbers(case, probed),
        weights=subject.layers.weights[0],
        curves=result.curves,
    )
    figures = [*drawing.figures(sitter, shape), *drawing.errors(subject.name, errors, test, shape)]
    content = {
        **_words(case),
        **_numbers(result, sitter, subject.layers.network.training),
        "errors": errors,
        "flat": details.flat(result.predictions),
        "probes": details.probes(probed, _independent(result)),
        "figures": {figure.file: figure.alt for figure in figures},
    }
    unrounded = {
        "warnings": subject.layers.network.warnings,
        "training": training(subject.layers.network.training),
    }
    return Examination(
        metrics=rounded({subject.name: details.declared(result.metrics)}),
        details=rounded(content) | unrounded,
        predictions=result.predictions,
        tables={
            "predictions": sample.of(result.predictions),
            "outcomes": plotted(result.outcomes),
            "classes": plotted(result.classes),
        },
        figures=figures,
    )


def plotted(table: Arrays) -> Arrays:
    """Return a table whose labels do no harm in the pages of ``dvc plots`` or in a spreadsheet."""

    def harmless(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        if values.dtype != object:
            return values
        texts = [shown.in_spreadsheet(shown.in_script(text)) for text in values]
        return np.array(texts, dtype=object)

    return {name: harmless(values) for name, values in table.items()}


def _independent(result: Evaluation) -> float:
    """Return how many independent rows the test rows are worth, by the network's right answers."""
    table = result.predictions
    right = (table["actual"] == table["predicted"]).astype(np.float64)
    return design.effective_rows(right, group_codes(table))


def _words(case: LabelCase) -> dict[str, Any]:
    findings = diagnosis.findings(case)
    return {
        "state": verdict.state(findings),
        "verdict": diagnosis.sentence(case, findings),
        "summary": verdict.summary(findings),
        "findings": cases.words(findings),
    }


def _numbers(result: Evaluation, sitter: Sitter, training: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "scores": result.metrics,
        "intervals": intervals.of(result.predictions, result.metrics),
        "labels": sitter.labels,
        "numbered": are_numbers(sitter.labels),
        "classes": details.classes(result.classes, result.predictions),
        "calibration": details.calibrated(result.predictions, training),
        "health": sitter.health,
    }

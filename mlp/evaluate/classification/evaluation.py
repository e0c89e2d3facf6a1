"""Score a network: metrics, a table of classes and a line a test row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from mlp.core import predictions
from mlp.core.dataset import Dataset
from mlp.core.files import Arrays, Floats
from mlp.evaluate.classification import curves, guess
from mlp.evaluate.classification.case import LabelCase
from mlp.evaluate.classification.curves import Curve
from mlp.evaluate.classification.guess import Answers
from mlp.evaluate.diagnosis import symptoms
from mlp.evaluate.statistics import scores
from mlp.evaluate.training import course
from mlp.model.layers import Layers
from mlp.model.network import Classifier


@dataclass(frozen=True)
class Evaluation:
    """The scores of one network on the test split.

    Attributes
    ----------
    metrics : dict
        All its scores: see docs/outputs.md, plots/NAME/details.json.
    classes : Arrays
        One row a label: see `mlp.evaluate.statistics.scores.per_class`.
    predictions : Arrays
        One row a test row, in row order: see `mlp.core.predictions.predictions`.
    outcomes : Arrays
        See `mlp.core.predictions.pairs`.
    curves : list of Curve
        Of the hardest classes.
    answers : Answers
        Those that tell it from a guess.
    """

    metrics: dict[str, Any]
    classes: Arrays
    predictions: Arrays
    outcomes: Arrays
    curves: list[Curve]
    answers: Answers


def evaluate(model: Classifier, history: Arrays, test: Dataset) -> Evaluation:
    """Predict the test rows with the model as it ships and score it.

    Parameters
    ----------
    model : Classifier
    history : Arrays
        The network's training history: iteration, loss.
    test : Dataset
        The test split.
    """
    actual = test.target
    table, probabilities = _predict(model, test)
    predicted = table["predicted"]
    labels = sorted(set(model.classes) | set(actual))
    counts = predictions.confusion(actual, predicted, labels)
    given = _answers(model, table, probabilities)
    metrics = {
        **scores.summary(table, counts),
        "majority_accuracy": float(np.mean(given.majority_right)),
        **guess.declared(given),
        **course(model, history),
    }
    return Evaluation(
        metrics=metrics,
        classes=scores.per_class(counts, labels, table),
        predictions=table,
        outcomes=predictions.pairs(counts, labels),
        curves=curves.curves(actual, probabilities, model.classes, _hardest(counts, labels)),
        answers=given,
    )


def _predict(model: Classifier, test: Dataset) -> tuple[Arrays, Floats]:
    """Return the predictions and the probabilities, shape (rows, classes), of the test rows."""
    predicted, probabilities = model.predict(test.features)
    table = predictions.predictions(test.rows, test.target, predicted, probabilities, model.classes)
    return predictions.grouped(table, test.groups), probabilities


def _hardest(counts: npt.NDArray[np.int64], labels: Sequence[str]) -> list[str]:
    """Return the labels with test rows, those of the least recall first."""
    support = counts.sum(axis=1)
    recall = counts.diagonal() / np.maximum(support, 1)
    return [labels[i] for i in np.argsort(recall, kind="stable") if support[i]]


def case(layers: Layers, found: Evaluation, history: Arrays, test: Dataset) -> LabelCase:
    """Return the case of a network on its own, without the baseline."""
    return LabelCase(
        metrics=found.metrics,
        training=layers.network.training,
        history=history,
        symptoms=symptoms.measure(layers, test.features),
        answers=found.answers,
        groups=found.answers.groups,
    )


def _answers(model: Classifier, table: Arrays, probabilities: Floats) -> Answers:
    actual = table["actual"]
    return Answers(
        actual=actual,
        right=table["predicted"] == actual,
        majority_right=actual == model.majority,
        probabilities=probabilities,
        classes=model.classes,
        groups=predictions.group_codes(table),
    )


def beside(case: LabelCase, baseline: Any, test: Dataset) -> LabelCase:
    """Add the results of ``linear``, the baseline, to a case; None if the case is its own."""
    if baseline is None:
        return replace(case, floor_learnt=not guess.is_guess(case.answers))
    floor = _answers(baseline, *_predict(baseline, test))
    return replace(case, floor_right=floor.right, floor_learnt=not guess.is_guess(floor))

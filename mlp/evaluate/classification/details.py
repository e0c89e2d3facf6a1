"""Collect the details of one network for the page: plots/NAME/details.json."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from mlp.core.bidi import isolated
from mlp.core.files import Arrays, records
from mlp.core.predictions import UNCALIBRATED
from mlp.evaluate.classification import calibration, hardest
from mlp.evaluate.statistics.wilson import wilson

METRICS = (
    "accuracy", "macro_f1", "balanced_accuracy", "log_loss", "brier_score", "final_loss", "n_iter",
)  # fmt: skip
CLASSES = 60  # rows of the table of classes, the hardest first
OF_A_CELL = 3  # errors
EVEN = 0.01  # range of confidences that are about equal
REPRESENTATIONS = ("inputs", "hidden")


def declared(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """Return the few metrics that people compare: metrics/NAME.json, which DVC knows.

    Balanced accuracy is among them where classes are unequal.
    """
    return {name: metrics[name] for name in METRICS if name in metrics}


def classes(table: Arrays, predictions: Arrays) -> dict[str, Any]:
    """Return the table of classes, the hardest first, and the sentences that it allows.

    Parameters
    ----------
    table : Arrays
        See `mlp.evaluate.statistics.scores.per_class`.
    predictions : Arrays
        See `mlp.core.predictions.predictions`.
    """
    by_label = {row["class"]: row for row in records(table)}
    ordered = hardest.counted(table)
    named = list(set(predictions["predicted"]))
    sentences = hardest.sentences(ordered)
    if len(named) == 1:
        sentences = [f"It calls every row {isolated(named[0])}, so it tells no class from another."]
    rows = [{**by_label[c.label], "right": c.right, "p": c.p} for c in ordered]
    return {
        "sentences": sentences,
        "rows": rows[:CLASSES],
        "more": max(0, len(rows) - CLASSES),
        "absent": [row["class"] for row in by_label.values() if not row["support"]],
    }


def errors(predictions: Arrays, most: int) -> list[dict[str, Any]]:
    """Return the most confident errors of the worst cells of the confusion matrix.

    The keys are row, actual, predicted, confidence and cell, the number of rows in the cell. Cells
    come by that number and then by their most confident error; each gives at most 3.

    Parameters
    ----------
    predictions : Arrays
        See `mlp.core.predictions.predictions`.
    most : int
        How many errors to return.
    """
    order = np.lexsort((predictions["row"], -predictions["confidence"]))
    wrong = order[(predictions["actual"] != predictions["predicted"])[order]]
    cells = list(zip(predictions["actual"][wrong], predictions["predicted"][wrong], strict=True))
    counts = Counter(cells)
    worst = sorted(counts, key=lambda cell: -counts[cell])[
        :most
    ]  # stable: the most confident first
    first: dict[tuple[str, str], list[int]] = {cell: [] for cell in worst}
    for place, cell in zip(wrong, cells, strict=True):
        if cell in first and len(first[cell]) < OF_A_CELL:
            first[cell].append(int(place))
    shown = [place for places in first.values() for place in places][:most]
    columns = ("row", "actual", "predicted", "confidence")
    rows = records({name: predictions[name][shown] for name in columns})
    return [{**row, "cell": counts[row["actual"], row["predicted"]]} for row in rows]


def flat(predictions: Arrays) -> str:
    """Return a sentence if a network is about as sure of every row; otherwise an empty text."""
    confidence = predictions["confidence"]
    if not len(confidence) or not np.ptp(confidence) < EVEN:  # nor where one is not finite
        return ""
    return f"It is about {percent(confidence[0])} sure of every row, so no error stands out."


def calibrated(predictions: Arrays, training: Mapping[str, Any]) -> dict[str, Any]:
    """Return the bins of confidence, and the expected calibration error; None without bins.

    With class weights there is a note, which says that probabilities are not calibrated.

    Parameters
    ----------
    predictions : Arrays
        See `mlp.core.predictions.predictions`.
    training : mapping
        See `mlp.model.metadata.summary`.
    """
    bins = calibration.bins(predictions)
    note = {"note": UNCALIBRATED} if "class_weight" in training["arguments"] else {}
    return {"error": calibration.expected_error(bins), "bins": bins, **note}


def probes(scores: Mapping[str, float], rows: float) -> dict[str, list[float]]:
    """Return the accuracy of each probe with its 95 % Wilson interval.

    Parameters
    ----------
    scores : mapping
        See `mlp.model.probe.judge`.
    rows : float
        Test rows; where they are grouped, the independent rows that they are worth.
    """
    accuracies = {
        name: scores[f"{name}_accuracy"] for name in REPRESENTATIONS if f"{name}_accuracy" in scores
    }
    return {
        name: [accuracy, *wilson(_counted(accuracy * rows, rows), rows)]
        for name, accuracy in accuracies.items()
    }


def _counted(right: float, rows: float) -> float:
    """Return a number of rows as a whole number, unless they are worth a fraction."""
    return round(right) if float(rows).is_integer() else right


def percent(value: float) -> str:
    """Return a confidence as text."""
    return "no finite confidence" if np.isnan(value) else f"{value:.1%}"

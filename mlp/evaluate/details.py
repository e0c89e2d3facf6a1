"""Collect the details of one network for the page: plots/NAME/details.json."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from mlp.core.bidi import isolated
from mlp.evaluate import calibration, hardest
from mlp.evaluate.statistics.wilson import wilson

METRICS = ("accuracy", "macro_f1", "log_loss", "brier_score", "final_loss", "n_iter")
CLASSES = 60  # rows of the table of classes, the hardest first
REPRESENTATIONS = ("inputs", "hidden")


def declared(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """Return the few metrics that people compare: metrics/NAME.json, which DVC knows."""
    return {name: metrics[name] for name in METRICS}


def classes(table: pd.DataFrame, predictions: pd.DataFrame) -> dict[str, Any]:
    """Return the table of classes, the hardest first, and the sentences that it allows.

    Parameters
    ----------
    table : DataFrame
        See `mlp.evaluate.statistics.scores.per_class`.
    predictions : DataFrame
        See `mlp.core.predictions.predictions`.
    """
    by_label = table.set_index("class", drop=False).to_dict("index")
    ordered = hardest.counted(table)
    named = predictions["predicted"].unique()
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


def errors(predictions: pd.DataFrame, most: int) -> list[dict[str, Any]]:
    """Return the most confident errors: row, actual, predicted, confidence.

    Parameters
    ----------
    predictions : DataFrame
        See `mlp.core.predictions.predictions`.
    most : int
        How many errors to return.
    """
    wrong = predictions[predictions["actual"] != predictions["predicted"]]
    first = wrong.sort_values(["confidence", "row"], ascending=[False, True]).head(most)
    columns = ["row", "actual", "predicted", "confidence"]
    return [{str(k): v for k, v in row.items()} for row in first[columns].to_dict("records")]


def calibrated(predictions: pd.DataFrame) -> dict[str, Any]:
    """Return the bins of confidence, and the expected calibration error; None without bins."""
    bins = calibration.bins(predictions)
    return {
        "error": calibration.expected_error(bins),
        "bins": [dict(row) for row in bins.to_dict("records")],
    }


def probes(scores: Mapping[str, float], rows: int) -> dict[str, list[float]]:
    """Return the accuracy of each probe with its 95 % Wilson interval.

    Parameters
    ----------
    scores : mapping
        See `mlp.model.probe.judge`.
    rows : int
        Test rows.
    """
    accuracies = {
        name: scores[f"{name}_accuracy"] for name in REPRESENTATIONS if f"{name}_accuracy" in scores
    }
    return {
        name: [accuracy, *wilson(round(accuracy * rows), rows)]
        for name, accuracy in accuracies.items()
    }


def training(summary: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a training, and the defaults that differ, to 6 significant digits.

    Parameters
    ----------
    summary : mapping
        See `mlp.model.metadata.summary`.
    """
    return {
        kind: {name: _shortened(value) for name, value in summary[kind].items()}
        for kind in ("arguments", "defaults")
    }


def _shortened(value: Any) -> Any:
    return float(f"{value:.6g}") if isinstance(value, float) else value


def percent(value: float) -> str:
    """Return a confidence as text."""
    return "no finite confidence" if pd.isna(value) else f"{value:.1%}"

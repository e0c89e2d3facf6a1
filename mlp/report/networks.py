"""What the report says of one network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mlp.core import predictions as scores
from mlp.core.bidi import isolated
from mlp.core.files import Floats
from mlp.evaluate import calibration, hardest
from mlp.figures import calibration as calibration_figure
from mlp.figures import confusion as confusion_figure
from mlp.figures import row as row_figure
from mlp.report.document import Picture

CLASSES = 60  # of a network's table, the hardest first
CONFUSIONS = 3  # that are named in words


@dataclass(frozen=True)
class Network:
    """What the stage evaluate wrote of one network; docs/outputs.md explains each column.

    Attributes
    ----------
    name : str
    metrics, health, words : mapping
        Its entries in metrics/scores.json, metrics/health.json and metrics/findings.json.
    predictions, classes, history, projection : DataFrame
    training : mapping
        See `mlp.model.metadata.summary`.
    weights : ndarray of float64, shape (inputs, units)
        Of its first layer.
    """

    name: str
    metrics: Mapping[str, Any]
    health: Mapping[str, Any]
    words: Mapping[str, Any]
    predictions: pd.DataFrame
    classes: pd.DataFrame
    history: pd.DataFrame
    projection: pd.DataFrame
    training: Mapping[str, Any]
    weights: Floats

    @property
    def labels(self) -> list[str]:
        """All labels of the train and the test split, in their order."""
        return list(self.classes["class"])


def confusion(network: Network) -> Picture:
    """Return the confusion matrix, and in words what is confused most often."""
    table, labels = network.predictions, network.labels
    actual, predicted = table["actual"].to_numpy(object), table["predicted"].to_numpy(object)
    counts = scores.confusion(actual, predicted, labels)
    right = f"{int(counts.trace())} of {len(table)} test rows are right"
    np.fill_diagonal(counts, 0)
    order = np.argsort(-counts, axis=None, kind="stable")[:CONFUSIONS]
    places = [np.unravel_index(i, counts.shape) for i in order]
    worst = [
        f"{isolated(labels[i])} called {isolated(labels[j])} ({counts[i, j]})"
        for i, j in places
        if counts[i, j]
    ]
    most = f"; most often confused: {', '.join(worst)}" if worst else ""
    whole = scores.confusion(actual, predicted, labels)
    png = confusion_figure.draw(whole, labels, network.name)
    return Picture(png, f"Confusion matrix of {network.name}: {right}{most}.")


def classes(network: Network) -> dict[str, Any]:
    """Return the table of classes, the hardest first, and what it allows to say."""
    by_label = network.classes.set_index("class", drop=False).to_dict("index")
    found = hardest.counted(network.classes)
    called = network.predictions["predicted"].unique()
    said = hardest.sentences(found)
    if len(called) == 1:
        said = [f"It calls every row {isolated(called[0])}, so it tells no class from another."]
    rows = [{**by_label[one.label], "right": one.right, "p": one.p} for one in found]
    return {
        "said": said,
        "rows": rows[:CLASSES],
        "more": max(0, len(rows) - CLASSES),
        "absent": [row["class"] for row in by_label.values() if not row["support"]],
    }


def errors(
    network: Network, pixels: pd.DataFrame | None, shape: Sequence[int] | None, most: int
) -> list[dict[str, Any]]:
    """Return a network's most confident errors, each with its picture where rows are pictures.

    Parameters
    ----------
    network : Network
    pixels : DataFrame of float64, shape (test rows, pixels), optional
        Indexed by row number.
    shape : sequence of int, optional
        Rows and columns of a picture.
    most : int
        How many errors to return.
    """
    table = network.predictions
    wrong = table[table["actual"] != table["predicted"]]
    first = wrong.sort_values(["confidence", "row"], ascending=[False, True]).head(most)
    found = []
    for row in first.to_dict("records"):
        picture = None
        if pixels is not None and shape:
            alt = (
                f"Row {row['row']}: {isolated(row['actual'])}, called "
                f"{isolated(row['predicted'])} with a confidence of {_percent(row['confidence'])}."
            )
            values = pixels.loc[row["row"]].to_numpy(dtype=np.float64)
            picture = Picture(row_figure.draw(values, shape), alt)
        shown = {key: row[key] for key in ("row", "actual", "predicted")}
        found.append({**shown, "percent": _percent(row["confidence"]), "picture": picture})
    return found


def calibrated(network: Network) -> dict[str, Any]:
    """Return the calibration curve, its numbers, and the expected calibration error."""
    table = calibration.bins(network.predictions)
    error = calibration.expected_error(table)
    if error is None:
        return {"error": None, "picture": None, "bins": []}
    mean = float((table["confidence"] * table["rows"]).sum() / table["rows"].sum())
    right = float((table["accuracy"] * table["rows"]).sum() / table["rows"].sum())
    bins = [dict(row) for row in table.to_dict("records")]
    alt = (
        f"Calibration of {network.name}: its confidence is {mean:.4f} on average, and "
        f"{right:.4f} of the rows are right; the expected calibration error is {error:.4f}."
    )
    return {
        "error": error,
        "picture": Picture(calibration_figure.draw(bins), alt),
        "bins": bins,
    }


def _percent(value: float) -> str:
    return "no finite confidence" if np.isnan(value) else f"{value:.1%}"

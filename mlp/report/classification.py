"""The parts of the page that tell of labels."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from mlp.report.networks import Network

SCORES = {
    "accuracy": "accuracy",
    "macro_f1": "macro F1",
    "balanced_accuracy": "balanced accuracy, the mean recall of the classes",
    "log_loss": "log loss",
    "chance_log_loss": "log loss of giving each class its share of the test rows",
    "brier_score": "Brier score",
    "majority_accuracy": "accuracy of the commonest training class",
}
MAIN = ("accuracy", "accuracy")
CONTENTS = (("classes", "Classes", True), ("calibration", "Calibration", True))
TARGET = "label"
LARGE = 10_000  # a score from which four decimals are too many


def words(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the template that no single network has.

    Parameters
    ----------
    details : mapping
        plots/NAME/details.json of any network.
    """
    return {
        "labels": details["labels"],
        "numbered": details["numbered"],
        "among": f" in {len(details['labels'])} classes",
        "intervals": "Wilson's for accuracy and macro F1, and by Student's t for the others",
        "own": "scale, how the features are scaled, is the pipeline's own.",
        "kind": "logistic",
        "probed": "Accuracy",
        "probed_interval": ", with Wilson's 95 % interval",
        "points": "Each point is a test row, its class the colour and the shape, and the name is "
        "near the middle of its points.",
    }


def section(network: Network) -> dict[str, Any]:
    """Return the values that the template needs for one network."""
    details, pictures = network.details, network.pictures
    start = _start(details["classes"]["rows"])
    return {
        "classes": {**details["classes"], "rows": _placed(details["classes"]["rows"], start)},
        "recall_from": start,
        "confusion": pictures["confusion.png"],
        "flat": details["flat"],
        "errors": [_error(row) for row in details["errors"]],
        "calibration": {
            "note": "",  # only with class weights
            **details["calibration"],
            "picture": pictures.get("calibration.png"),
        },
        "probes": {name: _probe(*values) for name, values in details["probes"].items()},
    }


def score(_name: str, value: float) -> str:
    """Return a score as text."""
    return f"{value:.4f}" if abs(value) < LARGE else f"{value:.5g}"


def inputs(data: Mapping[str, Any]) -> tuple[str, str]:
    """Return the name and the value of the line on the target, of metrics/data.json."""
    return "classes", str(len(data["labels"]))


def target(data: Mapping[str, Any]) -> tuple[str, list[str], list[tuple[str, Any]]]:
    """Return the title, the heads and the lines of the table on the target."""
    return "Rows by label", ["label", "rows"], list(data["labels"].items())


def _start(classes: Sequence[Mapping[str, Any]]) -> float:
    """Return the recall at which intervals begin to be drawn: 0, 0.1 ... 0.9."""
    least = min((row["recall_low"] for row in classes), default=0.0)
    return min(0.9, math.floor(10 * least) / 10)


def _placed(classes: Sequence[Mapping[str, Any]], start: float) -> list[dict[str, Any]]:
    """Return the rows of classes with the places of recall and interval, of 6 to 106."""
    keys = ("recall_low", "recall", "recall_high")
    return [
        {**row, "places": [6 + 100 * (row[key] - start) / (1 - start) for key in keys]}
        for row in classes
    ]


def _error(row: Mapping[str, Any]) -> dict[str, Any]:
    confidence = row["confidence"]
    percent = "no finite confidence" if confidence is None else f"{confidence:.1%}"
    return {**row, "percent": percent}


def _probe(accuracy: float, low: float, high: float) -> str:
    return f"{accuracy:.4f} ({low:.4f} to {high:.4f})"

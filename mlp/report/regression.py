"""The parts of the page that tell of numbers."""

from collections.abc import Mapping
from typing import Any

from mlp.report.networks import Network

SCORES = {
    "rmse": "RMSE",
    "mae": "MAE",
    "median_absolute_error": "median absolute error",
    "r2": "R²",
    "mean_rmse": "RMSE of the mean of the training rows",
}
CONTENTS = (
    ("actual", "Predicted and actual"),
    ("residuals", "Residuals"),
    ("errors", "Largest errors"),
    ("loss", "Loss curves"),
)
TARGET = "target"
VALUES = {
    "mean": "mean",
    "deviation": "standard deviation",
    "low": "lowest",
    "high": "highest",
    "distinct": "distinct values",
}


def words(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the template that no single network has.

    Parameters
    ----------
    details : mapping
        plots/NAME/details.json of any network.
    """
    return {
        "among": "",
        "intervals": "in the unit of the target but for R²: see docs/outputs.md",
        "kind": "linear",
        "probed": "R²",
        "probed_interval": " on the test rows",
        "points": f"Each point below is a test row, its colour the {details['target']}.",
    }


def section(network: Network) -> dict[str, Any]:
    """Return the values that the template needs for one network."""
    details, pictures = network.details, network.pictures
    drawn = {name: pictures[f"{name}.png"] for name in ("actual", "residuals", "distribution")}
    return {
        "parts": details["parts"],
        "errors": details["errors"],
        "probes": {name: _probe(value) for name, value in details["probes"].items()},
        **drawn,
    }


def inputs(data: Mapping[str, Any]) -> tuple[str, str]:
    """Return the name and the value of the line on the target, of metrics/data.json."""
    values = data["target_values"]
    return "values", f"{values['low']:.6g} to {values['high']:.6g}, mean {values['mean']:.6g}"


def target(data: Mapping[str, Any]) -> tuple[str, list[str], list[tuple[str, Any]]]:
    """Return the title, the heads and the lines of the table on the target."""
    values = data["target_values"]
    lines = [(text, f"{values[name]:.6g}") for name, text in VALUES.items()]
    return "Values of the target", ["target", "value"], lines


def _probe(r2: float | None) -> str:
    return "not finite" if r2 is None else f"{r2:.4f}"

"""The parts of the page that tell of numbers."""

from collections.abc import Mapping
from typing import Any

from mlp.core.bidi import isolated
from mlp.core.residuals import shown
from mlp.report.networks import Network

SCORES = {
    "rmse": "RMSE",
    "mae": "MAE",
    "median_absolute_error": "median absolute error",
    "r2": "R²",
    "mean_rmse": "RMSE of predicting the training mean",
}
MAIN = ("r2", "R²")
CONTENTS = (("residuals", "Errors by size", True),)
TARGET = "target"
PARTS = ("low", "high", "rows", "mean_residual", "rmse", "mae")  # columns of these two tables
ERRORS = ("actual", "predicted", "residual")
HUGE_R2 = 100  # from which four decimals are too many, as in the verdict
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
        "intervals": "all but R² in the unit of the target",
        "own": "scale and scale_target, how the features and the target are scaled, are the "
        "pipeline's own.",
        "kind": "linear",
        "probed": "R²",
        "probed_interval": " on the test rows",
        "points": "Each point is a test row, coloured by its actual "
        f"{isolated(details['target'])}.",
    }


def section(network: Network) -> dict[str, Any]:
    """Return the values that the template needs for one network."""
    details, pictures = network.details, network.pictures
    parts = details["parts"]
    drawn = {name: pictures[f"{name}.png"] for name in ("actual", "residuals", "distribution")}
    return {
        "sentences": parts["sentences"],
        "parts": [(row["part"], [_cell(row[key]) for key in PARTS]) for row in parts["rows"]],
        "errors": [(row["row"], [_cell(row[key]) for key in ERRORS]) for row in details["errors"]],
        "probes": {name: _r2(value) for name, value in details["probes"].items()},
        **drawn,
    }


def score(name: str, value: float) -> str:
    """Return a score as text."""
    return _r2(value) if name == "r2" else shown(value)


def inputs(data: Mapping[str, Any]) -> tuple[str, str]:
    """Return the name and the value of the line on the target, of metrics/data.json."""
    low, high, mean = (shown(data["target_values"][key]) for key in ("low", "high", "mean"))
    return "values", f"{low} to {high}, mean {mean}"


def target(data: Mapping[str, Any]) -> tuple[str, list[str], list[tuple[str, Any]]]:
    """Return the title, the heads and the lines of the table on the target."""
    values = data["target_values"]
    lines = [(text, _cell(values[name])) for name, text in VALUES.items()]
    return "Values of the target", ["target", "value"], lines


def _cell(value: float | None) -> str:
    return str(value) if isinstance(value, int) else shown(value)


def _r2(value: float | None) -> str:
    return f"{value:.4f}" if value is not None and abs(value) < HUGE_R2 else shown(value)

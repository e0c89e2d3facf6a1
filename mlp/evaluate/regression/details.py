"""Collect the details of one network for the page: plots/NAME/details.json."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlp.core.files import Arrays, Floats, Rows, records
from mlp.core.predictions import group_codes
from mlp.core.residuals import METRICS, shown
from mlp.evaluate.statistics import estimate, student
from mlp.evaluate.statistics.exact import holm
from mlp.evaluate.statistics.wording import p_value

DECLARED = (*METRICS, "final_loss", "n_iter")
PARTS = 5
LEVEL = 0.05  # of all parts together
NAMES = ("lowest", "second", "middle", "fourth", "highest")


def declared(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """Return the few metrics that people compare: metrics/NAME.json, which DVC knows."""
    return {name: metrics[name] for name in DECLARED}


def parts(predictions: Arrays) -> dict[str, Any]:
    """Return the errors by fifth of the prediction, and the sentences that they allow.

    Parameters
    ----------
    predictions : Arrays
        See `mlp.core.residuals.predictions`; rows without a finite prediction are left out.
    """
    known = np.isfinite(predictions["predicted"])
    predicted, residual = predictions["predicted"][known], predictions["residual"][known]
    groups = group_codes(predictions)
    groups = None if groups is None else groups[known]
    if len(np.unique(predicted)) < PARTS:
        return {"sentences": [], "rows": []}
    edges = np.quantile(predicted, np.arange(1, PARTS) / PARTS)
    place = np.searchsorted(edges, predicted, side="right")
    rows = [_part(i, predicted[place == i], residual[place == i]) for i in np.unique(place)]
    extremes = (float(residual.min()), float(residual.max()))
    biases = [
        _bias(residual[place == i], None if groups is None else groups[place == i], extremes)
        for i in np.unique(place)
    ]
    return {"sentences": _sentences(rows, holm(biases)), "rows": rows}


def _part(i: int, predicted: Floats, residual: Floats) -> dict[str, Any]:
    return {
        "part": NAMES[i],
        "low": float(predicted.min()),
        "high": float(predicted.max()),
        "rows": len(residual),
        "mean_residual": float(residual.mean()),
        "rmse": float(np.sqrt((residual**2).mean())),
        "mae": float(np.abs(residual).mean()),
    }


def _bias(residual: Floats, groups: Rows | None, extremes: tuple[float, float]) -> float:
    """Return the two-sided p value of a mean residual of 0, by Student's t.

    Residuals are often skewed, and a part that has none of the large ones by luck would look
    biased. So each part has one row, or group, more like each of the extremes of all parts.
    """
    units = None if groups is None else np.unique(groups, return_inverse=True)[1]
    if len(residual if units is None else np.unique(units)) <= 1:
        return 1.0
    found = estimate.of_mean(residual, extremes, units)
    if not 0 < found.error < math.inf or not found.df:  # a diverged network's can be of any size
        return 1.0
    return student.two_sided(found.center / found.error, found.df)


def _sentences(rows: Sequence[Mapping[str, Any]], p_values: Sequence[float]) -> list[str]:
    worst = max(rows, key=lambda row: float(row["rmse"]))
    least = min(rows, key=lambda row: float(row["rmse"]))
    start = (
        f"Errors are largest in the {worst['part']} fifth of the predictions, "
        f"{shown(worst['low'])} to {shown(worst['high'])}: RMSE {shown(worst['rmse'])}, and "
        f"{shown(least['rmse'])} in the {least['part']} one."
    )
    biased = [(row, p) for row, p in zip(rows, p_values, strict=True) if p < LEVEL]
    return [start, *(_biased(row, p) for row, p in biased)]


def _biased(row: Mapping[str, Any], p: float) -> str:
    side = "low" if row["mean_residual"] > 0 else "high"
    return (
        f"In the {row['part']} fifth the predictions are too {side}, by "
        f"{shown(abs(row['mean_residual']))} on average (t test, {p_value(p)} after Holm's "
        "correction)."
    )


def errors(predictions: Arrays, most: int) -> list[dict[str, Any]]:
    """Return the largest errors: row, actual, predicted, residual.

    Parameters
    ----------
    predictions : Arrays
        See `mlp.core.residuals.predictions`.
    most : int
        How many errors to return.
    """
    size = np.nan_to_num(np.abs(predictions["residual"]), nan=np.inf)
    order = np.lexsort((predictions["row"], -size))[:most]
    columns = ("row", "actual", "predicted", "residual")
    return records({name: predictions[name][order] for name in columns})


def probes(scores: Mapping[str, float]) -> dict[str, float]:
    """Return the R2 of each probe on the test rows, by the name of its representation.

    Parameters
    ----------
    scores : mapping
        See `mlp.model.probe.judge`.
    """
    return {key.removesuffix("_r2"): value for key, value in scores.items() if key.endswith("_r2")}

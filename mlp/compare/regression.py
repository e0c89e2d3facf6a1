"""Compare two networks by the numbers that they predict of the same rows."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mlp.compare import metrics
from mlp.compare.metrics import MetricChange
from mlp.compare.verdicts import LEVEL, verdict
from mlp.core.task import REGRESSION
from mlp.evaluate.statistics import differences, student, wording
from mlp.evaluate.statistics.differences import Difference

if TYPE_CHECKING:
    from mlp.compare.sides import Sides

METRICS = {"rmse": "lower", "mae": "lower", "median_absolute_error": "lower", "r2": "higher"}
LEAD = "rmse"  # the metric of which the least change that would be seen is told
TARGET = "target"
POWER = 0.8


@dataclass(frozen=True)
class NumberComparison:
    """The differences between two networks on the same rows.

    Attributes
    ----------
    rows : int
    groups : int
        The groups that rows belong to; 0 if they belong to none.
    metrics : list of MetricChange
        `METRICS` says which direction is better.
    improved, worsened : DataFrame
        The rows whose absolute error is smaller now, and those whose is larger, the largest change
        first: row, actual, old, old_error, new, new_error, change (of the absolute error).
    p_value, p_absolute : float
        Of exchanging the predictions of rows at random, two-sided, by squared and by absolute
        errors; by groups where rows belong to groups. NaN if a prediction is not finite.
    verdict : str
        better, worse or not shown, by squared errors; unchanged if every prediction is the same;
        not comparable if a prediction is not finite.
    detectable_rise : float or None
        The rise of the RMSE that the test of squared errors detects with 80 % power. None after a
        difference that is shown, and if no prediction changed, which tell nothing of the next one.
    """

    rows: int
    groups: int
    metrics: list[MetricChange]
    improved: pd.DataFrame
    worsened: pd.DataFrame
    p_value: float
    p_absolute: float
    verdict: str
    detectable_rise: float | None

    task = REGRESSION


def compare(old: pd.DataFrame, new: pd.DataFrame) -> NumberComparison:
    """Compare predictions of the same rows, in the same order: see `mlp.compare.comparison`.

    Parameters
    ----------
    old, new : DataFrame
        See `mlp.core.residuals.predictions`.
    """
    same = bool(old["predicted"].equals(new["predicted"]))
    found = differences.of(old, new)
    groups = found[LEAD].groups
    table = _moved(old, new)
    p_value, p_absolute = (_p_value(found[name], same=same) for name in ("rmse", "mae"))
    judged = "unchanged" if same else _verdict(p_value, found[LEAD])
    shown = judged in {"better", "worse"}
    known = (
        {} if same else {"rmse": judged, "r2": judged, "mae": _verdict(p_absolute, found["mae"])}
    )
    rise = None if shown or same else detectable(found[LEAD], 1 - LEVEL / 2)
    return NumberComparison(
        rows=len(new),
        groups=0 if groups is None else int(groups.max()) + 1,
        metrics=[
            metrics.change(name, difference, METRICS[name], same=same, judged=known.get(name))
            for name, difference in found.items()
        ],
        improved=table[table["change"] < 0],
        worsened=table[table["change"] > 0],
        p_value=p_value,
        p_absolute=p_absolute,
        verdict=judged,
        detectable_rise=rise,
    )


def _p_value(found: Difference, *, same: bool) -> float:
    if same:
        return 1.0
    return found.p_value() if math.isfinite(found.new - found.old) else math.nan


def _verdict(p_value: float, found: Difference) -> str:
    return verdict(p_value, found.old - found.new) if math.isfinite(p_value) else "not comparable"


def detectable(found: Difference, confidence: float) -> float | None:
    """Return the change of a metric that a one-sided test would see with 80 % power.

    Parameters
    ----------
    found : Difference
    confidence : float
        1 minus the level of the test.

    Notes
    -----
    The sum of both quantiles of Student's t, times the standard error as it is.
    """
    error, df = found.estimate.error, found.estimate.df
    if not error > 0 or df is None or df < 1:
        return None
    return (student.quantile(confidence, df) + student.quantile(POWER, df)) * error


def _moved(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return a line a row, the largest change of the absolute error first."""
    errors = [side["residual"].abs() for side in (old, new)]
    table = pd.DataFrame(
        {
            "row": new["row"],
            "actual": new["actual"],
            "old": old["predicted"],
            "old_error": errors[0],
            "new": new["predicted"],
            "new_error": errors[1],
            "change": errors[1] - errors[0],
        }
    )
    order = np.lexsort((table["row"], -table["change"].abs()))
    return table.iloc[order]


def judged(_sides: "Sides") -> dict[str, str]:
    """Return the metrics by which repeated trainings are compared, and which way is better."""
    return METRICS


def least(change: float) -> str:
    """Return the least change of `LEAD` that would be seen, as the subject of a sentence."""
    return f"A rise of the RMSE by {wording.number(change)}"


def described(table: pd.DataFrame) -> str:
    """Return the number of rows of a table of predictions, and the range of the target."""
    low, high = table["actual"].min(), table["actual"].max()
    return f"{len(table)} rows with a target from {low:g} to {high:g}"

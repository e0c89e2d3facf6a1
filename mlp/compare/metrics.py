"""Compare the metrics of two networks, with the intervals of their differences."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlp.compare.verdicts import verdict
from mlp.core.predictions import GROUP
from mlp.evaluate.statistics.differences import Difference


@dataclass(frozen=True)
class MetricChange:
    """One metric before and after.

    ``low`` and ``high`` are the 95 % interval of the difference, NaN if a value is NaN: see
    `mlp.evaluate.statistics.differences`. ``verdict`` is better, worse, not shown, or not
    comparable: for accuracy by McNemar's test, for other metrics by exchanging predictions.
    """

    metric: str
    old: float
    new: float
    difference: float
    low: float
    high: float
    verdict: str


def change(
    metric: str, found: Difference, better: str, *, same: bool, judged: str | None = None
) -> MetricChange:
    """Return the change of a metric.

    Parameters
    ----------
    metric : str
    found : Difference
    better : str
        higher or lower.
    same : bool
        Whether every prediction is as before.
    judged : str, optional
        The verdict of another test; without it, predictions are exchanged.
    """
    difference = found.new - found.old
    if not np.isfinite(difference):
        nan = float("nan")
        return MetricChange(metric, found.old, found.new, difference, nan, nan, "not comparable")
    if same:
        return MetricChange(
            metric, found.old, found.new, difference, 0.0, 0.0, judged or verdict(1.0, 0.0)
        )
    low, high = found.estimate.interval()
    if judged is None:
        judged = verdict(found.p_value(), difference if better == "higher" else -difference)
    return MetricChange(metric, found.old, found.new, difference, low, high, judged)


def are_same(old: pd.DataFrame, new: pd.DataFrame) -> bool:
    """Return whether two tables of predictions are the same, whatever the groups."""
    before, after = (side.drop(columns=GROUP, errors="ignore") for side in (old, new))
    return bool(before.equals(after))

"""Compare the metrics of two networks, with the intervals of their differences."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlp.compare.verdicts import verdict
from mlp.core.predictions import GROUP
from mlp.evaluate.statistics import balanced, differences
from mlp.evaluate.statistics.differences import Difference

METRICS = {
    "accuracy": "higher",
    "macro_f1": "higher",
    balanced.NAME: "higher",
    "log_loss": "lower",
    "brier_score": "lower",
}


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


def changes(old: pd.DataFrame, new: pd.DataFrame, of_accuracy: str) -> list[MetricChange]:
    """Return the change of every metric that both sides have; balanced accuracy where declared.

    Parameters
    ----------
    old, new : DataFrame
        See `mlp.core.predictions.predictions`; of the same rows.
    of_accuracy : str
        The verdict on the accuracy, from McNemar's test.
    """
    same = _without_groups(old).equals(_without_groups(new))
    return [
        _metric(metric, change, same=same, of_accuracy=of_accuracy)
        for metric, change in differences.of(old, new).items()
        if metric != balanced.NAME or balanced.is_declared(new["actual"])
    ]


def _without_groups(table: pd.DataFrame) -> pd.DataFrame:
    return table.drop(columns=GROUP, errors="ignore")


def _metric(metric: str, change: Difference, *, same: bool, of_accuracy: str) -> MetricChange:
    difference = change.new - change.old
    if not np.isfinite(difference):
        nan = float("nan")
        return MetricChange(metric, change.old, change.new, difference, nan, nan, "not comparable")
    if same:
        return MetricChange(metric, change.old, change.new, difference, 0.0, 0.0, of_accuracy)
    low, high = change.estimate.interval()
    judged = of_accuracy
    if metric != "accuracy":
        gain = difference if METRICS[metric] == "higher" else -difference
        judged = verdict(change.p_value(), gain)
    return MetricChange(metric, change.old, change.new, difference, low, high, judged)

"""Compare two networks by the labels that they predict of the same rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from mlp.compare import metrics, power, recalls
from mlp.compare.metrics import MetricChange
from mlp.compare.verdicts import LEVEL, verdict
from mlp.core import predictions
from mlp.core.task import CLASSIFICATION
from mlp.evaluate.statistics import balanced, differences, turned, wording

if TYPE_CHECKING:
    from mlp.compare.sides import Sides

SHOWN = 3  # labels
METRICS = {
    "accuracy": "higher",
    "macro_f1": "higher",
    balanced.NAME: "higher",
    "log_loss": "lower",
    "brier_score": "lower",
}
LEAD = "accuracy"  # the metric of which the least change that would be seen is told
TARGET = "label"


@dataclass(frozen=True)
class LabelComparison:
    """The differences between two networks on the same rows.

    Attributes
    ----------
    rows : int
    groups : int
        The groups that rows belong to; 0 if they belong to none.
    metrics : list of MetricChange
        `METRICS` says which direction is better.
    fixed, broken : DataFrame
        The rows that are right now and were wrong, and those that are wrong now and were right,
        the most confident first: row, actual, old, old_confidence, new, new_confidence.
    p_value : float
        Of the exact two-sided McNemar test, by groups where rows belong to groups.
    verdict : str
        better, worse or not shown, by that test; unchanged if every prediction is the same.
    classes : DataFrame
        See `mlp.compare.recalls.changes`.
    detectable_drop : float or None
        The drop of accuracy that this test detects with 80 % power. None if it would detect none,
        and after a difference that is shown, which says nothing about the next one.
    labels : list of str
        Every label, in the order of the matrices' axes.
    confusion_old, confusion_new : ndarray of int64, shape (labels, labels)
        Rows by actual (axis 0) and predicted label (axis 1).
    """

    rows: int
    groups: int
    metrics: list[MetricChange]
    fixed: pd.DataFrame
    broken: pd.DataFrame
    p_value: float
    verdict: str
    classes: pd.DataFrame
    detectable_drop: float | None
    labels: list[str]
    confusion_old: npt.NDArray[np.int64]
    confusion_new: npt.NDArray[np.int64]

    task = CLASSIFICATION


def compare(old: pd.DataFrame, new: pd.DataFrame) -> LabelComparison:
    """Compare predictions of the same rows, in the same order: see `mlp.compare.comparison`.

    Parameters
    ----------
    old, new : DataFrame
        See `mlp.core.predictions.predictions`; old ones may lack log_loss and brier_score.
    """
    was, now = (table["actual"] == table["predicted"] for table in (old, new))
    fixed, broken = now & ~was, was & ~now
    groups = differences.groups_of(old, new)
    p_value = turned.of(was.to_numpy(), now.to_numpy(), groups).p_value()
    judged = verdict(p_value, int(fixed.sum()) - int(broken.sum()))
    same = old["predicted"].equals(new["predicted"])
    labels = sorted({*new["actual"], *old["predicted"], *new["predicted"]})
    shown = judged in {"better", "worse"}
    drop = None if shown else power.seen(was, now, groups, LEVEL, one_sided=False)
    counts = [_confusion(table, labels) for table in (old, new)]
    return LabelComparison(
        rows=len(new),
        groups=0 if groups is None else int(groups.max()) + 1,
        metrics=list(_metrics(old, new, judged)),
        fixed=_changed(old, new, fixed),
        broken=_changed(old, new, broken),
        p_value=p_value,
        verdict="unchanged" if same else judged,
        classes=recalls.changes(new["actual"], was, now, groups),
        detectable_drop=drop,
        labels=labels,
        confusion_old=counts[0],
        confusion_new=counts[1],
    )


def judged(sides: "Sides") -> dict[str, str]:
    """Return the metrics by which repeated trainings are compared, and which way is better."""
    return {
        name: better
        for name, better in METRICS.items()
        if name != balanced.NAME or sides.are_unequal()
    }


def least(change: float) -> str:
    """Return the least change of `LEAD` that would be seen, as the subject of a sentence."""
    return f"A drop of accuracy by {wording.points(change)}"


def described(table: pd.DataFrame) -> str:
    """Return the number of rows of a table of predictions, and its first labels."""
    labels = sorted(map(str, table["actual"].unique()))
    more = f" and {len(labels) - SHOWN} more" if len(labels) > SHOWN else ""
    return f"{len(table)} rows of {', '.join(labels[:SHOWN])}{more}"


def _metrics(old: pd.DataFrame, new: pd.DataFrame, of_accuracy: str) -> Iterator[MetricChange]:
    """Yield the change of every metric that both have; balanced accuracy where declared."""
    same = metrics.are_same(old, new)
    for metric, found in differences.of(old, new).items():
        if metric != balanced.NAME or balanced.is_declared(new["actual"]):
            known = of_accuracy if same or metric == LEAD else None
            yield metrics.change(metric, found, METRICS[metric], same=same, judged=known)


def _confusion(table: pd.DataFrame, labels: list[str]) -> npt.NDArray[np.int64]:
    actual, predicted = (table[name].to_numpy(dtype=object) for name in ("actual", "predicted"))
    return predictions.confusion(actual, predicted, labels)


def _changed(old: pd.DataFrame, new: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "row": new["row"],
            "actual": new["actual"],
            "old": old["predicted"],
            "old_confidence": old["confidence"],
            "new": new["predicted"],
            "new_confidence": new["confidence"],
        }
    )[rows]
    return table.sort_values(["new_confidence", "row"], ascending=[False, True])

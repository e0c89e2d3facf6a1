"""Compare two networks by their predictions of the same rows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from mlp.core import predictions
from mlp.evaluate.statistics import bootstrap, differences, exact, power

LEVEL = 0.05  # of every verdict: of tests, and of intervals as 1 - LEVEL
EVIDENCE = {"test": "predictions of the test split", "oof": "out-of-fold predictions"}
ROWS = {"test": "test rows", "oof": "out-of-fold rows"}
METRICS = {"accuracy": "higher", "macro_f1": "higher", "log_loss": "lower", "brier_score": "lower"}


@dataclass(frozen=True)
class MetricChange:
    """One metric before and after.

    ``low`` and ``high`` are the 95 % bootstrap interval of the difference, NaN where a value is.
    ``verdict`` is better, worse, noise, or not comparable; of accuracy by McNemar's test, of the
    others by whether the interval holds 0.
    """

    metric: str
    old: float
    new: float
    difference: float
    low: float
    high: float
    verdict: str


@dataclass(frozen=True)
class Comparison:
    """What changed between two networks, on the same rows.

    Attributes
    ----------
    rows : int
    metrics : list of MetricChange
        See `METRICS`, which says which direction is better.
    fixed, broken : DataFrame
        The rows that are right now and were wrong, and the other way round, the most confident
        first: row, actual, old, old_confidence, new, new_confidence.
    p_value : float
        Of the exact two-sided McNemar test.
    verdict : str
        better, worse or noise, by that test; unchanged where every prediction is the same.
    classes : DataFrame
        One row a class that occurs: class, support, old, new, change (of recall), fixed, broken,
        p_value (two-sided McNemar, Holm's correction over the classes) and verdict.
    detectable_drop : float
        The drop of accuracy that the one-sided test at 5 % sees with 80 % power.
    labels : list of str
        Every label that occurs, in the order of the matrices' axes.
    confusion_old, confusion_new : ndarray of int64, shape (labels, labels)
        Rows by actual (axis 0) and predicted label (axis 1).
    """

    rows: int
    metrics: list[MetricChange]
    fixed: pd.DataFrame
    broken: pd.DataFrame
    p_value: float
    verdict: str
    classes: pd.DataFrame
    detectable_drop: float
    labels: list[str]
    confusion_old: npt.NDArray[np.int64]
    confusion_new: npt.NDArray[np.int64]


def why_not_comparable(old: pd.DataFrame, new: pd.DataFrame) -> str | None:
    """Return in words how the rows of two predictions differ; None if they are the same."""
    if not old["row"].equals(new["row"]):
        common = len(pd.Index(old["row"]).intersection(pd.Index(new["row"])))
        return f"the rows differ ({len(old)} before, {len(new)} now, {common} in common)"
    if relabelled := int((old["actual"] != new["actual"]).sum()):
        return f"{relabelled} of the {len(new)} rows have another label now"
    return None


def compare(old: pd.DataFrame, new: pd.DataFrame) -> Comparison:
    """Compare predictions of the same rows, in the same order: see `why_not_comparable`.

    Parameters
    ----------
    old, new : DataFrame
        See `mlp.core.predictions.predictions`; old ones may lack log_loss and brier_score.
    """
    was, now = (table["actual"] == table["predicted"] for table in (old, new))
    fixed, broken = now & ~was, was & ~now
    p_value = exact.mcnemar(int(broken.sum()), int(fixed.sum()))
    verdict = _verdict(p_value, int(fixed.sum()) - int(broken.sum()))
    same = old["predicted"].equals(new["predicted"])
    labels = sorted({*new["actual"], *old["predicted"], *new["predicted"]})
    counts = [_confusion(table, labels) for table in (old, new)]
    return Comparison(
        rows=len(new),
        metrics=_metrics(old, new, verdict),
        fixed=_changed(old, new, fixed),
        broken=_changed(old, new, broken),
        p_value=p_value,
        verdict="unchanged" if same else verdict,
        classes=classes(new["actual"], was, now),
        detectable_drop=power.detectable_drop(len(new), int((fixed | broken).sum()), LEVEL),
        labels=labels,
        confusion_old=counts[0],
        confusion_new=counts[1],
    )


def classes(actual: pd.Series, was: pd.Series, now: pd.Series) -> pd.DataFrame:
    """Return how the recall of every class changed, the largest loss first.

    Parameters
    ----------
    actual : Series of str, shape (rows,)
    was, now : Series of bool, shape (rows,)
        Whether the row is right, before and now.
    """
    table = pd.DataFrame({"class": actual, "was": was, "now": now})
    table = table.assign(fixed=now & ~was, broken=was & ~now)
    by_class = table.groupby("class", sort=True).agg(
        support=("now", "size"),
        old=("was", "mean"),
        new=("now", "mean"),
        fixed=("fixed", "sum"),
        broken=("broken", "sum"),
    )
    counts = list(zip(by_class["broken"], by_class["fixed"], strict=True))
    p_values = exact.holm([exact.mcnemar(int(b), int(f)) for b, f in counts])
    verdicts = [_verdict(p, int(f) - int(b)) for p, (b, f) in zip(p_values, counts, strict=True)]
    found = by_class.assign(
        change=by_class["new"] - by_class["old"], p_value=p_values, verdict=verdicts
    )
    columns = ["support", "old", "new", "change", "fixed", "broken", "p_value", "verdict"]
    ordered: pd.DataFrame = found[columns].reset_index().sort_values("change", kind="stable")
    return ordered


def _metrics(old: pd.DataFrame, new: pd.DataFrame, verdict: str) -> list[MetricChange]:
    changes = []
    for metric, found in differences.of(old, new).items():
        difference = found.new - found.old
        if np.isfinite(difference):
            low, high = (0.0, 0.0) if old.equals(new) else bootstrap.interval(found.on, len(new))
            gain = difference if METRICS[metric] == "higher" else -difference
            is_noise = not (low > 0 or high < 0)
            judged = _verdict(float(is_noise), gain) if metric != "accuracy" else verdict
        else:
            low = high = float("nan")
            judged = "not comparable"
        changes.append(MetricChange(metric, found.old, found.new, difference, low, high, judged))
    return changes


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


def _verdict(p_value: float, gain: float) -> str:
    if p_value > LEVEL or gain == 0:
        return "noise"
    return "better" if gain > 0 else "worse"

"""Compare the recall of every class."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from mlp.compare.verdicts import LEVEL, verdict
from mlp.core.files import Rows
from mlp.evaluate.statistics import exact, turned
from mlp.evaluate.statistics.turned import Turned

COLUMNS = ["support", "old", "new", "change", "fixed", "broken", "p_value", "verdict"]


def changes(
    actual: pd.Series, was: pd.Series, now: pd.Series, groups: Rows | None = None
) -> pd.DataFrame:
    """Return one row a class, the largest loss first.

    Its columns are class, support, old, new, change (of recall), fixed, broken, p_value (two-sided
    McNemar, with Holm's correction over the classes that could have a small one) and verdict.

    Parameters
    ----------
    actual : Series of str, shape (rows,)
    was, now : Series of bool, shape (rows,)
        Whether the row is right, before and now.
    groups : ndarray of int64, shape (rows,), optional
        The number of each row's group.
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
    p_values = corrected(by_label(actual, was, now, groups), LEVEL, one_sided=False)
    judged = by_class.assign(
        change=by_class["new"] - by_class["old"],
        p_value=p_values,
        verdict=[verdict(p, int(f) - int(b)) for p, (b, f) in zip(p_values, counts, strict=True)],
    )
    ordered: pd.DataFrame = judged[COLUMNS].reset_index().sort_values("change", kind="stable")
    return ordered


def by_label(
    actual: pd.Series, was: pd.Series, now: pd.Series, groups: Rows | None
) -> dict[str, Turned]:
    """Return the rows of each label that turned, in the order of the labels; as `changes`."""
    labels = actual.to_numpy(dtype=object)
    before, after = was.to_numpy(), now.to_numpy()
    return {
        label: turned.of(before[rows], after[rows], None if groups is None else groups[rows])
        for label in sorted(set(labels))
        if len(rows := np.flatnonzero(labels == label))
    }


def corrected(classes: Mapping[str, Turned], level: float, *, one_sided: bool) -> list[float]:
    """Return the p value of each class, with Holm's correction over those that could have one.

    Parameters
    ----------
    classes : mapping
        See `by_label`.
    level : float
        Of all classes together: a class of which no p value could be low enough does not count.
    one_sided : bool
        Ask only whether more rows were broken than fixed.
    """
    least = [one.least(one_sided=one_sided) for one in classes.values()]
    tests = [one.p_value(one_sided=one_sided) for one in classes.values()]
    return exact.holm(tests, exact.comparisons(least, level))

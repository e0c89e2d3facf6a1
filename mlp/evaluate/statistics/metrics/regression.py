"""The differences of metrics of numbers."""

import numpy as np

from mlp.core import residuals
from mlp.core.files import Floats, Rows, Table
from mlp.evaluate.statistics import differences, estimate
from mlp.evaluate.statistics.differences import Difference


def of(old: Table, new: Table) -> dict[str, Difference]:
    """Return the differences: see `mlp.evaluate.statistics.differences.of`.

    Intervals are by Student's t of what each row adds to the difference (`residuals.parts`), with
    one row more like the best and one like the worst. To exchange two predictions changes the sum
    of squared errors (rmse and r2), of absolute errors (mae), or of the parts (the median).
    """
    actual = np.asarray(new["actual"], dtype=np.float64)
    was, now = (np.asarray(side["predicted"], dtype=np.float64) for side in (old, new))
    groups = differences.groups_of(old, new)
    with np.errstate(all="ignore"):  # a diverged network's errors can be of any size
        scores = [residuals.scores(actual, predicted) for predicted in (was, now)]
        before, after = (residuals.parts(actual, predicted) for predicted in (was, now))
        squares = (actual - now) ** 2 - (actual - was) ** 2
        changes = {name: after[name] - before[name] for name in residuals.METRICS}
    swapped = changes | {"rmse": squares, "r2": -squares}
    return {
        name: _difference((scores[0][name], scores[1][name]), change, swapped[name], groups)
        for name, change in changes.items()
    }


def _difference(
    sides: tuple[float, float], change: Floats, swapped: Floats, groups: Rows | None
) -> Difference:
    with np.errstate(all="ignore"):
        extremes = (float(change.min()), float(change.max()))
        found = estimate.of_mean(change, extremes, groups)
    return Difference(*sides, found, differences.exchanged(swapped), groups)

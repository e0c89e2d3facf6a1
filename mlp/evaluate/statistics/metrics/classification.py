"""The differences of metrics of labels."""

import numpy as np

from mlp.core.files import Floats, Rows, Table
from mlp.core.predictions import BY_ROW
from mlp.evaluate.statistics import balanced, differences, means, paired
from mlp.evaluate.statistics.balanced import BalancedAccuracy
from mlp.evaluate.statistics.differences import Difference
from mlp.evaluate.statistics.estimate import Estimate
from mlp.evaluate.statistics.macro_f1 import MacroF1


def of(old: Table, new: Table) -> dict[str, Difference]:
    """Return the differences: see `mlp.evaluate.statistics.differences.of`."""
    groups = differences.groups_of(old, new)
    was, now = (_right(side) for side in (old, new))
    found = {
        "accuracy": _of_rows(was, now, paired.gain(was, now, groups), groups),
        "macro_f1": _of_both(MacroF1(old, new), groups),
        balanced.NAME: _of_both(BalancedAccuracy(old, new), groups),
    }
    for name in BY_ROW:
        if name in old and name in new:
            before, after = (np.asarray(side[name]) for side in (old, new))
            flip = means.flip(name, before, after)
            estimate = paired.mean(after - before, flip, groups)
            found[name] = _of_rows(before, after, estimate, groups)
    return found


def _of_both(both: MacroF1 | BalancedAccuracy, groups: Rows | None) -> Difference:
    return Difference(both.before, both.after, both.difference(groups), both.exchanged, groups)


def _of_rows(old: Floats, new: Floats, estimate: Estimate, groups: Rows | None) -> Difference:
    before, after = float(old.mean()), float(new.mean())
    return Difference(before, after, estimate, differences.exchanged(new - old), groups)


def _right(table: Table) -> Floats:
    return np.asarray(table["actual"] == table["predicted"], dtype=np.float64)

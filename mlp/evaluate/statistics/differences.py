"""Metrics of two predictions of the same rows, and what the rows tell of their differences."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlp.core import predictions
from mlp.core.files import Floats, Rows, Table
from mlp.core.predictions import BY_ROW
from mlp.evaluate.statistics import balanced, exchange, means, paired
from mlp.evaluate.statistics.balanced import BalancedAccuracy
from mlp.evaluate.statistics.estimate import Estimate
from mlp.evaluate.statistics.exchange import Swaps
from mlp.evaluate.statistics.macro_f1 import MacroF1


@dataclass(frozen=True)
class Difference:
    """A metric before and after.

    Attributes
    ----------
    old, new : float
    estimate : Estimate
        Of the new minus the old one.
    exchanged : callable
        Takes whether the predictions of each row are exchanged, shape (draws, rows), and returns a
        difference a draw.
    groups : ndarray of int64, shape (rows,), or None
        The number of each row's group.
    """

    old: float
    new: float
    estimate: Estimate
    exchanged: Callable[[Swaps], Floats]
    groups: Rows | None

    def p_value(self, sign: int = 1, *, one_sided: bool = False) -> float:
        """Return the p value by exchanging predictions: see `mlp.evaluate.statistics.exchange`.

        Parameters
        ----------
        sign : int
            1, or -1 if less is to be asked for.
        one_sided : bool
            Ask only whether the difference, with this sign, is above 0.
        """
        return exchange.p_value(
            lambda swaps: sign * self.exchanged(swaps),
            self.estimate.rows,
            self.groups,
            one_sided=one_sided,
        )


def of(old: Table, new: Table) -> dict[str, Difference]:
    """Return the difference of every metric that both predictions have, by its name.

    Parameters
    ----------
    old, new : Table
        See `mlp.core.predictions.predictions`; of the same rows.
    """
    groups = groups_of(old, new)
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


def groups_of(old: Table, new: Table) -> Rows | None:
    """Return the number of each row's group: those of now or, if it has none, those of before."""
    codes = predictions.group_codes(new)
    return predictions.group_codes(old) if codes is None else codes


def _of_both(both: MacroF1 | BalancedAccuracy, groups: Rows | None) -> Difference:
    return Difference(both.before, both.after, both.difference(groups), both.exchanged, groups)


def _of_rows(old: Floats, new: Floats, estimate: Estimate, groups: Rows | None) -> Difference:
    before, after = float(old.mean()), float(new.mean())
    return Difference(before, after, estimate, _exchanged(new - old), groups)


def _exchanged(change: Floats) -> Callable[[Swaps], Floats]:
    def exchanged(swaps: Swaps) -> Floats:
        differences: Floats = (change.sum() - 2 * (swaps @ change)) / len(change)
        return differences

    return exchanged


def _right(table: Table) -> Floats:
    return np.asarray(table["actual"] == table["predicted"], dtype=np.float64)

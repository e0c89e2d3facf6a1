"""Metrics of two predictions of the same rows, and what the rows tell of their differences."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlp.core.files import Floats, Table
from mlp.core.predictions import BY_ROW
from mlp.evaluate.statistics import means, paired
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
    """

    old: float
    new: float
    estimate: Estimate
    exchanged: Callable[[Swaps], Floats]


def of(old: Table, new: Table) -> dict[str, Difference]:
    """Return the difference of every metric that both predictions have, by its name.

    Parameters
    ----------
    old, new : Table
        See `mlp.core.predictions.predictions`; of the same rows.
    """
    f1 = MacroF1(old, new)
    both = [name for name in BY_ROW if name in old and name in new]
    return {
        "accuracy": _accuracy(_right(old), _right(new)),
        "macro_f1": Difference(f1.before, f1.after, f1.difference(), f1.exchanged),
        **{name: _by_row(name, np.asarray(old[name]), np.asarray(new[name])) for name in both},
    }


def _accuracy(was: Floats, now: Floats) -> Difference:
    broken, fixed = int((was > now).sum()), int((now > was).sum())
    estimate = paired.accuracy(broken, fixed, len(now))
    return Difference(float(was.mean()), float(now.mean()), estimate, _exchanged(now - was))


def _by_row(name: str, old: Floats, new: Floats) -> Difference:
    estimate = paired.mean(new - old, means.flip(name, old, new))
    return Difference(float(old.mean()), float(new.mean()), estimate, _exchanged(new - old))


def _exchanged(change: Floats) -> Callable[[Swaps], Floats]:
    def exchanged(swaps: Swaps) -> Floats:
        differences: Floats = (change.sum() - 2 * (swaps @ change)) / len(change)
        return differences

    return exchanged


def _right(table: Table) -> Floats:
    return np.asarray(table["actual"] == table["predicted"], dtype=np.float64)

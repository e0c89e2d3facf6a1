"""Metrics of predictions, and their differences between two predictions of the same rows."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlp.core.files import Floats, Rows, Table
from mlp.core.predictions import BY_ROW
from mlp.evaluate.statistics.exchange import Swaps
from mlp.evaluate.statistics.macro_f1 import MacroF1


@dataclass(frozen=True)
class Difference:
    """A metric before and after, and the difference on other rows.

    ``on`` takes row positions, shape (resamples, rows), and returns a difference a resample.
    ``exchanged`` takes whether the predictions of each row are exchanged, shape (draws, rows), and
    returns a difference a draw.
    """

    old: float
    new: float
    on: Callable[[Rows], Floats]
    exchanged: Callable[[Swaps], Floats]


def of(old: Table, new: Table) -> dict[str, Difference]:
    """Return the difference of every metric that both predictions have, by its name.

    Parameters
    ----------
    old, new : Table
        See `mlp.core.predictions.predictions`; of the same rows.
    """
    f1 = MacroF1(old, new)
    return {
        "accuracy": _of_means(_right(old), _right(new)),
        "macro_f1": Difference(f1.before, f1.after, f1.difference, f1.exchanged),
        **{
            name: _of_means(np.asarray(old[name]), np.asarray(new[name]))
            for name in BY_ROW
            if name in old and name in new
        },
    }


def metrics(table: Table) -> dict[str, Callable[[Rows], Floats]]:
    """Return, by name, functions that compute a metric on resamples of the rows.

    Parameters
    ----------
    table : Table
        See `mlp.core.predictions.predictions`.
    """
    return {
        "macro_f1": MacroF1(table, table).on,
        **{name: _mean(np.asarray(table[name])) for name in BY_ROW},
    }


def _of_means(old: Floats, new: Floats) -> Difference:
    change = new - old

    def exchanged(swaps: Swaps) -> Floats:
        means: Floats = (change.sum() - 2 * (swaps @ change)) / len(change)
        return means

    return Difference(float(old.mean()), float(new.mean()), _mean(change), exchanged)


def _mean(values: Floats) -> Callable[[Rows], Floats]:
    def on(rows: Rows) -> Floats:
        means: Floats = values[rows].mean(axis=-1)
        return means

    return on


def _right(table: Table) -> Floats:
    return np.asarray(table["actual"] == table["predicted"], dtype=np.float64)

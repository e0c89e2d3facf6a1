"""Metrics of predictions, and their differences between two predictions of the same rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlp.core.files import Floats, Rows, Table
from mlp.core.predictions import BY_ROW


@dataclass(frozen=True)
class Difference:
    """A metric before and after, and the difference on resamples.

    ``on`` takes row positions, shape (resamples, rows), and returns a difference a resample.
    """

    old: float
    new: float
    on: Callable[[Rows], Floats]


def of(old: Table, new: Table) -> dict[str, Difference]:
    """Return the difference of every metric that both predictions have, by its name.

    Parameters
    ----------
    old, new : Table
        See `mlp.core.predictions.predictions`; of the same rows.
    """
    f1 = _macro_f1(old, new)
    everything = np.arange(len(new["actual"]))[np.newaxis]
    before, after = (float(f1(everything, side)[0]) for side in ("old", "new"))
    return {
        "accuracy": _of_means(_right(old), _right(new)),
        "macro_f1": Difference(before, after, lambda rows: f1(rows, "new") - f1(rows, "old")),
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
    f1 = _macro_f1(table, table)
    return {
        "macro_f1": lambda rows: f1(rows, "new"),
        **{name: _mean(np.asarray(table[name])) for name in BY_ROW},
    }


def _of_means(old: Floats, new: Floats) -> Difference:
    return Difference(float(old.mean()), float(new.mean()), _mean(new - old))


def _mean(values: Floats) -> Callable[[Rows], Floats]:
    def on(rows: Rows) -> Floats:
        means: Floats = values[rows].mean(axis=-1)
        return means

    return on


def _right(table: Table) -> Floats:
    return np.asarray(table["actual"] == table["predicted"], dtype=np.float64)


def _macro_f1(old: Table, new: Table) -> Callable[[Rows, str], Floats]:
    """Return a function that gives the macro F1 of either side on resamples of the rows.

    A row counts by its actual, old and new label alone, so a resample is the number of rows of each
    such combination, and true and predicted rows of a class are sums over combinations.
    """
    columns = np.array([new["actual"], old["predicted"], new["predicted"]], dtype=object)
    labels, codes = np.unique(columns, return_inverse=True)
    shape = (len(labels),) * len(columns)
    kinds, combination = np.unique(np.ravel_multi_index(codes, shape), return_inverse=True)
    one_hot = [np.eye(len(labels))[places] for places in np.unravel_index(kinds, shape)]
    is_label = dict(zip(("actual", "old", "new"), one_hot, strict=True))

    def macro_f1(rows: Rows, side: str) -> Floats:
        offsets = len(kinds) * np.arange(len(rows))[:, np.newaxis]
        flat = np.bincount((combination[rows] + offsets).ravel(), minlength=len(kinds) * len(rows))
        counts = flat.reshape(len(rows), len(kinds)).astype(np.float64)
        hits = counts @ (is_label["actual"] * is_label[side])
        total = counts @ is_label["actual"] + counts @ is_label[side]
        with np.errstate(invalid="ignore"):  # a label that is neither actual nor predicted: no F1
            mean: Any = np.nanmean(2 * hits / total, axis=1)
        return np.asarray(mean, dtype=np.float64)

    return macro_f1

"""Metrics of predictions, and their differences between two predictions of the same rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mlp.core.files import Floats
from mlp.core.predictions import BY_ROW
from mlp.evaluate.statistics.bootstrap import Rows


@dataclass(frozen=True)
class Difference:
    """A metric before and after, and the difference on resamples.

    ``on`` takes row positions, shape (resamples, rows), and returns a difference a resample.
    """

    old: float
    new: float
    on: Callable[[Rows], Floats]


def of(old: pd.DataFrame, new: pd.DataFrame) -> dict[str, Difference]:
    """Return the difference of every metric that both predictions have, by its name.

    Parameters
    ----------
    old, new : DataFrame
        See `mlp.core.predictions.predictions`; of the same rows.
    """
    f1 = _macro_f1(old, new)
    everything = np.arange(len(new))[np.newaxis]
    before, after = (float(f1(everything, side)[0]) for side in ("old", "new"))
    return {
        "accuracy": _of_means(_right(old), _right(new)),
        "macro_f1": Difference(before, after, lambda rows: f1(rows, "new") - f1(rows, "old")),
        **{
            name: _of_means(old[name].to_numpy(), new[name].to_numpy())
            for name in BY_ROW
            if name in old and name in new
        },
    }


def metrics(table: pd.DataFrame) -> dict[str, Callable[[Rows], Floats]]:
    """Return, by name, functions that compute a metric on resamples of the rows.

    Parameters
    ----------
    table : DataFrame
        See `mlp.core.predictions.predictions`.
    """
    f1 = _macro_f1(table, table)
    return {
        "macro_f1": lambda rows: f1(rows, "new"),
        **{name: _mean(table[name].to_numpy()) for name in BY_ROW},
    }


def _of_means(old: Floats, new: Floats) -> Difference:
    return Difference(float(old.mean()), float(new.mean()), _mean(new - old))


def _mean(values: Floats) -> Callable[[Rows], Floats]:
    def on(rows: Rows) -> Floats:
        means: Floats = values[rows].mean(axis=-1)
        return means

    return on


def _right(table: pd.DataFrame) -> Floats:
    return np.asarray(table["actual"] == table["predicted"], dtype=np.float64)


def _macro_f1(old: pd.DataFrame, new: pd.DataFrame) -> Callable[[Rows, str], Floats]:
    """Return a function that gives the macro F1 of either side on resamples of the rows.

    A row counts by its actual, old and new label alone, so a resample is the number of rows of each
    such combination, and true and predicted rows of a class are sums over combinations.
    """
    columns = pd.DataFrame(
        {"actual": new["actual"], "old": old["predicted"], "new": new["predicted"]}
    )
    grouped = columns.groupby(list(columns), sort=True)
    combination = grouped.ngroup().to_numpy()
    kinds = grouped.size().index.to_frame(index=False)
    labels = np.unique(kinds.to_numpy(dtype=str))
    is_label = {
        name: (kinds[name].to_numpy(str)[:, np.newaxis] == labels).astype(np.float64)
        for name in columns
    }

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
